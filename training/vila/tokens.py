"""Backbone tokens on disk, half precision: poolers and decoder learn from them without the networks running again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

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


class CacheTooLarge(Exception):
    """The tokens would take more room than they may; the message has both numbers."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Cached tokens: row i is the picture whose key is keys[i]."""

    keys: tuple[str, ...]
    values: NDArray[np.float16]
    """[N, places, channels], on disk."""

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> torch.Tensor:
        """[B, places, channels], single precision."""
        return torch.from_numpy(np.stack([self.values[row] for row in rows]).astype(np.float32))


def cache(
    folder: Path,
    frozen: Frozen,
    keys: Sequence[str],
    pixels: Callable[[int], NDArray[np.uint8]],
    limit: float = 12e9,
    threads: int | None = None,
) -> Tokens:
    """The tokens of pictures `pixels(i)`, named by `keys`, from the cache in `folder` or made now and kept there.

    A cache that was begun is continued; one of other keys or of another network is begun anew. `limit` in bytes;
    raises CacheTooLarge before anything is made. `threads` of ONNX Runtime, which takes two thirds of torch's time.
    """
    shape = (len(keys), (SIZE // 32) ** 2, frozen.channels)
    size = int(np.prod(shape)) * 2
    if size > limit:
        raise CacheTooLarge(
            f"The tokens of {len(keys)} pictures take {size / 1e9:.1f} GB, and {limit / 1e9:.1f} GB are allowed. "
            "Take fewer pictures, or allow more."
        )
    model = export(frozen)
    state = {"shape": list(shape), "digest": hashlib.sha256(model + "\n".join(keys).encode()).hexdigest()}
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "tokens.json"
    kept = json.loads(note.read_text()) if note.exists() else {}
    done = int(kept.get("done", 0)) if {k: kept.get(k) for k in state} == state else 0
    file = folder / "tokens.f16"
    values = np.memmap(file, np.float16, "r+" if done else "w+", shape=shape)
    if done < len(keys):
        network = Network("frozen.onnx", model, {"pixels": np.zeros((1, SIZE, SIZE, 3), np.uint8)}, "cpu", threads)
        _fill(values, done, network, pixels, lambda count: note.write_text(json.dumps(state | {"done": count})))
    return Tokens(tuple(keys), np.memmap(file, np.float16, "r", shape=shape))


def export(frozen: Frozen) -> bytes:
    """The frozen networks as ONNX: `pixels` uint8 [1, 384, 384, 3] to `tokens` [1, 144, channels]."""
    example = torch.randint(0, 256, (1, SIZE, SIZE, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    return to_onnx(frozen, example, "pixels", ("tokens",), batched=False)


def _fill(
    values: np.memmap[tuple[int, ...], np.dtype[np.float16]],
    done: int,
    network: Network,
    pixels: Callable[[int], NDArray[np.uint8]],
    note: Callable[[int], object],
) -> None:
    preprocess = Preprocess(size=SIZE)

    def prepared(row: int) -> NDArray[np.uint8]:
        return preprocess.resize(pixels(row))

    progress = tqdm(total=len(values), initial=done, unit="picture", mininterval=10, dynamic_ncols=True)
    with ThreadPoolExecutor(1) as pool, progress:
        waiting = [pool.submit(prepared, row) for row in range(done, min(done + _AHEAD, len(values)))]
        for row in range(done, len(values)):
            picture = waiting.pop(0).result()
            if row + _AHEAD < len(values):
                waiting.append(pool.submit(prepared, row + _AHEAD))
            values[row] = network.run({"pixels": picture[None]})[0][0]
            progress.update()
            if (row + 1) % _TOGETHER == 0 or row + 1 == len(values):
                values.flush()
                note(row + 1)
