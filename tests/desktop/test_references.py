"""PySide6 6.12.0 loses a reference to None or True with each call and aborts in the end: count them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 500
TOLERANCE = CALLS // 10
"""What the interpreter itself takes and gives meanwhile; a loss would be CALLS or a multiple of it."""

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal and not counted there")


class Bell(QObject):
    rung = Signal(object)
    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.rung.connect(self.hear)
        self.answered.connect(self.note)

    @Slot(object)
    def hear(self, _what: object) -> None:
        self.answered.emit(True)

    @Slot(bool)
    def note(self, _yes: bool) -> None:
        return None


class Empty(QAbstractListModel):
    def rowCount(self, _parent: QModelIndex | None = None) -> int:
        return 1

    def data(self, _index: QModelIndex, _role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None


class Canvas(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.drawLine(0, 0, 5, 5)
        painter.end()


def counts() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def assert_kept(before: tuple[int, int, int]) -> None:
    for name, was, now in zip(("None", "True", "False"), before, counts(), strict=True):
        assert abs(now - was) < TOLERANCE, f"{now - was:+} references to {name} after {CALLS} calls"


def test_signals_keep_their_references(qtbot: QtBot) -> None:
    bell = Bell()
    bell.rung.emit(None)
    before = counts()
    for _ in range(CALLS):
        bell.rung.emit(None)
    assert_kept(before)


def test_models_keep_their_references(qtbot: QtBot) -> None:
    model = Empty()
    index = model.index(0)
    index.data()
    before = counts()
    for _ in range(CALLS):
        index.data()
    assert_kept(before)


def test_painting_keeps_its_references(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(20, 20)
    canvas.grab()
    before = counts()
    for _ in range(CALLS):
        canvas.grab()
    assert_kept(before)
