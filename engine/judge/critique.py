"""A critique: sentences that the decoder writes of a photo, each held against the readings of that very photo."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.judge import hues
from engine.judge.claims import CLAIMS, Claim, Standing, of_tag, weigh
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
SUPPORT = 2.0
"""By how many nats a fault is likelier that the readings bear out: they are a second witness. In training it was found
with the leanings of the starter's decoder, on photos that nothing was learned from."""
FARTHER, FAR = 4.0, 1.5
"""Nats for each half width that a reading lies past its limit, and up to how many half widths, where a fault rests on
readings alone: a cast is told better by them than by the decoder."""
_MEASURED = (Aspect.FOCUS, Aspect.EXPOSURE, Aspect.NOISE, Aspect.TILT)
"""What cannot be praised and faulted in one breath."""
_LAST = ".!?"
_STAMMER = r"\b([a-z]+(?:[-'][a-z]+)*)(?: and)?(?: an?| the)? \1\b"
"""A word twice, with nothing or "and" between: "red and red", "a cup and a cup". No phrase that was learned has it."""


def rules() -> str:
    """A name for the claims as they stand: what was held against others is written anew."""
    return hashlib.blake2b(
        repr(
            (sorted(CLAIMS.items()), MOST, BEAM, NEARLY, SUPPORT, FARTHER, FAR, _STAMMER, sorted(hues.HUES.items()))
        ).encode(),
        digest_size=8,
    ).hexdigest()


def write(tower: Tower, seen: Seen, readings: Mapping[str, Reading], subject: Subject | None) -> Critique:
    """The critique of a picture as `tower.vision` has seen it; `readings` and `subject` are the same photo's.

    A sentence that the readings contradict is not written; the decoder takes the next best, three times at most. What
    is contradicted after that is left out, so that fewer sentences are shown: nothing is filled in. The same picture
    and readings give the same text. Raises PackError.
    """
    check = Check(tower.tokenizer, readings)
    written = tower.captioner.write(seen.picture, check.allows, beam=BEAM, chance=chance(seen), leaning=check.leaning())
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
        self._readings = readings
        self._unfair = hues.HUES.keys() - hues.fair(readings)
        self._unfair_numbers = tokenizer.spelt & {number for word in self._unfair for number in tokenizer.encode(word)}
        self._weighed = {claim.name: weigh(claim, readings) for claim in self._claims.values()}

    def leaning(self) -> NDArray[np.float32]:
        """[words] of the tokenizer: SUPPORT and more at the tags of faults that the readings bear out, 0 elsewhere."""
        found = np.zeros(len(self._tokenizer), np.float32)
        for number, claim in self._claims.items():
            weighed = self._weighed[claim.name]
            if claim.polarity is Polarity.FAULT and weighed.standing is Standing.SUPPORTED:
                found[number] = SUPPORT + (FARTHER * min(weighed.beyond, FAR) if claim.needs_support else 0.0)
        return found

    def allows(self, ids: Sequence[int], number: int) -> bool:
        """Whether `number` may follow what was written.

        No claim may that is contradicted, no word before the first claim, none that was just said, and no hue of a cast
        that the readings do not show.
        """
        if number == self._tokenizer.end:
            return True
        claim = self._claims.get(number)
        if claim is None:
            return bool(ids) and number not in self._tokenizer.tags and self._follows(ids, number)
        return self._stands(claim, [self._claims[i] for i in ids if i in self._claims])

    def sentences(self, ids: Sequence[int], subject: Subject | None = None) -> tuple[Sentence, ...]:
        """What may be shown of a caption, MOST at most: whole sentences that nothing contradicts, each once."""
        found: dict[str, Sentence] = {}
        said: list[Claim] = []
        for tag, text in self._tokenizer.sentences(ids):
            claim = of_tag(tag)
            if claim is None or not self._stands(claim, said) or text in found or not _is_whole(text):
                continue
            hue = _hue(claim, text)
            if hue in self._unfair:
                continue
            said.append(claim)
            found[text] = _sentence(text, claim, self._evidence(claim, hue), subject)
        return tuple(found.values())[:MOST]

    def _evidence(self, claim: Claim, hue: str | None) -> Reading | None:
        """The reading that bears a claim out: of a cast, the one that tells the hue which is named."""
        if hue is not None and (told := self._readings.get(hues.HUES[hue][0])) is not None:
            return told
        return self._weighed[claim.name].evidence

    def _follows(self, ids: Sequence[int], number: int) -> bool:
        if number in self._unfair_numbers:
            claim = next((self._claims[i] for i in reversed(ids) if i in self._claims), None)
            if claim is not None and hues.tells(claim):
                return False
        return not self._stammers(ids, number)

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


def _hue(claim: Claim, text: str) -> str | None:
    """The hue that a sentence calls a cast by; None where it names none."""
    if not hues.tells(claim):
        return None
    return next((word for word in re.findall("[a-z]+", text.lower()) if word in hues.HUES), None)


def _sentence(text: str, claim: Claim, reading: Reading | None, subject: Subject | None) -> Sentence:
    if reading is None:
        region = subject.region if subject is not None and claim.aspect is Aspect.SUBJECT else None
        return Sentence(text, claim.name, claim.aspect, claim.polarity, None, region)
    evidence = Evidence(reading.name, reading.value, reading.unit, reading.normal)
    return Sentence(text, claim.name, claim.aspect, claim.polarity, evidence, reading.region)
