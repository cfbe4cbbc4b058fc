"""The photos of Compare and Survey as JSON, and back. What makes no sense there is left out."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from desktop.lineup import MOST, Lineup
from desktop.views.compare import LEAST, CompareView
from desktop.views.synced import Synced
from desktop.views.viewport import LARGEST_ZOOM, SMALLEST_ZOOM


def written(lineup: Lineup, compare: CompareView) -> dict[str, Any] | None:
    """What stands against each other now, and how it lies; None where nothing does."""
    if not lineup.is_on:
        return None
    # Faces are known only once the shoot is read: of one that was gone to, the photo's subject is left.
    synced = compare.synced
    synced = synced if synced.face is None else Synced(synced.zoom, at_subject=True)
    return {
        "photos": [str(path) for path in lineup.paths],
        "champion": None if lineup.champion is None else str(lineup.champion),
        "selected": lineup.was_selected,
        "first": lineup.first,
        "count": compare.count,
        "zoom": [synced.zoom, synced.x, synced.y, synced.at_subject],
    }


def line_up(said: object, lineup: Lineup, compare: CompareView) -> None:
    """Have the same photos stand there again, as far as they are of the shoot still."""
    if not isinstance(said, dict) or not isinstance(said.get("photos"), list):
        return
    champion, first, count = said.get("champion"), said.get("first"), said.get("count")
    resumed = lineup.resume(
        [Path(one) for one in said["photos"] if isinstance(one, str)],
        Path(champion) if isinstance(champion, str) else None,
        first=first if type(first) is int and first > 0 else 0,
        selected=said.get("selected") is True,
    )
    if resumed:
        compare.look_as(count if type(count) is int and LEAST <= count <= MOST else LEAST, _synced(said.get("zoom")))


def _synced(said: object) -> Synced:
    if not isinstance(said, list) or len(said) != 4:
        return Synced()
    numbers = [float(one) for one in said[:3] if isinstance(one, int | float) and math.isfinite(one)]
    if len(numbers) < 3 or not SMALLEST_ZOOM <= numbers[0] <= LARGEST_ZOOM or max(map(abs, numbers[1:])) > 1:
        return Synced()
    return Synced(numbers[0], numbers[1], numbers[2], at_subject=said[3] is True)
