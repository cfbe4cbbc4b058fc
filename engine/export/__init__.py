"""What leaves Chinagraph as files of their own."""
