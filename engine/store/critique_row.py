"""A critique as text in the cache, and back."""

from __future__ import annotations

import json
from typing import Any

from engine.types import Aspect, Critique, Evidence, ModelId, Polarity, Region, Sentence


def encode(critique: Critique) -> str:
    """JSON: score, cosine, and the sentences."""
    rows = [
        (
            sentence.text,
            sentence.claim,
            sentence.aspect,
            sentence.polarity,
            None if (e := sentence.evidence) is None else (e.name, e.value, e.unit, e.normal),
            None if (r := sentence.region) is None else (r.x, r.y, r.w, r.h),
        )
        for sentence in critique.sentences
    ]
    return json.dumps((critique.score, critique.cosine, rows), separators=(",", ":"))


def decode(text: str, model: ModelId, rules: str) -> Critique:
    """What `encode` made into text."""
    score, cosine, rows = json.loads(text)
    return Critique(tuple(_sentence(*row) for row in rows), score, cosine, model, rules)


def _sentence(
    text: str, claim: str, aspect: str, polarity: str, evidence: list[Any] | None, region: list[float] | None
) -> Sentence:
    known = None
    if evidence is not None:
        name, value, unit, (low, high) = evidence
        known = Evidence(name, value, unit, (low, high))
    return Sentence(text, claim, Aspect(aspect), Polarity(polarity), known, None if region is None else Region(*region))
