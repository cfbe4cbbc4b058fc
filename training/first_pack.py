"""The starter packs 1.x from end to end: distil, fit the embedding, export, judge, write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.models.device import Network
from engine.models.pack import STUDENT, Pack
from engine.models.student import Student as PackedStudent
from engine.types import EMBEDDING_SIZE, ModelId
from training import card, pack
from training.cskd import distil
from training.cskd.student import Exported
from training.faces import shipped as shipped_faces
from training.figures import figures, lines
from training.vila import shipped as shipped_tower

VERSION = "1.5.0"
SPACE = "imagenet-mnv2/1"
_CARD = Path(__file__).with_name("first_card.md")
_COMPARED = 64  # photos of val on which ONNX is compared with torch


def make(
    data: Path,
    teachers: Path,
    out: Path,
    work: Path,
    recipe: Sequence[distil.Stage],
    leave_out: tuple[str, ...] = (),
    without: Sequence[tuple[str, Path]] = (),
    faces: Path | None = None,
    tower: Path | None = None,
) -> Pack:
    """Train (or resume) in `work`, then write the pack to `out` and figures.json to `work`.

    `without` names figures.json of runs that left a subset out, and tower.json of towers that did, for CARD.md. `faces`
    is what `python -m training faces` wrote and `tower` what `python -m training vila` and `vila-evaluate` did; they go
    into the pack. Raises ValueError if ONNX and torch differ, FileNotFoundError.
    """
    made = distil.run(data, teachers, work, recipe, leave_out)
    preprocess = made.preprocess
    val = made.photos.split == "val"
    pixels = made.pixels
    exported, model = _export(made)
    judged = [p for p, kept in zip(pixels, val, strict=True) if kept]
    inputs = torch.from_numpy(np.stack([preprocess.apply(p) for p in judged[:_COMPARED]]))
    difference = pack.difference(exported, model, inputs)
    if difference > pack.TOLERANCE:
        raise ValueError(f"ONNX and torch differ by {difference:.1e}, more than {pack.TOLERANCE:.0e}.")
    trial = {"pixels": inputs[:1].numpy()}
    student = PackedStudent(Network(STUDENT, model, trial, "cpu"), preprocess, ModelId("starter", VERSION, SPACE, ""))
    found = figures(student, made.photos.where(val), judged)
    print("\n".join(lines(found)))
    facts = _facts(made, recipe, leave_out) | {"difference": difference, "megabytes": len(model) / 1e6}
    facts["command"] += (" --faces FACES" if faces else "") + (" --tower TOWER" if tower else "")
    (work / "figures.json").write_text(json.dumps({"command": facts["command"], "figures": found}, indent=1))
    others = [(name, json.loads(path.read_text(encoding="utf-8"))) for name, path in without]
    students = {name: found for name, found in others if "student" in found["figures"]}
    towers = {name: found for name, found in others if "student" not in found["figures"]}
    provenance = {key: facts[key] for key in ("command", "ss01", "ss03", "twins")} | {"figures": found}
    sections = [shipped_faces.card(faces)] if faces else []
    sections += [shipped_tower.card(tower, towers)] if tower else []
    files = {STUDENT: model, card.CARD: card.write(_CARD, facts, found, students, *sections)}
    files |= shipped_faces.files(faces) if faces else {}
    files |= shipped_tower.files(tower) if tower else {}
    return pack.write(out, "starter", VERSION, SPACE, files, preprocess, provenance)


def _export(made: distil.Distilled) -> tuple[Exported, bytes]:
    components = pack.principal_components(torch.from_numpy(made.features[made.learn]), EMBEDDING_SIZE)
    exported = Exported(made.student, made.imagenet, *components, made.preprocess.size)
    return exported, pack.export_student(exported, made.preprocess.size)


def _facts(made: distil.Distilled, recipe: Sequence[distil.Stage], leave_out: tuple[str, ...]) -> dict[str, Any]:
    subset = made.photos.subset[made.learn]
    left = "".join(f" --leave-out {name}" for name in leave_out)
    return {
        "version": VERSION,
        "space": SPACE,
        "opset": pack.OPSET,
        "command": "python -m training distil --data DATA/biq2021 --out resources/models/starter"
        f" --epochs {' '.join(str(stage.schedule.epochs) for stage in recipe)}"
        f" --seed {recipe[0].schedule.seed}{left}",
        "size": made.preprocess.size,
        "photos": int((made.photos.split == "val").sum()),
        "ss01": int((subset == "ss01").sum()),
        "ss03": int((subset == "ss03").sum()),
        "twins": made.twins,
    }
