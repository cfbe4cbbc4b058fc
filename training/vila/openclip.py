"""open_clip's CoCa: its weights, from a folder or a hub, in this project's tower.

It has VILA's shape with other details, which config.py names: one pooler whose first token is the image embedding, a
class token before the patches, two feed-forwards in a layer that looks at the picture.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.vila.config import Config, Poolers, Text, Transformer
from training.vila.model import CoCa

_BLOCK = {
    "ln_1": "norm",
    "attn.out_proj": "attention.out",
    "ln_2": "feed_norm",
    "mlp.c_fc": "feed.inner",
    "mlp.c_proj": "feed.outer",
}
_SELF = _BLOCK | {"ln_2": "between_norm", "mlp.c_fc": "between.inner", "mlp.c_proj": "between.outer"}
_CROSS = _BLOCK | {"ln_1": "cross_norm", "ln_1_kv": "picture_norm", "attn.out_proj": "cross.out"}


class WeightsMissing(Exception):
    """The weights are neither on disk nor to be had; the message says what to do."""


def make_torchvision_importable() -> None:
    """Define the two operators that torchvision's Python needs where its binary does not load beside a CPU torch."""
    if "torchvision" in sys.modules:
        return
    from importlib.util import find_spec

    spec = find_spec("torchvision")
    if spec is None or spec.origin is None:
        return
    for binary in Path(spec.origin).parent.glob("_C*"):
        try:
            torch.ops.load_library(str(binary))  # type: ignore[no-untyped-call]  # torch does not annotate it
        except OSError:
            continue
        return
    for name in ("nms", "qnms"):
        _LIBRARY.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")  # type: ignore[no-untyped-call]  # torch does not annotate it


_LIBRARY = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]  # torch does not annotate it


def load(name: str, weights: str) -> CoCa:
    """A tower with open_clip's weights: `name` of its registry, `weights` a tag of it, a file, or a folder with one.

    Raises WeightsMissing if open_clip is not installed, knows no such CoCa, or cannot find or fetch the weights.
    """
    try:
        make_torchvision_importable()
        import open_clip
    except ImportError as cause:
        raise WeightsMissing("open_clip is not installed. Install it with: pip install 'chinagraph[clip]'") from cause
    described = open_clip.get_model_config(name)
    if described is None or "multimodal_cfg" not in described:
        known = ", ".join(n for n in open_clip.list_models() if n.startswith("coca"))
        raise WeightsMissing(f"{name} is no CoCa that open_clip knows. Choose one of: {known}")
    if Path(weights).exists():
        return convert(described, _read(Path(weights)))
    tag = open_clip.get_pretrained_cfg(name, weights)
    if not tag:
        known = ", ".join(open_clip.list_pretrained_tags_by_model(name))
        raise WeightsMissing(f"{weights}: no such file, and no weights of {name}. Name a file, or one of: {known}")
    try:
        file = open_clip.download_pretrained(tag)
    except (OSError, RuntimeError, ValueError) as cause:
        raise WeightsMissing(
            f"The weights {weights} of {name} are not on this machine and could not be fetched. "
            "Go online once, or name the file that holds them."
        ) from cause
    return convert(described, _read(Path(file)))


def _read(path: Path) -> dict[str, Tensor]:
    """The weights in a file, or in the one file of weights in a folder. Raises WeightsMissing if there is none."""
    if path.is_dir():
        files = [file for ending in (".safetensors", ".bin", ".pt") for file in sorted(path.glob(f"*{ending}"))]
        if not files:
            raise WeightsMissing(f"{path}: no .safetensors, .bin or .pt file is there. Name the file of weights.")
        path = files[0]
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(path)
    stored = torch.load(path, map_location="cpu", weights_only=True)
    return dict(stored.get("state_dict", stored))


def config(described: Mapping[str, Any]) -> Config:
    """open_clip's JSON of a CoCa as a Config. Raises ValueError for a pooling that is none of ours."""
    vision, text, decoder = described["vision_cfg"], described["text_cfg"], described["multimodal_cfg"]
    kind = vision.get("attentional_pool", False)
    if kind not in (True, "cascade"):
        raise ValueError(f"attentional_pool {kind!r} is neither open_clip's own nor a cascade")
    return Config(
        Transformer(
            vision["image_size"],
            vision["patch_size"],
            vision["width"],
            vision["layers"],
            vision["width"] // vision.get("head_width", 64),
            class_token=True,
        ),
        Poolers(
            vision.get("attn_pooler_queries", 256) - (kind is True),
            described["embed_dim"],
            vision.get("attn_pooler_heads", 8),
            cascade=kind == "cascade",
        ),
        Text(
            text["vocab_size"],
            text["context_length"],
            text["width"],
            text["heads"],
            text["layers"],
            decoder["layers"],
            projected=True,
            two_feed_forwards=True,
            shifted_mask=True,
        ),
    )


def convert(described: Mapping[str, Any], weights: Mapping[str, Tensor]) -> CoCa:
    """`weights` of the open_clip CoCa that its JSON `described` tells of, in a tower that gives the same outputs.

    A cascade's last matrix, which ours lacks, is folded into the contrastive pooler. Raises ValueError or RuntimeError
    where the two do not fit.
    """
    made = config(described)
    ours: dict[str, Tensor] = {"log_scale": weights["logit_scale"].reshape(())}
    ours |= _vision(made, weights)
    ours |= _pooled(made, weights)
    ours |= _text(made, weights)
    tower = CoCa(made)
    tower.load_state_dict(ours)
    return tower.eval()


def _vision(made: Config, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    assert isinstance(made.vision, Transformer)
    found = {
        "backbone.patch.weight": weights["visual.conv1.weight"],
        "backbone.positions": weights["visual.positional_embedding"],
        "backbone.class_token": weights["visual.class_embedding"],
        **_named("visual.ln_pre", "backbone.norm", weights),
    }
    for i in range(made.vision.layers):
        found |= _block(f"visual.transformer.resblocks.{i}", f"backbone.blocks.{i}", _BLOCK, "attention", weights)
    return found


def _pooled(made: Config, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    found = _pooler("visual.attn_pool", "poolers.generative", weights) | _named(
        "visual.ln_post", "poolers.norm", weights
    )
    project = weights["visual.proj"].T
    if not made.poolers.cascade:
        return found | {"poolers.project.weight": project.contiguous()}
    found |= _pooler("visual.attn_pool_contrastive", "poolers.contrastive", weights)
    for kind in ("weight", "bias"):
        out = f"poolers.contrastive.attention.out.{kind}"
        found[out] = project @ found[out]
    return found


def _text(made: Config, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    found = {
        "text.words.weight": weights["text.token_embedding.weight"],
        "text.positions": weights["text.positional_embedding"],
        "text.class_token": weights["text.cls_emb"],
        "text.project.weight": weights["text.text_projection"].T.contiguous(),
        "text.out.weight": weights["text_decoder.text_projection"].T.contiguous(),
        **_named("text.ln_final", "text.class_norm", weights),
        **_named("text_decoder.ln_final", "text.out_norm", weights),
    }
    for i in range(made.text.unimodal):
        found |= _block(f"text.transformer.resblocks.{i}", f"text.unimodal.{i}", _BLOCK, "attention", weights)
    for i in range(made.text.multimodal):
        found |= _block(f"text_decoder.resblocks.{i}", f"text.multimodal.{i}", _SELF, "attention", weights)
        found |= _block(f"text_decoder.cross_attn.{i}", f"text.multimodal.{i}", _CROSS, "cross", weights)
    return found


def _block(
    theirs: str, ours: str, names: Mapping[str, str], attention: str, weights: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    found = _inward(f"{theirs}.attn", f"{ours}.{attention}", weights)
    for old, new in names.items():
        found |= _named(f"{theirs}.{old}", f"{ours}.{new}", weights)
    return found


def _pooler(theirs: str, ours: str, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        f"{ours}.query": weights[f"{theirs}.query"],
        **_named(f"{theirs}.ln_q", f"{ours}.query_norm", weights),
        **_named(f"{theirs}.ln_k", f"{ours}.key_norm", weights),
        **_named(f"{theirs}.attn.out_proj", f"{ours}.attention.out", weights),
        **_inward(f"{theirs}.attn", f"{ours}.attention", weights),
    }


def _inward(theirs: str, ours: str, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Query, key and value, which torch's own attention keeps in one matrix unless their inputs differ in width."""
    together = weights.get(f"{theirs}.in_proj_weight")
    apart = together.chunk(3) if together is not None else [weights[f"{theirs}.{n}_proj_weight"] for n in "qkv"]
    biases = weights[f"{theirs}.in_proj_bias"].chunk(3)
    found: dict[str, Tensor] = {}
    for name, weight, bias in zip(("query", "key", "value"), apart, biases, strict=True):
        found |= {f"{ours}.{name}.weight": weight, f"{ours}.{name}.bias": bias}
    return found


def _named(theirs: str, ours: str, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {f"{ours}.{kind}": weights[f"{theirs}.{kind}"] for kind in ("weight", "bias")}
