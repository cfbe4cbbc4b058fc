"""The figures of the networks that find faces, measured and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.models.eyes import EYES
from engine.models.faces import THRESHOLD, Faces
from training.faces import eyes, judge
from training.faces.eye_crops import EyeCrops
from training.faces.photos import Labelled
from training.faces.pseudo_labels import EDGE, Labels

FIGURES = "figures.json"


def figures(models: Mapping[str, bytes], val: Labelled, mirrored: Sequence[Labels], test: EyeCrops) -> dict[str, Any]:
    """Faces found in photos, for three ideas of what must be found, and the eyes of crops.

    `mirrored`: what YuNet sees in the mirrored photos, judged beside.
    """
    seen = judge.look(Faces.of(models.__getitem__, Path()), val)
    teacher = judge.as_found(mirrored, val)
    return {
        "faces": {f"{sure:.1f}": judge.figures(judge.judge(seen, val, sure), THRESHOLD) for sure in judge.SURE},
        "teacher": {f"{sure:.1f}": judge.figures(judge.judge(teacher, val, sure), THRESHOLD) for sure in judge.SURE},
        "eyes": eyes.figures(models[EYES], test, val),
    }


def lines(found: Mapping[str, Any]) -> list[str]:
    """The figures as a person reads them."""
    said = []
    for sure, of in found["faces"].items():
        recall, error = _range(of["recall_at_precision_interval"]), _range(of["landmark_error_interval"])
        itself = found["teacher"][sure]
        said.append(
            f"faces over {judge.LEAST_SIZE} px at {EDGE} of which YuNet is sure at {sure} ({of['faces']}): "
            f"recall {of['recall_at_precision']:.3f} {recall} at precision {judge.PRECISION:.2f} "
            f"(YuNet in a mirror {itself['recall_at_precision']:.3f}); "
            f"at confidence {THRESHOLD} recall {of['recall']:.3f}, precision {of['precision']:.3f}; "
            f"landmarks off by {of['landmark_error']:.3f} {error} of the distance between the eyes, median "
            f"{of['landmark_error_median']:.3f} (YuNet in a mirror {itself['landmark_error']:.3f}, median "
            f"{itself['landmark_error_median']:.3f})"
        )
    of = found["eyes"]
    said.append(
        f"eyes, {of['eyes']} crops held out: balanced accuracy {of['balanced_accuracy']:.3f} "
        f"{_range(of['balanced_accuracy_interval'])} of what is told, {of['unknown']:.1%} cannot tell "
        f"({of['balanced_accuracy_unknown_wrong']:.3f} if that counts as wrong)"
    )
    sides = ", ".join(f"{value:.3f} at {side} px" for side, value in of["by_side"].items())
    said.append(f"eyes reduced, where cannot tell counts as wrong: {sides}")
    said.append(f"no eye, dark glass, too soft: cannot tell in {of['unknown_of_made_unknowns']:.1%}")
    return said


def _range(interval: Sequence[float]) -> str:
    return f"[{interval[0]:.3f}, {interval[1]:.3f}]"
