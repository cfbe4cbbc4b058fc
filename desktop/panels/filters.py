"""Sort and filter: what the photos are in order of, and which of them are shown, with counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
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
from desktop.language import grouped
from desktop.panels.filters_choice import Choice, NameChoices
from desktop.panels.filters_fold import Fold
from desktop.panels.filters_range import RangeQuestion
from desktop.panels.filters_time import TimeQuestion
from desktop.style import TONE
from desktop.views.marks import paint_label
from engine.types import Colour, Flag

SPREAD_MS = 300
"""How long newly scored photos are gathered before the charts show them."""
OPEN_AT_FIRST = ("flag", "stars", "state")


class FiltersPanel(QScrollArea):
    """One fold for each kind of question. The model holds the truth."""

    def __init__(self, model: CardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("role", "panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Sort and filter"))
        self._column = QVBoxLayout()
        self._column.setContentsMargins(14, 8, 14, 12)
        self._column.setSpacing(2)
        self._spreading = QTimer(self, singleShot=True, interval=SPREAD_MS)
        self._spreading.timeout.connect(self._show_spreads)
        self.folds: dict[str, Fold] = {}
        self._build_sort()
        self._build_decisions()
        self._build_facts()
        self._column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "panel")
        inside.setLayout(self._column)
        self.setWidget(inside)
        model.counted.connect(self.show_counts)
        model.arranged.connect(self.show_state)
        model.layoutChanged.connect(self._show_shown)
        model.modelReset.connect(self._show_shown)
        model.scores_hidden_changed.connect(self._show_spreads)
        self.show_counts()
        self.show_state()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for every count, with the scroll bar beside it."""
        inside, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        width = 0 if inside is None else inside.minimumSizeHint().width() + bar
        return QSize(width, super().minimumSizeHint().height())

    @property
    def folded(self) -> tuple[str, ...]:
        """The folds that are closed."""
        return tuple(name for name, fold in self.folds.items() if not fold.is_open)

    def fold(self, names: Collection[str]) -> None:
        """Close these folds, and open the others."""
        for name, fold in self.folds.items():
            fold.set_open(name not in names)
        self._show_spreads()

    def stop(self) -> None:
        """End the timer."""
        self._spreading.stop()

    # Building

    def _fold(self, name: str, title: str, *widgets: QWidget) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(1)
        for widget in widgets:
            column.addWidget(widget)
        self.folds[name] = Fold(title, content, is_open=name in OPEN_AT_FIRST)
        self.folds[name].toggled.connect(self._show_spreads)
        self._column.addWidget(self.folds[name])

    def _build_sort(self) -> None:
        self.shown = QLabel()
        self.shown.setProperty("role", "muted")
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.setAccessibleName(self.tr("Clear all filters"))
        self.clear.clicked.connect(self._lift)
        self._column.addLayout(_row(self.shown, self.clear))
        self.sort = _combo(
            self.tr("Sort by"),
            {
                SortKey.RANK: self.tr("By rank"),
                SortKey.TIME: self.tr("By capture time"),
                SortKey.NAME: self.tr("By file name"),
            },
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

    def _build_decisions(self) -> None:
        self.flags = {
            Flag.PICK: Choice(self.tr("Pick"), self._ask, style.icon("pick")),
            Flag.REJECT: Choice(self.tr("Reject"), self._ask, style.icon("reject")),
            Flag.NONE: Choice(self.tr("No flag"), self._ask, style.icon("unflag", TONE.muted)),
        }
        self._fold("flag", self.tr("Flag"), *self.flags.values())
        self.undecided = Choice(self.tr("No decision"), self._ask, style.icon("undecided", TONE.muted))
        self.unseen = Choice(self.tr("Unseen"), self._ask, style.icon("eye-closed", TONE.muted))
        self.unreadable = Choice(self.tr("Unreadable"), self._ask, style.icon("unreadable", TONE.muted))
        self.unfamiliar = Choice(self.tr("Unfamiliar"), self._ask, style.icon("unfamiliar", TONE.muted))
        self.unfamiliar.setToolTip(self.tr("Unlike the photos that the model learned from: do not trust its score"))
        self._fold("state", self.tr("State"), self.undecided, self.unseen, self.unreadable, self.unfamiliar)
        self._fold("stars", self.tr("Stars"), self._build_stars())
        colours = [colour for colour in Colour if colour is not Colour.NONE] + [Colour.NONE]
        self.colours = {
            colour: Choice(colour_name(colour).capitalize(), self._ask, self._chip(colour)) for colour in colours
        }
        self._fold("colour", self.tr("Colour"), *self.colours.values())

    def _build_stars(self) -> QWidget:
        self.stars_rule = _combo(
            self.tr("How stars filter"),
            {StarsRule.AT_LEAST: self.tr("At least"), StarsRule.EXACTLY: self.tr("Exactly")},
        )
        self.stars_rule.activated.connect(self._ask)
        self.stars = QButtonGroup(self)
        self.stars.setExclusive(False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for count in range(6):
            button = QToolButton()
            button.setText(str(count))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.stars.addButton(button, count)
            row.addWidget(button, 1)
        self.stars.idClicked.connect(self._ask_stars)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.stars_rule)
        return both

    def _build_facts(self) -> None:
        self.cameras = NameChoices("", self._ask)
        self.bodies = NameChoices(self.tr("Camera body"), self._ask)
        self._fold("camera", self.tr("Camera"), self.cameras, self.bodies)
        self.lenses = NameChoices("", self._ask)
        self._fold("lens", self.tr("Lens"), self.lenses)
        self.time = TimeQuestion()
        self.time.asked.connect(self._ask)
        self._fold("time", self.tr("Time"), self.time)
        self.score = RangeQuestion(self.tr("Score"), decimals=1)
        self.sharpness = RangeQuestion(self.tr("Sharpness of the subject"), decimals=0)
        for question in (self.score, self.sharpness):
            question.asked.connect(self._ask)
        self._fold("score", self.tr("Score"), self.score)
        self._fold("sharpness", self.tr("Sharpness of the subject"), self.sharpness)

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

    # Asking

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
                cameras=self.cameras.chosen,
                bodies=self.bodies.chosen,
                lenses=self.lenses.chosen,
                span=self.time.asked_span,
                hours=self.time.asked_hours,
                score=self.score.value,
                sharpness=self.sharpness.value,
                undecided=self.undecided.is_on,
                unseen=self.unseen.is_on,
                unreadable=self.unreadable.is_on,
                unfamiliar=self.unfamiliar.is_on,
            )
        )

    # Showing what the model says

    @Slot()
    def show_counts(self) -> None:
        """Show how many photos stand behind each choice."""
        counts, wanted = self._model.counts(), self._model.filter
        for flag, choice in self.flags.items():
            choice.show_count(counts.flags[flag])
        for colour, choice in self.colours.items():
            choice.show_count(counts.colours[colour])
        self.undecided.show_count(counts.undecided)
        self.unseen.show_count(counts.unseen)
        self.unreadable.show_count(counts.unreadable)
        self.unfamiliar.show_count(counts.unfamiliar)
        self.unfamiliar.setVisible(bool(counts.unfamiliar) or wanted.unfamiliar)
        for number, count in enumerate(counts.stars):
            text = self.tr("{} stars, {} photos").format(number, grouped(count))
            self.stars.button(number).setToolTip(text)
            self.stars.button(number).setAccessibleName(text)
        called = {} if self.bodies.boxes.keys() == counts.bodies.keys() else self._model.camera_names()
        self.cameras.show_counts(counts.cameras, {}, wanted.cameras)
        self.bodies.show_counts(counts.bodies, called, wanted.bodies)
        self.lenses.show_counts(counts.lenses, {}, wanted.lenses)
        self.bodies.setVisible(len(counts.bodies) > len(counts.cameras))
        self.folds["camera"].setVisible(bool(counts.cameras or counts.bodies))
        self.folds["lens"].setVisible(bool(counts.lenses))
        self._show_shown()
        if not self._spreading.isActive():
            self._spreading.start()

    @Slot()
    def show_state(self) -> None:
        """Show which filter and sort are on, whoever set them."""
        wanted = self._model.filter
        self._show_sort()
        self.stars_rule.setCurrentIndex(self.stars_rule.findData(wanted.stars_rule))
        for flag, choice in self.flags.items():
            choice.set_on(flag in wanted.flags)
        for colour, choice in self.colours.items():
            choice.set_on(colour in wanted.colours)
        self.cameras.show_chosen(wanted.cameras)
        self.bodies.show_chosen(wanted.bodies)
        self.lenses.show_chosen(wanted.lenses)
        for button in self.stars.buttons():
            button.setChecked(self.stars.id(button) == wanted.stars)
        self.undecided.set_on(wanted.undecided)
        self.unseen.set_on(wanted.unseen)
        self.unreadable.set_on(wanted.unreadable)
        self.unfamiliar.set_on(wanted.unfamiliar)
        self.time.show_value(wanted.span, wanted.hours)
        self.score.show_value(wanted.score)
        self.sharpness.show_value(wanted.sharpness)
        self._show_asking(wanted)
        self.clear.setVisible(not wanted.is_open)
        self._show_shown()

    def _show_sort(self) -> None:
        """Likeness is offered while words are searched for."""
        is_offered, position = self._model.filter.words is not None, self.sort.findData(SortKey.LIKENESS)
        if is_offered and position < 0:
            self.sort.addItem(self.tr("By likeness"), SortKey.LIKENESS)
        elif not is_offered and position >= 0:
            self.sort.removeItem(position)
        self.sort.setCurrentIndex(self.sort.findData(self._model.sort_key))
        self.descending.setChecked(self._model.descending)

    def _show_asking(self, wanted: Filter) -> None:
        asking = {
            "flag": wanted.flags,
            "stars": wanted.stars is not None,
            "state": wanted.undecided or wanted.unseen or wanted.unreadable or wanted.unfamiliar,
            "colour": wanted.colours,
            "camera": wanted.cameras or wanted.bodies,
            "lens": wanted.lenses,
            "time": wanted.span or wanted.hours,
            "score": wanted.score,
            "sharpness": wanted.sharpness,
        }
        for name, asks in asking.items():
            self.folds[name].show_asking(bool(asks))

    @Slot()
    def _show_shown(self) -> None:
        shown, photos = self._model.rowCount(), len(self._model.columns)
        self.shown.setText(self.tr("{} of {} shown").format(grouped(shown), grouped(photos)))

    @Slot()
    def _show_spreads(self) -> None:
        """Show how scores, sharpness and times spread, where that is open. Who culls blind sees no scores here."""
        columns = self._model.columns
        self.folds["score"].setVisible(not self._model.scores_hidden)
        for name, question, values in (
            ("score", self.score, columns.score),
            ("sharpness", self.sharpness, columns.sharpness),
        ):
            if self.folds[name].is_open:
                question.show_spread(values)
        if len(columns) and self.folds["time"].is_open:
            first, last = columns.taken.min().astype(datetime), columns.taken.max().astype(datetime)
            self.time.show_bounds(first, last)


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
