"""How good a tower is: its scores against people's, with and without the adapter, and its captions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.models.tokenizer import Tokenizer
from training.cskd.targets import unit
from training.evaluate import GAPS, bootstrap, bootstrap_pairs, correlation
from training.figures import neighbour_in_series
from training.vila import caption_scores, zero_shot
from training.vila.model import CoCa
from training.vila.pretrain import Captions, Learner, captioning, contrastive
from training.vila.rank import Adapter, Scale
from training.vila.tokens import Tokens

if TYPE_CHECKING:
    from training.vila.pairs import Pair
    from training.vila.recipe import Material

_BATCH = 64
_CAPTIONS = 400
"""Captions that are written and compared."""


@torch.no_grad()
def text_embeddings(tower: CoCa, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """[N, D], un-normalised."""
    length = tower.config.text.length
    encoded = Captions.encode(texts, tokenizer.encode, tokenizer.start, tokenizer.end, length)
    found: NDArray[np.float32] = tower.text.read(*encoded.take(np.arange(len(texts))))[1].numpy()
    return found


@torch.no_grad()
def progress(
    learner: Learner, tokens: Tokens, rows: NDArray[np.int64], truth: Captions, pairs: Sequence[Pair]
) -> dict[str, float]:
    """Losses on pictures `rows` that are not learned from, and how the quality head agrees with people."""
    written, apart, scores = [], [], []
    for start in range(0, len(rows), _BATCH):
        part = np.arange(start, min(start + _BATCH, len(rows)))
        ids, lengths = truth.take(part)
        seen = learner.tower(tokens.take(rows[part]), ids, lengths)
        written.append(float(captioning(seen.logits, ids)))
        apart.append(float(contrastive(seen.image, seen.text, seen.scale)))
        scores.append(learner.quality(seen.image)[:, 0].float().numpy())
    said = np.concatenate(scores)
    found = {"val_captioning": float(np.mean(written)), "val_contrastive": float(np.mean(apart))}
    for subset in sorted({pair.subset for pair in pairs}):
        chosen = [i for i, pair in enumerate(pairs) if pair.flaw is None and pair.subset == subset]
        if len(chosen) > 1:
            found[f"srcc_{subset}"] = correlation(said[chosen], _mos(pairs)[chosen], "srcc")
    return found


def figures(
    tower: CoCa,
    tokenizer: Tokenizer,
    adapter: Adapter,
    scale: Scale,
    material: Material,
    see: Callable[[NDArray[np.int64]], NDArray[np.float32]],
) -> dict[str, Any]:
    """Everything that is reported of a tower on val, ready for JSON: intervals are [value, low, high].

    `see`: rows of untouched pairs to the un-normalised embeddings of their pictures.
    """
    rows = material.rows(lambda pair: pair.split == "val" and pair.flaw is None)
    pairs, images = [material.pairs[row] for row in rows], see(rows)

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return text_embeddings(tower, tokenizer, texts)

    with torch.no_grad():
        cosines = adapter(torch.from_numpy(images)).numpy()
    scored = scale(cosines)
    found: dict[str, Any] = {
        "adapter": judged(cosines, pairs),
        "zero_shot": judged(zero_shot.quality(images, embed), pairs),
        "bias_mos": float(((scored - 1) / 9 - _mos(pairs)).mean()),
        "neighbour_in_series": {
            half: neighbour_in_series(unit(part), np.array([pair.series for pair in pairs], np.int64))
            for half, part in (("both halves", images), ("words alone", images[:, : tower.text.config.width]))
        },
    }
    found["captions"] = captions(tower, tokenizer, material.tokens, rows[:: max(len(rows) // _CAPTIONS, 1)], material)
    return found


def captions(
    tower: CoCa, tokenizer: Tokenizer, tokens: Tokens, rows: NDArray[np.int64], material: Material
) -> dict[str, float]:
    """BLEU, ROUGE-L and CIDEr of greedy captions against those that the pairs have, tags left out."""
    written: list[str] = []
    for start in range(0, len(rows), _BATCH):
        inputs = tokens.take(rows[start : start + _BATCH])
        written += [tokenizer.decode(ids) for ids in tower.describe(inputs, tokenizer.start, tokenizer.end)]
    truths = [[_untagged(material.pairs[row].caption, tokenizer)] for row in rows]
    return caption_scores.scores(written, truths)


def judged(scores: NDArray[np.float32], pairs: Sequence[Pair]) -> dict[str, Any]:
    """SRCC and PLCC by subset, pairs inside series by gap; intervals by drawing series."""
    mos, series = _mos(pairs), np.array([pair.series for pair in pairs], np.int64)
    clusters = np.where(series >= 0, series, series.max(initial=0) + 1 + np.arange(len(series)))
    found: dict[str, Any] = {}
    for subset in sorted({pair.subset for pair in pairs}):
        chosen = np.flatnonzero([pair.subset == subset for pair in pairs])
        for kind in ("srcc", "plcc"):

            def metric(drawn: NDArray[np.int64], chosen: NDArray[np.int64] = chosen, kind: Any = kind) -> float:
                return correlation(scores[chosen[drawn]], mos[chosen[drawn]], kind)

            interval = bootstrap(metric, clusters[chosen])
            found[f"{kind}_{subset}"] = [round(v, 4) for v in (interval.value, interval.low, interval.high)]
    for low, high in ((GAPS[0][0], GAPS[-1][1]), *GAPS):
        interval = bootstrap_pairs(scores, mos, series, low, high)
        found[f"pairs_{low:.1f}-{min(high, 1.0):.1f}"] = [
            round(v, 4) for v in (interval.value, interval.low, interval.high)
        ]
    return found


def _mos(pairs: Sequence[Pair]) -> NDArray[np.float32]:
    return np.array([pair.mos for pair in pairs], np.float32)


def _untagged(text: str, tokenizer: Tokenizer) -> str:
    return tokenizer.decode(tokenizer.encode(text))
