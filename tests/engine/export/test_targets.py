"""What each program will read of which kind of file: a sentence for every case, and none that contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.export.targets import EMBEDDED, PRESETS, Kind, Place, Target, kind, kind_of, prospect
from engine.types import FileStamp, Photo


@pytest.mark.parametrize("target", Target)
@pytest.mark.parametrize("what", Kind)
@pytest.mark.parametrize("exported", [False, True])
def test_every_case_is_told_in_whole_sentences(target, what, exported):
    told = prospect(target, what, exported)
    assert PRESETS[target].title in told.sentence and told.sentence.endswith(".")
    assert told.warning is None or told.warning.endswith(".")
    assert (told.place is Place.NOWHERE) == (not (told.stars or told.flag or told.colour))
    assert told.place is not Place.NOWHERE or told.warning
    assert told.place is not Place.INSIDE or (exported and what in EMBEDDED)


def test_lightroom_reads_sidecars_of_raw_alone_and_the_inside_of_copies():
    assert prospect(Target.ADOBE, Kind.RAW).place is Place.SIDECAR
    for what in (Kind.JPEG, Kind.TIFF, Kind.DNG):
        assert prospect(Target.ADOBE, what).place is Place.NOWHERE
        assert "Export a copy" in str(prospect(Target.ADOBE, what).warning)
        assert prospect(Target.ADOBE, what, exported=True).place is Place.INSIDE
    assert prospect(Target.ADOBE, Kind.HEIF, exported=True).place is Place.NOWHERE
    assert prospect(Target.DARKTABLE, Kind.HEIF, exported=True).place is Place.SIDECAR


def test_what_a_program_has_no_word_for_is_said():
    assert not prospect(Target.CAPTUREONE, Kind.RAW).flag
    assert "flags" in str(prospect(Target.CAPTUREONE, Kind.RAW).warning)
    assert "picks" in str(prospect(Target.DARKTABLE, Kind.RAW).warning)


def test_kinds_go_by_the_name():
    names = {"a.JPG": Kind.JPEG, "a.dng": Kind.DNG, "a.CR3": Kind.RAW, "a.heic": Kind.HEIF, "a.tif": Kind.TIFF,
             "a.png": Kind.PNG, "a.webp": Kind.WEBP, "a.gif": Kind.OTHER}  # fmt: skip
    assert {name: kind(Path(name)) for name in names} == names
    pair = Photo(Path("a.jpg"), (Path("a.jpg"), Path("a.nef"), Path("a.xmp")), FileStamp(1, 1, 1))
    assert kind_of(pair) is Kind.RAW
