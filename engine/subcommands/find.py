"""chinagraph find: find photos by words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UnusableInput
from engine.report import DIGITS, SCHEMA, printable
from engine.subcommands.arguments import DONE, INTERRUPTED, Commands, add_folders, add_jobs, count
from engine.subcommands.ranked import needed_tower, ranked
from engine.subcommands.typed import Typed
from engine.terminal import follow, say, write

if TYPE_CHECKING:
    from engine.judge.word_search import Hit


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser("find", help="find photos by words")
    parser.add_argument("words", metavar="WORDS", help='what to look for, in English: "flowers", "a dog on a beach"')
    add_folders(parser)
    parser.add_argument("--top", metavar="N", type=count, help="print the N nearest photos only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    add_jobs(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it; the exit code."""
    from engine.files import shoot
    from engine.judge.word_search import search, understand
    from engine.seeing import Sightings

    if not options.words.strip():
        raise UnusableInput('nothing to look for. Name it: chinagraph find "flowers" FOLDER')
    tower = needed_tower(options)
    query = understand(tower.tokenizer, options.words)
    said = query.sentence()
    if said:
        say(said)
    if not query.text:
        shoot.read([Path(folder) for folder in options.folders])
        write(_nothing(query.unknown) if options.json else [])
        return DONE
    asked = tower.text.embed(query.text)
    with ranked(options) as run_over:
        if run_over.is_interrupted:
            return INTERRUPTED
        stores, control = run_over.catalogue, run_over.control
        looking = Sightings(run_over.cards, stores, tower, control, run_over.pixel_cap, run_over.jobs)
        follow(looking.steps())
        if control.cancelled:
            say("Interrupted: what was looked at is kept. Run it again to go on.")
            return INTERRUPTED
        unreadable = [card.error for card in run_over.cards if card.error is not None]
        for problem in (*unreadable, *looking.problems):
            say(f"Left out: {problem}")
        hits = search(asked, looking.embeddings)[: options.top]
    typed = Typed(options.folders)
    write(_json_lines(hits, typed, query.unknown) if options.json else _table(hits, typed))
    return DONE


_Unknown = Mapping[str, tuple[str, ...]]


def _json_lines(hits: Sequence[Hit], typed: Typed, unknown: _Unknown) -> Iterator[str]:
    for rank, hit in enumerate(hits, start=1):
        yield json.dumps(
            {
                "schema": SCHEMA,
                **typed.fields("path", hit.path),
                "similarity": round(hit.similarity, DIGITS),
                "rank": rank,
                "unknown_words": unknown,
            },
            allow_nan=False,
        )


def _nothing(unknown: _Unknown) -> Iterator[str]:
    """One line that names the words, for a program that waits for an answer."""
    yield json.dumps({"schema": SCHEMA, "path": None, "similarity": None, "rank": None, "unknown_words": unknown})


def _table(hits: Sequence[Hit], typed: Typed) -> Iterator[str]:
    for rank, hit in enumerate(hits, start=1):
        yield f"{rank:>5}  {hit.similarity:+.3f}  {printable(typed.path(hit.path))}"
