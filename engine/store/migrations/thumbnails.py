"""The layout of `thumbnails.sqlite`, the index of the pack files."""

from engine.store.migrations import Migration

STEPS: tuple[Migration, ...] = (
    (
        # `used` is when the pack was last read from or written to, seconds since 1970.
        """CREATE TABLE pack (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            size INTEGER NOT NULL,
            used REAL NOT NULL
        )""",
        """CREATE TABLE thumbnail (
            fingerprint TEXT NOT NULL PRIMARY KEY,
            pack INTEGER NOT NULL REFERENCES pack (id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            length INTEGER NOT NULL,
            checksum INTEGER NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX thumbnail_pack ON thumbnail (pack)",
    ),
)
