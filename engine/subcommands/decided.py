"""A shoot that was just ranked, with what was decided about it: where selecting, exporting and metadata begin."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.subcommands.ranked import RankedShoot, ranked
from engine.types import Decision

if TYPE_CHECKING:
    from engine.store.decisions import Decisions
    from engine.types import Card


@dataclass(frozen=True, slots=True)
class DecidedShoot(RankedShoot):
    """What a run over the folders gave, and the photographer's decisions; the stores stay open while it is used."""

    decisions: Mapping[Path, Decision]
    """By primary path, as they stood when the run ended; a photo that is not in it is undecided."""
    store: Decisions
    """With this shoot open, for those who change decisions."""
    keeper_stars: int
    """Stars from which a photo counts as a keeper: `Settings.keeper_stars`."""

    @property
    def turned(self) -> tuple[Card, ...]:
        """The cards, turned as the photographer wants the photos."""
        from engine.files import rotation

        decisions = self.decisions
        return tuple(
            rotation.turned(card, decisions[card.path].turn) if card.path in decisions else card for card in self.cards
        )


@contextmanager
def decided(options: argparse.Namespace) -> Iterator[DecidedShoot]:
    """Rank `options.folders` as `ranked` does, by the photographer's own groups and clocks, and add the decisions.

    Nothing is decided, undone or changed here. Raises what `ranked` raises, and what `Decisions` raises.
    """
    with ranked(options) as run_over, with_decisions(options, run_over) as shoot:
        yield shoot


@contextmanager
def with_decisions(options: argparse.Namespace, run_over: RankedShoot) -> Iterator[DecidedShoot]:
    """Add the decisions to a shoot that was ranked. Raises what `Decisions` raises."""
    from engine import paths
    from engine.pipeline import Grouping, regroup
    from engine.settings import FILE_NAME as SETTINGS
    from engine.settings import load
    from engine.store.decisions import FILE_NAME as DECISIONS
    from engine.store.decisions import Decisions

    home = paths.data_dir(options.data_dir)
    with closing(Decisions(home / DECISIONS)) as store:
        contents = {card.path: card.fingerprint for card in run_over.cards}
        known = store.open_shoot(
            [Path(folder) for folder in run_over.folders],
            [(photo, contents.get(photo.path)) for photo in run_over.shoot.photos],
        )
        cards = run_over.cards
        settings = load(home / SETTINGS)
        grouping = Grouping(settings.burst_gap_seconds, store.clocks(), store.groups())
        if not run_over.is_interrupted and (grouping.clocks or grouping.by_hand):
            cards = regroup(cards, grouping)
        yield DecidedShoot(
            run_over.folders,
            run_over.shoot,
            cards,
            run_over.model,
            run_over.catalogue,
            run_over.control,
            run_over.pixel_cap,
            run_over.jobs,
            known,
            store,
            settings.keeper_stars,
        )
