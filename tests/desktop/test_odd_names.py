"""Names of files and folders that a window could take for something else: markup, letters for Alt, lines, turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.desk import Answer, Proposal
from desktop.main_window import MainWindow
from desktop.panels.filters_choice import Choice
from desktop.panels.proposal import ProposalBar
from desktop.views.wording import file_name, shown_name
from tests.shoots import write_photo

MakeWindow = Callable[..., MainWindow]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("line\nbreak", "line?break"),
        ("tab\tand\x1b[0m", "tab?and?[0m"),
        ("bad\udcff", "bad?"),
        ("photo\u202egpj", "photo?gpj"),
        ("family \N{MAN}\u200d\N{WOMAN}", "family \N{MAN}\u200d\N{WOMAN}"),
        ("\u05e2\u05d1\u05e8", "\u05e2\u05d1\u05e8"),
    ],
)
def test_a_name_stays_on_its_line_and_keeps_its_direction(name: str, shown: str) -> None:
    assert shown_name(Path(f"{name}.jpg")) == shown


def test_names_are_text_wherever_they_stand(make_window: MakeWindow, tmp_path: Path) -> None:
    folder = tmp_path / "<b>Tom & Ann"
    folder.mkdir()
    for number, name in enumerate(("<i>x.jpg", "line\nbreak.jpg", "a & b.jpg")):
        write_photo(folder / name, number)
    (folder / "<u>empty.jpg").touch()
    window = make_window(folder)
    window.show_view("loupe")
    model = window.session.model
    for row in range(model.rowCount()):
        assert window.session.place.reveal(model.card(row).path)
        assert "\n" not in file_name(model.card(row))
        labels = [label for label in window.findChildren(QLabel) if "<" in label.text()]
        assert labels, "the name of the folder stands somewhere"
        rich = [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText]
        assert not [text for text in rich if Qt.mightBeRichText(text)]


def test_an_ampersand_in_a_name_is_no_letter_for_alt(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    bar = ProposalBar(ground)
    bar.propose(Proposal("Pick a & b?", "", (Answer("Pick a & b", lambda: None),)))
    assert "a && b" in bar.buttons[0].text()
    box = Choice("Smith & Sons", lambda: None)
    qtbot.addWidget(box)
    assert box.box.text() == "Smith && Sons"
