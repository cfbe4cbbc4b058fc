"""A shoot that one pack has ranked, and another ranks anew: what stands meanwhile, what is exact, what is not."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import migration, paths, pipeline
from engine.catalogue import Catalogue
from engine.control import Control
from engine.files import shoot as shoots
from engine.files.shoot import Shoot
from engine.lookahead import AHEAD
from engine.models.pack import Pack
from engine.models.student import Student
from engine.types import Card, Progress
from tests import packs
from tests.shoots import hollow, many, write_photo

COUNT = pipeline.BATCH + 2 * AHEAD + 2
"""More than a cancelled run can do: the first batch, and what two threads have ready ahead of it."""
SIZE = (720, 480)
"""Larger than a thumbnail."""


@pytest.fixture(scope="module")
def students(tmp_path_factory: pytest.TempPathFactory) -> tuple[Student, Student]:
    """Of two packs with a space each."""
    folder = tmp_path_factory.mktemp("packs")
    made = [packs.tiny(folder / space, space, seed) for seed, space in enumerate(("space/a", "space/b"))]
    first, second = (Student.load(Pack.open(pack)) for pack in made)
    return first, second


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(paths.cache_dir(tmp_path / "data")) as opened:
        yield opened


class Counting(Student):
    """The real student, counting what it is asked."""

    def __init__(self, student: Student) -> None:
        super().__init__(student._network, student.preprocess, student.model_id)
        self.count = 0

    def score(self, inputs):
        self.count += len(inputs)
        return super().score(inputs)


def finish(found: Shoot, catalogue: Catalogue, student: Student, **options: object) -> list[Progress]:
    return list(pipeline.rank(found, catalogue, student, **options))


def ranking(cards: tuple[Card, ...]) -> list[tuple[Path, float | None]]:
    return [(card.path, card.merit) for card in cards]


def emptied(found: Shoot) -> dict[Path, bytes]:
    """Whoever decoded one of these files now would fail; what they held, to put back."""
    held = {photo.path: photo.path.read_bytes() for photo in found.photos}
    for path in held:
        hollow(path)
    return held


def put_back(held: dict[Path, bytes]) -> None:
    for path, data in held.items():
        before = path.stat()
        with path.open("r+b") as file:
            file.write(data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def standing(found: Shoot, catalogue: Catalogue, student: Student) -> list[tuple[Path, float | None]]:
    """The ranking that is shown before this student has judged all photos."""
    stands = migration.standing(found.photos, catalogue.cache, student.model_id)
    assert stands.is_earlier
    return ranking(pipeline.regroup(list(stands.cards.values()), pipeline.Grouping()))


def cancelled(found: Shoot, catalogue: Catalogue, student: Student) -> int:
    """A run that is cancelled half-way; how many photos it has done."""
    control, done = Control(), 0
    for step in pipeline.rank(found, catalogue, student, control=control):
        assert not step.cards, "nobody sees two packs in one ranking"
        done = step.done
        if done:
            control.cancel()
    assert 0 < done < COUNT
    return done


def assert_off_thumbnails(cards: tuple[Card, ...], catalogue: Catalogue, student: Student) -> None:
    for card in cards:
        seen = np.asarray(Image.open(io.BytesIO(catalogue.thumbnails.get(card.fingerprint))))
        said = student.score(student.preprocess.apply(seen)[None])[0]
        assert card.verdict.approximate and card.verdict.space == student.model_id.space
        np.testing.assert_allclose(card.verdict.distribution, said.distribution, atol=0.01)


def test_another_pack_takes_over_from_thumbnails_and_then_from_the_files(tmp_path, catalogue, students):
    first, second = students
    found = shoots.read([many(tmp_path / "shoot", COUNT, SIZE)])
    before = finish(found, catalogue, first)[-1].cards
    files = emptied(found)

    # Another pack is chosen: what the first one said is there at once, whole. So it is after a run that was cancelled.
    assert standing(found, catalogue, second) == ranking(before)
    done = cancelled(found, catalogue, second)
    assert standing(found, catalogue, second) == ranking(before)

    # The next run goes on, without reading a file, and ends with the second pack's ranking.
    counting = Counting(second)
    steps = finish(found, catalogue, counting)
    assert counting.count == COUNT - done
    assert not any(step.cards for step in steps[:-1])
    after = steps[-1].cards
    assert [card.rank for card in after] == list(range(1, COUNT + 1))
    assert ranking(after) != ranking(before)
    assert_off_thumbnails(after, catalogue, second)
    assert not migration.standing(found.photos, catalogue.cache, second.model_id).is_earlier

    # A file that cannot be read keeps what it has.
    kept = finish(found, catalogue, second, exact=True)
    assert ranking(kept[-1].cards) == ranking(after)

    # Files are read when there is an opportunity: from then on all is as if there had never been another pack.
    put_back(files)
    steps = finish(found, catalogue, second, exact=True)
    assert not any(step.cards for step in steps[:-1]), "approximate and exact scores do not mix on the screen"
    with Catalogue.open(paths.cache_dir(tmp_path / "fresh")) as fresh:
        expected = finish(found, fresh, second)[-1].cards
    assert ranking(steps[-1].cards) == ranking(expected)
    for mine, its in zip(steps[-1].cards, expected, strict=True):
        assert not mine.verdict.approximate
        np.testing.assert_array_equal(mine.verdict.embedding, its.verdict.embedding)

    # Back to the first pack: it has forgotten nothing.
    counting = Counting(first)
    assert ranking(finish(found, catalogue, counting)[-1].cards) == ranking(before)
    assert counting.count == 0


def test_photos_that_came_since_are_shown_without_a_score_until_all_have_one(tmp_path, catalogue, students):
    folder = many(tmp_path / "shoot", 3, SIZE)
    finish(shoots.read([folder]), catalogue, students[0])
    write_photo(folder / "new.jpg", 77, 999.0)
    steps = finish(shoots.read([folder]), catalogue, students[1])
    early = [card for step in steps[:-1] for card in step.cards]
    assert [card.path.name for card in early] == ["new.jpg"]
    assert early[0].verdict is None and early[0].readings
    assert {card.verdict.space for card in steps[-1].cards} == {"space/b"}
    assert [card.path.name for card in steps[-1].cards if not card.verdict.approximate] == ["new.jpg"]


def test_a_file_is_read_where_its_thumbnail_shows_too_little_or_is_gone(tmp_path, students):
    folder = many(tmp_path / "shoot", 1, SIZE)
    write_photo(folder / "flat.jpg", 8, size=(1600, 120))
    write_photo(folder / "small.jpg", 9, size=(300, 40))
    found = shoots.read([folder])
    with Catalogue.open(paths.cache_dir(tmp_path / "data")) as catalogue:
        finish(found, catalogue, students[0])
        approximate = finish(found, catalogue, students[1])[-1].cards
    assert {c.path.name: c.verdict.approximate for c in approximate} == {
        "p000.jpg": True,
        "flat.jpg": False,
        "small.jpg": True,
    }
    with Catalogue.open(paths.cache_dir(tmp_path / "other")) as catalogue:
        finish(found, catalogue, students[0])
        for file in paths.cache_dir(tmp_path / "other").glob("thumbnails/*.pack"):
            file.write_bytes(b"")
    with Catalogue.open(paths.cache_dir(tmp_path / "other")) as catalogue:
        assert not any(card.verdict.approximate for card in finish(found, catalogue, students[1])[-1].cards)


def test_a_file_whose_bytes_are_read_anyway_is_scored_exactly(tmp_path, catalogue, students):
    found = shoots.read([many(tmp_path / "shoot", 2, SIZE)])
    finish(found, catalogue, students[0])
    finish(found, catalogue, students[1])
    moved = found.photos[0].path.rename(tmp_path / "shoot" / "moved.jpg")
    cards = finish(shoots.read([tmp_path / "shoot"]), catalogue, students[1])[-1].cards
    assert {card.path: card.verdict.approximate for card in cards} == {moved: False, found.photos[1].path: True}


def test_other_faces_are_looked_for_in_the_file(tmp_path, catalogue, students):
    class Others:
        """Finds nobody, under a name of its own."""

        sha256 = "others"

        def find(self, pixels):
            return ()

    found = shoots.read([many(tmp_path / "shoot", 2, SIZE)])
    finish(found, catalogue, students[0])
    cards = finish(found, catalogue, students[1], faces=Others())[-1].cards
    assert not any(card.verdict.approximate for card in cards)
    again = finish(found, catalogue, students[0])[-1].cards
    assert not any(card.verdict.approximate for card in again), "known by then"
