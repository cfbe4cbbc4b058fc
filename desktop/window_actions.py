"""The table's actions as menus and shortcuts of one window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from desktop import style
from desktop.action import Action
from desktop.actions import MENUS, table
from desktop.desk import Desk
from desktop.keymap import KeyMap

TAB = "Tab"
"""Whatever has this key has it in the views alone: elsewhere it leads from one control to the next, as everywhere."""


class Actions(QObject):
    """The table's actions as QActions of one window; `refresh` brings their states up to date, at first too."""

    _due = Signal()

    def __init__(self, desk: Desk, window: QWidget, views: QWidget, keymap: KeyMap) -> None:
        super().__init__(window)
        self._keymap = keymap
        self._desk = desk
        self._window = window
        self._views = views
        self._actions: dict[str, tuple[Action, QAction]] = {}
        for action in table():
            self._actions[action.name] = (action, self._make(action))
        self._is_due = False
        self._due.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)
        self._bind()
        keymap.changed.connect(self._bind)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name][1]

    def fill(self, bar: QMenuBar) -> None:
        """One menu for each entry of `MENUS`."""
        for menu, title in MENUS.items():
            entries = bar.addMenu(QCoreApplication.translate("actions", title))
            entries.addActions([made for action, made in self._actions.values() if action.menu == menu])

    @Slot()
    def refresh(self) -> None:
        """Tick what is on and grey out what is not possible."""
        self._is_due = False
        for action, made in self._actions.values():
            if action.is_on is not None:
                made.setChecked(action.is_on(self._desk))
            if action.is_possible is not None:
                made.setEnabled(action.is_possible(self._desk))

    @Slot()
    def refresh_soon(self) -> None:
        """The same once the event loop turns, or as the next key comes: one mark changes much that asks for it."""
        if not self._is_due:
            self._is_due = True
            self._due.emit()

    @Slot()
    def _catch_up(self) -> None:
        if self._is_due:
            self.refresh()

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        # Keys that came in while the window was busy are handed out in one go, without a turn of the loop.
        if event.type() == QEvent.Type.ShortcutOverride:
            self._catch_up()
        return False

    @Slot()
    def _bind(self) -> None:
        """Give every action the keys that it now has."""
        for name, (action, made) in self._actions.items():
            keys = self._keymap.keys(name)
            self._place(made, in_views=action.in_views or TAB in keys)
            made.setShortcuts([QKeySequence(key) for key in keys])

    def _place(self, made: QAction, *, in_views: bool) -> None:
        """Have its keys act in the views alone, or in all of the window."""
        contexts = Qt.ShortcutContext
        made.setShortcutContext(contexts.WidgetWithChildrenShortcut if in_views else contexts.WindowShortcut)
        there, elsewhere = (self._views, self._window) if in_views else (self._window, self._views)
        elsewhere.removeAction(made)
        there.addAction(made)

    def _make(self, action: Action) -> QAction:
        made = QAction(QCoreApplication.translate("actions", action.text), self)
        made.setObjectName(action.name)
        made.setAutoRepeat(action.menu in ("edit", "go"))
        made.setCheckable(action.is_on is not None)
        if action.icon is not None:
            made.setIcon(style.icon(action.icon))
        made.triggered.connect(partial(self._do, action))
        return made

    def _do(self, action: Action, _checked: bool = False) -> None:
        action.command(self._desk)
        self.refresh()
