"""A shoot is opened again after its folder was renamed, moved, or mounted under another letter."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from engine.files import decode
from engine.files import shoot as shoots
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Decision, Flag, Photo
from tests.shoots import many

BODY = "Chinagraph Testcam 1001"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


def photos(folder: Path) -> list[Photo]:
    return list(shoots.read([folder]).photos)


def content(photo: Photo) -> str:
    return decode.fingerprint(decode.read(photo))


class Opened:
    """The shoot in a window: listed first, and then scored photo by photo, which tells their contents."""

    def __init__(self, database: Path, *folders: Path, scored: bool = True) -> None:
        self.store = Decisions(database)
        self.photos = {photo.path.name: photo for photo in shoots.read(folders).photos}
        self.contents: dict[str, str | None] = dict.fromkeys(self.photos)
        self.store.open_shoot(folders, [(photo, None) for photo in self.photos.values()])
        if scored:
            self.score(list(self.photos))

    def score(self, names: Sequence[str]) -> None:
        for name in names:
            self.contents[name] = content(self.photos[name])
            self.store.identify([(self.photos[name], self.contents[name] or "")])

    def mark(self, name: str, field: str, new: object) -> None:
        self.store.mark([Mark(self.photos[name], self.contents[name], field, new)], Origin.KEY)  # type: ignore[arg-type]

    def __getitem__(self, name: str) -> Decision:
        return self.store.of(self.photos[name].path)

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def cull(database: Path) -> Callable[[Path], None]:
    """Two picks, three stars, a corrected clock, and one act that was taken back."""

    def decide(folder: Path) -> None:
        window = Opened(database, folder)
        window.mark("p000.jpg", "flag", Flag.PICK)
        window.mark("p001.jpg", "flag", Flag.PICK)
        window.mark("p002.jpg", "stars", 3)
        window.mark("p003.jpg", "flag", Flag.REJECT)
        window.store.undo()
        window.store.set_clock(BODY, timedelta(hours=1))
        window.close()

    return decide


def is_as_it_was(window: Opened) -> None:
    """Everything decided is there, and undo and redo go on where they were."""
    assert window["p000.jpg"] == window["p001.jpg"] == Decision(Flag.PICK)
    assert window["p002.jpg"] == Decision(stars=3)
    assert window["p003.jpg"] == Decision()
    assert window.store.clocks() == {BODY: timedelta(hours=1)}
    assert [change.path.name for change in window.store.redo()] == ["p003.jpg"]
    assert window["p003.jpg"] == Decision(Flag.REJECT)
    assert [change.path for change in window.store.undo()] == [window.photos["p003.jpg"].path]
    assert [change.path for change in window.store.undo()] == [window.photos["p002.jpg"].path]
    assert window["p002.jpg"] == Decision()
    window.store.redo()


@pytest.mark.parametrize("place", ["renamed", "another/drive/2026/shoot", "inside/of/it/all"])
def test_a_folder_that_was_renamed_or_moved_is_as_it_was(place, tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    moved = folder.rename(tmp_path / place)
    for _ in range(2):
        window = Opened(database, moved)
        is_as_it_was(window)
        window.close()


def test_nothing_is_there_before_contents_are_known_and_all_of_it_after(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    window = Opened(database, folder.rename(tmp_path / "renamed"), scored=False)
    assert not window.store.can_undo and not window.store.can_redo
    window.score(["p004.jpg", "p000.jpg"])
    assert window["p000.jpg"] == Decision(Flag.PICK)
    assert not window.store.can_undo, "most of the shoot may be elsewhere still"
    window.score(["p001.jpg", "p002.jpg", "p003.jpg"])
    is_as_it_was(window)
    window.close()


def test_half_of_the_files_renamed_on_the_way(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    moved = folder.rename(tmp_path / "moved")
    (moved / "p000.jpg").rename(moved / "wedding-1.jpg")
    (moved / "p002.jpg").rename(moved / "wedding-2.jpg")
    window = Opened(database, moved)
    assert window["wedding-1.jpg"] == window["p001.jpg"] == Decision(Flag.PICK)
    assert window["wedding-2.jpg"] == Decision(stars=3)
    assert [change.path.name for change in window.store.undo()] == ["wedding-2.jpg"]
    window.close()


def test_all_files_renamed_on_the_way(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    moved = folder.rename(tmp_path / "moved")
    for number in range(5):
        (moved / f"p00{number}.jpg").rename(moved / f"w{number}.jpg")
    window = Opened(database, moved)
    assert window["w0.jpg"] == Decision(Flag.PICK)
    assert [change.path.name for change in window.store.undo()] == ["w2.jpg"]
    assert window.store.clocks() == {BODY: timedelta(hours=1)}
    window.close()


def test_another_drive_letter_and_a_folder_above_that_was_renamed(tmp_path, database, cull):
    """The shoot is two levels below what changed, and a second shoot beside it is untouched until it is opened."""
    folder, beside = many(tmp_path / "E" / "2026" / "one", 5), many(tmp_path / "E" / "2026" / "two", 5)
    for number in range(5):
        (beside / f"p00{number}.jpg").write_bytes((beside / f"p00{number}.jpg").read_bytes() + b"two")
    cull(folder)
    window = Opened(database, beside)
    window.mark("p004.jpg", "stars", 5)
    window.close()
    (tmp_path / "E").rename(tmp_path / "F")
    window = Opened(database, tmp_path / "F" / "2026" / "one")
    is_as_it_was(window)
    window.close()
    window = Opened(database, tmp_path / "F" / "2026" / "two")
    assert window["p004.jpg"] == Decision(stars=5)
    assert [change.path.name for change in window.store.undo()] == ["p004.jpg"]
    assert not window.store.can_undo
    window.close()


def test_a_shoot_of_two_folders_of_which_one_was_renamed(tmp_path, database):
    first, second = many(tmp_path / "cards" / "a", 2), many(tmp_path / "cards" / "b", 4)
    for photo in photos(second):
        photo.path.rename(second / photo.path.name.replace("p0", "q0"))
    (second / "q000.jpg").unlink()
    (second / "q001.jpg").unlink()
    window = Opened(database, first, second)
    window.mark("p000.jpg", "flag", Flag.PICK)
    window.mark("q002.jpg", "stars", 2)
    window.close()
    moved = second.rename(tmp_path / "cards" / "c")
    window = Opened(database, first, moved)
    assert window["q002.jpg"] == Decision(stars=2)
    assert [change.path.name for change in (*window.store.undo(), *window.store.undo())] == ["q002.jpg", "p000.jpg"]
    window.close()


def test_a_photo_marked_before_its_content_was_known_moves_with_its_folder(tmp_path, database):
    folder = many(tmp_path / "shoot", 4)
    window = Opened(database, folder, scored=False)
    window.score(["p000.jpg", "p001.jpg"])
    for name in ("p000.jpg", "p001.jpg", "p003.jpg"):
        window.mark(name, "flag", Flag.PICK)
    window.close()
    window = Opened(database, folder.rename(tmp_path / "renamed"))
    assert window["p003.jpg"] == Decision(Flag.PICK)
    assert [change.path.name for change in window.store.undo()] == ["p003.jpg"]
    window.close()
    window = Opened(database, tmp_path / "renamed")
    assert window["p003.jpg"] == Decision() and window["p001.jpg"] == Decision(Flag.PICK)
    window.close()


def test_marks_made_in_the_new_place_come_after_those_of_the_old_one(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    window = Opened(database, folder.rename(tmp_path / "renamed"), scored=False)
    window.mark("p004.jpg", "stars", 1)
    window.score(list(window.photos))
    assert not window.store.can_redo, "a new mark has overtaken it"
    assert [change.path.name for change in window.store.undo()] == ["p004.jpg"]
    assert [change.path.name for change in window.store.undo()] == ["p002.jpg"]
    window.close()
    window = Opened(database, tmp_path / "renamed")
    window.store.redo()
    assert window["p002.jpg"] == Decision(stars=3)
    window.close()


def test_a_mark_made_before_the_content_was_known_is_added_to_what_was_decided_before(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    window = Opened(database, folder.rename(tmp_path / "renamed"), scored=False)
    window.mark("p000.jpg", "stars", 4)
    window.mark("p002.jpg", "stars", 1)
    window.score(list(window.photos))
    assert window["p000.jpg"] == Decision(Flag.PICK, 4)
    assert window["p002.jpg"] == Decision(stars=1), "the later mark stands"
    window.close()
    window = Opened(database, tmp_path / "renamed")
    assert window["p000.jpg"] == Decision(Flag.PICK, 4) and window["p002.jpg"] == Decision(stars=1)
    window.close()
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(tmp_path / "renamed" / "p002.jpg", copy)
    window = Opened(database, copy)
    assert window["p002.jpg"] == Decision(), "a copy decides apart, from the past too"
    window.close()


def test_the_next_shoot_on_the_same_card_starts_without_a_past(tmp_path, database, cull):
    card = many(tmp_path / "card" / "DCIM", 5)
    cull(card)
    disk = tmp_path / "disk" / "monday"
    disk.parent.mkdir()
    shutil.move(card, disk)
    window = Opened(database, disk)
    is_as_it_was(window)
    window.close()
    tuesday = many(tmp_path / "card" / "DCIM", 3)
    for photo in photos(tuesday):
        photo.path.write_bytes(photo.path.read_bytes() + b"tuesday")
    window = Opened(database, tuesday)
    assert not window.store.can_undo and window.store.clocks() == {}
    window.mark("p001.jpg", "stars", 2)
    window.close()
    window = Opened(database, disk)
    is_as_it_was(window)
    window.close()


def test_a_few_photos_sorted_elsewhere_take_their_decisions_and_leave_the_history(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    best = tmp_path / "best"
    best.mkdir()
    (folder / "p000.jpg").rename(best / "p000.jpg")
    window = Opened(database, best)
    assert window["p000.jpg"] == Decision(Flag.PICK)
    assert not window.store.can_undo
    window.close()
    window = Opened(database, folder)
    assert [change.path.name for change in window.store.undo()] == ["p002.jpg"]
    window.close()


def test_a_copy_beside_the_original_takes_nothing(tmp_path, database, cull):
    folder = many(tmp_path / "shoot", 5)
    cull(folder)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    window = Opened(database, copy)
    assert window["p000.jpg"] == Decision() and not window.store.can_undo
    window.close()
    window = Opened(database, folder)
    is_as_it_was(window)
    window.close()
