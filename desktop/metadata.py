"""Metadata of the open shoot: what files say comes in, decisions go out into sidecars while they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.cards import CardModel
from desktop.culling import Culling
from desktop.errand import Errand
from desktop.jobs import let_end
from desktop.metadata_heard import HeardStatements
from desktop.metadata_runs import Found, Looked, Pending, Shelf, reading
from desktop.preferences import Preferences
from desktop.runs import Workshop
from engine.errors import StoreError
from engine.export import rating_import
from engine.export.carriers import NOTHING
from engine.export.live_xmp import LiveXmp
from engine.export.rating_import import Conflict, Import
from engine.export.sidecar import Outcome, Status
from engine.export.targets import Target
from engine.files.shoot import Shoot
from engine.store.decisions import Change, Mark, Value


class Metadata(QObject):
    """Reads what files say once a shoot is open, and keeps its sidecars in step where the user wants that."""

    looked = Signal(object)
    """Looked: how far reading is."""
    found = Signal(object)
    """Import: what the files said. What nobody contradicts is taken over by now."""
    taken_over = Signal(object)
    """tuple[Change, ...]: what was."""
    disagreed = Signal(int)
    """How many photos disagree with their files, and were not answered for; 0 where none does any more."""
    live_changed = Signal(bool)
    warned = Signal(str)
    _written = Signal(object)

    def __init__(
        self, workshop: Workshop, culling: Culling, model: CardModel, preferences: Preferences, home: Path
    ) -> None:
        """`home` is the data folder, where it is remembered what files said."""
        super().__init__(preferences)
        self._workshop = workshop
        self._preferences = preferences
        self._culling = culling
        self._model = model
        self._home = home
        self.errand = Errand(self)
        """Reads what the files say."""
        self._live: LiveXmp | None = None
        self._heard: HeardStatements | None = None
        self._marked: set[tuple[Path, str]] = set()
        self._failed: set[Path] = set()
        self.shelf: Shelf | None = None
        self.conflicts: tuple[Conflict, ...] = ()
        """Of the last look, those that were not answered for yet."""
        self.errand.stepped.connect(self._take)
        self.errand.failed.connect(self.warned)
        self._written.connect(self._tell_failures)
        culling.changed.connect(self._follow)
        preferences.changed.connect(self._take_preferences)

    # The shoot

    def take_up(self, shoot: Shoot, folders: Sequence[Path]) -> None:
        """These photos are shown now; their files are not read yet."""
        self.forget()
        self.shelf = Shelf.of(shoot.photos, self._workshop)
        self._heard = HeardStatements(self._home, folders)
        self._begin_live()

    @Slot()
    def look(self) -> None:
        """Read what the files say, on a job's thread; what was being read is given up."""
        if self.shelf is not None:
            self._marked.clear()
            self.errand.start(partial(reading, self.shelf, self.target if self.is_live else None))

    @property
    def is_looking(self) -> bool:
        """Whether files are being read."""
        return self.errand.is_running

    def stop_looking(self) -> None:
        """Give reading up; nothing more is taken over."""
        self.errand.stop()

    def forget(self) -> None:
        """Another shoot, or none: what waits is written, and no thread is left."""
        self.errand.stop()
        self._end_live()
        self.shelf = self._heard = None
        self._set_conflicts(())

    # Sidecars on every change

    @property
    def is_live(self) -> bool:
        """Whether a sidecar is written whenever a decision changes."""
        return self._workshop.settings.xmp_live

    @property
    def target(self) -> Target:
        """The program that sidecars are written for."""
        return Target(self._workshop.settings.xmp_target)

    def set_live(self, live: bool) -> None:
        """Write sidecars on every change from now on, those that are behind first; or no longer."""
        if live != self.is_live:
            self._preferences.change(xmp_live=live)

    def set_target(self, target: Target) -> None:
        """Write sidecars for another program from now on."""
        if target is not self.target:
            self._preferences.change(xmp_target=target.value)

    def flush(self) -> None:
        """Write what waits, now, and return when it is done. For a job's thread: a drive may take its time."""
        live = self._live
        if live is not None:
            live.flush()

    # What files say

    def answer(self, taken: Sequence[tuple[Conflict, Value]], kept: Sequence[Conflict]) -> tuple[Change, ...]:
        """End conflicts: by a value of the files, as one step, or by what was decided; what changed."""
        changes = self._import([rating_import.resolve(conflict, value) for conflict, value in taken])
        answered = [*(conflict for conflict, _ in taken), *kept]
        self._hear([(one.photo.path, one.field, one.statements) for one in answered])
        self._set_conflicts(tuple(one for one in self.conflicts if one not in answered))
        return changes

    # How

    @Slot(object)
    def _take(self, step: Looked | Found | Pending) -> None:
        if isinstance(step, Looked):
            self.looked.emit(step)
        elif isinstance(step, Found):
            self._take_over(step.found)
        elif self._live is not None:
            self._live.changed(step.photos)

    def _take_over(self, found: Import) -> None:
        """What was marked while files were read has been decided here, and an import that was undone stays undone."""
        heard = self._heard
        assert heard is not None
        fresh: list[Mark] = []
        conflicts = list(found.conflicts)
        for mark in found.marks:
            path, said = mark.photo.path, found.sources[mark.photo.path, mark.field]
            if heard.knows(path, mark.field, said):
                conflicts.append(Conflict(mark.photo, mark.field, said, None, mark.new))
            elif (path, mark.field) not in self._marked:
                fresh.append(mark)
        changes = self._import(fresh)
        self._hear([(mark.photo.path, mark.field, found.sources[mark.photo.path, mark.field]) for mark in fresh])
        found = replace(found, marks=tuple(fresh), conflicts=tuple(conflicts))
        open_ones = (one for one in conflicts if not heard.knows(one.photo.path, one.field, one.statements))
        self._set_conflicts(tuple(open_ones))
        if changes:
            self.taken_over.emit(changes)
        self.found.emit(found)

    def _import(self, marks: Sequence[Mark]) -> tuple[Change, ...]:
        known = ((mark, self._model.find(mark.photo.path)) for mark in marks)
        there = [replace(mark, fingerprint=card.fingerprint) for mark, card in known if card is not None]
        return self._culling.take_over(there) if there else ()

    def _hear(self, answered: Sequence[tuple[Path, str, Sequence[rating_import.Statement]]]) -> None:
        if self._heard is None or not answered:
            return
        try:
            self._heard.add(answered)
        except StoreError as error:
            self.warned.emit(str(error))

    def _set_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        before, self.conflicts = len(self.conflicts), conflicts
        if conflicts or before:
            self.disagreed.emit(len({conflict.photo.path for conflict in conflicts}))

    @Slot(object)
    def _follow(self, changes: Sequence[Change]) -> None:
        """Decisions changed: their sidecars shall say so."""
        told = [change for change in changes if change.field in NOTHING]
        self._marked |= {(change.path, change.field) for change in told}
        if self._live is not None:
            cards = (self._model.find(path) for path in dict.fromkeys(change.path for change in told))
            self._live.changed([card.photo for card in cards if card is not None])

    @Slot(object)
    def _take_preferences(self, names: frozenset[str]) -> None:
        """Sidecars are written, or no longer, or for another program."""
        if names & {"xmp_live", "xmp_target"}:
            self._end_live()
            self._begin_live()
        if "xmp_live" in names:
            self.live_changed.emit(self.is_live)
            if self.is_live:
                self.look()

    def _begin_live(self) -> None:
        if self.is_live and self.shelf is not None:
            shelf = self.shelf
            self._live = LiveXmp(shelf.sayings, [self.target], shelf.names, self._written.emit)

    def _end_live(self) -> None:
        live, self._live = self._live, None
        left = () if live is None else live.close(let_end)
        self._failed.clear()
        if left:
            self.warned.emit(
                self.tr(
                    "%Ln sidecars could not be written. That is made up for when the shoot is opened again.",
                    None,
                    len(left),
                )
            )

    @Slot(object)
    def _tell_failures(self, outcomes: Sequence[Outcome]) -> None:
        """One sentence for what failed and had not before; it is tried again every half minute."""
        failed = {outcome.sidecar: outcome for outcome in outcomes if outcome.status is Status.FAILED}
        self._failed -= {outcome.sidecar for outcome in outcomes} - failed.keys()
        fresh = [outcome for path, outcome in failed.items() if path not in self._failed]
        self._failed |= failed.keys()
        if fresh:
            more = self.tr(" So it is with %Ln more.", None, len(fresh) - 1) if len(fresh) > 1 else ""
            self.warned.emit(f"{fresh[0].error}{more}")
