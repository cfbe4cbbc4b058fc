"""Filters and sorts over a large shoot: from the question until every view has been told, milliseconds.

Usage: python benchmarks/filters.py [ROWS]. Goal: under 100 ms each at 100,000 photos. Grid, filmstrip, filters panel
and the place in the list listen, as in the window; no picture is there to be painted.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from desktop.cards import CardModel
from desktop.filters import Filter, Hours, Range, SortKey, Span, StarsRule, Words
from desktop.panels.filters import FiltersPanel
from desktop.place import Place
from desktop.thumbnails import ThumbnailLoader
from desktop.views.filmstrip import FilmstripView
from desktop.views.grid import GridView
from engine.types import Card, Colour, Decision, FileStamp, Flag, GroupKind, Metadata, Photo, Reading, Verdict

ROUNDS = 5
START = datetime(2026, 5, 1, 6)
STAMP = FileStamp(1, 1, 1)
MODELS = ("Acme One", "Acme Two", "Other R")
LENSES = ("24-70 mm", "70-200 mm", "50 mm", None)


def made(number: int, rank: int, random: np.random.Generator) -> Card:
    """A scored and ranked photo; every burst has four frames, every scene forty."""
    path = Path(f"/nowhere/card {number // 20_000}/IMG_{number:06}.jpg")
    distribution = random.dirichlet(np.ones(10)).astype(np.float32)
    body = number % len(MODELS)
    return Card(
        Photo(path, (path,), STAMP),
        Metadata(START + timedelta(seconds=3 * number), None, MODELS[body], f"{body}", LENSES[number % len(LENSES)]),
        6000,
        4000,
        readings={"subject_sharpness": Reading("subject_sharpness", float(number % 71), "", (0, 1), None, 0.5)},
        verdict=Verdict(distribution, np.zeros(1, np.float16), "none"),
        rank=rank,
        group=f"g{number // 4}",
        group_kind=GroupKind.BURST,
        rank_in_group=number % 4 + 1,
        scene=f"s{number // 40}",
    )


def decided(cards: list[Card]) -> dict[Path, Decision]:
    flags, colours = tuple(Flag), tuple(Colour)
    return {
        card.path: Decision(flags[number % 3], number % 6, colours[number % 5])
        for number, card in enumerate(cards)
        if number % 2
    }


QUESTIONS = {
    "flag": Filter(flags=frozenset({Flag.PICK})),
    "stars, at least": Filter(stars=3),
    "stars, exactly": Filter(stars=3, stars_rule=StarsRule.EXACTLY),
    "colour": Filter(colours=frozenset({Colour.RED, Colour.NONE})),
    "camera": Filter(cameras=frozenset({MODELS[0]})),
    "body": Filter(bodies=frozenset({"1"})),
    "lens": Filter(lenses=frozenset({"50 mm"})),
    "folder": Filter(folders=frozenset({Path("/nowhere/card 1")})),
    "scene": Filter(scenes=frozenset({"s17", "s1700"})),
    "between two times": Filter(span=Span(START + timedelta(hours=2), START + timedelta(hours=30))),
    "time of day": Filter(hours=Hours(datetime(2026, 5, 1, 22).time(), datetime(2026, 5, 1, 4).time())),
    "score": Filter(score=Range(5.0, 6.0)),
    "sharpness": Filter(sharpness=Range(30.0, None)),
    "undecided": Filter(undecided=True),
    "unreadable": Filter(unreadable=True),
    "unseen": Filter(unseen=True),
    "words": Filter(words=Words("flower", 100)),
    "all of that": Filter(stars=1, lenses=frozenset({"50 mm", "24-70 mm"}), score=Range(4.0), words=Words("dog", 5000)),
}


def measured(act: Callable[[], None], undo: Callable[[], None]) -> float:
    """The slowest of ROUNDS, milliseconds; what is shown is painted between them."""
    worst = 0.0
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        worst = max(worst, time.perf_counter() - begin)
        QApplication.processEvents()
        undo()
        QApplication.processEvents()
    return 1000 * worst


def tell(name: str, act: Callable[[], None], undo: Callable[[], None]) -> None:
    print(f"  {name:30}{measured(act, undo):8.1f}")


def main(rows: int) -> int:
    application = QApplication([])
    random = np.random.default_rng(0)
    ranks = random.permutation(rows) + 1
    cards = [made(number, int(rank), random) for number, rank in enumerate(ranks)]
    thumbnails = ThumbnailLoader()
    model = CardModel(thumbnails)
    selection = QItemSelectionModel(model)
    place = Place(model, selection)
    views = [FiltersPanel(model), GridView(model, selection, thumbnails), FilmstripView(model, selection, thumbnails)]
    for view in views:
        view.resize(900, 600)
        view.show()
    model.load(cards, decided(cards))
    model.liken({card.path: float(value) for card, value in zip(cards, random.normal(size=rows), strict=True)})
    place.go(rows // 2)
    application.processEvents()
    print(f"{rows:,} photos; the slowest of {ROUNDS}, ms")
    for name, wanted in QUESTIONS.items():
        tell(f"filter by {name}", partial(model.set_filter, wanted), partial(model.set_filter, Filter()))
    by_time = partial(model.arrange, SortKey.TIME)
    for key in SortKey:
        tell(f"sort by {key}", partial(model.arrange, key), by_time)
    model.close_stacks(model.stacks)
    tell("sort by rank, stacks closed", partial(model.arrange, SortKey.RANK), by_time)
    mark = replace(model.decision(0), stars=5)
    tell("a mark with its counts", partial(model.decide, {cards[0].path: mark}), lambda: None)
    for view in views:
        view.close()
    thumbnails.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
