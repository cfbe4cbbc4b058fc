"""The starter pack: the distilled student and its tower in one space, the faces, and a card of what they are worth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from engine.models.student import Student
from engine.models.tower import Tower, space
from training import card, pack
from training.cskd import likeness, report
from training.cskd import shipped as shipped_student
from training.cskd.judged import Judged
from training.data import biq2021, labelled
from training.faces import shipped as shipped_faces
from training.figures import figures, lines
from training.vila import shipped as shipped_tower

VERSION = "2.1.0"
_CARD = Path(__file__).with_name("card.md")
_LENGTH = 2e-3
"""How far the length of an embedding in half precision may be from 1."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The folders that the recipes wrote."""

    student: Path
    """By `python -m training cskd`; what `cskd-evaluate` found is kept there too."""
    tower: Path
    """By `python -m training vila` and `vila-evaluate`, or an earlier pack: its tower is taken over."""
    faces: Path | None = None
    """By `python -m training faces`, or an earlier pack."""


def make(parts: Parts, data: Path, out: Path, without: Sequence[tuple[str, Path]] = ()) -> Pack:
    """Write the pack to `out`, once a trial of it has done what the engine asks of it.

    `data` is BIQ2021: what its val says of the student is computed where no report on this very file is beside it.
    `without` names figures.json of students, and tower.json of towers, that learned without a subset, for CARD.md.
    Raises FileNotFoundError, naming what is missing, PackError, or ValueError for parts that do not fit each other.
    """
    made = shipped_student.Made.read(parts.student, parts.tower)
    files = {**shipped_tower.files(parts.tower), **made.files}
    files |= shipped_faces.files(parts.faces) if parts.faces else {}
    shared = space({name: hashlib.sha256(file).hexdigest() for name, file in files.items()})
    others = _Others.read(without, data)
    sections = [shipped_faces.card(parts.faces)] if parts.faces else []
    sections.append(shipped_tower.card(parts.tower, others.towers))
    found = report.kept(parts.student) or _judged(parts.student, data)
    found["spread"] = made.facts["figures"].get("spread_crossed", found["spread"])
    preprocess = Preprocess(size=Judged.load(parts.student / STUDENT).preprocess.size)
    commands = _commands(made.facts, parts, without)
    told = {**made.told, **_told(found), "version": VERSION, "space": shared, "size": preprocess.size}
    told |= {"commands": "\n".join(f"    {command}" for command in commands)}
    files[card.CARD] = card.write(_CARD, told, found["figures"], others.students, *sections)
    provenance = {
        "command": " && ".join(commands),
        **{key: made.facts[key] for key in ("config", "learned", "held", "twins")},
        "side_by_side": made.facts["figures"]["side_by_side"],
        **{key: found[key] for key in ("figures", "spread", "unfamiliar", "robust")},
    }
    stated = (VERSION, shared, files, preprocess, provenance, {"likeness": _likeness(parts.student, data)})
    with TemporaryDirectory() as trial:
        check(pack.write(Path(trial), "starter", *stated))
    return pack.write(out, "starter", *stated)


def check(made: Pack) -> None:
    """See that the engine can use a pack: student and tower in one space, spread, strangeness, and every network.

    Raises PackError, or ValueError naming what a pack of this kind has to say and this one does not.
    """
    tower, student = Tower.needed(made, "cpu"), Student.load(made, "cpu")
    tower.load()
    frame = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    verdict = student.score(student.preprocess.apply(frame)[None])[0]
    if verdict.unfamiliar is None or verdict.attention is None:
        raise ValueError(f"{made.folder / STUDENT}: it does not say how strange a photo is, or where it looked.")
    if abs(float(np.linalg.norm(verdict.embedding.astype(np.float32))) - 1) > _LENGTH:
        raise ValueError(f"{made.folder / STUDENT}: its embeddings are not of length 1.")
    if not made.space == verdict.space == tower.space:
        raise ValueError(f"{made.folder}: student and tower are said to be of two spaces, {made.space}, {tower.space}.")


def evaluate(data: Path, folder: Path) -> dict[str, Any]:
    """Print and return the figures of a written pack on val."""
    photos = biq2021.load(data)
    photos = photos.where(photos.split == "val")
    found = figures(Student.load(Pack.open(folder), "cpu"), photos, biq2021.decode(photos))
    print("\n".join(lines(found)))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Others:
    """What was measured of students and towers that learned without a subset, by its name."""

    students: Mapping[str, Mapping[str, Any]]
    towers: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, without: Iterable[tuple[str, Path]], data: Path) -> _Others:
        """Raises FileNotFoundError."""
        students, towers = {}, {}
        for name, file in without:
            found = json.loads(pack.needed(file, "cskd` or `vila"))
            if "config" in found:
                judged = report.kept(file.parent)
                scores = judged["figures"] if judged else report.scores(file.with_name(STUDENT), data)
                students[name] = {"command": shipped_student.command(found), "figures": scores}
            else:
                towers[name] = found
        return cls(students, towers)


def _judged(folder: Path, data: Path) -> dict[str, Any]:
    """What `cskd-evaluate --out` would have kept."""
    print(f"{folder / report.REPORT}: none on this student. It is judged now, which takes minutes.", flush=True)
    found = report.judge(folder / STUDENT, data)
    report.write(folder, found)
    return found


def _likeness(folder: Path, data: Path) -> dict[str, list[float]]:
    """What a distance in the student's space means, from the photos to learn from."""
    photos = labelled.load("biq2021", data)
    return likeness.fit(folder / STUDENT, photos.where(photos.split == "train"))


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    """What CARD.md says of what the student is worth."""
    return {
        "photos": found["photos"],
        "uncertainty": "\n".join(report.uncertainty(found)),
        "familiarity": "\n".join(report.familiarity(found)),
        "robustness": "\n".join(report.robustness(found)),
    }


def _commands(facts: Mapping[str, Any], parts: Parts, without: Sequence[tuple[str, Path]]) -> list[str]:
    faces = " --faces FACES" if parts.faces else ""
    others = "".join(f" --without {name}={file.name}" for name, file in without)
    parts_of = f"--student FILES --tower TOWER{faces}"
    asked = "--student FILES/student.onnx --out FILES --teachers DATA/teachers"
    return [
        shipped_student.command(facts),
        f"python -m training cskd-evaluate --data DATA/biq2021 {asked}",
        f"python -m training starter --data DATA/biq2021 {parts_of} --out resources/models/starter{others}",
    ]
