"""Names of files and folders that a window could take for something else: markup, letters for Alt, lines, turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from desktop import style
from desktop.desk import Answer, Proposal
from desktop.main_window import MainWindow
from desktop.panels.exif import ExifPanel
from desktop.panels.filters_choice import Choice
from desktop.panels.proposal import ProposalBar
from desktop.views.wording import file_name, shown_name
from engine.types import Card, FileStamp, Photo
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


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[QApplication]:
    """As the program starts it: the style sheet says how labels and tips take their text."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    style.apply(qapp)
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def tip_of(widget: QWidget, application: QApplication) -> QLabel:
    """The tip that is on the screen once the pointer rests on a widget."""
    QToolTip.hideText()
    here = QPoint(1, 1)
    application.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, here, widget.mapToGlobal(here)))
    tips = (tip for tip in application.topLevelWidgets() if tip.metaObject().className() == "QTipLabel")
    return next(tip for tip in tips if isinstance(tip, QLabel) and tip.text())


def test_no_tip_label_or_message_takes_a_name_for_markup(styled: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    name = "<b>Tom & <img src='x'>.jpg"
    panel, choice = ExifPanel(), Choice(name, lambda: None)
    panel.show_card(Card(Photo(tmp_path / name, (tmp_path / name,), FileStamp(1, 1, 1))))
    choice.resize(90, 30)
    for widget in (panel, choice):
        qtbot.addWidget(widget)
        widget.show()
    fields = [field for field in panel.findChildren(QLabel) if field.toolTip() == name]
    assert len(fields) == 1 and choice.box.toolTip() == name
    for widget in (fields[0], choice.box):
        tip = tip_of(widget, styled)
        assert tip.text() == name and tip.textFormat() == Qt.TextFormat.PlainText
        assert tip.height() >= tip.heightForWidth(tip.width()), "all of it is seen"
    QToolTip.hideText()
    label, message = QLabel(name), QMessageBox(QMessageBox.Icon.Warning, "Chinagraph", name)
    for widget in (label, message):
        qtbot.addWidget(widget)
        widget.show()
    said = [label, *(part for part in message.findChildren(QLabel) if part.text() == name)]
    assert len(said) == 2 and {part.textFormat() for part in said} == {Qt.TextFormat.PlainText}


def test_an_ampersand_in_a_name_is_no_letter_for_alt(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    bar = ProposalBar(ground)
    bar.propose(Proposal("Pick a & b?", "", (Answer("Pick a & b", lambda: None),)))
    assert "a && b" in bar.buttons[0].text()
    box = Choice("Smith & Sons", lambda: None)
    qtbot.addWidget(box)
    assert box.box.text() == "Smith && Sons"
