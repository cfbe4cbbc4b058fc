"""Backbone tokens on disk, half precision: poolers and decoder learn from them without the networks running again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from engine.models.device import Network
from engine.models.preprocess import Preprocess
from training.pack import to_onnx
from training.vila.frozen import SIZE, Frozen

_TOGETHER = 64
"""Pictures between two notes of how far the cache is."""
_AHEAD = 4
_VALUES, _KEYS, _MADE = "tokens.f16", "keys.json", "made.npy"


class CacheTooLarge(Exception):
    """The tokens would take more room than they may; the message has both numbers."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Cached tokens: row i is the picture whose key is keys[i]."""

    keys: tuple[str, ...]
    values: NDArray[np.float16]
    """[M, places, channels], on disk."""
    places: NDArray[np.int64]
    """[N]: where in `values` each row stands."""
    hidden: tuple[tuple[int, int], ...] = ()
    """Ranges of channels that are taken out."""

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> torch.Tensor:
        """[B, places, channels], single precision."""
        found = torch.from_numpy(np.stack([self.values[self.places[row]] for row in rows]).astype(np.float32))
        for first, end in self.hidden:
            found[:, :, first:end] = 0
        return found

    def without(self, ranges: Iterable[tuple[int, int]]) -> Tokens:
        """The same with further ranges of channels taken out."""
        return replace(self, hidden=(*self.hidden, *ranges))


def cache(
    folder: Path,
    frozen: Frozen,
    keys: Sequence[str],
    pixels: Callable[[int], NDArray[np.uint8]],
    limit: float = 12e9,
    threads: int | None = None,
) -> Tokens:
    """The tokens of pictures `pixels(i)`, named by `keys`, from the cache in `folder` or made now and kept there.

    A cache that was begun is continued; one that holds more is used as it is; of one that lacks some, the tokens that
    both have are taken over; one of another network is begun anew. `limit` in bytes; raises CacheTooLarge before
    anything is made. `threads` of ONNX Runtime, which takes two thirds of torch's time.
    """
    shape = (len(keys), (SIZE // 32) ** 2, frozen.channels)
    size = int(np.prod(shape)) * 2
    if size > limit:
        raise CacheTooLarge(
            f"The tokens of {len(keys)} pictures take {size / 1e9:.1f} GB, and {limit / 1e9:.1f} GB are allowed. "
            "Take fewer pictures, or allow more."
        )
    model = export(frozen)
    digest = hashlib.sha256(model).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    if (larger := _larger(folder, digest, keys, shape)) is not None:
        return larger
    made = _begin(folder, digest, keys, shape)
    values = np.memmap(folder / _VALUES, np.float16, "r+", shape=shape)
    if not made.all():
        network = Network("frozen.onnx", model, {"pixels": np.zeros((1, SIZE, SIZE, 3), np.uint8)}, "cpu", threads)
        _fill(values, made, network, pixels, lambda: _save(folder / _MADE, made))
    return Tokens(tuple(keys), np.memmap(folder / _VALUES, np.float16, "r", shape=shape), np.arange(len(keys)))


def export(frozen: Frozen) -> bytes:
    """The frozen networks as ONNX: `pixels` uint8 [1, 384, 384, 3] to `tokens` [1, 144, channels]."""
    example = torch.randint(0, 256, (1, SIZE, SIZE, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    return to_onnx(frozen, example, "pixels", ("tokens",), batched=False)


def _larger(folder: Path, digest: str, keys: Sequence[str], shape: tuple[int, ...]) -> Tokens | None:
    """The tokens of `keys` out of a cache that has all of them, and more."""
    before = _before(folder)
    if before.get("network") != digest or len(before["keys"]) <= len(keys):
        return None
    made = np.load(folder / _MADE)
    rows = {key: row for row, key in enumerate(before["keys"]) if made[row]}
    if any(key not in rows for key in keys):
        return None
    values = np.memmap(folder / _VALUES, np.float16, "r", shape=(len(before["keys"]), *shape[1:]))
    return Tokens(tuple(keys), values, np.array([rows[key] for key in keys], np.int64))


def _before(folder: Path) -> dict[str, Any]:
    """Of which network and keys the cache in `folder` is; empty where there is none that is whole."""
    if not all((folder / name).exists() for name in (_VALUES, _KEYS, _MADE)):
        return {}
    found: dict[str, Any] = json.loads((folder / _KEYS).read_text())
    return found


def _begin(folder: Path, digest: str, keys: Sequence[str], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Lay the cache out for `keys`; returns which of them it has already."""
    file, of, noted = folder / _VALUES, folder / _KEYS, folder / _MADE
    before = _before(folder)
    made = np.zeros(len(keys), bool)
    if before.get("network") == digest and before["keys"] == list(keys):
        return np.asarray(np.load(noted), bool)
    fresh = file.with_suffix(".part")
    values = np.memmap(fresh, np.float16, "w+", shape=shape)
    if before.get("network") == digest:
        old = np.memmap(file, np.float16, "r", shape=(len(before["keys"]), *shape[1:]))
        rows = {key: row for row, (key, there) in enumerate(zip(before["keys"], np.load(noted), strict=True)) if there}
        for row, key in enumerate(keys):
            if key in rows:
                values[row] = old[rows[key]]
                made[row] = True
    values.flush()
    noted.unlink(missing_ok=True)
    fresh.replace(file)
    of.write_text(json.dumps({"network": digest, "keys": list(keys)}))
    _save(noted, made)
    return made


def _save(path: Path, made: NDArray[np.bool_]) -> None:
    part = path.with_suffix(".part.npy")
    np.save(part, made)
    part.replace(path)


def _fill(
    values: np.memmap[tuple[int, ...], np.dtype[np.float16]],
    made: NDArray[np.bool_],
    network: Network,
    pixels: Callable[[int], NDArray[np.uint8]],
    note: Callable[[], object],
) -> None:
    preprocess = Preprocess(size=SIZE)

    def prepared(row: int) -> NDArray[np.uint8]:
        return preprocess.resize(pixels(row))

    missing = np.flatnonzero(~made).tolist()
    progress = tqdm(total=len(made), initial=len(made) - len(missing), unit="picture", mininterval=10)
    with ThreadPoolExecutor(1) as pool, progress:
        waiting = [pool.submit(prepared, row) for row in missing[:_AHEAD]]
        for count, row in enumerate(missing, 1):
            picture = waiting.pop(0).result()
            if count - 1 + _AHEAD < len(missing):
                waiting.append(pool.submit(prepared, missing[count - 1 + _AHEAD]))
            values[row] = network.run({"pixels": picture[None]})[0][0]
            made[row] = True
            progress.update()
            if count % _TOGETHER == 0 or count == len(missing):
                values.flush()
                note()
