"""What the tower says of a photo without having been taught the question: six good/bad pairs, and styles as prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to their embeddings [N, D], un-normalised."""

PARTS = ("image", "lighting", "content", "background", "foreground", "composition")
"""What is good or bad (PAPERS, VILA: Zero-shot score)."""
STYLES = (
    "complementary colors",
    "duotones",
    "hdr",
    "image grain",
    "light on white",
    "long exposure",
    "macro",
    "motion blur",
    "negative image",
    "rule of thirds",
    "shallow dof",
    "silhouettes",
    "soft focus",
    "vanishing point",
)
"""Of AVA-Style, in the order of its styles.txt."""
_PROMPTS = dict(zip(STYLES, STYLES, strict=True)) | {
    "complementary colors": "complementary colours",
    "hdr": "high dynamic range",
    "shallow dof": "shallow depth of field",
}


def quality(images: NDArray[np.float32], embed: Embed) -> NDArray[np.float32]:
    """[N] scores, 0-1, of image embeddings [N, D]: softmax inside each pair on the raw cosine, mean of "good"."""
    good = _cosines(images, embed([f"good {part}" for part in PARTS]))
    bad = _cosines(images, embed([f"bad {part}" for part in PARTS]))
    return np.asarray((1 / (1 + np.exp(bad - good))).mean(1), np.float32)


def styles(images: NDArray[np.float32], embed: Embed) -> NDArray[np.float32]:
    """[N, 14] cosines of image embeddings [N, D] with the prompts of STYLES; the paper's own prompts are not known."""
    return _cosines(images, embed([_PROMPTS[style] for style in STYLES]))


def average_precision(scores: NDArray[np.floating], relevant: NDArray[np.bool_]) -> float:
    """Mean of the precision at each relevant photo, best score first; NaN where none is relevant."""
    if not relevant.any():
        return float("nan")
    ranked = relevant[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(ranked) + 1
    return float(np.mean(np.arange(1, len(places) + 1) / places))


def mean_average_precision(scores: NDArray[np.floating], labels: NDArray[np.bool_]) -> tuple[float, dict[str, float]]:
    """(mAP, precision by style) of `scores` [N, 14] against `labels` [N, 14]; a style without photos is left out."""
    each = {style: average_precision(scores[:, i], labels[:, i]) for i, style in enumerate(STYLES)}
    known = {style: value for style, value in each.items() if not np.isnan(value)}
    return float(np.mean(list(known.values()))) if known else float("nan"), known


def _cosines(images: NDArray[np.float32], texts: NDArray[np.float32]) -> NDArray[np.float32]:
    def unit(x: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32)

    return np.asarray(unit(images) @ unit(texts).T, np.float32)
