"""Scenes: groups of one place and time, across all bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.judge.likeness import Walk, walk
from engine.types import Card, Group

AROUND = 10
"""Pauses on each side from which the usual pause is taken."""
PROMINENCE = 17.0
"""How many times longer than the usual pause around it a pause must be to part two scenes. With `AROUND`, the rule of
PhotoTOC (Platt, Czerwinski and Field, 2003, section 3)."""
SHORTEST_PAUSE = 60.0
"""Seconds without a photo that part two scenes, at least."""
LONGEST_PAUSE = 1800.0
"""Seconds without a photo that always part two scenes."""
NEAR = 4
"""Groups on each side of a pause whose likeness speaks for or against parting."""
ALIKE = 0.45
"""Cosine distance of the two most alike groups on both sides at which likeness has no say. Nearer, the pause must be
longer; further, a shorter one will do."""
SAY = 2.0
"""How many times longer or shorter the pause at most becomes that way."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A group in time."""

    members: tuple[Path, ...]
    start: datetime
    stop: datetime
    first: Card


def scenes(cards: Sequence[Card], groups: Sequence[Group]) -> dict[Path, str]:
    """The scene of every photo that is in a group; a whole group is always in one scene.

    Time is the corrected one, of all bodies together. A pause parts two scenes where it is `PROMINENCE` times the usual
    pause around it, never below `SHORTEST_PAUSE` and always above `LONGEST_PAUSE`; how alike the groups on both sides
    are moves that limit. Groups without a usable time make one scene a folder. An id is "s-" and the start of the
    fingerprint of the scene's first photo: stable for the same files.
    """
    walked = walk([card for card in cards if card.error is None])
    row_of = {card.path: row for row, card in enumerate(walked.cards)}
    timed: list[_Span] = []
    untimed: dict[Path, list[tuple[Path, ...]]] = {}
    for group in groups:
        rows = [row_of[path] for path in group.members]
        span = _span(walked, group, rows)
        if span is None:
            untimed.setdefault(group.members[0].parent, []).append(group.members)
        else:
            timed.append(span)
    timed.sort(key=lambda span: (span.start, str(span.first.path)))
    found = [[path for span in part for path in span.members] for part in _parted(timed, walked, row_of)]
    for _, members in sorted(untimed.items()):
        found.append([path for group in members for path in group])
    return _named(found, walked, row_of)


def _span(walked: Walk, group: Group, rows: Sequence[int]) -> _Span | None:
    """When a group was taken; what a hand has added from far away does not stretch it. None without a usable time."""
    usable = sorted((walked.cards[row] for row in rows if not np.isnan(walked.seconds[row])), key=_moment)
    if not usable:
        return None
    start = stop = _moment(usable[0])
    for card in usable[1:]:
        if (_moment(card) - stop).total_seconds() > LONGEST_PAUSE:
            break
        stop = _moment(card)
    return _Span(group.members, start, stop, usable[0])


def _moment(card: Card) -> datetime:
    return card.captured or datetime.max


def _parted(spans: Sequence[_Span], walked: Walk, row_of: Mapping[Path, int]) -> Iterator[Sequence[_Span]]:
    """Spans in order of their start, cut at the pauses that part scenes."""
    if not spans:
        return
    latest = spans[0].stop
    pauses = []
    for span in spans[1:]:
        pauses.append(max((span.start - latest) / timedelta(seconds=1), 0.0))
        latest = max(latest, span.stop)
    limits = _limits(np.array(pauses, np.float64))
    cuts = [0]
    for i, (pause, limit) in enumerate(zip(pauses, limits.tolist(), strict=True)):
        if pause > max(SHORTEST_PAUSE, min(limit / SAY, LONGEST_PAUSE)):
            here = [row_of[span.first.path] for span in spans[max(0, i + 1 - NEAR) : i + 1]]
            there = [row_of[span.first.path] for span in spans[i + 1 : i + 1 + NEAR]]
            if pause > min(max(limit * _weight(walked, here, there), SHORTEST_PAUSE), LONGEST_PAUSE):
                cuts.append(i + 1)
    for start, stop in pairwise([*cuts, len(spans)]):
        yield spans[start:stop]


def _limits(pauses: NDArray[np.float64]) -> NDArray[np.float64]:
    """For every pause: `PROMINENCE` times the geometric mean of the pauses around it, its own included; seconds."""
    total = np.concatenate([[0.0], np.cumsum(np.log(np.maximum(pauses, 1.0)))])
    here = np.arange(len(pauses))
    first, last = np.maximum(here - AROUND, 0), np.minimum(here + AROUND + 1, len(pauses))
    usual: NDArray[np.float64] = np.exp((total[last] - total[first]) / (last - first))
    return usual * PROMINENCE


def _weight(walked: Walk, here: Sequence[int], there: Sequence[int]) -> float:
    """1 / SAY to SAY: what the limit of a pause is multiplied by, from the likeness of what lies on both sides."""
    first, second = (np.array(rows, np.int64) for rows in (here, there))
    distance = walked.distance(np.repeat(first, len(second)), np.tile(second, len(first)))
    known = distance[~np.isnan(distance)]
    if not len(known):
        return 1.0
    return float(SAY ** np.clip((ALIKE - known.min()) / ALIKE, -1.0, 1.0))


def _named(found: Sequence[Sequence[Path]], walked: Walk, row_of: Mapping[Path, int]) -> dict[Path, str]:
    taken: Counter[str] = Counter()
    named = {}
    for members in found:
        first = min((walked.cards[row_of[path]] for path in members), key=lambda card: (_moment(card), str(card.path)))
        name = f"s-{(first.fingerprint or 'unread')[:12]}"
        taken[name] += 1
        unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
        named.update(dict.fromkeys(members, unique))
    return named
