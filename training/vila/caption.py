"""Captions: what is known of a photo, said in the phrases of the bank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np

from engine.judge.claims import CLAIMS
from engine.models.tokenizer import PIECE
from training.vila import concepts, grammar
from training.vila.facts import Facts
from training.vila.grammar import Template

_T = TypeVar("_T")
MOST_TOKENS = 61
"""Of a critique: 64 less the tokens for start, end and class."""
LEAST = 3
"""Sentences of a critique; five at most."""
_KEYED = 0.6
"""Share of the sentences whose wording follows from what is seen, so that it can be learned which to use."""
_TELLING = 3
"""Claims that the wording follows from, the most telling ones."""
_SYNONYM = 0.25
"""Share of the short captions that say another word for the subject."""
_PARTS = ("lighting", "content", "background", "foreground", "composition")
"""The parts that VILA's zero-shot prompts speak of, beside "image"."""
_SPOILT = {
    **dict.fromkeys(
        ("underexposed", "overexposed", "clipped_highlights", "low_contrast", "colour_cast"), ("lighting",)
    ),
    **dict.fromkeys(("defocus", "motion", "noise"), ("content", "foreground", "background")),
    **dict.fromkeys(("tilt", "crowded"), ("composition",)),
}
"""Which of them a fault makes bad."""


def critique(facts: Facts, seed: int) -> str:
    """Three to five sentences, each behind the tag of its claim: faults or the level first, then the subject, what else
    is known, and an advice last."""
    draw = np.random.default_rng(seed)
    wanted = _one_of((3, 4, 4, 5), draw)
    ahead = _ahead(facts)
    last = [s for s in (_sentence(name, facts, draw, ()) for name in _advice(facts)) if s]
    said: list[str] = []
    budget = MOST_TOKENS - sum(map(_length, last))

    def say(name: str) -> None:
        nonlocal budget
        sentence = _sentence(name, facts, draw, said)
        if sentence and _length(sentence) <= budget:
            said.append(sentence)
            budget -= _length(sentence)

    for name in (*ahead, *_middle(facts, draw)):
        if name in ahead or len(said) + len(last) < wanted:
            say(name)
    for name in _fillers(facts):
        if len(said) + len(last) < LEAST:
            say(name)
    return " ".join((*said, *last))


def plain(facts: Facts, seed: int) -> str:
    """A short caption without tags, as people type it into a search field; how good the image is stands in some."""
    draw = np.random.default_rng(seed)
    kinds = ["scene"] if "colour" in facts.words else []
    kinds += ["subject"] * 3 if "subject" in facts.words else []
    everything = (*facts.seen.words, *facts.seen.kinds)
    kinds += ["any"] * 3 if everything else []
    quality = _quality(facts)
    if quality:
        kinds += [quality] * 3 + [f"{quality}_part"] * 2
    if not kinds:
        return "a photo"
    words = dict(facts.words) | {
        "part": _one_of(_SPOILT.get(facts.faults[0], _PARTS) if facts.faults else _PARTS, draw)
    }
    if everything:
        words["any"], words["another"] = (_one_of(everything, draw) for _ in range(2))
        words["an any"] = concepts.phrase(words["any"])
        if words["another"] == words["any"]:
            del words["another"]
    others = concepts.synonyms_of(words.get("subject", ""))
    if others and draw.random() < _SYNONYM:
        words["subject"] = _one_of(others, draw)
        words["a subject"] = concepts.phrase(words["subject"])
    fitting = [t for t in grammar.plain()[_one_of(kinds, draw)] if t.slots <= words.keys()]
    return _one_of(fitting, draw).say(words, _picker(draw)) if fitting else "a photo"


def sentences(critique_text: str) -> list[tuple[str, str]]:
    """(claim, sentence) of each sentence of a critique with tags; what stands before the first tag is dropped."""
    pieces = re.split(r"<([a-z_]+)>", critique_text)
    return [(name, text.strip()) for name, text in zip(pieces[1::2], pieces[2::2], strict=True)]


def _ahead(facts: Facts) -> Sequence[str]:
    return facts.faults or ((facts.level,) if facts.level else ())


def _advice(facts: Facts) -> Sequence[str]:
    if facts.faults:
        return (f"advice_{facts.faults[0]}",)
    return ("advice_weak",) if facts.level in ("weak", "average") else ()


def _middle(facts: Facts, draw: np.random.Generator) -> list[str]:
    """The subject, then one claim of each further aspect, in an order that follows from what is seen."""
    rest = [name for name in facts.claims if name != "subject"]
    if draw.random() < _KEYED:
        rest.sort(key=lambda name: crc32(f"{name}|{_key(facts)}".encode()))
    else:
        rest = [rest[i] for i in draw.permutation(len(rest))]
    by_aspect = {CLAIMS[name].aspect: name for name in reversed(rest)}
    once = [name for name in rest if by_aspect[CLAIMS[name].aspect] == name]
    return [*(("subject",) if "subject" in facts.claims else ()), *once]


def _fillers(facts: Facts) -> Sequence[str]:
    """What may be said once more where little is known."""
    return (*facts.faults, *((facts.level,) if facts.level else ()), *facts.claims)


def _sentence(name: str, facts: Facts, draw: np.random.Generator, said: Sequence[str]) -> str | None:
    """A sentence with its tag that has not been said yet; None where the bank has none for what is known."""
    chooser = np.random.default_rng(crc32(f"{name}|{_key(facts)}".encode())) if draw.random() < _KEYED else draw
    fitting = [t for t in grammar.bank().get(name, ()) if t.slots <= facts.words.keys()]
    for template in _shuffled(fitting, chooser):
        text = template.say(facts.words, _picker(chooser))
        sentence = f"<{name}> {text[:1].upper()}{text[1:]}"
        if sentence not in said:
            return sentence
    return None


def _shuffled(templates: Sequence[Template], chooser: np.random.Generator) -> list[Template]:
    """In chance order, those that say more of the very photo rather first."""
    return sorted(templates, key=lambda t: chooser.random() ** (1 / (1 + len(t.slots))), reverse=True)


def _one_of(options: Sequence[_T], draw: np.random.Generator) -> _T:
    return options[int(draw.integers(len(options)))]


def _picker(draw: np.random.Generator) -> grammar.Choose:
    return lambda count: int(draw.integers(count))


def _key(facts: Facts) -> str:
    seen = (facts.words.get(slot, "-") for slot in ("subject", "colours", "side"))
    return "|".join((*seen, *_ahead(facts), *facts.claims[:_TELLING]))


def _quality(facts: Facts) -> str | None:
    if facts.faults or facts.level == "weak":
        return "bad"
    return "good" if facts.level in ("excellent", "good") else None


def _length(sentence: str) -> int:
    return len(re.findall(PIECE, sentence.lower()))
