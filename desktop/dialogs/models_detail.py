"""One model pack: what it can do, where it runs, its card, and what verifying or measuring it says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QProgressBar, QTextBrowser, QVBoxLayout, QWidget

from desktop import style
from desktop.panels.section import labelled
from engine.errors import PackError
from engine.models.device import Device
from engine.models.pack import Pack
from engine.models.tower import Tower

CARD = "CARD.md"
FACES = "faces.onnx"


class PackDetail(QWidget):
    """The right side of the models page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pack: Pack | None = None
        """None for one that cannot be used."""
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(style.font_of(self.font(), self.font().pointSizeF() + 4, bold=True))
        self.meaning = labelled("", "muted", self.tr("What using it means"))
        self.abilities, self.device, self.place = (
            labelled("", "value", name) for name in (self.tr("Gives"), self.tr("Runs on"), self.tr("Folder"))
        )
        self.card = QTextBrowser()
        self.card.setOpenExternalLinks(True)
        self.card.setAccessibleName(self.tr("Card of the pack"))
        self.card.setTabChangesFocus(True)
        self.card.document().setDocumentMargin(12)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.outcome = labelled("", "value", self.tr("Outcome"))
        for label in (self.meaning, self.abilities, self.device, self.place, self.outcome):
            label.setWordWrap(True)
        self._lay_out()
        self.bar.hide()

    def _lay_out(self) -> None:
        facts = QFormLayout()
        facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(4)
        for name, label in (
            (self.tr("Gives"), self.abilities),
            (self.tr("Runs on"), self.device),
            (self.tr("Folder"), self.place),
        ):
            facts.addRow(labelled(name, "muted", name), label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addLayout(facts)
        column.addWidget(self.meaning)
        column.addWidget(self.card, 1)
        column.addWidget(self.bar)
        column.addWidget(self.outcome)

    def show_pack(self, folder: Path, device: Device | None, *, is_used: bool) -> None:
        """Show a pack; `device` is what it runs on, where that is known."""
        self.outcome.clear()
        self.place.setText(str(folder))
        try:
            self.pack = Pack.open(folder)
            abilities = self._abilities(self.pack)
        except PackError as error:
            self._show_broken(folder, str(error))
            return
        self.title.setText(f"{self.pack.name} {self.pack.version}")
        self.abilities.setText(abilities)
        self.show_device(device)
        self.meaning.setText(
            self.tr("This pack scores. What another pack has scored is kept, and counts again when you return to it.")
            if is_used
            else self.tr(
                "Using it scores every shoot anew as it is opened; scores of two packs are never mixed or compared. "
                "Your decisions stay as they are."
            )
        )
        try:
            self.card.setMarkdown(self.pack.read(CARD).decode("utf-8", "replace"))
        except PackError as error:
            self.card.setPlainText(str(error))

    def show_device(self, device: Device | None) -> None:
        """What it runs on; None where it has not run yet."""
        if device is None:
            self.device.setText(self.tr("not known before it has run"))
            return
        self.device.setText(". ".join(filter(None, (device.name, device.note))))
        self.device.setToolTip(device.provider)

    def show_going(self, sentence: str | None, done: int, total: int) -> None:
        """How far something is; without a total nobody knows. None keeps the sentence that stands there."""
        if sentence is not None:
            self.show_outcome(sentence)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.show()

    def show_outcome(self, sentence: str, *, is_bad: bool = False) -> None:
        """What came of it."""
        self.bar.hide()
        self.outcome.setProperty("role", "warning" if is_bad else "value")
        self.outcome.style().polish(self.outcome)
        self.outcome.setText(sentence)
        self.outcome.setAccessibleDescription(sentence)

    def end_going(self, cancelled: str) -> None:
        """Nothing goes on any more; where no outcome was told, it was cancelled."""
        if not self.bar.isHidden():
            self.show_outcome(cancelled)

    def _abilities(self, pack: Pack) -> str:
        parts = [self.tr("scores and likeness")]
        if FACES in pack.files:
            parts.append(self.tr("faces and eyes"))
        if Tower.of(pack) is None:
            parts.append(self.tr("no critiques, no word search"))
        else:
            parts.append(self.tr("written critiques and search by words"))
        return ", ".join(parts)

    def _show_broken(self, folder: Path, sentence: str) -> None:
        self.pack = None
        self.title.setText(folder.name)
        self.abilities.setText(self.tr("nothing: it cannot be used"))
        self.device.setText(self.tr("nothing"))
        self.meaning.setText(
            self.tr("Without a pack photos are shown, measured and culled as ever; scores and suggestions are absent.")
        )
        self.card.setPlainText("")
        self.show_outcome(sentence, is_bad=True)
