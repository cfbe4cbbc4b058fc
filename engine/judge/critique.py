"""A critique: sentences that the decoder writes of a photo, each held against the readings of that very photo."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.judge.claims import CLAIMS, Claim, Weighed, of_tag, weigh
from engine.models.captioner import NEARLY
from engine.types import Aspect, Critique, Evidence, Polarity, Reading, Sentence, Subject

if TYPE_CHECKING:
    from engine.models.tokenizer import Tokenizer
    from engine.models.tower import Tower
    from engine.models.vision import Seen

MOST = 5
"""Sentences of a critique."""
BEAM = 1
"""Captions that are written side by side."""
_MEASURED = (Aspect.FOCUS, Aspect.EXPOSURE, Aspect.NOISE, Aspect.TILT)
"""What cannot be praised and faulted in one breath."""
_LAST = ".!?"
_STAMMER = r"\b([a-z]+(?:[-'][a-z]+)*)(?: and)?(?: an?| the)? \1\b"
"""A word twice, with nothing or "and" between: "red and red", "a cup and a cup". No phrase that was learned has it."""


def rules() -> str:
    """A name for the claims as they stand: what was held against others is written anew."""
    return hashlib.blake2b(
        repr((sorted(CLAIMS.items()), MOST, BEAM, NEARLY, _STAMMER)).encode(), digest_size=8
    ).hexdigest()


def write(tower: Tower, seen: Seen, readings: Mapping[str, Reading], subject: Subject | None) -> Critique:
    """The critique of a picture as `tower.vision` has seen it; `readings` and `subject` are the same photo's.

    A sentence that the readings contradict is not written; the decoder takes the next best, three times at most. What
    is contradicted after that is left out, so that fewer sentences are shown: nothing is filled in. The same picture
    and readings give the same text. Raises PackError.
    """
    check = Check(tower.tokenizer, readings)
    written = tower.captioner.write(seen.picture, check.allows, beam=BEAM, chance=chance(seen))
    cosine = tower.adapter.cosine(seen.embedding)
    sentences = check.sentences(written.ids, subject)
    return Critique(sentences, tower.adapter.score(cosine), cosine, tower.model_id, rules())


def chance(seen: Seen) -> np.random.Generator:
    """What chooses between phrasings that are as good: another for every picture, the same for the same."""
    signs = np.packbits(seen.embedding.values > 0).tobytes()
    return np.random.default_rng(zlib.crc32(signs))


class Check:
    """Holds what a decoder writes against the readings of the photo, and against what it said before."""

    def __init__(self, tokenizer: Tokenizer, readings: Mapping[str, Reading]) -> None:
        self._tokenizer = tokenizer
        self._claims = {i: claim for i, tag in tokenizer.tags.items() if (claim := of_tag(tag)) is not None}
        self._and = tokenizer.encode("and")
        self._weighed = {claim.name: weigh(claim, readings) for claim in self._claims.values()}

    def allows(self, ids: Sequence[int], number: int) -> bool:
        """Whether `number` may follow what was written.

        No claim may that is contradicted, no word before the first claim, and none that was just said.
        """
        if number == self._tokenizer.end:
            return True
        claim = self._claims.get(number)
        if claim is None:
            return bool(ids) and number not in self._tokenizer.tags and not self._stammers(ids, number)
        return self._stands(claim, [self._claims[i] for i in ids if i in self._claims])

    def sentences(self, ids: Sequence[int], subject: Subject | None = None) -> tuple[Sentence, ...]:
        """What may be shown of a caption, MOST at most: whole sentences that nothing contradicts, each once."""
        found: dict[str, Sentence] = {}
        said: list[Claim] = []
        for tag, text in self._tokenizer.sentences(ids):
            claim = of_tag(tag)
            if claim is None or not self._stands(claim, said) or text in found or not _is_whole(text):
                continue
            said.append(claim)
            found[text] = _sentence(text, claim, self._weighed[claim.name], subject)
        return tuple(found.values())[:MOST]

    def _stammers(self, ids: Sequence[int], number: int) -> bool:
        if number not in self._tokenizer.spelt:
            return False
        return number == ids[-1] or (len(ids) > 1 and [ids[-1]] == self._and and number == ids[-2])

    def _stands(self, claim: Claim, said: Collection[Claim]) -> bool:
        if not self._weighed[claim.name].holds:
            return False
        return not any(_clash(claim, before) for before in said)


def _is_whole(text: str) -> bool:
    return text.endswith(tuple(_LAST)) and not re.search(_STAMMER, text.lower())


def _clash(claim: Claim, before: Claim) -> bool:
    """Whether the two cannot both be true: of one thing that can be measured, praise beside fault or advice."""
    if claim.aspect is not before.aspect or claim.aspect not in _MEASURED:
        return False
    return (claim.polarity is Polarity.PRAISE) != (before.polarity is Polarity.PRAISE)


def _sentence(text: str, claim: Claim, weighed: Weighed, subject: Subject | None) -> Sentence:
    reading = weighed.evidence
    if reading is None:
        region = subject.region if subject is not None and claim.aspect is Aspect.SUBJECT else None
        return Sentence(text, claim.name, claim.aspect, claim.polarity, None, region)
    evidence = Evidence(reading.name, reading.value, reading.unit, reading.normal)
    return Sentence(text, claim.name, claim.aspect, claim.polarity, evidence, reading.region)
