"""What was measured and scored, so that no file is decoded twice. Disposable: it can be deleted at any time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from engine import memory
from engine.errors import SpaceMismatch, StoreCorrupt
from engine.models.embedding import Embedding
from engine.store import critique_row, database, picture_row
from engine.store.database import Database
from engine.store.location import locations
from engine.store.migrations.cache import STEPS
from engine.types import Card, Critique, FileStamp, ModelId, Photo

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

CHUNK = 500
"""Paths that one statement asks for; below SQLite's oldest limit of 999 parameters."""

NO_MODEL = -1
"""A model that no verdict has."""

_NAMES = picture_row.COLUMNS.split(", ")
_COLUMNS = ", ".join(f"c.{name}" for name in _NAMES)
_JOINED = f"{_COLUMNS}, {', '.join(f'v.{name}' for name in picture_row.VERDICT.split(', '))}"
_UPSERT_PICTURE = (
    f"INSERT INTO picture (fingerprint, faces_by, {picture_row.COLUMNS}) VALUES (?, ?{', ?' * len(_NAMES)}) "
    "ON CONFLICT (fingerprint) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _NAMES)
    + ", faces_by = coalesce(excluded.faces_by, faces_by)"
)
_VERDICT_VALUES = (
    f"INTO verdict (picture, model, {picture_row.VERDICT}) SELECT id, ?, ?, ?, ?, ? FROM picture WHERE fingerprint = ?"
)


class Cache:
    """Photos by path and stamp, pictures by fingerprint; verdicts and critiques by fingerprint and model.

    May be used from any thread. A damaged file is replaced by an empty one: `note` then says so.
    """

    def __init__(self, path: Path) -> None:
        """Raises StoreFromFuture, StoreFull, StoreBusy or StoreError."""
        self.note: str | None = None
        """A sentence for the user when the cache had to be built anew, else None."""
        self._path = path
        self._rebuilding = threading.Lock()
        try:
            self._database = self._opened()
        except StoreCorrupt as error:
            self._database = self._replaced(error)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def known(self, photos: Sequence[Photo], model: ModelId | None) -> dict[Path, Card]:
        """The cards of those photos whose path and stamp are unchanged, without touching a file.

        A card is whole: it has an error, or everything measured and the verdict of `model` (no verdict for None).
        """
        return self._surviving(lambda: self._known(photos, model), {})

    def measured_with(self, photos: Sequence[Photo], faces: str) -> set[Path]:
        """Those of unchanged photos that were looked at with the faces of this `Faces.sha256`, as far as that is
        remembered; empty asks for no faces, and takes what there is. A new model has nothing to do but its verdict."""
        nothing: set[Path] = set()
        return self._surviving(lambda: self._measured_with(photos, faces), nothing)

    def judges(self, photos: Sequence[Photo]) -> dict[ModelId, int]:
        """How many of these photos each model has a verdict of, the newest model first."""
        nothing: dict[ModelId, int] = {}
        return self._surviving(lambda: self._judges(photos), nothing)

    def by_fingerprint(self, fingerprint: str, model: ModelId | None) -> Card | None:
        """What is known of a picture wherever it lies: for a file that was moved, renamed or copied.

        Its `photo` is an empty one; the caller knows which photo it is: `dataclasses.replace(card, photo=photo)`.
        """
        return self._surviving(lambda: self._by_fingerprint(fingerprint, model), None)

    def record(self, cards: Sequence[Card], model: ModelId | None, faces: str | None = None) -> None:
        """Remember cards, unreadable ones too, in one transaction. A new model adds verdicts, it replaces none.

        `faces` is the `Faces.sha256` that looked for faces in them just now, empty where nothing did; None for cards
        that were not measured now. Raises SpaceMismatch, StoreFull, StoreBusy or StoreError.
        """
        _check_space(cards, model)
        self._surviving(lambda: self._record(cards, model, faces), None)

    def record_verdicts(self, cards: Sequence[Card], model: ModelId) -> None:
        """Remember the verdicts of cards that were recorded before, in one transaction. One that is there stays, as it
        may be of the file itself.

        Raises SpaceMismatch, StoreFull, StoreBusy or StoreError.
        """
        _check_space(cards, model)
        self._surviving(lambda: self._record_verdicts(cards, model), None)

    def embeddings(self, fingerprints: Sequence[str], space: str) -> dict[str, Embedding]:
        """What is remembered of these pictures in the space of a tower, by fingerprint."""
        return self._surviving(lambda: self._embeddings(fingerprints, space), {})

    def record_embeddings(self, embeddings: Mapping[str, Embedding]) -> None:
        """Remember embeddings of pictures that were recorded before, by fingerprint, in one transaction.

        Raises StoreFull, StoreBusy or StoreError.
        """
        self._surviving(lambda: self._record_embeddings(embeddings), None)

    def critique(self, fingerprint: str, model: ModelId, rules: str) -> Critique | None:
        """What the tower `model` said of a picture, if that was held against the same rules."""
        return self._surviving(lambda: self._critique(fingerprint, model, rules), None)

    def record_critique(self, fingerprint: str, critique: Critique) -> None:
        """Remember a critique of a picture that was recorded before. One by another model replaces none.

        Raises StoreFull, StoreBusy or StoreError.
        """
        self._surviving(lambda: self._record_critique(fingerprint, critique), None)

    def forget(self, paths: Sequence[Path]) -> None:
        """Have these photos read again at the next run: what Retry does."""
        self._surviving(lambda: self._forget(paths), None)

    def _opened(self) -> Database:
        return Database(self._path, STEPS, "NORMAL")

    def _surviving(self, task: Callable[[], T], otherwise: T) -> T:
        """Do `task`; when the file proves damaged, start an empty one and answer `otherwise`."""
        used = self._database
        try:
            return task()
        except StoreCorrupt as error:
            with self._rebuilding:
                if self._database is used:
                    used.close()
                    self._database = self._replaced(error)
            return otherwise

    def _replaced(self, error: StoreCorrupt) -> Database:
        database.remove(self._path)
        self.note = f"{error} It held only what can be measured again and was built anew; photos will be scored again."
        return self._opened()

    def _known(self, photos: Sequence[Photo], model: ModelId | None) -> dict[Path, Card]:
        found: dict[Path, Card] = {}
        with memory.undisturbed(), self._database.read() as connection:
            number = _model_number(connection, model)
            for wanted, marks in _portions(photos):
                for row in _photo_rows(connection, wanted, marks, number):
                    photo = wanted[row[0]]
                    card = _card(photo, row, model)
                    if card is not None:
                        found[photo.path] = card
        return found

    def _by_fingerprint(self, fingerprint: str, model: ModelId | None) -> Card | None:
        with self._database.read() as connection:
            row = connection.exec_driver_sql(
                f"SELECT {_JOINED} FROM picture c LEFT JOIN verdict v ON v.picture = c.id AND v.model = ? "
                "WHERE c.fingerprint = ?",
                (_model_number(connection, model), fingerprint),
            ).one_or_none()
        nowhere = Photo(Path(), (), FileStamp(0, 0, 0))
        return None if row is None else _picture_card(nowhere, fingerprint, tuple(row), model)

    def _measured_with(self, photos: Sequence[Photo], faces: str) -> set[Path]:
        found: set[Path] = set()
        with self._database.read() as connection:
            for wanted, marks in _portions(photos):
                rows = connection.exec_driver_sql(
                    "SELECT p.path, p.size, p.mtime_ns, p.inode FROM photo p JOIN picture c ON "
                    "c.fingerprint = p.fingerprint WHERE (? = '' OR c.faces_by = ? OR c.faces_by IS NULL) "
                    f"AND p.error IS NULL AND p.path IN ({marks})",
                    (faces, faces, *wanted),
                )
                found.update(wanted[name].path for name, *stamp in rows if _is_unchanged(wanted[name], stamp))
        return found

    def _judges(self, photos: Sequence[Photo]) -> dict[ModelId, int]:
        counts: Counter[int] = Counter()
        with self._database.read() as connection:
            for wanted, marks in _portions(photos):
                rows = connection.exec_driver_sql(
                    "SELECT v.model, count(*) FROM photo p JOIN picture c ON c.fingerprint = p.fingerprint "
                    f"JOIN verdict v ON v.picture = c.id WHERE p.path IN ({marks}) GROUP BY v.model",
                    tuple(wanted),
                )
                counts.update({int(model): int(count) for model, count in rows})
            models = connection.exec_driver_sql(f"SELECT id, {picture_row.MODEL} FROM model ORDER BY id DESC")
            return {picture_row.decode_model(row): counts[number] for number, *row in models if counts[number]}

    def _record_verdicts(self, cards: Sequence[Card], model: ModelId) -> None:
        with self._database.write() as connection:
            _many(
                connection,
                f"INSERT OR IGNORE {_VERDICT_VALUES}",
                _verdict_rows(cards, _model_number(connection, model, add=True)),
            )

    def _record(self, cards: Sequence[Card], model: ModelId | None, faces: str | None) -> None:
        names = locations(card.path for card in cards)
        read = [card for card in cards if card.error is None and card.fingerprint is not None]
        with self._database.write() as connection:
            _many(
                connection,
                "INSERT OR REPLACE INTO photo (path, size, mtime_ns, inode, fingerprint, error) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (name, *picture_row.stamp_row(card.photo.stamp), card.fingerprint, card.error)
                    for name, card in zip(names, cards, strict=True)
                ],
            )
            _many(connection, _UPSERT_PICTURE, [(card.fingerprint, faces, *picture_row.encode(card)) for card in read])
            if model is not None:
                number = _model_number(connection, model, add=True)
                _many(connection, f"INSERT OR REPLACE {_VERDICT_VALUES}", _verdict_rows(read, number))

    def _embeddings(self, fingerprints: Sequence[str], space: str) -> dict[str, Embedding]:
        found: dict[str, Embedding] = {}
        with self._database.read() as connection:
            for start in range(0, len(fingerprints), CHUNK):
                part = tuple(fingerprints[start : start + CHUNK])
                rows = connection.exec_driver_sql(
                    "SELECT c.fingerprint, e.vector FROM picture c JOIN embedding e ON e.picture = c.id "
                    f"WHERE e.space = ? AND c.fingerprint IN ({', '.join('?' * len(part))})",
                    (space, *part),
                )
                found.update((name, picture_row.decode_embedding(vector, space)) for name, vector in rows)
        return found

    def _record_embeddings(self, embeddings: Mapping[str, Embedding]) -> None:
        rows = [(one.space, picture_row.encode_embedding(one), name) for name, one in embeddings.items()]
        with self._database.write() as connection:
            _many(
                connection,
                "INSERT OR REPLACE INTO embedding (picture, space, vector) "
                "SELECT id, ?, ? FROM picture WHERE fingerprint = ?",
                rows,
            )

    def _critique(self, fingerprint: str, model: ModelId, rules: str) -> Critique | None:
        with self._database.read() as connection:
            text = connection.exec_driver_sql(
                "SELECT q.text FROM picture c JOIN critique q ON q.picture = c.id "
                "WHERE c.fingerprint = ? AND q.model = ? AND q.rules = ?",
                (fingerprint, _model_number(connection, model), rules),
            ).scalar_one_or_none()
        return None if text is None else critique_row.decode(text, model, rules)

    def _record_critique(self, fingerprint: str, critique: Critique) -> None:
        with self._database.write() as connection:
            number = _model_number(connection, critique.model, add=True)
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO critique (picture, model, rules, text) "
                "SELECT id, ?, ?, ? FROM picture WHERE fingerprint = ?",
                (number, critique.rules, critique_row.encode(critique), fingerprint),
            )

    def _forget(self, paths: Sequence[Path]) -> None:
        with self._database.write() as connection:
            _many(connection, "DELETE FROM photo WHERE path = ?", [(name,) for name in locations(paths)])


def _many(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


def _verdict_rows(cards: Sequence[Card], model: int) -> list[tuple[Any, ...]]:
    """What _VERDICT_VALUES asks for."""
    return [
        (model, *picture_row.encode_verdict(card.verdict), card.fingerprint)
        for card in cards
        if card.verdict is not None
    ]


def _check_space(cards: Sequence[Card], model: ModelId | None) -> None:
    """Raises SpaceMismatch for a verdict in another space than the model's."""
    for card in cards:
        if model is not None and card.verdict is not None and card.verdict.space != model.space:
            raise SpaceMismatch(
                f"{card.path} has a vector of the space {card.verdict.space}, but the model {model.name} "
                f"{model.version} speaks {model.space}. Rank the shoot anew with one model."
            )


def _portions(photos: Sequence[Photo]) -> Iterator[tuple[dict[bytes, Photo], str]]:
    """(photos by location, as many marks for parameters), CHUNK at a time."""
    names = locations(photo.path for photo in photos)
    for start in range(0, len(photos), CHUNK):
        wanted = dict(zip(names[start : start + CHUNK], photos[start : start + CHUNK], strict=True))
        yield wanted, ", ".join("?" * len(wanted))


def _is_unchanged(photo: Photo, stamp: Sequence[int]) -> bool:
    return tuple(stamp) == picture_row.stamp_row(photo.stamp)


def _photo_rows(connection: Connection, names: Iterable[bytes], marks: str, model: int) -> Sequence[tuple[Any, ...]]:
    """(path, size, mtime_ns, inode, fingerprint, error, picture id, picture..., verdict...) of each."""
    # The driver's own rows: SQLAlchemy's, which nobody needs here, cost as much again as the query.
    cursor = connection.connection.cursor()
    cursor.execute(
        f"SELECT p.path, p.size, p.mtime_ns, p.inode, p.fingerprint, p.error, c.id, {_JOINED} FROM photo p "
        "LEFT JOIN picture c ON c.fingerprint = p.fingerprint "
        f"LEFT JOIN verdict v ON v.picture = c.id AND v.model = ? WHERE p.path IN ({marks})",
        (model, *names),
    )
    return cursor.fetchall()


def _card(photo: Photo, row: tuple[Any, ...], model: ModelId | None) -> Card | None:
    """The card of a row of `_photo_rows`, or None where the file has changed or something is missing."""
    if row[1:4] != picture_row.stamp_row(photo.stamp):
        return None
    fingerprint, error, picture = row[4:7]
    if error is not None:
        return Card(photo, fingerprint=fingerprint, error=error)
    return None if picture is None else _picture_card(photo, fingerprint, row[7:], model)


def _picture_card(photo: Photo, fingerprint: str, columns: tuple[Any, ...], model: ModelId | None) -> Card | None:
    picture, said = columns[: len(_NAMES)], columns[len(_NAMES) :]
    if model is None:
        return picture_row.decode(photo, fingerprint, picture, None)
    verdict = picture_row.decode_verdict(said, model)
    return None if verdict is None else picture_row.decode(photo, fingerprint, picture, verdict)


def _model_number(connection: Connection, model: ModelId | None, add: bool = False) -> int:
    """The row of `model`, NO_MODEL where it has none; `add` makes one."""
    if model is None:
        return NO_MODEL
    *identity, likeness = picture_row.encode_model(model)
    if add:
        connection.exec_driver_sql(
            f"INSERT INTO model ({picture_row.MODEL}) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (name, version, space, sha256) DO UPDATE SET likeness = excluded.likeness",
            (*identity, likeness),
        )
    found = connection.exec_driver_sql(
        "SELECT id FROM model WHERE name = ? AND version = ? AND space = ? AND sha256 = ?", tuple(identity)
    ).scalar_one_or_none()
    return NO_MODEL if found is None else int(found)
