"""A closer look at the leaders of bursts: sharpness on the subject in every pixel, where it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace

from engine.control import Control
from engine.errors import UnreadablePhoto
from engine.files import decode
from engine.judge.leaders import leaders
from engine.sight import close_up
from engine.types import Card, Group

AT_ONCE = 1
"""Photos that are decoded whole at once: each takes three bytes a pixel, and as much again where it must be turned."""
_WATCH = 0.1
"""Seconds between two looks at `Control`."""


def wanting(cards: Sequence[Card], groups: Sequence[Group]) -> list[Card]:
    """The leaders of bursts whose subject was not yet measured in every pixel where the burst's subject is now."""
    found = []
    for burst in leaders(cards, groups):
        for card in burst:
            known = card.readings.get(close_up.NAME)
            if card.subject is not None and (known is None or known.region != card.subject.region):
                found.append(card)
    return found


def look(card: Card, pixel_cap: int = decode.PIXEL_CAP) -> Card:
    """The card with sharpness on its subject in every pixel; as it is where the file cannot be read any more.

    A file whose bytes are no longer those that were scored is left for the next run.
    """
    try:
        full = decode.full(card.photo, pixel_cap)
    except (UnreadablePhoto, OSError, MemoryError):
        return card
    return close_up.measure(full, card) if full.fingerprint == card.fingerprint else card


def looked(cards: Sequence[Card], jobs: int, pixel_cap: int, control: Control) -> Iterator[Card]:
    """`look` at each, AT_ONCE in threads at most, in any order; ends early when `control` is cancelled."""
    with ThreadPoolExecutor(min(max(jobs, 1), AT_ONCE), "close-up") as pool:
        waiting: set[Future[Card]] = {pool.submit(look, card, pixel_cap) for card in cards}
        while waiting and not control.cancelled:
            done, waiting = wait(waiting, _WATCH, FIRST_COMPLETED)
            for future in done:
                yield future.result()
        for future in waiting:
            future.cancel()


def measured(card: Card, closer: Card) -> Card:
    """`card`, its own subject kept, with what a closer look at the subject of its burst has found."""
    return replace(card, readings={**card.readings, **closer.readings})
