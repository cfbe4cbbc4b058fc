"""The one place that picks what a network runs on, tries it, and says which it got."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine import memory
from engine.errors import PackError, UnusableInput

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions

_CPU = ("CPU", "CPUExecutionProvider")
_ACCELERATORS = (("CUDA", "CUDAExecutionProvider"), ("DirectML", "DmlExecutionProvider"))
_KINDS = {"tensor(uint8)": np.uint8, "tensor(int64)": np.int64}
ASKABLE = ("auto", "cpu", "cuda", "directml")


@dataclass(frozen=True, slots=True)
class Device:
    """What a network runs on."""

    name: str
    """"CPU", "CUDA" or "DirectML"."""
    provider: str
    """ONNX Runtime's name of it."""
    note: str | None = None
    """Why it is not what was asked for, or not what was tried first; a sentence."""


def candidates(asked: str, available: Sequence[str]) -> list[Device]:
    """What to try, best first; the CPU always comes last.

    `asked` is one of ASKABLE, `available` ONNX Runtime's list of providers. Raises UnusableInput for another word.
    """
    if asked not in ASKABLE:
        raise UnusableInput(f"device {asked!r} is not known. Choose one of {', '.join(ASKABLE)}.")
    wanted = [pair for pair in _ACCELERATORS if asked in ("auto", pair[0].lower())]
    found = [Device(name, provider) for name, provider in wanted if provider in available]
    note = None
    if asked not in ("auto", "cpu") and not found:
        note = f"{wanted[0][0]} was asked for, but this build of ONNX Runtime does not have it; the CPU is used."
    return [*found, Device(*_CPU, note)]


class Network:
    """An ONNX network on the best device that really runs it.

    ONNX Runtime falls back to the CPU with only a warning, and DirectML can be listed and yet crash, so every candidate
    is asked what it got and is tried on one batch. Should an accelerator fail later, the CPU takes over for that very
    batch.
    """

    def __init__(
        self,
        name: str,
        model: bytes,
        trial: Mapping[str, NDArray[np.generic]] | None = None,
        asked: str = "auto",
        threads: int | None = None,
        planned: bool = True,
    ) -> None:
        """`name` is the file's, for messages; `trial` one batch of inputs (None: zeros in the shapes that the file
        states, one where it leaves them open); `threads` of one call on the CPU (None: half the cores); `planned`:
        memory is laid out ahead and kept from call to call, which takes more of it and, for small networks, less time.
        Raises PackError if no device runs it.
        """
        import onnxruntime

        self._name, self._lock = name, threading.Lock()
        self._model = model
        """For the CPU, should an accelerator fail."""
        self._threads, self._planned, self._trial = threads, planned, trial
        notes: list[str] = []
        for device in candidates(asked, onnxruntime.get_available_providers()):
            try:
                self._session = _open(model, device, threads, planned)
                _try(self._session, device, _zeros(self._session) if trial is None else dict(trial))
            except _failures() as cause:
                if device.provider == _CPU[1]:
                    raise PackError(f"{name}: ONNX Runtime cannot run it ({cause}). Install the pack again.") from cause
                notes.append(f"{device.name} failed on a trial batch ({_first_line(cause)}).")
                continue
            said = [*notes, *([device.note] if device.note else [])]
            self.device = Device(device.name, device.provider, " ".join(said) or None)
            break
        if self.device.provider == _CPU[1]:
            self._model = b""
            # ONNX Runtime keeps the file's bytes too, for another provider that it might go over to.
            self._session._model_bytes = None  # noqa: SLF001  # nothing public lets them go
        memory.release()

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Of its inputs, by name; 0 for a dimension that the file leaves open."""
        return {
            one.name: tuple(n if isinstance(n, int) else 0 for n in one.shape) for one in self._session.get_inputs()
        }

    def rest(self) -> None:
        """Give back what batches have taken on the CPU for the time in which none follows; the next one takes it again.

        Of a student that scored a shoot that is 128 MB, six times its weights. Not while another thread calls `run`.
        """
        if self.device.provider == _CPU[1]:
            _try(self._session, self.device, _zeros(self._session) if self._trial is None else dict(self._trial))
            memory.release()

    def run(self, inputs: Mapping[str, NDArray[np.generic]]) -> list[NDArray[np.float32]]:
        """All outputs for one batch, in the file's order. Raises PackError if the CPU fails too.

        On the CPU, calls from several threads run side by side; an accelerator takes one at a time.
        """
        with nullcontext() if self.device.provider == _CPU[1] else self._lock:
            try:
                return list(self._session.run(None, dict(inputs)))
            except _failures() as cause:
                if self.device.provider == _CPU[1]:
                    raise PackError(
                        f"{self._name}: running it failed ({_first_line(cause)}). Run: chinagraph doctor"
                    ) from cause
                note = f"{self.device.name} failed in mid-run ({_first_line(cause)}); the CPU goes on."
                device = Device(*_CPU, note)
                self._session = _open(self._model, device, self._threads, self._planned)
                self.device = device
                return list(self._session.run(None, dict(inputs)))


def _open(model: bytes, device: Device, threads: int | None, planned: bool) -> InferenceSession:
    import onnxruntime

    names = [device.provider] if device.provider == _CPU[1] else [device.provider, _CPU[1]]
    session = onnxruntime.InferenceSession(model, _options(device, threads, planned), providers=names)
    if session.get_providers()[0] != device.provider:
        raise RuntimeError(f"ONNX Runtime silently chose {session.get_providers()[0]}")
    return session


def _try(session: InferenceSession, device: Device, trial: dict[str, NDArray[np.generic]]) -> None:
    """One batch. On the CPU, what only the first one takes is given back: memory is laid out while it runs."""
    import onnxruntime

    if device.provider == _CPU[1]:
        options = onnxruntime.RunOptions()
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        # A build of ONNX Runtime without an arena refuses to make it smaller, and has nothing to give back.
        with suppress(*_failures()):
            session.run(None, trial, options)
            return
    session.run(None, trial)


def _zeros(session: InferenceSession) -> dict[str, NDArray[np.generic]]:
    return {
        one.name: np.zeros([n if isinstance(n, int) else 1 for n in one.shape], _KINDS.get(one.type, np.float32))
        for one in session.get_inputs()
    }


def _options(device: Device, threads: int | None, planned: bool) -> SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Several live sessions would spin against each other and against the decoding threads.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.intra_op_num_threads = threads or max((os.cpu_count() or 2) // 2, 1)
    options.enable_mem_pattern = planned and device.name != "DirectML"
    options.enable_cpu_mem_arena = planned
    if device.name == "DirectML":
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    return options


def _failures() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises; its own exceptions share no base below Exception."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    own = [kind for kind in vars(state).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    return (RuntimeError, ValueError, OSError, *own)


def _first_line(cause: Exception) -> str:
    return str(cause).strip().split("\n")[0][:200]
