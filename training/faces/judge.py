"""How well faces are found: against YuNet's, photo by photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.models.boxes import overlaps
from engine.models.face_detector import Found
from engine.models.faces import Faces
from training.faces import pseudo_labels
from training.faces.photos import Labelled
from training.faces.pseudo_labels import Labels

PRECISION = 0.90
SURE = (0.9, 0.8, 0.7)
"""Scores of YuNet from which a face counts as one that must be found: OpenCV's own threshold, and lower ones."""
PERHAPS = 0.5
"""Score of YuNet from which a face may be found or not: it is neither missed nor false."""
LEAST_SIZE = 40
"""Least longer side of a box, pixels where the photo has EDGE. Smaller faces, found or not, are left out."""
_SAME = 0.5
"""Overlap (IoU) from which a found face is one of YuNet's."""
_FAINTEST = 0.1
_DRAWS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What became of the found faces and of YuNet's, over all photos."""

    scores: NDArray[np.float64]
    """[N]: of the found faces that count."""
    true: NDArray[np.bool_]
    """[N]: whether it is one that must be found."""
    error: NDArray[np.float64]
    """[N]: mean distance of its points from YuNet's, in distances between YuNet's eyes; NaN where not true."""
    photo: NDArray[np.int64]
    """[N]"""
    wanted: NDArray[np.int64]
    """[photos]: how many faces of it must be found."""


def look(faces: Faces, photos: Labelled) -> list[Found]:
    """Everything that is seen in `photos`, however faint."""
    return [faces.detect(pixels, _FAINTEST) for pixels in photos.pixels]


def as_found(labels: Sequence[Labels], photos: Labelled) -> list[Found]:
    """Faces of a teacher as if they had been found."""
    edges = [np.float32(max(pixels.shape[:2])) for pixels in photos.pixels]
    return [Found(of.boxes * edge, of.points * edge, of.scores) for of, edge in zip(labels, edges, strict=True)]


def judge(found: Sequence[Found], photos: Labelled, sure: float = SURE[0]) -> Judged:
    """Compare with YuNet's faces of one look at EDGE; `sure`: its score from which a face must be found."""
    rows: list[tuple[float, bool, float, int]] = []
    wanted = np.zeros(len(photos), np.int64)
    for number, (faces, pixels, labels) in enumerate(zip(found, photos.pixels, photos.labels, strict=True)):
        edge = max(pixels.shape[:2])
        counted, must = _compared(faces, labels, edge, sure)
        wanted[number] = must
        rows += [(*row, number) for row in counted]
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    scores, true, error, photo = columns
    return Judged(np.array(scores, float), np.array(true, bool), np.array(error, float), np.array(photo, int), wanted)


def _compared(faces: Found, labels: Labels, edge: int, sure: float) -> tuple[list[tuple[float, bool, float]], int]:
    """(score, whether true, error) of the found faces that count, and how many there are to be found."""
    boxes, points = faces.boxes / np.float32(edge), faces.points / np.float32(edge)
    large = (labels.boxes[:, 2:] - labels.boxes[:, :2]).max(1, initial=0) > LEAST_SIZE / pseudo_labels.EDGE
    must = large & (labels.scores >= sure)
    may = (labels.scores >= min(PERHAPS, sure)) & ~must
    alike = overlaps(boxes, np.maximum(labels.boxes, np.float32(0)))
    taken = np.zeros(len(labels), bool)
    counted = []
    for i in np.argsort(-faces.scores, kind="stable"):
        free = np.where(must & ~taken, alike[i], 0)
        if free.max(initial=0) >= _SAME:
            own = int(free.argmax())
            taken[own] = True
            eyes = np.linalg.norm(labels.points[own, 1] - labels.points[own, 0])
            error = np.linalg.norm(points[i] - labels.points[own], axis=1).mean() / max(float(eyes), 1e-6)
            counted.append((float(faces.scores[i]), True, float(error)))
        elif (
            np.where(may, alike[i], 0).max(initial=0) < _SAME
            and (boxes[i, 2:] - boxes[i, :2]).max() > LEAST_SIZE / pseudo_labels.EDGE
        ):
            counted.append((float(faces.scores[i]), False, np.nan))
    return counted, int(must.sum())


def recall_at(judged: Judged, precision: float = PRECISION) -> tuple[float, float]:
    """(largest recall at which at least `precision` of the found faces are true, the score it takes)."""
    order = np.argsort(-judged.scores, kind="stable")
    true = judged.true[order].cumsum()
    reached = np.flatnonzero(true / np.arange(1, len(true) + 1) >= precision)
    if not len(reached) or not judged.wanted.sum():
        return 0.0, 1.0
    last = reached[-1]
    return float(true[last] / judged.wanted.sum()), float(judged.scores[order][last])


def figures(judged: Judged, threshold: float) -> dict[str, float | list[float]]:
    """Recall at PRECISION, and recall, precision and the error of points at `threshold`; with intervals."""
    recall, score = recall_at(judged)
    kept = judged.scores >= threshold
    true = judged.true & kept
    errors = judged.error[true]
    draws = _draws(judged)
    return {
        "faces": int(judged.wanted.sum()),
        "recall_at_precision": recall,
        "recall_at_precision_interval": interval([recall_at(drawn)[0] for drawn in draws]),
        "score_there": score,
        "recall": float(true.sum() / max(judged.wanted.sum(), 1)),
        "precision": float(true.sum() / max(kept.sum(), 1)),
        "landmark_error": _mean(errors),
        "landmark_error_interval": interval([_mean(d.error[d.true & (d.scores >= threshold)]) for d in draws]),
        "landmark_error_median": float(np.median(errors)) if len(errors) else float("nan"),
    }


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _draws(judged: Judged) -> list[Judged]:
    """Bootstrap over photos."""
    random = np.random.default_rng(0)
    members = np.split(
        np.argsort(judged.photo, kind="stable"),
        np.searchsorted(np.sort(judged.photo), np.arange(1, len(judged.wanted))),
    )
    drawn = []
    for _ in range(_DRAWS):
        photos = random.integers(0, len(judged.wanted), len(judged.wanted))
        rows = np.concatenate([members[i] for i in photos])
        parts = (judged.scores[rows], judged.true[rows], judged.error[rows], judged.photo[rows])
        drawn.append(Judged(*parts, judged.wanted[photos]))
    return drawn


def interval(values: Sequence[float]) -> list[float]:
    """[2.5th, 97.5th percentile] of bootstrap values, those that are no number left out."""
    known = [value for value in values if not np.isnan(value)]
    return [float(v) for v in np.percentile(known, [2.5, 97.5])] if known else [float("nan")] * 2
