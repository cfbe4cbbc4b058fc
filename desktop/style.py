"""How the window looks: the tones, the style sheet and the icons. Dark, neutral, one accent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from engine.paths import resource
from engine.types import Colour


@dataclass(frozen=True, slots=True)
class Tone:
    """Every colour of the chrome as "#rrggbb". The greys are neutral (R = G = B); text on any of the surfaces
    has a contrast of at least 4.5 : 1 (WCAG 2.1, 1.4.3)."""

    well: str = "#191919"
    """Behind pictures and lists."""
    window: str = "#1f1f1f"
    panel: str = "#262626"
    cell: str = "#2b2b2b"
    raised: str = "#333333"
    hover: str = "#3a3a3a"
    selected: str = "#474747"
    line: str = "#3d3d3d"
    handle: str = "#585858"
    faint: str = "#7a7a7a"
    """Disabled text and ornaments only."""
    muted: str = "#b8b8b8"
    text: str = "#dedede"
    white: str = "#f5f5f5"
    accent: str = "#4a9eff"
    """A suggestion and, round controls, the keyboard's focus. The active photo has a white outline."""
    accent_deep: str = "#1f5fa8"
    """The accent under white text."""
    warning: str = "#f0b35a"


TONE = Tone()

LABEL_TONES = {
    Colour.RED: "#ea5358",
    Colour.YELLOW: "#e8c33c",
    Colour.GREEN: "#4cb05a",
    Colour.BLUE: "#4f8ff0",
    Colour.PURPLE: "#a871e0",
}
"""What the five colour labels look like. A letter always stands with the colour: `LABEL_LETTERS`."""

LABEL_LETTERS = {colour: colour.value[0].upper() for colour in LABEL_TONES}


def apply(application: QApplication) -> None:
    """Give the application Chinagraph's palette, style sheet and icon."""
    application.setStyle("Fusion")
    application.setPalette(palette())
    application.setStyleSheet(style_sheet())
    application.setWindowIcon(icon("chinagraph"))


def palette() -> QPalette:
    """The tones by Qt's roles, for whatever the style sheet does not reach."""
    roles = {
        QPalette.ColorRole.Window: TONE.window,
        QPalette.ColorRole.WindowText: TONE.text,
        QPalette.ColorRole.Base: TONE.well,
        QPalette.ColorRole.AlternateBase: TONE.panel,
        QPalette.ColorRole.Text: TONE.text,
        QPalette.ColorRole.Button: TONE.raised,
        QPalette.ColorRole.ButtonText: TONE.text,
        QPalette.ColorRole.BrightText: TONE.white,
        QPalette.ColorRole.ToolTipBase: TONE.raised,
        QPalette.ColorRole.ToolTipText: TONE.text,
        QPalette.ColorRole.PlaceholderText: TONE.muted,
        QPalette.ColorRole.Highlight: TONE.accent_deep,
        QPalette.ColorRole.HighlightedText: TONE.white,
        QPalette.ColorRole.Link: TONE.accent,
        QPalette.ColorRole.Light: TONE.hover,
        QPalette.ColorRole.Midlight: TONE.raised,
        QPalette.ColorRole.Mid: TONE.line,
        QPalette.ColorRole.Dark: TONE.well,
        QPalette.ColorRole.Shadow: "#000000",
    }
    result = QPalette()
    for role, tone in roles.items():
        result.setColor(role, QColor(tone))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(TONE.faint))
    return result


def style_sheet() -> str:
    """The Qt style sheet with the tones filled in. Raises KeyError when it names a tone that does not exist."""
    text = resource("styles", "dark.qss").read_text(encoding="utf-8")
    return Template(text).substitute(asdict(TONE), icons=resource("icons").as_posix())


def icon(name: str, tone: str = TONE.text) -> QIcon:
    """The icon `resources/icons/NAME.svg` in one tone, with a faint form for disabled controls."""
    result = QIcon()
    for size in (16, 20, 24, 32, 48, 64):
        result.addPixmap(glyph(name, size, tone), QIcon.Mode.Normal)
        result.addPixmap(glyph(name, size, TONE.faint), QIcon.Mode.Disabled)
    return result


@lru_cache(maxsize=256)
def glyph(name: str, size: int, tone: str = TONE.text, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` x `size` device-independent pixels. Raises FileNotFoundError for an unknown name.

    Only on the GUI thread, as every QPixmap.
    """
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", tone)
    pixels = round(size * ratio)
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def indent(box: QAbstractSpinBox) -> None:
    """Have a number stand where text stands in the fields beside it: Qt leaves the style sheet's padding of one out."""
    box.lineEdit().setTextMargins(6, 0, 0, 0)


def font_of(base: QFont, points: float, *, bold: bool = False) -> QFont:
    """`base` at another size, in points; `bold` as semi-bold."""
    font = QFont(base)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
