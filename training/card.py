"""CARD.md of a pack: figures are filled in, never typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.models.pack import MANIFEST, Pack
from training.figures import lines

CARD = "CARD.md"


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


def taken_over(folder: Path, title: str) -> str | None:
    """What the card of the pack in `folder` says under a title; None if no pack is there, but what a recipe wrote.

    So networks go from one pack into the next with what was measured of them. Raises PackError, or ValueError for a
    card without that title.
    """
    if not (folder / MANIFEST).exists():
        return None
    text = Pack.open(folder).read(CARD).decode()
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f'{folder / CARD}: it has no section "{title}". Name a pack that has these networks.')
    return found[0].strip() + "\n"
