"""What can be measured on a frame."""
