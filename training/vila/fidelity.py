"""Fidelity: whether critiques name the flaws that are in photos and no others, and whether they are not all alike."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.judge.claims import FAULTS
from training.vila import flaws, look
from training.vila.caption import sentences
from training.vila.pairs import Pair, suits

Captioner = Callable[[NDArray[np.uint8]], str]
"""[h, w, 3] sRGB to a critique whose sentences begin with the tags of their claims."""
NAMED, FALSELY, FALSELY_ANY, ANOTHERS = 0.85, 0.08, 0.2, 0.2
"""To reach: flaws named at clear strength; one kind, and any, on good untouched photos; by another photo's text."""
DISTINCT, MOST_ALIKE = 150, 0.05
"""To reach over 200 photos: different critiques, and the share of them that any one sentence stands in."""
GOOD_MOS = 0.75
"""MOS of the photos on which a fault that is named is a false alarm."""
_TWO_HUNDRED = 200
_FAILED = Path(__file__).parent / "labels" / "ss01_failed.toml"


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What was found; shares are 0-1."""

    named: Mapping[str, tuple[float, int]]
    """By kind of flaw: the share of photos whose critique names it, and how many there were."""
    anothers: float
    """The share that would be named by the critique of another of these photos, drawn by chance."""
    falsely: Mapping[str, float]
    """By kind: the share of good untouched photos on which it is named."""
    falsely_any: float
    good: int
    """How many good untouched photos there were."""
    distinct: int
    of: int
    """How many photos `distinct` and `alike` are counted over."""
    alike: float
    """The share of critiques that the most frequent sentence stands in."""
    most_frequent: str

    def reached(self) -> bool:
        """Whether all is as it has to be."""
        return (
            all(share >= NAMED for share, count in self.named.values() if count)
            and self.anothers < ANOTHERS
            and max(self.falsely.values()) <= FALSELY
            and self.falsely_any <= FALSELY_ANY
            and self.distinct >= DISTINCT * self.of / _TWO_HUNDRED
            and self.alike <= MOST_ALIKE
        )

    def lines(self) -> list[str]:
        """For people to read."""
        named = [f"{kind}: named in {share:.1%} of {n}, falsely in {self.falsely[kind]:.1%}"
                 for kind, (share, n) in self.named.items()]  # fmt: skip
        return [
            *named,
            f"any flaw, on {self.good} good untouched photos: {self.falsely_any:.1%}",
            f"by the critique of another photo: {self.anothers:.1%}",
            f"{self.distinct} different critiques of {self.of}; {self.alike:.1%} have {self.most_frequent!r}",
        ]


def judge(photos: Sequence[Pair], captioner: Captioner, seed: int, count: int = 100) -> Fidelity:
    """Critiques of untouched photos and of copies with a clear flaw, put in by the kernels of evaluation.

    `photos` are untouched pairs that no caption was learned from. Up to `count` photos a kind, drawn by `seed` from
    those that a flaw suits.
    """
    told = [(kind, _claims(captioner(pixels()))) for kind, pixels in samples(photos, seed, count)]
    named = {kind: _share([kind in claims for flaw, claims in told if flaw == kind]) for kind in flaws.table()}
    random = np.random.default_rng(seed)
    others = random.permutation(len(told))
    good = [_claims(captioner(p.pixels())) for p in photos if p.mos >= GOOD_MOS]
    chosen = [photos[i] for i in random.permutation(len(photos))[:_TWO_HUNDRED]]
    distinct, alike, most_frequent = likeness([captioner(p.pixels()) for p in chosen])
    return Fidelity(
        named,
        _share([told[i][0] in told[j][1] for i, j in enumerate(others) if i != j])[0],
        {kind: _share([kind in claims for claims in good])[0] for kind in flaws.table()},
        _share([bool(claims & FAULTS.keys()) for claims in good])[0],
        len(good),
        distinct,
        len(chosen),
        alike,
        most_frequent,
    )


def likeness(critiques: Sequence[str]) -> tuple[int, float, str]:
    """(different critiques, share of them with the most frequent sentence, that sentence); tags do not count."""
    said = [[sentence for _, sentence in sentences(text)] for text in critiques]
    counted = Counter(sentence for one in said for sentence in set(one))
    frequent, times = counted.most_common(1)[0] if counted else ("", 0)
    return len({tuple(one) for one in said}), times / max(len(said), 1), frequent


def labels(path: Path) -> dict[str, frozenset[str]]:
    """Faults of real photos as somebody saw them, by name of the photo. Raises ValueError for an unknown fault."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["photos"]
    unknown = {fault for faults in rows.values() for fault in faults} - FAULTS.keys()
    if unknown:
        raise ValueError(f"{path}: {', '.join(sorted(unknown))}: no such fault.")
    return {name: frozenset(faults) for name, faults in rows.items()}


def failed() -> dict[str, frozenset[str]]:
    """labels/ss01_failed.toml: fifty failed frames of val, as somebody saw them."""
    return labels(_FAILED)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How critiques agree with what somebody saw in failed photos."""

    photos: int
    one: float
    """Share of the photos of which at least one fault that was seen is named."""
    seen: float
    """Share of all faults that were seen which are named."""
    said: float
    """Share of all faults that are named which were seen."""


def agreement(seen: Mapping[str, frozenset[str]], folder: Path, captioner: Captioner) -> Agreement:
    """Critiques of failed photos below `folder` against the faults that somebody saw in them."""
    told = {name: _claims(captioner(look.decoded(folder, name))) & FAULTS.keys() for name in seen}
    both = sum(len(seen[name] & told[name]) for name in seen)
    return Agreement(
        len(seen),
        _share([bool(seen[name] & told[name]) for name in seen])[0],
        both / max(sum(map(len, seen.values())), 1),
        both / max(sum(map(len, told.values())), 1),
    )


def samples(photos: Sequence[Pair], seed: int, count: int) -> Iterator[tuple[str, Callable[[], NDArray[np.uint8]]]]:
    """Up to `count` photos with each clear flaw, by the kernels that judge: (kind, what gives the flawed pixels).

    Pixels are not held, since there are many.
    """
    fitting: dict[str, list[Pair]] = {kind: [] for kind in flaws.table()}
    order = np.random.default_rng([seed, 1]).permutation(len(photos))
    for pair in (photos[i] for i in order):
        if pair.facts.faults or all(len(some) >= count for some in fitting.values()):
            continue
        readings = look.readings_of(pair.pixels())
        for kind, some in fitting.items():
            if len(some) < count and suits(kind, readings, pair.facts):
                some.append(pair)
    for kind, some in fitting.items():
        for number, pair in enumerate(some):
            yield (
                kind,
                lambda kind=kind, pair=pair, number=number: flaws.inject(  # type: ignore[misc]  # bound now
                    pair.pixels(), kind, flaws.table()[kind].clear, seed + number, "evaluation"
                ),
            )


def _claims(critique: str) -> set[str]:
    return {name for name, _ in sentences(critique)}


def _share(hits: Sequence[bool]) -> tuple[float, int]:
    return (sum(hits) / len(hits) if hits else 0.0), len(hits)
