"""Which photos were ever looked at: in this run, in an earlier one, and after they moved."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from engine.files import shoot
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Photo


def photos(folder: Path, *names: str) -> dict[str, Photo]:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())
    return {photo.path.name: photo for photo in shoot.read([folder]).photos}


def test_views_of_this_run_and_of_earlier_ones_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    found = photos(folder, "a.jpg", "b.jpg", "c.jpg")
    pairs = [(photo, name) for name, photo in found.items()]
    with closing(Decisions(tmp_path / "d.sqlite")) as store:
        store.open_shoot([folder], pairs)
        assert store.looked_at() == set()
        store.seen(found["a.jpg"], "a.jpg", "loupe")
        store.seen(found["a.jpg"], "a.jpg", "loupe")
        store.mark([Mark(found["b.jpg"], "b.jpg", "stars", 3)], Origin.KEY)
        assert store.looked_at() == {found["a.jpg"].path}, "a decision alone is no look"
    with closing(Decisions(tmp_path / "d.sqlite")) as store:
        store.open_shoot([folder], pairs)
        store.seen(found["c.jpg"], "c.jpg", "grid")
        assert store.looked_at() == {found["a.jpg"].path, found["c.jpg"].path}


def test_a_look_at_a_photo_of_unknown_content_counts_before_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    found = photos(folder, "a.jpg")
    with closing(Decisions(tmp_path / "d.sqlite")) as store:
        store.open_shoot([folder], [(found["a.jpg"], None)])
        store.seen(found["a.jpg"], None, "loupe")
        assert store.looked_at() == {found["a.jpg"].path}


def test_what_was_seen_stays_so_after_the_file_moved(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    found = photos(before, "a.jpg", "b.jpg")
    with closing(Decisions(tmp_path / "d.sqlite")) as store:
        store.open_shoot([before], [(photo, name) for name, photo in found.items()])
        store.seen(found["a.jpg"], "a.jpg", "loupe")
        store.mark([Mark(found["a.jpg"], "a.jpg", "stars", 3)], Origin.KEY)
    before.rename(after)
    moved = photos(after)
    with closing(Decisions(tmp_path / "d.sqlite")) as store:
        store.open_shoot([after], [(photo, name) for name, photo in moved.items()])
        assert store.looked_at() == {moved["a.jpg"].path}
