"""Loaders of the data sets, as a user has them on disk."""
