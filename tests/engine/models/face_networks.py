"""Networks that find red squares and tell light crops from dark ones: real ONNX, and one can see what they must say."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from engine import paths
from engine.models import face_refiner as refined
from engine.models.eyes import CROP, EYES
from engine.models.face_detector import FACES, INPUT
from engine.models.face_refiner import LANDMARKS, WIDE
from engine.models.faces import FILES
from engine.models.pack import MANIFEST, Pack, manifest

CELL = 32
"""Width, pixels of the input, of the squares that it finds where they fill a cell of its grid."""
SHARES = ((0.25, 0.3), (0.75, 0.3), (0.5, 0.6), (0.3, 0.8), (0.7, 0.8))
"""Where the landmarks of a square are, in shares of it."""


def detector() -> bytes:
    """Scores: how much redder than green a cell is, from a half up. Boxes: the cell. Points: SHARES of it."""
    count = INPUT // CELL
    corner = np.stack(np.meshgrid(np.arange(count), np.arange(count)), -1).reshape(-1, 2) * CELL
    boxes = np.concatenate([corner, corner + CELL], 1) / INPUT
    points = (corner[:, None] + np.array(SHARES) * CELL).reshape(-1, 10) / INPUT
    constants = {
        "red": np.array([1, -1, 0]).reshape(1, 3, 1, 1) / 255,
        "boxes": boxes,
        "points": points,
        "half": np.array(0.5),
        "slope": np.array(2),
        "low": np.array(0),
        "high": np.array(1),
    }
    nodes = [
        helper.make_node("Cast", ["pixels"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["numbers"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "red"], ["redness"]),
        helper.make_node("AveragePool", ["redness"], ["means"], kernel_shape=[CELL] * 2, strides=[CELL] * 2),
        helper.make_node("Reshape", ["means", "flat"], ["row"]),
        helper.make_node("Sub", ["row", "half"], ["above"]),
        helper.make_node("Mul", ["above", "slope"], ["steep"]),
        helper.make_node("Clip", ["steep", "low", "high"], ["scores"]),
        helper.make_node("Identity", ["boxes"], ["boxes_out"]),
        helper.make_node("Identity", ["points"], ["points_out"]),
    ]
    outputs = {"scores": [count**2], "boxes_out": [count**2, 4], "points_out": [count**2, 10]}
    return _model(nodes, ("pixels", [1, INPUT, INPUT, 3]), outputs, constants, {"flat": np.array([-1])})


def landmarks() -> bytes:
    """Scores: 1, but 0 for a dark crop. Boxes: the square that was looked around. Points: SHARES of it."""
    half = 0.5 / WIDE
    constants = {
        "box": np.array([[-half, -half, half, half]]),
        "point": ((np.array(SHARES) - 0.5) / WIDE).reshape(1, 10),
        "middle": np.array(50),
        "slope": np.array(0.1),
        "low": np.array(0),
        "high": np.array(1),
        "nothing": np.array(0),
    }
    nodes = [
        helper.make_node("Cast", ["crops"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["numbers"], ["means"], axes=[1, 2], keepdims=0),
        helper.make_node("Sub", ["means", "middle"], ["above"]),
        helper.make_node("Mul", ["above", "slope"], ["steep"]),
        helper.make_node("Clip", ["steep", "low", "high"], ["scores"]),
        helper.make_node("Mul", ["means", "nothing"], ["zeros"]),
        helper.make_node("Unsqueeze", ["zeros", "last"], ["column"]),
        helper.make_node("Add", ["column", "box"], ["boxes"]),
        helper.make_node("Add", ["column", "point"], ["points"]),
    ]
    outputs = {"scores": ["batch"], "boxes": ["batch", 4], "points": ["batch", 10]}
    shape = ["batch", refined.CROP, refined.CROP]
    return _model(nodes, ("crops", shape), outputs, constants, {"last": np.array([1])})


def eyes() -> bytes:
    """Open: how light a crop is. Closed: how dark. Unknown: never, so a medium one is neither."""
    constants = {"scale": np.array([[1, -1, 0]]) / 255, "offset": np.array([[0, 1, 0]])}
    nodes = [
        helper.make_node("Cast", ["crops"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["numbers"], ["means"], axes=[1, 2], keepdims=0),
        helper.make_node("Unsqueeze", ["means", "last"], ["column"]),
        helper.make_node("MatMul", ["column", "scale"], ["slopes"]),
        helper.make_node("Add", ["slopes", "offset"], ["states"]),
    ]
    shape = ["batch", CROP, CROP]
    return _model(nodes, ("crops", shape), {"states": ["batch", 3]}, constants, {"last": np.array([1])})


def pack(folder: Path, files: Mapping[str, bytes] | None = None) -> Pack:
    """A copy of the bundled pack that has these files instead of its own networks of faces."""
    files = {FACES: detector(), LANDMARKS: landmarks(), EYES: eyes()} if files is None else files
    shutil.copytree(paths.resource("models", "starter"), folder)
    values = json.loads((folder / MANIFEST).read_text())
    kept = {name: digest for name, digest in values["files"].items() if name not in FILES}
    for name, data in files.items():
        (folder / name).write_bytes(data)
        kept[name] = hashlib.sha256(data).hexdigest()
    (folder / MANIFEST).write_bytes(manifest({**values, "files": kept}))
    return Pack.open(folder)


def _model(nodes: list, entry: tuple, outputs: dict, constants: dict, shapes: dict) -> bytes:
    stored = [numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()]
    stored += [numpy_helper.from_array(value.astype(np.int64), name) for name, value in shapes.items()]
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info(entry[0], TensorProto.UINT8, entry[1])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
        stored,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()
