"""How near captions come to what people wrote: BLEU, ROUGE-L and CIDEr, on words split at spaces.

Small enough to be our own: the usual implementations bring Java or a data download.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

Words = Sequence[str]
_ORDERS = 4
_BETA = 1.2
"""How much more recall counts than precision in ROUGE-L, as in COCO's evaluation."""


def scores(written: Sequence[str], references: Sequence[Sequence[str]]) -> dict[str, float]:
    """bleu_1 to bleu_4, rouge_l and cider of `written` [N] against several `references` each, compared in lower case.

    Raises ValueError if the two differ in length, or a caption has no reference.
    """
    if len(written) != len(references) or not all(references):
        raise ValueError("every caption needs references")
    candidates = [text.lower().split() for text in written]
    truths = [[text.lower().split() for text in texts] for texts in references]
    found = {f"bleu_{n}": bleu(candidates, truths, n) for n in range(1, _ORDERS + 1)}
    pairs = list(zip(candidates, truths, strict=True))
    found["rouge_l"] = sum(rouge_l(*pair) for pair in pairs) / max(len(pairs), 1)
    return found | {"cider": cider(candidates, truths)}


def bleu(written: Sequence[Words], references: Sequence[Sequence[Words]], order: int) -> float:
    """Corpus BLEU up to `order` words (Papineni et al., 2002): clipped precisions times the brevity penalty."""
    logs = []
    for n in range(1, order + 1):
        matched = total = 0
        for words, truths in zip(written, references, strict=True):
            most: Counter[tuple[str, ...]] = Counter()
            for truth in truths:
                most |= _grams(truth, n)
            own = _grams(words, n)
            matched += (own & most).total()
            total += own.total()
        if not matched:
            return 0.0
        logs.append(math.log(matched / total))
    length = sum(len(words) for words in written)
    closest = sum(
        min((abs(len(truth) - len(words)), len(truth)) for truth in truths)[1]
        for words, truths in zip(written, references, strict=True)
    )
    return math.exp(min(0.0, 1 - closest / length) + sum(logs) / order)


def rouge_l(words: Words, truths: Sequence[Words]) -> float:
    """F of the longest common subsequence (Lin, 2004), best precision and best recall over the references."""
    common = [_common(words, truth) for truth in truths]
    precision = max(c / len(words) for c in common) if words else 0.0
    recall = max(c / len(truth) if truth else 0.0 for c, truth in zip(common, truths, strict=True))
    if not precision or not recall:
        return 0.0
    return (1 + _BETA**2) * precision * recall / (recall + _BETA**2 * precision)


def cider(written: Sequence[Words], references: Sequence[Sequence[Words]]) -> float:
    """CIDEr (Vedantam et al., CVPR 2015, eq. 1-3) times 10: cosines of n-grams weighted by how rare they are.

    Without the clipping and the penalty of its variant CIDEr-D.
    """
    total = 0.0
    for n in range(1, _ORDERS + 1):
        seen: Counter[tuple[str, ...]] = Counter()
        for truths in references:
            seen.update({gram for truth in truths for gram in _grams(truth, n)})
        rarity = {gram: math.log(len(references) / count) for gram, count in seen.items()}
        unseen = math.log(max(len(references), 1))
        for words, truths in zip(written, references, strict=True):
            own = _weighted(words, n, rarity, unseen)
            total += sum(_cosine(own, _weighted(truth, n, rarity, unseen)) for truth in truths) / len(truths)
    return 10 * total / (_ORDERS * max(len(written), 1))


def _grams(words: Words, n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def _common(a: Words, b: Words) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for word in a:
        before = row
        row = [0]
        for j, other in enumerate(b, 1):
            row.append(before[j - 1] + 1 if word == other else max(before[j], row[j - 1]))
    return row[-1]


def _weighted(
    words: Words, n: int, rarity: dict[tuple[str, ...], float], unseen: float
) -> dict[tuple[str, ...], float]:
    grams = _grams(words, n)
    return {gram: count / grams.total() * rarity.get(gram, unseen) for gram, count in grams.items()}


def _cosine(a: dict[tuple[str, ...], float], b: dict[tuple[str, ...], float]) -> float:
    lengths = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(weight * b.get(gram, 0.0) for gram, weight in a.items()) / lengths if lengths else 0.0
