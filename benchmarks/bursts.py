"""How well frames are grouped: pair-F1 on ss01's series and on synthetic shoots, and the time for 100,000 cards.

    python -m benchmarks.bursts --data DIR [--seeds 101 102 103] [--embeddings FILE.npz]

DIR has biq2021/ with labels.csv, ss01/ and ss03/. The embeddings are those of the bundled pack; FILE keeps ss01's.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.subjects import subjects
from benchmarks.synthetic_shoot import BEHIND, BODIES, START, Shot, make
from engine.judge.clock import corrected
from engine.judge.grouping import BURST_GAP, group
from engine.judge.scenes import scenes
from engine.models.pack import Pack
from engine.models.student import Student
from engine.paths import resource
from engine.types import Card, FileStamp, GroupKind, Metadata, Photo, Verdict
from engine.yardstick import PLAIN, Yardstick

FLAT = np.full(10, 0.1, np.float32)
FRAMES = 500
TIMINGS = range(201, 221)
"""Seeds of the synthetic times for ss01."""
LONGEST_STEP = 4.0
"""Seconds between two frames of a series there, at most."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs that stand together, in what was found and in truth."""

    found: float
    true: float
    both: float

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.found + other.found, self.true + other.true, self.both + other.both)

    def __str__(self) -> str:
        f1 = 2 * self.both / (self.found + self.true)
        return f"F1 {f1:.3f} (precision {self.both / self.found:.3f}, recall {self.both / self.true:.3f})"


NOTHING = Agreement(0, 0, 0)


def agreement(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Agreement:
    """Of all pairs of photos."""

    def pairs(labels: Sequence[Hashable]) -> float:
        return sum(n * (n - 1) / 2 for n in Counter(labels).values())

    return Agreement(pairs(found), pairs(truth), pairs(list(zip(truth, found, strict=True))))


def card(
    name: str,
    embedding: NDArray[np.float16],
    metadata: Metadata,
    size: tuple[int, int],
    yardstick: Yardstick = PLAIN,
) -> Card:
    """A card as the pipeline would have it, scores left out."""
    path = Path(name)
    verdict = Verdict(FLAT, embedding, "benchmark", yardstick=yardstick)
    return Card(Photo(path, (path,), FileStamp(1, 1, 1)), metadata, *size, fingerprint=f"{name:0>40}", verdict=verdict)


def labels(cards: Sequence[Card], burst_gap: float = BURST_GAP) -> list[str]:
    """The group of every card."""
    group_of = {path: found.id for found in group(cards, burst_gap) for path in found.members}
    return [group_of[one.path] for one in cards]


def embedded(student: Student, pictures: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.float16]]:
    """Their embeddings."""
    return [student.score(student.preprocess.apply(pixels)[None])[0].embedding for pixels in pictures]


def ss01(
    rows: Sequence[Mapping[str, str]], embeddings: Mapping[str, NDArray[np.float16]], yardstick: Yardstick
) -> None:
    """Without times, and with synthetic ones: 0.15-4 s inside a series, 2-600 s between two."""
    for split in ("train", "val"):
        part = [row for row in rows if row["series"] and row["split"] == split]
        series, seen = truths(part)
        print(f"ss01 {split}, {len(part)} photos in {len(set(series))} series")
        print(f"  the subjects seen by eye, against the labels: {agreement(series, seen)}")
        for name, found in in_series(part, embeddings, yardstick).items():
            print(f"  {name}: {found}")
        plain = cards(part, embeddings, yardstick)
        by_gap = NOTHING
        for seed in TIMINGS:
            timed = with_times(plain, series, np.random.default_rng(seed))
            by_gap += agreement(series, labels([replace(one, verdict=None) for one in timed], LONGEST_STEP))
        print(f"  with times alone, gaps of up to {LONGEST_STEP:g} s: {by_gap}")


def truths(part: Sequence[Mapping[str, str]]) -> tuple[list[int], list[Hashable]]:
    """The series of each photo by the labels, and its subject as seen by eye."""
    return [int(row["series"]) for row in part], list(subjects([int(Path(row["image"]).stem) for row in part]))


def cards(
    part: Sequence[Mapping[str, str]], embeddings: Mapping[str, NDArray[np.float16]], yardstick: Yardstick
) -> list[Card]:
    """The photos of labels.csv as cards, all of one body and without times."""
    return [card(row["image"], embeddings[row["image"]], Metadata(body="1"), (512, 512), yardstick) for row in part]


def in_series(
    part: Sequence[Mapping[str, str]], embeddings: Mapping[str, NDArray[np.float16]], yardstick: Yardstick
) -> dict[str, Agreement]:
    """How well the series of these photos are found, without times and with synthetic ones, by both truths."""
    (series, seen), plain = truths(part), cards(part, embeddings, yardstick)
    found = labels(plain)
    by_label = by_eye = NOTHING
    for seed in TIMINGS:
        timed = labels(with_times(plain, series, np.random.default_rng(seed)))
        by_label += agreement(series, timed)
        by_eye += agreement(seen, timed)
    return {
        "without times, against the labels": agreement(series, found),
        "without times, by eye": agreement(seen, found),
        "with times, against the labels": by_label,
        "with times, by eye": by_eye,
    }


def with_times(cards: Sequence[Card], series: Sequence[int], random: np.random.Generator) -> list[Card]:
    """Capture times in the order of files; six of ten pauses between series are short ones, of 2-30 s."""
    now, result = 0.0, []
    for i, one in enumerate(cards):
        if i and series[i] == series[i - 1]:
            now += float(np.exp(random.uniform(np.log(0.15), np.log(LONGEST_STEP))))
        elif i:
            short = random.random() < 0.6
            now += float(np.exp(random.uniform(np.log(2), np.log(30)))) if short else random.uniform(30, 600)
        result.append(replace(one, metadata=replace(one.metadata, captured=START + timedelta(seconds=now))))
    return result


def synthetic(
    seed: int, shots: Sequence[Shot], embeddings: Sequence[NDArray[np.float16]], yardstick: Yardstick
) -> None:
    """One shoot with the second body's clock put right, as it came, and without times."""
    raw = [
        card(f"{i:05}", embedding, shot.metadata, (shot.pixels.shape[1], shot.pixels.shape[0]), yardstick)
        for i, (shot, embedding) in enumerate(zip(shots, embeddings, strict=True))
    ]
    cards = corrected(raw, {" ".join(BODIES[1]): BEHIND})
    truth, places = [shot.group for shot in shots], [shot.scene for shot in shots]
    untimed = [replace(one, metadata=replace(one.metadata, captured=None)) for one in cards]
    groups = group(cards)
    scene_of, scene_of_raw = scenes(cards, groups), scenes(raw, group(raw))
    print(f"synthetic shoot {seed}: {len(shots)} frames, {len(set(truth))} groups, {len(set(places))} scenes")
    print(f"  groups: {agreement(truth, labels(cards))}; without times: {agreement(truth, labels(untimed))}")
    members: dict[int, set[Path]] = {}
    for one, number in zip(cards, truth, strict=True):
        members.setdefault(number, set()).add(one.path)
    print(
        f"  groups found: {len(groups)}, exactly as they are: {sum(set(g.members) in members.values() for g in groups)}"
    )
    for kind in (GroupKind.BRACKET, GroupKind.PANORAMA):
        wanted = [members[number] for number in {shot.group for shot in shots if shot.kind is kind}]
        found = [set(one.members) for one in groups if one.kind is kind]
        exact = sum(one in wanted for one in found)
        print(f"  {kind.value}s: {len(wanted)} true, {len(found)} found, {exact} exact")
    print(f"  scenes: {agreement(places, [scene_of[one.path] for one in cards])}")
    print(f"  scenes with the clock as it came: {agreement(places, [scene_of_raw[one.path] for one in raw])}")


def hundred_thousand() -> None:
    """Processor time for a shoot of 100,000 cards in 20,000 bursts."""
    random = np.random.default_rng(0)
    subject = random.normal(size=(20_000, 512))
    cards = []
    for i in range(100_000):
        vector = subject[i // 5] + 0.3 * random.normal(size=512)
        metadata = Metadata(
            captured=START + timedelta(seconds=i // 5 * 20 + i % 5 * 0.3),
            body="1",
            exposure_time=0.01,
            aperture=4.0,
            iso=200,
            focal_length=50.0,
            exposure_bias=0.0,
        )
        cards.append(card(f"{i:06}", (vector / np.linalg.norm(vector)).astype(np.float16), metadata, (6000, 4000)))
    start = time.process_time()
    groups = group(cards)
    middle = time.process_time()
    scenes(cards, groups)
    ended = time.process_time()
    print(f"100,000 cards: {len(groups):,} groups in {middle - start:.1f} s, scenes in {ended - middle:.1f} s")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="*", default=[101, 102, 103])
    parser.add_argument("--embeddings", type=Path, help="an .npz in which ss01's embeddings are kept")
    options = parser.parse_args()
    folder = options.data / "biq2021"
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    student = Student.load(Pack.open(resource("models", "starter")), "cpu")
    first = [row for row in rows if row["image"].startswith("ss01/")]
    yardstick = student.model_id.yardstick
    ss01(first, ss01_embeddings(folder, [row["image"] for row in first], student, options.embeddings), yardstick)
    val = [row["image"] for row in rows if row["split"] == "val"]
    distinct = [folder / name for name in val if name.startswith("ss03/")]
    wide = [folder / name for name in val if name.startswith("ss01/")]
    for seed in options.seeds:
        shots = make(distinct, wide, FRAMES, seed)
        synthetic(seed, shots, embedded(student, [shot.pixels for shot in shots]), yardstick)
    hundred_thousand()


def ss01_embeddings(
    folder: Path, names: Sequence[str], student: Student, kept: Path | None
) -> dict[str, NDArray[np.float16]]:
    """By name; from `kept` where it is there."""
    if kept is not None and kept.exists():
        with np.load(kept) as arrays:
            return dict(zip(names, arrays["embeddings"], strict=True))
    pictures = (np.asarray(Image.open(folder / name).convert("RGB")) for name in names)
    found = [embedded(student, [pixels])[0] for pixels in pictures]
    if kept is not None:
        np.savez(kept, embeddings=np.stack(found))
    return dict(zip(names, found, strict=True))


if __name__ == "__main__":
    main()
