"""What is about the window rather than about photos: full screen, the models page, and other windows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from desktop.dialogs.models import ModelsDialog
from desktop.panels.notice import NoticeBar
from desktop.second_window import ShootLock
from desktop.session import Session
from desktop.window_actions import Actions


class Looks(QObject):
    """One window's."""

    def __init__(self, session: Session, notices: NoticeBar, actions: Actions, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._notices, self._window = session, notices, window
        self._actions = actions
        self._lock = ShootLock(session.home)
        self.models: ModelsDialog | None = None
        self._display = session.thumbnails.display
        session.preferences.changed.connect(self._follow_settings)
        self._follow_settings()
        session.packs.changed.connect(session.critiques.renew)
        session.device_found.connect(self._offer_models)
        session.opened.connect(self._look_for_another)
        window.installEventFilter(self)

    @property
    def is_full_screen(self) -> bool:
        """Whether nothing but the window is on the screen."""
        return self._window.isFullScreen()

    def toggle_full_screen(self) -> None:
        """Give the window the whole screen, or as much as it had before. The menus hide; their keys go on."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_models(self) -> None:
        """Show the model packs, beside the work."""
        if self.models is None:
            self.models = ModelsDialog(self._session, self._window)
            self.models.finished.connect(self._forget_models)
        self.models.show()
        self.models.raise_()
        self.models.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Menus follow full screen however it came about; a closed window lets its shoot go."""
        if watched is self._window:
            if event.type() == QEvent.Type.WindowStateChange:
                self._window.menuBar().setVisible(not self.is_full_screen)
            elif event.type() == QEvent.Type.Hide and not event.spontaneous():
                self._lock.release()
                if self.models is not None:
                    self.models.close()
        return False

    @Slot()
    def _follow_settings(self) -> None:
        """Paint for the screen that the settings name; what is wrong with its profile is told once."""
        problem = self._display.profile.problem
        self._display.follow(self._session.settings.display_profile)
        if self._display.profile.problem is not None and self._display.profile.problem != problem:
            self._notices.add(self._display.profile.problem)

    @Slot(str)
    def _offer_models(self, device: str) -> None:
        """Without a device there is no student; why, has been said."""
        told = self.tr("There are no scores: the model pack cannot be used. Culling works as ever.")
        if device:
            self._notices.withdraw(told)
        else:
            self._notices.offer(told, self.tr("Model packs…"), self._actions["models"])

    @Slot()
    def _look_for_another(self) -> None:
        other = self._lock.take(self._session.folders)
        if other is not None:
            self._notices.add(
                self.tr(
                    "Another Chinagraph window (process {}) has this shoot open. What is decided in either is kept; "
                    "press F5 to see here what was decided there."
                ).format(other)
            )

    @Slot()
    def _forget_models(self) -> None:
        if self.models is not None:
            self.models.deleteLater()
            self.models = None
