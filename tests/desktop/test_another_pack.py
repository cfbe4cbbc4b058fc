"""What a window is given to show when another pack takes over."""

from __future__ import annotations

from contextlib import closing

from desktop.runs import Judge, Scored, Workshop, listing, scoring
from engine import paths
from engine.catalogue import Catalogue
from engine.control import Attention, Control
from engine.settings import Settings
from engine.store.decisions import Decisions
from engine.types import Phase
from tests import packs
from tests.shoots import many


def test_a_window_shows_the_old_ranking_then_the_new_one_then_the_exact_one(tmp_path):
    folder, data = many(tmp_path / "shoot", 6, (720, 480)), tmp_path / "data"
    places = [packs.tiny(tmp_path / space, f"space/{space}", seed) for seed, space in enumerate("ab")]
    with (
        Catalogue.open(paths.cache_dir(data)) as catalogue,
        closing(Decisions(paths.data_dir(data) / "decisions.sqlite")) as decisions,
    ):
        shops = [Workshop(catalogue, decisions, Judge(place, "cpu"), Settings()) for place in places]
        found = next(iter(listing([folder], shops[0]))).shoot
        first = [step.progress for step in scoring(found, shops[0], Attention(), Control()) if isinstance(step, Scored)]
        assert [step.phase for step in first].count(Phase.FINISHED) == 1
        listed = next(iter(listing([folder], shops[1])))
        assert {c.path: c.merit for c in listed.cards} == {c.path: c.merit for c in first[-1].cards}
        assert {card.rank for card in listed.cards} == set(range(1, 7))
        steps = [step.progress for step in scoring(found, shops[1], Attention(), Control()) if isinstance(step, Scored)]
        ends = [step.cards for step in steps if step.phase is Phase.FINISHED]
        assert [{card.verdict.approximate for card in cards} for cards in ends] == [{True}, {False}]
        assert {card.verdict.space for cards in ends for card in cards} == {"space/b"}
        assert not any(step.cards for step in steps if step.phase is not Phase.FINISHED)
