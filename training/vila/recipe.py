"""The starter tower from end to end: networks, tokens, pretraining, adapter, figures, files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.models.tokenizer import TOKENIZER, Tokenizer
from training.cskd.mobilenet import FEATURES
from training.data import biq2021
from training.loop import Schedule
from training.vila import config, evaluate, export, judges, leanings, rank, vocabulary
from training.vila.frozen import SIZE, Frozen
from training.vila.halves import Halves, looks
from training.vila.model import CoCa
from training.vila.pairs import Pair, Sources, learned, pairs
from training.vila.pretrain import Batches, Captions, Learner, pretrain
from training.vila.tokens import Tokens, cache

FIGURES = "tower.json"
"""What of a finished run goes into CARD.md, beside the files."""
_SAYINGS = 4
"""Ways to say the same of a picture, taken in turn."""
_RANK_STEPS = 3000


@dataclass(frozen=True, slots=True)
class Order:
    """What to make, and from what."""

    sources: Sources
    out: Path
    work: Path
    tune: tuple[int, int] = (7, 2)
    """Epochs in which NIMA's network learns to judge, at 224 and 384 px."""
    epochs: tuple[int, int] = (4, 6)
    """Of pretraining: in which everything learns, then in which only the text's side does; 0 to leave that out."""
    seed: int = 0
    held_out: int | None = None
    """A fold of the pairs that nothing is learned from: the decoder's leanings are found on it, and word search is
    judged on photos that were never captioned."""
    flawed: int = 2
    hide_judges: bool = False
    """Whether nothing is seen through the networks that learned to judge: with a subset and what the student says left
    out, nothing then comes from that subset."""
    cache_limit: float = 12e9
    """Bytes."""

    @property
    def command(self) -> str:
        """What makes the same again."""
        left = "".join(f" --leave-out {name}" for name in self.sources.leave_out)
        held = "" if self.held_out is None else f" --held-out {self.held_out}"
        held += " --hide-judges" if self.hide_judges else ""
        return (
            "python -m training vila --data DATA --pack PACK --out FILES"
            f" --tune-epochs {self.tune[0]} {self.tune[1]} --epochs {self.epochs[0]} {self.epochs[1]}"
            f" --flawed {self.flawed} --seed {self.seed}{left}{held}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What a tower learns from and is judged by."""

    pairs: list[Pair]
    tokens: Tokens
    learn: NDArray[np.int64]
    """Rows of `pairs`."""
    tokenizer: Tokenizer
    words: str
    """The text of tokenizer.json."""
    eyes: Frozen

    def rows(self, keep: Callable[[Pair], bool]) -> NDArray[np.int64]:
        """Rows of the pairs for which `keep` is true."""
        return np.flatnonzero([keep(pair) for pair in self.pairs])


def make(order: Order) -> dict[str, object]:
    """Train, or go on, in `order.work`; write the files to `order.out`; returns the figures."""
    material = gather(order)
    learner = learn(order, material)
    tower = learner.tower.eval()
    leans = lean(order, tower, material)
    # Rounded as the files are, before anything is judged or fitted to it.
    sight = see(order, tower, material)
    added = leanings.added(leans, material.tokenizer)
    networks = export.networks(material.eyes, tower, SIZE, added, sight.halves)
    adapter, scale = ranked(order, sight, material)
    found = evaluate.figures(tower, material.tokenizer, adapter, scale, material, sight.embed)
    files = {**networks, export.ADAPTER: export.adapter(adapter, scale), TOKENIZER: material.words.encode()}
    order.out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (order.out / name).write_bytes(data)
    sizes = {name: len(data) for name, data in files.items()}
    facts = {
        "command": order.command,
        "photos": _counts(material),
        "leanings": leans,
        "figures": found,
        "bytes": sizes,
    }
    (order.out / FIGURES).write_text(json.dumps(facts, indent=1), encoding="utf-8")
    print(json.dumps(found, indent=1))
    return found


def gather(order: Order) -> Material:
    """Pairs, the frozen networks, and the tokens of all pairs' pictures."""
    order.work.mkdir(parents=True, exist_ok=True)
    every = pairs(order.sources, order.flawed)
    chosen = learned(every, order.held_out)
    names = {pair.name for pair in chosen}
    photos = biq2021.load(order.sources.data)
    to_learn = photos.where(np.isin(photos.names, sorted(names)))
    val = photos.where(photos.split == "val")
    own = [
        judges.student(order.sources.pack),
        judges.tuned(order.sources.teachers, to_learn, val, order.tune, order.work / "tune-aesthetic", order.seed),
    ]
    untouched = [pair for pair in chosen if pair.flaw is None]
    eyes = judges.frozen(
        order.sources.teachers, own, len(untouched), lambda i: untouched[i].pixels(), order.work, order.seed
    )
    keys = [pair.key for pair in every]
    tokens = cache(order.work / "tokens", eyes, keys, lambda i: every[i].pixels(), order.cache_limit, os.cpu_count())
    if order.hide_judges:
        tokens = tokens.without(channels for judge in eyes.judged for channels in judge)
        eyes.hide_judges()
    kept = {pair.key for pair in chosen}
    words = vocabulary.build(text for pair in chosen for text in (pair.caption, pair.plain))
    rows = np.flatnonzero([pair.key in kept for pair in every])
    return Material(every, tokens, rows, Tokenizer.load(words), words, eyes)


def learn(order: Order, material: Material) -> Learner:
    """Pretraining from the cached tokens: of everything, then of the text's side alone."""
    torch.manual_seed(order.seed)
    text, channels = len(material.tokenizer), material.eyes.channels
    tower = CoCa(config.starter(text, channels))
    schedule = Schedule(order.epochs[0], rate=5e-4, head_rate=5e-4, weight_decay=0.05, warm_up=300, seed=order.seed)
    chosen = [material.pairs[row] for row in material.learn]
    said = [_said(chosen, number) for number in range(_SAYINGS)]
    batches = Batches(
        lambda rows: material.tokens.take(material.learn[rows]),
        [_encoded([critique for critique, _ in one], material.tokenizer) for one in said],
        _scores(chosen),
        np.array([biq2021.SUBSETS.index(pair.subset) for pair in chosen], np.int64),
        seed=order.seed,
        plain=[_encoded([plain for _, plain in one], material.tokenizer) for one in said],
    )
    val = material.rows(lambda pair: pair.split == "val")
    judged = [material.pairs[row] for row in val]
    truth = _encoded([pair.caption for pair in judged], material.tokenizer)

    def report(learner: Learner) -> dict[str, float]:
        return evaluate.progress(learner, material.tokens, val, truth, judged)

    learner = pretrain(Learner(tower, material.eyes.judged), batches, schedule, order.work / "pretrain", report)
    if not order.epochs[1]:
        return learner
    further = replace(schedule, epochs=order.epochs[1], warm_up=100)
    return pretrain(learner.keep_eyes(), replace(batches, seed=order.seed + 1), further, order.work / "writing", report)


def lean(order: Order, tower: CoCa, material: Material) -> dict[str, float]:
    """How far the decoder leans towards naming each flaw, found on untouched photos of train: of the fold that is held
    out, where one is."""
    free = [pair for pair in material.pairs if pair.split == "train" and pair.fold == order.held_out]
    known = [material.pairs[row] for row in material.learn]
    photos = [pair for pair in free or known if pair.flaw is None]
    columns = sorted(tag[1:-1] for tag in material.tokenizer.tags.values())
    found = leanings.first(material.eyes, tower, material.tokenizer, photos, columns)
    return leanings.fit(found, columns)


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A finished tower, and what else the embedding of a picture is made of."""

    tower: CoCa
    halves: Halves
    tokens: Tokens
    untouched: NDArray[np.int64]
    """[U] rows of the pairs without a flaw, rising."""
    features: NDArray[np.float16]
    """[U, F]: how the pictures of `untouched` look."""

    @torch.no_grad()
    def embed(
        self, rows: NDArray[np.int64], hidden: Iterable[tuple[int, int]] = (), batch: int = 64
    ) -> NDArray[np.float32]:
        """[N, D] un-normalised embeddings of the pictures of untouched pairs, the `hidden` channels taken out.

        Raises ValueError for a pair with a flaw.
        """
        if not np.isin(rows, self.untouched).all():
            raise ValueError("how a picture with a flaw looks is not known")
        tokens, found = self.tokens.without(hidden), []
        for start in range(0, len(rows), batch):
            part = rows[start : start + batch]
            features = torch.from_numpy(self.features[np.searchsorted(self.untouched, part)].astype(np.float32))
            found.append(self.halves(self.tower.see(tokens.take(part))[1], features).numpy())
        return np.concatenate(found)


def see(order: Order, tower: CoCa, material: Material) -> Sight:
    """Part the tower's embedding into its halves; how pictures look is found once and kept in `order.work`."""
    untouched = material.rows(lambda pair: pair.flaw is None)
    width = tower.text.config.width
    halves = Halves(material.eyes.content, tower.config.poolers.width, width, FEATURES).eval()
    pairs = [material.pairs[row] for row in untouched]
    features = looks(order.work / "looks", halves, SIZE, [pair.key for pair in pairs], lambda i: pairs[i].pixels())
    learned = np.isin(untouched, material.learn)
    return Sight(tower, halves.fit(tower, features[learned]), material.tokens, untouched, features)


def ranked(order: Order, sight: Sight, material: Material) -> tuple[rank.Adapter, rank.Scale]:
    """The adapter and its map to 1-10, from the untouched photos that are learned from.

    As in pretraining, judges are hidden at times: the adapter meets each photo also without one of them. Each subset
    counts the same, and is ordered by itself.
    """
    rows = np.array([row for row in material.learn if material.pairs[row].flaw is None])
    truth = np.array([1 + 9 * material.pairs[row].mos for row in rows], np.float32)
    anchor = torch.from_numpy(evaluate.text_embeddings(sight.tower, material.tokenizer, [rank.ANCHOR])[0])
    torch.manual_seed(order.seed)
    seen = [sight.embed(rows), *(sight.embed(rows, judge) for judge in material.eyes.judged)]
    x, y = torch.from_numpy(np.concatenate(seen)), torch.from_numpy(np.tile(truth, len(seen)))
    subset = np.array([biq2021.SUBSETS.index(material.pairs[row].subset) for row in rows], np.int64)
    groups = torch.from_numpy(np.tile(subset, len(seen)))
    adapter = rank.train(rank.Adapter(anchor), x, y, steps=_RANK_STEPS, seed=order.seed, groups=groups)
    with torch.no_grad():
        return adapter, rank.Scale.fit(adapter(x[: len(rows)]).numpy(), truth)


def _said(chosen: Sequence[Pair], number: int) -> list[tuple[str, str]]:
    return [(pair.caption, pair.plain) if number == 0 else pair.said(number) for pair in chosen]


def _encoded(texts: Sequence[str], tokenizer: Tokenizer) -> Captions:
    return Captions.encode(texts, tokenizer.encode, tokenizer.start, tokenizer.end, config.Text().length)


def _scores(chosen: Sequence[Pair]) -> NDArray[np.float32]:
    """1-10; NaN for a photo with a flaw, which nobody has judged."""
    return np.array([np.nan if pair.flaw else 1 + 9 * pair.mos for pair in chosen], np.float32)


def _counts(material: Material) -> dict[str, int]:
    """Pairs that were learned from, and untouched photos among them by subset."""
    chosen = [material.pairs[row] for row in material.learn]
    untouched = [pair for pair in chosen if pair.flaw is None]
    by_subset = {subset: sum(pair.subset == subset for pair in untouched) for subset in biq2021.SUBSETS}
    return {"pairs": len(chosen), **by_subset}
