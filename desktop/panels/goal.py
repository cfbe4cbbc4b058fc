"""The goal of a shoot: how many photos, under which conditions, and what would be chosen. Nothing is decided by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.keymap import written
from desktop.obstacles import obstacle
from desktop.panels.section import labelled
from desktop.session import Session
from desktop.views.wording import shown_name
from desktop.window_actions import Actions
from engine.judge.goal import Goal

NUMBER_WIDTH = 64


class Condition(QWidget):
    """A box to tick, and the number that then holds."""

    asked = Signal()
    """The user ticked it, or changed the number."""

    def __init__(self, text: str, name: str, limits: tuple[float, float], usual: float, decimals: int = 0) -> None:
        super().__init__()
        self.box = QCheckBox(text)
        self.number = QDoubleSpinBox()
        self.number.setRange(*limits)
        self.number.setDecimals(decimals)
        self.number.setSingleStep(10**-decimals)
        self.number.setValue(usual)
        self.number.setFixedWidth(NUMBER_WIDTH)
        style.indent(self.number)
        self.number.setAccessibleName(name)
        self.box.clicked.connect(self.asked)
        self.number.valueChanged.connect(self.asked)
        row = row_of(self.box, self.number)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)

    @property
    def value(self) -> float | None:
        """The number, None where it does not hold."""
        return self.number.value() if self.box.isChecked() else None

    def show_value(self, value: float | None) -> None:
        """Show what holds, without asking."""
        self.box.setChecked(value is not None)
        self.number.setEnabled(value is not None)
        if value is not None:
            with QSignalBlocker(self.number):
                self.number.setValue(value)


class GoalPanel(QWidget):
    """A slider that suggests a selection while it moves; conditions, what accepting would change, and the active
    photo's part in it."""

    left = Signal()
    """The keyboard is wanted elsewhere: Enter in the number, or the end of a suggestion while it was here."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._choosing, self._actions = session, session.choosing, actions
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Goal"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("How many photos to suggest"))
        self.number = QSpinBox()
        self.number.setAccessibleName(self.tr("How many photos to suggest, as a number"))
        self.hint = labelled("", "muted", self.tr("How to begin"))
        self.summary = labelled("", "strong", self.tr("What is suggested"))
        self.changes = labelled("", "muted", self.tr("What accepting would change"))
        self.notes = labelled("", "warning", self.tr("What could not be had as asked"))
        self.name = labelled("", "value", self.tr("The active photo"))
        self.reason = labelled("", "muted", self.tr("Why it is suggested or not"))
        for label in (self.hint, self.summary, self.changes, self.notes, self.name, self.reason):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._build_conditions()
        self.runner_up, self.swap = _button(actions["goal.runner_up"]), _button(actions["goal.swap"])
        self.accept, self.leave = _button(actions["goal.accept"]), _button(actions["goal.leave"], "Esc")
        self.accept.setProperty("role", "main")
        self._lay_out()
        self._connect()
        self.refresh()

    # Building

    def _build_conditions(self) -> None:
        self.per_burst = Condition(self.tr("At most of a burst"), self.tr("Photos of one burst at most"), (1, 99), 1)
        self.min_score = Condition(self.tr("Score at least"), self.tr("The lowest score"), (1, 10), 5, 1)
        self.covers = QCheckBox(self.tr("Every scene"))
        self.only = QCheckBox(self.tr("Show only these"))
        self.only.setToolTip(self.tr("The filter lets through what is suggested, and nothing else"))
        self.number.setFixedWidth(NUMBER_WIDTH)
        style.indent(self.number)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        title = QLabel(self.tr("Goal"))
        title.setProperty("role", "title")
        column.addWidget(title)
        column.addLayout(row_of(self.slider, self.number))
        column.addWidget(self.hint)
        self.inside = QWidget()
        inner = QVBoxLayout(self.inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for label in (self.summary, self.changes, self.notes):
            inner.addWidget(label)
        for condition in (self.per_burst, self.min_score):
            inner.addWidget(condition)
        inner.addLayout(row_of(self.covers, self.only))
        inner.addLayout(row_of(self.accept, self.leave))
        inner.addSpacing(4)
        for label in (self.name, self.reason):
            inner.addWidget(label)
        inner.addLayout(row_of(self.runner_up, self.swap))
        column.addWidget(self.inside)
        # The grid beside it stays where it is when a suggestion begins.
        margins = column.contentsMargins()
        self.setMinimumWidth(self.inside.minimumSizeHint().width() + margins.left() + margins.right())

    def _connect(self) -> None:
        session = self._session
        self.slider.valueChanged.connect(self._ask_for)
        self.number.valueChanged.connect(self._ask_for)
        self.number.lineEdit().returnPressed.connect(self.left)
        for condition in (self.per_burst, self.min_score):
            condition.asked.connect(self._ask)
        self.covers.clicked.connect(self._ask)
        self.only.clicked.connect(self._show_only)
        self._choosing.changed.connect(self.refresh)
        self._choosing.goal_changed.connect(self.refresh)
        session.model.stacked.connect(self.refresh)
        for signal in (session.model.counted, session.model.arranged, session.model.scores_hidden_changed):
            signal.connect(self.refresh)
        session.selection.currentChanged.connect(self._show_active)

    # Asking

    def begin(self) -> None:
        """Suggest what was asked for last, and take the keyboard."""
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number.selectAll()
        self._ask()

    @Slot(int)
    def _ask_for(self, count: int) -> None:
        for control in (self.slider, self.number):
            with QSignalBlocker(control):
                control.setValue(count)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        burst, score = self.per_burst.value, self.min_score.value
        most = None if burst is None else int(burst)
        self._choosing.ask(Goal(self.number.value(), most, self.covers.isChecked(), score))

    @Slot()
    def _show_only(self) -> None:
        model = self._session.model
        model.set_filter(replace(model.filter, suggested=self.only.isChecked()))

    # Showing

    @Slot()
    def refresh(self) -> None:
        """Show what is asked and what is suggested, whoever changed it."""
        hidden, ready = self._session.model.scores_hidden, self._choosing.is_ready
        on = self._choosing.is_on and not hidden
        for control in (self.slider, self.number):
            control.setEnabled(ready and not hidden)
        self._show_goal(self._choosing.goal or self._choosing.usual)
        self.hint.setText(self._hint(hidden=hidden, ready=ready))
        self.hint.setVisible(not on)
        focused = QApplication.focusWidget()
        had_keyboard = self.inside.isVisibleTo(self) and focused is not None and self.isAncestorOf(focused)
        self.inside.setVisible(on)
        if not on and had_keyboard:
            self.left.emit()
        if on:
            self._show_suggestion()
            self._show_active()

    def _hint(self, *, hidden: bool, ready: bool) -> str:
        if hidden:
            return self.tr("Suggestions are hidden. {} shows them.").format(spoken(self._actions["scores"]))
        if not ready:
            return obstacle(self._session, lambda name: spoken(self._actions[name]))
        key = spoken(self._actions["goal.suggest"])
        return self.tr("Move the slider, or use {}, to see what would be chosen.").format(key)

    def _show_goal(self, goal: Goal) -> None:
        most = max(self._choosing.most, goal.count)
        self.slider.setPageStep(max(most // 10, 1))
        for control in (self.slider, self.number):
            with QSignalBlocker(control):
                control.setRange(1, most)
                control.setValue(goal.count)
        self.per_burst.show_value(goal.per_burst)
        self.min_score.show_value(goal.min_score)
        self.covers.setChecked(goal.cover_scenes)
        self.only.setChecked(self._session.model.filter.suggested)

    def _show_suggestion(self) -> None:
        selection = self._choosing.selection
        for label, text in (
            (self.summary, self._summary()),
            (self.changes, "" if selection is None else self._changes()),
            (self.notes, "" if selection is None else "\n".join(selection.notes)),
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def _summary(self) -> str:
        selection = self._choosing.selection
        if selection is None:
            return self.tr("Choosing…")
        count = len(selection.choices)
        text = self.tr("%Ln photos suggested", None, count)
        return self.tr("{}, choosing anew…").format(text) if self._choosing.is_busy else text

    def _changes(self) -> str:
        """ "Picks 38 more, 12 of your own stay" """
        selection = self._choosing.selection
        assert selection is not None
        additions, model = self._choosing.additions(), self._session.model
        more = len(additions)
        own = len(selection.choices) - more
        hidden = sum(model.row_of(card.path) is None for card in additions)
        parts = [self.tr("Picks %Ln more", None, more) if more else self.tr("Picks no more")]
        if own:
            parts.append(self.tr("%Ln of your own stay", None, own))
        if hidden:
            parts.append(self.tr("%Ln of them hidden by the filter or a closed stack", None, hidden))
        if self._session.is_running:
            parts.append(self.tr("the shoot is still being scored"))
        return ", ".join(parts) + "."

    @Slot()
    def _show_active(self) -> None:
        card = self._session.active
        if not self.inside.isVisibleTo(self):
            return
        for widget in (self.name, self.reason):
            widget.setVisible(card is not None)
        if card is None:
            return
        number, name = self._session.model.number_of(card.path), shown_name(card.path)
        selection = self._choosing.selection
        count = 0 if selection is None else len(selection.choices)
        place = self.tr("not suggested") if number is None else self.tr("number {} of {}").format(number, count)
        self.name.setText(f"{name}, {place}")
        self.reason.setText(self._reason(card.path))
        self.reason.setToolTip(self.reason.text())

    def _reason(self, path: Path) -> str:
        choosing = self._choosing
        selection, choice, before = choosing.selection, choosing.choice(path), choosing.chosen_before(path)
        if selection is None:
            return ""
        if choice is None:
            return _sentence(selection.left_out.get(path, ""))
        parts = [_sentence(choice.reason)]
        if before is not None:
            parts.insert(0, self.tr("Put by you in the place of {}.").format(shown_name(before)))
        if choice.runner_up is not None:
            parts.append(self.tr("Runner-up: {}.").format(shown_name(choice.runner_up)))
        elif not choosing.is_keeper(path):
            parts.append(self.tr("Nobody else may take its place."))
        return " ".join(parts)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def spoken(action: QAction) -> str:
    """The key of an action, else what it is called."""
    return written(action.shortcut().toString()) or action.iconText()


def _button(action: QAction, key: str = "") -> QPushButton:
    """A button that does what the action does, with its key in its text."""
    button = QPushButton()
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)

    def follow() -> None:
        now = key or written(action.shortcut().toString())
        button.setText(f"{action.iconText()}  ({now})" if now else action.iconText())
        button.setEnabled(action.isEnabled())

    action.changed.connect(follow)
    follow()
    return button


def row_of(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1)
    row.addWidget(second)
    return row
