"""What is on disk: a folder's photos, their pixels and their metadata. Originals are opened read-only."""
