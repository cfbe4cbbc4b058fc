"""Where photos disagree with their files: who says what, and what shall hold. Nothing holds before it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.cards import CardModel
from desktop.dialogs.conflict_rows import ANSWER, FIELD, SAID_BY, ConflictRows
from desktop.dialogs.drive_line import DriveLine
from desktop.language import grouped
from desktop.metadata import Metadata
from desktop.metadata_runs import Looked
from desktop.metadata_words import field_words, source_words, speakers, taken_over_words, theirs, value_words
from desktop.panels.section import labelled
from desktop.thumbnails import ThumbnailLoader
from desktop.views.wording import shown_name
from engine.export.rating_import import Conflict, Import
from engine.store.decisions import Change, Value

PICTURE = QSize(176, 132)
PROBLEMS_HEIGHT = 64


class ConflictsDialog(QDialog):
    """Follows `metadata`: shows how far reading is, then what disagrees, row by row."""

    chosen = Signal(object)
    """Path: show this photo."""
    applied = Signal(object)
    """tuple[Change, ...]: what was taken from files."""

    def __init__(
        self,
        metadata: Metadata,
        model: CardModel,
        thumbnails: ThumbnailLoader,
        folders: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        """`folders` are those of the shoot."""
        super().__init__(parent)
        self._metadata, self._model, self._thumbnails = metadata, model, thumbnails
        self._found: Import | None = None
        self._took_over = ""
        self.setWindowTitle(self.tr("Metadata of the files"))
        self.resize(980, 600)
        self.rows = ConflictRows(self)
        self.title = labelled("", "strong", self.tr("What the files say"))
        self.detail = labelled("", "muted", self.tr("What was done"))
        advice = self.tr("Then retry, or close this: your decisions hold.")
        self.drive = DriveLine(metadata.errand, lambda: folders, advice)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of reading"))
        self.table = self._make_table()
        self.again = QCheckBox()
        self.problems_title = labelled(self.tr("Could not be understood"), "title", self.tr("Could not be understood"))
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setFixedHeight(PROBLEMS_HEIGHT)
        self.problems.setAccessibleName(self.tr("Files that could not be understood"))
        self._make_side()
        self.ours_for_all = QPushButton(self.tr("&Ours for all"))
        self.theirs_for_all = QPushButton(self.tr("&Theirs for all"))
        self.apply = QPushButton()
        self.apply.setProperty("role", "main")
        self.dismiss = QPushButton(self.tr("&Close"))
        for label in (self.title, self.detail):
            label.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.show_reading()

    # Building

    def _make_table(self) -> QTreeView:
        table = QTreeView()
        table.setModel(self.rows)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setAccessibleName(self.tr("Fields that disagree"))
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SAID_BY, QHeaderView.ResizeMode.Stretch)
        return table

    def _make_side(self) -> None:
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("The photo"))
        self.name = labelled("", "value", self.tr("The photo and the field"))
        self.said = labelled("", "muted", self.tr("Who says what"))
        for label in (self.name, self.said):
            label.setWordWrap(True)
        self.answers: list[QPushButton] = []
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self.side = QWidget()
        self.side.setFixedWidth(PICTURE.width() + 24)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.name)
        column.addLayout(self._answers)
        column.addWidget(self.said)
        column.addStretch(1)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.side)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.ours_for_all, self.theirs_for_all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.apply, self.dismiss):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        above: tuple[QWidget, ...] = (self.title, self.bar, self.detail, self.drive)
        below: tuple[QWidget, ...] = (self.again, self.problems_title, self.problems)
        for widget in above:
            column.addWidget(widget)
        column.addLayout(middle, 1)
        self._room = QWidget()
        column.addWidget(self._room, 1)
        for widget in below:
            column.addWidget(widget)
        column.addLayout(buttons)
        for button in (self.ours_for_all, self.theirs_for_all, self.apply, self.dismiss):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.drive.retry_wanted.connect(self._retry)
        self._metadata.looked.connect(self._show_progress)
        self._metadata.found.connect(self.show_found)
        self._metadata.taken_over.connect(self._show_taken_over)
        self.table.selectionModel().currentChanged.connect(self._show_current)
        self.table.doubleClicked.connect(self._choose)
        self.rows.dataChanged.connect(self._count_answers)
        self.again.toggled.connect(self._fill)
        self.ours_for_all.clicked.connect(self._keep_all)
        self.theirs_for_all.clicked.connect(self._take_all)
        self.apply.clicked.connect(self._apply)
        self.dismiss.clicked.connect(self.reject)

    # What was read

    @Slot()
    def show_reading(self) -> None:
        """The files are being read."""
        self._found, self._took_over = None, ""
        self.title.setText(self.tr("Reading what the files say"))
        self.detail.setText("")
        self.detail.show()
        self.bar.setRange(0, 0)
        self.bar.show()
        self._fill()

    @Slot()
    def _retry(self) -> None:
        self._metadata.errand.leave()
        self.show_reading()
        self._metadata.look()

    @Slot(object)
    def _show_progress(self, looked: Looked) -> None:
        if self._found is None:
            self.bar.setRange(0, max(looked.total, 1))
            self.bar.setValue(looked.done)
            self.detail.setText(self.tr("{} of {} photos").format(grouped(looked.done), grouped(looked.total)))

    @Slot(object)
    def _show_taken_over(self, changes: Sequence[Change]) -> None:
        self._took_over = taken_over_words(changes)

    @Slot(object)
    def show_found(self, found: Import) -> None:
        """Show what disagrees, and what could not be understood."""
        self._found = found
        self.detail.setText(self._took_over)
        self.detail.setVisible(bool(self._took_over))
        self.bar.hide()
        open_ones = self._metadata.conflicts
        answered = len(found.conflicts) - len(open_ones)
        self.again.setText(self.tr("Show %Ln that were answered before", None, answered))
        self.again.setVisible(answered > 0)
        self.problems.setPlainText("\n".join(found.problems))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        found = self._found
        shown: Sequence[Conflict] = ()
        if found is not None:
            shown = found.conflicts if self.again.isChecked() else self._metadata.conflicts
            self.title.setText(self._headline(len(shown)))
        self.rows.load(shown)
        for widget in (self.table, self.side, self.ours_for_all, self.theirs_for_all, self.apply):
            widget.setVisible(bool(shown))
        self._room.setVisible(not shown)
        self.again.setVisible(found is not None and len(found.conflicts) > len(self._metadata.conflicts))
        for widget in (self.problems_title, self.problems):
            widget.setVisible(found is not None and bool(found.problems))
        self._count_answers()
        if shown:
            self._go(0)
            self.table.setFocus()
        else:
            self.dismiss.setFocus()

    def _headline(self, conflicts: int) -> str:
        if not conflicts:
            return self.tr("Nothing disagrees: what the files say is what was decided.")
        return self.tr(
            "%Ln fields are said otherwise in the files. Nothing changes before you apply your answers.",
            None,
            conflicts,
        )

    # One row

    @Slot(QModelIndex)
    def _show_current(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        conflict = self.rows.conflicts[index.row()]
        card = self._model.find(conflict.photo.path)
        pixmap = None if card is None else self._thumbnails.pixmap(card)
        if card is not None and pixmap is None:
            self._thumbnails.want([card], by=type(self).__name__)
        self.picture.setPixmap(QPixmap() if pixmap is None else _fitted(pixmap, self.devicePixelRatioF()))
        self.name.setText(f"{shown_name(conflict.photo.path)}: {field_words(conflict.field)}")
        lines = (f"{source_words(one)}: {value_words(one.value)}" for one in conflict.statements)
        self.said.setText("\n".join(lines))
        self._offer(conflict)

    def _offer(self, conflict: Conflict) -> None:
        """One button for each thing that may hold."""
        while self._answers.count():
            item = self._answers.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
        keep = self.tr("&Keep: {}").format(value_words(conflict.decided))
        self.answers = [self._button(keep, partial(self._answer, None))]
        for number, value in enumerate(theirs(conflict), 1):
            sources = speakers(conflict, value)
            button = self._button(
                self.tr("&{} Take: {}").format(number, value_words(value)), partial(self._answer, value)
            )
            button.setToolTip("\n".join(source_words(one) for one in sources))
            self.answers.append(button)
        for button in self.answers:
            self._answers.addWidget(button)

    def _button(self, text: str, act: partial[None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _answer(self, value: Value | None, _checked: bool = False) -> None:
        """Answer the row, and go on to the next one without an answer."""
        row = self.table.currentIndex().row()
        self.rows.answer([row], value)
        following = self.rows.unanswered_after(row)
        if following is not None:
            self._go(following)
            self.table.setFocus()
        else:
            self.apply.setFocus()

    def _go(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.rows.index(row, ANSWER), flags)
        self.table.scrollTo(self.rows.index(row, FIELD))

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.conflicts[index.row()].photo.path)

    # All of them

    @Slot()
    def _keep_all(self) -> None:
        self.rows.answer(range(len(self.rows.conflicts)), None)

    @Slot()
    def _take_all(self) -> None:
        self.rows.take_first()

    @Slot()
    def _count_answers(self) -> None:
        answered = self.rows.answered
        self.apply.setEnabled(answered > 0)
        text = self.tr("&Apply %Ln answers", None, answered)
        self.apply.setText(text)

    @Slot()
    def _apply(self) -> None:
        changes = self._metadata.answer(self.rows.taken(), self.rows.kept())
        self.applied.emit(changes)
        self.again.setChecked(False)
        if self._metadata.conflicts:
            self._fill()
        else:
            self.accept()


def _fitted(pixmap: QPixmap, ratio: float) -> QPixmap:
    scaled = pixmap.scaled(
        PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    scaled.setDevicePixelRatio(ratio)
    return scaled
