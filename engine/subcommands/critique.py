"""chinagraph critique: say in words what is good and bad about photos."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.report import DIGITS, SCHEMA, model_object, printable
from engine.subcommands.arguments import DONE, INTERRUPTED, Commands, add_jobs
from engine.subcommands.ranked import RankedShoot, needed_tower, ranked
from engine.subcommands.typed import fields
from engine.terminal import say, write

if TYPE_CHECKING:
    from engine.critic import Written
    from engine.files.shoot import Shoot
    from engine.models.tower import Tower
    from engine.types import Card, Photo, Region, Sentence


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("critique", help="say in words what is good and bad about photos")
    parser.add_argument("photos", metavar="PHOTO", nargs="+", help="a photo, not a folder")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    add_jobs(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    typed = {Path(photo): photo for photo in options.photos}
    photos = _named(typed)
    tower = needed_tower(options)
    tower.load()
    with ranked(options, photos) as run_over:
        if not run_over.is_interrupted:
            told = _told(typed, run_over, tower)
            write(_json_lines(told) if options.json else _text(told))
        return INTERRUPTED if run_over.is_interrupted else DONE


_Told = tuple[str, "Card", "Written"]
"""A photo as it was typed, its card, and what was said of it."""


def _named(typed: Mapping[Path, str]) -> Shoot:
    """The photos that were named, each a photo by itself. Raises UnusableInput for a folder."""
    from engine.files.shoot import Shoot

    for path, name in typed.items():
        if path.is_dir():
            raise UnusableInput(f"{name}: a folder. Name photos, or rank the folder: chinagraph rank {name}")
    return Shoot((), tuple(map(_photo, sorted(typed, key=os.fsencode))))


def _photo(path: Path) -> Photo:
    """What is not there becomes an unreadable photo when it is read."""
    from engine.files.shoot import stamp
    from engine.types import FileStamp, Photo

    try:
        return Photo(path, (path,), stamp(path))
    except (OSError, ValueError):
        return Photo(path, (path,), FileStamp(0, 0, 0))


def _told(typed: Mapping[Path, str], run_over: RankedShoot, tower: Tower) -> Iterator[_Told]:
    """What is said of each photo, in the order in which they were named; ends early when the run is interrupted."""
    from engine.critic import Written, describe

    cards = {card.path: card for card in run_over.cards}
    notes: set[str] = set()
    for path, name in typed.items():
        if run_over.is_interrupted:
            say("Interrupted: what was written is kept. Run it again to go on.")
            return
        card = cards[path]
        said = describe(card, run_over.catalogue, tower, run_over.pixel_cap)
        if card.error is None and not path.exists():
            gone = f"{path} is not there any more. Connect its drive or restore it, then retry."
            said = Written(path, card.fingerprint, None, gone)
        if said is not None:
            if said.note and said.note not in notes:
                notes.add(said.note)
                say(said.note)
            yield name, card, said


def _json_lines(told: Iterator[_Told]) -> Iterator[str]:
    for typed, card, said in told:
        found = said.critique
        yield json.dumps(
            {
                "schema": SCHEMA,
                **fields("path", typed),
                "status": "unreadable" if found is None else "ok",
                "error": said.error,
                "score": None if found is None or card.verdict is None else round(card.verdict.score, DIGITS),
                "score_vila": None if found is None else round(found.score, DIGITS),
                "score_vila_raw": None if found is None else round(found.cosine, DIGITS),
                "sentences": [] if found is None else [_sentence(one) for one in found.sentences],
                "model": None if found is None else model_object(found.model),
            },
            allow_nan=False,
        )


def _sentence(one: Sentence) -> dict[str, object]:
    known = one.evidence
    return {
        "text": one.text,
        "aspect": one.aspect.value,
        "polarity": one.polarity.value,
        "evidence": None
        if known is None
        else {
            "name": known.name,
            "value": round(known.value, DIGITS),
            "unit": known.unit,
            "normal": [round(limit, DIGITS) for limit in known.normal],
        },
        "region": None if one.region is None else _region(one.region),
    }


def _region(region: Region) -> list[float]:
    return [round(share, DIGITS) for share in (region.x, region.y, region.w, region.h)]


def _text(told: Iterator[_Told]) -> Iterator[str]:
    """For people; unreadable photos stand where they were named."""
    for typed, card, said in told:
        found = said.critique
        if found is None:
            yield f"{printable(typed)}: {printable(said.error or '')}"
        else:
            score = "" if card.verdict is None else f"score {card.verdict.score:.2f}, "
            yield f"{printable(typed)}: {score}VILA {found.score:.2f}"
            yield from (f"  {one.text}{_measured(one)}" for one in found.sentences)
            if not found.sentences:
                yield "  Nothing that can be said of it is borne out."


def _measured(one: Sentence) -> str:
    known = one.evidence
    if known is None:
        return ""
    low, high = known.normal
    return f" [{known.name} {known.value:.4g} {known.unit}, normal {low:.4g} to {high:.4g}]"
