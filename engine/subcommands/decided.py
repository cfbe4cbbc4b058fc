"""A shoot that was just ranked, with what was decided about it: where selecting, exporting and metadata begin."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from engine.subcommands.ranked import RankedShoot, ranked
from engine.types import Card, Decision

if TYPE_CHECKING:
    from engine.store.decisions import Decisions


@dataclass(frozen=True, slots=True)
class DecidedShoot(RankedShoot):
    """What a run over the folders gave, and the photographer's decisions; the stores stay open while it is used."""

    decisions: Mapping[Path, Decision]
    """By primary path, as they stood when the run ended; a photo that is not in it is undecided."""
    store: Decisions
    """With this shoot open, for those who change decisions."""


@contextmanager
def decided(options: argparse.Namespace) -> Iterator[DecidedShoot]:
    """Rank `options.folders` as `ranked` does, by the photographer's own groups and clocks, and add the decisions.

    Nothing is decided, undone or changed here. Raises what `ranked` raises, and what `Decisions` raises.
    """
    from engine import paths
    from engine.settings import FILE_NAME as SETTINGS
    from engine.settings import load
    from engine.store.decisions import FILE_NAME as DECISIONS
    from engine.store.decisions import Decisions

    home = paths.data_dir(options.data_dir)
    with ranked(options) as run_over, closing(Decisions(home / DECISIONS)) as store:
        contents = {card.path: card.fingerprint for card in run_over.cards}
        known = store.open_shoot(
            [Path(folder) for folder in run_over.folders],
            [(photo, contents.get(photo.path)) for photo in run_over.shoot.photos],
        )
        cards, clocks, by_hand = run_over.cards, store.clocks(), store.groups()
        if clocks or by_hand:
            cards = _arranged(cards, clocks, by_hand, load(home / SETTINGS).burst_gap_seconds)
        yield DecidedShoot(
            run_over.folders,
            run_over.shoot,
            cards,
            run_over.model,
            run_over.catalogue,
            run_over.control,
            known,
            store,
        )


def _arranged(
    cards: Sequence[Card], clocks: Mapping[str, timedelta], by_hand: Mapping[Path, str], burst_gap: float
) -> tuple[Card, ...]:
    """The cards grouped and ranked anew, by corrected clocks and around the groups made by hand."""
    from dataclasses import replace

    from engine.judge.clock import corrected
    from engine.judge.grouping import group
    from engine.judge.merit import ranked as in_order
    from engine.judge.scenes import scenes

    right = corrected(cards, clocks)
    groups = group(right, burst_gap, by_hand)
    scene_of = scenes(right, groups)
    return tuple(replace(card, scene=scene_of.get(card.path)) for card in in_order(right, groups))
