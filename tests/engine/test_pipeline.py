"""pipeline.rank: the steps of a run, what it remembers, and how it is steered."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import control, paths, pipeline
from engine.catalogue import Catalogue
from engine.control import Attention, Control
from engine.files import shoot as shoots
from engine.lookahead import AHEAD, LookAhead
from engine.models.pack import Pack
from engine.models.student import Student
from engine.pace import Pace
from engine.prepare import THUMBNAIL_EDGE, Prepared, halved, prepare, thumbnail
from engine.types import Card, FileStamp, GroupKind, Phase, Photo, Progress
from tests.shoots import READABLE, UNREADABLE, hollow, many, small_shoot, write_photo


@pytest.fixture(scope="module")
def student() -> Student:
    return Student.load(Pack.open(paths.resource("models", "starter")))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(paths.cache_dir(tmp_path / "data")) as opened:
        yield opened


def finish(folder: Path, catalogue: Catalogue, student: Student | None, **options: object) -> list[Progress]:
    return list(pipeline.rank(shoots.read([folder]), catalogue, student, **options))


def scored(steps: list[Progress]) -> int:
    """Cards that arrived after the cache had been asked: the first step of fresh work has no cards."""
    return sum(len(step.cards) for step in steps if step.phase is Phase.SCORING)


def test_a_run_goes_through_its_phases_and_ends_with_every_card_ranked(tmp_path, catalogue, student):
    steps = finish(small_shoot(tmp_path / "shoot"), catalogue, student)
    phases = [step.phase for step in steps]
    assert phases == sorted(phases, key=list(Phase).index), "phases never go back"
    assert set(phases) - {Phase.COMPARING} == {Phase.LISTING, Phase.SCORING, Phase.RANKING, Phase.FINISHED}
    last = steps[-1]
    assert (last.phase, last.done, last.total) == (Phase.FINISHED, READABLE + UNREADABLE, READABLE + UNREADABLE)
    readable = [card for card in last.cards if card.error is None]
    assert [card.rank for card in readable] == list(range(1, READABLE + 1))
    assert [card.merit for card in readable] == sorted((card.merit for card in readable), reverse=True)
    assert all(card.group and card.readings and card.verdict and card.fingerprint for card in readable)


def test_every_photo_arrives_once_while_scoring_and_counts_go_up(tmp_path, catalogue, student):
    steps = finish(small_shoot(tmp_path / "shoot"), catalogue, student)
    arrived = [card.path for step in steps if step.phase is Phase.SCORING for card in step.cards]
    assert len(arrived) == len(set(arrived)) == READABLE + UNREADABLE
    for phase in Phase:
        counts = [step.done for step in steps if step.phase is phase]
        assert counts == sorted(counts)


def test_groups_follow_bursts_brackets_and_bodies(tmp_path, catalogue, student):
    cards = {card.path.stem: card for card in finish(small_shoot(tmp_path / "shoot"), catalogue, student)[-1].cards}
    assert len({cards[f"burst{n}"].group for n in range(3)}) == 1
    assert cards["burst0"].group_kind is GroupKind.BURST
    assert {cards[f"bracket{n}"].group_kind for n in range(3)} == {GroupKind.BRACKET}
    assert cards["single1"].group_kind is cards["timeless"].group_kind is GroupKind.SINGLE
    assert sorted(cards[f"burst{n}"].rank_in_group for n in range(3)) == [1, 2, 3]
    assert cards["torn"].group is None


def test_unreadable_photos_are_cards_that_say_why_and_videos_are_told(tmp_path, catalogue, student):
    steps = finish(small_shoot(tmp_path / "shoot"), catalogue, student)
    errors = {card.path.name: card.error for card in steps[-1].cards if card.error}
    assert set(errors) == {"empty.jpg", "torn.jpg"}
    assert all(name in str(error) for name, error in errors.items())
    assert any("1 video " in (step.note or "") for step in steps)


def test_a_warm_run_decodes_nothing_and_says_the_same(tmp_path, catalogue, student):
    folder = small_shoot(tmp_path / "shoot")
    cold = finish(folder, catalogue, student)[-1].cards
    for file in folder.rglob("*.jpg"):
        hollow(file)
    warm = finish(folder, catalogue, student)
    assert all(step.rate is None for step in warm), "cached photos have no rate"
    assert [described(card) for card in warm[-1].cards] == [described(card) for card in cold]


def described(card: Card) -> tuple[object, ...]:
    """All of a card in comparable form."""
    verdict = card.verdict
    seen = None if verdict is None else (verdict.distribution.tolist(), verdict.embedding.tolist())
    return replace(card, verdict=None, readings={}), dict(card.readings), seen


def test_a_moved_photo_is_not_scored_again_and_a_changed_one_is(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 3)
    before = {card.path.name: card for card in finish(folder, catalogue, student)[-1].cards}
    (folder / "p000.jpg").rename(folder / "moved.jpg")
    write_photo(folder / "p001.jpg", 99, 60.0)
    counting = Counting(student)
    after = {card.path.name: card for card in finish(folder, catalogue, counting)[-1].cards}
    assert counting.count == 1, "only the changed one met the student"
    assert after["moved.jpg"].verdict.score == before["p000.jpg"].verdict.score
    assert after["p001.jpg"].fingerprint != before["p001.jpg"].fingerprint
    assert after["moved.jpg"].photo.files == (folder / "moved.jpg",)


class Counting(Student):
    """The real student, counting what it is asked."""

    def __init__(self, student: Student) -> None:
        super().__init__(student._network, student.preprocess, student.model_id)
        self.count = 0

    def score(self, inputs):
        self.count += len(inputs)
        return super().score(inputs)


def test_scores_do_not_depend_on_threads_or_batches(tmp_path, student):
    folder = many(tmp_path / "shoot", 20)
    results = []
    for jobs in (1, 3):
        with Catalogue.open(paths.cache_dir(tmp_path / f"data{jobs}")) as catalogue:
            results.append([(c.path, c.merit) for c in finish(folder, catalogue, student, jobs=jobs)[-1].cards])
    assert results[0] == results[1]


def test_thumbnails_are_kept_upright_and_small(tmp_path, catalogue, student):
    folder = tmp_path / "shoot"
    write_photo(folder / "large.jpg", 1, size=(2400, 1600))
    card = finish(folder, catalogue, student)[-1].cards[0]
    data = catalogue.thumbnails.get(card.fingerprint)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == THUMBNAIL_EDGE
        assert picture.size[0] / picture.size[1] == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (7, 3), (4099, 2051)])
def test_pictures_of_any_shape_have_a_thumbnail(size):
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    with Image.open(io.BytesIO(thumbnail(halved(pixels, 2 * THUMBNAIL_EDGE)))) as picture:
        assert max(picture.size) == min(THUMBNAIL_EDGE, max(size))


def test_without_a_student_photos_are_measured_grouped_and_not_ranked(tmp_path, catalogue):
    cards = finish(small_shoot(tmp_path / "shoot"), catalogue, None)[-1].cards
    readable = [card for card in cards if card.error is None]
    assert len(readable) == READABLE
    assert all(card.readings and card.group and card.rank is None and card.merit is None for card in readable)
    assert all(catalogue.thumbnails.has(card.fingerprint) for card in readable)


def test_what_was_measured_without_a_student_is_scored_later(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 2)
    finish(folder, catalogue, None)
    assert all(card.verdict for card in finish(folder, catalogue, student)[-1].cards)


def test_cancel_ends_the_run_and_the_next_one_goes_on(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 60)
    control = Control()
    steps = []
    for step in pipeline.rank(shoots.read([folder]), catalogue, student, control=control):
        steps.append(step)
        if step.cards:
            control.cancel()
    done = steps[-1].done
    assert 0 < done < 60
    assert Phase.FINISHED not in {step.phase for step in steps}
    counting = Counting(student)
    assert len(finish(folder, catalogue, counting)[-1].cards) == 60
    assert counting.count == 60 - done, "nothing that was done was done again"


def test_closing_the_generator_keeps_what_was_yielded(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 60)
    steps = pipeline.rank(shoots.read([folder]), catalogue, student)
    first = next(step for step in steps if step.cards)
    steps.close()
    assert set(catalogue.cache.known(shoots.read([folder]).photos, student.model_id)) >= {c.path for c in first.cards}


def test_a_paused_run_holds_until_it_is_resumed_from_another_thread(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 40)
    control = Control()
    held = 0
    resume = threading.Timer(0.3, control.resume)
    for step in pipeline.rank(shoots.read([folder]), catalogue, student, control=control):
        if step.cards and not held:
            control.pause()
            held = step.done
            resume.start()
        elif control.paused:
            assert step.done <= held
    resume.join()
    assert (step.phase, step.done) == (Phase.FINISHED, 40)


def test_a_paused_run_can_be_cancelled(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 3)
    control = Control()
    control.pause()
    cancel = threading.Timer(0.2, control.cancel)
    cancel.start()
    assert finish(folder, catalogue, student, control=control)[-1].phase is Phase.SCORING
    cancel.join()


def test_what_is_looked_at_is_done_first(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 60)
    attention = Attention()
    wanted = {folder / "p058.jpg", folder / "p031.jpg"}
    attention.look_at([*sorted(wanted), folder / "not-there.jpg"])
    steps = finish(folder, catalogue, student, attention=attention)
    arrived = [card.path for step in steps if step.phase is Phase.SCORING for card in step.cards]
    assert set(arrived[:2]) == wanted


def test_every_step_of_a_run_gives_way_to_who_waits_for_a_photo(tmp_path, catalogue, student):
    asked = []

    class Pressed(Attention):
        def give_way(self):
            asked.append(threading.current_thread().name.split("_")[0])

    found = shoots.read([small_shoot(tmp_path / "a")])
    cards = list(pipeline.rank(found, catalogue, student, attention=Pressed()))[-1].cards
    assert asked.count("decode") == len(found.photos)
    assert asked.count(threading.current_thread().name) == sum(card.verdict is not None for card in cards)


def test_nobody_gives_way_for_ever(monkeypatch):
    attention = Attention()

    def goes_on() -> bool:
        step = threading.Thread(target=attention.give_way, daemon=True)
        step.start()
        step.join(60.0)
        return not step.is_alive()

    monkeypatch.setattr(control, "LONGEST_WAY", 0.01)
    attention.press(True)
    assert goes_on(), "the one who waits may wait for something else"
    monkeypatch.setattr(control, "LONGEST_WAY", None)
    attention.press(False)
    assert goes_on(), "nobody waits any more"


def test_attention_that_wanders_is_followed():
    photos = [Photo(Path(f"p{n}"), (Path(f"p{n}"),), FileStamp(1, 1, 1)) for n in range(100)]
    attention = Attention()
    with LookAhead(photos, lambda photo: Prepared(Card(photo)), 1, attention) as ahead:
        begun = [ahead.take(1.0).card.path for _ in range(3)]
        attention.look_at([Path("p90")])
        begun += [ahead.take(1.0).card.path for _ in range(97)]
        assert ahead.take(1.0) is None
        assert ahead.exhausted
    assert begun.index(Path("p90")) <= 3 + AHEAD
    assert sorted(begun) == sorted(photo.path for photo in photos)


def test_the_look_ahead_is_bounded():
    photos = [Photo(Path(f"p{n}"), (), FileStamp(1, 1, 1)) for n in range(100)]
    begun: list[Path] = []

    def count(photo: Photo) -> Prepared:
        begun.append(photo.path)
        return Prepared(Card(photo))

    with LookAhead(photos, count, 2, Attention()) as ahead:
        ahead.take(1.0)
    assert len(begun) <= 1 + 2 * AHEAD


def test_an_empty_shoot_finishes(tmp_path, catalogue, student):
    (tmp_path / "shoot").mkdir()
    last = finish(tmp_path / "shoot", catalogue, student)[-1]
    assert (last.phase, last.total, last.cards) == (Phase.FINISHED, 0, ())


def test_errors_that_may_pass_are_tried_again_and_lasting_ones_are_remembered(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 2)
    (folder / "empty.jpg").write_bytes(b"")
    found = shoots.read([folder])
    gone = folder / "p000.jpg"
    data, times = gone.read_bytes(), gone.stat()
    gone.unlink()
    cards = {c.path.name: c for c in list(pipeline.rank(found, catalogue, student))[-1].cards}
    assert cards["p000.jpg"].error and cards["empty.jpg"].error
    gone.write_bytes(data)
    os.utime(gone, ns=(times.st_atime_ns, times.st_mtime_ns))
    again = shoots.read([folder])
    known = catalogue.cache.known(again.photos, student.model_id)
    assert gone not in known
    assert folder / "empty.jpg" in known
    assert {c.path.name: c for c in list(pipeline.rank(again, catalogue, student))[-1].cards}["p000.jpg"].error is None


def test_prepare_gives_the_student_what_it_asks_for(tmp_path, catalogue, student):
    folder = many(tmp_path / "shoot", 1)
    photo = shoots.read([folder]).photos[0]
    prepared = prepare(photo, catalogue.cache, student.model_id, student.preprocess)
    size = student.preprocess.size
    assert prepared.inputs.shape == (3, size, size)
    assert prepared.inputs.dtype == np.float32
    assert prepared.lasting and not prepared.cached


def test_the_pace_leaves_out_pauses_and_cached_photos():
    clock = iter(float(t) for t in (0, 10, 10, 110, 120))
    pace = Pace(lambda: next(clock))
    assert pace.rate is None
    pace.mark(30, 20)
    assert pace.rate == pytest.approx(2.0)
    assert pace.seconds_left(60) == pytest.approx(20.0)
    pace.pause()
    pace.resume()
    pace.mark(60, 40)
    assert pace.rate == pytest.approx(2.0)
