"""Does the merit put the best frame of a burst first?

    python -m benchmarks.merit bursts PHOTO... [--bursts N] [--frames N] [--seed N] [--slight]
    python -m benchmarks.merit series --data DIR

`bursts` makes whole photos of at least 12 megapixels into bursts as `benchmarks.subtle_bursts` does, all but one frame
blurred a little, ranks them as a user would, and prints how often the sharp frame comes first: by merit, by the
student's score alone, and by the sharpest tile alone. `series` ranks the val photos of ss01, DIR/biq2021, series by
series, and prints in how many pairs of a series (MOS at least 0.1 apart) the better photo is ahead, by the same three.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.subtle_bursts import shoot as shoot_burst
from engine import pipeline
from engine.catalogue import Catalogue
from engine.files import shoot
from engine.models.faces import Faces
from engine.models.pack import Pack
from engine.models.student import Student
from engine.paths import resource
from engine.types import Card

JUDGES: dict[str, Callable[[Card], float]] = {
    "merit": lambda card: card.merit or 0.0,
    "score alone": lambda card: card.verdict.score if card.verdict else 0.0,
    "sharpest tile alone": lambda card: card.readings["sharpness"].value,
}


def ranked(folder: Path, by_hand: dict[str, str]) -> list[Card]:
    """The readable photos of a folder as the pipeline ranks them; `by_hand` says by name who stands together."""
    pack = Pack.open(resource("models", "starter"))
    found = shoot.read([folder])
    groups = {photo.path: by_hand[photo.path.name] for photo in found.photos}
    with tempfile.TemporaryDirectory() as cache, Catalogue.open(Path(cache)) as catalogue:
        steps = pipeline.rank(
            found,
            catalogue,
            Student.load(pack, "cpu"),
            faces=Faces.load(pack),
            grouping=lambda: pipeline.Grouping(by_hand=groups),
        )
        *_, last = steps
    return [card for card in last.cards if card.error is None]


def bursts(
    photos: Sequence[Path], count: int, frames: int, seed: int, share: float
) -> Iterator[tuple[str, list[Card]]]:
    """(name of the sharp frame, cards) of `count` bursts of each photo, one burst on disk at a time."""
    Image.MAX_IMAGE_PIXELS = None
    random = np.random.default_rng(seed)
    for photo in photos:
        pixels = np.asarray(Image.open(photo).convert("RGB"))
        for _ in range(count):
            burst = shoot_burst(pixels, random, frames, share)
            with tempfile.TemporaryDirectory() as place:
                names = [f"{number}.jpg" for number in range(frames)]
                for name, data in zip(names, burst.frames, strict=True):
                    (Path(place) / name).write_bytes(data)
                yield names[burst.sharpest], ranked(Path(place), dict.fromkeys(names, "burst"))


def _bursts(options: argparse.Namespace) -> None:
    share = 0.5 if options.slight else 1.0
    hits: dict[str, list[bool]] = {name: [] for name in JUDGES}
    for sharp, cards in bursts(options.photos, options.bursts, options.frames, options.seed, share):
        for name, judge in JUDGES.items():
            hits[name].append(max(cards, key=judge).path.name == sharp)
    print(f"{len(hits['merit'])} bursts of {options.frames}: the sharp frame comes first by")
    for name, found in hits.items():
        print(f"  {name:20} {100 * np.mean(found):5.1f} %")


def _series(options: argparse.Namespace) -> None:
    from training.data import biq2021
    from training.evaluate import bootstrap_pairs, regret

    photos = biq2021.load(options.data / "biq2021")
    photos = photos.where((photos.split == "val") & (photos.series >= 0))
    names = [Path(name).name for name in photos.names]
    with tempfile.TemporaryDirectory() as place:
        for name, own in zip(photos.names, names, strict=True):
            (Path(place) / own).write_bytes((photos.folder / name).read_bytes())
        together = dict(zip(names, (f"series {number}" for number in photos.series), strict=True))
        cards = {card.path.name: card for card in ranked(Path(place), together)}
    print(
        f"{len(np.unique(photos.series))} series of ss01 val: the better photo is ahead in this share of the pairs by"
    )
    for name, judge in JUDGES.items():
        values = np.array([judge(cards[own]) for own in names])
        best, lost = regret(values, photos.mos, photos.series)
        pairs = bootstrap_pairs(values, photos.mos, photos.series)
        print(f"  {name:20} {pairs}; best of series {best:.2f}, MOS lost by its first {lost:.3f}")


def main() -> None:
    """Rank and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tracks = parser.add_subparsers(dest="track", required=True)
    made = tracks.add_parser("bursts")
    made.add_argument("photos", type=Path, nargs="+", metavar="PHOTO")
    made.add_argument("--bursts", type=int, default=10, help="of each photo")
    made.add_argument("--frames", type=int, default=5)
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--slight", action="store_true", help="half as much defocus and shake")
    real = tracks.add_parser("series")
    real.add_argument("--data", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    (_bursts if options.track == "bursts" else _series)(options)


if __name__ == "__main__":
    main()
