"""PCCD (Chang et al., ICCV 2017): written critiques by seven aspects, guru_SPLIT.json, and photos by their titles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.data.commented import Commented, present, read

ASPECTS = (
    "general_impression",
    "subject_of_photo",
    "composition",
    "use_of_camera",
    "depth_of_field",
    "color_lighting",
    "focus",
)
"""In the order of the scores."""
SPLITS = {"train": "train", "val": "val", "test": "test"}


@dataclass(frozen=True, slots=True)
class Critique:
    """One photo's critique."""

    photo: Commented
    """With the texts of all aspects that have one."""
    aspects: dict[str, str]
    """Aspect to text; an aspect without one is left out."""
    scores: dict[str, float]
    """Aspect to score, 1-10."""
    overall: float | None
    """1-10."""


def load(folder: Path, images: Path, missing: bool = False) -> list[Critique]:
    """All critiques of `folder` whose photo lies in `images`; those without a photo too if `missing`.

    Raises FileNotFoundError if there is no guru_*.json or pccd_*.json, ValueError naming one of another form.
    """
    files = [
        (split, file) for split in SPLITS for head in ("guru", "pccd") for file in folder.glob(f"{head}_{split}*.json")
    ]
    if not files:
        raise FileNotFoundError(f"{folder}: no critiques of PCCD are there. Name the folder of guru_train.json.")
    found = []
    for split, file in files:
        try:
            found += [_critique(row, images, split) for row in read(file)]
        except (KeyError, TypeError, AttributeError) as cause:
            raise ValueError(f"{file}: not in the form of PCCD ({cause!r}). Fetch it again.") from cause
    return found if missing else [critique for critique in found if present([critique.photo])]


def _critique(row: dict[str, Any], images: Path, split: str) -> Critique:
    aspects = {name: text for name in ASPECTS if (text := (row.get(name) or "").strip())}
    scores = {
        name: float(value) for name, value in zip(ASPECTS, row.get("score") or (), strict=False) if _number(value)
    }
    overall: Any = row.get("overall")
    title = str(row["title"])
    path = images / title
    return Critique(
        Commented(path if path.suffix else path.with_name(f"{title}.jpg"), tuple(aspects.values()), split),
        aspects,
        scores,
        float(overall) if _number(overall) else None,
    )


def _number(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and value.replace(".", "", 1).isdigit())
