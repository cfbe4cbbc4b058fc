"""Words to photos: what is understood of a search, and what is nearest to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import PackError, SpaceMismatch
from engine.judge.word_search import search, understand
from engine.models.embedding import Embedding
from engine.models.tokenizer import Tokenizer
from training.vila import vocabulary


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.load(vocabulary.build(["a dog on a beach", "two flowers", "a photo of water"], least=1))


def points(*rows: tuple[float, ...], space: str = "s") -> dict[Path, Embedding]:
    return {Path(f"p{i}"): Embedding(np.array(row, np.float32), space) for i, row in enumerate(rows)}


def test_known_words_are_searched_for_as_they_were_typed(tokenizer):
    query = understand(tokenizer, "A dog, on a Beach!")
    assert query.text == "a dog on a beach"
    assert not query.unknown
    assert query.sentence() is None


def test_unknown_words_are_named_with_the_nearest_known_ones_and_left_out(tokenizer):
    query = understand(tokenizer, "dogg on xqzzkv beach flowers")
    assert query.text == "on beach flowers"
    assert set(query.unknown) == {"dogg", "xqzzkv"}
    assert "dog" in query.unknown["dogg"] and query.unknown["xqzzkv"] == ()
    assert "dogg" in query.sentence() and "left out" in query.sentence()


@pytest.mark.parametrize("words", ["Blumen im Garten", "des fleurs à la plage", "цветы", "花", "犬 の 写真", "xqzzkv"])
def test_a_search_in_another_language_finds_nothing_and_says_so(tokenizer, words):
    query = understand(tokenizer, words)
    assert query.text == ""
    assert query.unknown
    assert "English" in query.sentence()


@pytest.mark.parametrize("words", ["a photo of the", "in", "?!", "photo Hund"])
def test_words_that_fit_every_photo_are_no_search(tokenizer, words):
    query = understand(tokenizer, words)
    assert query.text == ""
    assert query.sentence()


def test_the_nearest_come_first_whatever_their_lengths(tokenizer):
    asked = Embedding(np.array([3.0, 0.0], np.float32), "s")
    hits = search(asked, points((0.0, 9.0), (50.0, 1.0), (0.1, 0.1), (-2.0, 0.0), (0.0, 0.0)))
    assert [hit.path.name for hit in hits] == ["p1", "p2", "p0", "p4", "p3"]
    assert [hit.similarity for hit in hits] == pytest.approx([0.9998, 0.7071, 0.0, 0.0, -1.0], abs=1e-4)


def test_spaces_are_never_mixed():
    asked = Embedding(np.ones(2, np.float32), "s")
    with pytest.raises(SpaceMismatch, match="elsewhere"):
        search(asked, points((1.0, 1.0)) | {Path("q"): Embedding(np.ones(2, np.float32), "elsewhere")})
    with pytest.raises(PackError, match="2 numbers"):
        search(asked, points((1.0, 1.0, 1.0)))
    assert search(asked, {}) == []
