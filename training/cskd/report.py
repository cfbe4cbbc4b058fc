"""What a distilled student is worth on val, kept beside its file: what CARD.md says of it, and docs/cskd.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.models.pack import STUDENT
from engine.models.student import Student
from engine.types import ModelId
from training import figures, ridge
from training.cskd import judged
from training.cskd.judged import Judged
from training.data import biq2021, labelled

REPORT = "report.json"
EDITION = 2
"""Of what a report holds: one of another edition counts as none."""
_WORDS = {
    "wide": "a crop to 3:2",
    "recompressed": "JPEG at quality 85",
    "trimmed": "a crop of 2 %",
    "mirrored": "a mirror",
}
"""How training.cskd.robust names a change, for people."""


@dataclass(frozen=True, slots=True)
class Control:
    """A regression on frozen networks (training.ridge), asked beside the student."""

    teachers: Path
    """Folder of the networks."""
    work: Path
    """Where what they see is kept."""


def judge(file: Path, data: Path, control: Control | None = None) -> dict[str, Any]:
    """Every figure of a student.onnx on val of the BIQ2021 in `data`, ready for JSON. Takes minutes.

    Raises FileNotFoundError, PackError.
    """
    photos = labelled.load("biq2021", data)
    val = photos.where(photos.split == "val")
    facts = {"edition": EDITION, "sha256": _sha256(file), "photos": len(val), "figures": scores(file, data, control)}
    return facts | judged.figures(file, val)


def scores(file: Path, data: Path, control: Control | None = None) -> dict[str, Any]:
    """The figures that every student's card has (training.figures), as the engine runs the file."""
    student = Judged.load(file)
    photos = biq2021.load(data)
    val = photos.where(photos.split == "val")
    runs = Student(student.network, student.preprocess, ModelId(file.stem, "", "", ""))
    return figures.figures(runs, val, biq2021.decode(val), _asked(data, control))


def _asked(data: Path, control: Control | None) -> dict[str, NDArray[np.float32]]:
    if control is None:
        return {}
    photos = labelled.load("biq2021", data)
    learn, val = photos.where(photos.split == "train"), photos.where(photos.split == "val")
    return {"ridge_on_frozen": ridge.scores(ridge.networks(control.teachers), learn, val, control.work)}


def write(folder: Path, found: Mapping[str, Any]) -> None:
    """Keep what `judge` found in `folder`."""
    (folder / REPORT).write_text(json.dumps(found, indent=1), encoding="utf-8")


def kept(folder: Path) -> dict[str, Any] | None:
    """What was found of the student.onnx in `folder`, if it is still the same file and nothing is asked now that was
    not asked then. Raises FileNotFoundError."""
    wanted = (EDITION, _sha256(folder / STUDENT))
    file = folder / REPORT
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found if (found.get("edition"), found.get("sha256")) == wanted else None


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def uncertainty(found: Mapping[str, Any]) -> Iterator[str]:
    """The spread by subset, as a Markdown list."""
    for name in _subsets(found["spread"], "coverage "):
        share, low, high = found["spread"][f"coverage {name}"]
        yield (
            f"- {name}: {share:.3f} [{low:.3f}, {high:.3f}] of people's means lie inside; the spread is "
            f"{found['spread'][f'spread {name}']:.2f} points on average, and goes with the error at an SRCC of "
            f"{found['spread'][f'SRCC of spread and error {name}']:.2f}"
        )


def familiarity(found: Mapping[str, Any]) -> Iterator[str]:
    """Strangers as a Markdown table, then photos that are flagged though they are photos."""
    unfamiliar = found["unfamiliar"]
    yield "| drawn by code | AUROC | flagged |"
    yield "| --- | --- | --- |"
    for kind in _subsets(unfamiliar, "AUROC "):
        yield f"| {kind} | {unfamiliar[f'AUROC {kind}']:.3f} | {unfamiliar[f'flagged {kind}']:.1%} |"
    yield f"| all | {unfamiliar['AUROC']:.3f} | |"
    yield ""
    flags = [f"{name} {unfamiliar[f'false flags {name}']:.1%}" for name in _subsets(unfamiliar, "false flags ")]
    yield f"Photographs that are flagged all the same: {', '.join(flags)}."


def robustness(found: Mapping[str, Any]) -> Iterator[str]:
    """How steady the score is, as Markdown."""
    robust = found["robust"]
    yield "| the score moves by, in points | median | p95 | most |"
    yield "| --- | --- | --- | --- |"
    for name in _subsets(robust, "moved by "):
        yield _moves(_WORDS.get(name, name), robust[f"moved by {name}"])
    if "moved from 512 to 256 px" in robust:
        yield _moves("256 instead of 512 px (ss01)", robust["moved from 512 to 256 px"])
    yield ""
    if "ss01 at 256 px" in robust:
        yield f"SRCC on ss01 is {robust['ss01 at 512 px']:.3f} at 512 px and {robust['ss01 at 256 px']:.3f} at 256 px."
    each = ", ".join(f"{kind.replace('_', ' ')} {share:.1%}" for kind, share in robust["degraded"].items())
    yield (
        "A photo scores higher than its own copy with a clear flaw, put in with kernels that no training uses, in "
        f"{robust['degraded, all']:.1%} of the pairs: {each}. Of the half of the photos that people rate higher "
        f"{robust['degraded, better half']:.1%} do, of the other {robust['degraded, other half']:.1%}."
    )


def side_by_side(compared: Mapping[str, Any]) -> Iterator[str]:
    """Tower and student as training.cskd.shared_adapter compared them, as Markdown."""
    both = [compared["tower"], compared["student"]]
    yield "| | tower | student |"
    yield "| --- | --- | --- |"
    for how, words in (("adapter", "SRCC by the rank adapter"), ("zero_shot", "SRCC by the good/bad pairs")):
        for name in both[0].get(how, ()):
            yield f"| {words}, {name} | " + " | ".join(f"{one[how][name]:.3f}" for one in both) + " |"
    if both[0].get("words") is not None:
        found = " | ".join(f"{one['words']:.3f}" for one in both)
        yield f"| words: share of the first ten that somebody saw it in | {found} |"
    yield ""
    yield (
        f"Of the ten photos nearest to a photo, {compared['retrieval']:.1%} are the same to both. What the tower "
        f"sees nearest to the student's embedding of a photo is that photo for {compared['crossed']:.1%}."
    )


def _moves(name: str, moves: list[float]) -> str:
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in moves) + " |"


def _subsets(found: Mapping[str, Any], prefix: str) -> list[str]:
    return [name.removeprefix(prefix) for name in found if name.startswith(prefix)]
