"""Faces with five landmarks, and whether their eyes are open."""
