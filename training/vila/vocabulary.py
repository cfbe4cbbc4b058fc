"""The vocabulary: which words the text tower and the decoder know, as the text of tokenizer.json."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from engine.judge.claims import CLAIMS
from engine.models.tokenizer import CONTROLS, PIECE, UNKNOWN
from training.vila import concepts, grammar, scenes
from training.vila.palette import COLOURS

MOST = 4096


def build(captions: Iterable[str], least: int = 3) -> str:
    """tokenizer.json for these captions: control tokens, tags, all words of the phrase bank and the concepts, and every
    word that stands in at least `least` captions, up to MOST."""
    counted = Counter(piece for caption in captions for piece in set(re.findall(PIECE, caption.lower())))
    always = (*CONTROLS, *(claim.tag for claim in CLAIMS.values()), *sorted(_bank()))
    further = (p for p, times in sorted(counted.items(), key=lambda row: (-row[1], row[0])) if times >= least)
    return _text(list(dict.fromkeys((*always, *further)))[:MOST])


def _bank() -> set[str]:
    """Every piece that the phrases, the concepts and the colours can give."""
    templates = (t for texts in (*grammar.bank().values(), *grammar.plain().values()) for t in texts)
    texts = [re.sub(r"\[[^]]*\]", " ", template.text) for template in templates]
    texts += [
        *concepts.words(),
        *concepts.synonyms(),
        *scenes.WORDS,
        *COLOURS,
        "black grey white magenta left right upper lower",
    ]
    texts += ["clearly slightly badly a an the and photo person people portrait group subject"]
    return {piece for text in texts for piece in re.findall(PIECE, text.lower())} - {"(", ")", "|"}


def _text(tokens: list[str]) -> str:
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

    words = Tokenizer(models.WordLevel({token: number for number, token in enumerate(tokens)}, unk_token=UNKNOWN))
    words.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    words.pre_tokenizer = pre_tokenizers.Split(Regex(PIECE), "removed", invert=True)
    special = [token for token in tokens if token.startswith("<") and token.endswith(">")]
    words.add_special_tokens([AddedToken(token, normalized=False) for token in special])
    return str(words.to_str())
