"""The last page of a dialog that copied or moved files: what was done, what failed and why, what can be done next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop import reach, style
from desktop.language import grouped
from desktop.outcomes import is_unfinished, reasons, report
from desktop.panels.section import labelled
from desktop.style import TONE
from engine.export.outcome import Result

ICON = 40
MOST_REASONS = 200
"""Reasons that are listed; the report that can be copied has all."""
REASON = 1
PADDING = 6


class OutcomePage(QWidget):
    """Shows a result."""

    again_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self.text = ""
        """The report, as "Copy report" copies it."""
        self.picture = QLabel()
        self.title = labelled("", "strong", self.tr("What was done"))
        self.title.setWordWrap(True)
        self.detail = labelled("", "muted", self.tr("What was done, in numbers"))
        self.detail.setWordWrap(True)
        self.reasons = QTreeWidget()
        self.reasons.setHeaderLabels([self.tr("File"), self.tr("Why not")])
        self.reasons.setRootIsDecorated(False)
        self.reasons.setWordWrap(True)
        self.reasons.setColumnWidth(0, 200)
        self.reasons.setAccessibleName(self.tr("What did not work, with the reasons"))
        self.reasons.header().sectionResized.connect(self._fit_rows)
        self.show_folder = QPushButton(style.icon("folder"), self.tr("&Show in folder"))
        self.show_folder.clicked.connect(self._open_folder)
        self.copy = QPushButton(self.tr("&Copy report"))
        self.copy.clicked.connect(self._copy)
        self.again = QPushButton(style.icon("retry"), self.tr("Do what is &missing"))
        self.again.clicked.connect(self.again_wanted)
        self.close_button = QPushButton(self.tr("C&lose"))
        self.close_button.clicked.connect(self.closed)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.show_folder, self.copy):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        for widget in (self.again, self.close_button):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.reasons, 1)
        self._room = QWidget()
        column.addWidget(self._room, 1)
        column.addLayout(buttons)

    def show_result(self, title: str, detail: str, result: Result, folder: Path, notes: tuple[str, ...] = ()) -> None:
        """Show how it ended; `folder` is where the files are now, `notes` what else went wrong."""
        self._folder = folder
        self.text = report(title, result, (detail, *notes))
        rows = [*(("", note) for note in notes), *reasons(result)]
        good = result.is_complete and not rows
        self._show(title, detail, rows, good=good)
        self.again.setText(self.tr("Do what is &missing"))
        self.again.setVisible(is_unfinished(result))
        self.show_folder.setEnabled(reach.ask(folder.is_dir, False))
        (self.again if self.again.isVisibleTo(self) else self.close_button).setFocus()

    def show_failure(self, title: str, reason: str, folder: Path) -> None:
        """Show that it could not be done at all, or not to its end."""
        self._folder = folder
        self.text = f"{title}\n{reason}\n"
        self._show(title, reason, [], good=False)
        self.again.setText(self.tr("&Try again"))
        self.again.setVisible(True)
        self.show_folder.setEnabled(reach.ask(folder.is_dir, False))
        self.again.setFocus()

    def _show(self, title: str, detail: str, rows: list[tuple[str, str]], *, good: bool) -> None:
        icon, tone = ("check", TONE.text) if good else ("unreadable", TONE.warning)
        self.picture.setPixmap(style.glyph(icon, ICON, tone, self.devicePixelRatioF()))
        self.title.setText(title)
        self.detail.setText(detail)
        self.copy.setText(self.tr("&Copy report"))
        self.reasons.clear()
        for name, reason in rows[:MOST_REASONS]:
            self.reasons.addTopLevelItem(QTreeWidgetItem([name, reason]))
        if len(rows) > MOST_REASONS:
            more = self.tr("and {} more, which the report names").format(grouped(len(rows) - MOST_REASONS))
            self.reasons.addTopLevelItem(QTreeWidgetItem(["", more]))
        self.reasons.setVisible(bool(rows))
        self._room.setVisible(not rows)
        self._fit_rows()

    @Slot()
    def _fit_rows(self) -> None:
        """Make each row as tall as its whole reason; a tree view would cut it."""
        width = max(self.reasons.columnWidth(REASON) - 2 * PADDING, 200)
        for row in range(self.reasons.topLevelItemCount()):
            item = self.reasons.topLevelItem(row)
            if item is not None:
                ground = QRect(0, 0, width, 10_000)
                text = self.fontMetrics().boundingRect(ground, Qt.TextFlag.TextWordWrap, item.text(REASON))
                item.setSizeHint(REASON, QSize(width, text.height() + 2 * PADDING))

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copy.setText(self.tr("Report copied"))
