"""What the export dialog is set to, as it is kept from one day to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.export_presets import BUILT_IN, MOST_RECENT, ExportPreset, Presets, Table, Which
from engine.errors import StoreError
from engine.export.plan import Clashes
from engine.export.rendition import Format, Policy
from engine.export.targets import Target

ALBUM = ExportPreset(
    Which.STARS,
    least_stars=3,
    best=7,
    template='{date:%Y}/"{original}"',
    clashes=Clashes.REFUSED,
    format=Format.WEBP,
    edge=1200,
    quality=70,
    policy=Policy.NONE,
    program=Target.DIGIKAM,
    table=Table.JSON,
    verify=False,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "exports.toml"


def test_a_preset_comes_back_in_every_field(path: Path) -> None:
    Presets(path).keep("Für's Album", ALBUM)
    again = Presets(path)
    assert again.own == {"Für's Album": ALBUM} and not again.warnings
    assert list(again.all) == [*BUILT_IN, "Für's Album"]
    assert list(path.parent.iterdir()) == [path], "nothing temporary stays"


def test_presets_are_renamed_and_deleted(path: Path) -> None:
    presets = Presets(path)
    presets.keep("a", ALBUM)
    presets.keep("b", ExportPreset())
    presets.rename("a", "c")
    assert Presets(path).own == {"b": ExportPreset(), "c": ALBUM}
    presets.delete("b")
    assert Presets(path).own == {"c": ALBUM}


@pytest.mark.parametrize("name", ["", "  ", "a\nb", next(iter(BUILT_IN))])
def test_a_name_that_cannot_be_is_refused(path: Path, name: str) -> None:
    presets = Presets(path)
    presets.keep("mine", ALBUM)
    with pytest.raises(ValueError, match="name"):
        presets.keep(name, ALBUM)
    with pytest.raises(ValueError, match="name"):
        presets.rename("mine", name)
    assert Presets(path).own == {"mine": ALBUM}


def test_a_name_is_not_given_twice(path: Path) -> None:
    presets = Presets(path)
    presets.keep("a", ALBUM)
    presets.keep("b", ExportPreset())
    with pytest.raises(ValueError, match="already"):
        presets.rename("a", "b")
    presets.rename("a", "a")
    assert presets.own == {"a": ALBUM, "b": ExportPreset()}


def test_the_last_choice_and_the_folders_are_remembered_each_once(path: Path) -> None:
    presets = Presets(path)
    for number in (*range(MOST_RECENT + 3), 5):
        presets.use(ALBUM, f"/to/{number}")
    again = Presets(path)
    assert again.last == ALBUM
    assert again.recent[:3] == ("/to/5", "/to/10", "/to/9") and len(again.recent) == MOST_RECENT


def test_nonsense_gives_the_default_and_is_told(path: Path) -> None:
    path.write_text(
        'recent = ["/a", 3]\n[presets.mine]\nedge = 5\nwhich = "all"\nverify = 1\nquality = 60\nprogram = "paint"\n'
        '[presets.odd]\nleast_stars = true\n[presets]\nplain = 7\n[presets."Picks by day"]\nedge = 99\n'
    )
    presets = Presets(path)
    assert presets.recent == ("/a",)
    assert presets.own["mine"] == ExportPreset(quality=60)
    assert presets.own["odd"] == presets.own["plain"] == ExportPreset()
    assert presets.all["Picks by day"] == BUILT_IN["Picks by day"]
    assert len(presets.warnings) == 5 and all(str(path) in warning for warning in presets.warnings)


@pytest.mark.parametrize("text", [b"[", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_left_as_it_is(path: Path, text: bytes) -> None:
    path.write_bytes(text)
    presets = Presets(path)
    assert presets.last == ExportPreset() and "cannot be read" in presets.warnings[0]
    with pytest.raises(StoreError, match="left alone"):
        presets.keep("a", ALBUM)
    assert path.read_bytes() == text


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    presets = Presets(tmp_path / "data" / "exports.toml")
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be saved.*Make room"):
        presets.keep("a", ALBUM)
