"""Rejected photos: out of the way, back, and as the last act to the trash. Each with a preview, and its own result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import style
from desktop.dialogs.deed import DeedPages, in_turn, needed
from desktop.dialogs.drive_line import DriveLine
from desktop.dialogs.operations import OperationsView, below, data_size
from desktop.errand import Errand
from desktop.language import QT_TRANSLATE_NOOP, grouped
from desktop.outcomes import files, photos, photos_done, summary
from desktop.panels.section import labelled
from desktop.rejecting import Act, carrying_out, planning
from desktop.style import TONE
from engine.export.operation import Operation
from engine.export.outcome import Result, Status, Step
from engine.export.rejected import Plan
from engine.report import printable
from engine.types import Photo

SIZE = (860, 560)
ICON = 40
TITLES = {
    Act.MOVE: QT_TRANSLATE_NOOP("rejected", "Move rejected photos to _Rejected"),
    Act.RESTORE: QT_TRANSLATE_NOOP("rejected", "Bring rejected photos back"),
    Act.EMPTY: QT_TRANSLATE_NOOP("rejected", "Empty _Rejected into the trash"),
}
EXPLANATIONS = {
    Act.MOVE: QT_TRANSLATE_NOOP(
        "rejected",
        "They go out of the shoot with all their files, and stay on their drive. Nothing is deleted: "
        "“Bring Rejected Back” in the File menu takes them back, also after a restart.",
    ),
    Act.RESTORE: QT_TRANSLATE_NOOP(
        "rejected",
        "They go back to where they were, with all their files, and stay rejected until you decide otherwise.",
    ),
    Act.EMPTY: QT_TRANSLATE_NOOP(
        "rejected",
        "This is the last act. The files go to the trash of your system, and from there only the system can bring them "
        "back: Chinagraph cannot. What the trash does not take stays where it is.",
    ),
}
NOTHING = {
    Act.MOVE: (
        QT_TRANSLATE_NOOP("rejected", "No photo is rejected."),
        QT_TRANSLATE_NOOP("rejected", "Press X on the photos that shall go out of the way."),
    ),
    Act.RESTORE: (
        QT_TRANSLATE_NOOP("rejected", "_Rejected is empty."),
        QT_TRANSLATE_NOOP("rejected", "There is nothing to bring back in this shoot."),
    ),
    Act.EMPTY: (
        QT_TRANSLATE_NOOP("rejected", "_Rejected is empty."),
        QT_TRANSLATE_NOOP("rejected", "There is nothing to throw away in this shoot."),
    ),
}
ORDERS = {
    Act.MOVE: QT_TRANSLATE_NOOP("rejected", "&Move {}"),
    Act.RESTORE: QT_TRANSLATE_NOOP("rejected", "&Bring {} back"),
    Act.EMPTY: QT_TRANSLATE_NOOP("rejected", "&Put {} into the trash"),
}
AT_WORK = {
    Act.MOVE: QT_TRANSLATE_NOOP("rejected", "Moving {} to _Rejected"),
    Act.RESTORE: QT_TRANSLATE_NOOP("rejected", "Bringing {} back"),
    Act.EMPTY: QT_TRANSLATE_NOOP("rejected", "Putting {} into the trash"),
}
DEEDS = {
    Act.MOVE: QT_TRANSLATE_NOOP("rejected", "moved to _Rejected"),
    Act.RESTORE: QT_TRANSLATE_NOOP("rejected", "brought back"),
    Act.EMPTY: QT_TRANSLATE_NOOP("rejected", "put into the trash"),
}
TWICE = QT_TRANSLATE_NOOP("rejected", "{} Do it all the same?")


class RejectedDialog(QDialog):
    """Nothing is moved before the button is pressed; on a removable drive it is asked a second time."""

    moving = Signal()
    """Originals are about to be moved."""
    moved = Signal()
    """Originals may have been moved: the shoot is to be listed anew."""
    settled = Signal()
    """The plan, or what stands against one, is on the screen."""
    over = Signal()
    """It came to its end, and the dialog says how."""

    def __init__(
        self,
        act: Act,
        folders: Sequence[Path],
        rejects: Sequence[Photo],
        settle: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """`settle` is called on a job's thread, and returns once every sidecar that waits is written."""
        super().__init__(parent)
        self._settle = settle
        self.act = act
        self._folders, self._rejects = tuple(folders), tuple(rejects)
        self._plan: Plan | None = None
        self._result: Result | None = None
        self._was_asked = False
        self._planning = Errand(self)
        self.setWindowTitle(_tr(TITLES[act]))
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        self._build()
        self._lay_out()
        self._connect()
        self.look()

    @property
    def is_running(self) -> bool:
        """Whether files are being moved."""
        return self.pages.is_running

    def stop(self) -> None:
        """End what runs and wait for it. Each photo is then at one place or the other, as a whole."""
        self._planning.stop()
        self.pages.stop()

    # Building

    def _build(self) -> None:
        self.picture = QLabel()
        icon, tone = ("undo", TONE.text) if self.act is Act.RESTORE else ("reject", TONE.text)
        if self.act is Act.EMPTY:
            icon, tone = "unreadable", TONE.warning
        self.picture.setPixmap(style.glyph(icon, ICON, tone, self.devicePixelRatioF()))
        self.title = labelled(self.tr("Looking at the photos…"), "strong", self.tr("What would be done"))
        self.room = labelled("", "muted", self.tr("How much it is"))
        self.explanation = labelled(_tr(EXPLANATIONS[self.act]), "value", self.tr("What that means"))
        self.problems = labelled("", "warning", self.tr("What stays where it is"))
        self.question = labelled("", "warning", self.tr("Asked a second time"))
        for label in (self.title, self.room, self.explanation, self.problems, self.question):
            label.setWordWrap(True)
        self.list = OperationsView(self.tr("Every file that would be moved"), self._shown_target)
        advice = self.tr("Then retry, or close this: nothing has been moved.")
        self.drive = DriveLine(self._planning, lambda: needed(self._folders), advice)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.do = QPushButton()
        self.do.setProperty("role", "main")
        self.do.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        for widget in (self.title, self.room):
            words.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.question, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.do)
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.explanation)
        column.addWidget(self.list, 1)
        column.addWidget(self.problems)
        column.addWidget(self.drive)
        column.addStretch(0)
        column.addLayout(buttons)
        self.pages = DeedPages(preview)
        self.working, self.outcome = self.pages.working, self.pages.outcome
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.pages)
        # Enter does not throw anything away by itself: the trash wants the button to be gone to.
        (self.cancel if self.act is Act.EMPTY else self.do).setDefault(True)

    def _connect(self) -> None:
        self._planning.stepped.connect(self._show_plan)
        self._planning.failed.connect(self._show_trouble)
        self.drive.retry_wanted.connect(self._retry)
        self.pages.stepped.connect(self._show_step)
        self.pages.ended.connect(self._show_outcome)
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self._act)
        self.outcome.again_wanted.connect(self.look)
        self.outcome.closed.connect(self.accept)

    # The preview

    @Slot()
    def look(self) -> None:
        """Look at what would be done; nothing is touched."""
        self._plan, self._was_asked = None, False
        self._say(self.question, "")
        self._say(self.problems, "")
        self.do.hide()
        self.pages.setCurrentIndex(0)
        act, folders, rejects, settle = self.act, self._folders, self._rejects, self._settle
        # What a killed program was at is brought to its end first.
        self._planning.start(partial(in_turn, lambda _control: planning(act, folders, rejects, settle), folders))

    @Slot()
    def _retry(self) -> None:
        self._planning.leave()
        self.look()

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self._plan = plan
        count = len({operation.photo for operation in plan.operations})
        self.list.operations.load(plan.operations)
        self.list.setVisible(bool(plan.operations))
        self.explanation.setVisible(bool(plan.operations))
        self._say(self.problems, "\n".join(map(printable, plan.problems)))
        self.do.setVisible(bool(plan.operations))
        if plan.operations:
            self.title.setText(self.windowTitle() + f": {photos(count)}")
            size = sum(operation.stamp.size for operation in plan.operations)
            homes = sorted(set(plan.homes.values()))
            short = ", ".join(printable(f"{home.parent.name}/{home.name}") for home in homes)
            self.room.setText(f"{files(len(plan.operations))}, {data_size(size)} · {short}")
            self.room.setToolTip("\n".join(printable(str(home)) for home in homes))
            self.do.setText(_tr(ORDERS[self.act]).format(photos(count)))
            (self.cancel if self.act is Act.EMPTY else self.do).setFocus()
        else:
            title, hint = NOTHING[self.act]
            self.title.setText(_tr(title))
            self.room.setText(_tr(hint) if not plan.problems else "")
        self.settled.emit()

    @Slot(str)
    def _show_trouble(self, sentence: str) -> None:
        self.title.setText(self.tr("This cannot be done now"))
        self._say(self.problems, sentence)
        self.settled.emit()

    def _shown_target(self, operation: Operation) -> str:
        if self.act is Act.EMPTY:
            return self.tr("the system's trash")
        home = None if self._plan is None else self._plan.homes.get(operation.photo)
        return str(operation.target) if home is None else below(home.parent, operation.target)

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    # The act

    @Slot()
    def _act(self) -> None:
        plan = self._plan
        if plan is None:
            return
        if plan.asks_twice is not None and not self._was_asked:
            self._was_asked = True
            self._say(self.question, _tr(TWICE).format(plan.asks_twice))
            self.do.setText(self.tr("Yes, do it"))
            self.cancel.setDefault(True)
            self.cancel.setFocus()
            return
        self._result = None
        count = photos(len({operation.photo for operation in plan.operations}))
        question = self.tr("Stop here? Each photo stays where it is now, with all its files.")
        self.pages.turn_to_work(_tr(AT_WORK[self.act]).format(count), question, self._folders)
        self.moving.emit()
        self.pages.start(partial(carrying_out, self.act, plan, self._settle))

    @Slot(object)
    def _show_step(self, step: Step) -> None:
        self.working.show_step(step)
        if step.result is not None:
            self._result = step.result

    @Slot()
    def _show_outcome(self) -> None:
        result, plan = self._result, self._plan
        homes = sorted(set(plan.homes.values())) if plan is not None else []
        folder = homes[0] if homes and self.act is Act.MOVE else self._folders[0]
        if result is None:
            self.outcome.show_failure(self.tr("This could not be done to its end"), self.pages.failure, folder)
        else:
            notes = (self.pages.failure,) if self.pages.failure else ()
            self.outcome.show_result(self._headline(result), self._detail(result), result, folder, notes)
        if result is not None:
            gone = {outcome.operation.photo for outcome in result.having(Status.DONE)}
            self._rejects = tuple(photo for photo in self._rejects if photo.path not in gone)
        self.pages.setCurrentWidget(self.outcome)
        self.moved.emit()
        self.over.emit()

    def _headline(self, result: Result) -> str:
        """ "12 photos moved to _Rejected", "Stopped: 3 of 12 photos brought back" """
        done, every = photos_done(result), len({outcome.operation.photo for outcome in result.outcomes})
        deed = _tr(DEEDS[self.act])
        if done == every:
            return self.tr("{} {}").format(photos(done), deed)
        stopped = self.tr("Stopped: ") if result.cancelled else ""
        return self.tr("{}{} of {} {}").format(stopped, grouped(done), photos(every), deed)

    def _detail(self, result: Result) -> str:
        said = [summary(result, _tr(DEEDS[self.act])) + "."]
        if self.act is Act.MOVE and result.outcomes:
            said.append(self.tr("File > Bring Rejected Back takes them back."))
        return " ".join(said)

    # Leaving

    def reject(self) -> None:
        """Escape and the window's own button: while files are moved it asks."""
        if self.is_running:
            self.working.ask()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rejected", text)
