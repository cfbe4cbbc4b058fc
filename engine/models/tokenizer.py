"""The tokenizer of a pack: words and punctuation to numbers and back, by the `tokenizers` library."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from engine.errors import PackError

if TYPE_CHECKING:
    from tokenizers import Tokenizer as Words

TOKENIZER = "tokenizer.json"
PAD, START, END, CLASS, UNKNOWN = CONTROLS = ("<pad>", "<start>", "<end>", "<class>", "<unknown>")
PIECE = r"<[a-z_]+>|[a-z]+(?:[-'][a-z]+)*|[0-9]+|[^\s\w]"
"""A tag, a word, a number or a punctuation mark, in lower-case text."""
_NEAREST = 3
_LIKENESS = 0.6
"""Ratio of difflib from which a word is near another."""
_VOWEL = r"(?!onc?e\b|us[aeiu]|uni(?!n|m)|eu)[aeiou]|hour|honest|honou?r|heir"
"""What a word begins with that sounds like a vowel."""
_PLURALS = (("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""))


class Tokenizer:
    """Lower-case words and punctuation marks, with tags of claims among them, as a pack's tokenizer.json lists them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._ids: dict[str, int] = words.get_vocab()
        self._tokens = {number: token for token, number in self._ids.items()}
        missing = [token for token in CONTROLS if token not in self._ids]
        if missing:
            raise PackError(f"{TOKENIZER}: {', '.join(missing)} missing. Install the pack again.")
        self.pad, self.start, self.end, self.class_token, self.unknown_token = (self._ids[t] for t in CONTROLS)
        self.tags: dict[int, str] = {i: t for t, i in self._ids.items() if _is_tag(t) and t not in CONTROLS}
        """The tags of claims by number: "<sharp>"."""
        self.words: frozenset[str] = frozenset(token for token in self._ids if token[0].isalnum())
        """Every word that is known."""
        self.spelt: frozenset[int] = frozenset(number for token, number in self._ids.items() if token[0].isalpha())
        """The numbers of those that are no figures."""

    @classmethod
    def load(cls, text: str) -> Tokenizer:
        """From the text of tokenizer.json. Raises PackError if it is none."""
        from tokenizers import Tokenizer as Words

        try:
            words = Words.from_str(text)
        except Exception as cause:  # the library raises nothing narrower
            raise PackError(f"{TOKENIZER}: not a tokenizer ({cause}). Install the pack again.") from cause
        return cls(words)

    def __len__(self) -> int:
        return len(self._ids)

    def encode(self, text: str) -> list[int]:
        """The numbers of the words, punctuation marks and tags of a text, nothing added around them.

        A plural whose singular alone is known counts as the singular; any other unknown word is UNKNOWN.
        """
        pieces = re.findall(PIECE, text.lower())
        numbers: list[int] = self._words.encode(" ".join(self._known(piece) or piece for piece in pieces)).ids
        return numbers

    def decode(self, ids: Iterable[int]) -> str:
        """Text with capitals and spaces as they are written; control tokens and tags are left out."""
        return _written([t for t in (self._tokens.get(int(i), UNKNOWN) for i in ids) if not _is_tag(t)])

    def sentences(self, ids: Iterable[int]) -> list[tuple[str, str]]:
        """(tag, text) of every sentence up to END; what stands before the first tag is dropped."""
        found: list[tuple[str, list[int]]] = []
        for number in (int(i) for i in ids):
            if number == self.end:
                break
            if number in self.tags:
                found.append((self.tags[number], []))
            elif found:
                found[-1][1].append(number)
        return [(tag, self.decode(numbers)) for tag, numbers in found]

    def unknown(self, text: str) -> dict[str, tuple[str, ...]]:
        """Each unknown word of a text, with the nearest known ones in spelling, three at most."""
        words = dict.fromkeys(w for w in re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text.lower()) if not self._known(w))
        known = sorted(self.words)
        return {word: tuple(difflib.get_close_matches(word, known, _NEAREST, _LIKENESS)) for word in words}

    def _known(self, piece: str) -> str | None:
        """The piece itself or its singular, where one is known."""
        if piece in self._ids:
            return piece
        singulars = (piece[: -len(end)] + instead for end, instead in _PLURALS if piece.endswith(end))
        return next((word for word in singulars if word in self.words), None)


def _is_tag(token: str) -> bool:
    return token.startswith("<") and token.endswith(">")


def _written(tokens: Sequence[str]) -> str:
    text = " ".join(tokens)
    text = re.sub(r" ([,.:;!?)])", r"\1", text).replace("( ", "(")
    # A decoder chooses the article before the noun.
    text = re.sub(rf"\ban?\b(?= (?:{_VOWEL}))", "an", re.sub(r"\ban\b", "a", text))
    return re.sub(r"(^|[.!?] )([a-z])", lambda match: match[1] + match[2].upper(), text)
