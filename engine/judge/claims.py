"""Claims: what a sentence of a critique can say, and which readings of the photo bear it out or deny it.

Every sentence that the decoder writes begins with a tag, `<name>` of one of CLAIMS, which it learned to write itself:
what a sentence claims is never guessed from its words. The tag is cut off before anybody reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.sight.reading import TRUST
from engine.types import Aspect, Polarity, Reading


class Side(StrEnum):
    """On which side of its normal range a reading has to lie."""

    LOW = "low"
    HIGH = "high"
    OUTSIDE = "outside"
    """Either; counted in half widths from the middle of the range, so that 1 is its edge."""
    INSIDE = "inside"
    """The opposite, counted likewise."""


class Standing(StrEnum):
    """What the readings say to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OPEN = "open"
    """They lie between, or there are none."""


@dataclass(frozen=True, slots=True)
class Check:
    """One reading that a claim is held against.

    `supported` and `contradicted` are places in the reading's normal range, so that they hold for every size of
    picture: 0 is its low end and 1 its high end (LOW, HIGH), or half widths from its middle (OUTSIDE, INSIDE).
    """

    reading: str
    side: Side
    supported: float
    contradicted: float
    confidence: float = TRUST
    """Least confidence of a reading that has one; below it the reading says nothing."""

    def standing(self, reading: Reading | None) -> Standing | None:
        """What this reading says; None where it is absent or not trusted."""
        if reading is None or (reading.confidence is not None and reading.confidence < self.confidence):
            return None
        if self.beyond(reading) >= 0:
            return Standing.SUPPORTED
        denies = self._sign * (self._place(reading) - self.contradicted) <= 0
        return Standing.CONTRADICTED if denies else Standing.OPEN

    def beyond(self, reading: Reading) -> float:
        """How far past `supported` a reading lies, in the same measure; negative before it."""
        return self._sign * (self._place(reading) - self.supported)

    @property
    def _sign(self) -> int:
        return 1 if self.side in (Side.HIGH, Side.OUTSIDE) else -1

    def _place(self, reading: Reading) -> float:
        low, high = reading.normal
        place = (reading.value - low) / (high - low)
        return abs(2 * place - 1) if self.side in (Side.OUTSIDE, Side.INSIDE) else place


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a sentence can say."""

    name: str
    aspect: Aspect
    polarity: Polarity
    checks: tuple[Check, ...] = ()
    needs_all: bool = False
    """Whether every check has to support the claim and one can contradict it; else one supports and all contradict."""
    needs_support: bool = False
    """Whether the claim is made only where the readings support it: elsewhere it would be a guess."""

    @property
    def tag(self) -> str:
        """The token that a sentence with this claim begins with."""
        return f"<{self.name}>"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim held against the readings of a photo."""

    standing: Standing
    evidence: Reading | None
    """The reading that supports the claim, or contradicts it; None where it stays open."""
    needs_support: bool = False
    beyond: float = 0.0
    """How far past its limit the farthest reading lies that supports the claim; 0 where none does."""

    @property
    def holds(self) -> bool:
        """Whether the claim may be made."""
        return self.standing is Standing.SUPPORTED or (self.standing is Standing.OPEN and not self.needs_support)


def weigh(claim: Claim, readings: Mapping[str, Reading]) -> Weighed:
    """Hold a claim against the readings of the same photo, by name. A claim without checks stays open."""
    found = [(check, readings[check.reading]) for check in claim.checks if check.reading in readings]
    heard = [(check, reading) for check, reading in found if check.standing(reading) is not None]
    supports = [(check, reading) for check, reading in heard if check.standing(reading) is Standing.SUPPORTED]
    denies = [reading for check, reading in heard if check.standing(reading) is Standing.CONTRADICTED]
    if denies and (claim.needs_all or len(denies) == len(heard)):
        return Weighed(Standing.CONTRADICTED, denies[0], claim.needs_support)
    if supports and (not claim.needs_all or len(supports) == len(claim.checks)):
        beyond = max(check.beyond(reading) for check, reading in supports)
        return Weighed(Standing.SUPPORTED, supports[0][1], claim.needs_support, beyond)
    return Weighed(Standing.OPEN, None, claim.needs_support)


def of_tag(token: str) -> Claim | None:
    """The claim that a token stands for; None for a token that is no tag."""
    return CLAIMS.get(token[1:-1]) if token.startswith("<") and token.endswith(">") else None


# Limits of the faults: of photos with a flaw of clear strength (training/vila/flaws.toml), one in fifty at most is
# contradicted; of good photos as many as that leaves. Those of the praises lie inside, with a margin.
_PRAISE, _FAULT, _ADVICE = Polarity.PRAISE, Polarity.FAULT, Polarity.ADVICE

_FAULTS = (
    Claim("defocus", Aspect.FOCUS, _FAULT, (Check("sharpness", Side.LOW, 0.0, 0.25),)),
    Claim(
        "motion",
        Aspect.FOCUS,
        _FAULT,
        (Check("motion", Side.HIGH, 1.0, 0.4), Check("sharpness", Side.LOW, 0.0, 0.25)),
    ),
    Claim("underexposed", Aspect.EXPOSURE, _FAULT, (Check("exposure", Side.LOW, 0.15, 0.35),)),
    Claim(
        "overexposed",
        Aspect.EXPOSURE,
        _FAULT,
        (Check("exposure", Side.HIGH, 0.85, 0.6), Check("clipping_high", Side.HIGH, 0.5, 0.1)),
        needs_all=True,
    ),
    Claim("clipped_highlights", Aspect.EXPOSURE, _FAULT, (Check("clipping_high", Side.HIGH, 0.8, 0.4),)),
    Claim("noise", Aspect.NOISE, _FAULT, (Check("noise", Side.HIGH, 1.0, 0.5),)),
    Claim("tilt", Aspect.TILT, _FAULT, (Check("tilt", Side.OUTSIDE, 1.7, 1.0),)),
    Claim(
        "colour_cast",
        Aspect.COLOUR,
        _FAULT,
        (Check("cast_blue_yellow", Side.OUTSIDE, 1.0, 0.6), Check("cast_green_magenta", Side.OUTSIDE, 1.0, 0.6)),
        needs_support=True,
    ),
    Claim("low_contrast", Aspect.LIGHT, _FAULT, (Check("contrast", Side.LOW, 0.0, 0.2),)),
    Claim("crowded", Aspect.COMPOSITION, _FAULT),
    Claim("weak", Aspect.OVERALL, _FAULT),
)

_PRAISES = (
    Claim("sharp", Aspect.FOCUS, _PRAISE, (Check("sharpness", Side.HIGH, 0.2, 0.0),)),
    Claim("well_exposed", Aspect.EXPOSURE, _PRAISE, (Check("exposure", Side.INSIDE, 0.75, 1.0),)),
    Claim("held_highlights", Aspect.EXPOSURE, _PRAISE, (Check("clipping_high", Side.LOW, 0.15, 0.8),)),
    Claim("clean", Aspect.NOISE, _PRAISE, (Check("noise", Side.LOW, 0.4, 1.0),)),
    Claim("level", Aspect.TILT, _PRAISE, (Check("tilt", Side.INSIDE, 1.0, 1.7, confidence=0.5),)),
    Claim(
        "true_colour",
        Aspect.COLOUR,
        _PRAISE,
        (Check("cast_blue_yellow", Side.INSIDE, 0.7, 1.0), Check("cast_green_magenta", Side.INSIDE, 0.7, 1.0)),
        needs_all=True,
    ),
    Claim("full_contrast", Aspect.LIGHT, _PRAISE, (Check("contrast", Side.HIGH, 0.4, 0.1),)),
    Claim("subject", Aspect.SUBJECT, _PRAISE),
    Claim("thirds", Aspect.COMPOSITION, _PRAISE),
    Claim("centred", Aspect.COMPOSITION, _PRAISE),
    Claim("symmetry", Aspect.COMPOSITION, _PRAISE),
    Claim("space", Aspect.COMPOSITION, _PRAISE),
    Claim("filled", Aspect.COMPOSITION, _PRAISE),
    Claim("high_key", Aspect.LIGHT, _PRAISE, (Check("exposure", Side.HIGH, 0.8, 0.5),)),
    Claim("low_key", Aspect.LIGHT, _PRAISE, (Check("exposure", Side.LOW, 0.25, 0.55),)),
    Claim("backlight", Aspect.LIGHT, _PRAISE),
    Claim("soft_light", Aspect.LIGHT, _PRAISE, (Check("contrast", Side.LOW, 0.45, 0.8),)),
    Claim("hard_light", Aspect.LIGHT, _PRAISE, (Check("contrast", Side.HIGH, 0.7, 0.4),)),
    Claim("warm", Aspect.COLOUR, _PRAISE, (Check("cast_blue_yellow", Side.HIGH, 0.5, 0.25),)),
    Claim("cool", Aspect.COLOUR, _PRAISE, (Check("cast_blue_yellow", Side.LOW, 0.3, 0.5),)),
    Claim("vivid", Aspect.COLOUR, _PRAISE),
    Claim("muted", Aspect.COLOUR, _PRAISE),
    Claim("monochrome", Aspect.COLOUR, _PRAISE),
    Claim("palette", Aspect.COLOUR, _PRAISE),
    Claim("shallow", Aspect.DEPTH_OF_FIELD, _PRAISE),
    Claim("deep", Aspect.DEPTH_OF_FIELD, _PRAISE, (Check("sharpness", Side.HIGH, 0.2, 0.0),)),
    Claim("excellent", Aspect.OVERALL, _PRAISE),
    Claim("good", Aspect.OVERALL, _PRAISE),
    Claim("average", Aspect.OVERALL, _PRAISE),
)


def _advice(fault: Claim) -> Claim:
    """What to do about a fault stands and falls with it."""
    return Claim(f"advice_{fault.name}", fault.aspect, _ADVICE, fault.checks, fault.needs_all, fault.needs_support)


FAULTS: Mapping[str, Claim] = {claim.name: claim for claim in _FAULTS}
"""The faults by name; the first nine are the flaws that training puts into photos."""
CLAIMS: Mapping[str, Claim] = {claim.name: claim for claim in (*_FAULTS, *_PRAISES, *(_advice(c) for c in _FAULTS))}
"""All claims by name."""
