"""Packs for tests: the bundled one without its tower, a quick one, and any in the place of the bundled one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import paths
from engine.models.pack import MANIFEST, STUDENT, Pack, manifest
from engine.models.preprocess import Preprocess
from engine.models.tower import FILES
from engine.types import EMBEDDING_SIZE
from engine.yardstick import PLAIN

SMALL = 96
"""Pixels of the input of `quick`."""
_PARTS = 4 * 4 * 3
"""Mean colours that a `student` looks at."""


def without_tower(folder: Path) -> Path:
    """The bundled pack without its tower, for tests that open many windows and read no critique."""
    starter = Pack.open(paths.resource("models", "starter"))
    held = {name: starter.read(name) for name in starter.files if name not in FILES}
    return _written(folder, starter, held, starter.preprocess)


def quick(folder: Path) -> Path:
    """The bundled student alone, at 96 pixels: a tenth of its work, for shoots of hundreds. It judges as it can."""
    starter = Pack.open(paths.resource("models", "starter"))
    return _written(
        folder, starter, {STUDENT: _smaller(starter.read(STUDENT))}, replace(starter.preprocess, size=SMALL)
    )


def _smaller(network: bytes) -> bytes:
    """The same weights for another size of input. What depends on the size is left for the runtime to find out."""
    # Every test imports this file, and one asks for this.
    import onnx

    model = onnx.load_from_string(network)
    for side in model.graph.input[0].type.tensor_type.shape.dim[2:]:
        side.dim_value = SMALL
    del model.graph.value_info[:]
    return model.SerializeToString()


def _written(folder: Path, starter: Pack, held: Mapping[str, bytes], preprocess: Preprocess) -> Path:
    folder.mkdir(parents=True)
    for name, data in held.items():
        (folder / name).write_bytes(data)
    told = {
        "name": starter.name,
        "version": starter.version,
        "space": starter.space,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in held.items()},
        "preprocess": preprocess.to_json(),
        "provenance": dict(starter.provenance),
        "likeness": starter.yardstick.to_json(),
    }
    (folder / MANIFEST).write_bytes(manifest(told))
    # A window on a pack that cannot be read works too, without a score: no test would be what it seems.
    return Pack.open(folder).folder


def use(pack_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything that asks for the bundled pack find the one in `pack_folder`."""
    real = paths.resource
    starter = real("models", "starter")

    def resource(*parts: str) -> Path:
        return pack_folder if real(*parts) == starter else real(*parts)

    monkeypatch.setattr(paths, "resource", resource)


def tiny(folder: Path, space: str, seed: int = 0) -> Path:
    """A pack of another space with a student of 64 pixels that weighs colours at random; nothing looks for faces."""
    random = np.random.default_rng(seed)
    judging = random.normal(0, 1.5, (_PARTS, 10)).astype(np.float32)
    seeing = random.normal(0, 1, (_PARTS, EMBEDDING_SIZE)).astype(np.float32)
    starter = Pack.open(paths.resource("models", "starter"))
    named = replace(starter, name="tiny", version=str(seed), space=space, yardstick=PLAIN)
    network = student(judging, seeing, np.zeros(EMBEDDING_SIZE, np.float32))
    return _written(folder, named, {STUDENT: network}, replace(starter.preprocess, size=64))


def student(judging: NDArray[np.float32], seeing: NDArray[np.float32], seeing_anything: NDArray[np.float32]) -> bytes:
    """A network of 64 pixels: the mean colours of 4 x 4 places, 48 numbers, times `judging` [48, 10] and times
    `seeing` [48, D], to which `seeing_anything` [D] is added."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    weights = {"judging": judging, "seeing": seeing, "anything": seeing_anything}
    nodes = [
        helper.make_node("AveragePool", ["pixels"], ["pooled"], kernel_shape=[16, 16], strides=[16, 16]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("MatMul", ["flat", "judging"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["distribution"], axis=1),
        helper.make_node("Gemm", ["flat", "seeing", "anything"], ["raw"]),
        helper.make_node("LpNormalization", ["raw"], ["embedding"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["batch", 3, 64, 64])],
        [
            helper.make_tensor_value_info("distribution", TensorProto.FLOAT, ["batch", 10]),
            helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", EMBEDDING_SIZE]),
        ],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
