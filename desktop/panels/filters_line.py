"""The line above the photos that says which of them are shown, while not all are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from desktop import style
from desktop.cards import CardModel
from desktop.filtering_words import Asked, Called, asked
from desktop.language import grouped
from desktop.panels.filters_flow import FlowLayout
from desktop.scenes import scenes
from desktop.style import TONE
from desktop.views.wording import literal

LONGEST = 44
"""Letters of a chip; the whole stands in its tip."""


class FiltersLine(QWidget):
    """ "Showing 212 of 1,984", a chip for each question that takes it away, and one button that takes all away."""

    left = Signal()
    """A chip was clicked: the keyboard is free."""

    def __init__(self, model: CardModel, clear: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Filters that are on"))
        self.shown = QLabel()
        self.shown.setProperty("role", "strong")
        self.chips: list[QToolButton] = []
        self.clear = QToolButton()
        self.clear.setProperty("role", "chip")
        self.clear.setText(self.tr("Clear all"))
        self.clear.setAccessibleName(self.tr("Clear all filters"))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.clicked.connect(clear.trigger)
        self.clear.clicked.connect(self.left)
        self._clear_action = clear
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(12, 5, 12, 5)
        self._flow.addWidget(self.shown)
        self._flow.addWidget(self.clear)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        model.arranged.connect(self.show_questions)
        model.layoutChanged.connect(self.count)
        model.modelReset.connect(self.show_questions)
        self.show_questions()

    @Slot()
    def show_questions(self) -> None:
        """Show what is asked, and how many photos pass."""
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._flow.removeWidget(self.clear)
        wanted = self._model.filter
        named = wanted.bodies or wanted.scenes
        called = Called(self._model.camera_names(), self._scene_names()) if named else Called()
        self.chips = [self._chip(question) for question in asked(wanted, called)]
        for chip in self.chips:
            self._flow.addWidget(chip)
        self._flow.addWidget(self.clear)
        key = self._clear_action.shortcut().toString()
        self.clear.setToolTip(self.tr("Show every photo again ({})").format(key))
        self.clear.setVisible(len(self.chips) > 1)
        self.setVisible(bool(self.chips))
        self.count()

    @Slot()
    def count(self) -> None:
        """Show how many photos pass."""
        if not self._model.filter.is_open:
            photos, shown = grouped(len(self._model.columns)), grouped(self._model.rowCount())
            self.shown.setText(self.tr("Showing {} of {}").format(shown, photos))
            self._flow.invalidate()

    def _chip(self, question: Asked) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("role", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIcon(style.icon("close", TONE.muted))
        chip.setIconSize(chip.iconSize() * 0.7)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        text = question.text if len(question.text) <= LONGEST else question.text[: LONGEST - 1] + "…"
        chip.setText(literal(text))
        chip.setToolTip(self.tr("{}: click to take this filter away").format(question.text))
        chip.setAccessibleName(self.tr("Take away the filter {}").format(question.text))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(partial(self._take_away, question))
        return chip

    def _take_away(self, question: Asked) -> None:
        self._model.set_filter(question.rest)
        self.left.emit()

    def _scene_names(self) -> dict[str, str]:
        return {scene.name: self.tr("Scene {}").format(scene.number) for scene in scenes(self._model.columns)}
