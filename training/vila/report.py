"""The figures of a written pack's tower on val: what its critiques say, what a search finds, which styles it knows.

Everything runs as the application runs it: ONNX Runtime, the engine's preprocessing, the readings of the same pixels.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine import seeing
from engine.models.pack import Pack
from engine.models.tower import Tower
from training.vila import critics, fidelity, style_set, word_search, zero_shot
from training.vila.fidelity import Agreement, Fidelity
from training.vila.pairs import Pair, Sources, pairs

REPORT = "report.json"
ALONE = 0.7
"""Share of the clear flaws that the decoder has to name by itself."""
STYLE_SHOWN = 0.5
"""Mean average precision from which a pack's styles may be offered as filters."""
_STYLED = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What to judge, and how much of it."""

    sources: Sources
    count: int = 60
    """Photos a kind of flaw."""
    seed: int = 7
    beam: int = 1
    alone: bool = True
    """Whether the decoder is judged without the readings too."""
    held_out: int | None = None
    """The fold that the tower did not learn from: word search alone is judged, on its photos and val."""


def judge(folder: Path, asked: Asked) -> dict[str, Any]:
    """Every figure of the pack in `folder`, ready for JSON; `lines` says them. Raises PackError, FileNotFoundError.

    Of a tower that was made without a fold, "held_out": what it finds in photos that no caption was learned from.
    """
    tower = Tower.needed(Pack.open(folder), "cpu")
    every = pairs(asked.sources, flawed=0)
    photos = [pair for pair in every if pair.split == "val"]
    if asked.held_out is not None:
        unseen = [pair for pair in every if pair.split == "val" or pair.fold == asked.held_out]
        return {"held_out": searched(tower, unseen)}
    with tqdm(unit="critique", mininterval=10) as progress:

        def counted(captioner: fidelity.Captioner) -> fidelity.Captioner:
            def write(pixels: NDArray[np.uint8]) -> str:
                progress.update()
                return captioner(pixels)

            return write

        checked = counted(critics.checked(tower))
        found = {
            "fidelity": asdict(fidelity.judge(photos, checked, asked.seed, asked.count)),
            "failed": asdict(fidelity.agreement(fidelity.failed(), asked.sources.data, checked)),
        }
        if asked.alone:
            alone = counted(critics.alone(tower, asked.beam))
            found["alone"] = asdict(fidelity.judge(photos, alone, asked.seed, asked.count))
    return found | {"search": searched(tower, photos), "styles": styled(tower, photos, asked.seed)}


def searched(tower: Tower, photos: Sequence[Pair]) -> dict[str, Any]:
    """Search for every hypernym: among all photos as the teachers know them, and among those somebody looked at."""
    names = [photo.name for photo in photos]
    embeddings = np.stack([tower.vision.see(seeing.shown(photo.pixels())).embedding.values for photo in photos])

    def embed(word: str) -> NDArray[np.float32]:
        return tower.text.embed(word).values

    looked_at, of_word = word_search.labelled()
    rows = [names.index(name) for name in looked_at if name in names]
    known = word_search.judge(embeddings, names, embed, word_search.known(photos))
    seen = word_search.judge(embeddings[rows], [names[row] for row in rows], embed, of_word)
    return {"photos": len(photos), "taught": [asdict(f) for f in known], "seen": [asdict(f) for f in seen]}


def styled(tower: Tower, photos: Sequence[Pair], seed: int) -> dict[str, Any]:
    """Mean average precision of the styles on pictures that were brought into them."""
    chosen = np.random.default_rng(seed).permutation(len(photos))[:_STYLED]
    pictures, labels = style_set.photos([photos[row].pixels() for row in chosen], seed)
    images = np.stack([tower.vision.see(picture).embedding.values for picture in pictures])

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([tower.text.embed(text).values for text in texts])

    mean, each = zero_shot.mean_average_precision(zero_shot.styles(images, embed), labels)
    chance = {style: float(labels[:, zero_shot.STYLES.index(style)].mean()) for style in each}
    return {"map": mean, "by_style": each, "chance": chance}


def lines(found: dict[str, Any]) -> list[str]:
    """For people to read, as a Markdown list, of those figures that are there."""
    said = []
    for name, title in (("fidelity", "critiques as they are shown"), ("alone", "the decoder without the readings")):
        if name in found:
            said += [f"{title}: {line}" for line in Fidelity(**found[name]).lines()]
    if "failed" in found:
        failed = Agreement(**found["failed"])
        said.append(
            f"{failed.photos} failed photos of ss01 that somebody looked at: a fault that was seen is named in "
            f"{failed.one:.0%}; {failed.seen:.0%} of the faults seen are named, {failed.said:.0%} of those named were "
            "seen"
        )
    if "search" in found:
        said += _searches(found["search"], "search")
    if "held_out" in found:
        said += _searches(found["held_out"], "with the fold that was held out, search")
    if "styles" in found:
        styles = found["styles"]
        each = ", ".join(f"{style} {value:.2f}" for style, value in styles["by_style"].items())
        shown = "offered" if styles["map"] >= STYLE_SHOWN else "not offered as filters"
        said.append(f"styles, mean average precision {styles['map']:.2f} ({each}): {shown}")
    return [f"- {line}" for line in said]


def _searches(found: dict[str, Any], title: str) -> list[str]:
    by = {
        "taught": f"{title} among {found['photos']} photos that no caption came from, right by what the teachers see",
        "seen": f"{title} among 200 photos, right by what somebody saw",
    }
    return [
        f"{by[name]}: {line}"
        for name in by
        for line in word_search.lines([word_search.Found(**row) for row in found[name]])
    ]


def write(folder: Path, found: dict[str, Any]) -> None:
    """Keep the figures beside the files of a tower, for CARD.md; what was judged before stays."""
    path = folder / REPORT
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps(before | found, indent=1), encoding="utf-8")
