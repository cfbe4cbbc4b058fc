"""The right side of the export dialog: how much would leave, under which names, and who will read what of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.dialogs.operations import below, data_size
from desktop.export_presets import ExportPreset, Which
from desktop.exporting import Planned
from desktop.language import grouped
from desktop.outcomes import files, photos
from desktop.panels.section import labelled, set_role
from desktop.style import TONE
from engine.export.names import suffix
from engine.export.operation import Action, Operation
from engine.export.operation import photos as by_photo
from engine.report import printable

FIRST = 6
"""Photos whose names are shown."""
MOST_NUMBERED = 12
"""Photos that are shown beside, because their names were taken."""
MOST_PROBLEMS = 12
ICON = 14


class ExportPreview(QFrame):
    """Follows the plan. What stands against the export is said here in the place of the numbers."""

    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = labelled("", "strong", self.tr("What would leave"))
        self.room = labelled("", "muted", self.tr("Size and room"))
        self.notes = labelled("", "warning", self.tr("What to know"))
        self.left = labelled("", "value", self.tr("Moves that were interrupted"))
        for label in (self.title, self.room, self.notes, self.left):
            label.setWordWrap(True)
        self.resume = QPushButton(style.icon("retry"), self.tr("&Go on with it"))
        self.resume.clicked.connect(self.resume_wanted)
        self.names_title = labelled(self.tr("Names"), "title", self.tr("Names"))
        self.names = self._name_list()
        self.readers_title = labelled("", "title", self.tr("Who reads what"))
        self.readers = QWidget()
        self._readers = QVBoxLayout(self.readers)
        self._readers.setContentsMargins(0, 0, 0, 0)
        self._readers.setSpacing(6)
        self._lay_out()
        self._clear()

    def _name_list(self) -> QTreeWidget:
        names = QTreeWidget()
        names.setHeaderLabels([self.tr("Photo"), self.tr("Becomes"), ""])
        names.setRootIsDecorated(False)
        names.setUniformRowHeights(True)
        names.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        names.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        names.setAccessibleName(self.tr("The first names, and those that were taken"))
        names.setMinimumHeight(110)
        header = names.header()
        header.setStretchLastSection(False)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        return names

    def _lay_out(self) -> None:
        banner = QHBoxLayout()
        banner.setSpacing(8)
        banner.addWidget(self.left, 1)
        banner.addWidget(self.resume, 0, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.readers)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self.readers, scroll.viewport()):
            ground.setAutoFillBackground(False)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for widget in (self.title, self.room, self.notes):
            column.addWidget(widget)
        column.addLayout(banner)
        column.addWidget(self.names_title)
        column.addWidget(self.names, 3)
        column.addWidget(self.readers_title)
        column.addWidget(scroll, 2)
        column.addStretch(0)

    # What is shown

    @Slot()
    def show_waiting(self) -> None:
        """A plan is being made. The names of the one before stay, since they will mostly be the same."""
        set_role(self.title, "strong")
        self.title.setText(self.tr("Looking at the photos…"))
        self._say(self.room, self.tr("This takes a moment in a large shoot, and on a slow drive."))
        self._say(self.notes, "")

    def show_trouble(self, sentence: str, next_step: str = "") -> None:
        """Nothing can be exported so."""
        self._clear()
        self.title.setText(sentence)
        set_role(self.title, "warning" if not next_step else "strong")
        self._say(self.room, next_step)

    def show_planned(self, planned: Planned) -> None:
        """Show what would be done."""
        self._clear()
        plan = planned.plan
        if plan.operations:
            set_role(self.title, "strong")
            sizes = self.tr("{}, {}").format(photos(planned.photos), files(len(plan.operations)))
            self.title.setText(sizes)
            self._show_room(planned)
        else:
            self.show_trouble(*_emptiness(planned.preset, len(plan.problems)))
        self._say(self.notes, "\n".join((*self._warnings(planned), *planned.notes)))
        self._show_unfinished(planned)
        self._show_names(planned)
        self._show_readers(planned)

    def _clear(self) -> None:
        for label in (self.room, self.notes, self.left):
            self._say(label, "")
        self.resume.hide()
        self.names.clear()
        for widget in (self.names, self.names_title, self.readers_title, self._scroll):
            widget.hide()

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _show_room(self, planned: Planned) -> None:
        plan = planned.plan
        there = sum(operation.action is Action.KEEP for operation in plan.operations)
        about = self.tr("about ") if planned.preset.format is not None and not planned.preset.move else ""
        parts = [self.tr("{}{} to write").format(about, data_size(plan.size))]
        if not plan.size:
            parts = [self.tr("Nothing to write: they stay on their drive") if plan.order.move else self.tr("0 bytes")]
        if plan.free is not None:
            parts.append(self.tr("{} free").format(data_size(plan.free)))
        if there:
            parts.append(self.tr("{} there already").format(files(there)))
        self._say(self.room, " · ".join(parts))

    def _warnings(self, planned: Planned) -> Iterator[str]:
        plan = planned.plan
        if not plan.fits:
            missing = data_size(plan.size - (plan.free or 0))
            yield self.tr("There is no room for {} of it. Make room there, or choose another folder.").format(missing)
        if plan.numbered:
            yield self.tr("Names that were taken and get a number: {}").format(grouped(len(plan.numbered)))
        if plan.operations and plan.problems:
            yield self.tr("{} left out, named below.").format(photos(len(plan.problems)))

    def _show_unfinished(self, planned: Planned) -> None:
        left = planned.unfinished
        if left is None:
            return
        count = len({operation.photo for operation in left.operations})
        words = self.tr("A move of {} to this folder was interrupted. Another move will not go on with it.")
        self._say(self.left, words.format(photos(count)))
        self.resume.show()

    def _show_names(self, planned: Planned) -> None:
        plan = planned.plan
        shown = list(islice(by_photo(plan.operations), FIRST))
        first = {one[0].photo for one in shown}
        numbered = (one for one in by_photo(plan.operations) if one[0].photo in plan.numbered - first)
        shown += islice(numbered, MOST_NUMBERED)
        for one in shown:
            self._add_name(planned, one)
        rest = planned.photos - len(shown)
        if rest > 0:
            self.names.addTopLevelItem(QTreeWidgetItem([self.tr("and {} more").format(grouped(rest)), "", ""]))
        for problem in plan.problems[:MOST_PROBLEMS]:
            item = QTreeWidgetItem([printable(problem), "", ""])
            item.setIcon(0, style.icon("unreadable", TONE.warning))
            item.setToolTip(0, printable(problem))
            self.names.addTopLevelItem(item)
            item.setFirstColumnSpanned(True)
        for widget in (self.names, self.names_title):
            widget.setVisible(bool(shown or plan.problems))

    def _add_name(self, planned: Planned, one: tuple[Operation, ...]) -> None:
        operation = one[0]
        name = printable(below(planned.plan.order.target, operation.target))
        if len(one) > 1:
            name += "  + " + " ".join(printable(suffix(each.target)) for each in one[1:])
        was_taken = operation.photo in planned.plan.numbered
        is_there = all(each.action is Action.KEEP for each in one)
        state = self.tr("taken") if was_taken else self.tr("there") if is_there else ""
        item = QTreeWidgetItem([printable(operation.photo.name), name, state])
        if was_taken:
            item.setIcon(2, style.icon("info", TONE.warning))
            item.setToolTip(2, self.tr("The name was taken, and got a number"))
        item.setToolTip(1, "\n".join(printable(below(planned.plan.order.target, each.target)) for each in one))
        self.names.addTopLevelItem(item)

    def _show_readers(self, planned: Planned) -> None:
        """A sentence for each kind of file on what the program reads, then what it does not, each once."""
        while (item := self._readers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        lines = list(self._reader_lines(planned)) if planned.plan.operations else []
        for role, text in lines:
            label = labelled(text, role, text)
            label.setWordWrap(True)
            self._readers.addWidget(label)
        self._readers.addStretch(1)
        self.readers_title.setText(self.tr("Stars, flags and colours"))
        for shown in (self.readers_title, self._scroll):
            shown.setVisible(bool(lines))

    def _reader_lines(self, planned: Planned) -> Iterator[tuple[str, str]]:
        if planned.plan.order.move:
            yield "muted", self.tr("Originals are never written to. Sidecars that lie beside them go along.")
            return
        if planned.preset.program is None:
            yield "muted", self.tr("Copies say what their originals say. To let decisions travel, name a program.")
            return
        for kind, (count, prospect) in planned.prospects.items():
            yield "value", f"{grouped(count)} {kind.value}: {prospect.sentence}"
        warnings = (prospect.warning for _, prospect in planned.prospects.values())
        for warning in dict.fromkeys(filter(None, warnings)):
            yield "warning", warning


def _emptiness(preset: ExportPreset, left_out: int) -> tuple[str, str]:
    """Why nothing would leave, and what to do."""
    if left_out:
        return _tr("All %Ln photos would be left out.", left_out), _tr("The reasons stand below.")
    match preset.which:
        case Which.PICKS:
            hint = _tr("Pick the photos to export, or choose others on the left.")
            return _tr("No photo is kept."), hint
        case Which.STARS:
            hint = _tr("Give stars, or ask for fewer on the left.")
            return _tr("No photo has %n stars or more.", preset.least_stars), hint
        case Which.SELECTED:
            hint = _tr("Select some with Ctrl or Shift and a click, or choose others on the left.")
            return _tr("No photo is selected."), hint
        case Which.BEST:
            hint = _tr("Wait until the shoot is scored, or choose others on the left.")
            return _tr("No photo is ranked."), hint
    return _tr("No photo is shown."), _tr("Clear the filters, or choose others on the left.")


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("export_preview", text, None, count)
