"""Names of exported files: legal everywhere, short enough, one photo each."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from engine.export import names


@pytest.mark.parametrize("name", ["con", "CON", "Nul", "com1", "LPT9", "aux.2026", "CONOUT$", "prn", "COM¹"])
def test_names_that_windows_keeps_for_itself_are_changed(name):
    stem = names.legal(name).split(".")[0]
    assert stem.casefold() != name.split(".")[0].casefold()


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("a\x00b\x1fc", "a_b_c"),
        ("tail. . .", "tail"),
        ("..hidden", "hidden"),
        (" lead", "lead"),
        ("..", "_"),
        ("", "_"),
        ("a\udcffb", "a_b"),
        ("e\u0301", "\u00e9"),
        ("Straße 日本 🎉", "Straße 日本 🎉"),
    ],
)
def test_what_no_system_or_not_every_system_takes_is_replaced(name, legal):
    assert names.legal(name) == legal


@pytest.mark.parametrize("letter", ["x", "é", "日", "🎉"])
def test_the_longest_names_still_have_room_for_ending_and_number(letter):
    assert len(names.legal(letter * 300).encode()) <= names.LONGEST
    made = names.in_one(f"folder/{letter * 300}", [".jpg", ".NEF", ".NEF.xmp"], 12)
    stems = {name.removeprefix("folder/").removesuffix(ending) for ending, name in made.items()}
    assert len(stems) == 1 and stems.pop().endswith(f"{letter}-12")
    assert max(len(name.split("/")[1].encode()) for name in made.values()) in range(
        names.LONGEST - 3, names.LONGEST + 1
    )


def test_names_are_one_that_some_file_system_takes_for_one():
    assert names.key("IMG_É.JPG") == names.key(unicodedata.normalize("NFD", "img_é.jpg"))
    assert names.key("Straße") == names.key("STRASSE")
    assert names.key("a") != names.key("b")


@pytest.mark.parametrize(
    ("member", "suffix", "stem"),
    [
        ("IMG_1.JPG", ".JPG", "img_1"),
        ("IMG_1.xmp", ".xmp", "img_1"),
        ("IMG_1.NEF.xmp", ".NEF.xmp", "img_1"),
        ("IMG_1.WAV", ".WAV", "img_1"),
        ("IMG_1.v2.xmp", ".xmp", "img_1.v2"),
        ("IMG_1.jpg.nef", ".nef", "img_1.jpg"),
    ],
)
def test_both_forms_of_a_sidecars_name_are_told_apart(member, suffix, stem):
    assert names.suffix(Path(member)) == suffix
    assert names.stem_key(member) == stem


def test_other_files_bear_no_photos_name():
    assert names.stem_key("notes.txt") is None


class TestTaken:
    def test_a_name_goes_to_one_photo(self, tmp_path):
        taken = names.Taken(tmp_path)
        assert taken.is_free(["a.jpg"], Path("x/1.jpg"))
        taken.take(["a.jpg"], Path("x/1.jpg"))
        assert not taken.is_free(["A.JPG"], Path("x/2.jpg"))
        assert not taken.is_free(["a.nef"], Path("x/2.nef")), "it would become one photo with a.jpg"
        assert taken.is_free(["b/a.jpg"], Path("x/2.jpg"))

    def test_photos_that_share_a_name_in_the_shoot_may_share_one_here(self, tmp_path):
        taken = names.Taken(tmp_path)
        taken.take(["a.jpg"], Path("x/1.jpg"))
        assert taken.is_free(["a.png"], Path("x/1.png"))
        assert not taken.is_free(["a.png"], Path("y/1.png"))

    def test_what_lies_there_takes_its_name_and_its_stem(self, tmp_path):
        (tmp_path / "É.jpg").touch()
        (tmp_path / "notes.txt").touch()
        (tmp_path / "sub").mkdir()
        taken = names.Taken(tmp_path)
        assert taken.lying("é.JPG") == tmp_path / "É.jpg"
        assert taken.lying("sub/x.jpg") is None
        assert not taken.is_free(["e\u0301.JPG"], Path("x/1.jpg"))
        assert not taken.is_free(["é.nef"], Path("x/1.nef"))
        assert taken.is_free(["notes.jpg"], Path("x/1.jpg"))
        assert taken.is_free(["É.jpg", "É.xmp"], Path("x/1.jpg"), known=["É.jpg"])
        assert not taken.is_free(["sub"], Path("x/sub"))
