"""The layout of `decisions.sqlite`.

Every page that a mark touches is written twice, so there is no index that nothing asks for.
"""

from engine.store.migrations import Migration

STEPS: tuple[Migration, ...] = (
    (
        # What stands now. It follows from `change`, and is kept so that a shoot opens at once.
        """CREATE TABLE photo (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            fingerprint TEXT,
            flag TEXT NOT NULL DEFAULT 'none' CHECK (flag IN ('none', 'pick', 'reject')),
            stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
            colour TEXT NOT NULL DEFAULT 'none'
                CHECK (colour IN ('none', 'red', 'yellow', 'green', 'blue', 'purple'))
        )""",
        "CREATE INDEX photo_fingerprint ON photo (fingerprint)",
        # A shoot is the set of folders that was opened together; undo and redo go by shoot.
        """CREATE TABLE shoot (
            id INTEGER PRIMARY KEY,
            folders BLOB NOT NULL UNIQUE
        )""",
        # One act of the photographer; `about` is the action that an undo or a redo names. `time` is UTC, ISO 8601.
        """CREATE TABLE action (
            id INTEGER PRIMARY KEY,
            shoot INTEGER NOT NULL REFERENCES shoot (id),
            origin TEXT NOT NULL CHECK (origin IN ('key', 'bulk', 'accepted', 'imported', 'undo', 'redo')),
            about INTEGER REFERENCES action (id),
            time TEXT NOT NULL,
            CHECK ((about IS NOT NULL) = (origin IN ('undo', 'redo')))
        )""",
        "CREATE INDEX action_shoot ON action (shoot)",
        # What an action changed, and what the photographer saw of the photo then: rank, score (1-10), taste version.
        """CREATE TABLE change (
            id INTEGER PRIMARY KEY,
            action INTEGER NOT NULL REFERENCES action (id),
            photo INTEGER NOT NULL REFERENCES photo (id),
            field TEXT NOT NULL CHECK (field IN ('flag', 'stars', 'colour')),
            old NOT NULL,
            new NOT NULL,
            rank INTEGER,
            score REAL,
            taste TEXT
        )""",
        "CREATE INDEX change_action ON change (action)",
        """CREATE TABLE seen (
            id INTEGER PRIMARY KEY,
            photo INTEGER NOT NULL REFERENCES photo (id),
            view TEXT NOT NULL,
            time TEXT NOT NULL
        )""",
        *(
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            for table in ("action", "change", "seen")
            for verb in ("UPDATE", "DELETE")
        ),
    ),
    (
        # The group that a photo was put in by hand. A CHECK cannot be altered: the table is copied, row by row.
        """ALTER TABLE photo ADD COLUMN "group" TEXT NOT NULL DEFAULT ''""",
        """CREATE TABLE change_with_groups (
            id INTEGER PRIMARY KEY,
            action INTEGER NOT NULL REFERENCES action (id),
            photo INTEGER NOT NULL REFERENCES photo (id),
            field TEXT NOT NULL CHECK (field IN ('flag', 'stars', 'colour', 'group')),
            old NOT NULL,
            new NOT NULL,
            rank INTEGER,
            score REAL,
            taste TEXT
        )""",
        "INSERT INTO change_with_groups SELECT id, action, photo, field, old, new, rank, score, taste FROM change",
        "DROP TABLE change",
        "ALTER TABLE change_with_groups RENAME TO change",
        "CREATE INDEX change_action ON change (action)",
        # What a body's clock is corrected by in a shoot: the last row counts. Microseconds; `time` is UTC, ISO 8601.
        """CREATE TABLE clock (
            id INTEGER PRIMARY KEY,
            shoot INTEGER NOT NULL REFERENCES shoot (id),
            body TEXT NOT NULL,
            offset INTEGER NOT NULL,
            time TEXT NOT NULL
        )""",
        "CREATE INDEX clock_shoot ON clock (shoot)",
        *(
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            for table in ("change", "clock")
            for verb in ("UPDATE", "DELETE")
        ),
    ),
    (
        # A shoot whose folders were moved to where another shoot is known by now: the log goes on there.
        "ALTER TABLE shoot ADD COLUMN successor INTEGER REFERENCES shoot (id)",
        "CREATE INDEX shoot_successor ON shoot (successor)",
    ),
    (
        # How the photo is turned, in quarters clockwise, beyond what its file says; the CHECK as in the second step.
        "ALTER TABLE photo ADD COLUMN turn INTEGER NOT NULL DEFAULT 0 CHECK (turn BETWEEN 0 AND 3)",
        """CREATE TABLE change_with_turns (
            id INTEGER PRIMARY KEY,
            action INTEGER NOT NULL REFERENCES action (id),
            photo INTEGER NOT NULL REFERENCES photo (id),
            field TEXT NOT NULL CHECK (field IN ('flag', 'stars', 'colour', 'group', 'turn')),
            old NOT NULL,
            new NOT NULL,
            rank INTEGER,
            score REAL,
            taste TEXT
        )""",
        "INSERT INTO change_with_turns SELECT id, action, photo, field, old, new, rank, score, taste FROM change",
        "DROP TABLE change",
        "ALTER TABLE change_with_turns RENAME TO change",
        "CREATE INDEX change_action ON change (action)",
        *(
            f"CREATE TRIGGER change_{verb.lower()} BEFORE {verb} ON change "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ),
    ),
)
