"""What an export would do, before it does anything."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from engine.errors import UnusableInput
from engine.export import choice
from engine.export import plan as plans
from engine.export.operation import Action
from engine.export.plan import Chosen, Clashes, Order, plan, preview
from engine.export.rendition import Format, Rendition
from engine.export.tagging import Tagging
from engine.export.targets import Target
from engine.export.template import Template
from engine.types import Decision, Flag
from tests import pictures
from tests.exporting import card, chosen, members, order, planned, tree

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return members(tmp_path / "shoot")


def names(wanted: plans.Plan) -> list[str]:
    return [operation.target.relative_to(wanted.order.target).as_posix() for operation in wanted.operations]


def test_the_files_of_a_photo_keep_together_and_nothing_is_touched(folder, tmp_path, originals):
    originals(folder)
    wanted = planned(folder, tmp_path / "to", template="{date:%Y}/{seq:03}")
    assert names(wanted) == [
        "2026/001.JPG",
        "2026/001.DNG",
        "2026/001.DNG.xmp",
        "2026/001.WAV",
        "2026/001.xmp",
        "2026/002.JPG",
        "undated/003.JPG",
    ]
    assert wanted.size == sum(path.stat().st_size for path in folder.rglob("*.*"))
    assert {operation.action for operation in wanted.operations} == {Action.COPY}
    assert not wanted.problems and wanted.fits and wanted.free
    assert not (tmp_path / "to").exists()


def test_preview_tells_where_each_photo_goes(folder, tmp_path):
    found = preview(order(folder, tmp_path / "to", "{shoot}/{folder}/{original}"), chosen(folder))
    assert found == [
        (folder / "IMG_1.JPG", "shoot/IMG_1.JPG"),
        (folder / "day 2" / "IMG_1.JPG", "shoot/day 2/IMG_1.JPG"),
        (folder / "IMG_9.JPG", "shoot/IMG_9.JPG"),
    ]


def test_clashing_photos_are_numbered_as_a_whole(folder, tmp_path):
    wanted = planned(folder, tmp_path / "to", template="{date:%Y}")
    assert [name for name in names(wanted) if name.startswith("2026-2")] == ["2026-2.JPG"]
    assert wanted.numbered == {folder / "day 2" / "IMG_1.JPG"}
    target = tmp_path / "to"
    target.mkdir()
    (target / "img_1.XMP").write_text("somebody's")
    first = [name for name in names(planned(folder, target)) if name.startswith("IMG_1-2")]
    assert first == [f"IMG_1-2{ending}" for ending in (".JPG", ".DNG", ".DNG.xmp", ".WAV", ".xmp")]


def test_who_is_pointed_at_leaves_even_when_rejected(folder):
    one = chosen(folder)[0].card
    rejected = Decision(Flag.REJECT, stars=5)
    assert choice.given([one], {one.path: rejected}, "selected") == [Chosen(one, rejected, "selected")]
    assert choice.starred([one], {one.path: rejected}, choice.stars("1+")) == []


def test_clashes_can_be_refused(folder, tmp_path):
    wanted = planned(folder, tmp_path / "to", clashes=Clashes.REFUSED)
    assert names(wanted) == ["IMG_1.JPG", "IMG_1.DNG", "IMG_1.DNG.xmp", "IMG_1.WAV", "IMG_1.xmp", "IMG_9.JPG"]
    (problem,) = wanted.problems
    assert str(folder / "day 2" / "IMG_1.JPG") in problem and "IMG_1.JPG is taken" in problem


def test_a_raw_never_joins_another_photos_jpeg(tmp_path):
    folder = tmp_path / "shoot"
    for sub in ("a", "b"):
        (folder / sub).mkdir(parents=True)
    pictures.jpeg(folder / "a" / "X.jpg")
    pictures.dng(folder / "b" / "X.dng", size=(96, 64))
    assert sorted(names(planned(folder, tmp_path / "to"))) == ["X-2.dng", "X.jpg"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="one name there")
def test_names_that_differ_by_case_are_one(tmp_path):
    folder = tmp_path / "shoot"
    folder.mkdir()
    pictures.jpeg(folder / "a.jpg", seed=1)
    (folder / "a.xmp").write_text("1")
    (folder / "a.XMP").write_text("2")
    wanted = planned(folder, tmp_path / "to")
    assert not wanted.operations
    assert "differ in case alone" in wanted.problems[0]
    (folder / "a.XMP").rename(folder / "b.xmp")
    pictures.jpeg(folder / "B.JPG", seed=2)
    (folder / "Sub").mkdir()
    pictures.jpeg(folder / "Sub" / "A.JPG", seed=3)
    wanted = planned(folder, tmp_path / "to")
    assert sorted(names(wanted)) == ["A.JPG", "B.JPG", "B.xmp", "a-2.jpg", "a-2.xmp"]


def test_the_target_lies_outside_of_the_shoot(folder, tmp_path):
    for target in (folder, folder / "best", folder / "day 2" / ".." / "x"):
        with pytest.raises(UnusableInput, match="lies in the shoot"):
            planned(folder, target)
    with pytest.raises(UnusableInput, match="is no folder"):
        planned(folder, folder / "IMG_1.xmp")
    wanted = planned(folder, tmp_path, template="{shoot}/{original}")
    assert not wanted.operations
    assert all("would land in the shoot" in problem for problem in wanted.problems) and len(wanted.problems) == 3


@needs_links
def test_links_lead_neither_into_the_shoot_nor_out_of_the_target(folder, tmp_path):
    (tmp_path / "alias").symlink_to(folder, target_is_directory=True)
    with pytest.raises(UnusableInput, match="lies in the shoot"):
        planned(folder, tmp_path / "alias" / "best")
    target, away = tmp_path / "to", tmp_path / "away"
    target.mkdir()
    away.mkdir()
    (target / "out").symlink_to(away, target_is_directory=True)
    wanted = planned(folder, target, template="out/{original}")
    assert not wanted.operations and "through a link" in wanted.problems[0]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="modes, which root is above")
def test_a_target_that_takes_nothing_is_refused(folder, tmp_path):
    (tmp_path / "to").mkdir(mode=0o555)
    with pytest.raises(UnusableInput, match="cannot be written to"):
        planned(folder, tmp_path / "to")


def test_moves_on_one_volume_take_no_room_and_links_are_not_moved(folder, tmp_path):
    wanted = planned(folder, tmp_path / "to", move=True)
    assert {operation.action for operation in wanted.operations} == {Action.MOVE}
    assert wanted.size == 0
    if sys.platform != "win32":
        real = tmp_path / "elsewhere.jpg"
        (folder / "IMG_9.JPG").rename(real)
        (folder / "IMG_9.JPG").symlink_to(real)
        assert "is a link" in planned(folder, tmp_path / "to", move=True).problems[0]


def test_originals_are_moved_as_they_are(folder, tmp_path):
    with pytest.raises(UnusableInput, match="moved as they are"):
        planned(folder, tmp_path / "to", move=True, rendition=Rendition(Format.JPEG, 100))
    with pytest.raises(UnusableInput, match="moved as they are"):
        planned(folder, tmp_path / "to", move=True, tagging=Tagging(Target.ADOBE))


def test_renditions_are_one_file_a_photo_with_an_estimate(folder, tmp_path):
    wanted = planned(folder, tmp_path / "to", rendition=Rendition(Format.WEBP, 100), template="{shoot}-{seq}")
    assert names(wanted) == ["shoot-1.webp", "shoot-2.webp", "shoot-3.webp"]
    assert all(operation.action is Action.RENDER and operation.size > 0 for operation in wanted.operations)
    assert tree(tmp_path) == tree(tmp_path)


def test_a_file_that_went_is_named(folder, tmp_path):
    found = chosen(folder)
    (folder / "IMG_1.WAV").unlink()
    wanted = plan(order(folder, tmp_path / "to"), found)
    assert len(wanted.operations) == 2
    assert "IMG_1.WAV cannot be examined" in wanted.problems[0]


def test_a_shoot_that_is_called_dot_has_a_name(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(folder)
    photo = chosen(Path())[0].card.photo
    one = Chosen(card(photo), Decision(), "pick")
    wanted = Order(tmp_path / "to", (Path(),), template=Template("{shoot}-{original}"))
    assert preview(wanted, [one])[0][1] == "shoot-IMG_1.JPG"
