"""Everything that can be operated can be reached by keyboard and says what it is: the real window, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from desktop.main_window import MainWindow
from desktop.rejecting import Act
from tests.shoots import many

MakeWindow = Callable[..., MainWindow]
OPERATED = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTextEdit,
)  # fmt: skip


def operated(top: QWidget) -> list[QWidget]:
    """The controls of a window; a control's own parts, and scroll bars, which keys move as well, are none."""
    found = [one for one in top.findChildren(QWidget) if isinstance(one, OPERATED) and not isinstance(one, QScrollBar)]
    return [one for one in found if not _is_part(one)]


def _is_part(widget: QWidget) -> bool:
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, OPERATED):
            return True
        parent = parent.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    """What a screen reader says of it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def numbers(top: QWidget) -> list[QAbstractSpinBox]:
    return top.findChildren(QAbstractSpinBox)


def _is_indented(box: QAbstractSpinBox) -> bool:
    return box.lineEdit().textMargins().left() > 0


def complaints(top: QWidget) -> list[str]:
    wrong = []
    for widget in operated(top):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        who = f"{type(top).__name__}: {type(widget).__name__} {widget.objectName()} {text!r:.40}"
        # A button that is not on the screen gets its words when it is shown.
        is_to_come = isinstance(widget, QAbstractButton) and not widget.isVisibleTo(top)
        if not name_of(widget) and not is_to_come:
            wrong.append(f"{who} has no name")
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            wrong.append(f"{who} cannot be reached by Tab")
    return wrong


def test_every_control_of_window_and_dialogs_has_a_name_and_a_way_by_keyboard(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    for show in (
        window.show_failures,
        window.show_clocks,
        window.show_export,
        window.show_metadata_writing,
        window.looks.show_models,
        window.habits.show_preferences,
        lambda: window.show_rejected(Act.MOVE),
    ):
        show()
    dialogs = [
        window.failures,
        window.clocks,
        window.departures.export,
        window.metadata.writing,
        window.looks.models,
        window.habits.preferences,
        window.departures.rejected,
    ]
    shown = [one for one in dialogs if one is not None]
    found = [complaint for top in (window, *shown) for complaint in complaints(top)]
    found += [f"{name_of(box)} has its number at the edge" for box in numbers(window) if not _is_indented(box)]
    for dialog in shown:
        dialog.close()
    assert len(shown) >= 5
    assert len(operated(window)) > 20 and len(numbers(window)) > 10
    assert not found, "\n".join(dict.fromkeys(found))
