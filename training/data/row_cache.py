"""What a slow network says of many pictures, on disk: a row of numbers for each, computed once."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

_VALUES, _KEYS, _MADE = "rows.f16", "keys.json", "made.npy"
_TOGETHER = 64
"""Rows between two notes of how far the cache is."""
_AHEAD = 4

T = TypeVar("T")


class CacheTooLarge(Exception):
    """The rows would take more room than they may; the message has both numbers."""


@dataclass(frozen=True, slots=True)
class Order:
    """Whose rows, how many numbers each, and how many bytes they may take."""

    by: str
    """Names what computes them, its weights included: rows of another are begun anew."""
    width: int
    limit: float = 1e9
    """Bytes."""
    callers: int = 1
    """Threads that ask for rows side by side."""


def rows(
    folder: Path,
    order: Order,
    keys: Sequence[str],
    picture: Callable[[int], T],
    say: Callable[[T], NDArray[np.floating]],
) -> NDArray[np.float16]:
    """[N, width] rows `say(picture(i))` of the pictures that `keys` name, from `folder` or computed now and kept there.

    A cache that was begun is continued; rows that an older list of keys has too are taken over. Pictures are made on a
    thread of their own, and `say` is called on others. Raises CacheTooLarge before anything is computed.
    """
    shape = (len(keys), order.width)
    size = int(np.prod(shape)) * 2
    if size > order.limit:
        raise CacheTooLarge(
            f"What is said of {len(keys):,} pictures takes {size / 1e9:.2f} GB, and {order.limit / 1e9:.2f} GB are "
            "allowed. Take fewer photos or views, or allow more."
        )
    folder.mkdir(parents=True, exist_ok=True)
    made = _begin(folder, order.by, keys, shape)
    if not made.all():
        values = np.memmap(folder / _VALUES, np.float16, "r+", shape=shape)
        _fill(folder, order.callers, values, made, picture, say)
    return np.memmap(folder / _VALUES, np.float16, "r", shape=shape)


def _begin(folder: Path, by: str, keys: Sequence[str], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Lay the cache out for `keys`; returns which of them it has already."""
    file, of, noted = folder / _VALUES, folder / _KEYS, folder / _MADE
    whole = of.exists() and file.exists() and noted.exists()
    before = json.loads(of.read_text(encoding="utf-8")) if whole else {}
    if before == {"by": by, "keys": list(keys), "width": shape[1]}:
        return np.asarray(np.load(noted), bool)
    made = np.zeros(len(keys), bool)
    fresh = file.with_suffix(".part")
    values = np.memmap(fresh, np.float16, "w+", shape=shape)
    if (before.get("by"), before.get("width")) == (by, shape[1]):
        old = np.memmap(file, np.float16, "r", shape=(len(before["keys"]), shape[1]))
        known = {key: row for row, (key, there) in enumerate(zip(before["keys"], np.load(noted), strict=True)) if there}
        for row, key in enumerate(keys):
            if key in known:
                values[row] = old[known[key]]
                made[row] = True
    values.flush()
    noted.unlink(missing_ok=True)
    fresh.replace(file)
    of.write_text(json.dumps({"by": by, "keys": list(keys), "width": shape[1]}), encoding="utf-8")
    _note(noted, made)
    return made


def _note(path: Path, made: NDArray[np.bool_]) -> None:
    part = path.with_suffix(".part.npy")
    np.save(part, made)
    part.replace(path)


def _fill(
    folder: Path,
    callers: int,
    values: np.memmap[tuple[int, ...], np.dtype[np.float16]],
    made: NDArray[np.bool_],
    picture: Callable[[int], T],
    say: Callable[[T], NDArray[np.floating]],
) -> None:
    missing = np.flatnonzero(~made).tolist()
    progress = tqdm(total=len(made), initial=len(made) - len(missing), unit="picture", mininterval=10, desc=folder.name)
    with ThreadPoolExecutor(1) as makers, ThreadPoolExecutor(callers) as sayers, progress:

        def begun(row: int) -> Future[NDArray[np.floating]]:
            ready = makers.submit(picture, row)
            return sayers.submit(lambda: say(ready.result()))

        waiting = deque(begun(row) for row in missing[: _AHEAD * callers])
        for count, row in enumerate(missing, 1):
            values[row] = waiting.popleft().result()
            made[row] = True
            if count - 1 + _AHEAD * callers < len(missing):
                waiting.append(begun(missing[count - 1 + _AHEAD * callers]))
            progress.update()
            if count % _TOGETHER == 0 or count == len(missing):
                values.flush()
                _note(folder / _MADE, made)
