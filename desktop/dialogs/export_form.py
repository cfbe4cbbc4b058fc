"""The left side of the export dialog: which photos, where to, under which names, as what, and with which metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.export_presets import MOST, ExportPreset, Table, Which
from desktop.language import grouped
from desktop.panels.section import labelled
from engine.errors import UnusableInput
from engine.export.plan import Clashes
from engine.export.rendition import EDGES, Format, Policy
from engine.export.targets import PRESETS, Target
from engine.export.template import FIELDS, Template

LABEL_WIDTH = 94
AS_THEY_ARE = ""


class ExportForm(QWidget):
    """Shows and gives an `ExportPreset` and the folder."""

    changed = Signal()
    """By the user."""

    def __init__(
        self, counts: dict[Which, int], recent: Sequence[str], keeper_stars: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._counts, self._keeper_stars = counts, keeper_stars
        self.chooser: QFileDialog | None = None
        self._build_photos()
        self._build_place(recent)
        self._build_names()
        self._build_files()
        self._lay_out()
        self._connect()
        self._settle()

    # What is set

    @property
    def target(self) -> Path | None:
        """The folder to export to; None where none was named."""
        text = self.place.currentText().strip()
        return Path(text).expanduser().absolute() if text else None

    @property
    def preset(self) -> ExportPreset:
        """Everything but the folder."""
        return ExportPreset(
            which=Which(self.which.currentData()),
            least_stars=self.least_stars.value(),
            best=self.best.value(),
            move=bool(self.how.currentIndex()),
            template=self.template.text(),
            clashes=Clashes(self.clashes.currentData()),
            format=Format(self.format.currentData()) if self.format.currentData() else None,
            edge=self.edge.value(),
            quality=self.quality.value(),
            policy=Policy(self.policy.currentData()),
            program=Target(self.program.currentData()) if self.program.currentData() else None,
            table=Table(self.table.currentData()) if self.table.currentData() else None,
            verify=self.verify.isChecked(),
        )

    def show_preset(self, preset: ExportPreset) -> None:
        """Put it into the fields; one `changed` follows."""
        blockers = [QSignalBlocker(widget) for widget in self._fields()]
        _choose(self.which, preset.which)
        self.least_stars.setValue(preset.least_stars)
        self.best.setValue(preset.best)
        self.how.setCurrentIndex(int(preset.move))
        self.template.setText(preset.template)
        _choose(self.clashes, preset.clashes)
        _choose(self.format, preset.format)
        self.edge.setValue(preset.edge)
        self.quality.setValue(preset.quality)
        _choose(self.policy, preset.policy)
        _choose(self.program, preset.program)
        _choose(self.table, preset.table)
        self.verify.setChecked(preset.verify)
        for blocker in blockers:
            blocker.unblock()
        self._tell()

    @property
    def template_error(self) -> str:
        """What is wrong with the names, if anything is."""
        try:
            Template(self.template.text())
        except UnusableInput as error:
            return str(error)
        return ""

    # Building

    def _build_photos(self) -> None:
        texts = {
            Which.PICKS: self.tr("The keepers") if self._keeper_stars else self.tr("The picks"),
            Which.STARS: self.tr("Photos with"),
            Which.SELECTED: self.tr("The selected photos"),
            Which.BEST: self.tr("The best, as one choice"),
            Which.SHOWN: self.tr("All that are shown"),
        }
        words = {which: self._counted(which, text) for which, text in texts.items()}
        self.which = _choice(self.tr("Which photos"), words)
        self.least_stars = _number(1, 5, self.tr("Stars at least"))
        self.least_stars.setSuffix(self.tr(" or more stars"))
        self.best = _number(1, MOST, self.tr("How many of the best"))
        self.best.setSuffix(self.tr(" photos"))
        self.best.setGroupSeparatorShown(True)

    def _counted(self, which: Which, text: str) -> str:
        count = self._counts.get(which)
        return text if count is None else f"{text} ({grouped(count)})"

    def _build_place(self, recent: Sequence[str]) -> None:
        self.place = QComboBox()
        self.place.setEditable(True)
        self.place.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.place.addItems(list(recent))
        self.place.setAccessibleName(self.tr("Folder to export to"))
        self.place.setMinimumContentsLength(16)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = self.place.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("A folder outside of the shoot"))
        self.browse = QPushButton(style.icon("folder"), self.tr("&Choose…"))
        self.browse.setAccessibleName(self.tr("Choose the folder to export to"))
        self.browse.clicked.connect(self._browse)
        self.how = _choice(
            self.tr("Copy or move"),
            {"copy": self.tr("Copy: the originals stay"), "move": self.tr("Move the originals away")},
        )

    def _build_names(self) -> None:
        self.template = QLineEdit()
        self.template.setAccessibleName(self.tr("Template of the names"))
        self.insert = QPushButton(self.tr("Insert"))
        self.insert.setAccessibleName(self.tr("Insert a field into the template"))
        menu = QMenu(self.insert)
        for field, meaning in FIELDS.items():
            menu.addAction(f"{{{field}}}    {meaning}").triggered.connect(partial(self._insert, f"{{{field}}}"))
        self.insert.setMenu(menu)
        self.mistake = labelled("", "warning", self.tr("What is wrong with the template"))
        self.mistake.setWordWrap(True)
        self.clashes = _choice(
            self.tr("What becomes of a name that is taken"),
            {
                Clashes.NUMBERED: self.tr("Number them: -2, -3 …"),
                Clashes.REFUSED: self.tr("Leave the photo out"),
            },
        )

    def _build_files(self) -> None:
        formats = {
            AS_THEY_ARE: self.tr("As they are, all files of a photo"),
            Format.JPEG: self.tr("Smaller JPEG in sRGB"),
            Format.WEBP: self.tr("Smaller WebP in sRGB"),
        }
        self.format = _choice(self.tr("What is exported"), formats)
        self.edge = _number(EDGES[0], EDGES[-1], self.tr("Longest edge in pixels"))
        self.edge.setSuffix(self.tr(" px long"))
        self.edge.setSingleStep(128)
        self.quality = _number(1, 100, self.tr("Quality"))
        self.quality.setPrefix(self.tr("quality "))
        policies = {
            Policy.ALL: self.tr("EXIF, with the place"),
            Policy.COPYRIGHT: self.tr("Copyright alone"),
            Policy.NONE: self.tr("No EXIF"),
        }
        self.policy = _choice(self.tr("What a smaller picture keeps of EXIF"), policies)
        programs = {AS_THEY_ARE: self.tr("None is added")}
        programs |= {target: self.tr("Stars, flags, colours for {}").format(p.title) for target, p in PRESETS.items()}
        self.program = _choice(self.tr("Program that stars, flags and colours travel to"), programs)
        tables = {
            AS_THEY_ARE: self.tr("None"),
            Table.CSV: self.tr("CSV, for spreadsheets"),
            Table.JSON: self.tr("JSON, to repeat the ranking"),
        }
        self.table = _choice(self.tr("Table of the ranking"), tables)
        self.verify = QCheckBox(self.tr("Read every copy back and compare it"))
        self.hint = labelled("", "muted", self.tr("About moving"))
        self.hint.setWordWrap(True)

    def _lay_out(self) -> None:
        self._size_row = _row(self.edge, self.quality)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(9)
        rows: tuple[tuple[str, QWidget, QWidget], ...] = (
            (self.tr("P&hotos"), _row(self.which, self.least_stars, self.best), self.which),
            (self.tr("&To"), _row(self.place, self.browse), self.place),
            (self.tr("Ho&w"), self.how, self.how),
            (self.tr("&Names"), _row(self.template, self.insert), self.template),
            ("", self.mistake, self.mistake),
            (self.tr("If ta&ken"), self.clashes, self.clashes),
            (self.tr("&Files"), self.format, self.format),
            ("", self._size_row, self.edge),
            ("", self.policy, self.policy),
            (self.tr("Meta&data"), self.program, self.program),
            (self.tr("Ta&ble"), self.table, self.table),
            ("", self.verify, self.verify),
            ("", self.hint, self.hint),
        )
        for text, widget, buddy in rows:
            column.addLayout(_labelled_row(text, widget, buddy))
        column.addStretch(1)
        controls = [*self._fields(), self.place, self.browse, self.insert]
        height = max(control.sizeHint().height() for control in controls)
        for control in controls:
            control.setFixedHeight(height)

    def _connect(self) -> None:
        for box in (self.which, self.how, self.clashes, self.format, self.policy, self.program, self.table):
            box.currentIndexChanged.connect(self._tell)
        for spin in (self.least_stars, self.best, self.edge, self.quality):
            spin.valueChanged.connect(self._tell)
        self.place.currentTextChanged.connect(self._tell)
        self.template.textChanged.connect(self._tell)
        self.verify.toggled.connect(self._tell)

    def _fields(self) -> tuple[QWidget, ...]:
        boxes = (self.which, self.how, self.clashes, self.format, self.policy, self.program, self.table)
        return (*boxes, self.least_stars, self.best, self.edge, self.quality, self.template, self.verify)

    # What the user does

    @Slot()
    def _tell(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """Show the fields that mean something with what is set."""
        moves, rendered = bool(self.how.currentIndex()), bool(self.format.currentData())
        self.least_stars.setVisible(self.which.currentData() == Which.STARS)
        self.best.setVisible(self.which.currentData() == Which.BEST)
        for widget in (self._size_row, self.policy):
            widget.setVisible(rendered and not moves)
        for widget in (self.format, self.program):
            widget.setEnabled(not moves)
        self.verify.setVisible(not rendered and not moves)
        self.hint.setVisible(moves)
        self.hint.setText(self.tr("Originals are moved as they are, and to another drive only when compared."))
        self.mistake.setText(self.template_error)
        self.mistake.setVisible(bool(self.mistake.text()))

    def _insert(self, field: str, _checked: bool = False) -> None:
        self.template.insert(field)
        self.template.setFocus()

    @Slot()
    def _browse(self) -> None:
        self.chooser = QFileDialog(self, self.tr("Export to a folder"), str(self.target or Path.home()))
        self.chooser.setFileMode(QFileDialog.FileMode.Directory)
        self.chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        self.chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chooser.fileSelected.connect(self.place.setCurrentText)
        self.chooser.open()


def _choice(name: str, entries: Mapping[Any, str]) -> QComboBox:
    """A box of texts, each with its value."""
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in entries.items():
        box.addItem(text, str(value))
    return box


def _choose(box: QComboBox, value: StrEnum | None) -> None:
    box.setCurrentIndex(box.findData("" if value is None else value.value))


def _number(low: int, high: int, name: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(low, high)
    field.setAccessibleName(name)
    style.indent(field)
    return field


def _row(*widgets: QWidget) -> QWidget:
    """Widgets side by side; the first takes what room there is."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 1 if number == 0 else 0)
    return holder


def _labelled_row(text: str, widget: QWidget, buddy: QWidget) -> QHBoxLayout:
    """A row without a text takes no place where its widget is hidden."""
    row = QHBoxLayout()
    row.setSpacing(8)
    if text:
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(buddy)
        row.addWidget(label)
    else:
        row.addSpacing(LABEL_WIDTH + row.spacing())
    row.addWidget(widget, 1)
    return row
