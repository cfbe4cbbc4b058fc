"""The shoot that is open: what was decided about its photos, in memory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from engine.store.action import FIELDS, Action, Change, Entry, History, Mark, Value, changed
from engine.store.decision_log import Remembered
from engine.store.location import location
from engine.types import Decision


@dataclass(slots=True)
class OpenShoot:
    """The shoot that is open, in memory."""

    folders: bytes
    history: History
    names: dict[Path, bytes] = field(default_factory=dict)
    paths: dict[bytes, Path] = field(default_factory=dict)
    decisions: dict[Path, Decision] = field(default_factory=dict)
    fingerprints: dict[bytes, str | None] = field(default_factory=dict)
    """By location, of every photo that something is remembered of."""
    strangers: dict[bytes, str] = field(default_factory=dict)
    """By location, the content of photos that nothing is remembered of, neither by path nor by content."""
    clocks: dict[str, timedelta] = field(default_factory=dict)
    """By body, where the offset is not zero."""
    arrived: dict[bytes, bytes] = field(default_factory=dict)
    """Where photos that were found by content lay before, and where they lie now."""

    def name(self, path: Path) -> bytes:
        """The location of a photo."""
        known = self.names.get(path)
        return location(path) if known is None else known

    def entries(self, marks: Sequence[Mark]) -> tuple[Entry, ...]:
        """What marks would change, in order. Raises ValueError for a value that a field cannot have."""
        found = []
        decided: dict[Path, Decision] = {}
        for mark in marks:
            path = mark.photo.path
            before = decided.get(path) or self.decisions.get(path, Decision())
            decided[path] = changed(before, mark.field, mark.new)
            if decided[path] != before:
                old: Value = getattr(before, mark.field)
                found.append(Entry(self.name(path), mark.fingerprint, mark.field, old, mark.new, mark.shown))
        return tuple(found)

    def missing(self, row: Remembered, name: bytes) -> tuple[Entry, ...]:
        """What a photo at `name` lacks of what is remembered of it elsewhere."""
        made = self.decisions.get(self.paths[name], Decision())
        return tuple(
            Entry(name, row.fingerprint, field, getattr(made, field), getattr(row.decision, field))
            for field in FIELDS
            if getattr(made, field) == getattr(Decision(), field) != getattr(row.decision, field)
        )

    def apply(self, action: Action) -> tuple[Change, ...]:
        """Bring decisions and history up to date, and say what changed."""
        changes = []
        for entry in action.entries or ():
            path = self.paths.get(entry.location) or Path(os.fsdecode(entry.location))
            self.decisions[path] = changed(self.decisions.get(path, Decision()), entry.field, entry.new)
            self.fingerprints[entry.location] = entry.fingerprint or self.fingerprints.get(entry.location)
            if entry.old != entry.new:
                changes.append(Change(path, entry.field, entry.old, entry.new))
        self.history.add(action)
        return tuple(changes)

    def turned(self, entry: Entry, new: Value) -> Entry:
        """The entry that sets the field of a logged one to `new`, from whatever it is now."""
        # The log may not have heard yet that the photo was found elsewhere.
        place = self.arrived.get(entry.location, entry.location)
        path = self.paths.get(place)
        now_decided = self.decisions.get(path, Decision()) if path is not None else None
        old: Value = entry.new if now_decided is None else getattr(now_decided, entry.field)
        return Entry(place, entry.fingerprint, entry.field, old, new)
