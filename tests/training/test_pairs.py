"""Pairs: the same list every time, flaws that suit, sources that can be left out, folds that keep series together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.training import biq
from training.data import biq2021
from training.vila import caption, flaws, look, pairs
from training.vila.pairs import Pair, Sources

_DOG, _DAISY = 207, 985


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """A tiny data set that the networks have looked at already: a dog in every other photo, no faces."""
    folder = tmp_path_factory.mktemp("pairs")
    photos = biq2021.load(biq.write(folder / "data"))
    (folder / "teachers").mkdir()
    (folder / "teachers" / pairs.LABELS).write_text("\n".join(f"thing{number}, other" for number in range(-1, 1000)))
    random = np.random.default_rng(4)

    def measure(shown: list[np.ndarray]) -> look.Columns:
        rows = [look.measured(p, np.ones((16, 16), np.float32)) for p in shown]
        classes = np.zeros((len(rows), 1000), np.float16)
        classes[np.arange(len(rows)), [(_DOG, _DAISY)[number % 2] for number in range(len(rows))]] = 0.9
        return {name: np.stack([row[name] for row in rows]) for name in rows[0]} | {
            "classes": classes,
            "features": random.normal(size=(len(rows), 64)).astype(np.float16),
            "faces": np.zeros((len(rows), 3, 5), np.float16),
            "attention": np.ones((len(rows), 16, 16), np.float16),
        }

    look.kept(folder / "work" / "looks", photos.names.tolist(), lambda name: look.decoded(photos.folder, name), measure)
    return Sources(folder / "data", folder / "teachers", folder / "no pack", folder / "work")


@pytest.fixture(scope="module")
def made(sources: Sources) -> list[Pair]:
    return pairs.pairs(sources)


def test_every_photo_stands_untouched_and_with_flaws_that_suit_it(made: list[Pair]) -> None:
    untouched = [pair for pair in made if pair.flaw is None]
    assert len({pair.name for pair in untouched}) == len(untouched) == biq.SERIES * biq.FRAMES + biq.SINGLES
    flawed = [pair for pair in made if pair.flaw is not None]
    assert len(flawed) > len(untouched) / 2
    assert len({pair.key for pair in made}) == len(made)
    for pair in flawed:
        low, high = flaws.table()[pair.flaw or ""].training
        assert low <= pair.strength <= high
        assert pair.mos >= 0.45
        assert caption.sentences(pair.caption)[0][0] == pair.flaw
        # A blur of these few pixels leaves a picture of 48 pixels as it is.
        assert pair.flaw in ("defocus", "motion") or not np.array_equal(
            pair.pixels(), look.decoded(pair.path.parents[1], pair.name)
        )


def test_the_list_is_the_same_every_time(sources: Sources, made: list[Pair]) -> None:
    again = pairs.pairs(sources)
    assert again == made
    assert [pair.caption for pair in again] == [pair.caption for pair in made]
    other = pairs.pairs(sources, seed=1)
    assert [pair.key for pair in other] != [pair.key for pair in made]


def test_a_pair_can_be_said_otherwise(made: list[Pair]) -> None:
    pair = next(pair for pair in made if pair.flaw == "noise")
    said = {pair.said(seed)[0] for seed in range(8)}
    assert len(said) >= 4
    assert all(caption.sentences(text)[0][0] == "noise" for text in said)
    assert pair.said(3) == pair.said(3)


def test_folds_keep_series_together_and_can_be_held_out(made: list[Pair]) -> None:
    by_cluster: dict[object, set[int]] = {}
    for pair in made:
        by_cluster.setdefault(pair.series if pair.series >= 0 else pair.name, set()).add(pair.fold)
    assert all(len(folds) == 1 for folds in by_cluster.values())
    assert {fold for folds in by_cluster.values() for fold in folds} == set(range(pairs.FOLDS))
    held_out = {pair.name for pair in made if pair.fold == 2}
    learned = pairs.learned(made, held_out=2)
    assert learned and not held_out & {pair.name for pair in learned}
    assert {pair.split for pair in learned} == {"train"}
    assert len(pairs.learned(made, splits=("train", "val"))) == len(made)


def test_sources_can_be_left_out(sources: Sources, made: list[Pair]) -> None:
    assert any("dog" in pair.caption.lower() for pair in made)
    without = pairs.pairs(replace(sources, leave_out=("imagenet", "ss01")))
    assert {pair.subset for pair in pairs.learned(without)} == {"ss03"}
    assert {pair.subset for pair in without if pair.split == "val"} == {"ss01", "ss03"}, "val stays to judge by"
    assert not any("dog" in f"{pair.caption} {pair.plain}".lower() or "thing" in pair.plain for pair in without)
    with pytest.raises(ValueError, match="laion"):
        pairs.pairs(replace(sources, leave_out=("laion",)))


def test_a_flaw_does_not_suit_where_it_cannot_be_seen(made: list[Pair]) -> None:
    pair = next(pair for pair in made if pair.flaw is None and not pair.facts.faults)
    readings = look.readings_of(pair.pixels())
    night = readings | {"exposure": replace(readings["exposure"], value=-4.0)}
    assert pairs.suits("overexposed", readings, pair.facts)
    assert not pairs.suits("overexposed", night, pair.facts)
    lines = {value: {"tilt": replace(readings["tilt"], value=value, confidence=0.9)} for value in (0.2, 5.0)}
    assert pairs.suits("tilt", readings | lines[0.2], pair.facts)
    assert not pairs.suits("tilt", readings | lines[5.0], pair.facts)
    assert not pairs.suits("noise", readings, replace(pair.facts, faults=("noise",)))
