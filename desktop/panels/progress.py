"""The strip at the top: the shoot and its counts on the left, what is being done to it on the right."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from desktop import style
from desktop.language import decimal, grouped
from desktop.session import Session
from desktop.style import TONE
from engine.types import Flag, Phase, Progress

ICON = 15
HEIGHT = 42
"""The same in every state, so that nothing below jumps."""


class Figure(QWidget):
    """An icon and a number with its word."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        picture, self._number = QLabel(), QLabel("0")
        picture.setPixmap(style.glyph(icon, ICON, TONE.muted, self.devicePixelRatioF()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(picture)
        row.addWidget(self._number)
        self.show_number(0)

    def rename(self, name: str) -> None:
        """Have another word before the next number."""
        self._name = name

    def show_number(self, number: int, of: int | None = None) -> None:
        """Show how many there are, and how many there shall be."""
        shown = f"{self._name} {grouped(number)}"
        self._number.setText(shown if of is None else f"{shown}/{grouped(of)}")
        self.setAccessibleName(self._number.text())


class ProgressStrip(QWidget):
    """Phase, n of N, rate, time left, pause, what cannot be read, and where the student runs."""

    failures_wanted = Signal()

    def __init__(self, session: Session, pause: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setFont(style.font_of(self.font(), self.font().pointSizeF() + 1, bold=True))
        self.photos = QLabel()
        self.picks = Figure("pick", self.tr("Pick"))
        self.rejects = Figure("reject", self.tr("Reject"))
        self.unseen = Figure("eye-closed", self.tr("Unseen"))
        self.unseen.setToolTip(self.tr("Neither looked at in the loupe nor decided about"))
        self.chosen = Figure("chosen", self.tr("Selected"))
        self.chosen.setToolTip(self.tr("A mark asks whether it means all of them"))
        self.phase = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedSize(140, 12)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of scoring"))
        self.pause = QToolButton()
        self.pause.setDefaultAction(pause)
        self.pause.setAccessibleName(self.tr("Pause or resume scoring"))
        self.failures = QToolButton()
        self.failures.setIcon(style.icon("unreadable", TONE.warning))
        self.failures.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.failures.clicked.connect(self.failures_wanted)
        self.device = QLabel()
        self.device.setProperty("role", "muted")
        for control in (self.pause, self.failures):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self._listen(session)
        self._show_run(False)
        self.count()
        self.count_chosen()

    def _lay_out(self) -> None:
        self.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.setSpacing(14)
        left: tuple[QWidget, ...] = (self.name, self.photos, self.picks, self.rejects, self.unseen, self.chosen)
        right: tuple[QWidget, ...] = (self.phase, self.bar, self.pause, self.failures, self.device)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)

    def _listen(self, session: Session) -> None:
        session.opening.connect(self._show_opening)
        session.opened.connect(self._show_waiting)
        session.progressed.connect(self._show_progress)
        session.ended.connect(self._show_end)
        session.unusable.connect(self._show_end)
        session.pause_changed.connect(self._show_pause)
        session.search.progressed.connect(self._show_looking)
        session.search.ended.connect(self._end_looking)
        session.device_found.connect(self._show_device)
        session.model.counted.connect(self.count)
        session.choosing.goal_changed.connect(self.count)
        session.preferences.changed.connect(self.count)
        session.selection.selectionChanged.connect(self.count_chosen)
        session.model.layoutChanged.connect(self.count_chosen)
        session.model.modelReset.connect(self.count_chosen)

    @Slot()
    def count(self) -> None:
        """Show the counts of the shoot."""
        counts = self._session.model.counts()
        photos = self.tr("%Ln photos", None, counts.photos)
        self.photos.setText(photos)
        goal = self._session.choosing.goal
        least = self._session.settings.keeper_stars
        self.picks.rename(self.tr("Keep") if least else self.tr("Pick"))
        self.picks.setToolTip(self.tr("Picks, and photos with {} stars or more").format(least) if least else "")
        self.picks.show_number(counts.keepers(least), None if goal is None else goal.count)
        self.rejects.show_number(counts.flags.get(Flag.REJECT, 0))
        self.unseen.show_number(counts.unseen)
        for widget in (self.photos, self.picks, self.rejects, self.unseen):
            widget.setVisible(counts.photos > 0)
        self.failures.setVisible(counts.unreadable > 0)
        self.failures.setText(self.tr("{} unreadable").format(grouped(counts.unreadable)))
        self.failures.setAccessibleName(self.tr("%Ln unreadable photos, show why", None, counts.unreadable))
        self.failures.setToolTip(self.tr("Show each file with its reason"))

    @Slot()
    def count_chosen(self) -> None:
        """Show how many photos are selected where they are more than one: a mark then means them."""
        chosen = self._session.place.chosen_count
        self.chosen.show_number(chosen)
        self.chosen.setVisible(chosen > 1)

    @Slot(object)
    def _show_opening(self, folders: tuple[Path, ...]) -> None:
        self.name.setText(shoot_name(folders))
        self.name.setToolTip("\n".join(_printable(str(folder)) for folder in folders))
        self._show_run(True)
        self.bar.setRange(0, 0)
        self._say(self.tr("Reading the folder"))

    @Slot(object)
    def _show_waiting(self, _shoot: QObject) -> None:
        self._say(self.tr("Preparing to score"))

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self._show_run(progress.phase is not Phase.FINISHED)
        self.bar.setRange(0, max(progress.total, 1))
        self.bar.setValue(progress.done)
        self._say(self._wording(progress))

    @Slot(object)
    def _show_looking(self, progress: Progress) -> None:
        """The tower looks at photos for a search; where the shoot is scored meanwhile, that is what is told of."""
        if self._session.is_running:
            return
        is_under_way = progress.phase is not Phase.FINISHED and progress.done < progress.total
        self.phase.setVisible(is_under_way)
        self.bar.setVisible(is_under_way)
        self.bar.setRange(0, max(progress.total, 1))
        self.bar.setValue(progress.done)
        self._say(self._wording(progress))

    @Slot()
    def _end_looking(self) -> None:
        if not self._session.is_running:
            self._show_run(False)

    @Slot()
    def _show_end(self) -> None:
        self._show_run(False)

    @Slot(bool)
    def _show_pause(self, paused: bool) -> None:
        if paused:
            self._say(self.tr("Paused"))

    @Slot(str)
    def _show_device(self, device: str) -> None:
        self.device.setText(device or self.tr("No scores"))
        self.device.setAccessibleName(self.tr("Scored on {}").format(device) if device else self.tr("No scores"))
        self.device.setToolTip(self.tr("Where photos are scored"))

    def _show_run(self, running: bool) -> None:
        for widget in (self.phase, self.bar, self.pause):
            widget.setVisible(running)

    def _say(self, text: str) -> None:
        self.phase.setText(text)
        self.phase.setAccessibleName(text)

    def _wording(self, progress: Progress) -> str:
        """ "Scoring 620 of 1,000 · 41/s · 1:40 left" """
        if self._session.is_paused:
            phase = self.tr("Paused")
        else:
            phase = {
                Phase.LISTING: self.tr("Reading the folder"),
                Phase.SCORING: self.tr("Scoring"),
                Phase.COMPARING: self.tr("Comparing bursts"),
                Phase.SEEING: self.tr("Looking for words in"),
                Phase.RANKING: self.tr("Ranking"),
                Phase.EXPORTING: self.tr("Exporting"),
                Phase.MOVING: self.tr("Moving rejected photos"),
                Phase.FINISHED: self.tr("Ranked"),
            }[progress.phase]
        parts = [self.tr("{} {} of {}").format(phase, grouped(progress.done), grouped(progress.total))]
        if progress.rate is not None and not self._session.is_paused:
            parts.append(self.tr("{}/s").format(decimal(progress.rate, 0 if progress.rate >= 10 else 1)))
        if progress.seconds_left is not None and not self._session.is_paused:
            parts.append(self.tr("{} left").format(clock(progress.seconds_left)))
        return " · ".join(parts)


def clock(seconds: float) -> str:
    """Minutes and seconds, "1:40"; with hours, "1:02:05"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def shoot_name(folders: tuple[Path, ...]) -> str:
    """What a shoot is called: its folder, and how many more there are."""
    if not folders:
        return ""
    # Only the name counts, and the drive is not asked for it: it may not answer.
    name = _printable(Path(os.path.normpath(folders[0].absolute())).name or str(folders[0]))
    return name if len(folders) == 1 else f"{name} +{len(folders) - 1}"


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
