"""The histogram of the active photo: red, green and blue, and what is clipped at either end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import histogram
from desktop.histogram import CHANNELS, Histogram
from desktop.language import QT_TRANSLATE_NOOP, decimal
from desktop.panels.section import labelled
from desktop.picture import Picture
from desktop.screen_image import rgb
from desktop.style import TONE

HEIGHT = 92
TONES = ("#aa3c3c", "#3caa3c", "#3c3caa")
"""Red, green and blue: where all three overlap they add up to a neutral grey."""
TOLD_FROM = 0.0005
"""Clipped shares below are called none."""

NAMES = {
    "red": QT_TRANSLATE_NOOP("histogram", "red"),
    "green": QT_TRANSLATE_NOOP("histogram", "green"),
    "blue": QT_TRANSLATE_NOOP("histogram", "blue"),
}
"""What the channels are called."""


class HistogramChart(QWidget):
    """Three filled curves on one ground, with faint lines at the quarters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.histogram: Histogram | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Histogram"))

    def show_histogram(self, found: Histogram | None) -> None:
        """Draw this one; None empties the chart."""
        if found is self.histogram is not None:
            return
        self.histogram = found
        text = "" if found is None else describe(found)
        self.setAccessibleDescription(text)
        self.setToolTip(text.replace("; ", "\n"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(TONE.well))
        painter.setPen(QPen(QColor(TONE.line), 1))
        for quarter in (1, 2, 3):
            x = round(quarter * self.width() / 4)
            painter.drawLine(x, 0, x, self.height())
        if self.histogram is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heights = self.histogram.heights()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
        painter.setPen(Qt.PenStyle.NoPen)
        for tone, levels in zip(TONES, heights, strict=True):
            painter.setBrush(QColor(tone))
            painter.drawPolygon(_outline(levels.tolist(), QRectF(self.rect())))


class HistogramPanel(QWidget):
    """The chart, and below it what is clipped: black on the left, white on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = HistogramChart(self)
        self.black = labelled("", "muted", self.tr("Clipped to black"))
        self.white = labelled("", "muted", self.tr("Clipped to white"))
        self.source = labelled("", "muted", self.tr("What the histogram was made from"))
        self._made_of: int | None = None
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.black)
        line.addStretch(1)
        line.addWidget(self.white)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.chart)
        column.addLayout(line)
        column.addWidget(self.source)

    def show_photo(self, thumbnail: QPixmap | None, picture: Picture | None) -> None:
        """Show the histogram of every pixel where they are there, else that of the thumbnail."""
        if picture is not None and picture.histogram is not None:
            self._show(picture.histogram, "")
            self._made_of = None
        elif thumbnail is None or thumbnail.isNull():
            self._show(None, self.tr("No picture yet"))
            self._made_of = None
        elif thumbnail.cacheKey() != self._made_of:
            self._show(histogram.measure(rgb(thumbnail.toImage())), self.tr("of the thumbnail"))
            self._made_of = thumbnail.cacheKey()

    def _show(self, found: Histogram | None, source: str) -> None:
        self.chart.show_histogram(found)
        self.source.setText(source)
        self.source.setVisible(bool(source))
        black, white = (None, None) if found is None else (found.black(), found.white())
        for label, sign, end, shares in (
            (self.black, "\N{BLACK LOWER LEFT TRIANGLE}", self.tr("black"), black),
            (self.white, "\N{BLACK LOWER RIGHT TRIANGLE}", self.tr("white"), white),
        ):
            label.setText("" if shares is None else f"{sign} {end} {worst(shares)}")


def share_words(share: float) -> str:
    """ "none", "1.3 %" """
    return _tr("none") if share < TOLD_FROM else f"{decimal(100 * share)} %"


def worst(shares: tuple[float, float, float]) -> str:
    """The share of the channel that is clipped most, with its letter: "B 7.7 %"; "none"."""
    largest = max(shares)
    if largest < TOLD_FROM:
        return share_words(largest)
    named = zip(CHANNELS, shares, strict=True)
    letters = "".join(_tr(NAMES[name])[0].upper() for name, share in named if share > 0.99 * largest)
    return f"{letters} {share_words(largest)}"


def describe(found: Histogram) -> str:
    """What is clipped in words, channel by channel."""
    ends = ((_tr("Clipped to white: {}"), found.white()), (_tr("Clipped to black: {}"), found.black()))
    return "; ".join(
        words.format(
            ", ".join(f"{_tr(NAMES[name])} {share_words(share)}" for name, share in zip(CHANNELS, shares, strict=True))
        )
        for words, shares in ends
    )


def _outline(levels: list[float], area: QRectF) -> QPolygonF:
    """The curve of 256 heights with the ground below it, in `area`."""
    step = area.width() / (len(levels) - 1)
    curve = [
        QPointF(area.left() + step * i, area.bottom() - height * (area.height() - 2)) for i, height in enumerate(levels)
    ]
    return QPolygonF([QPointF(area.left(), area.bottom()), *curve, QPointF(area.right(), area.bottom())])


def _tr(text: str) -> str:
    return QCoreApplication.translate("histogram", text)
