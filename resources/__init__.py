"""Icons, styles and the bundled model pack, installed as package data."""
