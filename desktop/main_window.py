"""The window: where everything stands. What it does lies in the session and the commands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QSplitter

from desktop import commands
from desktop.decisions_check import DecisionsCheck
from desktop.departures import Departures
from desktop.desk import Proposal
from desktop.dialogs.clocks import ClocksDialog
from desktop.dialogs.failures import FailuresDialog
from desktop.drive import DriveWatch
from desktop.dropping import folders_of, is_welcome
from desktop.habits import Habits
from desktop.lineup import Lineup
from desktop.looks import Looks
from desktop.metadata_dialogs import MetadataDialogs
from desktop.panels.empty import EmptyPanel
from desktop.panels.filters_line import FiltersLine
from desktop.panels.folders_recent import RecentList
from desktop.panels.info import InfoPanel
from desktop.panels.left import LeftPanel
from desktop.panels.notice import NoticeBar
from desktop.panels.progress import ProgressStrip, shoot_name
from desktop.panels.proposal import ProposalBar
from desktop.panels.section import stacked
from desktop.reach import reachable
from desktop.rejecting import Act
from desktop.restore import Restore
from desktop.session import Session
from desktop.strips import Strips
from desktop.view_stack import ViewStack
from desktop.views.overlays import Overlays
from desktop.window_actions import Actions
from desktop.window_state import WindowState
from engine.errors import StoreError
from engine.files.shoot import Shoot
from engine.types import Card, Region

MESSAGE_MS = 6000
SIDE_WIDTHS = (230, 900, 290)
"""Filters, views, the photo's panel; device-independent pixels."""


class MainWindow(QMainWindow):
    """Lays the panels round the views, and is the `Desk` that commands work at."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.view = "grid"
        self._wants_panels = True
        self.setWindowTitle("Chinagraph")
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.views = ViewStack(session)
        self.grid, self.loupe = self.views.grid, self.views.loupe
        self.strips = Strips(session, self.views)
        self.filmstrip = self.strips.filmstrip
        self.restore = Restore(session, self.views, self.show_view, self)
        self.clocks: ClocksDialog | None = None
        self.departures = Departures(session, self)
        self.proposal = ProposalBar(self.views)
        self.habits = Habits(session, self.views, self)
        self.actions_table = Actions(self, self, self.views, self.habits.keymap)
        self.empty = EmptyPanel(self.actions_table["open"], self.actions_table["sample"], self.actions_table["reload"])
        self.views.addWidget(self.empty)
        self.empty.add_below(RecentList(self.restore, most=6), lambda: bool(self.restore.recent.visits))
        self.left = LeftPanel(session, self.actions_table, self.restore)
        self.filters, self.goal = self.left.filters, self.left.goal
        self.filters_line = FiltersLine(session.model, self.actions_table["filter.clear"])
        self.info = InfoPanel(session.model, session.selection, self.actions_table["group.best"])
        self.info.faces.picture_of = self._picture_of
        self.info.close_up_of, self.info.decoded_of = self.loupe.pictures.close_up, self.loupe.pictures.picture
        self.strip = ProgressStrip(session, self.actions_table["pause"])
        self.notices = NoticeBar()
        self.drive = DriveWatch(session, self.loupe.pictures, self.notices, self.actions_table["reload"])
        self.decisions_check = DecisionsCheck(session, self.notices, self)
        self.looks = Looks(session, self.notices, self.actions_table, self)
        self.metadata = MetadataDialogs(session, self.notices, self.actions_table["metadata.read"], self)
        self.failures: FailuresDialog | None = None
        self._panels = QSplitter(Qt.Orientation.Horizontal)
        self._state = WindowState(session.home)
        self._lay_out()
        self._connect()
        self._wants_panels = self._state.restore(self, self._panels, self.views, self.left)
        self._show_folders(False)
        self.empty.show_welcome()
        self.actions_table.refresh()

    # What commands ask of a desk

    @property
    def panels_shown(self) -> bool:
        """Whether the side panels are on the screen."""
        return not self.left.isHidden()

    def show_view(self, view: str) -> None:
        """Put a view in the middle; without a shoot nothing changes."""
        self.view = view
        if self.views.currentWidget() is not self.empty:
            self.views.show_view(view)

    @property
    def lineup(self) -> Lineup:
        """The photos of Compare and Survey."""
        return self.views.lineup

    @property
    def overlays(self) -> Overlays:
        """What is laid over photos."""
        return self.views.overlays

    def flip(self) -> None:
        """Have two photos take turns in one place."""
        (self.views.compare if self.view == "compare" else self.loupe).flip()

    def choose_folder(self) -> Path | None:
        """Ask for a folder; None when the user thinks better of it."""
        start = reachable(self.session.folders)
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open a folder as a shoot"), start)
        return Path(chosen) if chosen else None

    def show_failures(self) -> None:
        """Show the photos that cannot be read, beside the work."""
        if self.failures is None:
            self.failures = FailuresDialog(self.session.model, self)
            self.failures.retry_wanted.connect(self._retry)
            self.failures.chosen.connect(self._show_photo)
        self.failures.show()
        self.failures.raise_()
        self.failures.activateWindow()

    @property
    def has_proposal(self) -> bool:
        """Whether a proposal waits for its answer."""
        return self.proposal.is_open

    def propose(self, proposal: Proposal) -> None:
        """Show what would happen, over the photos."""
        self.proposal.propose(replace(proposal, detail=self.habits.keymap.reworded(proposal.detail)))
        self.actions_table.refresh()

    def accept(self) -> None:
        """Take the first answer of the proposal, or the one that has the keyboard."""
        self.proposal.press()

    @Slot()
    def dismiss(self) -> None:
        """Take none."""
        self.proposal.dismiss()

    def show_clocks(self) -> None:
        """Show the clocks of the cameras; the window waits for the answer."""
        session = self.session
        self.clocks = ClocksDialog(session.model.cards(), session.grouping.clocks, session.thumbnails, self)
        self.clocks.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.clocks.applied.connect(session.grouping.set_clocks)
        self.clocks.finished.connect(self._forget_clocks)
        self.clocks.open()

    def show_export(self) -> None:
        """Show what can be exported, and how."""
        self.departures.show_export()

    def show_metadata_writing(self) -> None:
        """Show what would be written into sidecars."""
        self.metadata.show_writing()

    def show_metadata_reading(self) -> None:
        """Read what the files say, and show where they disagree."""
        self.metadata.show_reading()

    def show_rejected(self, act: Act) -> None:
        """Show what would be done with the rejected photos."""
        self.departures.show_rejected(act)

    def show_goal(self) -> None:
        """Suggest the best of the shoot, and give the goal the keyboard."""
        self._wants_panels = True
        self._show_panels(True)
        self.goal.begin()

    def show_search(self) -> None:
        """Give the keyboard to the field for words."""
        self._wants_panels = True
        self._show_panels(True)
        self.left.search.begin()

    def show_face(self, step: int) -> bool:
        """Show a face of the active photo, beside others or in the loupe; False where it has none."""
        if self.view == "compare":
            return self.views.compare.next_face(step)
        card = self.session.active
        if card is None or not card.faces:
            return False
        self.show_view("loupe")
        return self.loupe.next_face(step)

    def toggle_panels(self) -> None:
        """Hide or show the side panels."""
        self._wants_panels = not self.panels_shown
        self._show_panels(self._wants_panels)

    # Building

    def _lay_out(self) -> None:
        self.actions_table.fill(self.menuBar())
        for panel in (self.left, stacked(self.filters_line, self.views, growing=self.views), self.info):
            self._panels.addWidget(panel)
        self._panels.setSizes(list(SIDE_WIDTHS))
        self._panels.setStretchFactor(1, 1)
        self._panels.setChildrenCollapsible(False)
        self._panels.setHandleWidth(1)
        self.setCentralWidget(stacked(self.strip, self.notices, self._panels, self.strips, growing=self._panels))
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        session, refresh = self.session, self.actions_table.refresh
        for view in (self.grid, self.filmstrip):
            view.visible_changed.connect(self._attend)
            view.stack_toggled.connect(self.actions_table["group.stack"].trigger)
        self.strips.opened.connect(self._open_loupe)
        self.strips.wanted.connect(self._show_photo)
        self.views.wanted.connect(self._open_view)
        self.loupe.face_changed.connect(self._show_current_face)
        self.loupe.pictures.arrived.connect(self.info.show_picture)
        self.loupe.pictures.sketches.waiting.connect(session.attention.press)
        self.info.faces.chosen.connect(self._open_face)
        self.info.follow(session.critiques)
        self.info.critique.region_wanted.connect(self._light_up)
        self.info.retry_wanted.connect(self._retry)
        self.proposal.answered.connect(self._go_on)
        for part in (self.left, self.filters_line):
            part.left.connect(self._go_on)
        self.departures.closing_wanted.connect(self.close)
        self.metadata.photo_wanted.connect(self._show_photo)
        session.selection.selectionChanged.connect(self.dismiss)
        session.model.layoutChanged.connect(self.dismiss)
        session.model.modelReset.connect(self.dismiss)
        session.opening.connect(self._show_opening)
        session.opened.connect(self._show_shoot)
        session.unusable.connect(self._show_unusable)
        session.said.connect(self._say)
        session.faces_sought.connect(self.info.show_whether_faces_are_sought)
        session.warned.connect(self.notices.add)
        self.strip.failures_wanted.connect(self.show_failures)
        session.model.arranged.connect(self._explain_emptiness)
        changes = (session.opening, session.opened, session.ended, session.pause_changed, session.preferences.changed)
        for signal in (*changes, session.model.arranged, session.model.scores_hidden_changed):
            signal.connect(refresh)
        for signal in (session.culling.undo_changed, session.choosing.changed):
            signal.connect(self.actions_table.refresh_soon)

    # What the session tells

    @Slot(object)
    def _show_opening(self, folders: tuple[Path, ...]) -> None:
        self.setWindowTitle(self.tr("{} · Chinagraph").format(shoot_name(folders)))
        if self.session.shoot is None:
            self.notices.clear()
            self._show_folders(False)
            self.empty.show_reading()

    @Slot(object)
    def _show_shoot(self, shoot: Shoot) -> None:
        self._show_folders(bool(shoot.photos))
        if not shoot.photos:
            self.empty.show_no_photos(shoot.videos, shoot.problems)

    @Slot(str)
    def _show_unusable(self, sentence: str) -> None:
        self._show_folders(False)
        self.empty.show_error(sentence)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.statusBar().showMessage(self.habits.keymap.reworded(sentence), MESSAGE_MS)

    @Slot()
    def _explain_emptiness(self) -> None:
        hint = self.tr("Clear the filters with Ctrl+L to see every photo again.")
        self.views.set_message(self.tr("No photo passes the filter"), self.habits.keymap.reworded(hint))

    # What views and dialogs ask for

    @Slot()
    def _open_loupe(self) -> None:
        self._open_view("loupe")

    @Slot(str)
    def _open_view(self, view: str) -> None:
        commands.show_view(self, view)
        self.actions_table.refresh()

    @Slot(int)
    def _open_face(self, number: int) -> None:
        self.show_view("loupe")
        self.loupe.show_face(number)
        self.actions_table.refresh()

    @Slot(object)
    def _light_up(self, region: Region) -> None:
        self.show_view("loupe")
        self.loupe.point_at(region)
        self.actions_table.refresh()

    @Slot()
    def _show_current_face(self) -> None:
        self.info.faces.show_current(self.loupe.face)

    @Slot()
    def _go_on(self) -> None:
        """After an answer the keyboard is the view's again."""
        page = self.views.currentWidget()
        if page is not None:
            page.setFocus()
        self.actions_table.refresh()

    @Slot()
    def _forget_clocks(self) -> None:
        self.clocks = None

    def _picture_of(self, card: Card) -> QImage | QPixmap | None:
        """The best picture of a photo that is in memory: every pixel, else the thumbnail."""
        picture = self.loupe.pictures.picture(card)
        return picture.levels[0] if picture is not None and picture.levels else self.session.thumbnails.pixmap(card)

    @Slot(object)
    def _attend(self, cards: list[Card]) -> None:
        """In the grid its cells matter, in the loupe those of the filmstrip."""
        if self.sender() is (self.grid if self.view == "grid" else self.filmstrip):
            self.session.attend(cards)

    @Slot(object)
    def _retry(self, paths: list[Path]) -> None:
        commands.retry(self, paths)

    @Slot(object)
    def _show_photo(self, path: Path) -> None:
        commands.show_photo(self, path)

    def _show_folders(self, has_photos: bool) -> None:
        """The views where there are photos, else the reason why there are none."""
        self.strips.setVisible(has_photos)
        self._show_panels(has_photos and self._wants_panels)
        if has_photos:
            self.views.show_view(self.view)
        else:
            self.views.show_page(self.empty)

    def _show_panels(self, shown: bool) -> None:
        self.left.setVisible(shown)
        self.info.setVisible(shown)

    # What Qt sends

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders, and files that stand for their folders, are welcome."""
        if is_welcome(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What was dropped is a shoot."""
        folders = folders_of(event)
        if folders:
            event.acceptProposedAction()
            commands.open_folders(self, folders)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing running, and no decision unsaved without the user knowing."""
        if not self.departures.may_close():
            event.ignore()
            return
        try:
            self.session.save()
        except StoreError as error:
            if not self.departures.may_lose(error):
                event.ignore()
                return
        self.departures.close()
        self.metadata.close()
        self.restore.close()
        self.drive.close()
        self.decisions_check.close()
        self.left.stop()
        self._state.save(self, self._panels, self.views, self.left, panels_wanted=self._wants_panels)
        self.views.stop()
        self.strips.stop()
        try:
            self.session.close()
        except StoreError as error:
            QMessageBox.critical(self, "Chinagraph", str(error))
        event.accept()
