"""Frames that belong together: bursts by time, body and likeness, brackets by stepped exposure, near-duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.types import Card, Group, GroupKind

BURST_GAP = 2.0
"""Seconds between neighbouring frames of one body, at most, for them to stand together; the settings may differ."""
BURST_DISTANCE = 0.6
"""Cosine distance (0-2) between two neighbouring embeddings, at most, inside a burst. In the space imagenet-mnv2/1,
95 % of neighbours in series of one subject, failures of focus and exposure among them, are within 0.58; of pairs of
different subjects 99 % are beyond 0.62."""
DUPLICATE_DISTANCE = 0.2
"""The same for photos without a capture time, where likeness alone must do: near-duplicates only."""
BRACKET_LENGTH = 3
"""Frames that a bracket has at least."""
BRACKET_LONGEST = 9
"""Frames that a bracket has at most; no camera shoots longer ones."""
BRACKET_STEP = 0.3
"""EV between two neighbouring exposures of a bracket, at least; the smallest step that cameras offer is a third."""
BRACKET_UNEVENNESS = 0.15
"""EV by which the steps of one bracket may differ: cameras write thirds as 0.3 and 0.33."""
PAIRS_AT_ONCE = 4096
"""Neighbours whose distance is computed in one go, so that memory does not grow with the shoot."""


def group(cards: Sequence[Card], burst_gap: float = BURST_GAP) -> list[Group]:
    """Put every readable card into exactly one group; unreadable cards are in none.

    Frames of one body are walked in order of capture. Neighbours at most `burst_gap` seconds apart may stand
    together: three or more whose exposure compensation is evenly stepped are a bracket, others a burst where their
    embeddings are within `BURST_DISTANCE`. Without embeddings the gap alone decides. Photos without a capture time
    are walked by path, and stand together where they are near-duplicates of one folder. The result depends on the set
    of cards only, not on their order: groups come in order of their first member's capture, then path.
    """
    readable = sorted((card for card in cards if card.error is None), key=_walking_order)
    if not readable:
        return []
    close_in_time = np.array([_may_follow(a, b, burst_gap) for a, b in pairwise(readable)], dtype=bool)
    alike = _alike(readable, close_in_time)
    stretches: list[tuple[GroupKind, list[Card]]] = []
    for start, stop in _stretches(close_in_time):
        stretches.extend(_split(readable[start:stop], alike[start : stop - 1]))
    stretches.sort(key=lambda stretch: capture_order(stretch[1][0]))
    return _named(stretches)


def capture_order(card: Card) -> tuple[datetime, str]:
    """Sort key: capture time, unknown times last, then path."""
    return card.metadata.captured or datetime.max, str(card.path)


def _walking_order(card: Card) -> tuple[str, datetime, str, str]:
    """Body by body; photos without a time after the others and folder by folder."""
    captured = card.metadata.captured
    folder = str(card.path.parent) if captured is None else ""
    return card.metadata.body or "", captured or datetime.max, folder, str(card.path)


def _may_follow(earlier: Card, later: Card, burst_gap: float) -> bool:
    """Whether time, body and folder leave it open that `later` belongs to the group of `earlier`."""
    if earlier.metadata.body != later.metadata.body:
        return False
    before, after = earlier.metadata.captured, later.metadata.captured
    if before is None and after is None:
        return earlier.verdict is not None and earlier.path.parent == later.path.parent
    return before is not None and after is not None and (after - before).total_seconds() <= burst_gap


def _alike(cards: Sequence[Card], candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """[len(cards) - 1]: whether card i + 1 looks like card i, asked only where `candidates` is true."""
    alike = np.zeros(len(cards) - 1, dtype=bool)
    compared: list[int] = []
    for i in np.flatnonzero(candidates).tolist():
        here, there = cards[i].verdict, cards[i + 1].verdict
        if here is not None and there is not None and here.space == there.space:
            compared.append(i)
        else:
            alike[i] = cards[i].metadata.captured is not None
    for start in range(0, len(compared), PAIRS_AT_ONCE):
        pairs = compared[start : start + PAIRS_AT_ONCE]
        left, right = _embeddings(cards, pairs), _embeddings(cards, [i + 1 for i in pairs])
        distance = 1.0 - np.einsum("ij,ij->i", left, right)
        timed = np.array([cards[i].metadata.captured is not None for i in pairs])
        alike[pairs] = distance <= np.where(timed, BURST_DISTANCE, DUPLICATE_DISTANCE)
    return alike


def _embeddings(cards: Sequence[Card], rows: Sequence[int]) -> NDArray[np.float32]:
    """[len(rows), EMBEDDING_SIZE] of cards that have a verdict."""
    return np.stack([verdict.embedding for i in rows if (verdict := cards[i].verdict)]).astype(np.float32)


def _stretches(joined: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Half-open index ranges of cards whose neighbours are all joined."""
    cuts = np.flatnonzero(~joined) + 1
    bounds = [0, *cuts.tolist(), len(joined) + 1]
    yield from pairwise(bounds)


def _split(cards: Sequence[Card], alike: NDArray[np.bool_]) -> Iterator[tuple[GroupKind, list[Card]]]:
    """Cut one stretch of frames that are close in time into brackets, bursts and singles."""
    position = 0
    loose: list[tuple[int, int]] = []
    start = 0
    while position < len(cards):
        length = _bracket_length(cards[position : position + BRACKET_LONGEST])
        if length:
            loose.append((start, position))
            yield GroupKind.BRACKET, list(cards[position : position + length])
            start = position = position + length
        else:
            position += 1
    loose.append((start, len(cards)))
    for first, last in loose:
        if first == last:
            continue
        for a, b in _stretches(alike[first : last - 1]):
            kind = GroupKind.BURST if b - a > 1 else GroupKind.SINGLE
            yield kind, list(cards[first + a : first + b])


def _bracket_length(cards: Sequence[Card]) -> int:
    """Number of frames, from the first on, that form a bracket; 0 where they do not.

    A bracket ends where an exposure comes back, so 0 -1 +1 0 -1 +1 is two brackets.
    """
    biases: list[float] = []
    for card in cards:
        bias = card.metadata.exposure_bias
        if bias is None or any(abs(bias - other) < BRACKET_STEP for other in biases):
            break
        biases.append(bias)
    for length in range(len(biases), BRACKET_LENGTH - 1, -1):
        steps = np.diff(np.sort(biases[:length]))
        if float(steps.max() - steps.min()) <= BRACKET_UNEVENNESS:
            return length
    return 0


def _named(stretches: Sequence[tuple[GroupKind, list[Card]]]) -> list[Group]:
    """Give every group its id: the start of its first member's fingerprint, numbered where copies would share it."""
    groups: list[Group] = []
    taken: Counter[str] = Counter()
    for kind, members in stretches:
        name = (members[0].fingerprint or "unread")[:12]
        taken[name] += 1
        unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
        groups.append(Group(id=unique, kind=kind, members=tuple(card.path for card in members)))
    return groups
