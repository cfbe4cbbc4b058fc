"""How the user likes to work: keys, preferences, the questions of the first start, and what each changes at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from desktop.dialogs.preferences import PreferencesDialog
from desktop.dialogs.welcome import WelcomeDialog
from desktop.keymap import FILE_NAME, KeyMap
from desktop.panels.key_overlay import KeyOverlay
from desktop.session import Session
from desktop.view_stack import ViewStack
from desktop.views import view_keys
from desktop.window_state import WindowState


class Habits(QObject):
    """One window's keys and preferences, and the dialogs that change them."""

    def __init__(self, session: Session, views: ViewStack, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._views, self._window = session, views, window
        self.keymap = KeyMap(session.home / FILE_NAME, self)
        self.preferences: PreferencesDialog | None = None
        self.welcome: WelcomeDialog | None = None
        self.overlay: KeyOverlay | None = None
        self.keymap.changed.connect(self._bind_views)
        session.preferences.changed.connect(self._apply)
        self._bind_views()

    def key(self, action: str) -> str:
        """The first key of an action, as it now is; empty where it has none."""
        return self.keymap.spoken(action)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the files of settings and keys say wrongly, as sentences with what is used instead."""
        return (*self._session.settings.warnings, *self.keymap.warnings)

    # What is shown

    def show_preferences(self) -> None:
        """Show what can be chosen; every change holds at once, or says when it does."""
        self.preferences = PreferencesDialog(self._session.preferences, self.keymap, self._window)
        self.preferences.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preferences.finished.connect(self._forget_preferences)
        self.preferences.open()

    def show_keys(self) -> None:
        """Lay the keys over the window, or take them away again."""
        if self.overlay is not None:
            self.overlay.dismiss()
            return
        self.overlay = KeyOverlay(self.keymap, self._session.settings.auto_advance, self._window)
        self.overlay.change_wanted.connect(self._change_keys)
        self.overlay.gone.connect(self._forget_overlay)
        self.overlay.show()
        self.overlay.setFocus()

    def show_welcome(self) -> None:
        """Ask the three questions of the first start; their answers are settings."""
        self.welcome = WelcomeDialog(self._session.preferences, self.keymap, self._window)
        self.welcome.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.welcome.sample_wanted.connect(self._session.open_sample)
        self.welcome.finished.connect(self._forget_welcome)
        self.welcome.open()

    def welcome_once(self) -> None:
        """The same, where nobody has been asked yet."""
        state = WindowState(self._session.home)
        if not state.was_welcomed:
            state.note_welcome()
            self.show_welcome()

    @Slot()
    def _change_keys(self) -> None:
        self.show_preferences()
        if self.preferences is not None:
            self.preferences.show_keys()

    # What changes

    @Slot(object)
    def _apply(self, names: frozenset[str]) -> None:
        """What need not wait for the next start, or for the next shoot."""
        session = self._session
        if "scores_hidden" in names:
            session.model.scores_hidden = session.settings.scores_hidden
        if "burst_gap_seconds" in names and session.shoot is not None:
            session.grouping.renew()

    @Slot()
    def _bind_views(self) -> None:
        for meaning in view_keys.DEFAULTS:
            self._views.keys.bind(meaning, self.keymap.keys(meaning))

    @Slot()
    def _forget_preferences(self) -> None:
        self.preferences = None

    @Slot()
    def _forget_overlay(self) -> None:
        self.overlay = None

    @Slot()
    def _forget_welcome(self) -> None:
        self.welcome = None
