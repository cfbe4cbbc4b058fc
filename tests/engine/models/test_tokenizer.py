"""The tokenizer: words to numbers and back as they are written, tags apart, unknown words named with the nearest."""

from __future__ import annotations

import pytest

from engine.errors import PackError
from engine.judge.claims import CLAIMS
from engine.models.tokenizer import CONTROLS, Tokenizer
from training.vila import vocabulary

CAPTION = "<sharp> The dog is tack sharp, and nothing is soft. <level> The off-centre camera was held straight."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.load(vocabulary.build([CAPTION] * 3))


def test_text_comes_back_with_capitals_and_spaces(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode(CAPTION)
    assert tokenizer.unknown_token not in ids
    assert (
        tokenizer.decode(ids) == "The dog is tack sharp, and nothing is soft. The off-centre camera was held straight."
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("an dog and a image .", "A dog and an image."),
        ("a insect is an good idea .", "An insect is a good idea."),
        ("this is a one , a usable one .", "This is a one, a usable one."),
    ],
)
def test_an_article_fits_the_word_behind_it(written: str, read: str) -> None:
    words = Tokenizer.load(vocabulary.build([written], least=1))
    assert words.decode(words.encode(written)) == read


def test_sentences_come_apart_at_their_tags_and_end_at_the_end(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("the " + CAPTION)
    assert tokenizer.sentences([tokenizer.start, *ids, tokenizer.end, *ids]) == [
        ("<sharp>", "The dog is tack sharp, and nothing is soft."),
        ("<level>", "The off-centre camera was held straight."),
    ]


def test_every_claim_is_one_token_and_no_word(tokenizer: Tokenizer) -> None:
    assert set(tokenizer.tags.values()) == {claim.tag for claim in CLAIMS.values()}
    assert all(tokenizer.encode(tag) == [number] for number, tag in tokenizer.tags.items())
    assert [tokenizer.encode(token) for token in CONTROLS] == [[n] for n in range(len(CONTROLS))]
    assert tokenizer.pad == 0
    assert not any(word.startswith("<") for word in tokenizer.words)


def test_case_and_plural_do_not_matter(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("FLOWERS") == tokenizer.encode("flower") != [tokenizer.unknown_token]
    assert tokenizer.unknown("flowers, butterflies & a DOG!") == {}


def test_unknown_words_are_named_with_the_nearest(tokenizer: Tokenizer) -> None:
    found = tokenizer.unknown("a flwer and a Weihnachtsmann, 東京")
    assert list(found) == ["flwer", "weihnachtsmann", "東京"]
    assert found["flwer"][0] == "flower"
    assert tokenizer.encode("weihnachtsmann") == [tokenizer.unknown_token]


def test_an_empty_text_is_no_tokens(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("") == []
    assert tokenizer.decode([]) == ""
    assert tokenizer.sentences([]) == []


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"model": 3}'])
def test_what_is_no_tokenizer_is_refused(text: str) -> None:
    with pytest.raises(PackError, match=r"tokenizer\.json"):
        Tokenizer.load(text)


def test_a_tokenizer_without_control_tokens_is_refused() -> None:
    from tokenizers import Tokenizer as Words
    from tokenizers import models

    with pytest.raises(PackError, match="<start>"):
        Tokenizer.load(Words(models.WordLevel({"<unknown>": 0, "dog": 1}, unk_token="<unknown>")).to_str())
