"""The recipes that make Chinagraph's model packs: torch over the engine's types and preprocessing."""
