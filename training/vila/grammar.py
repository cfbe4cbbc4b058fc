"""Grammar: templates with choices and slots, and the bank of phrases that they stand in.

(a|b|c)     one of several, which may hold choices and slots in turn
[slot]      filled in; [Slot] begins with a capital
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path

Choose = Callable[[int], int]
"""Given how many there are, which of them: 0 to n - 1."""
ASPECTS = ("general_impression", "subject", "composition", "camera", "depth_of_field", "colour_lighting", "focus")
"""The seven of PCCD (Chang, Lu and Chen, "Aesthetic critiques generation for photos", ICCV 2017), a file each."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a word."""

    name: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Several sequences, of which one is said."""

    options: tuple[tuple[str | Slot | Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A phrase with all its variants."""

    text: str
    parts: tuple[str | Slot | Choice, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Raises ValueError for brackets that do not match, naming the template."""
        parts, end = _sequence(text, 0, "")
        if end != len(text):
            raise ValueError(f"{text!r}: a bracket does not match at {end}.")
        return cls(text, parts)

    @property
    def slots(self) -> frozenset[str]:
        """Every slot that any variant has."""
        return frozenset(_slots(self.parts))

    @property
    def variants(self) -> int:
        """How many ways there are to say it, slots left as they are."""
        return _variants(self.parts)

    def say(self, words: Mapping[str, str], choose: Choose) -> str:
        """One variant, its slots filled in. Raises KeyError for a slot without a word."""
        return _said(self.parts, words, choose)


@cache
def bank() -> Mapping[str, tuple[Template, ...]]:
    """Every phrase by the name of the claim that it makes."""
    found: dict[str, tuple[Template, ...]] = {}
    for aspect in ASPECTS:
        for name, texts in _file(aspect).items():
            if isinstance(texts, list):
                found[name] = tuple(Template.parse(text) for text in texts)
    return found


@cache
def plain() -> Mapping[str, tuple[Template, ...]]:
    """Short captions, as people type them into a search field, by kind."""
    texts = _file("general_impression")["plain"]
    assert isinstance(texts, dict)
    return {name: tuple(Template.parse(text) for text in lines) for name, lines in texts.items()}


def _file(aspect: str) -> Mapping[str, object]:
    return tomllib.loads((Path(__file__).parent / "phrases" / f"{aspect}.toml").read_text(encoding="utf-8"))


def _sequence(text: str, start: int, ends: str) -> tuple[tuple[str | Slot | Choice, ...], int]:
    """The parts from `start` to the first character of `ends` outside brackets, and where that is."""
    parts: list[str | Slot | Choice] = []
    literal = start
    place = start
    while place < len(text) and text[place] not in (ends or ")|"):
        if text[place] not in "([":
            place += 1
            continue
        parts.append(text[literal:place])
        part, place = _choice(text, place) if text[place] == "(" else _slot(text, place)
        parts.append(part)
        literal = place
    parts.append(text[literal:place])
    return tuple(part for part in parts if part != ""), place


def _choice(text: str, start: int) -> tuple[Choice, int]:
    options, place = [], start
    while place < len(text) and text[place] != ")":
        option, place = _sequence(text, place + 1, "|)")
        options.append(option)
    if place >= len(text) or len(options) < 2:
        raise ValueError(f"{text!r}: the choice at {start} is not one.")
    return Choice(tuple(options)), place + 1


def _slot(text: str, start: int) -> tuple[Slot, int]:
    end = text.find("]", start)
    if end < 0:
        raise ValueError(f"{text!r}: the slot at {start} does not end.")
    name = text[start + 1 : end]
    return Slot(name.lower(), name[:1].isupper()), end + 1


def _slots(parts: tuple[str | Slot | Choice, ...]) -> set[str]:
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Slot):
            found.add(part.name)
        elif isinstance(part, Choice):
            found.update(*(_slots(option) for option in part.options))
    return found


def _variants(parts: tuple[str | Slot | Choice, ...]) -> int:
    return prod(sum(_variants(option) for option in p.options) for p in parts if isinstance(p, Choice))


def _said(parts: tuple[str | Slot | Choice, ...], words: Mapping[str, str], choose: Choose) -> str:
    said = []
    for part in parts:
        if isinstance(part, Choice):
            said.append(_said(part.options[choose(len(part.options))], words, choose))
        elif isinstance(part, Slot):
            word = words[part.name]
            said.append(word[:1].upper() + word[1:] if part.capital else word)
        else:
            said.append(part)
    return "".join(said)
