"""The panel on the left: what the photos are sorted by, and which of them are shown, with counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.cards import CardModel
from desktop.commands import colour_name
from desktop.filters import Filter, SortKey, StarsRule
from desktop.style import TONE
from desktop.views.marks import paint_label
from engine.types import Colour, Flag


class Choice(QWidget):
    """A box to tick, with the number of photos it stands for."""

    def __init__(self, text: str, toggled: Callable[[], None], icon: QIcon | None = None) -> None:
        super().__init__()
        self._text = text
        self.box = QCheckBox(text)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon is not None:
            self.box.setIcon(icon)
        self.box.clicked.connect(toggled)
        self._count = QLabel("0")
        self._count.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.addWidget(self.box, 1)
        row.addWidget(self._count)

    @property
    def is_on(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_on(self, on: bool) -> None:
        """Tick it, or not, without acting."""
        blocker = QSignalBlocker(self.box)
        self.box.setChecked(on)
        blocker.unblock()

    def show_count(self, count: int) -> None:
        """Show how many photos it stands for."""
        self._count.setText(f"{count:,}")
        self.box.setAccessibleName(f"{self._text}, {count:,}")


class FiltersPanel(QScrollArea):
    """Sort, and filter by flag, stars, colour, decision, body and readability. The model holds the truth."""

    def __init__(self, model: CardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("role", "panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Sort and filter"))
        self._column = QVBoxLayout()
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(2)
        self._build_sort()
        self._build_shown()
        self.flags = self._build_flags()
        self._build_stars()
        self.colours = self._build_colours()
        self._title(self.tr("State"))
        self.undecided = self._choice(self.tr("No decision"))
        self.unreadable = self._choice(self.tr("Unreadable"), style.icon("unreadable", TONE.muted))
        self._build_bodies()
        self._column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "panel")
        inside.setLayout(self._column)
        self.setWidget(inside)
        model.counted.connect(self.show_counts)
        model.arranged.connect(self.show_state)
        model.layoutChanged.connect(self._show_shown)
        model.modelReset.connect(self._show_shown)
        self.show_counts()
        self.show_state()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for every count, with the scroll bar beside it."""
        inside, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        width = 0 if inside is None else inside.minimumSizeHint().width() + bar
        return QSize(width, super().minimumSizeHint().height())

    # Building

    def _title(self, text: str) -> None:
        title = QLabel(text)
        title.setProperty("role", "title")
        title.setContentsMargins(0, 12, 0, 2)
        self._column.addWidget(title)

    def _choice(self, text: str, icon: QIcon | None = None) -> Choice:
        choice = Choice(text, self._ask, icon)
        self._column.addWidget(choice)
        return choice

    def _build_sort(self) -> None:
        self._title(self.tr("Sort"))
        self.sort = _combo(
            self.tr("Sort by"),
            {SortKey.RANK: self.tr("Rank"), SortKey.TIME: self.tr("Capture time"), SortKey.NAME: self.tr("File name")},
        )
        self.sort.activated.connect(self._arrange)
        self.descending = QToolButton()
        self.descending.setIcon(style.icon("sort"))
        self.descending.setCheckable(True)
        self.descending.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.descending.setAccessibleName(self.tr("Reverse order"))
        self.descending.setToolTip(self.tr("Reverse order"))
        self.descending.clicked.connect(self._arrange)
        self._column.addLayout(_row(self.sort, self.descending))

    def _build_shown(self) -> None:
        self._title(self.tr("Filter"))
        self.shown = QLabel()
        self.shown.setProperty("role", "muted")
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.setAccessibleName(self.tr("Clear all filters"))
        self.clear.clicked.connect(self._lift)
        self._column.addLayout(_row(self.shown, self.clear))

    def _build_flags(self) -> dict[Flag, Choice]:
        self._title(self.tr("Flag"))
        return {
            Flag.PICK: self._choice(self.tr("Pick"), style.icon("pick")),
            Flag.REJECT: self._choice(self.tr("Reject"), style.icon("reject")),
            Flag.NONE: self._choice(self.tr("No flag"), style.icon("unflag", TONE.muted)),
        }

    def _build_stars(self) -> None:
        self._title(self.tr("Stars"))
        self.stars_rule = _combo(
            self.tr("How stars filter"),
            {StarsRule.AT_LEAST: self.tr("At least"), StarsRule.EXACTLY: self.tr("Exactly")},
        )
        self.stars_rule.activated.connect(self._ask)
        self._column.addWidget(self.stars_rule)
        self.stars = QButtonGroup(self)
        self.stars.setExclusive(False)
        row = QHBoxLayout()
        row.setSpacing(3)
        for count in range(6):
            button = QToolButton()
            button.setText(str(count))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.stars.addButton(button, count)
            row.addWidget(button, 1)
        self.stars.idClicked.connect(self._ask_stars)
        self._column.addLayout(row)

    def _build_colours(self) -> dict[Colour, Choice]:
        self._title(self.tr("Colour"))
        colours = [colour for colour in Colour if colour is not Colour.NONE] + [Colour.NONE]
        return {colour: self._choice(colour_name(colour).capitalize(), self._chip(colour)) for colour in colours}

    def _chip(self, colour: Colour) -> QIcon | None:
        if colour is Colour.NONE:
            return None
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(16 * ratio), round(16 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_label(painter, QRect(0, 0, 16, 16), colour, self.font())
        painter.end()
        return QIcon(pixmap)

    def _build_bodies(self) -> None:
        self.bodies: dict[Hashable, Choice] = {}
        self._bodies_title = QLabel(self.tr("Camera body"))
        self._bodies_title.setProperty("role", "title")
        self._bodies_title.setContentsMargins(0, 12, 0, 2)
        self._bodies_column = QVBoxLayout()
        self._bodies_column.setSpacing(2)
        self._column.addWidget(self._bodies_title)
        self._column.addLayout(self._bodies_column)

    # Asking the model

    @Slot()
    def _arrange(self) -> None:
        self._model.arrange(SortKey(self.sort.currentData()), self.descending.isChecked())

    @Slot()
    def _lift(self) -> None:
        self._model.set_filter(Filter())

    @Slot(int)
    def _ask_stars(self, clicked: int) -> None:
        """One number at a time, or none."""
        for button in self.stars.buttons():
            if self.stars.id(button) != clicked:
                button.setChecked(False)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        checked = self.stars.checkedButton()
        self._model.set_filter(
            replace(
                self._model.filter,
                flags=frozenset(flag for flag, choice in self.flags.items() if choice.is_on),
                stars=None if checked is None else self.stars.id(checked),
                stars_rule=StarsRule(self.stars_rule.currentData()),
                colours=frozenset(colour for colour, choice in self.colours.items() if choice.is_on),
                bodies=frozenset(str(body) for body, choice in self.bodies.items() if choice.is_on),
                undecided=self.undecided.is_on,
                unreadable=self.unreadable.is_on,
            )
        )

    # Showing what the model says

    @Slot()
    def show_counts(self) -> None:
        """Show how many photos stand behind each choice."""
        counts = self._model.counts()
        for flag, choice in self.flags.items():
            choice.show_count(counts.flags[flag])
        for colour, choice in self.colours.items():
            choice.show_count(counts.colours[colour])
        self.undecided.show_count(counts.undecided)
        self.unreadable.show_count(counts.unreadable)
        for number, count in enumerate(counts.stars):
            text = self.tr("{} stars, {} photos").format(number, f"{count:,}")
            self.stars.button(number).setToolTip(text)
            self.stars.button(number).setAccessibleName(text)
        self._show_bodies(counts.bodies)
        self._show_shown()

    @Slot()
    def show_state(self) -> None:
        """Show which filter and sort are on, whoever set them."""
        wanted = self._model.filter
        self.sort.setCurrentIndex(self.sort.findData(self._model.sort_key))
        self.descending.setChecked(self._model.descending)
        self.stars_rule.setCurrentIndex(self.stars_rule.findData(wanted.stars_rule))
        for flag, choice in self.flags.items():
            choice.set_on(flag in wanted.flags)
        for colour, choice in self.colours.items():
            choice.set_on(colour in wanted.colours)
        for body, choice in self.bodies.items():
            choice.set_on(body in wanted.bodies)
        for button in self.stars.buttons():
            button.setChecked(self.stars.id(button) == wanted.stars)
        self.undecided.set_on(wanted.undecided)
        self.unreadable.set_on(wanted.unreadable)
        self.clear.setEnabled(not wanted.is_open)
        self._show_shown()

    @Slot()
    def _show_shown(self) -> None:
        shown, photos = self._model.rowCount(), len(self._model.cards())
        self.shown.setText(self.tr("{} of {} shown").format(f"{shown:,}", f"{photos:,}"))

    def _show_bodies(self, counts: dict[str, int]) -> None:
        if self.bodies.keys() != counts.keys():
            for choice in self.bodies.values():
                self._bodies_column.removeWidget(choice)
                choice.deleteLater()
            names = self._model.camera_names()
            self.bodies = {body: Choice(names.get(body, body), self._ask) for body in sorted(counts)}
            for body, choice in self.bodies.items():
                choice.set_on(body in self._model.filter.bodies)
                self._bodies_column.addWidget(choice)
        for body, count in counts.items():
            self.bodies[body].show_count(count)
        self._bodies_title.setVisible(bool(counts))


def _combo(name: str, entries: dict[SortKey, str] | dict[StarsRule, str]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for value, text in entries.items():
        combo.addItem(text, value)
    return combo


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(first, 1)
    row.addWidget(second)
    return row
