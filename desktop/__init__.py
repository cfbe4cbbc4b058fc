"""The window of Chinagraph: PySide6 over the engine."""
