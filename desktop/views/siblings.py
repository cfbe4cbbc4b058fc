"""The strip of siblings: every frame of the burst that the active photo is in, also those that a filter or a closed
stack hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.cards import DECIDED, CardModel
from desktop.filters import SortKey
from desktop.thumbnails import ThumbnailLoader
from desktop.views.filmstrip import FilmstripView
from desktop.views.wording import kind_name, shown_name
from engine.types import Card, Decision

HEIGHT = 70
LABEL_WIDTH = 116
Flags = QItemSelectionModel.SelectionFlag


class SiblingsStrip(QWidget):
    """Its place is kept as long as the shoot has bursts, so that no photo changes its size on the way past one; for a
    photo on its own it is empty. The keyboard stays with the views: Alt+Left and Alt+Right go here."""

    wanted = Signal(object)
    """Path: this photo was clicked."""
    opened = Signal()
    """The active photo shall be shown large."""

    def __init__(
        self,
        model: CardModel,
        selection: QItemSelectionModel,
        thumbnails: ThumbnailLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._selection = model, selection
        self._view = "grid"
        self._is_settling = False
        self._group: tuple[Path, ...] = ()
        self.frames = CardModel(thumbnails, self)
        self.frames.arrange(SortKey.TIME)
        self.frames_selection = QItemSelectionModel(self.frames, self)
        self.strip = FilmstripView(self.frames, self.frames_selection, thumbnails, height=HEIGHT)
        self.strip.setObjectName("siblings")
        self.strip.setAccessibleName(self.tr("Frames of this burst"))
        self.strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("role", "muted")
        self.label.setWordWrap(True)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.label)
        row.addWidget(self.strip, 1)
        self.frames_selection.currentChanged.connect(self._go)
        self.strip.opened.connect(self.opened)
        selection.currentChanged.connect(self.follow)
        model.dataChanged.connect(self._look)
        model.layoutChanged.connect(self.follow)
        model.modelReset.connect(self.follow)
        model.stacked.connect(self.follow)
        model.scores_hidden_changed.connect(self._hide_scores)
        self.follow()

    def look(self, view: str) -> None:
        """Another view is on the screen. In the grid an open burst stands together anyway, and Compare and Survey are
        lines of siblings themselves."""
        self._view = view
        self.follow()

    def close_view(self) -> None:
        """Stop the timers."""
        self.strip.close_view()

    @Slot()
    def follow(self) -> None:
        """Show the burst of the active photo."""
        stacks = self._model.stacks
        has_place = bool(stacks) and (
            self._view == "loupe" or (self._view == "grid" and bool(self._model.closed_stacks))
        )
        self.setVisible(has_place)
        if not has_place:
            return
        card = self._active
        siblings = [] if card is None else self._model.siblings(card)
        self._show(siblings if len(siblings) > 1 else [], card)

    @property
    def _active(self) -> Card | None:
        index = self._selection.currentIndex()
        return self._model.card(index.row()) if index.isValid() and index.row() < self._model.rowCount() else None

    def _show(self, siblings: list[Card], active: Card | None) -> None:
        self._is_settling = True
        paths = tuple(card.path for card in siblings)
        if paths != self._group:
            self._group = paths
            self.frames.load(siblings, self._decisions(siblings))
        else:
            self._renew()
        row = None if active is None else self.frames.row_of(active.path)
        if row is not None:
            self.frames_selection.setCurrentIndex(self.frames.index(row), Flags.ClearAndSelect)
        self._is_settling = False
        self.strip.setVisible(bool(siblings))
        self._say(siblings, active, row)

    def _say(self, siblings: list[Card], active: Card | None, row: int | None) -> None:
        if siblings and active is not None and row is not None:
            kind = kind_name(active.group_kind)
            text = self.tr("{}\n{} of {}").format(kind, row + 1, len(siblings))
        else:
            text = "" if active is None else self.tr("{} stands alone").format(shown_name(active.path))
        self.label.setText(text)
        self.label.setAccessibleName(text.replace("\n", " "))

    def _decisions(self, cards: list[Card]) -> dict[Path, Decision]:
        return {card.path: _decision(self._model, card) for card in cards}

    def _look(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        """Decisions or cards of these rows are others now."""
        rows = (self._model.row_of(path) for path in self._group)
        if any(row is None or first.row() <= row <= last.row() for row in rows):
            self._renew(decisions_alone=tuple(roles) == DECIDED)

    def _renew(self, *, decisions_alone: bool = False) -> None:
        found = [card for path in self._group if (card := self._model.find(path)) is not None]
        if found and not decisions_alone:
            self.frames.update(found)
        shown = {card.path: _decision(self.frames, card) for card in self.frames.cards()}
        decisions = self._decisions(found).items()
        self.frames.decide({path: one for path, one in decisions if shown.get(path) != one})

    @Slot(bool)
    def _hide_scores(self, hidden: bool) -> None:
        self.frames.scores_hidden = hidden

    @Slot(QModelIndex, QModelIndex)
    def _go(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_settling and current.isValid():
            self.wanted.emit(self.frames.card(current.row()).path)


def _decision(model: CardModel, card: Card) -> Decision:
    """What a model shows as decided: the columns know nothing of how the photo is turned, its card does."""
    columns = model.columns
    return replace(columns.decision(columns.index[card.path]), turn=card.turn)
