"""The dialog of the cameras' clocks, and what a correction does to the shoot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.clocks import ClocksDialog
from desktop.dialogs.offset import OffsetEditor
from desktop.filters import SortKey
from desktop.main_window import MainWindow
from desktop.thumbnails import ThumbnailLoader
from desktop.views.wording import format_offset
from engine.types import Card
from tests.desktop.cards_made import card
from tests.shoots import write_photo

HOUR = timedelta(hours=1)
ONE, TWO = "Acme X 1", "Acme X 2"


def shoot() -> list[Card]:
    """Three photos of one body and two of another, whose clock is an hour behind; one that names no body."""
    first = [card(f"a{number}", seconds=10.0 * number, body="1", camera="Acme X") for number in range(3)]
    second = [card(f"b{number}", seconds=10.0 * number - 3600, body="2", camera="Acme X") for number in range(2)]
    return [*first, *second, card("c", seconds=5)]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[..., ClocksDialog]]:
    """`make(cards, offsets)`: a shown dialog."""
    thumbnails, made = ThumbnailLoader(), []

    def build(cards: list[Card], offsets: dict[str, timedelta] | None = None) -> ClocksDialog:
        dialog = ClocksDialog(cards, offsets or {}, thumbnails)
        made.append(dialog)
        with qtbot.waitExposed(dialog, timeout=100_000):
            dialog.show()
        return dialog

    yield build
    for dialog in made:
        dialog.reject()
        dialog.deleteLater()
    thumbnails.close()


def rows(dialog: ClocksDialog) -> list[list[str]]:
    items = [dialog.bodies.topLevelItem(row) for row in range(dialog.bodies.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in items]


def test_every_body_has_its_photos_its_correction_and_its_first_moment(make: Callable[..., ClocksDialog]) -> None:
    dialog = make(shoot(), {TWO: HOUR})
    assert rows(dialog) == [
        [ONE, "3", "0:00:00", "2026-05-01 12:00:00"],
        [TWO, "2", "+1:00:00", "2026-05-01 12:00:00"],
    ]
    assert dialog.body == TWO and dialog.editor.offset == HOUR
    assert not dialog.apply.isEnabled()
    assert dialog.preview.text() == "Photos that do not say which camera took them: 1"


def test_a_correction_by_hand_is_previewed_before_it_is_applied(
    make: Callable[..., ClocksDialog], qtbot: QtBot
) -> None:
    dialog = make(shoot())
    dialog.editor.hours.setValue(1)
    dialog.editor.seconds.setValue(2.5)
    assert rows(dialog)[1][2:] == ["+1:00:02.5", "2026-05-01 12:00:02"]
    assert "2 photos of Acme X 2: correction 0:00:00 becomes +1:00:02.5" in dialog.preview.text()
    with qtbot.waitSignal(dialog.applied, timeout=100_000) as told:
        dialog.apply.click()
    assert told.args == [{TWO: timedelta(hours=1, seconds=2.5)}]
    assert not dialog.isVisible()


def test_two_photos_of_one_moment_give_the_correction(make: Callable[..., ClocksDialog]) -> None:
    dialog = make(shoot())
    dialog.right.place.go(2)
    dialog.wrong.place.go(1)
    assert dialog.right.caption.text() == "a2, 2026-05-01 12:00:20"
    dialog.match.click()
    assert dialog.offsets[TWO] == timedelta(hours=1, seconds=10)
    assert dialog.editor.offset == timedelta(hours=1, seconds=10)


def test_the_right_clock_counts_as_it_is_corrected_now(make: Callable[..., ClocksDialog]) -> None:
    dialog = make(shoot(), {ONE: -HOUR})
    dialog.match.click()
    assert dialog.offsets[TWO] == timedelta(0)
    assert not dialog.apply.isEnabled(), "nothing is other than before"


def test_each_body_keeps_what_was_typed_for_it(make: Callable[..., ClocksDialog]) -> None:
    dialog = make(shoot())
    dialog.editor.minutes.setValue(7)
    dialog.bodies.setCurrentItem(dialog.bodies.topLevelItem(0))
    assert dialog.editor.offset == timedelta(0)
    assert dialog.reference.currentText() == TWO, "a clock is not matched with itself"
    dialog.editor.days.setValue(1)
    assert dialog.changes() == {ONE: timedelta(days=1), TWO: timedelta(minutes=7)}
    dialog.reset.click()
    assert dialog.changes() == {TWO: timedelta(minutes=7)}


def test_a_photo_without_a_time_is_explained(make: Callable[..., ClocksDialog]) -> None:
    cards = [card("a", seconds=0, body="1", camera="Acme X"), card("b", body="2", camera="Acme X")]
    dialog = make(cards)
    dialog.match.click()
    assert "has no capture time" in dialog.preview.text()
    assert not dialog.apply.isEnabled()


def test_a_camera_that_is_wrong_by_a_lifetime_is_refused(make: Callable[..., ClocksDialog]) -> None:
    lifetime = -60 * 365 * 86400
    cards = [card("a", seconds=0, body="1", camera="X"), card("b", seconds=lifetime, body="2", camera="X")]
    dialog = make(cards)
    dialog.match.click()
    assert dialog.preview.text() == "A clock cannot be wrong by +21900 d 0:00:00. Choose two photos of one moment."
    assert not dialog.apply.isEnabled() and dialog.changes() == {}


@pytest.mark.parametrize("bodies", [0, 1])
def test_one_body_or_none_is_no_crash(make: Callable[..., ClocksDialog], bodies: int) -> None:
    dialog = make([card("a", seconds=0, body="1", camera="Acme X"), card("c")][1 - bodies :])
    assert dialog.bodies.topLevelItemCount() == bodies
    assert not dialog.match.isEnabled() or not bodies
    dialog.match.click()
    dialog.editor.hours.setValue(3)
    assert dialog.apply.isEnabled() == bool(bodies)


def test_unreadable_photos_are_no_photos_of_a_body(make: Callable[..., ClocksDialog]) -> None:
    cards = shoot()
    cards[0] = replace(cards[0], error="torn")
    assert rows(make(cards))[0][1] == "2"


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (timedelta(0), "0:00:00"),
        (HOUR, "+1:00:00"),
        (-timedelta(minutes=3, seconds=20, milliseconds=500), "\N{MINUS SIGN}0:03:20.5"),
        (timedelta(days=2, hours=23), "+2 d 23:00:00"),
        (timedelta(milliseconds=-7), "\N{MINUS SIGN}0:00:00.007"),
    ],
)
def test_an_offset_is_written_and_typed(qtbot: QtBot, offset: timedelta, words: str) -> None:
    assert format_offset(offset) == words
    editor = OffsetEditor()
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.changed):
        editor.show_offset(offset)
    assert editor.offset == offset


def test_a_correction_moves_photos_groups_and_stays(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "shoot"
    for number in range(2):
        write_photo(folder / f"a{number}.jpg", number, 60.0 * number)
        write_photo(folder / f"b{number}.jpg", number + 5, 60.0 * number + 3600, body="2002")
    window = make_window(folder)
    window.actions_table["clocks"].trigger()
    dialog = window.clocks
    assert dialog is not None and dialog.isVisible()
    other = next(item for item in dialog.offsets if "2002" in item)
    dialog.offsets[other] = -timedelta(seconds=3590)
    dialog._show_preview()
    with qtbot.waitSignal(window.session.grouping.renewed, timeout=100_000):
        dialog.apply.click()
    QApplication.processEvents()
    assert window.clocks is None
    model = window.session.model
    model.arrange(SortKey.TIME)
    assert [model.card(row).path.stem for row in range(4)] == ["a0", "b0", "a1", "b1"]
    assert window.session.grouping.clocks == {other: -timedelta(seconds=3590)}
    window.close()

    again = make_window(folder)
    offsets = {card.path.stem: card.clock_offset for card in again.session.model.cards()}
    assert offsets["b1"] == -timedelta(seconds=3590) and offsets["a1"] == timedelta(0)
