"""The keys as they now are, by menu, laid over the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.keymap import FIXED, KeyMap, everywhere, portable, written
from desktop.keymap_presets import PRESETS
from desktop.panels.section import labelled

COLUMN = 280
"""Least width of a column."""
WIDEST = 340
MOST_COLUMNS = 5
"""On a large screen the columns stand together in the middle."""
KEYS = 112
"""Of it the keys, which nearly all of them fit in."""
SHORT = 8
"""Letters of two keys that stand in one row."""
MARGIN = 28
STARS = "stars."
"""Six keys that mean the same thing stand in one row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Keys and what they do."""

    keys: tuple[str, ...]
    text: str


class KeyOverlay(QFrame):
    """Takes the whole window and every key: nothing is marked unseen. Esc, the key that showed it, or a click: away."""

    change_wanted = Signal()
    """The user wants other keys."""
    gone = Signal()

    def __init__(self, keymap: KeyMap, advances: bool, window: QWidget) -> None:
        """`advances`: whether a mark goes on by itself."""
        super().__init__(window)
        self._keymap, self._advances, self._window = keymap, advances, window
        self._before = window.focusWidget()
        self.setProperty("role", "overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        self.rows = dict(self._groups())
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        window.installEventFilter(self)
        self._settle()

    def _lay_out(self) -> None:
        title = labelled(self.tr("Keys"), "strong", self.tr("Keys"))
        title.setFont(style.font_of(self.font(), self.font().pointSizeF() + 4, bold=True))
        own = self._keymap.own
        preset = PRESETS[self._keymap.preset].title
        said = self.tr("As in {}, {} of your own").format(preset, own) if own else self.tr("As in {}").format(preset)
        change = QPushButton(style.icon("keyboard"), self.tr("Change keys…"))
        change.clicked.connect(self._change)
        close = QPushButton(style.icon("close"), self.tr("Close  (Esc)"))
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(title)
        head.addWidget(labelled(said, "muted", self.tr("Preset")))
        head.addStretch(1)
        for button in (change, close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 18, MARGIN, 18)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._area, 1)

    # What is shown

    def _groups(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each menu that has keys; then what holds everywhere."""
        groups: dict[str, list[Row]] = {}
        for entry in self._keymap.entries.values():
            keys = self._keymap.keys(entry.name)
            rows = groups.setdefault(entry.group, [])
            if entry.name == f"{STARS}0":
                rows.append(Row(self._stars(), entry.group))
            elif keys and entry.mark is None and not entry.name.startswith(STARS):
                rows.append(Row(_shown(keys), entry.text))
        yield from ((group, rows) for group, rows in groups.items() if rows)
        with_shift = self.tr("With a mark: mark, and stay") if self._advances else self.tr("With a mark: mark, go on")
        rows = [Row(fixed.shown or fixed.keys, _sentence(everywhere(fixed.keys[0]) or "")) for fixed in FIXED]
        yield self.tr("Everywhere"), [Row(("Shift",), with_shift), *rows]

    def _stars(self) -> tuple[str, ...]:
        first = (self._keymap.keys(f"{STARS}{count}")[:1] for count in range(6))
        return tuple(key for keys in first for key in keys)

    @Slot()
    def _settle(self) -> None:
        """As many columns as the window is wide for, about equally long."""
        self.setGeometry(self._window.rect())
        count = min(max((self.width() - 2 * MARGIN) // COLUMN, 1), MOST_COLUMNS)
        content = QWidget()
        content.setMaximumWidth(MOST_COLUMNS * WIDEST)
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(28)
        for groups in _spread([(title, len(rows) + 2) for title, rows in self.rows.items()], count):
            column = QVBoxLayout()
            column.setSpacing(18)
            for title in groups:
                column.addLayout(self._group(title))
            column.addStretch(1)
            line.addLayout(column, 1)
        self._area.setWidget(content)
        for ground in (content, self._area.viewport()):
            ground.setAutoFillBackground(False)

    def _group(self, title: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, KEYS)
        grid.setColumnStretch(1, 1)
        grid.addWidget(labelled(title, "title", title), 0, 0, 1, 2)
        for number, row in enumerate(self.rows[title], 1):
            keys = QHBoxLayout()
            keys.setSpacing(4)
            for key in row.keys:
                chip = QLabel(_spelled(key))
                chip.setProperty("role", "key")
                keys.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            keys.addStretch(1)
            text = labelled(row.text, "value", f"{row.text}: {', '.join(map(written, row.keys))}")
            text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            text.setWordWrap(True)
            grid.addLayout(keys, number, 0)
            grid.addWidget(text, number, 1)
        return grid

    # What Qt sends

    @Slot()
    def dismiss(self) -> None:
        """Take it away; the keyboard goes back to where it was."""
        self._window.removeEventFilter(self)
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()
        self.gone.emit()

    @Slot()
    def _change(self) -> None:
        self.dismiss()
        self.change_wanted.emit()

    def event(self, event: QEvent) -> bool:
        # A key that means an action of the window comes here as a key all the same.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        closing = {"Esc", *self._keymap.keys("keys")}
        pressed = {portable(_name(event, shifted)) for shifted in (True, False)}
        bar = self._area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if pressed & closing:
            self.dismiss()
        elif Qt.Key(event.key()) in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * 2 * bar.singleStep())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)


def _spread(groups: Sequence[tuple[str, int]], count: int) -> list[list[str]]:
    """Groups of so many lines in `count` columns, in their order, the longest column as short as it can be."""
    low, high = max(lines for _, lines in groups), sum(lines for _, lines in groups)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_filled(groups, middle)) <= count else (middle + 1, high)
    return _filled(groups, low)


def _filled(groups: Sequence[tuple[str, int]], most: int) -> list[list[str]]:
    columns: list[list[str]] = [[]]
    used = 0
    for title, lines in groups:
        if used + lines > most and columns[-1]:
            columns.append([])
            used = 0
        columns[-1].append(title)
        used += lines
    return columns


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _shown(keys: Sequence[str]) -> tuple[str, ...]:
    """All keys where they are short, else the first."""
    return tuple(keys) if sum(map(len, keys)) <= SHORT else tuple(keys[:1])


def _name(event: QKeyEvent, shifted: bool) -> str:
    """A pressed key as a sequence has it; "?" is one with Shift and without."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not shifted:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()


def _spelled(key: str) -> str:
    """A key as the user's system writes it; several that are told as one, in words."""
    words = QCoreApplication.translate("keys", key)
    return words if words != key else written(key) or key
