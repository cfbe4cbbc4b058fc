"""Leanings: what is missed is named more readily, as far as false alarms allow, and the decoder's file has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.models.tokenizer import TOKENIZER, Tokenizer
from tests import towers
from training.vila import fidelity, flaws, leanings
from training.vila.leanings import First

COLUMNS = [*flaws.table(), "good"]


def _first(good_at: float, shy: float) -> First:
    """Forty pictures a flaw, whose tags lie `shy` below that of a praise at `good_at`; a hundred good photos."""
    random = np.random.default_rng(4)
    truth = np.array([*np.repeat(np.arange(len(COLUMNS) - 1), 40), *[-1] * 100])
    logits = random.normal(0, 0.3, (len(truth), len(COLUMNS))).astype(np.float32)
    logits[:, -1] += good_at
    flawed = truth >= 0
    logits[np.flatnonzero(flawed), truth[flawed]] += good_at - shy
    return First(logits, truth, np.ones(logits.shape, bool), np.zeros_like(logits))


def _named(found: First, leaning: dict[str, float]) -> tuple[list[float], float]:
    said = (found.logits + [leaning.get(column, 0.0) for column in COLUMNS]).argmax(1)
    named = [float((said[found.truth == k] == k).mean()) for k in range(len(COLUMNS) - 1)]
    return named, float((said[found.truth < 0] < len(COLUMNS) - 1).mean())


def test_shy_faults_are_named_and_good_photos_left_alone() -> None:
    found = _first(good_at=5.0, shy=1.0)
    assert max(_named(found, {})[0]) < 0.2, "without leaning hardly any is named"
    named, falsely = _named(found, leanings.fit(found, COLUMNS))
    assert min(named) > 0.9 and falsely <= 0.1


def test_what_needs_no_leaning_gets_none() -> None:
    found = _first(good_at=5.0, shy=-6.0)
    assert set(leanings.fit(found, COLUMNS).values()) == {0.0}


def test_where_nothing_tells_flaws_from_good_photos_false_alarms_stay_allowed() -> None:
    found = _first(good_at=0.0, shy=0.0)
    assert _named(found, leanings.fit(found, COLUMNS))[1] <= fidelity.FALSELY_ANY


def test_what_the_readings_refuse_on_good_photos_can_be_leaned_to() -> None:
    guessed = _first(good_at=1.0, shy=0.0)
    allowed = guessed.allowed.copy()
    allowed[guessed.truth < 0, : len(COLUMNS) - 1] = False
    held = leanings.fit(replace(guessed, allowed=allowed), COLUMNS)
    free = leanings.fit(guessed, COLUMNS)
    assert min(_named(guessed, held)[0]) > min(_named(guessed, free)[0]) + 0.1


def test_faults_that_the_readings_bear_out_need_no_leaning() -> None:
    shy = _first(good_at=5.0, shy=2.0)
    supported = np.zeros_like(shy.logits)
    flawed = np.flatnonzero(shy.truth >= 0)
    supported[flawed, shy.truth[flawed]] = 8.0
    assert set(leanings.fit(replace(shy, supported=supported), COLUMNS).values()) == {0.0}
    assert max(leanings.fit(shy, COLUMNS).values()) > 0


def test_the_leaning_of_a_tag_stands_at_its_number() -> None:
    tokenizer = Tokenizer.load(towers.files()[TOKENIZER].decode())
    added = leanings.added({"noise": 1.5, "ugly": 2.0}, tokenizer)
    assert {tokenizer.tags[i]: float(v) for i, v in enumerate(added) if v} == {"<noise>": 1.5}, "there is no <ugly>"
