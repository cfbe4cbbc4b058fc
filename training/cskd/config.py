"""A recipe of CSKD as a TOML file has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from training.cskd.align import Alignment
from training.cskd.skd import Stage, Weights


@dataclass(frozen=True, slots=True)
class Source:
    """Photos below the folder of the data."""

    folder: str
    kind: str = "folder"
    """Of a labelled set: one of training.data.labelled.KINDS."""
    weight: float = 1.0
    """Its share of a batch, relative to the other sources."""
    leave_out: tuple[str, ...] = ()
    """Subsets of a labelled set that are not learned from; val stays whole to judge by."""


@dataclass(frozen=True, slots=True)
class Network:
    """What learns."""

    backbone: str = "mobilenet_v2"
    """A name of training.cskd.backbones."""
    weights: str | None = None
    """To begin with: a file, or a pack, below the folder of the data, "pretrained", or none."""
    seeing: str | None = None
    """Weights that the late layers which see begin with, if not the same."""
    looks: str | None = None
    """Weights of the network by which the tower says how a picture looks: that half of its embedding is then taken over
    as it is (training.cskd.looks); by default all of it is learned."""
    split: int | None = None
    """Layers of the trunk; by default as the network's builder finds good."""
    doubled: bool = True
    """Late layers of their own for judging and for seeing."""
    size: int | None = None
    """Width and height, pixels, of what the finished student looks at; by default that of its last stage."""
    beside: bool = False
    """Whether what judged before stages whose `judging` begins anew judges beside it in the end: the mean of all."""


@dataclass(frozen=True, slots=True)
class Looks:
    """At what the target and the teachers look."""

    crops: int = 1
    """Crops of each photo, beside the whole frame."""
    flawed: int = 1
    """Copies of each photo with a flaw."""
    gigabytes: float = 1.0
    """That the target's embeddings may take."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A judge whose word is taken where people said nothing."""

    kind: str
    """"pack", "nima", "adapter" (the tower's) or "teacher" (what `teacher` trained)."""
    path: str = ""
    """Of a pack or a TFLite file, below the folder of the data or the working folder; "" for the bundled pack."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Teacher:
    """A larger network that is aligned and learns from labels first."""

    network: Network
    align: Alignment | None
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """A whole recipe."""

    student: Network
    labelled: tuple[Source, ...]
    stages: tuple[Stage, ...]
    unlabelled: tuple[Source, ...] = ()
    looks: Looks = field(default_factory=Looks)
    align: Alignment | None = None
    """None to leave CFA out."""
    shuffled: bool = False
    """Align to the embeddings of other photos: a control, never a recipe."""
    teacher: Teacher | None = None
    asked: tuple[Asked, ...] = ()
    weights: Weights = field(default_factory=Weights)
    seed: int = 0
    held: float = 0.06
    """Share of the photos to learn from, by series, that calibrate the spread and set the limit of what is familiar."""
    calibrate: Literal["held", "val"] = "held"
    """On what the spread is fitted: "val" where the network to begin with has learned from what is held out. What is
    said of the spread on val is then said of fits on the other series of val."""
    share: float = 1.0
    """Of the photos to learn from, by series, that are taken: less for a trial."""
    twins: float = 0.9
    """Cosine of features from which a photo is left out as a twin of one of val; 1 for none."""
    twins_by: str | None = None
    """Weights, for the student's backbone, whose features those are; by default those that the student begins with."""
    cache_gigabytes: float = 8.0
    """That decoded pictures may take on disk."""


def load(file: Path) -> Config:
    """Read a recipe. Raises FileNotFoundError, or ValueError naming the file and what is not understood in it."""
    from dacite import Config as Rules
    from dacite import DaciteError, from_dict

    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return from_dict(Config, table, Rules(cast=[tuple], type_hooks={float: float}, strict=True))
    except (tomllib.TOMLDecodeError, DaciteError) as cause:
        raise ValueError(f"{file}: {cause}. docs/cskd.md describes a recipe.") from cause
