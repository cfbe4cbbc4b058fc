"""What a pack gets of a folder that the recipe of the tower wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.models.tower import FILES
from training.card import taken_over
from training.pack import OPSET, needed
from training.vila import report
from training.vila.recipe import FIGURES

_TEXT = Path(__file__).with_name("card.md")


def files(folder: Path) -> Mapping[str, bytes]:
    """The parts of a tower, by name. Raises FileNotFoundError."""
    return {name: needed(folder / name, "vila") for name in FILES}


def card(folder: Path, without: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """The section of CARD.md on the tower; `without` has the FIGURES of towers that left a source out, by its name.

    Of a tower that is taken over from a pack, the section of that pack's card, as it stands. Raises FileNotFoundError,
    or ValueError for the figures of an older recipe, or for `without` beside a pack.
    """
    stands = None if (folder / FIGURES).exists() else taken_over(folder, "Tower")
    if stands is not None:
        if without:
            raise ValueError(f"{folder}: a pack, whose card stands as it is. Name what `training vila` wrote instead.")
        return stands
    facts = json.loads(needed(folder / FIGURES, "vila"))
    if "neighbour_in_series" not in facts["figures"]:
        raise ValueError(f"{folder / FIGURES}: of an older recipe. Run `python -m training vila` again.")
    judged = json.loads(needed(folder / report.REPORT, "vila-evaluate"))
    told = {
        "opset": OPSET,
        "command": facts["command"],
        "megabytes": sum(facts["bytes"].values()) / 1e6,
        **facts["photos"],
        "scores": "\n".join(_scores(facts["figures"])),
        "neighbours": ", ".join(
            f"{share:.3f} by {half}" for half, share in facts["figures"]["neighbour_in_series"].items()
        ),
        "without": "\n".join(_without(facts, without or {})),
        "captions": ", ".join(f"{name} {value:.3f}" for name, value in facts["figures"]["captions"].items()),
        "report": "\n".join(report.lines(judged)),
    }
    return _TEXT.read_text(encoding="utf-8").format(**told)


def _scores(figures: Mapping[str, Any]) -> list[str]:
    """A Markdown table: the adapter and the zero-shot prompts, figure by figure."""
    adapter, prompts = figures["adapter"], figures["zero_shot"]
    rows = [
        f"| {name.replace('_', ' ')} | {_interval(adapter[name])} | {_interval(prompts[name])} |" for name in adapter
    ]
    return ["| figure | tower and adapter | zero-shot |", "| --- | --- | --- |", *rows]


def _without(facts: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A Markdown table of the adapter's scores, whole and without each source, and the commands."""
    if not others:
        return ["No tower without one of them has been measured."]
    columns = {"as it is": facts, **{f"without {name}": found for name, found in others.items()}}
    adapters = [found["figures"]["adapter"] for found in columns.values()]
    photos = [found["photos"] for found in columns.values()]
    rows = [
        "| " + " | ".join(["tower and adapter", *columns]) + " |",
        "| --- " * (len(columns) + 1) + "|",
        "| photos of ss03 and ss01 | " + " | ".join(f"{of['ss03']} and {of['ss01']}" for of in photos) + " |",
        *(
            f"| {name.replace('_', ' ')} | " + " | ".join(_interval(adapter[name]) for adapter in adapters) + " |"
            for name in adapters[0]
        ),
    ]
    intro = ["", "Figures without each source that has no licence, on the same photos of val:", ""]
    return [*intro, *rows, "", *(f"- without {name}: `{found['command']}`" for name, found in others.items())]


def _interval(value: list[float]) -> str:
    return f"{value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]"
