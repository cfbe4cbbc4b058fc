"""How long a selection takes, how much memory, and what it is worth beside the cut of the list and the optimum.

    python -m benchmarks.selection [--counts 2000 10000 100000]

Shoots are made: scenes of some 200 photos, each of some subjects, in singles, bursts and brackets. One thread computes.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import resource
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from engine.judge.candidates import candidates
from engine.judge.selection import Goal, Selection, Selector
from engine.judge.worth import Worth
from engine.types import Card
from tests.selecting import greedy, made_shoot, optimum

T = TypeVar("T")
SMALL = 14
"""Photos of an instance whose every selection is tried."""


def timed(what: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds, and the result."""
    start = time.process_time()
    result = what()
    return time.process_time() - start, result


def peak() -> float:
    """Of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(count: int) -> None:
    """One shoot: a tenth of it is asked for."""
    cards = made_shoot(count)
    before = peak()
    prepared, selector = timed(lambda: Selector(cards, {}))
    asked = max(count // 10, 1)
    previewed, _ = timed(lambda: selector.paths(Goal(asked)))
    explained, plain = timed(lambda: selector.best(Goal(asked)))
    limited, full = timed(lambda: selector.best(Goal(asked, per_burst=2, cover_scenes=True)))
    print(
        f"{count:,} photos, {asked:,} asked for: {prepared:.2f} s to compare them, then {previewed:.3f} s a preview, "
        f"{explained:.3f} s with reasons and runners-up, {limited:.3f} s with limits; {peak() - before:.0f} MB more"
    )
    compare(cards, "  plain", plain)
    compare(cards, "  at most 2 a burst, every scene", full)


def compare(cards: list[Card], title: str, selection: Selection) -> None:
    """With the first N of the ranking."""
    worth = Worth.of(candidates(cards, {}))
    row_of = {card.path: row for row, found in enumerate(worth.found.rows) for card in found.cards}
    cut = {card.path for card in cards[: len(selection.paths)]}
    lines = []
    for paths in (set(selection.paths), cut):
        chosen = [card for card in cards if card.path in paths]
        groups, scenes = len({card.group for card in chosen}), len({card.scene for card in chosen})
        value = worth.value({row_of[path] for path in paths}) / 1e6
        merit = float(np.mean([card.merit for card in chosen]))
        lines.append(f"worth {value:,.0f}, mean merit {merit:.2f}, {groups:,} groups, {scenes:,} scenes")
    print(f"{title}: {lines[0]}; the cut: {lines[1]}")


def beside_the_optimum() -> None:
    """On instances that are small enough to try every selection."""
    for goal in (Goal(4), Goal(5, per_burst=1), Goal(4, cover_scenes=True)):
        shares = []
        for seed in range(20):
            worth = Worth.of(candidates(made_shoot(SMALL, seed), {}))
            shares.append(greedy(worth, goal) / optimum(worth, goal)[0])
        print(f"{goal}: {np.mean(shares):.4f} of the optimum on average, {min(shares):.4f} at worst")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--counts", type=int, nargs="+", default=[2000, 10_000, 100_000])
    beside_the_optimum()
    for count in parser.parse_args().counts:
        report(count)


if __name__ == "__main__":
    main()
