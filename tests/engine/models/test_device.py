"""What a network runs on: asked, tried, and said."""

from __future__ import annotations

import numpy as np
import pytest

from engine import paths
from engine.errors import PackError, UnusableInput
from engine.models.device import Device, Network, candidates
from engine.models.pack import Pack

CPU, CUDA, DML = "CPUExecutionProvider", "CUDAExecutionProvider", "DmlExecutionProvider"
SIZE = Pack.open(paths.resource("models", "starter")).preprocess.size
TRIAL = {"pixels": np.zeros((1, 3, SIZE, SIZE), np.float32)}


@pytest.mark.parametrize(
    ("asked", "available", "expected"),
    [
        ("auto", [CPU], [CPU]),
        ("auto", [CUDA, CPU], [CUDA, CPU]),
        ("auto", [DML, CPU], [DML, CPU]),
        ("auto", [DML, CUDA, CPU], [CUDA, DML, CPU]),
        ("cpu", [CUDA, DML, CPU], [CPU]),
        ("directml", [CUDA, DML, CPU], [DML, CPU]),
        ("cuda", [DML, CPU], [CPU]),
    ],
)
def test_the_best_that_was_asked_for_is_tried_first_and_the_cpu_last(
    asked: str, available: list[str], expected: list[str]
) -> None:
    assert [device.provider for device in candidates(asked, available)] == expected


def test_asking_for_what_is_not_there_is_said() -> None:
    (device,) = candidates("cuda", [CPU])
    assert device.name == "CPU"
    assert device.note is not None
    assert "CUDA was asked for" in device.note
    with pytest.raises(UnusableInput, match=r"Choose"):
        candidates("tpu", [CPU])


def test_an_accelerator_that_fails_gives_way_to_the_cpu_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    pack = Pack.open(paths.resource("models", "starter"))
    with pytest.warns(UserWarning, match="CUDAExecutionProvider"):
        network = Network("student.onnx", pack.read("student.onnx"), TRIAL)
    assert network.device.name == "CPU"
    assert network.device.note is not None
    assert "CUDA failed" in network.device.note


def test_a_device_that_fails_in_mid_run_is_replaced_for_that_very_batch() -> None:
    pack = Pack.open(paths.resource("models", "starter"))
    model = pack.read("student.onnx")
    network = Network("student.onnx", model, TRIAL, "cpu")
    expected = network.run(TRIAL)

    class Gone:
        def run(self, *_: object) -> None:
            raise RuntimeError("device removed")

    network._session, network._model = Gone(), model  # a driver that goes away cannot be had at will
    network.device = Device("DirectML", DML)
    got = network.run(TRIAL)
    assert np.array_equal(got[0], expected[0])
    assert network.device.name == "CPU"
    assert network.device.note is not None
    assert "device removed" in network.device.note


def test_a_file_that_is_no_network_is_refused_by_name() -> None:
    with pytest.raises(PackError, match=r"some\.onnx"):
        Network("some.onnx", b"not a network", TRIAL, "cpu")


def test_without_a_trial_a_network_is_tried_in_the_shapes_that_its_file_states():
    pack = Pack.open(paths.resource("models", "starter"))
    network = Network("student.onnx", pack.read("student.onnx"), asked="cpu")
    assert network.shapes == {"pixels": (0, 3, SIZE, SIZE)}
    assert network.run(TRIAL)[0].shape == (1, 10)
