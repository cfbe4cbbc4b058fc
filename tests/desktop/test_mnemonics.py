"""Alt and a letter means one thing in a dialog, in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QGroupBox, QLabel, QPushButton, QTabBar, QWidget

from desktop import language
from desktop.dialogs.welcome import WelcomeDialog
from desktop.main_window import MainWindow
from desktop.rejecting import Act
from engine.settings import LANGUAGES
from engine.types import Flag
from tests.shoots import many

MakeWindow = Callable[..., MainWindow]


@pytest.fixture(params=LANGUAGES[1:])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """A language that the window speaks, for the time of a test."""
    language.install(qapp, request.param)
    yield request.param
    language.install(qapp, language.SOURCE)


def words(top: QWidget) -> Iterator[str]:
    """What is on the screen at once and may have a letter of its own."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisibleTo(top):
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            yield widget.text()
        elif isinstance(widget, QGroupBox):
            yield widget.title()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(index) for index in range(widget.count()))


def clashes(top: QWidget) -> dict[str, list[str]]:
    """Letter -> the words that all have it."""
    found = [(letter.lower(), text) for text in words(top) for letter in re.findall(r"&(\w)", text)]
    counted = Counter(letter for letter, _ in found)
    return {letter: [text for other, text in found if other == letter] for letter, n in counted.items() if n > 1}


def test_two_of_a_letter_are_noticed(qapp: QApplication) -> None:
    dialog = QDialog()
    QGroupBox("&Photos", dialog)
    QPushButton("Save as &preset", dialog)
    assert clashes(dialog) == {"p": ["&Photos", "Save as &preset"]}


def test_no_dialog_has_a_letter_twice(spoken: str, make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    window.session.culling.mark(Flag.REJECT)
    shows = (
        window.show_failures,
        window.show_clocks,
        window.show_export,
        window.show_metadata_writing,
        window.show_metadata_reading,
        window.looks.show_models,
        window.habits.show_preferences,
        window.habits.show_welcome,
        lambda: window.show_rejected(Act.MOVE),
    )
    found: dict[str, dict[str, list[str]]] = {}
    for show in shows:
        before = {id(dialog) for dialog in window.findChildren(QDialog)}
        show()
        for dialog in window.findChildren(QDialog):
            if id(dialog) not in before:
                found[type(dialog).__name__] = clashes(dialog)
                dialog.close()
    assert len(found) == len(shows) and WelcomeDialog.__name__ in found, found.keys()
    assert not {name: letters for name, letters in found.items() if letters}
