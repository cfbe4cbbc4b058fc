"""What the photographer decided: in memory at once, in an append-only log on disk within milliseconds. Precious."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from engine.errors import StoreCorrupt, StoreError
from engine.store import backup, decision_log, identity, relinking
from engine.store.action import (
    Action,
    Change,
    ClockSet,
    Entry,
    Field,
    History,
    Identity,
    Mark,
    Origin,
    Record,
    ShootMoved,
    Shown,
    Value,
    View,
    now,
)
from engine.store.database import Database
from engine.store.decision_log import Remembered
from engine.store.location import locations
from engine.store.migrations.decisions import STEPS
from engine.store.open_shoot import OpenShoot
from engine.types import Decision, Photo

__all__ = ["Change", "Decisions", "Field", "Mark", "Origin", "Shown", "Value"]

logger = logging.getLogger(__name__)

FILE_NAME = "decisions.sqlite"
"""In the data folder."""
LONGEST_OFFSET = timedelta(days=50 * 365)
"""A camera that forgot its date says 1970, 1980 or 2000."""


class Decisions:
    """The decisions of one photographer, and of the open shoot in memory.

    Every method may be called from any thread. Writing has a thread and a connection of its own, and no method waits
    for it but `open_shoot`, `flush` and `close`. What cannot be written stays in memory, is told to `on_failure` (on
    the writing thread), and is tried again with the next mark, `flush` or `close`.
    """

    def __init__(self, path: Path, on_failure: Callable[[StoreError], None] | None = None) -> None:
        """Raises StoreCorrupt (naming the newest backup), StoreFromFuture, StoreFull, StoreBusy or StoreError."""
        self._path = path
        self._on_failure = on_failure
        self._database = _opened(path)
        self._lock = threading.RLock()
        self._shoot: OpenShoot | None = None
        self._histories: dict[bytes, History] = {}
        self._waiting: deque[Record] = deque()
        self._unidentified: list[View] = []
        self._claimed: set[bytes] = set()
        self._failure: StoreError | None = None
        self._closed = False
        self._writer = ThreadPoolExecutor(1, "decisions")
        self._copier = ThreadPoolExecutor(1, "decisions-backup")
        self._start(self._copier, self._back_up)

    def open_shoot(self, folders: Sequence[Path], photos: Sequence[tuple[Photo, str | None]]) -> dict[Path, Decision]:
        """Take up the shoot of `folders`: (photo, fingerprint if known). The decisions that are made, by path.

        A photo is found by path, so that a file which another program rewrote keeps its decisions; else by
        fingerprint where the remembered file is gone. Raises StoreCorrupt, StoreBusy or StoreError.
        """
        names = locations(photo.path for photo, _ in photos)
        key = relinking.key(locations(folders))
        self._settle()
        with self._lock, self._explained(), self._database.read() as connection:
            waiting = tuple(self._waiting)
            if not waiting:
                self._claimed.clear()
            rows = decision_log.by_location(connection, [*names, *decision_log.moving(waiting)])
            rows = decision_log.overlaid(rows, waiting)
            if not any(isinstance(record, Action) and record.shoot == key for record in waiting):
                self._histories[key] = History(decision_log.history(connection, key))
            shoot = self._shoot = OpenShoot(key, self._histories[key])
            shoot.clocks = decision_log.clocks(connection, key, waiting)
            for (photo, _), name in zip(photos, names, strict=True):
                shoot.names[photo.path] = name
                shoot.paths[name] = photo.path
                if name in rows:
                    shoot.fingerprints[name] = rows[name].fingerprint
                    shoot.decisions[photo.path] = rows[name].decision
            self._identify(shoot, [(photo, content) for photo, content in photos if content is not None])
            made = {path: decision for path, decision in shoot.decisions.items() if decision.is_made or decision.turn}
        self._start(self._copier, self._back_up)
        return made

    def identify(self, pairs: Sequence[tuple[Photo, str]]) -> dict[Path, Decision]:
        """Take in fingerprints that became known; the decisions that were found that way, by path.

        Only photos that nothing was remembered of by path can be found so. Reads the disk. Raises StoreCorrupt,
        StoreBusy or StoreError.
        """
        with self._lock:
            return self._identify(self._open(), pairs)

    def of(self, path: Path) -> Decision:
        """The decision about a photo of the open shoot, as it stands in memory."""
        with self._lock:
            return self._open().decisions.get(path, Decision())

    def decided(self, only: Collection[Path] | None = None) -> dict[Path, decision_log.Decided]:
        """Which fields of photos of the open shoot (all, or `only`) were ever decided. Raises StoreError."""
        self._settle()
        with self._lock, self._explained(), self._database.read() as connection:
            shoot, waiting = self._open(), tuple(self._waiting)
            paths = {name: path for name, path in shoot.paths.items() if only is None or path in only}
            return decision_log.decided(connection, paths, shoot.decisions, waiting)

    def times(self) -> dict[Path, str]:
        """When photos of the open shoot were decided about last; UTC, ISO 8601. Raises StoreError."""
        self._settle()
        with self._lock, self._explained(), self._database.read() as connection:
            return decision_log.times(connection, self._open().paths, self._waiting)

    def looked_at(self) -> set[Path]:
        """Photos of the open shoot that were ever looked at, in this run or an earlier one. Raises StoreError."""
        with self._lock, self._explained(), self._database.read() as connection:
            return decision_log.looked_at(connection, self._open().paths, [*self._waiting, *self._unidentified])

    def groups(self) -> dict[Path, str]:
        """The groups that photos of the open shoot were put in by hand, by path: what `grouping.group` asks for."""
        with self._lock:
            shoot = self._open()
            return {path: made.group for path, made in shoot.decisions.items() if made.group and path in shoot.names}

    def clocks(self) -> dict[str, timedelta]:
        """What the clocks of the open shoot are corrected by, by body (`judge.clock.body`); zeros are left out."""
        with self._lock:
            return dict(self._open().clocks)

    def set_clock(self, body: str, offset: timedelta) -> None:
        """Correct a body's clock in the open shoot from now on. Never waits for the disk.

        It is in the log, as every earlier offset is; undo passes it by. Raises ValueError for an offset that is longer
        than `LONGEST_OFFSET`.
        """
        if abs(offset) > LONGEST_OFFSET:
            raise ValueError(f"The clock of {body} cannot be wrong by {offset}: {LONGEST_OFFSET.days} days at most.")
        with self._lock:
            shoot = self._open()
            if offset == shoot.clocks.get(body, timedelta(0)):
                return
            shoot.clocks[body] = offset
            if not offset:
                del shoot.clocks[body]
            self._queue(ClockSet(shoot.folders, body, offset, now()))

    def mark(self, marks: Sequence[Mark], origin: Origin) -> tuple[Change, ...]:
        """Change decisions in one action; what changed, in order. Nothing changed is no action.

        Never waits for the disk. Raises ValueError for a value that a field cannot have; nothing is changed then.
        """
        if origin in (Origin.UNDO, Origin.REDO):
            raise ValueError(f"{origin} is logged by undo() and redo() alone")
        with self._lock:
            shoot = self._open()
            entries = shoot.entries(marks)
            return self._act(Action(shoot.folders, origin, now(), entries)) if entries else ()

    @property
    def can_undo(self) -> bool:
        """Whether the open shoot has an action to take back."""
        with self._lock:
            return bool(self._open().history.undoable)

    @property
    def can_redo(self) -> bool:
        """Whether the open shoot has an undone action that no later mark has overtaken."""
        with self._lock:
            return bool(self._open().history.redoable)

    def undo(self) -> tuple[Change, ...]:
        """Take back the last action of the open shoot, of this run or an earlier one; what changed."""
        with self._lock:
            shoot = self._open()
            if not shoot.history.undoable:
                return ()
            about = shoot.history.undoable[-1]
            back = [shoot.turned(entry, entry.old) for entry in reversed(self._entries(about))]
            return self._act(Action(shoot.folders, Origin.UNDO, now(), tuple(back), about))

    def redo(self) -> tuple[Change, ...]:
        """Do again what `undo` took back last; what changed."""
        with self._lock:
            shoot = self._open()
            if not shoot.history.redoable:
                return ()
            about = shoot.history.redoable[-1]
            again = [shoot.turned(entry, entry.new) for entry in self._entries(about)]
            return self._act(Action(shoot.folders, Origin.REDO, now(), tuple(again), about))

    def seen(self, photo: Photo, fingerprint: str | None, view: str) -> None:
        """Note that the photographer looked at a photo in `view`. Never waits for the disk."""
        with self._lock:
            name = self._open().name(photo.path)
            event = View(name, fingerprint, view, now())
            # A row made now would hide decisions that its fingerprint may still find.
            if fingerprint is None and name not in self._open().fingerprints:
                self._unidentified.append(event)
            else:
                self._open().fingerprints.setdefault(name, fingerprint)
                self._queue(event)

    def flush(self) -> None:
        """Wait until everything is on disk. Raises the StoreError that stands against it."""
        with self._lock:
            views, self._unidentified = self._unidentified, []
            self._waiting.extend(views)
        self._settle()
        failure = self._failure
        if self._waiting and failure is not None:
            raise failure

    def close(self) -> None:
        """Write what waits and close. Raises the StoreError that kept decisions from being written: they are lost."""
        if self._closed:
            return
        self._closed = True
        try:
            self.flush()
        finally:
            self._writer.shutdown()
            self._copier.shutdown()
            self._database.close()

    def _open(self) -> OpenShoot:
        if self._shoot is None:
            raise RuntimeError("open_shoot() comes before anything about its photos")
        return self._shoot

    def _act(self, action: Action) -> tuple[Change, ...]:
        """Bring memory up to date, queue the action for the log, and say what changed."""
        changes = self._open().apply(action)
        self._queue(action)
        return changes

    def _entries(self, action: Action) -> tuple[Entry, ...]:
        """What an action changed; fetched from the log for one of an earlier run."""
        if action.entries is None and action.id is not None:
            with self._explained(), self._database.read() as connection:
                action.entries = decision_log.entries(connection, action.id)
        return action.entries or ()

    def _identify(self, shoot: OpenShoot, pairs: Sequence[tuple[Photo, str]]) -> dict[Path, Decision]:
        contents = {shoot.name(photo.path): content for photo, content in pairs}
        late = {}
        for name, content in contents.items():
            if name in shoot.fingerprints and shoot.fingerprints[name] != content:
                if shoot.fingerprints[name] is None:
                    late[name] = content
                shoot.fingerprints[name] = content
                self._queue(Identity(name, name, content))
        newcomers = {
            name: content
            for name, content in contents.items()
            if name not in shoot.fingerprints and shoot.strangers.get(name) != content
        }
        shoot.strangers.update(newcomers)
        before = len(shoot.arrived)
        found: dict[Path, Decision] = {}
        for name, row in self._moved(shoot, newcomers):
            found.update(self._take_over(shoot, row, name, newcomers[name]))
        for name, row in self._moved(shoot, late):
            found.update(self._reunite(shoot, row, name))
        if len(shoot.arrived) > before:
            found.update(self._follow(shoot))
        held, self._unidentified = self._unidentified, []
        for view in held:
            if view.location in contents:
                shoot.fingerprints.setdefault(view.location, contents[view.location])
                self._queue(replace(view, fingerprint=contents[view.location]))
            else:
                self._unidentified.append(view)
        return found

    def _moved(self, shoot: OpenShoot, contents: dict[bytes, str]) -> list[tuple[bytes, Remembered]]:
        """Those of these photos that are remembered elsewhere, with the row of each; none is found twice."""
        if not contents:
            return []
        with self._explained(), self._database.read() as connection:
            candidates = decision_log.by_fingerprint(connection, list(set(contents.values())))
        unclaimed = [row for row in candidates if row.location not in self._claimed]
        found = list(identity.moved(contents, unclaimed, shoot.paths.keys()).items())
        self._claimed.update(row.location for _, row in found)
        shoot.arrived.update((row.location, name) for name, row in found)
        return found

    def _reunite(self, shoot: OpenShoot, row: Remembered, name: bytes) -> dict[Path, Decision]:
        """Add the past of a photo that was marked here before its content was known; a mark made here stands."""
        self._queue(Identity(row.location, row.location, None))
        entries = shoot.missing(row, name)
        if entries:
            self._act(Action(shoot.folders, Origin.IMPORTED, now(), entries))
        return {shoot.paths[name]: shoot.decisions[shoot.paths[name]]} if entries else {}

    def _take_over(self, shoot: OpenShoot, row: Remembered, name: bytes, content: str | None) -> dict[Path, Decision]:
        """The row of a moved file goes on under its new name; the decision, if one is made."""
        self._queue(Identity(row.location, name, content))
        shoot.fingerprints[name] = content
        path = shoot.paths.get(name) or Path(os.fsdecode(name))
        shoot.decisions[path] = row.decision
        return {path: row.decision} if row.decision.is_made or row.decision.turn else {}

    def _follow(self, shoot: OpenShoot) -> dict[Path, Decision]:
        """Take undo, redo and clocks along for shoots that moved as a whole, and photos whose content nobody knew."""
        found = {}
        with self._explained(), self._database.read() as connection:
            for was, now_is in relinking.moved_shoots(connection, shoot.folders, shoot.arrived):
                places = dict(relinking.unread(connection, was, now_is))
                for row in decision_log.by_location(connection, list(places)).values():
                    name = places[row.location]
                    if name in shoot.paths and name not in shoot.fingerprints:
                        self._claimed.add(row.location)
                        shoot.arrived[row.location] = name
                        found.update(self._take_over(shoot, row, name, shoot.strangers.get(name)))
                earlier = self._histories.pop(was, None) or History(decision_log.history(connection, was))
                if now_is == shoot.folders:
                    shoot.history.follow(earlier)
                    shoot.clocks = {**decision_log.clocks(connection, was, ()), **shoot.clocks}
                self._queue(ShootMoved(was, now_is))
        return found

    def _queue(self, record: Record) -> None:
        self._waiting.append(record)
        self._start(self._writer, self._write_waiting)

    def _settle(self) -> None:
        """Wait for the writing thread to have tried everything that waits."""
        if self._waiting:
            self._writer.submit(self._write_waiting).result()

    def _write_waiting(self) -> None:
        """On the writing thread: one transaction for each record, in order, up to the first that fails."""
        while self._waiting:
            try:
                with self._explained(), self._database.write() as connection:
                    decision_log.write(connection, self._waiting[0])
            except StoreError as error:
                self._failure = error
                self._tell(error)
                return
            self._waiting.popleft()
        self._failure = None

    def _back_up(self) -> None:
        try:
            with self._database.read() as connection:
                worth = decision_log.is_worth_keeping(connection)
            if worth:
                backup.daily(self._path, date.today())
        except StoreError as error:
            self._tell(error)

    def _tell(self, error: StoreError) -> None:
        if self._on_failure is not None:
            self._on_failure(error)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Add to the news of damage what to do about it."""
        with backup.advised(self._path):
            yield

    def _start(self, executor: ThreadPoolExecutor, job: Callable[[], None]) -> None:
        executor.submit(job).add_done_callback(_log_unexpected)


def _opened(path: Path) -> Database:
    with backup.advised(path):
        # SQLite takes an empty file for a new database; one with backups was cut to nothing.
        if path.exists() and path.stat().st_size == 0 and backup.newest(path) is not None:
            raise StoreCorrupt(f"{path} is empty although it held decisions.")
        return Database(path, STEPS, "FULL")


def _log_unexpected(future: Future[None]) -> None:
    """A mistake in this program must not vanish in a future that nobody asks."""
    error = future.exception()
    if error is not None:
        logger.error("Writing decisions failed unexpectedly", exc_info=error)
