"""What the pack's tower says of the active photo: sentences, what was measured for each, and both scores."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import style
from desktop.language import QT_TRANSLATE_NOOP, decimal
from desktop.panels.readings import format_range, format_value, title_of
from desktop.panels.section import labelled, set_role
from desktop.style import TONE
from engine.critic import Written
from engine.types import Card, Evidence, Polarity, Reading, Sentence

SIGN = 14
SIGNS = {
    Polarity.PRAISE: ("praise", TONE.muted, QT_TRANSLATE_NOOP("critique", "Praise")),
    Polarity.FAULT: ("unreadable", TONE.warning, QT_TRANSLATE_NOOP("critique", "Fault")),
    Polarity.ADVICE: ("advice", TONE.accent, QT_TRANSLATE_NOOP("critique", "Advice")),
}
"""Icon, colour and name of each polarity."""


class SentenceRow(QWidget):
    """One sentence with its sign; below it what was measured, as a button where a part of the picture is meant."""

    region_wanted = Signal(object)
    """Region: light this part of the picture up."""

    def __init__(self, sentence: Sentence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = sentence
        icon, colour, kind = SIGNS[sentence.polarity]
        sign = QLabel()
        sign.setPixmap(style.glyph(icon, SIGN, colour, self.devicePixelRatioF()))
        sign.setToolTip(_tr(kind))
        sign.setAccessibleName(_tr(kind))
        self.text = _wrapped(labelled(sentence.text, "value", _tr(kind)))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        self.chip = self._chip()
        if self.chip is not None:
            below = QHBoxLayout()
            below.setContentsMargins(SIGN + 8, 0, 0, 0)
            below.addWidget(self.chip, isinstance(self.chip, QLabel))
            below.addStretch(isinstance(self.chip, QPushButton))
            column.addLayout(below)

    def _chip(self) -> QPushButton | QLabel | None:
        sentence = self.sentence
        words = None if sentence.evidence is None else measured(sentence.evidence)
        if sentence.region is None:
            return None if words is None else _wrapped(labelled(words, "muted", self.tr("Measured")))
        # A button breaks no lines by itself, and its longest words would make the whole panel wider than its place.
        button = QPushButton(self.tr("Show where") if words is None else ",\n".join(words.rsplit(", ", 1)))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Light up the part of the picture that is meant"))
        button.setAccessibleDescription(sentence.text)
        button.clicked.connect(self._want_region)
        return button

    def _want_region(self) -> None:
        self.region_wanted.emit(self.sentence.region)


class CritiquePanel(QWidget):
    """The critique of one photo, or what stands against it."""

    region_wanted = Signal(object)
    """Region"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scores = labelled("", "muted", self.tr("Both scores"))
        self.note = labelled("", "muted", self.tr("Note"))
        self.note.setWordWrap(True)
        self.rows: list[SentenceRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(9)
        self._column.addWidget(self.scores)
        self._column.addWidget(self.note)

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())

    def show_written(self, card: Card, written: Written | None, *, scores_hidden: bool) -> None:
        """Show what was said of `card`; None while it is being written."""
        found = None if written is None else written.critique
        self.scores.setVisible(found is not None and card.verdict is not None and not scores_hidden)
        if found is not None and card.verdict is not None:
            self.scores.setText(
                self.tr("VILA {} beside the base score {}").format(decimal(found.score), decimal(card.verdict.score))
            )
        self._show_note(written)
        self._show_sentences(() if found is None else found.sentences)

    def _show_note(self, written: Written | None) -> None:
        error = None if written is None else written.error
        is_silent = written is not None and written.critique is not None and not written.critique.sentences
        silent = self.tr("Nothing that could be said stood up to what was measured.") if is_silent else ""
        self.note.setText(error or (self.tr("Looking at the photo…") if written is None else silent))
        set_role(self.note, "warning" if error else "muted")
        self.note.setVisible(bool(self.note.text()))

    def _show_sentences(self, sentences: tuple[Sentence, ...]) -> None:
        if tuple(row.sentence for row in self.rows) == sentences:
            return
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = [SentenceRow(sentence, self) for sentence in sentences]
        for row in self.rows:
            row.region_wanted.connect(self.region_wanted)
            self._column.addWidget(row)


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def measured(evidence: Evidence) -> str:
    """ "Noise 8.1, normal 0 to 5" """
    reading = Reading(evidence.name, evidence.value, evidence.unit, evidence.normal, None, 1.0)
    return _tr("{} {}, normal {}").format(title_of(reading), format_value(reading), format_range(reading))


def _tr(text: str) -> str:
    return QCoreApplication.translate("critique", text)
