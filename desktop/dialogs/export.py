"""The export dialog: the settings with their plan, the run, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.dialogs.deed import DeedPages
from desktop.dialogs.export_settings import ExportSettings
from desktop.export_presets import Presets
from desktop.exporting import Material, Planned, Report, carrying_out, resumed
from desktop.language import grouped
from desktop.outcomes import photos, photos_done, summary
from engine.export.outcome import Step
from engine.report import printable

SIZE = (1080, 664)


class ExportDialog(QDialog):
    """Nothing is written before Export. A running export can be stopped, and goes on later where it stopped."""

    moving = Signal()
    """Originals are about to be moved."""
    moved = Signal()
    """Originals may have been moved: the shoot is to be listed anew."""
    over = Signal()
    """An export came to its end, and the dialog says how."""

    def __init__(self, gather: Callable[[], Material], presets: Presets, parent: QWidget | None = None) -> None:
        """`gather` gives the shoot as it stands."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        self._ran: Planned | None = None
        self._report: Report | None = None
        self._goes_on = False
        self.settings = ExportSettings(gather, presets)
        self.pages = DeedPages(self.settings)
        self.working, self.outcome = self.pages.working, self.pages.outcome
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.pages)
        # Only a button that is in its dialog already can be what Enter presses.
        self.settings.export.setDefault(True)
        self._connect()
        self.settings.form.which.setFocus()

    def _connect(self) -> None:
        self.settings.export_wanted.connect(self._begin)
        self.settings.cancelled.connect(self.reject)
        self.settings.settled.connect(self._go_on)
        self.pages.stepped.connect(self._show_step)
        self.pages.ended.connect(self._show_outcome)
        self.outcome.again_wanted.connect(self._do_what_is_missing)
        self.outcome.closed.connect(self.accept)

    @property
    def is_running(self) -> bool:
        """Whether files are being written."""
        return self.pages.is_running

    @Slot()
    def renew(self) -> None:
        """The shoot has changed: plan with it as it stands now, unless an export is on or over."""
        if self.pages.currentWidget() is self.settings:
            self.settings.renew()

    def stop(self) -> None:
        """End what runs and wait for it. What was copied stays, and the same export completes it later."""
        self.settings.stop()
        self.pages.stop()

    # The run

    @Slot(object)
    def _begin(self, planned: Planned) -> None:
        self._ran, self._report = planned, None
        target, moves = printable(str(planned.plan.order.target)), planned.plan.order.move
        deed = self.tr("Moving {} to {}") if moves else self.tr("Exporting {} to {}")
        question = self.tr("Stop here? What is done stays, and the same export completes it later.")
        folders = (*planned.plan.order.folders, planned.plan.order.target)
        self.pages.turn_to_work(deed.format(photos(planned.photos), target), question, folders)
        if moves:
            self.moving.emit()
        else:
            self._let_the_window_work()
        self.pages.start(partial(carrying_out, planned, self.settings.material))

    def _let_the_window_work(self) -> None:
        """Culling can go on while copies are made. Qt takes another modality only while a dialog is hidden."""
        if self.isVisible() and self.isModal():
            self.hide()
            self.setWindowModality(Qt.WindowModality.NonModal)
            self.show()

    @Slot(object)
    def _show_step(self, step: Step | Report) -> None:
        if isinstance(step, Report):
            self._report = step
        else:
            self.working.show_step(step)

    @Slot()
    def _show_outcome(self) -> None:
        ran, report = self._ran, self._report
        assert ran is not None
        folder = ran.plan.order.target
        if report is None:
            self.outcome.show_failure(self.tr("The export could not be done"), self.pages.failure, folder)
        else:
            notes = tuple(filter(None, (report.trouble, self.pages.failure)))
            self.outcome.show_result(self._headline(ran, report), self._detail(report), report.result, folder, notes)
        self.pages.setCurrentWidget(self.outcome)
        if ran.plan.order.move:
            self.moved.emit()
        self.over.emit()

    def _headline(self, ran: Planned, report: Report) -> str:
        """ "212 photos are at /to", "Stopped: 12 of 212 photos are at /to" """
        done, target = photos_done(report.result), printable(str(ran.plan.order.target))
        if done == ran.photos:
            return self.tr("All %Ln photos are in {}", None, done).format(target)
        stopped = self.tr("Stopped: ") if report.result.cancelled else ""
        return self.tr("{}{} of {} are in {}").format(stopped, grouped(done), photos(ran.photos), target)

    def _detail(self, report: Report) -> str:
        planned = report.planned
        deed = self.tr("moved") if planned.plan.order.move else self.tr("exported")
        said = [summary(report.result, deed) + "."]
        if planned.plan.order.verify and planned.preset.format is None and not planned.plan.order.move:
            said.append(self.tr("Every copy was read back and compared."))
        if report.table is not None:
            said.append(self.tr("Table: {}").format(printable(report.table.name)))
        return " ".join(said)

    # Again

    @Slot()
    def _do_what_is_missing(self) -> None:
        """Plan the same once more. It begins by itself where something was done before that can be completed."""
        self._goes_on = self._report is not None
        self.pages.setCurrentWidget(self.settings)
        self.settings.plan()

    @Slot()
    def _go_on(self) -> None:
        planned, self._goes_on, goes_on = self.settings.planned, False, self._goes_on
        if not goes_on or planned is None:
            return
        if planned.plan.order.move:
            if planned.unfinished is not None:
                self._begin(resumed(planned))
        elif planned.plan.operations and planned.plan.fits:
            self._begin(planned)

    # Leaving

    def reject(self) -> None:
        """Escape and the window's own button: while files are written it asks, in the dry run it goes back."""
        if self.is_running:
            self.working.ask()
        elif self.pages.currentWidget() is self.settings and self.settings.sheets.currentIndex() == 1:
            self.settings.toggle_dry_run()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)
