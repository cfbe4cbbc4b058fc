"""Writing decisions into sidecars: for which program and photos, what it will read, what would change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.dialogs.deed import in_turn, needed
from desktop.dialogs.drive_line import DriveLine
from desktop.dialogs.readers import ReadersPanel
from desktop.errand import Errand
from desktop.language import grouped
from desktop.metadata_runs import Shelf, Writing, Wrote, writing
from desktop.metadata_words import file_words, property_words
from desktop.panels.section import labelled, set_role
from desktop.style import TONE
from engine.control import Control
from engine.export.sidecar import Outcome, Status
from engine.export.targets import PRESETS, Target
from engine.report import printable
from engine.types import Photo

MOST_ROWS = 2000
"""Sidecars that are listed; the numbers above count all."""


class Which(StrEnum):
    """Which photos are meant."""

    ALL = "all"
    PICKS = "picks"
    SELECTED = "selected"


class MetadataDialog(QDialog):
    """A dry run while something is chosen, then the writing itself, with what failed on top of the list."""

    target_chosen = Signal(object)
    """Target: sidecars shall be for this program from now on."""

    def __init__(
        self,
        shelf: Shelf,
        target: Target,
        photos: Mapping[Which, Sequence[Photo]],
        disputed: Collection[Path] = (),
        keeper_stars: int = 0,
        folders: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`disputed` photos are known to disagree with their files; stars make keepers where `keeper_stars` says so.
        `folders` are those of the shoot."""
        super().__init__(parent)
        self._keeper_stars = keeper_stars
        self._shelf, self._photos, self._disputed = shelf, photos, disputed
        self._folders = tuple(folders)
        self._dry_run = True
        self._is_wanted = False
        self.report: Writing | None = None
        """What the last run came to."""
        self._errand = Errand(self)
        self.setWindowTitle(self.tr("Write metadata"))
        self.resize(900, 640)
        self.program = QComboBox()
        self.program.setAccessibleName(self.tr("The program that shall read the sidecars"))
        for one in Target:
            self.program.addItem(PRESETS[one].title, one)
        self.program.setCurrentIndex(self.program.findData(target))
        self._make_choices()
        self.readers = ReadersPanel()
        self.title = labelled("", "strong", self.tr("What would be written"))
        self.detail = labelled("", "muted", self.tr("In numbers"))
        advice = self.tr("Then retry, or close this: what is written stays, and writing again goes on.")
        self.drive = DriveLine(self._errand, lambda: folders if self._dry_run else needed(folders), advice)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.files = self._make_list()
        self.write = QPushButton()
        self.write.setProperty("role", "main")
        self.dismiss = QPushButton()
        self._lay_out()
        self._connect()
        self._look()

    # Building

    def _make_choices(self) -> None:
        self.choices = QButtonGroup(self)
        texts = {
            Which.ALL: self.tr("&All that were decided about"),
            Which.PICKS: self.tr("&Keepers ({})") if self._keeper_stars else self.tr("&Picks ({})"),
            Which.SELECTED: self.tr("&Selected photos ({})"),
        }
        self.radios: dict[Which, QRadioButton] = {}
        for which, text in texts.items():
            radio = QRadioButton(text.format(grouped(len(self._photos[which]))))
            radio.setEnabled(bool(self._photos[which]))
            self.choices.addButton(radio)
            self.radios[which] = radio
        self.radios[Which.ALL].setChecked(True)

    def _make_list(self) -> QTreeWidget:
        files = QTreeWidget()
        files.setHeaderLabels([self.tr("Sidecar"), self.tr("What changes in it")])
        files.setRootIsDecorated(False)
        files.setWordWrap(True)
        files.setAccessibleName(self.tr("Sidecars, with what changes in each"))
        files.setColumnWidth(0, 220)
        files.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return files

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addWidget(QLabel(self.tr("For")), 0, 0)
        form.addWidget(self.program, 0, 1, Qt.AlignmentFlag.AlignLeft)
        form.addWidget(QLabel(self.tr("Photos")), 1, 0)
        radios = QHBoxLayout()
        radios.setSpacing(18)
        for radio in self.radios.values():
            radios.addWidget(radio)
        radios.addStretch(1)
        form.addLayout(radios, 1, 1)
        form.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.write, self.dismiss):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.readers)
        rest: tuple[QWidget, ...] = (self.title, self.detail, self.bar, self.drive)
        for widget in rest:
            column.addWidget(widget)
        column.addWidget(self.files, 1)
        column.addLayout(buttons)
        for label in (self.title, self.detail):
            label.setWordWrap(True)

    def _connect(self) -> None:
        self.program.activated.connect(self._choose_program)
        self.choices.buttonClicked.connect(self._look)
        self.write.clicked.connect(self._write)
        self.dismiss.clicked.connect(self._leave)
        self._errand.stepped.connect(self._take)
        self._errand.failed.connect(self._show_trouble)
        self._errand.ended.connect(self._settle)
        self.drive.retry_wanted.connect(self._look)

    # Running

    @property
    def target(self) -> Target:
        """The program that is chosen."""
        return Target(self.program.currentData())

    @property
    def which(self) -> Which:
        """The photos that are chosen."""
        return next(which for which, radio in self.radios.items() if radio.isChecked())

    @property
    def is_running(self) -> bool:
        """Whether files are being written; a dry run writes none."""
        return self._errand.is_running and not self._dry_run

    def stop(self) -> None:
        """Leave no thread behind; what is written stays."""
        self._is_wanted = False
        self._errand.stop()

    @Slot()
    def _choose_program(self) -> None:
        self.target_chosen.emit(self.target)
        self._look()

    @Slot()
    def _look(self) -> None:
        """See what would be written; a dry run that is on is overtaken."""
        self.title.setText(self.tr("Looking at the sidecars…"))
        set_role(self.title, "strong")
        self._say("")
        self.write.setEnabled(False)
        self.write.setText(self.tr("&Write"))
        self._begin(dry_run=True)

    @Slot()
    def _write(self) -> None:
        self.title.setText(self.tr("Writing sidecars for {}").format(PRESETS[self.target].title))
        self.write.setEnabled(False)
        self._begin(dry_run=False)

    def _begin(self, *, dry_run: bool) -> None:
        if self.drive.is_silent:
            self._errand.leave()
        self._is_wanted = self._errand.is_running
        if self._is_wanted:
            self._errand.cancel()
            return
        self._dry_run, self.report = dry_run, None
        photos, target = tuple(self._photos[self.which]), self.target
        self.bar.setRange(0, 0)
        self._show_form(running=not dry_run)
        steps = partial(_steps, self._shelf, photos, target, dry_run)
        # Writing that was left before its drive would put older decisions over newer ones.
        self._errand.start(steps if dry_run else partial(in_turn, steps, self._folders))

    @Slot(object)
    def _take(self, step: Wrote | Writing) -> None:
        if self._is_wanted:
            return
        if isinstance(step, Writing):
            self._show_report(step)
            return
        self.bar.setRange(0, max(step.total, 1))
        self.bar.setValue(step.done)
        self._say(self.tr("{} of {} photos").format(grouped(step.done), grouped(step.total)))

    @Slot()
    def _settle(self) -> None:
        """Nothing runs any more."""
        if self._is_wanted:
            self._begin(dry_run=True)
            return
        if self._errand.is_cancelled and self.report is None:
            # It was given up before its turn came.
            self._look()
            return
        self._show_form(running=False)
        self.bar.hide()
        (self.write if self.write.isEnabled() else self.dismiss).setFocus()

    def _show_form(self, *, running: bool) -> None:
        self.program.setEnabled(not running)
        for which, radio in self.radios.items():
            radio.setEnabled(not running and bool(self._photos[which]))
        self.bar.show()
        self.dismiss.setText(self.tr("St&op") if running else self.tr("&Close"))

    # What came of it

    def _show_report(self, report: Writing) -> None:
        self.report = report
        self.readers.show_prospects(report.prospects)
        changing = report.having(Status.PLANNED, Status.WRITTEN)
        failed, same = report.having(Status.FAILED), report.having(Status.UNCHANGED)
        title, good = self._headline(report, len(changing), len(failed))
        self.title.setText(title)
        set_role(self.title, "strong" if good else "warning")
        parts = [self.tr("%Ln say so already", None, len(same))] if same else []
        if failed and report.dry_run:
            parts.append(self.tr("%Ln cannot be written", None, len(failed)))
        if not report.dry_run and report.cancelled:
            parts.append(self.tr("stopped before the rest; writing again goes on"))
        disputed = len({outcome.photo for outcome in changing} & {*self._disputed})
        if report.dry_run and disputed:
            parts.append(
                self.tr("%Ln photos disagree with what stands there: writing puts yours in its place", None, disputed)
            )
        self._say(", ".join(parts))
        self._list([*failed, *changing])
        count = self.tr("%Ln sidecars", None, len(changing))
        again = not report.dry_run and (failed or report.cancelled)
        self.write.setText(self.tr("&Write again") if again else self.tr("&Write {}").format(count))
        self.write.setEnabled(bool(again or (report.dry_run and changing)))

    def _headline(self, report: Writing, changing: int, failed: int) -> tuple[str, bool]:
        program = PRESETS[report.target].title
        if not report.decided:
            return self.tr("Nothing was decided about these photos yet, so there is nothing to write."), True
        count = self.tr("%Ln sidecars", None, changing)
        if report.dry_run:
            if not changing and not failed:
                return self.tr("Every sidecar for {} says what was decided.").format(program), True
            return self.tr("{} would be written for {}.").format(count, program), not failed
        if failed:
            wrong = self.tr("%Ln could not be", None, failed)
            return self.tr("{} written for {}, {}.").format(count, program, wrong), False
        return self.tr("{} written for {}.").format(count, program), True

    def _say(self, text: str) -> None:
        self.detail.setText(f"{text[:1].upper()}{text[1:]}")
        self.detail.setVisible(bool(text))

    def _list(self, outcomes: Sequence[Outcome]) -> None:
        self.files.clear()
        items = []
        for outcome in outcomes[:MOST_ROWS]:
            text = printable(outcome.error) if outcome.error is not None else property_words(outcome.changes)
            item = QTreeWidgetItem([file_words(outcome.sidecar), text])
            item.setToolTip(0, printable(str(outcome.sidecar)))
            item.setToolTip(1, text)
            if outcome.status is Status.FAILED:
                item.setIcon(0, style.icon("unreadable", TONE.warning))
            items.append(item)
        if len(outcomes) > MOST_ROWS:
            items.append(QTreeWidgetItem(["", self.tr("and {} more").format(grouped(len(outcomes) - MOST_ROWS))]))
        self.files.addTopLevelItems(items)

    @Slot(str)
    def _show_trouble(self, sentence: str) -> None:
        self.title.setText(sentence)
        set_role(self.title, "warning")

    # Leaving

    @Slot()
    def _leave(self) -> None:
        if self.is_running and not self.drive.is_silent:
            self._errand.cancel()
            self.dismiss.setText(self.tr("Stopping…"))
        else:
            self.reject()

    def reject(self) -> None:
        """While files are written, leaving means stopping first; before a drive that does not answer it does not."""
        if self.is_running and not self.drive.is_silent:
            self._leave()
            return
        self.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_running and not self.drive.is_silent:
            self._leave()
            event.ignore()
            return
        self.stop()
        super().closeEvent(event)


def _steps(
    shelf: Shelf, photos: Sequence[Photo], target: Target, dry_run: bool, control: Control
) -> Iterator[Wrote | Writing]:
    return writing(shelf, photos, target, control, dry_run=dry_run)
