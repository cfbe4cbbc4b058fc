"""The figures of a pack's student on val, as the pack ships it: through ONNX Runtime and the engine's preprocessing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.models.student import Student
from engine.types import SCORES
from training import controls
from training.data.biq2021 import Photos
from training.evaluate import GAPS, Interval, bootstrap, bootstrap_pairs, correlation, regret

Pixels = Sequence[NDArray[np.uint8]]
_BATCH = 32


def predict(student: Student, pixels: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(scores [N], 1-10; embeddings [N, 512]) of photos already decoded."""
    verdicts = [
        verdict
        for start in range(0, len(pixels), _BATCH)
        for verdict in student.score(np.stack([student.preprocess.apply(p) for p in pixels[start : start + _BATCH]]))
    ]
    scores = np.array([v.score for v in verdicts], np.float32)
    return scores, np.stack([v.embedding.astype(np.float32) for v in verdicts])


def figures(
    student: Student, photos: Photos, pixels: Pixels, further: Mapping[str, NDArray[np.float32]] | None = None
) -> dict[str, Any]:
    """Everything that CARD.md reports, ready for JSON: intervals are [value, low, high].

    `further` controls by name: what they say of the photos.
    """
    scores, embeddings = predict(student, pixels)
    rivals: dict[str, NDArray[np.float32]] = {
        "student": scores,
        **(further or {}),
        "nima_teacher": (photos.aesthetic @ SCORES).astype(np.float32),
        "laplacian_only": np.array([controls.laplacian(p) for p in pixels], np.float32),
        "exposure_only": np.array([controls.exposure(p) for p in pixels], np.float32),
    }
    found: dict[str, Any] = {name: _judge(rival, photos) for name, rival in rivals.items()}
    watermarked = photos.subset == "ss01"
    if watermarked.any():
        hidden = [controls.hide_lower_left(p) for p, chosen in zip(pixels, watermarked, strict=True) if chosen]
        found["ss01_lower_left_hidden"] = correlation(predict(student, hidden)[0], photos.mos[watermarked], "srcc")
    found["bias_mos"] = float(((scores - 1) / 9 - photos.mos).mean())
    found["neighbour_in_series"] = neighbour_in_series(embeddings, photos.series)
    return found


def neighbour_in_series(embeddings: NDArray[np.float32], series: NDArray[np.int64]) -> float:
    """How often the nearest other photo, by cosine, is of the same series; over the photos that stand in one."""
    likeness = embeddings @ embeddings.T
    np.fill_diagonal(likeness, -2)
    sizes = {number: int((series == number).sum()) for number in np.unique(series[series >= 0])}
    members = np.array([sizes.get(int(number), 0) > 1 for number in series])
    return float(np.mean(series[likeness.argmax(1)][members] == series[members]))


def _judge(scores: NDArray[np.float32], photos: Photos) -> dict[str, Any]:
    clusters = photos.clusters()
    found: dict[str, Any] = {}
    for name in np.unique(photos.subset):
        chosen = np.flatnonzero(photos.subset == name)
        for kind in ("srcc", "plcc"):
            found[f"{kind}_{name}"] = _numbers(bootstrap(_correlation(scores, photos, chosen, kind), clusters[chosen]))
    everything = np.arange(len(photos))
    found["srcc_pooled"] = _numbers(bootstrap(_correlation(scores, photos, everything, "srcc"), clusters))
    found["pairs"] = _numbers(bootstrap_pairs(scores, photos.mos, photos.series))
    for low, high in GAPS:
        name = f"pairs_{low:.1f}-{high:.1f}" if high < 1 else f"pairs_over_{low:.1f}"
        found[name] = _numbers(bootstrap_pairs(scores, photos.mos, photos.series, low, high))
    if (photos.series >= 0).any():
        found["best_of_series"], found["regret_mos"] = regret(scores, photos.mos, photos.series)
    return found


def _correlation(
    scores: NDArray[np.float32], photos: Photos, chosen: NDArray[np.int64], kind: Any
) -> Callable[[NDArray[np.int64]], float]:
    def metric(rows: NDArray[np.int64]) -> float:
        return correlation(scores[chosen[rows]], photos.mos[chosen[rows]], kind)

    return metric


def _numbers(interval: Interval) -> list[float]:
    return [round(v, 4) for v in (interval.value, interval.low, interval.high)]


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The figures as a Markdown table, a column for each rival, then the rest."""
    rivals = [name for name, value in found.items() if isinstance(value, dict)]
    yield f"| figure | {' | '.join(name.replace('_', ' ') for name in rivals)} |"
    yield "| --- |" + " --- |" * len(rivals)
    for figure in found[rivals[0]]:
        yield f"| {figure.replace('_', ' ')} | {' | '.join(_cell(found[name][figure]) for name in rivals)} |"
    yield ""
    for name, value in found.items():
        if name not in rivals:
            yield f"- {name.replace('_', ' ')}: {value:.3f}"


def _cell(value: float | list[float]) -> str:
    if isinstance(value, list):
        return f"{value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]"
    return f"{value:.3f}"
