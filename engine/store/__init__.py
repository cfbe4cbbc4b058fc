"""What is remembered: decisions (precious), readings and verdicts (disposable), thumbnails (disposable)."""
