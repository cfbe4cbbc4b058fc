"""What is known of a photo as a block of labels and values in the corner of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop import style
from desktop.language import decimal
from desktop.panels.exif import lines_of, source_words
from desktop.panels.readings import GROUPS, format_value, group_of, is_claimed, judge, judged_words, title_of
from desktop.style import TONE
from desktop.views.wording import describe_exposure
from engine.types import Card, Reading

OPACITY = 195
"""Of the plate, of 255: on white it is still dark enough for the muted labels (WCAG 2.1, 1.4.3: 4.5 to 1)."""
WIDTH, HEIGHT = 0.7, 0.6
"""Shares of a pane, which the block takes at most."""
WIDEST = 400
MOST_OFF = 4
"""Readings that are named: those of the subject come first."""
LEAST_VALUE = 150
"""Values that have less room stand without their labels."""
MARGIN = 10
"""From the corner of the picture's area."""
_PAD = QSizeF(10, 7)
_LEADING = 2
_GAP = 12
_DOT = " · "
_ARROWS = {"below normal": "\N{DOWNWARDS ARROW}", "above normal": "\N{UPWARDS ARROW}"}


class Information(StrEnum):
    """How much is said of the photos in Loupe and Compare."""

    LINE = "line"
    """The line below."""
    DETAILS = "details"
    """The line, and a block over the photo."""
    NOTHING = "nothing"
    """The photo has all the room."""

    @property
    def following(self) -> Information:
        """What comes next, round and round."""
        ways = list(Information)
        return ways[(ways.index(self) + 1) % len(ways)]


@dataclass(frozen=True, slots=True)
class Detail:
    """A label and a value."""

    label: str
    """Empty where the one above it holds."""
    value: str
    spoken: str = ""
    """The value for people who listen to the screen, where it is not the same."""
    is_off: bool = False
    """Whether it is a reading that one would remark on."""
    is_name: bool = False
    """A name is shortened in its middle: its end tells it from others."""


@dataclass(frozen=True, slots=True)
class Block:
    """Details as they fit into an area; device-independent pixels."""

    plate: QRectF
    details: tuple[Detail, ...]
    labels: float
    """Width of the column of labels with the gap after it; 0 where there is none."""
    line: float
    """Height of a line."""
    font: QFont


def details_of(card: Card, readings: Mapping[str, Reading], *, scores_hidden: bool) -> list[Detail]:
    """What is known, the most wanted first; `readings` are those of the card and what was seen since."""
    known = dict(lines_of(card))
    plain = describe_exposure(replace(card.metadata, focal_length=None))
    rows = (
        Detail(_tr("File"), known["File"], is_name=True),
        Detail(_tr("Taken"), "" if card.captured is None else card.captured.strftime("%Y-%m-%d %H:%M:%S")),
        Detail(_tr("Size"), known.get("Size", "")),
        Detail(_tr("Exposure"), ", ".join(filter(None, (plain, known.get("Bias"))))),
        Detail(_tr("Camera"), known.get("Camera", "")),
        Detail(_tr("Lens"), ", ".join(filter(None, (known.get("Focal length"), known.get("Lens"))))),
        Detail(_tr("Base score"), "" if scores_hidden else _score(card)),
        *_off(readings),
    )
    return [row for row in rows if row.value]


def _score(card: Card) -> str:
    """ "7.4 ± 0.9 · #3 · embedded preview": what was looked at tells what is to be thought of it."""
    verdict = card.verdict
    if verdict is None:
        return ""
    parts = [f"{decimal(verdict.score)} \N{PLUS-MINUS SIGN} {decimal(verdict.spread)}"]
    if card.rank is not None:
        parts.append(f"#{card.rank}")
    if verdict.approximate:
        parts.append(_tr("thumbnail"))
    elif card.source is not None:
        parts.append(source_words(card.source))
    if verdict.unfamiliar:
        parts.append(_tr("unfamiliar"))
    return _DOT.join(parts)


def _off(readings: Mapping[str, Reading]) -> Iterator[Detail]:
    order = list(GROUPS)
    found = [reading for reading in readings.values() if is_claimed(reading) and judge(reading) != "normal"]
    found.sort(key=lambda reading: order.index(group_of(reading.name)))
    label = _tr("Off")
    for reading in found[:MOST_OFF]:
        title = title_of(reading)
        if group_of(reading.name) == "Subject":
            title = _tr("{} of the subject").format(title)
        shown = f"{title} {format_value(reading)}"
        yield Detail(label, f"{shown} {_ARROWS[judge(reading)]}", f"{shown}, {judged_words(reading)}", is_off=True)
        label = ""
    if len(found) > MOST_OFF:
        yield Detail("", _tr("%Ln more", len(found) - MOST_OFF), is_off=True)


def spoken_details(details: Sequence[Detail]) -> str:
    """The same for people who listen to the screen."""
    said = ((detail.label, detail.spoken or detail.value) for detail in details)
    return "; ".join(f"{label}: {value}" if label else value for label, value in said)


def lay_out(details: Sequence[Detail], base: QFont, area: QRectF) -> Block | None:
    """The block in the upper left corner of an area, without the last details where it would cover too much; None for
    an area in which not even the first has room."""
    font = style.font_of(base, base.pointSizeF() - 1)
    metrics = QFontMetrics(font)
    line = metrics.height() + _LEADING
    count = int((HEIGHT * area.height() - 2 * _PAD.height() + _LEADING) // line)
    shown = tuple(details[: max(count, 0)])
    if not shown:
        return None
    most = min(WIDTH * area.width(), WIDEST) - 2 * _PAD.width()
    labels = max(metrics.horizontalAdvance(detail.label) for detail in shown) + float(_GAP)
    if most - labels < LEAST_VALUE:
        labels = 0.0
    # A pixel more: Qt rounds the width of a text down where it draws it with fractions.
    values = max(metrics.horizontalAdvance(detail.value) for detail in shown) + 1.0
    width = min(labels + values, most) + 2 * _PAD.width()
    height = len(shown) * line - _LEADING + 2 * _PAD.height()
    return Block(QRectF(area.left() + MARGIN, area.top() + MARGIN, width, height), shown, labels, line, font)


def paint_details(painter: QPainter, block: Block) -> None:
    """Paint a block, readable over every photo."""
    painter.save()
    painter.setFont(block.font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, OPACITY))
    painter.drawRoundedRect(block.plate, 4, 4)
    metrics = painter.fontMetrics()
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    inner = block.plate.adjusted(_PAD.width(), _PAD.height(), -_PAD.width(), 0)
    room = int(inner.width() - block.labels)
    for number, detail in enumerate(block.details):
        row = QRectF(inner.left(), inner.top() + number * block.line, inner.width(), block.line - _LEADING)
        if block.labels:
            painter.setPen(QColor(TONE.muted))
            painter.drawText(row, flags, detail.label)
        mode = Qt.TextElideMode.ElideMiddle if detail.is_name else Qt.TextElideMode.ElideRight
        painter.setPen(QColor(TONE.warning if detail.is_off else TONE.text))
        painter.drawText(row.adjusted(block.labels, 0, 0, 0), flags, metrics.elidedText(detail.value, mode, room))
    painter.restore()


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("details", text, None, count)
