"""One rank adapter for the embeddings of tower and student, which lie in one space, and what both are worth there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.models.pack import STUDENT
from engine.models.rank_adapter import ADAPTER
from engine.models.text import TEXT, TextTower
from engine.models.tokenizer import TOKENIZER, Tokenizer
from training.cskd import agreement
from training.cskd.judged import Judged
from training.cskd.targets import unit
from training.data.labelled import Labelled
from training.evaluate import correlation
from training.vila import export, rank, word_search, zero_shot

STEPS = 3000
"""In which the adapter is fitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """An adapter that was fitted to both."""

    adapter: rank.Adapter
    scale: rank.Scale
    length: float
    """Of the tower's embeddings, their median: a student's, which are kept at length 1, are brought to it."""

    @classmethod
    def fit(
        cls,
        anchor: NDArray[np.float32],
        tower: NDArray[np.floating],
        student: NDArray[np.floating],
        truth: NDArray[Any],
        subset: NDArray[Any],
    ) -> Shared:
        """`anchor` [D]: the text "good image"; `tower` [N, D] un-normalised and `student` [N, D] of the same photos;
        `truth` [N], 1-10; `subset` [N]: photos of one are ordered, and each counts the same.
        """
        length = float(np.median(np.linalg.norm(np.asarray(tower, np.float32), axis=1)))
        x = np.concatenate([np.asarray(tower, np.float32), length * unit(student)])
        y = np.tile(np.asarray(truth, np.float32), 2)
        groups = torch.from_numpy(np.tile(np.unique(subset, return_inverse=True)[1].astype(np.int64), 2))
        torch.manual_seed(0)
        adapter = rank.train(
            rank.Adapter(torch.from_numpy(anchor)), torch.from_numpy(x), torch.from_numpy(y), STEPS, groups=groups
        )
        with torch.no_grad():
            return cls(adapter, rank.Scale.fit(adapter(torch.from_numpy(x)).numpy(), y), length)

    @torch.no_grad()
    def cosines(self, embeddings: NDArray[np.floating]) -> NDArray[np.float32]:
        """[N] of the tower's embeddings [N, D], un-normalised, or of such as `brought` gives."""
        found: NDArray[np.float32] = self.adapter(torch.from_numpy(np.asarray(embeddings, np.float32))).numpy()
        return found

    def brought(self, student: NDArray[np.floating]) -> NDArray[np.float32]:
        """A student's embeddings [N, D] at the tower's length."""
        return np.asarray(self.length * unit(student), np.float32)

    def file(self) -> bytes:
        """adapter.safetensors, `length` among its parts."""
        return export.adapter(self.adapter, self.scale, self.length)


def anchor(tower: Path) -> NDArray[np.float32]:
    """The text "good image" as the tower's own adapter has it. Raises FileNotFoundError."""
    from safetensors.numpy import load

    return np.asarray(load((tower / ADAPTER).read_bytes())["anchor"], np.float32)


def write(
    tower: Path, out: Path, learn: Labelled, seen: NDArray[np.floating], val: Labelled, val_seen: NDArray[np.floating]
) -> dict[str, Any]:
    """Fit an adapter to both on `learn`, which the tower saw as `seen` [N, D], and write it beside `out`/student.onnx.

    Returns what `compared` finds on `val`, which the tower saw as `val_seen`. Raises FileNotFoundError, PackError.
    """
    student = Judged.load(out / STUDENT)
    shared = Shared.fit(anchor(tower), seen, _embedded(student, learn), learn.truth, learn.subset)
    (out / ADAPTER).write_bytes(shared.file())
    return compared(tower, shared, val_seen, _embedded(student, val), val)


def _embedded(student: Judged, photos: Labelled) -> NDArray[np.float32]:
    # One call takes half the cores.
    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(lambda row: student.outputs([photos.pixels(row)])[1], range(len(photos)))))


def compared(
    tower: Path, shared: Shared, seen: NDArray[np.floating], student: NDArray[np.floating], val: Labelled
) -> dict[str, Any]:
    """Tower and student side by side on val, `seen` and `student` [N, D], ready for JSON.

    SRCC by the adapter and by the good/bad pairs, words found among photos that somebody looked at, and how far both
    agree.

    Words are asked where `tower` holds text.onnx and tokenizer.json.
    """
    both = {"tower": seen, "student": shared.brought(student)}
    found: dict[str, Any] = {name: {"adapter": _by_subset(shared.cosines(x), val)} for name, x in both.items()}
    if (tower / TEXT).exists() and (tower / TOKENIZER).exists():
        words = Tokenizer.load((tower / TOKENIZER).read_text(encoding="utf-8"))
        text = TextTower(str(tower / TEXT), (tower / TEXT).read_bytes(), words, "")
        for name, x in both.items():
            found[name] |= _asked(unit(x), text, val)
    found["retrieval"] = agreement.retrieval(student, seen)
    found["crossed"] = agreement.crossed(student, seen)
    return found


def _asked(images: NDArray[np.float32], text: TextTower, val: Labelled) -> dict[str, Any]:
    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([text.embed(one).values for one in texts])

    looked_at, of_word = word_search.labelled()
    names = ["/".join(path.parts[-2:]) for path in val.paths]
    rows = [names.index(name) for name in looked_at if name in names]
    hits = word_search.judge(images[rows], [names[row] for row in rows], _one(text), of_word) if rows else []
    return {
        "zero_shot": _by_subset(zero_shot.quality(images, embed), val),
        "words": float(np.mean([hit.precision for hit in hits])) if hits else None,
    }


def _one(text: TextTower) -> Callable[[str], NDArray[np.float32]]:
    return lambda word: text.embed(word).values


def _by_subset(scores: NDArray[np.floating], val: Labelled) -> Mapping[str, float]:
    return {
        str(name): correlation(np.asarray(scores)[val.subset == name], val.mos[val.subset == name], "srcc")
        for name in np.unique(val.subset)
    }
