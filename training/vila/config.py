"""What a CoCa tower is made of: sizes, and where the known designs differ."""

from __future__ import annotations

from dataclasses import dataclass

from engine.types import EMBEDDING_SIZE


@dataclass(frozen=True, slots=True)
class Transformer:
    """A vision transformer: patches to tokens."""

    size: int = 224
    """Width and height of the input, pixels."""
    patch: int = 16
    width: int = 768
    layers: int = 12
    heads: int = 12
    class_token: bool = False
    """One more token before the patches, and a LayerNorm before the layers: open_clip's, not VILA's."""


@dataclass(frozen=True, slots=True)
class Maps:
    """Feature maps of frozen networks, brought to principal components: what the starter's tower looks through."""

    side: int = 12
    """Tokens a side; a token stands for one place of all maps."""
    channels: int = 0
    """Components of a token, all maps together."""
    width: int = EMBEDDING_SIZE


@dataclass(frozen=True, slots=True)
class Poolers:
    """The attention poolers between backbone and decoder."""

    queries: int = 196
    """Of the generative pooler: the tokens that the decoder sees."""
    width: int = 768
    """Of the tokens and of both embeddings."""
    heads: int = 12
    cascade: bool = True
    """A contrastive pooler of one query over the generative tokens (VILA). False: the first of `queries` + 1 tokens of
    one pooler is the image embedding, then projected (open_clip)."""


@dataclass(frozen=True, slots=True)
class Text:
    """The causal decoder in two halves."""

    words: int = 64_000
    length: int = 64
    """Tokens at most, the class token not counted."""
    width: int = 768
    heads: int = 12
    unimodal: int = 6
    """Layers of the first half."""
    multimodal: int = 6
    """Layers of the second half, which looks at the picture too."""
    projected: bool = False
    """The text embedding is the LayerNormed class token times a matrix: needed where `width` is not the poolers'."""
    two_feed_forwards: bool = False
    """A second feed-forward between self- and cross-attention, and the output apart from the input words: open_clip."""
    shifted_mask: bool = False
    """The mask of the padding stands one place too late, as open_clip's does: weights that learned so need it so."""


@dataclass(frozen=True, slots=True)
class Config:
    """A whole tower."""

    vision: Transformer | Maps
    poolers: Poolers
    text: Text


def paper() -> Config:
    """VILA's (PAPERS: CoCa with ViT-B/16, 196 queries, 6 + 6 layers of 768, 64,000 words, 64 tokens)."""
    return Config(Transformer(), Poolers(), Text())


def starter(words: int, channels: int) -> Config:
    """The starter pack's: cached tokens of `channels` in, 64 generative tokens of 512, 3 + 3 layers of 256."""
    return Config(
        Maps(channels=channels),
        Poolers(queries=64, width=EMBEDDING_SIZE, heads=8),
        Text(words=words, width=256, heads=4, unimodal=3, multimodal=3, projected=True),
    )
