"""The style: neutral greys, enough contrast, every icon there."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import style
from desktop.style import LABEL_LETTERS, LABEL_TONES, TONE
from engine.paths import resource
from engine.types import Colour

COLOURED = {"accent", "accent_deep", "warning"}
SURFACES = ("well", "window", "panel", "cell", "raised", "hover", "selected")
ICONS = sorted(path.stem for path in Path(resource("icons")).glob("*.svg"))


def luminance(tone: str) -> float:
    """WCAG 2.1, "relative luminance", 0-1."""
    parts = (QColor(tone).redF(), QColor(tone).greenF(), QColor(tone).blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, "contrast ratio", 1-21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", sorted(set(asdict(TONE)) - COLOURED))
def test_the_chrome_is_neutral(name: str) -> None:
    colour = QColor(asdict(TONE)[name])
    assert colour.red() == colour.green() == colour.blue()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", ["text", "white"])
def test_text_can_be_read_on_every_surface(text: str, surface: str) -> None:
    assert contrast(asdict(TONE)[text], asdict(TONE)[surface]) >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
def test_lesser_text_can_be_read_as_well(surface: str) -> None:
    assert contrast(TONE.muted, asdict(TONE)[surface]) >= 4.5


@pytest.mark.parametrize("surface", ["well", "panel", "cell", "raised"])
def test_a_warning_can_be_read(surface: str) -> None:
    assert contrast(TONE.warning, asdict(TONE)[surface]) >= 4.5


def test_white_can_be_read_on_the_accent_and_the_outline_is_seen() -> None:
    assert contrast(TONE.white, TONE.accent_deep) >= 4.5
    assert contrast(TONE.accent, TONE.window) >= 3
    assert contrast(TONE.accent, TONE.selected) >= 3


def test_each_label_has_a_letter_of_its_own_that_can_be_read() -> None:
    assert set(LABEL_TONES) == set(Colour) - {Colour.NONE}
    assert len(set(LABEL_LETTERS.values())) == len(LABEL_TONES)
    for tone in LABEL_TONES.values():
        assert contrast(TONE.well, tone) >= 4.5


def test_the_style_sheet_is_complete_and_takes_effect(qtbot: QtBot) -> None:
    sheet = style.style_sheet()
    assert "$" not in sheet
    assert TONE.accent in sheet
    label = QLabel("text")
    qtbot.addWidget(label)
    label.setStyleSheet(sheet)
    label.setProperty("role", "muted")
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == TONE.muted


def test_the_palette_serves_what_the_sheet_does_not_reach(qapp: QApplication) -> None:
    palette = style.palette()
    assert palette.color(QPalette.ColorRole.Window).name() == TONE.window
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == TONE.faint


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_in_its_tone(name: str, qapp: QApplication) -> None:
    image = style.glyph(name, 24, "#ff00ff").toImage()
    pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    drawn = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
    assert drawn
    if name not in {"chinagraph", "chevron-down", "check-mark"}:
        assert drawn == {"#ff00ff"}


def test_icons_are_sharp_on_dense_screens(qapp: QApplication) -> None:
    glyph = style.glyph("star", 16, TONE.text, 2.0)
    assert (glyph.width(), glyph.devicePixelRatio()) == (32, 2.0)


def test_disabled_icons_are_faint(qapp: QApplication) -> None:
    icon = style.icon("pause")
    normal, disabled = (icon.pixmap(24, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert normal != disabled


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        style.glyph("no-such-icon", 16)
