"""The layout of `cache.sqlite`."""

from engine.store.migrations import Migration

STEPS: tuple[Migration, ...] = (
    (
        # `path` is bytes: a file name need not be text. An unreadable photo has an error and no picture.
        """CREATE TABLE photo (
            path BLOB NOT NULL PRIMARY KEY,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            fingerprint TEXT,
            error TEXT
        ) WITHOUT ROWID""",
        """CREATE TABLE picture (
            id INTEGER PRIMARY KEY,
            fingerprint TEXT NOT NULL UNIQUE,
            width INTEGER,
            height INTEGER,
            source TEXT,
            readings TEXT NOT NULL,
            captured TEXT,
            utc_offset TEXT,
            camera TEXT,
            body TEXT,
            lens TEXT,
            exposure_time REAL,
            aperture REAL,
            iso INTEGER,
            focal_length REAL,
            exposure_bias REAL,
            orientation INTEGER NOT NULL,
            rating INTEGER
        )""",
        """CREATE TABLE model (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            space TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            UNIQUE (name, version, space, sha256)
        )""",
        """CREATE TABLE verdict (
            picture INTEGER NOT NULL REFERENCES picture (id),
            model INTEGER NOT NULL REFERENCES model (id),
            distribution BLOB NOT NULL,
            embedding BLOB NOT NULL,
            UNIQUE (picture, model)
        )""",
    ),
    (
        # Pictures are measured anew: what was kept of them knows no subject and no faces.
        "DELETE FROM verdict",
        "DELETE FROM picture",
        "DELETE FROM photo",
        "ALTER TABLE picture ADD COLUMN af TEXT",
        "ALTER TABLE picture ADD COLUMN faces TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE picture ADD COLUMN subject TEXT",
    ),
    (
        # What the tower of a pack says. `vector` is its embedding, float32, un-normalised; `rules` names what the
        # sentences were held against.
        """CREATE TABLE embedding (
            picture INTEGER NOT NULL REFERENCES picture (id),
            space TEXT NOT NULL,
            vector BLOB NOT NULL,
            UNIQUE (picture, space)
        )""",
        """CREATE TABLE critique (
            picture INTEGER NOT NULL REFERENCES picture (id),
            model INTEGER NOT NULL REFERENCES model (id),
            rules TEXT NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (picture, model)
        )""",
    ),
    (
        # Verdicts of before come from students that do not say.
        "ALTER TABLE verdict ADD COLUMN unfamiliar INTEGER",
    ),
    (
        # A verdict that was read off the thumbnail; and what looked for faces: SHA-256, empty where nothing did, NULL
        # where nobody knows any more.
        "ALTER TABLE verdict ADD COLUMN approximate INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE picture ADD COLUMN faces_by TEXT",
    ),
    (
        # What distances in its space mean, as in pack.json; NULL where its pack says nothing.
        "ALTER TABLE model ADD COLUMN likeness TEXT",
    ),
)
