"""The shoot that is open: what was decided about its photos, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from engine.store.action import Entry, History, Value
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

    def turned(self, entry: Entry, new: Value) -> Entry:
        """The entry that sets the field of a logged one to `new`, from whatever it is now."""
        # The log may not have heard yet that the photo was found elsewhere.
        place = self.arrived.get(entry.location, entry.location)
        path = self.paths.get(place)
        now_decided = self.decisions.get(path, Decision()) if path is not None else None
        old: Value = entry.new if now_decided is None else getattr(now_decided, entry.field)
        return Entry(place, entry.fingerprint, entry.field, old, new)
