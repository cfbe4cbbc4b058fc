"""Decisions that are damaged: what can be had back is offered before anything is opened, and nothing is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.errand import Errand
from desktop.language import grouped
from desktop.style import TONE
from engine.control import Control
from engine.store import rescue
from engine.store.rescue import Content, Findings, Rescued

WIDTH = 620
ICON = 32


class RescueDialog(QDialog):
    """Looks at the damaged file and its backups on a thread, says what each holds, and restores on request.

    Accepted once a sound file is in place; rejected, everything is as it was.
    """

    def __init__(self, path: Path, sentence: str, parent: QWidget | None = None) -> None:
        """`sentence` says what is wrong with the file `path`."""
        super().__init__(parent)
        self._path = path
        self.findings: Findings | None = None
        self.rescued: Rescued | None = None
        self._errand = Errand(self)
        self._errand.stepped.connect(self._take)
        self._errand.failed.connect(self._tell)
        self.setWindowTitle(self.tr("Damaged decisions"))
        self.setFixedWidth(WIDTH)
        self.title = QLabel(self.tr("Your decisions are damaged"))
        self.title.setFont(style.font_of(self.font(), self.font().pointSizeF() + 4, bold=True))
        # SQLite's own report goes over several lines, of which the first names no cause.
        self.text = self._label(" ".join(sentence.replace("*** in database main ***", "").split()).replace("( ", "("))
        self.source = self._label("")
        self.add_readable = QCheckBox(self.tr("Add what the damaged file still says beyond the &backup"))
        self.add_readable.setChecked(True)
        self.promise = self._label(
            self.tr("Photos are not touched. The damaged file is kept beside the new one, under another name.")
        )
        self.promise.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Looking at the damaged file"))
        self.restore = QPushButton(self.tr("&Restore"))
        self.restore.setProperty("role", "main")
        self.restore.setDefault(True)
        self.restore.clicked.connect(self._restore)
        self.leave = QPushButton(self.tr("&Quit without changes"))
        self.leave.clicked.connect(self.reject)
        self._lay_out()
        self._show_found(None)
        self._errand.start(partial(_examining, path))

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(style.glyph("unreadable", ICON, TONE.warning, self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.restore)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (self.title, self.text, self.bar, self.source, self.add_readable, self.promise):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 16)
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    # What happens

    @Slot(object)
    def _take(self, step: Findings | Rescued) -> None:
        if isinstance(step, Rescued):
            self.rescued = step
            self._show_rescued(step)
        else:
            self.findings = step
            self._show_found(step)

    def _show_found(self, found: Findings | None) -> None:
        """What can be had back; None while it is looked for."""
        has_copy = found is not None and found.copy is not None
        has_rest = found is not None and found.readable is not None
        self.bar.setVisible(found is None)
        self.source.setVisible(found is not None)
        self.add_readable.setVisible(has_copy and has_rest)
        self.restore.setEnabled(found is not None)
        if found is None:
            return
        self.source.setText("\n".join(_sentences(found)))
        if not has_copy:
            self.restore.setText(self.tr("&Keep what can be read") if has_rest else self.tr("&Start anew"))
        else:
            self.restore.setText(self.tr("&Restore the backup"))
        self.restore.setFocus()
        self.setAccessibleDescription(f"{self.text.text()} {self.source.text()}")

    def _show_rescued(self, done: Rescued) -> None:
        self.title.setText(self.tr("Your decisions are back"))
        self.text.setText(
            self.tr("%Ln photos with decisions, {} of them taken from the damaged file.", None, done.decided).format(
                grouped(done.added)
            )
        )
        self.source.setText(self.tr("The damaged file is kept as {}.").format(done.aside))
        self.bar.hide()
        self.add_readable.hide()
        self.promise.hide()
        self.leave.hide()
        self.source.show()
        self.restore.setText(self.tr("&Go on"))
        self.restore.setEnabled(True)
        self.restore.setFocus()

    @Slot()
    def _restore(self) -> None:
        if self.rescued is not None:
            self.accept()
        elif self.findings is not None:
            self.restore.setEnabled(False)
            self.bar.show()
            self._errand.start(partial(_restoring, self.findings, self.add_readable.isChecked()))

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.bar.hide()
        self.source.setText(sentence)
        self.source.show()
        self.restore.setEnabled(self.findings is not None)

    def done(self, result: int) -> None:
        """Leave no thread behind; a restoration that has begun is brought to its end."""
        self._errand.stop()
        super().done(QDialog.DialogCode.Accepted if self.rescued is not None else result)


def _examining(path: Path, _control: Control) -> Iterator[Findings]:
    yield rescue.examine(path)


def _restoring(found: Findings, add_readable: bool, _control: Control) -> Iterator[Rescued]:
    yield rescue.restore(found, add_readable=add_readable)


def _sentences(found: Findings) -> Iterator[str]:
    """What the backup and the damaged file hold, a line each."""
    if found.copied is not None:
        yield _tr("Newest sound backup: {}").format(_content(found.copied))
    else:
        yield _tr("There is no backup yet.")
    if found.readable is not None:
        yield _tr("Still readable in the damaged file: {}").format(_content(found.readable))
    else:
        yield _tr("Nothing of the damaged file can be read.")


def _content(content: Content) -> str:
    count = _tr("%Ln photos with decisions", content.decided)
    if content.latest is None or not content.decided:
        return count
    try:
        moment = datetime.fromisoformat(content.latest)
    except ValueError:
        return count
    words = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), QLocale.FormatType.ShortFormat)
    return _tr("{}, the last of {}").format(count, words)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("rescue", text, None, count)
