"""Pairs: every photo, untouched and with flaws put in, and what is said of it; the same arguments give the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from engine.types import Reading
from training.data import biq2021, twins
from training.vila import caption, facts, flaws, look, scenes
from training.vila.facts import Facts
from training.vila.look import Columns, Looks

LABELS = "imagenet_labels.txt"
FOLDS = 5
SEED = 20261121
_LEAST_MOS = 0.45
"""MOS of the photos that flaws are put into."""
_Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Pair:
    """One photo, with or without a flaw, and what is said of it."""

    path: Path
    name: str
    """Path below the data set."""
    subset: str
    series: int
    """-1 for a photo that stands alone."""
    split: str
    """"train" or "val"."""
    mos: float
    """Of the untouched photo, 0-1."""
    flaw: str | None
    strength: float
    seed: int
    fold: int
    """0 to FOLDS - 1; a series, and photos that nearly equal each other, share one."""
    caption: str
    """A critique with the tags of its claims."""
    plain: str
    """A short caption without tags."""
    facts: Facts = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """What its pixels follow from; pairs with equal keys have equal pixels."""
        return key(self.name, self.flaw, self.strength, self.seed)

    def pixels(self) -> _Pixels:
        """[h, w, 3] sRGB."""
        return _pixels(self.path.parents[1], self.key)

    def said(self, seed: int) -> tuple[str, str]:
        """Another critique and another short caption of the same facts: (caption, plain)."""
        own = crc32(f"{self.key}|{seed}".encode())
        return caption.critique(self.facts, own), caption.plain(self.facts, own)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where pairs come from."""

    data: Path
    """BIQ2021."""
    teachers: Path
    pack: Path
    """A pack with a student that says where it looked."""
    work: Path
    """Where what was measured is kept."""
    leave_out: tuple[str, ...] = ()
    """Subsets of the data, of which val stays to judge by, or of facts.SOURCES."""


def pairs(sources: Sources, flawed: int = 2, seed: int = SEED) -> list[Pair]:
    """Each photo untouched, and `flawed` times with a flaw that suits it, in the order of labels.csv; photos with level
    lines are tilted as many times besides.

    Photos of train that nearly equal one of val are left out. Raises ValueError for an unknown source in `leave_out`,
    FileNotFoundError for a photo or a teacher that is not there.
    """
    unknown = set(sources.leave_out) - {*biq2021.SUBSETS, *facts.SOURCES}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no source of pairs. There are {', '.join(facts.SOURCES)}.")
    every = biq2021.load(sources.data)
    photos = every.where(~np.isin(every.subset, sources.leave_out) | (every.split == "val"))
    looks = looked(sources, photos)
    features = np.stack([looks.of(name, "features") for name in photos.names]).astype(np.float32)
    stays = ~((photos.split == "train") & twins.of(features, features[photos.split == "val"]))
    photos, features = photos.where(stays), features[stays]
    folds = _folds(photos, features)
    labels = (sources.teachers / LABELS).read_text(encoding="utf-8").splitlines()[1:]
    scene = scenes.seen(looks, photos.names.tolist(), scenes.labels())
    known = [
        facts.of(looks, str(name), float(mos), labels, scene[str(name)], sources.leave_out)
        for name, mos in zip(photos.names, photos.mos, strict=True)
    ]
    drawn = [
        _drawn(one, looks.readings(str(name)), str(name), flawed, seed)
        for one, name in zip(known, photos.names, strict=True)
    ]
    measured = _measured(sources, [k for some in drawn for k in some])
    return [
        _pair(photos, row, one, int(folds[row]), key_)
        for row, untouched in enumerate(known)
        for key_, one in _variants(str(photos.names[row]), untouched, drawn[row], measured)
    ]


def looked(sources: Sources, photos: biq2021.Photos) -> Looks:
    """What was measured of untouched photos; what is missing is measured now."""

    @cache
    def looker() -> look.Looker:
        return look.Looker(sources.teachers, sources.pack)

    def measure(pictures: Sequence[_Pixels]) -> Columns:
        return looker()(pictures)

    return look.kept(sources.work / "looks", photos.names.tolist(), _reader(sources.data), measure)


def key(name: str, flaw: str | None = None, strength: float = 0.0, seed: int = 0) -> str:
    """The key of a photo's pixels with a flaw put in by the kernels of training."""
    return name if flaw is None else f"{name}|{flaw}|{strength:g}|{seed}"


def suits(kind: str, readings: Mapping[str, Reading], known: Facts) -> bool:
    """Whether a flaw can be seen in a photo once it is put in: a tilt where lines are level, too much light where it is
    not night, a cast where there is colour, and none that it has already."""
    value = {name: reading.value for name, reading in readings.items()}
    if kind in known.faults:
        return False
    if kind == "tilt":
        sure = readings["tilt"].confidence or 0.0
        return sure >= 0.5 and abs(value["tilt"]) <= 1.5
    return {
        "defocus": value["sharpness"] >= readings["sharpness"].normal[0],
        "motion": value["sharpness"] >= readings["sharpness"].normal[0],
        "underexposed": -1.9 <= value["exposure"] <= 1.8,
        "overexposed": value["exposure"] >= -1.5,
        "clipped_highlights": value["exposure"] >= -1.5 and value["clipping_high"] <= 0.1,
        "low_contrast": value["contrast"] >= 0.12,
        "colour_cast": "monochrome" not in known.claims,
    }.get(kind, True)


def _drawn(known: Facts, readings: Mapping[str, Reading], name: str, count: int, seed: int) -> list[str]:
    """Keys of the flaws that a photo gets: of `count` kinds, and tilted `count` times where that can be seen."""
    if known.mos < _LEAST_MOS or known.faults:
        return []
    random = np.random.default_rng([seed, crc32(name.encode())])
    fitting = [kind for kind in flaws.table() if suits(kind, readings, known)]
    rest = [kind for kind in fitting if kind != "tilt"]
    kinds = [rest[i] for i in random.permutation(len(rest))][:count]
    # Lines tell of a tilt in one photo of ten: those are tilted as often as makes up for it.
    kinds += ["tilt"] * count if "tilt" in fitting else []
    return [key(name, kind, flaws.table()[kind].draw(random), int(random.integers(2**31))) for kind in kinds]


def _variants(name: str, untouched: Facts, drawn: Sequence[str], measured: Looks) -> list[tuple[str, Facts]]:
    found = [(key(name), untouched)]
    for flawed in drawn:
        _, kind, strength, own = flawed.split("|")
        hue = flaws.hue(int(own)) if kind == "colour_cast" else None
        found.append((flawed, facts.flawed(untouched, kind, float(strength), measured.readings(flawed), hue)))
    return found


def _pair(photos: biq2021.Photos, row: int, known: Facts, fold: int, pixels: str) -> Pair:
    name = str(photos.names[row])
    _, flaw, strength, seed = (*pixels.split("|"), None, "0", "0")[:4] if "|" not in pixels else pixels.split("|")
    own = crc32(pixels.encode())
    return Pair(
        photos.folder / name,
        name,
        str(photos.subset[row]),
        int(photos.series[row]),
        str(photos.split[row]),
        float(photos.mos[row]),
        flaw,
        float(strength or 0),
        int(seed or 0),
        fold,
        caption.critique(known, own),
        caption.plain(known, own),
        known,
    )


def _measured(sources: Sources, keys: Sequence[str]) -> Looks:
    return look.kept(sources.work / "flawed", keys, _reader(sources.data), look.readings_alone)


def _reader(data: Path) -> Callable[[str], _Pixels]:
    return lambda pixels: _pixels(data, pixels)


def _pixels(data: Path, pixels: str) -> _Pixels:
    name, *flaw = pixels.split("|")
    shown = look.decoded(data, name)
    return flaws.inject(shown, flaw[0], float(flaw[1]), int(flaw[2])) if flaw else shown


def _folds(photos: biq2021.Photos, features: NDArray[np.float32]) -> NDArray[np.int64]:
    """[N] 0 to FOLDS - 1, equal for the frames of a series and for near twins."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    clusters = np.unique(photos.clusters(), return_inverse=True)[1]
    rows, columns = [], []
    for start in range(0, len(unit), 512):
        near = np.argwhere(unit[start : start + 512] @ unit.T > twins.LIKENESS)
        rows.append(clusters[near[:, 0] + start])
        columns.append(clusters[near[:, 1]])
    row, column = np.concatenate(rows), np.concatenate(columns)
    size = int(clusters.max(initial=-1)) + 1
    _, component = connected_components(coo_matrix((np.ones(len(row)), (row, column)), shape=(size, size)))
    # The name of the first photo of a component decides, so that the order of the others does not matter.
    of_photo = component[clusters]
    first = {int(c): str(n) for c, n in zip(of_photo[::-1], photos.names[::-1], strict=True)}
    return np.asarray([crc32(first[int(c)].encode()) % FOLDS for c in of_photo], np.int64)


def learned(of: Sequence[Pair], held_out: int | None = None, splits: Collection[str] = ("train",)) -> list[Pair]:
    """The pairs of these splits, without those of a fold that is held out."""
    return [pair for pair in of if pair.split in splits and pair.fold != held_out]
