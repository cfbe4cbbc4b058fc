"""The critic and the eyes of the tower, on scored photos: newest request first, remembered, never in the way."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import seeing
from engine.catalogue import Catalogue
from engine.control import Control
from engine.critic import WAITING, Critic, Written, describe
from engine.errors import ChangedFile, VanishedFile
from engine.files import decode, shoot
from engine.models.tower import Tower
from engine.pipeline import rank
from engine.seeing import Sightings
from engine.types import Card, Phase
from tests import towers
from tests.shoots import hollow

NAMES = ("dark", "bright", "red", "blue")


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Tower:
    return Tower.needed(towers.pack(tmp_path_factory.mktemp("pack"), alone=True), "cpu")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    (tmp_path / "cache").mkdir()
    with Catalogue.open(tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def cards(tmp_path: Path, catalogue: Catalogue) -> dict[str, Card]:
    """A plain photo of each colour that the tower knows, measured but not scored; and an empty file."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name, colour in zip(NAMES, towers.SAID, strict=True):
        Image.fromarray(towers.plain(colour, 600, 400)).save(folder / f"{name}.jpg", quality=95)
    (folder / "empty.jpg").write_bytes(b"")
    *_, last = rank(shoot.read([folder]), catalogue, None, jobs=1)
    return {card.path.stem: card for card in last.cards}


def drop_thumbnails(catalogue: Catalogue, tmp_path: Path) -> Catalogue:
    """The same cache, with thumbnails that were deleted."""
    from engine.store.thumbnails import Thumbnails

    return Catalogue(catalogue.cache, Thumbnails(tmp_path / "other-thumbnails"))


def drawn(critic: Critic, count: int) -> list[Written]:
    """What `count` requests came to, drawn on a thread of its own, as the window does; then the critic is closed."""
    found: list[Written] = []

    def draw() -> None:
        for written in critic.written():
            found.append(written)
            if len(found) == count:
                critic.close()

    thread = threading.Thread(target=draw)
    thread.start()
    thread.join(60)
    critic.close()
    thread.join(60)
    assert not thread.is_alive()
    return found


def test_a_photo_is_described_once_and_then_remembered(cards, catalogue, tower):
    first = describe(cards["red"], catalogue, tower)
    assert first.error is None and first.note is None
    assert [s.text for s in first.critique.sentences][:2] == ["A strong photo.", "A flower is seen."]
    hollow(cards["red"].path)
    assert describe(cards["red"], catalogue, Tower.needed(tower._pack)) == first
    assert set(catalogue.cache.embeddings([cards["red"].fingerprint], tower.space)) == {cards["red"].fingerprint}


def test_what_readings_bear_out_points_at_them(cards, catalogue, tower):
    found = describe(cards["dark"], catalogue, tower).critique
    assert found.sentences[0].evidence.name == "exposure"
    assert found.sentences[0].evidence.value == cards["dark"].readings["exposure"].value


def test_without_a_thumbnail_the_photo_is_decoded_and_looks_the_same(cards, catalogue, tower, tmp_path):
    bare = drop_thumbnails(catalogue, tmp_path)
    for name in NAMES:
        expected = seeing.pixels(cards[name], catalogue)
        np.testing.assert_array_equal(seeing.pixels(cards[name], bare), expected)
        np.testing.assert_array_equal(seeing.shown(decode.open(cards[name].photo).pixels), expected)
        assert expected.shape == (341, 512, 3)
        assert bare.thumbnails.has(cards[name].fingerprint)
    bare.thumbnails.close()


def test_a_photo_that_is_gone_or_has_changed_is_unreadable_and_named(cards, catalogue, tower, tmp_path):
    bare = drop_thumbnails(catalogue, tmp_path)
    cards["red"].path.unlink()
    with pytest.raises(VanishedFile):
        seeing.pixels(cards["red"], bare)
    found = describe(cards["red"], bare, tower)
    assert found.critique is None and "red.jpg" in found.error
    Image.fromarray(towers.plain((9, 9, 9), 600, 400)).save(cards["blue"].path)
    with pytest.raises(ChangedFile):
        seeing.pixels(dataclasses.replace(cards["blue"], photo=shoot.read([cards["blue"].path.parent]).photos[0]), bare)
    assert describe(cards["empty"], bare, tower).error == cards["empty"].error
    bare.thumbnails.close()


def test_a_pack_that_was_altered_is_an_error_that_names_the_file(cards, catalogue, tmp_path):
    pack = towers.pack(tmp_path / "pack", alone=True)
    (tmp_path / "pack" / "decoder.onnx").write_bytes(b"altered")
    found = describe(cards["red"], catalogue, Tower.needed(pack, "cpu"))
    assert found.critique is None and "decoder.onnx" in found.error


def test_the_newest_request_comes_first_and_nothing_is_written_twice(cards, catalogue, tower):
    critic = Critic(catalogue, tower)
    for name in ("dark", "bright", "red", "dark", "empty"):
        critic.ask(cards[name])
    assert [written.path.stem for written in drawn(critic, 4)] == ["empty", "dark", "red", "bright"]


def test_requests_can_be_taken_back(cards, catalogue, tower):
    critic = Critic(catalogue, tower)
    for name in NAMES:
        critic.ask(cards[name])
    critic.withdraw(cards["blue"].path, cards["dark"].path)
    assert [written.path.stem for written in drawn(critic, 2)] == ["red", "bright"]


def test_of_many_requests_the_oldest_are_forgotten(cards, catalogue, tower):
    critic = Critic(catalogue, tower)
    for number in range(WAITING + 3):
        photo = dataclasses.replace(cards["empty"].photo, path=Path(f"p{number}"))
        critic.ask(dataclasses.replace(cards["empty"], photo=photo))
    written = drawn(critic, WAITING)
    assert [one.path.name for one in written] == [f"p{n}" for n in reversed(range(3, WAITING + 3))]


def test_what_is_in_work_can_be_given_up(cards, catalogue, tower):
    assert describe(cards["red"], catalogue, tower, wanted=lambda: False) is None
    critic = Critic(catalogue, tower)
    steps = critic.written()
    critic.ask(cards["red"])
    critic.ask(cards["dark"])
    assert next(steps).path.stem == "dark"
    critic.close()
    assert list(steps) == []
    critic.ask(cards["blue"])
    assert list(critic.written()) == []


def test_it_waits_for_requests_and_ends_when_it_is_closed(cards, catalogue, tower):
    critic = Critic(catalogue, tower)
    found: list[str] = []
    first = threading.Event()

    def draw() -> None:
        for written in critic.written():
            found.append(written.path.stem)
            first.set()

    thread = threading.Thread(target=draw)
    thread.start()
    critic.ask(cards["red"])
    assert first.wait(60)
    critic.close()
    thread.join(60)
    assert not thread.is_alive()
    assert found == ["red"]


def test_every_photo_is_looked_at_once(cards, catalogue, tower, tmp_path):
    everything = [*cards.values(), dataclasses.replace(cards["red"], photo=cards["dark"].photo)]
    looking = Sightings(list(cards.values()), catalogue, tower)
    steps = list(looking.steps())
    assert (steps[0].phase, steps[0].done, steps[0].total) == (Phase.SEEING, 0, 4)
    assert (steps[-1].phase, steps[-1].done) == (Phase.FINISHED, 4)
    assert {path.stem for path in looking.embeddings} == set(NAMES)
    again = Sightings(everything, catalogue, tower)
    for card in cards.values():
        hollow(card.path)
    assert [step.done for step in again.steps()] == [5, 5]
    for path, one in looking.embeddings.items():
        assert one.space == tower.space
        if path.stem != "dark":
            np.testing.assert_array_equal(again.embeddings[path].values, one.values)


def test_what_the_critic_saw_needs_no_second_look(cards, catalogue, tower):
    describe(cards["red"], catalogue, tower)
    looking = Sightings(list(cards.values()), catalogue, tower)
    assert next(iter(looking.steps())).done == 1


def test_another_tower_looks_anew(cards, catalogue, tower, tmp_path):
    list(Sightings(list(cards.values()), catalogue, tower).steps())
    other = Tower.needed(towers.pack(tmp_path / "pack", alone=True, text=towers.files()["text.onnx"] + b"\0\0"), "cpu")
    assert other.space != tower.space
    looking = Sightings(list(cards.values()), catalogue, other)
    assert [step.done for step in looking.steps()] == [0, 4, 4]
    assert {one.space for one in looking.embeddings.values()} == {other.space}


def test_a_search_can_be_cancelled_and_goes_on_from_there(cards, catalogue, tower, monkeypatch):
    monkeypatch.setattr(seeing, "BATCH", 2)
    control = Control()
    looking = Sightings(list(cards.values()), catalogue, tower, control)
    done = []
    for step in looking.steps():
        done.append((step.phase, step.done))
        if step.done == 2:
            control.cancel()
    assert done == [(Phase.SEEING, 0), (Phase.SEEING, 2)]
    rest = Sightings(list(cards.values()), catalogue, tower)
    assert next(iter(rest.steps())).done == 2


def test_a_photo_that_cannot_be_looked_at_is_left_out_and_named(cards, catalogue, tower, tmp_path):
    bare = drop_thumbnails(catalogue, tmp_path)
    cards["red"].path.unlink()
    looking = Sightings(list(cards.values()), bare, tower)
    list(looking.steps())
    assert {path.stem for path in looking.embeddings} == set(NAMES) - {"red"}
    assert len(looking.problems) == 1 and "red.jpg" in looking.problems[0]
    bare.thumbnails.close()


def test_a_cache_that_cannot_be_used_is_told_once_and_costs_only_time(cards, catalogue, tower, monkeypatch):
    monkeypatch.setattr(seeing, "BATCH", 1)
    with catalogue.cache._database.write() as connection:
        connection.exec_driver_sql("DROP TABLE embedding")
        connection.exec_driver_sql("DROP TABLE critique")
    looking = Sightings(list(cards.values()), catalogue, tower)
    notes = [step.note for step in looking.steps() if step.note]
    assert "cache.sqlite" in notes[0]
    assert len(notes) == len(set(notes))
    assert {path.stem for path in looking.embeddings} == set(NAMES)
    found = describe(cards["red"], catalogue, tower)
    assert found.critique is not None and found.error is None
    assert "cache.sqlite" in found.note


def test_what_is_in_work_is_not_begun_again_by_asking_for_it_again(cards, catalogue, tower):
    critic = Critic(catalogue, tower)
    steps = critic.written()
    critic.ask(cards["red"])
    seen = tower.vision.see

    def asked_meanwhile(pixels):
        critic.ask(cards["red"])
        critic.ask(cards["blue"])
        return seen(pixels)

    tower.vision.see = asked_meanwhile
    try:
        assert next(steps).path.stem == "red"
    finally:
        del tower.vision.see
    assert next(steps).path.stem == "blue"
    critic.close()
    assert list(steps) == []
