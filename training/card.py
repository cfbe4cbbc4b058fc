"""CARD.md of a pack: figures are filled in, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.figures import lines


def write(
    text: Path,
    facts: Mapping[str, Any],
    figures: Mapping[str, Any],
    without: Mapping[str, Mapping[str, Any]],
    *sections: str,
) -> bytes:
    """CARD.md. `facts` fill the `text`; `without` has the figures.json of runs that left a source out, by its name.

    `sections` are those on further networks of the pack.
    """
    others = "".join(
        f"\n### Without {name}\n\n`{found['command']}`, judged on the same val photos:\n\n"
        + "\n".join(lines({"student": dict(found["figures"]["student"])}))
        for name, found in without.items()
    )
    return (
        text.read_text(encoding="utf-8")
        .format(
            **facts,
            figures="\n".join(lines(dict(figures))),
            without=others,
            sections="".join(f"\n{section.strip()}\n" for section in sections),
        )
        .encode()
    )
