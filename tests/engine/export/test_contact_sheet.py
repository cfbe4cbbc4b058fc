"""The contact sheet shows the right photos in the right places, and replaces no file that is not its own."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import UnusableInput
from engine.export import contact_sheet
from engine.export.contact_sheet import CELL_HEIGHT, CELL_WIDTH, COLUMNS, HEADER, MARGIN
from engine.turn import Turn
from engine.types import EMBEDDING_SIZE, Card, FileStamp, GroupKind, Photo, Verdict

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 30), (40, 60, 220)
COLOURS = {"red": RED, "green": GREEN, "blue": BLUE}


def ranked(name: str, rank: int, group: str, rank_in_group: int = 1) -> Card:
    path = Path("shoot", name)
    verdict = Verdict(np.full(10, 0.1, np.float32), np.zeros(EMBEDDING_SIZE, np.float16), "space")
    return Card(
        Photo(path, (path,), FileStamp(1, 1, 1)),
        fingerprint=name,
        verdict=verdict,
        rank=rank,
        group=group,
        group_kind=GroupKind.BURST,
        rank_in_group=rank_in_group,
    )


def unreadable(name: str) -> Card:
    path = Path("shoot", name)
    return Card(Photo(path, (path,), FileStamp(0, 1, 1)), error=f"{path} is empty. Copy it from the card again.")


def jpeg(fingerprint: str) -> bytes | None:
    if fingerprint not in COLOURS:
        return None
    file = io.BytesIO()
    Image.new("RGB", (512, 341), COLOURS[fingerprint]).save(file, "JPEG")
    return file.getvalue()


def colour_in(sheet: Image.Image, position: int) -> tuple[int, ...]:
    """Of the middle of the picture in a cell."""
    x = MARGIN + position % COLUMNS * CELL_WIDTH + CELL_WIDTH // 2
    y = MARGIN + HEADER + position // COLUMNS * CELL_HEIGHT + CELL_HEIGHT // 3
    colour = sheet.getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


def test_a_photo_stands_as_it_was_turned() -> None:
    """Upright, a wide picture is blank where it was coloured."""
    wide = ranked("red", 1, "a")
    middle = MARGIN + CELL_WIDTH // 2, MARGIN + HEADER + CELL_HEIGHT // 3
    edge = MARGIN + 30, middle[1]
    for turn, is_wide in ((Turn.NONE, True), (Turn.RIGHT, False)):
        sheet = contact_sheet.draw("shoot", [replace(wide, turn=turn)], jpeg)
        assert colour_in(sheet, 0)[0] > 150
        at_edge = sheet.getpixel(edge)
        assert isinstance(at_edge, tuple) and (at_edge[0] > 150) is is_wide


def test_groups_stand_together_in_order_of_their_best_and_unreadable_photos_last() -> None:
    cards = [ranked("red", 1, "a"), ranked("blue", 2, "b"), ranked("green", 3, "a", 2), unreadable("torn.jpg")]
    assert [card.path.name for card in contact_sheet.in_groups(cards)] == ["red", "green", "blue", "torn.jpg"]
    sheet = contact_sheet.draw("wedding", cards, jpeg)
    for position, colour in enumerate((RED, GREEN, BLUE)):
        assert np.allclose(colour_in(sheet, position), colour, atol=6)


def test_the_frames_of_a_burst_share_one_panel_and_a_single_has_none() -> None:
    cards = [ranked("red", 1, "a"), ranked("green", 2, "a", 2), ranked("blue", 3, "b")]
    sheet = contact_sheet.draw("wedding", cards, jpeg)
    bottom = MARGIN + HEADER + CELL_HEIGHT - 8
    between = [sheet.getpixel((MARGIN + edge * CELL_WIDTH, bottom)) for edge in (1, 2)]
    panel, paper = (42, 42, 42), (28, 28, 28)
    assert between == [panel, paper]


def test_no_photo_and_no_thumbnail_and_odd_names_still_make_a_sheet() -> None:
    assert contact_sheet.draw("empty", [], jpeg).size[1] == 2 * MARGIN + HEADER
    names = [os.fsdecode(b"\xff\xfe.jpg"), "n" * 251 + ".jpg", "\x1b[31m.jpg", "\u7d50\u5a5a.jpg"]
    cards = [ranked(name, rank, str(rank)) for rank, name in enumerate(names, 1)]
    sheet = contact_sheet.draw(names[0], [*cards, unreadable(names[0])], jpeg)
    assert colour_in(sheet, 0) == (58, 58, 58)


def test_a_long_name_keeps_both_ends_and_stays_in_its_cell() -> None:
    quiet = contact_sheet.draw("t", [ranked("n" * 251 + "7.jpg", 1, "a")], jpeg)
    line = np.asarray(quiet)[MARGIN + HEADER + CELL_HEIGHT - 24 : MARGIN + HEADER + CELL_HEIGHT, :, 0]
    written = np.flatnonzero((line > 100).any(axis=0))
    assert written.max() <= MARGIN + CELL_WIDTH - contact_sheet.PADDING + 1


@pytest.mark.parametrize(("name", "kind"), [("sheet.jpg", "JPEG"), ("sheet.PNG", "PNG")])
def test_it_is_written_and_replaced_by_the_next_one(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for cards in ([ranked("red", 1, "a")], [ranked("blue", 1, "a")]):
        contact_sheet.check_place(path, [tmp_path / "shoot"])
        contact_sheet.write(path, "wedding", cards, jpeg)
    with Image.open(path) as picture:
        assert picture.format == kind
        assert np.allclose(colour_in(picture.convert("RGB"), 0), BLUE, atol=8)
    assert list(tmp_path.iterdir()) == [path]


def test_no_photo_is_ever_replaced(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    Image.new("RGB", (8, 8)).save(shoot / "IMG_1.JPG")
    Image.new("RGB", (8, 8)).save(tmp_path / "elsewhere.jpg")
    (tmp_path / "link.jpg").symlink_to(shoot / "IMG_1.JPG")
    for name in ("shoot/IMG_1.JPG", "shoot/new.jpg", "shoot/../shoot/new.jpg", "link.jpg"):
        with pytest.raises(UnusableInput, match="among the photos"):
            contact_sheet.check_place(tmp_path / name, [shoot])
    with pytest.raises(UnusableInput, match="no contact sheet"):
        contact_sheet.check_place(tmp_path / "elsewhere.jpg", [shoot])
    with pytest.raises(UnusableInput, match=r"should end in \.jpg"):
        contact_sheet.check_place(tmp_path / "sheet.gif", [shoot])


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnusableInput, match=r"sheet\.jpg cannot be written: .+\. Name a file in another folder"):
        contact_sheet.write(tmp_path / "file" / "sheet.jpg", "wedding", [], jpeg)
