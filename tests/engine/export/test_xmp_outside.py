"""What we write, read by programs of others: exiftool and exiv2."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.export import embedded, sidecar
from engine.export.carriers import Said
from engine.export.targets import PRESETS, Target
from engine.types import Colour, Decision, Flag
from tests import pictures, sidecars

SAID = Said.of(Decision(Flag.PICK, 4, Colour.PURPLE))
SHAPES = {
    "new": None,
    "lightroom": sidecars.lightroom(),
    "darktable": sidecars.darktable(labels=(0,)),
    "digikam": sidecars.digikam(),
    "exiftool": sidecars.exiftool_written(),
    "photo mechanic": sidecars.photo_mechanic(),
}


def written(path: Path, shape: str, target: Target, said: Said = SAID) -> Path:
    source = SHAPES[shape]
    if source is not None:
        path.write_bytes(source)
    outcome = sidecar.write(path, said, PRESETS[target], path)
    assert outcome.status is sidecar.Status.WRITTEN, outcome
    return path


def complaints(found: dict[str, object]) -> list[object]:
    """What exiftool finds wrong. It calls Exiv2's name for Microsoft's namespace a minor error."""
    said = [value for name, value in found.items() if name.endswith(("Warning", "Error"))]
    return [text for text in said if "MicrosoftPhoto" not in str(text)]


@pytest.mark.parametrize("shape", SHAPES)
def test_exiftool_and_exiv2_read_every_shape_that_we_merged_into(shape, tmp_path):
    path = written(tmp_path / "a.xmp", shape, Target.ADOBE)
    found = sidecars.exiftool(path)
    assert (found["XMP-xmp:Rating"], found["XMP-xmp:Label"]) == (4, "Purple")
    assert found["XMP-photoshop:LabelColor"] == "purple"
    assert (found["XMP-xmpDM:Pick"], found["XMP-xmpDM:Good"]) == (1, True)
    assert not complaints(found)
    told = sidecars.exiv2(path)
    assert (told["Xmp.xmp.Rating"], told["Xmp.xmp.Label"], told["Xmp.xmpDM.pick"]) == ("4", "Purple", "1")
    if shape == "lightroom":
        assert found["XMP-crs:Exposure2012"] == "+0.35" and found["XMP-dc:Subject"] == ["Lac Léman", "boats & sails"]
        assert found["XMP-xmpMM:History"][0]["Action"] == "saved"
    if shape == "darktable":
        assert told["Xmp.darktable.colorlabels"] == "4" and told["Xmp.darktable.history_end"] == "1"


@pytest.mark.parametrize("target", Target)
def test_each_programs_words_are_read(target, tmp_path):
    path = written(tmp_path / "a.xmp", "new", target)
    found = sidecars.exiftool(path)
    assert found["XMP-xmp:Rating"] == 4
    assert found["XMP-chinagraph:Flag"] == "pick"
    if target is Target.DIGIKAM:
        assert (found["XMP-digiKam:PickLabel"], found["XMP-digiKam:ColorLabel"]) == (3, 6)
    if target is Target.PHOTOMECHANIC:
        assert (found["XMP-photomech:Tagged"], found["XMP-photomech:ColorClass"]) == (True, 1)
    reject = written(tmp_path / "b.xmp", "new", target, Said.of(Decision(Flag.REJECT, 2)))
    expected = "-1" if PRESETS[target].rejects_by_rating else "2"
    assert sidecars.exiv2(reject)["Xmp.xmp.Rating"] == expected


def test_what_exiftool_writes_we_merge_into_and_it_reads_again(tmp_path):
    sidecars.need("exiftool")
    path = tmp_path / "a.xmp"
    sidecars.exiftool_write(
        path, "-XMP-xmp:Rating=2", "-XMP-dc:Subject=one", "-XMP-dc:Title-de=Abend", "-XMP-crs:Clarity=5"
    )
    assert sidecar.write(path, SAID, PRESETS[Target.DIGIKAM], path).status is sidecar.Status.WRITTEN
    found = sidecars.exiftool(path)
    assert (found["XMP-xmp:Rating"], found["XMP-dc:Subject"], found["XMP-crs:Clarity"]) == (4, ["one"], 5)
    sidecars.exiftool_write(path, "-XMP-xmp:Rating=1")
    assert sidecar.read(path).get("xmp:Rating") == "1"
    assert sidecar.read(path).get("chinagraph:Stars") == "4", "who changes ours keeps our record"


@pytest.mark.parametrize("kind", ["jpeg", "tiff", "dng", "png", "webp"])
def test_metadata_inside_exported_copies_is_read(kind, tmp_path):
    make = getattr(pictures, kind)
    path = make(tmp_path / f"a.{'jpg' if kind == 'jpeg' else kind}", size=(96, 64))
    path.write_bytes(embedded.embed(path.read_bytes(), SAID, Target.ADOBE, path))
    found = sidecars.exiftool(path)
    assert (found["XMP-xmp:Rating"], found["XMP-xmpDM:Pick"]) == (4, 1)
    assert not complaints(found)
    assert sidecars.exiv2(path)["Xmp.xmp.Label"] == "Purple"
