"""The keys of every action: presets, the user's own on top, who loses a key, and what the file may say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop.actions import table
from desktop.keymap import ADVANCE, FILE_NAME, KeyMap, everywhere, portable
from desktop.keymap_presets import PRESETS, USUAL
from engine.errors import StoreError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


def test_without_a_file_the_keys_are_those_of_the_table(path: Path) -> None:
    keymap = KeyMap(path)
    assert keymap.preset == USUAL and keymap.own == 0 and not keymap.warnings
    for action in table():
        assert keymap.keys(action.name) == tuple(map(portable, action.keys)), action.name
    assert keymap.keys("zoom") == ("Z",) and keymap.keys("zoom.hold") == ("Space",)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_real_actions_gives_no_key_twice_and_takes_no_action_its_last_key(path: Path, name: str) -> None:
    usual, keymap = KeyMap(path), KeyMap(path)
    assert PRESETS[name].keys.keys() <= keymap.entries.keys()
    keymap.use(name)
    counts = Counter(key for action in keymap.entries for key in keymap.keys(action))
    assert [key for key, count in counts.items() if count > 1] == []
    lost = [action for action in keymap.entries if usual.keys(action) and not keymap.keys(action)]
    assert lost == []
    for action, keys in PRESETS[name].keys.items():
        assert keymap.keys(action) == tuple(map(portable, keys))


@pytest.mark.parametrize(
    ("preset", "action", "key"),
    [
        ("photomechanic", "flag.pick", "T"),
        ("photomechanic", "flag.pick.advance", "Shift+T"),
        ("photomechanic", "colour.green", "5"),
        ("photomechanic", "stars.5", "Ctrl+5"),
        ("photomechanic", "stars.5.advance", "Ctrl+Shift+5"),
        ("darktable", "flag.reject", "R"),
        ("darktable", "flag.reject.advance", "Shift+R"),
        ("darktable", "colour.purple", "F5"),
        ("darktable", "keys", "?"),
        ("digikam", "flag.pick", "Alt+3"),
        ("digikam", "colour.purple.advance", "Ctrl+Alt+Shift+6"),
    ],
)
def test_a_mark_with_shift_follows_the_mark(path: Path, preset: str, action: str, key: str) -> None:
    keymap = KeyMap(path)
    keymap.use(preset)
    assert keymap.keys(action) == (key,)


def test_who_is_given_a_key_takes_it_from_who_had_it_and_both_are_remembered(path: Path) -> None:
    keymap = KeyMap(path)
    assert [entry.name for entry in keymap.holders("S", but="flag.pick")] == ["group.stack"]
    keymap.bind("flag.pick", ["s"])
    again = KeyMap(path)
    for one in (keymap, again):
        assert one.keys("flag.pick") == ("S",) and one.keys("group.stack") == ()
        # All stacks keep their key: a mark with Shift takes from nobody.
        assert one.keys("group.stacks") == ("Shift+S",) and one.keys(f"flag.pick{ADVANCE}") == ()
        assert one.is_own("flag.pick") and one.own == 1
    again.bind("group.stack", ["S", "F9"])
    assert again.keys("flag.pick") == () and again.keys("group.stack") == ("S", "F9")


def test_resetting_one_takes_its_key_back_and_resetting_all_forgets_everything(path: Path) -> None:
    keymap = KeyMap(path)
    keymap.bind("undo", ["P"])
    assert keymap.keys("flag.pick") == () and keymap.preset_keys("flag.pick") == ("P",)
    keymap.reset("flag.pick")
    assert keymap.keys("flag.pick") == ("P",) and keymap.keys("undo") == ()
    keymap.bind("redo", ["F7"])
    keymap.reset_all()
    assert keymap.own == 0 and keymap.keys("undo") == ("Ctrl+Z",) and KeyMap(path).keys("redo") == keymap.keys("redo")


def test_what_is_set_as_the_preset_has_it_is_no_change(path: Path) -> None:
    keymap = KeyMap(path)
    keymap.bind("flag.pick", ["Q"])
    keymap.bind("flag.pick", ["P"])
    assert keymap.own == 0


def test_own_keys_stay_on_top_of_another_preset(path: Path) -> None:
    keymap = KeyMap(path)
    keymap.bind("flag.pick", ["5"])
    keymap.use("photomechanic")
    assert keymap.keys("flag.pick") == ("5",) and keymap.keys("colour.green") == ()
    with pytest.raises(KeyError):
        keymap.use("emacs")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("preset = 'emacs'", "emacs"),
        ("[keys]\n'flag.pik' = ['T']", "flag.pik"),
        ("[keys]\n'flag.pick' = ['nonsense']", "nonsense"),
        ("[keys]\n'flag.pick' = ['Ctrl+K, Ctrl+S']", "flag.pick"),
        ("[keys]\n'flag.pick' = 'T'", "flag.pick"),
        ("[keys]\n'flag.pick' = [7]", "flag.pick"),
        ("keys = 3", "keys = 3"),
        ("[keys]\n'undo' = ['T']\n'flag.pick' = ['T']", "key of undo"),
        ("[keys", "cannot be read"),
        ("\0", "cannot be read"),
    ],
)
def test_nonsense_in_the_file_is_named_and_the_usual_keys_hold(path: Path, text: str, named: str) -> None:
    path.write_text(text)
    keymap = KeyMap(path)
    assert keymap.keys("flag.pick") == ("P",) and keymap.preset == USUAL
    (warning,) = keymap.warnings
    assert named in warning and str(path) in warning


def test_a_file_that_cannot_be_read_is_put_aside_and_an_unknown_action_is_kept(path: Path) -> None:
    path.write_text("[keys")
    KeyMap(path).bind("flag.pick", ["T"])
    assert path.with_name(f"{FILE_NAME}.unreadable").read_text() == "[keys"
    path.write_text("[keys]\n'from.the.future' = ['T']\n")
    KeyMap(path).bind("undo", ["F9"])
    assert "from.the.future" in path.read_text() and KeyMap(path).keys("undo") == ("F9",)


def test_keys_hold_even_where_they_cannot_be_saved(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    keymap = KeyMap(tmp_path / "file" / FILE_NAME)
    assert "cannot be read" in keymap.warnings[0]
    with pytest.raises(StoreError, match="cannot be saved"):
        keymap.bind("undo", ["F9"])
    assert keymap.spoken("undo") == "F9"


def test_sentences_name_the_keys_that_hold(path: Path) -> None:
    keymap = KeyMap(path)
    said = "Picked IMG_1, Ctrl+Z. Ctrl+L shows every photo; Ctrl+Shift+Z is another key"
    assert keymap.reworded(said) == said
    keymap.bind("undo", ["F9"])
    keymap.bind("filter.clear", [])
    assert keymap.reworded(said) == (
        "Picked IMG_1, F9. View, Clear Filters shows every photo; Ctrl+Shift+Z is another key"
    )


def test_what_a_key_does_everywhere_is_known() -> None:
    assert everywhere("Left") == "moves from photo to photo"
    assert everywhere("Ctrl+Left") == "moves inside a photo"
    assert everywhere("P") is None
