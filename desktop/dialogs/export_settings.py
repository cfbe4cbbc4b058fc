"""The first page of the export dialog: what is set, beside a plan that follows it; and the dry run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop import style
from desktop.dialogs.drive_line import DriveLine
from desktop.dialogs.export_form import ExportForm
from desktop.dialogs.export_presets import PresetBar
from desktop.dialogs.export_preview import ExportPreview
from desktop.dialogs.operations import OperationsView, below
from desktop.errand import Errand
from desktop.export_presets import Presets, Which
from desktop.exporting import Material, Planned, Planner, resumed
from desktop.outcomes import files, photos, plan_text
from desktop.panels.section import labelled
from engine.errors import StoreError
from engine.export.operation import Operation
from engine.judge.keepers import is_keeper

PLAN_MS = 150
"""What is set has to rest this long before it is planned."""
SLOW_MS = 300
"""A plan that takes longer says that it is being made; before, the one that stands there is not disturbed."""
FORM_WIDTH = 456


class ExportSettings(QWidget):
    """Nothing is written here. Plans are made on a job's thread; the last thing that was set counts."""

    export_wanted = Signal(object)
    """Planned: do it."""
    cancelled = Signal()
    settled = Signal()
    """The plan for what is set, or what stands against one, is on the screen."""

    def __init__(self, gather: Callable[[], Material], presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gather = gather
        self._presets = presets
        self.material = gather()
        self.planned: Planned | None = None
        self._planner = Planner()
        self._planning = Errand(self)
        self._is_stale = False
        self._resting, self._slow = QTimer(self), QTimer(self)
        for timer, interval in ((self._resting, PLAN_MS), (self._slow, SLOW_MS)):
            timer.setSingleShot(True)
            timer.setInterval(interval)
        self._build()
        self._lay_out()
        self._connect()
        self.form.show_preset(presets.last)

    # Building

    def _build(self) -> None:
        self.presets = PresetBar(self._presets)
        self.form = ExportForm(_counts(self.material), self._presets.recent, self.material.settings.keeper_stars)
        self.preview = ExportPreview()
        self.plan_list = OperationsView(self.tr("Every file of this export"), self._shown_target)
        self.plan_title = labelled("", "strong", self.tr("The plan"))
        self.copy_plan = QPushButton(self.tr("Copy the &plan"))
        self.trouble = labelled("", "warning", self.tr("What went wrong"))
        self.trouble.setWordWrap(True)
        self._say("\n".join(self._presets.warnings))
        advice = self.tr("Then retry, name another folder, or close this: nothing has been written.")
        self.drive = DriveLine(self._planning, self._folders, advice)
        self.dry_run = QPushButton()
        self.cancel = QPushButton(self.tr("Cancel"))
        self.export = QPushButton(style.icon("export"), "")
        self.export.setProperty("role", "main")

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        scroll.setFixedWidth(FORM_WIDTH)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(scroll)
        sides.addWidget(self.preview, 1)
        settings, head = QWidget(), QHBoxLayout()
        _column(settings, 12, self.presets, sides)
        head.addWidget(self.plan_title, 1)
        head.addWidget(self.copy_plan)
        dry_run = QWidget()
        _column(dry_run, 10, head, self.plan_list)
        self.sheets = QStackedWidget()
        for sheet in (settings, dry_run):
            self.sheets.addWidget(sheet)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.dry_run)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.export)
        _column(self, 12, self.sheets, self.trouble, self.drive, buttons)

    def _connect(self) -> None:
        self.presets.chosen.connect(self.form.show_preset)
        self.presets.failed.connect(self._say)
        self.form.changed.connect(self.plan)
        self.preview.resume_wanted.connect(self._resume)
        self._resting.timeout.connect(self._start_planning)
        self._slow.timeout.connect(self.preview.show_waiting)
        self.settled.connect(self._slow.stop)
        self._planning.stepped.connect(self._show_planned)
        self._planning.failed.connect(self._show_trouble)
        self._planning.ended.connect(self._catch_up)
        self.drive.fell_silent.connect(self._catch_up)
        self.drive.retry_wanted.connect(self._retry)
        self.dry_run.clicked.connect(self.toggle_dry_run)
        self.copy_plan.clicked.connect(self._copy_plan)
        self.cancel.clicked.connect(self.cancelled)
        self.export.clicked.connect(self._export)

    # Planning

    @Slot()
    def renew(self) -> None:
        """The shoot has changed: plan with it as it stands now."""
        self.material = self._gather()
        self.plan()

    @Slot()
    def plan(self) -> None:
        """Plan what is set, as soon as it rests."""
        self._take(None)
        self.presets.follow(self.form.preset)
        self._resting.start()

    def stop(self) -> None:
        """Plan nothing any more."""
        self._resting.stop()
        self._slow.stop()
        self._planning.stop()

    @Slot()
    def _start_planning(self) -> None:
        preset, target, material = self.form.preset, self.form.target, self.material
        if self.drive.is_silent:
            self._leave_plan()
        if self._planning.is_running:
            self._is_stale = True
        elif self.form.template_error:
            self._show_trouble(self.tr("There are no names for the copies: the template on the left says why."))
        elif target is None:
            words = self.tr("Name a folder outside of the shoot. One that is not there will be made.")
            self.preview.show_trouble(self.tr("Where to?"), words)
            self.settled.emit()
        else:
            self._slow.start()
            self._planning.start(lambda _control: self._planner.steps(preset, target, material))

    @Slot()
    def _catch_up(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._start_planning()

    @Slot()
    def _retry(self) -> None:
        self._leave_plan()
        self._start_planning()

    def _leave_plan(self) -> None:
        """Another plan is made meanwhile, by a planner of its own."""
        self._planning.leave()
        self._planner = Planner()

    def _folders(self) -> tuple[Path, ...]:
        """Those that a plan asks."""
        target = self.form.target
        return self.material.folders if target is None else (*self.material.folders, target)

    @Slot(object)
    def _show_planned(self, planned: Planned) -> None:
        if self._is_outdated:
            return
        self._take(planned)
        self.preview.show_planned(planned)
        self.plan_list.operations.load(planned.plan.operations)
        size = files(len(planned.plan.operations))
        self.plan_title.setText(self.tr("Dry run: {} to {}").format(size, planned.plan.order.target))
        self.settled.emit()

    @Slot(str)
    def _show_trouble(self, sentence: str) -> None:
        if not self._is_outdated:
            self.preview.show_trouble(sentence)
            self.settled.emit()

    @property
    def _is_outdated(self) -> bool:
        """Whether something was set since the plan that arrives was begun."""
        return self._is_stale or self._resting.isActive()

    def _take(self, planned: Planned | None) -> None:
        """Offer what the plan allows."""
        self.planned = planned
        can = planned is not None and bool(planned.plan.operations)
        self.export.setEnabled(can and planned is not None and planned.plan.fits)
        count = photos(planned.photos) if can and planned is not None else ""
        move = self.form.preset.move
        self.export.setText((self.tr("&Move {}") if move else self.tr("&Export {}")).format(count).strip())
        self.dry_run.setEnabled(can or self.sheets.currentIndex() == 1)
        self.dry_run.setText(self.tr("Back to the &settings") if self.sheets.currentIndex() else self.tr("Dry r&un"))

    # What the user does

    @Slot()
    def toggle_dry_run(self) -> None:
        """Show every file of the plan, or the settings again."""
        self.sheets.setCurrentIndex(1 - self.sheets.currentIndex())
        self._take(self.planned)
        (self.plan_list if self.sheets.currentIndex() else self.dry_run).setFocus()

    @Slot()
    def _copy_plan(self) -> None:
        if self.planned is not None:
            QGuiApplication.clipboard().setText(plan_text(self.planned.plan.operations, self.planned.plan.problems))

    @Slot()
    def _export(self) -> None:
        """Remember what is set, and go."""
        planned = self.planned
        if planned is None:
            return
        try:
            self._presets.use(planned.preset, str(planned.plan.order.target))
        except (StoreError, UnicodeEncodeError) as error:
            self._say(str(error))
        self.export_wanted.emit(planned)

    @Slot()
    def _resume(self) -> None:
        if self.planned is not None:
            self.export_wanted.emit(resumed(self.planned))

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _shown_target(self, operation: Operation) -> str:
        target = None if self.planned is None else self.planned.plan.order.target
        return str(operation.target) if target is None else below(target, operation.target)


def _column(holder: QWidget, spacing: int, *parts: QWidget | QHBoxLayout) -> None:
    """Parts below each other; the highest one takes what room there is by its own policy."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)


def _counts(material: Material) -> dict[Which, int]:
    """How many photos there are of each sort that is counted at once."""
    least = material.settings.keeper_stars
    keepers = sum(is_keeper(decision, least) for decision in material.decisions.values())
    return {Which.PICKS: keepers, Which.SELECTED: len(material.selected), Which.SHOWN: len(material.shown)}
