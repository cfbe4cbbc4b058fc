"""The whole file of decisions read through beside the work, where it is too large for that at every start."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.errand import Errand
from desktop.jobs import stand_back
from desktop.panels.notice import NoticeBar
from desktop.session import Session
from engine.control import Control
from engine.store import decisions, rescue


class DecisionsCheck(QObject):
    """Once in the life of a window, when its first shoot is ready. What it finds the next start offers to repair."""

    def __init__(self, session: Session, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(session)
        self._path = session.home / decisions.FILE_NAME
        self._notices = notices
        self._leave = QAction(self)
        self._leave.triggered.connect(window.close)
        self._is_begun = False
        self._damage = ""
        self._errand = Errand(self)
        self._errand.stepped.connect(self._take)
        self._errand.failed.connect(notices.add)
        session.ended.connect(self._begin)
        session.opened.connect(self._tell)

    def close(self) -> None:
        """Give it up; the next window begins anew."""
        self._is_begun = True
        self._errand.stop()

    @Slot()
    def _begin(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self._errand.start(partial(_inspecting, self._path))

    @Slot(object)
    def _take(self, damage: str) -> None:
        self._damage = damage
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Also to the next shoot, which is opened with no notice left."""
        if self._damage:
            advice = self.tr(
                "Close Chinagraph and start it again: it then offers the newest backup with what is still readable."
            )
            self._notices.offer(f"{self._damage} {advice}", self.tr("Close now"), self._leave)


def _inspecting(path: Path, control: Control) -> Iterator[str]:
    stand_back()
    yield rescue.inspect(path, control) or ""
