"""A turned photo on its way out: sidecars, copies with metadata inside, and renditions."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from engine.export import rating_import, sidecar, xmp_write
from engine.export.carriers import Said
from engine.export.embedded_orientation import oriented
from engine.export.rendition import Format, Rendition, render
from engine.export.sidecar import Names
from engine.export.tagging import Tagging
from engine.export.targets import PRESETS, Target
from engine.files import shoot
from engine.turn import Turn
from engine.types import Card, Decision, Metadata
from tests import pictures, sidecars


def orientation(data: bytes) -> int | None:
    with Image.open(io.BytesIO(data)) as image:
        return image.getexif().get(0x0112)


def write(
    path: Path, decision: Decision, fields: set[str], taken_back: frozenset[str] = frozenset(), lies: int = 6
) -> str:
    said = Said(decision, frozenset(fields), frozenset(taken_back), orientation=lies)
    outcome = sidecar.write(path, said, PRESETS[Target.ADOBE], path, sync=False)
    assert outcome.error is None
    return path.read_text() if path.exists() else ""


def test_a_sidecar_says_how_the_photo_lies_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecars.lightroom(3, "Red"))
    before = sidecars.meaning(path.read_bytes())
    assert 'tiff:Orientation="3"' in write(path, Decision(turn=Turn.RIGHT), {"turn"})
    after = sidecars.meaning(path.read_bytes())
    assert after == before | {name: said for name, said in after.items() if name.endswith(("Orientation", "}Turn"))}
    assert sidecar.read(path).get("chinagraph:Turn") == "1"
    assert 'tiff:Orientation="6"' in write(path, Decision(), set(), frozenset({"turn"})), (
        "undone: as the file says again"
    )


def test_nothing_is_written_of_a_photo_that_was_never_turned(tmp_path: Path) -> None:
    assert "Orientation" not in write(tmp_path / "a.xmp", Decision(stars=2), {"stars"})


def test_a_sidecar_of_ours_brings_the_turn_back(tmp_path: Path) -> None:
    pictures.jpeg(tmp_path / "a.jpg")
    write(tmp_path / "a.xmp", Decision(turn=Turn.LEFT), {"turn"}, lies=1)
    (photo,) = shoot.read([tmp_path]).photos
    found = rating_import.plan([rating_import.read(photo, Names([photo]))], lambda _: Decision(), {})
    assert [(mark.field, mark.new) for mark in found.marks] == [("turn", Turn.LEFT)]


def turned_outside(folder: Path, orientation: str, decided: Turn | None = None) -> rating_import.Import:
    """What is found where another program wrote this orientation into the sidecar of a photo that states 6."""
    pictures.jpeg(folder / "a.jpg", orientation=6)
    said = f'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="{orientation}"'
    (folder / "a.xmp").write_text(sidecars.attributes(rating="2").replace('xmp:Rating="2"', f'xmp:Rating="2" {said}'))
    (photo,) = shoot.read([folder]).photos
    now = Decision() if decided is None else Decision(turn=decided)
    fields = {} if decided is None else {photo.path: {"turn"}}
    return rating_import.plan([rating_import.read(photo, Names([photo]))], lambda _: now, fields)


def turns(found: rating_import.Import) -> list[object]:
    return [mark.new for mark in found.marks if mark.field == "turn"]


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        ("3", Turn.RIGHT),
        ("8", Turn.OVER),
        ("1", Turn.LEFT),
        ("6", None),
        ("5", None),
        ("9", None),
        ("x", None),
        ("", None),
    ],
)
def test_a_rotation_by_another_program_is_taken_over(tmp_path: Path, orientation: str, turn: Turn | None) -> None:
    found = turned_outside(tmp_path, orientation)
    assert turns(found) == ([] if turn is None else [turn]) and not found.conflicts and not found.problems


def test_a_rotation_that_was_decided_otherwise_is_asked_about(tmp_path: Path) -> None:
    found = turned_outside(tmp_path, "3", decided=Turn.LEFT)
    (conflict,) = found.conflicts
    assert (conflict.field, conflict.decided, conflict.suggested) == ("turn", Turn.LEFT, Turn.LEFT) and not turns(found)
    (statement,) = conflict.statements
    assert (statement.name, statement.value, statement.path.name) == ("tiff:Orientation", Turn.RIGHT, "a.xmp")
    assert not turned_outside(tmp_path, "3", decided=Turn.RIGHT).conflicts, "they agree"
    assert not turned_outside(tmp_path, "6", decided=Turn.RIGHT).conflicts, (
        "what the file says itself speaks for nobody"
    )


def test_a_rotation_after_ours_is_heard_and_never_written_over(tmp_path: Path) -> None:
    pictures.jpeg(tmp_path / "a.jpg", orientation=6)
    write(tmp_path / "a.xmp", Decision(turn=Turn.RIGHT), {"turn"})
    (photo,) = shoot.read([tmp_path]).photos
    names, known = Names([photo]), Metadata(orientation=6)
    ours = rating_import.read(photo, names, known).statements
    assert {(s.value, s.ours) for s in ours} == {(Turn.RIGHT, True)}
    said = Said(Decision(turn=Turn.RIGHT), frozenset({"turn"}), orientation=6)
    assert not xmp_write.pending([photo], {photo.path: said}, [Target.ADOBE], names)
    text = (tmp_path / "a.xmp").read_text()
    (tmp_path / "a.xmp").write_text(text.replace('tiff:Orientation="3"', 'tiff:Orientation="6"'))
    read = rating_import.read(photo, names, known)
    found = rating_import.plan([read], lambda _: Decision(turn=Turn.RIGHT), {photo.path: {"turn"}})
    (conflict,) = found.conflicts
    assert [statement.value for statement in conflict.statements] == [Turn.NONE], "turned back by another program"
    assert not xmp_write.pending([photo], {photo.path: said}, [Target.ADOBE], names)
    write(tmp_path / "a.xmp", Decision(), set(), frozenset({"turn"}))
    assert 'tiff:Orientation="6"' in (tmp_path / "a.xmp").read_text()


@pytest.mark.parametrize("lies", [None, 6])
def test_a_copy_lies_as_it_was_turned_for_programs_that_read_exif_alone(tmp_path: Path, lies: int | None) -> None:
    known = {} if lies is None else {"orientation": lies}
    pictures.jpeg(tmp_path / "a.jpg", **known)
    original = (tmp_path / "a.jpg").read_bytes()
    (photo,) = shoot.read([tmp_path]).photos
    card = Card(photo, Metadata(orientation=lies or 1))
    made = Tagging(Target.ADOBE).inside(original, card, Decision(turn=Turn.RIGHT), photo.path)
    assert orientation(made) == (6 if lies is None else 3)
    with Image.open(io.BytesIO(made)) as copy, Image.open(io.BytesIO(original)) as before:
        assert copy.tobytes() == before.tobytes(), "every pixel stays"
    assert (tmp_path / "a.jpg").read_bytes() == original


def test_a_tiff_is_patched_and_other_files_are_left(tmp_path: Path) -> None:
    data = pictures.tiff(tmp_path / "a.tif", orientation=6).read_bytes()
    assert orientation(oriented(data, 8)) == 8
    other = pictures.png(tmp_path / "a.png").read_bytes()
    assert oriented(other, 8) == other
    assert oriented(data[:40], 8) == data[:40]


def test_a_rendition_has_turned_pixels(tmp_path: Path) -> None:
    pictures.jpeg(tmp_path / "a.jpg", size=(480, 320))
    (photo,) = shoot.read([tmp_path]).photos
    with Image.open(io.BytesIO(render(photo, Rendition(Format.JPEG, 400), Turn.RIGHT))) as turned:
        assert turned.size == (267, 400) and turned.getexif().get(0x0112) == 1
