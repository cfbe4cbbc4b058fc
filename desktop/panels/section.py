"""A titled part of a panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class Section(QWidget):
    """A title and a widget below; a thin rule above all but the first of a column."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None, *, ruled: bool = True) -> None:
        super().__init__(parent)
        heading = labelled(title, "title", title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if ruled:
            rule = QFrame(self)
            rule.setProperty("role", "rule")
            layout.addWidget(rule)
        layout.addWidget(heading)
        layout.addWidget(content)


def stacked(*widgets: QWidget, growing: QWidget) -> QWidget:
    """Widgets one above the other, edge to edge; `growing` is the one of them that takes what room there is."""
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, int(widget is growing))
    return result


def labelled(text: str, role: str, name: str) -> QLabel:
    """A label in a role of the style sheet, with an accessible name; its text can be copied."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def set_role(label: QLabel, role: str) -> None:
    """Give a label another role of the style sheet."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
