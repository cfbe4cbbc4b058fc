"""Word search is judged by what is among the first ten, against what chance would find."""

from __future__ import annotations

import numpy as np
import pytest

from training.vila import word_search
from training.vila.word_search import Found

NAMES = [f"{number}.jpg" for number in range(200)]
WORDS = ("dog", "sky")


def _vectors() -> tuple[np.ndarray, dict[str, frozenset[str]]]:
    """Photos 0-29 point along the first axis, 30-33 along the second, the rest elsewhere."""
    vectors = np.random.default_rng(2).normal(0, 0.1, (200, 8)) + np.eye(8)[5]
    vectors[:30] += 3 * np.eye(8)[0]
    vectors[30:34] += 3 * np.eye(8)[1]
    return vectors, {"dog": frozenset(NAMES[:30]), "sky": frozenset(NAMES[30:34]), "yeti": frozenset()}


def test_who_knows_the_words_finds_their_photos() -> None:
    vectors, photos_of = _vectors()
    found = word_search.judge(vectors, NAMES, lambda word: np.eye(8)[WORDS.index(word)], photos_of)
    assert [(f.word, f.positives, f.precision) for f in found] == [("dog", 30, 1.0), ("sky", 4, 0.4)]
    assert all(f.reached for f in found)
    assert "2 of 2 words" in word_search.lines(found)[-1]


def test_who_mixes_the_words_up_finds_nothing() -> None:
    vectors, photos_of = _vectors()
    found = word_search.judge(vectors, NAMES, lambda word: np.eye(8)[1 - WORDS.index(word)], photos_of)
    assert [f.precision for f in found] == [0.0, 0.0]
    assert not any(f.reached for f in found)


@pytest.mark.parametrize(
    ("found", "reached"),
    [
        (Found("dog", 30, 0.01, 0.4), False),
        (Found("dog", 30, 0.01, 0.5), True),
        (Found("dog", 5, 0.01, 0.1), True),
        (Found("dog", 90, 0.3, 0.8), False),
        (Found("dog", 90, 0.4, 1.0), True),
    ],
)
def test_both_limits_count(found: Found, reached: bool) -> None:
    assert found.reached is reached


def test_the_labelled_photos_have_the_common_words() -> None:
    names, photos_of = word_search.labelled()
    assert len(names) == 200
    assert len(word_search.HYPERNYMS) == 20 == len(photos_of)
    assert len(photos_of["person"]) >= 20 and len(photos_of["animal"]) >= 20
    assert photos_of["dog"] <= photos_of["animal"] <= set(names)
