"""Faces from end to end: labels, both networks, export, figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine import atomic
from engine.models.eyes import EYES
from engine.models.face_detector import FACES, INPUT
from engine.models.face_refiner import LANDMARKS
from training.faces import detector, eye_crops, eyes, photos, proposals, refiner, train_detector
from training.faces.figures import FIGURES, figures, lines
from training.faces.shipped import files
from training.pack import TOLERANCE, difference

EPOCHS = (14, 9, 25, 20)
"""Of both stretches of the detector, of the second look and of the eyes."""


def make(data: Path, teachers: Path, out: Path, work: Path, epochs: Sequence[int] = EPOCHS, seed: int = 0) -> None:
    """Train (or resume) in `work`, then write the networks and figures.json to `out`.

    `data` holds biq2021/ and eye-state/. Raises FileNotFoundError naming what is missing, ValueError if ONNX and torch
    differ.
    """
    splits = photos.load(data / "biq2021", teachers, work)
    crops = eye_crops.load(data / "eye-state")
    print(
        f"{len(splits.learn)} photos to learn from ({splits.twins} twins left out), {len(splits.development)} for "
        f"development, {len(splits.val)} in val; {len(crops.learn)}, {len(crops.development)} and {len(crops.test)} "
        f"eye crops ({crops.left_out} left out)"
    )
    models, differences = _trained(splits, crops, work, epochs, seed)
    if max(differences.values()) > TOLERANCE:
        raise ValueError(f"ONNX and torch differ by {differences}, more than {TOLERANCE:.0e}.")
    for name, model in models.items():
        atomic.write(out / name, model)
    measured = figures(models, splits.val, photos.mirrored(splits.val, teachers, work), crops.test)
    print("\n".join(lines(measured)))
    facts = {
        "command": "python -m training faces --data DATA --out FOLDER"
        f" --epochs {' '.join(str(count) for count in epochs)} --seed {seed}",
        "figures": measured,
        "differences": differences,
        "megabytes": sum(map(len, models.values())) / 1e6,
        "photos": len(splits.learn),
        "twins": splits.twins,
        "eye_crops": len(crops.learn),
    }
    atomic.write(out / FIGURES, json.dumps(facts, indent=1).encode())


def _trained(
    splits: photos.Splits, crops: eye_crops.EyeSplits, work: Path, epochs: Sequence[int], seed: int
) -> tuple[dict[str, bytes], dict[str, float]]:
    """(the three networks by file name, how far each is from torch)."""
    found = train_detector.train(splits, train_detector.schedules(epochs[:-2], seed), work)
    models = {FACES: train_detector.export(found)}
    proposed = [
        proposals.of(part.pixels, models[FACES], work / f"proposals-{name}.npz")
        for name, part in (("learn", splits.learn), ("development", splits.development))
    ]
    looked = refiner.train(splits, proposed[0], proposed[1], refiner.schedule(epochs[-2], seed), work / "refiner")
    told = eyes.train(crops, splits.learn, eyes.schedule(epochs[-1], seed), work / "eyes")
    models |= {LANDMARKS: refiner.export(looked), EYES: eyes.export(told)}
    differences = {
        FACES: difference(detector.Exported(found, INPUT), models[FACES], train_detector.example()),
        LANDMARKS: difference(refiner.Exported(looked), models[LANDMARKS], refiner.example(), "crops"),
        EYES: difference(eyes.Exported(told), models[EYES], eyes.example(), "crops"),
    }
    return models, differences


def evaluate(data: Path, teachers: Path, folder: Path, work: Path) -> dict[str, Any]:
    """Print and return the figures of the networks in `folder`, a pack or what `make` wrote."""
    judged = photos.val(data / "biq2021", teachers, work)
    test = eye_crops.load(data / "eye-state").test
    measured = figures(files(folder), judged, photos.mirrored(judged, teachers, work), test)
    print("\n".join(lines(measured)))
    return measured
