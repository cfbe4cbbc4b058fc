"""The order of a shoot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from engine.judge.grouping import group
from engine.judge.merit import merit, ranked
from engine.types import EMBEDDING_SIZE, Card, FileStamp, Metadata, Photo, Verdict


def card(name: str, best: float | None, minute: int | None = 0, error: str | None = None) -> Card:
    """A card whose score is 1 + 9 * `best`, alone in its minute."""
    path = Path(name)
    verdict = None
    if best is not None:
        distribution = np.zeros(10, dtype=np.float32)
        distribution[0], distribution[9] = 1 - best, best
        direction = np.zeros(EMBEDDING_SIZE, dtype=np.float16)
        direction[sum(map(ord, name)) % EMBEDDING_SIZE] = 1
        verdict = Verdict(distribution, direction, "test/1")
    captured = None if minute is None else datetime(2026, 5, 1, 12, minute)
    photo = Photo(path, (path,), FileStamp(1, 1, 1))
    return Card(photo, Metadata(captured=captured), fingerprint=name * 12, verdict=verdict, error=error)


def order(cards: list[Card]) -> list[tuple[str, int | None]]:
    return [(c.path.name, c.rank) for c in ranked(cards, group(cards))]


def test_merit_is_the_score():
    assert merit(card("a", 0.5)) == pytest.approx(5.5)
    assert merit(card("a", None)) is None


def test_the_best_comes_first_and_ties_go_to_the_earlier_then_to_the_path():
    cards = [card("d", 0.5, 3), card("c", 0.5, 1), card("b", 0.5, 1), card("a", 0.9, 9), card("e", 0.5, None)]
    assert order(cards) == [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)]


def test_photos_without_a_verdict_follow_unranked_and_unreadable_ones_come_last():
    cards = [card("z", None, 0, error="z is empty"), card("n", None, 5), card("m", None, 6), card("a", 0.1)]
    result = ranked(cards, group(cards))
    assert [(c.path.name, c.rank) for c in result] == [("a", 1), ("n", None), ("m", None), ("z", None)]
    assert result[1].group is not None
    assert result[-1].group is None and result[-1].merit is None


def test_rank_in_group_counts_inside_the_group_only():
    frames = [card("a", 0.2), card("b", 0.8), card("c", 0.5, 30)]
    twin = frames[0].verdict
    assert twin is not None and frames[1].verdict is not None
    alike = Card(
        frames[1].photo,
        frames[1].metadata,
        fingerprint="b" * 12,
        verdict=Verdict(frames[1].verdict.distribution, twin.embedding, twin.space),
    )
    result = {c.path.name: c for c in ranked([frames[0], alike, frames[2]], group([frames[0], alike, frames[2]]))}
    assert result["a"].group == result["b"].group != result["c"].group
    assert (result["b"].rank_in_group, result["a"].rank_in_group, result["c"].rank_in_group) == (1, 2, 1)
    assert (result["b"].rank, result["c"].rank, result["a"].rank) == (1, 2, 3)
    assert result["b"].group_kind == "burst"
