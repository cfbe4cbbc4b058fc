"""A closer look at the leaders of bursts: what it finds, what it saves, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine import closer, paths, pipeline
from engine.catalogue import Catalogue
from engine.control import Control
from engine.files import shoot as shoots
from engine.files.decode import PIXEL_CAP
from engine.judge.evidence import FULL
from engine.models.pack import Pack
from engine.models.student import Student
from engine.types import Card, GroupKind, Phase, Progress
from tests.pictures import CAPTURED, jpeg
from tests.shoots import hollow

SIZE = (1600, 1200)


@pytest.fixture(scope="module")
def student() -> Student:
    return Student.load(Pack.open(paths.resource("models", "starter")))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(paths.cache_dir(tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A burst of three whose second frame alone is in focus, and a photo alone."""
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for number, blur in enumerate((0.8, 0.0, 1.2)):
        captured = CAPTURED + timedelta(seconds=0.25 * number)
        jpeg(shoot / f"burst{number}.jpg", size=SIZE, seed=1, blur=blur, captured=captured)
    jpeg(shoot / "single.jpg", size=SIZE, seed=4, captured=CAPTURED + timedelta(seconds=400))
    return shoot


def run(folder: Path, catalogue: Catalogue, student: Student, **options: object) -> list[Progress]:
    return list(pipeline.rank(shoots.read([folder]), catalogue, student, **options))


def test_the_frame_that_is_sharp_in_every_pixel_comes_first(
    folder: Path, catalogue: Catalogue, student: Student
) -> None:
    steps = run(folder, catalogue, student)
    comparing = [step for step in steps if step.phase is Phase.COMPARING]
    assert (comparing[-1].done, comparing[-1].total) == (3, 3)
    cards = {card.path.stem: card for card in steps[-1].cards}
    assert cards["burst1"].group_kind is GroupKind.BURST
    assert cards["burst1"].rank_in_group == 1
    assert FULL not in cards["single"].readings
    found = {name: cards[name].readings[FULL] for name in ("burst0", "burst1", "burst2")}
    assert found["burst1"].value > found["burst0"].value > found["burst2"].value
    assert {reading.scale for reading in found.values()} == {1.0}


def test_a_second_run_decodes_nothing_and_ranks_alike(folder: Path, catalogue: Catalogue, student: Student) -> None:
    first = run(folder, catalogue, student)[-1].cards
    for path in folder.iterdir():
        hollow(path)
    steps = run(folder, catalogue, student)
    assert Phase.COMPARING not in {step.phase for step in steps}
    assert [(card.path, card.rank, dict(card.readings)) for card in steps[-1].cards] == [
        (card.path, card.rank, dict(card.readings)) for card in first
    ]


def test_a_file_that_changed_or_went_keeps_what_is_known_of_it(
    folder: Path, catalogue: Catalogue, student: Student
) -> None:
    cards = {card.path.stem: card for card in run(folder, catalogue, student)[-1].cards}
    changed, gone = _blank(cards["burst0"]), _blank(cards["burst2"])
    jpeg(changed.path, size=SIZE, seed=9)
    gone.path.unlink()
    assert closer.look(changed) is changed
    assert closer.look(gone) is gone


def test_a_cancelled_look_ends_early(folder: Path, catalogue: Catalogue, student: Student) -> None:
    cards = run(folder, catalogue, student)[-1].cards
    control = Control()
    control.cancel()
    assert list(closer.looked(cards, 2, PIXEL_CAP, control)) == []


def test_cancelled_while_comparing_a_run_keeps_its_scores(folder: Path, catalogue: Catalogue, student: Student) -> None:
    control = Control()
    last = None
    for last in pipeline.rank(shoots.read([folder]), catalogue, student, control=control):
        if last.phase is Phase.SCORING and last.done == last.total:
            control.cancel()
    assert last is not None
    assert last.phase is Phase.SCORING
    assert run(folder, catalogue, student)[-1].phase is Phase.FINISHED


def _blank(card: Card) -> Card:
    """As the card was before the closer look."""
    return replace(card, readings={name: reading for name, reading in card.readings.items() if name != FULL})
