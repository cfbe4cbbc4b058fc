"""What a pack gets of a folder that the recipe of the student wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load

from engine.models.pack import STUDENT
from engine.models.rank_adapter import ADAPTER
from training.cskd import config, report
from training.pack import OPSET, needed

FIGURES = "figures.json"
"""What of a finished run goes into CARD.md, beside the files."""
_ASKED = {
    "adapter": "the tower's rank adapter",
    "nima": "NIMA MobileNet",
    "pack": "an earlier student",
    "teacher": "a larger network",
}
_LOOKS = (
    " Its second half, how a picture looks to ImageNet's network, is not learned: that network is in the file,\n"
    "  and the half is the tower's own."
)
_CALIBRATED = {
    "held": "the spread and what is familiar are fitted on them",
    "val": "what is familiar is fitted on them. The network that it starts from had learned from them too, so the "
    "spread is fitted on val; what is said of it below is said, fifth by fifth, of fits on the other series of val",
}


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A finished run."""

    files: Mapping[str, bytes]
    """student.onnx and adapter.safetensors."""
    facts: Mapping[str, Any]
    """FIGURES."""

    @classmethod
    def read(cls, folder: Path, tower: Path) -> Made:
        """Raises FileNotFoundError, naming the file, or ValueError for a student of another tower than that of the
        folder `tower`, without one, or with the figures of another.
        """
        files = {name: needed(folder / name, "cskd") for name in (STUDENT, ADAPTER)}
        facts = json.loads(needed(folder / FIGURES, "cskd"))
        again = "Run `python -m training cskd` again."
        if facts["figures"]["megabytes"] != len(files[STUDENT]) / 1e6:
            raise ValueError(f"{folder / FIGURES}: not of the {STUDENT} beside it. {again}")
        if "side_by_side" not in facts["figures"]:
            raise ValueError(f"{folder / FIGURES}: of a student that was aligned with no tower. {again}")
        own, other = (load(file)["anchor"] for file in (files[ADAPTER], needed(tower / ADAPTER, "vila")))
        # Bringing it to length 1 once more may move its last bit.
        if own.shape != other.shape or not np.allclose(own, other, atol=1e-6):
            raise ValueError(f"{folder / ADAPTER}: the student was aligned with another tower than that of {tower}.")
        return cls(files, facts)

    @property
    def told(self) -> dict[str, Any]:
        """What CARD.md says of how it was made."""
        facts, how = self.facts, self.facts["config"]
        align = how["align"]
        left = left_out(facts)
        differences = facts["figures"]["differences"]
        stages = [_stage(stage) for stage in how["stages"]]
        asked = [f"{_ASKED.get(one['kind'], one['kind'])}, weight {one['weight']:g}" for one in how["asked"]]
        return {
            "backbone": how["student"]["backbone"],
            "opset": OPSET,
            "megabytes": facts["figures"]["megabytes"],
            "learned": facts["learned"],
            "held": facts["held"],
            "twins": facts["twins"],
            "twin": how["twins"],
            "left": f", none of {' or '.join(left)}" if left else "",
            "begun": "\n".join(_begun(facts)),
            "late": _late(how),
            "looks": _LOOKS if how["student"]["looks"] else "",
            "calibrated": _CALIBRATED[how["calibrate"]],
            "aligned": _aligned(align) if align else "left out",
            "stages": ", ".join(stages),
            "asked": "; ".join(asked) or "none was",
            "difference": ", ".join(f"{value:.0e} ({name})" for name, value in differences.items()),
            "side_by_side": "\n".join(report.side_by_side(facts["figures"]["side_by_side"])),
        }


def _begun(facts: Mapping[str, Any]) -> list[str]:
    """Rows on what the network begins with."""
    imagenet = "| MobileNetV2, ImageNet (google-coral/test_data) | {} | Apache-2.0 |"
    if facts["begun"] is None:
        return [imagenet.format("the weights it starts from")]
    return [
        f"| the student of the pack {facts['begun']}, of the same photos | the weights it starts from | see there |",
        imagenet.format("the weights that that one started from; what nearly equals a photo of val"),
    ]


def _late(how: Mapping[str, Any]) -> str:
    """How often a student has late layers, and what for."""
    anew = sum(stage["judging"] is not None for stage in how["stages"])
    if not anew or not how["student"]["beside"]:
        return "twice, once for judging and once for seeing"
    return f"{anew + 2} times, {anew + 1} for judging, the mean of them all, and once for seeing"


def _stage(how: Mapping[str, Any]) -> str:
    half = "" if how["kept"] == 1 else f", of whose way the weights go {how['kept']:.0%}"
    anew = "" if how["judging"] is None else ", for which what judges begins anew"
    return f"{_epochs(how)}{half}{anew}"


def _epochs(how: Mapping[str, Any]) -> str:
    return f"{how['epochs']} epoch{'s' * (how['epochs'] != 1)} at {how['size']} px"


def _aligned(how: Mapping[str, Any]) -> str:
    stays = "" if how["trunk"] else ", while the trunk and the layers that judge stay as they are"
    return f"{_epochs(how)}{stays}"


def left_out(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Subsets that a run learned nothing from."""
    return tuple(name for source in facts["config"]["labelled"] for name in source["leave_out"])


def command(facts: Mapping[str, Any]) -> str:
    """What makes the same student again."""
    left = "".join(f" --leave-out {name}" for name in left_out(facts))
    return f"python -m training cskd --config {_recipe(facts)} --data DATA --tower TOWER --out FILES{left}"


def _recipe(facts: Mapping[str, Any]) -> str:
    """The recipe that comes along and that a run followed, but for subsets left out; else no file in particular."""
    followed = _whole(facts["config"])
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        if _whole(json.loads(json.dumps(asdict(config.load(file))))) == followed:
            return f"training/cskd/{file.name}"
    return "CONFIG.toml"


def _whole(how: Mapping[str, Any]) -> dict[str, Any]:
    return {**how, "labelled": [{**source, "leave_out": []} for source in how["labelled"]]}
