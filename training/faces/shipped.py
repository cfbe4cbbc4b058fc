"""What a pack gets of a folder that the recipe of faces wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from engine.models.faces import FILES
from training.card import taken_over
from training.faces.figures import FIGURES, lines
from training.pack import OPSET

_TEXT = Path(__file__).with_name("card.md")


def files(folder: Path) -> Mapping[str, bytes]:
    """The networks, by name. Raises FileNotFoundError."""
    return {name: (folder / name).read_bytes() for name in FILES}


def card(folder: Path) -> str:
    """The section of CARD.md on faces; that of a pack's card, if the networks are taken over from a pack.

    Raises FileNotFoundError, or ValueError for a pack without faces.
    """
    stands = None if (folder / FIGURES).exists() else taken_over(folder, "Faces")
    if stands is not None:
        return stands
    facts = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    said = "\n".join(f"- {line}" for line in lines(facts["figures"]))
    told = {"figures": said, "difference": max(facts["differences"].values()), "opset": OPSET}
    return _TEXT.read_text(encoding="utf-8").format(**facts | told)
