"""Which fields the photographer decided: what may overwrite what another program says, and what may not."""

from __future__ import annotations

from pathlib import Path

from engine.store.decision_log import Decided
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Colour, Flag


def test_what_was_decided_is_told_by_field_in_this_run_and_the_next(tmp_path: Path, shoot: Path, photo) -> None:
    a, b, c = (photo(name) for name in ("a.jpg", "b.jpg", "c.jpg"))
    for again in (False, True):
        decisions = Decisions(tmp_path / "decisions.sqlite")
        decisions.open_shoot([shoot], [(one, None) for one in (a, b, c)])
        if not again:
            assert decisions.decided() == {}
            decisions.mark([Mark(a, None, "stars", 3), Mark(a, None, "colour", Colour.RED)], Origin.KEY)
            decisions.mark([Mark(b, None, "flag", Flag.PICK)], Origin.IMPORTED)
        assert decisions.decided() == {
            a.path: Decided(frozenset({"stars", "colour"})),
            b.path: Decided(frozenset({"flag"})),
        }
        assert decisions.decided([b.path]).keys() == {b.path}
        decisions.close()


def test_clearing_a_field_decides_it_and_taking_a_mark_back_does_not(tmp_path: Path, shoot: Path, photo) -> None:
    a, b = photo("a.jpg"), photo("b.jpg")
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.open_shoot([shoot], [(a, None), (b, None)])
    decisions.mark([Mark(a, None, "stars", 3)], Origin.KEY)
    decisions.mark([Mark(a, None, "stars", 0)], Origin.KEY)
    decisions.mark([Mark(b, None, "stars", 3)], Origin.KEY)
    decisions.undo()
    stars, none = frozenset({"stars"}), frozenset()
    assert decisions.decided() == {a.path: Decided(stars), b.path: Decided(none, stars)}
    decisions.undo()
    assert decisions.of(a.path).stars == 3
    assert decisions.decided()[a.path] == Decided(stars), "three stars again, and decided"
    decisions.undo()
    assert decisions.decided()[a.path] == Decided(none, stars)
    decisions.redo()
    assert decisions.decided()[a.path] == Decided(stars)
    decisions.close()
