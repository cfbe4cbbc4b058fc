"""The dialogs of metadata, and the notices of a window that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dialogs.conflicts import ConflictsDialog
from desktop.dialogs.metadata import MetadataDialog, Which
from desktop.metadata_words import disagreement_words, taken_over_words
from desktop.panels.notice import NoticeBar
from desktop.session import Session
from engine.judge.keepers import is_keeper
from engine.store.decisions import Change


class MetadataDialogs(QObject):
    """One dialog of either kind at a time. What files said on opening is told in the window, quietly."""

    photo_wanted = Signal(object)
    """Path: show this photo."""

    def __init__(self, session: Session, notices: NoticeBar, review: QAction, window: QWidget) -> None:
        """`review` is the action behind the notice of photos that disagree with their files."""
        super().__init__(window)
        self._session, self._notices, self._review, self._window = session, notices, review, window
        self._sentence = ""
        self.writing: MetadataDialog | None = None
        self.conflicts: ConflictsDialog | None = None
        session.metadata.disagreed.connect(self._tell_disagreement)
        session.metadata.taken_over.connect(self._tell_import)

    def show_writing(self) -> None:
        """Show what would be written into sidecars."""
        session, shelf = self._session, self._session.metadata.shelf
        if self.writing is None and shelf is not None:
            decided, least = session.culling.decision, session.settings.keeper_stars
            keepers = (card for card in session.model.cards() if is_keeper(decided(card.path), least))
            photos = {
                Which.ALL: shelf.photos,
                Which.PICKS: [card.photo for card in keepers],
                Which.SELECTED: [card.photo for card in session.place.chosen],
            }
            disputed = {conflict.photo.path for conflict in session.metadata.conflicts}
            self.writing = MetadataDialog(
                shelf, session.metadata.target, photos, disputed, least, session.folders, self._window
            )
            self.writing.target_chosen.connect(session.metadata.set_target)
            self._open(self.writing)
        if self.writing is not None:
            self.writing.raise_()

    def show_reading(self) -> None:
        """Read what the files say, and show what disagrees."""
        session = self._session
        if self.conflicts is None:
            self.conflicts = ConflictsDialog(
                session.metadata, session.model, session.thumbnails, session.folders, self._window
            )
            self.conflicts.chosen.connect(self.photo_wanted)
            self.conflicts.applied.connect(self._tell_answers)
            self._open(self.conflicts)
        session.metadata.look()
        self.conflicts.raise_()

    def close(self) -> None:
        """Leave no dialog and no thread behind."""
        if self.writing is not None:
            self.writing.stop()
        for dialog in (self.writing, self.conflicts):
            if dialog is not None:
                dialog.accept()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        if self.sender() is self.writing:
            self.writing = None
        else:
            self.conflicts = None

    @Slot(int)
    def _tell_disagreement(self, photos: int) -> None:
        self._notices.withdraw(self._sentence)
        self._sentence = disagreement_words(photos)
        if photos and self.conflicts is None:
            self._notices.offer(self._sentence, self.tr("Review…"), self._review)

    @Slot(object)
    def _tell_import(self, changes: Sequence[Change]) -> None:
        if self.conflicts is None:
            self._notices.add(taken_over_words(changes))

    @Slot(object)
    def _tell_answers(self, changes: Sequence[Change]) -> None:
        self._session.said.emit(taken_over_words(changes) if changes else self.tr("Kept as it was decided"))
