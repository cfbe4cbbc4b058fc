"""What a program will read of each type of file, and what it cannot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop import style
from desktop.language import grouped
from desktop.panels.section import labelled
from desktop.style import TONE
from desktop.views.wording import TIMES
from engine.export.targets import Kind, Place, Prospect

ICON = 14


class ReadersPanel(QWidget):
    """A line for each type of file: a sign, how many there are, and the sentences of the engine's table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)

    @property
    def text(self) -> str:
        """All that is shown."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if label.text())

    def show_prospects(self, prospects: Mapping[Kind, tuple[int, Prospect]]) -> None:
        """Show these in place of the ones before."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for row, (kind, (count, prospect)) in enumerate(prospects.items()):
            reads = prospect.place is not Place.NOWHERE
            sign = QLabel()
            tone = TONE.text if reads else TONE.warning
            sign.setPixmap(style.glyph("check" if reads else "unreadable", ICON, tone, self.devicePixelRatioF()))
            sign.setAccessibleName(self.tr("Will be read") if reads else self.tr("Will not be read"))
            what = labelled(f"{grouped(count)} {TIMES} {kind.value}", "value", self.tr("Type of file"))
            words = " ".join(filter(None, (prospect.sentence, prospect.warning)))
            sentence = labelled(words, "muted", self.tr("What will be read of it"))
            sentence.setWordWrap(True)
            for column, widget in enumerate((sign, what, sentence)):
                self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
