"""Splitting and joining groups by hand: what each photo's decision field "group" becomes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from engine.judge.grouping import capture_order
from engine.types import Card

AUTOMATIC = ""
"""The value that gives a photo back to the machine's grouping."""
_NAME = 40
"""Characters of the first file's name in an id, at most."""


def split(members: Sequence[Card], at: Path) -> dict[Path, str]:
    """Cut a group before the photo `at`: the new group of each member. Both halves are made by hand from then on.

    A half of one photo stays alone. Raises ValueError where `at` is the first photo or none of the group.
    """
    ordered = sorted(members, key=capture_order)
    place = next((i for i, card in enumerate(ordered) if card.path == at), 0)
    if place == 0:
        raise ValueError(f"{at.name}: a group is split before its second photo or a later one.")
    return {**join(ordered[:place]), **join(ordered[place:])}


def join(cards: Sequence[Card]) -> dict[Path, str]:
    """Put photos into one group, whatever groups and bodies they are of; all members of a group to join it whole.

    Raises ValueError for no photo at all.
    """
    if not cards:
        raise ValueError("There is no photo to group.")
    name = _id([card.path for card in sorted(cards, key=capture_order)])
    return {card.path: name for card in cards}


def automatic(cards: Sequence[Card]) -> dict[Path, str]:
    """Give photos back to the machine's grouping."""
    return {card.path: AUTOMATIC for card in cards}


def _id(paths: Sequence[Path]) -> str:
    """ "hand IMG_0412 x3 9f86d081": for people the first name and the count, for uniqueness a digest of all paths.

    Two groups have the same id only if the same photos were put into both, so that neither can be taken for the other.
    """
    digest = hashlib.blake2b(digest_size=4)
    for path in sorted(paths):
        digest.update(os.fsencode(path) + b"\0")
    name = "".join(sign if sign.isprintable() else "?" for sign in paths[0].stem)[:_NAME]
    return f"hand {name} x{len(paths)} {digest.hexdigest()}"
