"""Every shoot is found again as it was left: photo, view, order, filter, stacks, zoom. The last one opens first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop import lineup_record
from desktop.cards import CardModel
from desktop.filtering_record import read, written
from desktop.filters import Filter, SortKey
from desktop.jobs import Job, in_words, let_go
from desktop.recent import FILE_NAME, Recent, Visit
from desktop.session import Session
from desktop.view_stack import LINED_UP, ViewStack
from desktop.views.viewport import LARGEST_ZOOM, SMALLEST_ZOOM, Viewport
from engine.files.shoot import Shoot

SAVE_MS = 5000
"""So long after a change at the latest it is on disk: what a killed program was at is known to that."""
VIEWS = ("grid", "loupe", "compare", "survey")


@dataclass(frozen=True, slots=True)
class ClosedStacks:
    """Which stacks are closed: as most of them are, but for some. A shoot may have tens of thousands."""

    most: bool = False
    but: frozenset[str] = frozenset()

    @classmethod
    def of(cls, model: CardModel) -> ClosedStacks:
        """As they stand now."""
        closed, stacks = model.closed_stacks, model.stacks
        most = 2 * len(closed) > len(stacks)
        return cls(most, frozenset(stacks - closed if most else closed))

    @classmethod
    def read(cls, said: object) -> ClosedStacks:
        """As they were written; all open where that makes no sense."""
        if not isinstance(said, dict) or not isinstance(said.get("but"), list):
            return cls()
        return cls(said.get("most") is True, frozenset(one for one in said["but"] if isinstance(one, str)))

    def written(self) -> dict[str, Any]:
        """As JSON."""
        return {"most": self.most, "but": sorted(self.but)}

    def among(self, stacks: set[str]) -> set[str]:
        """Those of these stacks that are closed."""
        return stacks - self.but if self.most else stacks & self.but


@dataclass(frozen=True, slots=True)
class _Late:
    """What can be asked only once the shoot is ranked."""

    asked: Filter
    """What is asked until then; where it is something else by now, the user asks it."""
    wanted: Filter
    stacks: ClosedStacks


class Restore(QObject):
    """Watches how the open shoot is looked at, and keeps the list of recent shoots."""

    changed = Signal()
    """The list of recent shoots, or what is known of them."""

    def __init__(
        self, session: Session, views: ViewStack, show_view: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._views, self._show_view = session, views, show_view
        self.recent = Recent(session.home / FILE_NAME)
        self.missing: Mapping[tuple[Path, ...], str] = {}
        """Recent shoots that cannot be opened, by their folders, each with the reason."""
        self._is_taken_up = False
        self._late: _Late | None = None
        self._jobs: set[Job] = set()
        self._saving = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._saving.timeout.connect(self._save)
        session.leaving.connect(self._leave)
        session.opened.connect(self._take_up)
        session.ended.connect(self._ask_late)
        session.selection.currentChanged.connect(self._save_soon)
        for changed in (session.model.arranged, session.model.stacked, views.shown, views.lineup.changed):
            changed.connect(self._save_soon)
        for changed in (views.loupe.zoom_changed, views.compare.shown_changed):
            changed.connect(self._save_soon)

    def reopen(self) -> bool:
        """Open the shoot that was open last; False where there was none, or the user wants none."""
        visits = self.recent.visits
        if not visits or not self._session.settings.reopen:
            return False
        self._session.open(visits[0].folders)
        return True

    def open(self, visit: Visit) -> None:
        """Open a shoot of the list."""
        self._session.open(visit.folders)

    def remove(self, visit: Visit) -> None:
        """Take a shoot off the list. What was decided about it stays."""
        self.recent.remove(visit)
        self._save_soon()
        self.changed.emit()

    def check(self) -> None:
        """Have it found out which of the recent shoots are still there; drives may take long to answer."""
        self._run(partial(_checking, self.recent.visits), self._take_reasons)

    def close(self) -> None:
        """Remember how the window is left. No thread or timer stays."""
        self._leave()
        self._saving.stop()
        for job in self._jobs:
            let_go(job)
        self._jobs.clear()

    # Leaving

    @Slot()
    def _leave(self) -> None:
        """The shoot is about to go: what is known of it is written at once."""
        if self._is_taken_up:
            self._save()
        self._is_taken_up, self._late = False, None

    @Slot()
    def _save_soon(self) -> None:
        if not self._saving.isActive():
            self._saving.start()

    @Slot()
    def _save(self) -> None:
        if self._is_taken_up:
            session = self._session
            self.recent.note(session.folders, len(session.model.columns), self._left())
        self._run(partial(_writing, self.recent, self.recent.text()))

    def _left(self) -> dict[str, Any]:
        session, views = self._session, self._views
        viewport = views.loupe.viewport
        active, row = session.active, session.selection.currentIndex().row()
        order, descending = session.search.order_before
        late, model = self._late, session.model
        return {
            "photo": None if active is None else str(active.path),
            "row": row,
            "view": session.culling.view,
            "sort": order,
            "descending": descending,
            "filter": written(model.filter if late is None else late.wanted),
            "closed": (ClosedStacks.of(model) if late is None else late.stacks).written(),
            "lineup": lineup_record.written(views.lineup, views.compare),
            "zoom": [viewport.zoom, viewport.x, viewport.y],
        }

    # Coming back

    @Slot(object)
    def _take_up(self, shoot: Shoot) -> None:
        """Look at a shoot as it was left; read again, it stands as it does."""
        session = self._session
        if self._is_taken_up or not shoot.photos:
            return
        visit = self.recent.of(session.folders)
        self.recent.note(session.folders, len(shoot.photos))
        self._is_taken_up = True
        self._save_soon()
        self.changed.emit()
        if visit is not None and visit.left is not None and session.settings.reopen:
            self._look_as(visit.left)

    def _look_as(self, left: Mapping[str, Any]) -> None:
        session, wanted = self._session, read(left.get("filter"))
        # Scenes are known once the shoot is ranked, and words take a search.
        now = replace(wanted, scenes=frozenset(), words=None)
        order = left.get("sort")
        if order in list(SortKey) and order != SortKey.LIKENESS:
            session.model.arrange(SortKey(order), left.get("descending") is True)
        session.model.set_filter(now)
        stacks = ClosedStacks.read(left.get("closed"))
        self._late = _Late(now, wanted, stacks) if now != wanted or stacks != ClosedStacks() else None
        photo, row = left.get("photo"), left.get("row")
        if isinstance(photo, str) and session.place.reveal(Path(photo)):
            session.begin()
        elif isinstance(row, int) and row > 0:
            session.place.go(row)
        view = left.get("view")
        if view in LINED_UP:
            lineup_record.line_up(left.get("lineup"), self._views.lineup, self._views.compare)
        if view in VIEWS:
            self._show_view(str(view))
        self._views.loupe.look_at(_viewport(left.get("zoom")))

    @Slot()
    def _ask_late(self) -> None:
        """Ask what could not be asked before; not where the user asks something else by now."""
        late, self._late = self._late, None
        if late is None:
            return
        model = self._session.model
        closed = late.stacks.among(model.stacks)
        if closed and not model.closed_stacks:
            model.close_stacks(closed)
        if late.wanted == late.asked or model.filter != late.asked:
            return
        words = late.wanted.words
        model.set_filter(replace(late.wanted, words=None))
        if words is not None:
            self._session.search.nearest = words.nearest
            self._session.search.ask(words.text, goes=False)

    # Jobs

    def _run(self, steps: Callable[[], Iterator[object]], take: Callable[[Job, Any], None] | None = None) -> None:
        job = Job(steps, self)
        self._jobs.add(job)
        if take is not None:
            job.progressed.connect(take)
        job.failed.connect(self._fail)
        job.finished.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _take_reasons(self, _job: Job, missing: Mapping[tuple[Path, ...], str]) -> None:
        self.missing = missing
        self.changed.emit()

    @Slot(object, object)
    def _fail(self, _job: Job, error: Exception) -> None:
        self._session.warned.emit(in_words(error))

    @Slot()
    def _finish(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._jobs:
            self._jobs.discard(job)
            let_go(job)


def _writing(recent: Recent, text: bytes) -> Iterator[None]:
    recent.write(text)
    yield


def _checking(visits: tuple[Visit, ...]) -> Iterator[Mapping[tuple[Path, ...], str]]:
    reasons = {visit.folders: visit.reason() for visit in visits}
    yield {folders: reason for folders, reason in reasons.items() if reason is not None}


def _viewport(said: object) -> Viewport:
    """Zoom and centre as they were written; fitted in where they make no sense."""
    if not isinstance(said, list) or len(said) != 3:
        return Viewport()
    numbers = [float(one) for one in said if isinstance(one, int | float)]
    if len(numbers) < 3 or not SMALLEST_ZOOM <= numbers[0] <= LARGEST_ZOOM:
        return Viewport()
    return Viewport(numbers[0], min(max(numbers[1], 0.0), 1.0), min(max(numbers[2], 0.0), 1.0))
