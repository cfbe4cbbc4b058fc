"""The right-hand column: everything that is known of the active photo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop import style
from desktop.cards import DECIDED, CardModel, ThumbnailRole
from desktop.critiques import Critiques
from desktop.panels.critique import CritiquePanel
from desktop.panels.exif import ExifPanel
from desktop.panels.faces import FacesPanel
from desktop.panels.histogram import HistogramPanel
from desktop.panels.readings import ReadingsPanel
from desktop.panels.scores import ScorePanel
from desktop.panels.section import Section, labelled
from desktop.panels.suggestion import SuggestionPanel
from desktop.picture import Picture
from desktop.suggestions import suggest
from desktop.views.wording import short_reason
from engine.types import Card, Reading

WIDTH = 288

CloseUpOf = Callable[[Card], Reading | None]
"""Sharpness on the subject in every pixel, of a photo whose pixels are in memory."""
DecodedOf = Callable[[Card], Picture | None]
"""The pixels of a photo, where they are in memory."""


class InfoPanel(QScrollArea):
    """Histogram, score, suggestion, faces, readings and EXIF of the active photo, scrolling where they are taller."""

    retry_wanted = Signal(object)
    """list[Path]: the active photo, which could not be read, is to be read once more."""

    def __init__(
        self, model: CardModel, selection: QItemSelectionModel, go_to_best: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model, self.selection = model, selection
        self.close_up_of: CloseUpOf = _nothing
        self.decoded_of: DecodedOf = _nothing
        self.empty = labelled(self.tr("No photo is active."), "muted", self.tr("Note"))
        self.error = labelled("", "warning", self.tr("Why the photo cannot be read"))
        self.error.setWordWrap(True)
        self.retry = QPushButton(style.icon("retry"), self.tr("Retry"))
        self.retry.setAccessibleName(self.tr("Read this photo once more"))
        self.retry.clicked.connect(self._retry)
        self.scores, self.readings, self.exif = ScorePanel(), ReadingsPanel(), ExifPanel()
        self.suggestion, self.faces = SuggestionPanel(go_to_best), FacesPanel()
        self.critique = CritiquePanel()
        self._critiques: Critiques | None = None
        self.histogram = HistogramPanel()
        self._sections = {
            "histogram": Section(self.tr("Histogram"), self.histogram, ruled=False),
            "score": Section(self.tr("Base score"), self.scores),
            "suggestion": Section(self.tr("Suggested best of the burst"), self.suggestion),
            "critique": Section(self.tr("Critique"), self.critique),
            "faces": Section(self.tr("Faces"), self.faces),
            "readings": Section(self.tr("Readings"), self.readings),
            "photo": Section(self.tr("Photo"), self.exif),
        }
        self._build()
        selection.currentChanged.connect(self.refresh)
        model.dataChanged.connect(self._look)
        model.modelReset.connect(self.refresh)
        model.layoutChanged.connect(self.refresh)
        model.scores_hidden_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        column = QWidget()
        column.setProperty("role", "panel")
        layout = QVBoxLayout(column)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(14)
        for widget in (self.empty, self.error):
            layout.addWidget(widget)
        layout.addWidget(self.retry, alignment=Qt.AlignmentFlag.AlignLeft)
        for section in self._sections.values():
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(column)
        self.setWidgetResizable(True)
        self.setProperty("role", "panel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(WIDTH - 48)
        self.setAccessibleName(self.tr("About the active photo"))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 480)

    @property
    def card(self) -> Card | None:
        """The active photo."""
        index = self.selection.currentIndex()
        return self.model.card(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    @Slot()
    def refresh(self) -> None:
        """Show the active photo as it is known now."""
        card = self.card
        self.empty.setVisible(card is None)
        for widget in (self.error, self.retry):
            widget.setVisible(card is not None and card.error is not None)
        for section in self._sections.values():
            section.setVisible(card is not None)
        if card is None:
            return
        for name in ("histogram", "faces", "readings"):
            self._sections[name].setVisible(card.error is None)
        if card.error is not None:
            self.error.setText(short_reason(card))
        counts = self.model.counts()
        ranked = counts.photos - counts.unreadable
        self.scores.show_card(card, self.model.size(card), ranked, scores_hidden=self.model.scores_hidden)
        self._show_histogram(card)
        self._show_suggestion(card)
        self._show_critique(card)
        self.faces.show_card(card)
        self._show_readings(card)
        self.exif.show_card(card)

    def _show_histogram(self, card: Card) -> None:
        row = self.model.row_of(card.path)
        thumbnail = None if row is None else self.model.data(self.model.index(row), ThumbnailRole)
        self.histogram.show_photo(thumbnail, self.decoded_of(card))

    def _show_suggestion(self, card: Card) -> None:
        found = None if self.model.scores_hidden else suggest(self.model, card)
        self._sections["suggestion"].setVisible(found is not None)
        if found is not None:
            self.suggestion.show_suggestion(found, card)

    def follow(self, critiques: Critiques) -> None:
        """Show what is said of the active photo, as it is said."""
        self._critiques = critiques
        critiques.arrived.connect(self._show_arrived)

    @Slot(object)
    def _show_arrived(self, fingerprint: str) -> None:
        if self.card is not None and self.card.fingerprint == fingerprint:
            self._show_critique(self.card)

    def _show_critique(self, card: Card) -> None:
        written = None if self._critiques is None else self._critiques.of(card)
        is_awaited = self._critiques is not None and self._critiques.is_awaited(card)
        self._sections["critique"].setVisible(written is not None or is_awaited)
        self.critique.show_written(card, written, scores_hidden=self.model.scores_hidden)

    def _show_readings(self, card: Card) -> None:
        """What the run measured, and what was found while the photo is looked at. The latter moves no rank: that would
        depend on what had been looked at."""
        closer = self.close_up_of(card)
        seen = {} if closer is None else {closer.name: closer}
        self.readings.show_readings({**seen, **card.readings}, card.subject)

    @Slot(bool)
    def show_whether_faces_are_sought(self, sought: bool) -> None:
        """Without a model for them, no photo has faces, which says nothing about the photo."""
        if sought != self.faces.are_sought:
            self.faces.are_sought = sought
            self.refresh()

    @Slot(object)
    def show_picture(self, path: Path) -> None:
        """Every pixel of a photo is there: the crops of its faces are made anew, its subject was looked at closely."""
        if self.card is not None and self.card.path == path:
            self._show_histogram(self.card)
            self.faces.show_card(self.card)
            self._show_readings(self.card)

    @Slot()
    def _retry(self) -> None:
        if self.card is not None:
            self.retry_wanted.emit([self.card.path])

    def _look(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        """Nothing here depends on decisions."""
        index = self.selection.currentIndex()
        if tuple(roles) != DECIDED and index.isValid() and first.row() <= index.row() <= last.row():
            self.refresh()


def _nothing(_card: Card) -> None:
    """Without a view that holds pixels."""
