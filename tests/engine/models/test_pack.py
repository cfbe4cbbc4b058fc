"""A pack is what was published, to the byte, or it is refused by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine import paths
from engine.errors import PackAltered, PackError, PackMissing
from engine.models.pack import MANIFEST, Pack, manifest
from engine.models.student import Student
from engine.yardstick import PLAIN, Yardstick


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled pack."""
    return Path(shutil.copytree(paths.resource("models", "starter"), tmp_path / "starter"))


def test_the_bundled_pack_is_as_published() -> None:
    pack = Pack.open(paths.resource("models", "starter"))
    pack.verify()
    assert pack.name == "starter"
    assert {"student.onnx", "CARD.md"} <= pack.files.keys()
    assert pack.model_id.sha256 == pack.files["student.onnx"]


def test_one_flipped_bit_in_any_file_is_refused_by_name(folder: Path) -> None:
    for name in Pack.open(folder).files:
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        with pytest.raises(PackAltered, match=name):
            Pack.open(folder).verify()
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
    Pack.open(folder).verify()


def test_no_byte_of_the_manifest_can_change_unnoticed(folder: Path) -> None:
    original = (folder / MANIFEST).read_bytes()
    for position in range(0, len(original), 7):
        data = bytearray(original)
        data[position] ^= 1
        (folder / MANIFEST).write_bytes(data)
        with pytest.raises(PackError, match=r"pack\.json"):
            Pack.open(folder)


def test_an_altered_student_is_not_loaded(folder: Path) -> None:
    data = bytearray((folder / "student.onnx").read_bytes())
    data[-100] ^= 4
    (folder / "student.onnx").write_bytes(data)
    with pytest.raises(PackAltered, match=r"student\.onnx"):
        Student.load(Pack.open(folder))


def test_a_missing_pack_or_file_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PackMissing, match="nowhere"):
        Pack.open(tmp_path / "nowhere")
    (folder / "CARD.md").unlink()
    with pytest.raises(PackMissing, match=r"CARD\.md"):
        Pack.open(folder).verify()
    with pytest.raises(PackMissing, match=r"encoder\.onnx"):
        Pack.open(folder).read("encoder.onnx")


def test_a_manifest_cannot_lead_out_of_its_folder(folder: Path) -> None:
    values = json.loads((folder / MANIFEST).read_bytes())
    values["files"]["../secret"] = "00"
    (folder / MANIFEST).write_bytes(manifest(values))
    with pytest.raises(PackError, match="folder in it"):
        Pack.open(folder)


def test_a_pack_may_say_what_distances_in_its_space_mean(folder: Path) -> None:
    values = json.loads((folder / MANIFEST).read_bytes())
    del values["likeness"]
    (folder / MANIFEST).write_bytes(manifest(values))
    assert Pack.open(folder).model_id.yardstick == PLAIN
    values["likeness"] = {"points": [0, 0.2, 2], "values": [0, 0.6, 2]}
    (folder / MANIFEST).write_bytes(manifest(values))
    student = Student.load(Pack.open(folder), "cpu")
    size = student.preprocess.size
    verdict = student.score(np.zeros((1, 3, size, size), np.float32))[0]
    assert verdict.yardstick == Yardstick((0.0, 0.2, 2.0), (0.0, 0.6, 2.0))


def test_distances_that_fall_and_rise_again_are_refused_by_name(folder: Path) -> None:
    values = json.loads((folder / MANIFEST).read_bytes())
    values["likeness"] = {"points": [0, 0.2, 0.4, 2], "values": [0, 0.6, 0.5, 2]}
    (folder / MANIFEST).write_bytes(manifest(values))
    with pytest.raises(PackError, match=r"pack\.json: not a manifest .*likeness: .*must not fall.* Install the pack"):
        Pack.open(folder)
