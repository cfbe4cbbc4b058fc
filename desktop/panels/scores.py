"""What the model says of the active photo: score, spread, rank and distribution."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.language import QT_TRANSLATE_NOOP, decimal, grouped
from desktop.panels.section import labelled
from desktop.views.chart import DistributionChart
from desktop.views.wording import describe_group
from engine.types import Card

UNFAMILIAR = QT_TRANSLATE_NOOP("scores", "Unlike the photos that the model learned from: its score means little here.")


class ScorePanel(QWidget):
    """The base score as a number with its spread, the distribution behind it, the rank and the burst."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score = labelled("", "score", self.tr("Base score"))
        self.spread = labelled("", "muted", self.tr("Spread of the base score"))
        self.rank = labelled("", "value", self.tr("Rank"))
        self.rank.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self.note = labelled("", "muted", self.tr("Note"))
        self.note.setWordWrap(True)
        self.group = labelled("", "value", self.tr("Group"))
        self.chart = DistributionChart(self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.score, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.spread, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.rank, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.chart)
        layout.addWidget(self.group)
        layout.addWidget(self.note)

    def show_card(self, card: Card, group_size: int, total: int, *, scores_hidden: bool) -> None:
        """`total` is the number of ranked photos that the rank is one of."""
        verdict = None if scores_hidden else card.verdict
        for widget in (self.score, self.spread, self.rank, self.chart):
            widget.setVisible(verdict is not None)
        if verdict is not None:
            self.score.setText(decimal(verdict.score))
            self.spread.setText(f"\N{PLUS-MINUS SIGN} {decimal(verdict.spread)}")
            self.rank.setText(
                "" if card.rank is None else self.tr("#{} of {}").format(grouped(card.rank), grouped(total))
            )
        self.chart.show_verdict(verdict)
        group = describe_group(card, group_size, scores_hidden=scores_hidden)
        self.group.setText(group or "")
        self.group.setVisible(group is not None)
        note = _absence(card, scores_hidden) if verdict is None else _tr(UNFAMILIAR) if verdict.unfamiliar else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))


def _absence(card: Card, scores_hidden: bool) -> str:
    """Why there is no score to see."""
    if card.error is not None:
        return _tr("No score: the photo cannot be read.")
    if scores_hidden:
        return _tr("Scores are hidden. Press H to show them.")
    return _tr("Not scored yet.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("scores", text)
