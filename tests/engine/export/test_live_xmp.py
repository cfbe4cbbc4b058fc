"""Sidecars that follow the decisions: once things calm down, again after a failure, and never in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import StoreFull
from engine.export import live_xmp, sidecar, xmp_write
from engine.export.carriers import Said
from engine.export.live_xmp import LiveXmp
from engine.export.sidecar import Names, Outcome, Status
from engine.export.targets import Target
from engine.files import shoot
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Decision, Photo
from tests import sidecars

LONG = 600.0
"""A delay that no test waits for: what is written is written by flush() or close()."""


class Desk:
    """A shoot of some photos with its decisions, and what live writing told."""

    def __init__(self, tmp_path: Path, count: int = 3) -> None:
        self.folder = tmp_path / "shoot"
        self.folder.mkdir()
        for number in range(count):
            (self.folder / f"{number}.nef").write_bytes(b"raw")
        self.photos = shoot.read([self.folder]).photos
        self.names = Names(self.photos)
        self.store = Decisions(tmp_path / "decisions.sqlite")
        self.store.open_shoot([self.folder], [(photo, None) for photo in self.photos])
        self.told: list[Outcome] = []
        self.heard = threading.Event()

    def tell(self, photos: Sequence[Photo]) -> Mapping[Path, Said]:
        return xmp_write.sayings(self.store, photos)

    def hear(self, outcomes: Sequence[Outcome]) -> None:
        self.told.extend(outcomes)
        self.heard.set()

    @contextmanager
    def live(self, delay: float = LONG) -> Iterator[LiveXmp]:
        live = LiveXmp(self.tell, [Target.ADOBE], self.names, self.hear, delay)
        try:
            yield live
        finally:
            live.close()

    def rate(self, stars: int, *photos: Photo) -> None:
        self.store.mark([Mark(photo, None, "stars", stars) for photo in photos or self.photos], Origin.KEY)

    def ratings(self) -> list[str | None]:
        paths = [photo.path.with_suffix(".xmp") for photo in self.photos]
        return [sidecar.read(path).get("xmp:Rating") if path.exists() else None for path in paths]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_what_changed_is_written_soon_and_told(desk):
    with desk.live(delay=0.01) as live:
        desk.rate(3, desk.photos[0])
        live.changed(desk.photos[:1])
        assert desk.heard.wait(20)
        assert live.flush() == ()
    assert desk.ratings() == ["3", None, None]
    assert [(o.sidecar.name, o.status) for o in desk.told] == [("0.xmp", Status.WRITTEN)]


def test_many_changes_of_a_photo_are_one_write_of_the_last(desk):
    with desk.live() as live:
        for stars in (1, 2, 3, 4):
            desk.rate(stars)
            live.changed(desk.photos)
        assert live.waiting == 3
        assert desk.ratings() == [None, None, None]
        assert live.flush() == ()
        assert live.waiting == 0
    assert desk.ratings() == ["4", "4", "4"]
    assert len(desk.told) == 3


def test_however_busily_somebody_goes_on_it_is_written_in_time(desk, monkeypatch):
    monkeypatch.setattr(live_xmp, "LONGEST", 0.2)
    with desk.live(delay=0.15) as live:
        desk.rate(2)
        while not desk.heard.wait(0.02):
            live.changed(desk.photos)
    assert desk.ratings() == ["2", "2", "2"]


def test_closing_writes_what_waits_and_a_second_time_does_nothing(desk):
    with desk.live() as live:
        desk.rate(5)
        live.changed(desk.photos)
        assert live.close() == ()
        assert desk.ratings() == ["5", "5", "5"]
        assert live.close() == ()
        with pytest.raises(RuntimeError):
            live.changed(desk.photos)


def test_what_was_undone_before_it_was_written_leaves_others_words_alone(desk):
    (desk.folder / "0.xmp").write_bytes(sidecars.lightroom(rating=4))
    with desk.live() as live:
        desk.rate(3, *desk.photos[:2])
        desk.store.undo()
        live.changed(desk.photos[:2])
        live.flush()
        assert desk.ratings() == ["4", None, None]
        desk.rate(3, *desk.photos[:2])
        live.changed(desk.photos[:2])
        live.flush()
        assert desk.ratings() == ["3", "3", None]
        desk.store.undo()
        live.changed(desk.photos[:2])
        live.flush()
    assert desk.ratings() == ["0", "0", None]


def test_what_failed_is_kept_told_and_tried_again(desk, monkeypatch):
    (desk.folder / "1.xmp").write_bytes(b"<torn")
    with desk.live() as live:
        desk.rate(3)
        live.changed(desk.photos)
        assert [photo.path.name for photo in live.flush()] == ["1.nef"]
        assert live.waiting == 1
        assert [o.sidecar.name for o in desk.told if o.status is Status.FAILED] == ["1.xmp"]
        (desk.folder / "1.xmp").write_bytes(sidecars.lightroom())
        assert live.flush() == ()
        assert desk.ratings() == ["3", "3", "3"]


def test_a_failure_is_tried_again_by_itself(desk, monkeypatch):
    monkeypatch.setattr(live_xmp, "RETRY", 0.05)
    (desk.folder / "0.xmp").write_bytes(b"<torn")
    mended = threading.Event()

    def hear(outcomes: Sequence[Outcome]) -> None:
        if outcomes[0].status is Status.FAILED:
            (desk.folder / "0.xmp").write_bytes(sidecars.lightroom())
        else:
            mended.set()

    live = LiveXmp(desk.tell, [Target.ADOBE], desk.names, hear, 0.0)
    desk.rate(3, desk.photos[0])
    live.changed(desk.photos[:1])
    assert mended.wait(20)
    assert live.close() == ()
    assert desk.ratings() == ["3", None, None]


def test_a_store_that_cannot_answer_keeps_the_photos_waiting(desk):
    answers = iter([StoreFull("full"), None])

    def tell(photos: Sequence[Photo]) -> Mapping[Path, Said]:
        error = next(answers, None)
        if error is not None:
            raise error
        return {photo.path: Said.of(Decision(stars=2)) for photo in photos}

    live = LiveXmp(tell, [Target.ADOBE], desk.names, desk.hear, LONG)
    live.changed(desk.photos)
    assert len(live.flush()) == 3
    assert live.flush() == ()
    live.close()
    assert desk.ratings() == ["2", "2", "2"]
    assert xmp_write.pending(desk.photos, tell(desk.photos), [Target.ADOBE], desk.names) == []


def test_a_drive_that_does_not_answer_is_waited_for_so_long_and_what_is_left_is_told_and_found(desk, monkeypatch):
    monkeypatch.setattr(live_xmp, "CLOSING", 0.05)
    asked, answers = threading.Event(), threading.Event()

    def tell(photos: Sequence[Photo]) -> Mapping[Path, Said]:
        asked.set()
        answers.wait(20)
        raise StoreFull("the drive is gone")

    desk.rate(4)
    live = LiveXmp(tell, [Target.ADOBE], desk.names, desk.hear, 0.0)
    live.changed(desk.photos[:1])
    assert asked.wait(20)
    live.changed(desk.photos[1:])
    assert {photo.path for photo in live.close()} == {photo.path for photo in desk.photos}
    answers.set()
    monkeypatch.setattr(live_xmp, "CLOSING", 20)
    assert len(live.close()) == 3, "by now the thread has ended, and still nothing is written"
    assert len(xmp_write.pending(desk.photos, desk.tell(desk.photos), [Target.ADOBE], desk.names)) == 3
