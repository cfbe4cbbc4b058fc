"""The photos of Compare and Survey as JSON, and back. What makes no sense there is left out."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from desktop.lineup import MOST, Lineup
from desktop.views.compare import LEAST, CompareView
from desktop.views.face_lock import FaceLock
from desktop.views.synced import Synced
from desktop.views.viewport import LARGEST_ZOOM, SMALLEST_ZOOM


def written(lineup: Lineup, compare: CompareView) -> dict[str, Any] | None:
    """What stands against each other now, and how it lies; None where nothing does."""
    if not lineup.is_on:
        return None
    synced, face = compare.synced, compare.synced.face
    return {
        "photos": [str(path) for path in lineup.paths],
        "champion": None if lineup.champion is None else str(lineup.champion),
        "selected": lineup.was_selected,
        "first": lineup.first,
        "count": compare.count,
        "zoom": [synced.zoom, synced.x, synced.y, synced.at_subject],
        "face": None if face is None else [face.number, face.eye, *face.face_centre, *face.eye_at],
        "alone": {str(path): list(shift) for path, shift in compare.alone.items()},
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
        count = count if type(count) is int and LEAST <= count <= MOST else LEAST
        compare.look_as(count, _synced(said.get("zoom"), said.get("face")), _alone(said.get("alone")))


def _synced(said: object, face: object) -> Synced:
    if not isinstance(said, list) or len(said) != 4:
        return Synced()
    zoom, shift = said[0], _shares(said[1:3], 2)
    if shift is None or not isinstance(zoom, int | float) or not SMALLEST_ZOOM <= zoom <= LARGEST_ZOOM:
        return Synced()
    return Synced(float(zoom), shift[0], shift[1], at_subject=said[3] is True, face=_face(face))


def _face(said: object) -> FaceLock | None:
    """Where the eye was that all were held by. The faces themselves may be known only once the shoot is read."""
    if not isinstance(said, list) or len(said) != 6:
        return None
    (number, eye), places = said[:2], _shares(said[2:], 4)
    if type(number) is not int or number < 0 or type(eye) is not int or eye not in (0, 1) or places is None:
        return None
    return FaceLock(number, eye, (places[0], places[1]), (places[2], places[3]))


def _alone(said: object) -> dict[Path, tuple[float, float]]:
    told = said if isinstance(said, dict) else {}
    shifts = {Path(path): _shares(shift, 2) for path, shift in told.items()}
    return {path: (shift[0], shift[1]) for path, shift in shifts.items() if shift is not None}


def _shares(said: object, count: int) -> list[float] | None:
    """So many shares of a picture, forwards or back; None for anything else."""
    if not isinstance(said, list) or len(said) != count:
        return None
    numbers = [float(one) for one in said if isinstance(one, int | float) and math.isfinite(one) and abs(one) <= 1]
    return numbers if len(numbers) == count else None
