"""How far a score and an embedding that were read off a thumbnail lie from those of the file.

Usage: python -m benchmarks.thumbnail_scores [--photos FOLDER [COUNT]]... Without a folder: the sample shoot alone, as
it is and cropped to flatter shapes. A thumbnail of a flat picture has few rows; the network asks for as many as ever.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from engine import paths, sample, seeing
from engine.errors import UnreadablePhoto
from engine.files import decode
from engine.files import shoot as shoots
from engine.models.pack import Pack
from engine.models.student import Student
from engine.prepare import THUMBNAIL_EDGE, halved
from engine.types import Verdict

SHAPES = (1.5, 16 / 9, 2.0, 2.5, 3.0, 4.0)
"""Width over height of the crops."""
SEED = 7
"""Of which photos of a large folder are taken."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", nargs="+", action="append", default=[], metavar=("FOLDER", "COUNT"))
    options = parser.parse_args()
    student = Student.load(Pack.open(paths.resource("models", "starter")), "cpu")
    names = ("SRCC", "mean", "move p50", "p95", "most", "cosine p50", "p5", "least")
    print(f"{'photos':34} {'count':>5} " + " ".join(f"{name:>10}" for name in names))
    with tempfile.TemporaryDirectory() as scratch:
        made = sample.make(Path(scratch) / "sample")
        own = list(_pictures(made))
    _tell("sample shoot", student, own)
    for shape in SHAPES:
        _tell(f"sample shoot, cropped to {shape:.2f}:1", student, [_cropped(picture, shape) for picture in own])
    for folder, *count in options.photos:
        _tell(Path(folder).name, student, _pictures(Path(folder), int(count[0]) if count else None))


def _pictures(folder: Path, count: int | None = None) -> Iterator[NDArray[np.uint8]]:
    """[h, w, 3] of each photo that can be read, as the program decodes it."""
    photos = shoots.read([folder]).photos
    if count is not None and count < len(photos):
        chosen = np.random.default_rng(SEED).choice(len(photos), count, replace=False)
        photos = tuple(photos[place] for place in chosen)
    for photo in photos:
        try:
            yield decode.open(photo).pixels
        except UnreadablePhoto:
            continue


def _cropped(picture: NDArray[np.uint8], shape: float) -> NDArray[np.uint8]:
    """The middle, as wide as the picture is long, or as high where it is upright."""
    height, width = picture.shape[:2]
    if width >= height:
        high = min(round(width / shape), height)
        top = (height - high) // 2
        return np.ascontiguousarray(picture[top : top + high])
    wide = min(round(height / shape), width)
    left = (width - wide) // 2
    return np.ascontiguousarray(picture[:, left : left + wide])


def _tell(name: str, student: Student, pictures: Iterable[NDArray[np.uint8]]) -> None:
    whole: list[Verdict] = []
    small: list[Verdict] = []
    for picture in pictures:
        whole.append(_verdict(student, halved(picture, 2 * THUMBNAIL_EDGE)))
        small.append(_verdict(student, seeing.shown(picture)))
    scores = np.array([[verdict.score for verdict in verdicts] for verdicts in (whole, small)])
    moved = np.abs(scores[0] - scores[1])
    cosine = np.einsum("ij,ij->i", _embeddings(whole), _embeddings(small))
    figures = (
        spearmanr(*scores).statistic,
        float(np.mean(scores[1] - scores[0])),
        *np.quantile(moved, (0.5, 0.95, 1.0)),
        *np.quantile(cosine, (0.5, 0.05, 0.0)),
    )
    print(f"{name:34} {len(whole):5} " + " ".join(f"{figure:10.4f}" for figure in figures), flush=True)


def _verdict(student: Student, picture: NDArray[np.uint8]) -> Verdict:
    return student.score(student.preprocess.apply(picture)[None])[0]


def _embeddings(verdicts: Sequence[Verdict]) -> NDArray[np.float64]:
    return np.stack([verdict.embedding for verdict in verdicts]).astype(np.float64)


if __name__ == "__main__":
    main()
