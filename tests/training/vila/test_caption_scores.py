"""BLEU, ROUGE-L and CIDEr against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from training.vila import caption_scores


def _words(*texts: str) -> list[list[str]]:
    return [text.split() for text in texts]


def test_bleu_clips_what_is_repeated_and_punishes_brevity() -> None:
    # Of seven "the" two are in the reference that has most of them.
    assert caption_scores.bleu(
        _words("the the the the the the the"), [_words("the cat is on the mat", "there is a cat on the mat")], 1
    ) == pytest.approx(2 / 7)
    # 5 of 6 words and 3 of 5 pairs are there.
    written = _words("the cat sat on the mat")
    truth = [_words("the cat is on the mat")]
    assert caption_scores.bleu(written, truth, 2) == pytest.approx(math.sqrt(5 / 6 * 3 / 5))
    assert caption_scores.bleu(written, truth, 4) == 0.0
    assert caption_scores.bleu(_words("the cat"), truth, 1) == pytest.approx(math.exp(1 - 6 / 2))


def test_rouge_l_weighs_recall_more() -> None:
    # "police the gunman" of "police kill the gunman": 3 of 3 words, 3 of 4.
    got = caption_scores.rouge_l(["police", "the", "gunman"], _words("police kill the gunman"))
    assert got == pytest.approx((1 + 1.44) * 1.0 * 0.75 / (0.75 + 1.44 * 1.0))
    assert caption_scores.rouge_l([], _words("a")) == 0.0


def test_cider_counts_rare_words_alone() -> None:
    written, truths = _words("a dog", "a cat"), [_words("a dog"), _words("a bird")]
    # "a" stands in both and weighs nothing. One word: "dog" 1, "cat" 0. Pairs: "a dog" 1, "a cat" 0. Longer: none.
    assert caption_scores.cider(written, truths) == pytest.approx(10 * (1 + 1) / 2 / 4)
    # Half of "red dog" is "dog": cosine 1 / sqrt 2 for one word, nothing for two.
    got = caption_scores.cider(_words("red dog", "x"), [_words("dog"), _words("y")])
    assert got == pytest.approx(10 * (1 / math.sqrt(2)) / 2 / 4)


def test_all_of_them_at_once() -> None:
    found = caption_scores.scores(
        ["Soft light falls on the old boat", "Too dark"], [["soft light falls on the old boat"], ["too dark"]]
    )
    assert found["bleu_4"] == pytest.approx(1)
    assert found["rouge_l"] == pytest.approx(1)
    # The second caption has no run of three or four words.
    assert found["cider"] == pytest.approx(10 * (4 + 2) / 2 / 4)
    with pytest.raises(ValueError, match="needs references"):
        caption_scores.scores(["one"], [[]])
