"""A turned photo on its way out: sidecars, copies with metadata inside, and renditions."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from engine.export import rating_import, sidecar
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
