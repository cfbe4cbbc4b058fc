"""The keys of one action, to be pressed anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import style
from desktop.keymap import MOST_KEYS, portable, written
from desktop.panels.section import labelled
from desktop.window_actions import TAB


class KeysEditor(QWidget):
    """Two fields that take the next key that is pressed; Tab and a click leave them, so that Tab has a button."""

    wanted = Signal(object)
    """tuple[str, ...]: the action shall have these keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self.title = labelled("", "strong", self.tr("Action"))
        self.edits = [QKeySequenceEdit() for _ in range(MOST_KEYS)]
        self.removers = [QToolButton() for _ in range(MOST_KEYS)]
        row = QHBoxLayout()
        row.setSpacing(6)
        names = (self.tr("Key, press it"), self.tr("Second key, press it"))
        for edit, remover, name in zip(self.edits, self.removers, names, strict=True):
            edit.setMaximumSequenceLength(1)
            edit.setAccessibleName(name)
            edit.setToolTip(self.tr("Click here, then press the key"))
            edit.editingFinished.connect(self._tell)
            remover.setIcon(style.icon("close"))
            remover.setToolTip(self.tr("Take this key away"))
            remover.setAccessibleName(remover.toolTip())
            remover.clicked.connect(partial(self._remove, edit))
            row.addWidget(edit, 1)
            row.addWidget(remover)
        self.tab = QToolButton()
        self.tab.setText(written(TAB))
        self.tab.setToolTip(self.tr("Give it the Tab key, which only leaves these fields when it is pressed"))
        self.tab.setAccessibleName(self.tr("Give it the Tab key"))
        self.tab.clicked.connect(self._give_tab)
        row.addWidget(self.tab)
        self.reset = QPushButton(self.tr("&Reset this"))
        self.reset.setAutoDefault(False)
        row.addSpacing(10)
        row.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addLayout(row)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No action is chosen."""
        self.show_keys(self.tr("Choose an action to give it other keys"), (), can_reset=False)
        for widget in (*self.edits, self.tab):
            widget.setEnabled(False)

    def show_keys(self, title: str, keys: Sequence[str], *, can_reset: bool) -> None:
        """Show the keys that an action has."""
        self._keys = tuple(keys)
        self.title.setText(title)
        self.reset.setEnabled(can_reset)
        self.tab.setEnabled(TAB not in keys)
        shown = (*keys, *[""] * MOST_KEYS)
        for edit, remover, key in zip(self.edits, self.removers, shown, strict=False):
            edit.setEnabled(True)
            edit.setKeySequence(QKeySequence(key))
            remover.setEnabled(bool(key))

    @Slot()
    def _tell(self) -> None:
        """A key was pressed; where it was Shift or another that means nothing alone, what was there comes back."""
        sender = self.sender()
        if isinstance(sender, QKeySequenceEdit) and sender.keySequence().isEmpty():
            sender.setKeySequence(QKeySequence((*self._keys, *[""] * MOST_KEYS)[self.edits.index(sender)]))
        else:
            self._want()

    @Slot()
    def _give_tab(self) -> None:
        """Into the first field that is free, else in place of the second key."""
        free = (edit for edit in self.edits if edit.keySequence().isEmpty())
        next(free, self.edits[-1]).setKeySequence(QKeySequence(TAB))
        self._want()

    def _remove(self, edit: QKeySequenceEdit, _checked: bool = False) -> None:
        edit.setKeySequence(QKeySequence())
        self._want()

    def _want(self) -> None:
        pressed = (portable(edit.keySequence().toString()) for edit in self.edits)
        self.wanted.emit(tuple(dict.fromkeys(key for key in pressed if key)))
