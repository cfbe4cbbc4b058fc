"""Carries out an export plan: each photo as a whole, nothing half under a final name, every failure with its cause."""

from __future__ import annotations

import errno
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from engine.control import Control
from engine.errors import ChangedFile, ChinagraphError, StoreError, UnusableInput
from engine.export import move, rendition, transfer
from engine.export.ledger import Ledger
from engine.export.operation import Action, Operation, photos
from engine.export.outcome import Outcome, Result, Status, Step
from engine.export.plan import Plan
from engine.files.shoot import stamp
from engine.pace import Pace
from engine.turn import Turn
from engine.types import Card, Decision, Phase

_FULL = (errno.ENOSPC, errno.EDQUOT)
_COPIERS = 2
"""Files in flight: one is read while another is brought to the drive or read back."""
_RENDERERS = 4


def run(plan: Plan, ledger: Ledger, request: str = "", control: Control | None = None) -> Iterator[Step]:
    """Carry out `plan`: a step for each photo, then one of `Phase.FINISHED` with the result, cancelled or not.

    A failure concerns its own photo alone, unless the target is full, gone or read-only: then the rest is not tried.
    The same run again completes what is missing. `request` says what was asked, for `Ledger.unfinished`. Raises
    UnusableInput where there is no room or the target cannot be made, StoreError where the ledger cannot be kept.
    """
    return _Run(plan, ledger, request, control or Control()).steps()


class _Run:
    def __init__(self, plan: Plan, ledger: Ledger, request: str, control: Control) -> None:
        self._plan = plan
        self._root = plan.order.target
        self._ledger = ledger
        self._request = request
        self._control = control
        self._writing = threading.Lock()
        self._identity = (0, 0)
        self._stopped = threading.Event()

    def steps(self) -> Iterator[Step]:
        """See `run`."""
        if not self._plan.fits:
            raise UnusableInput(
                f"{self._root} has room for {self._plan.free or 0:,} bytes, and {self._plan.size:,} are needed. "
                "Make room there, or choose another folder."
            )
        self._prepare()
        total, pace = len(self._plan.operations), Pace()
        outcomes: list[Outcome] = []
        for settled in self._settled():
            outcomes.extend(settled)
            done = len(outcomes)
            pace.mark(done, sum(outcome.status is Status.DONE for outcome in outcomes))
            left = pace.seconds_left(total - done)
            yield Step(Phase.EXPORTING, done, total, pace.rate, left, outcomes=tuple(settled))
        known = {outcome.operation: outcome for outcome in outcomes}
        every = tuple(known.get(op) or Outcome(op, Status.UNTRIED) for op in self._plan.operations)
        if all(outcome.status is not Status.UNTRIED for outcome in every) and not self._stopped.is_set():
            self._ledger.end()
        result = Result(every, self._plan.problems, self._control.cancelled)
        yield Step(Phase.FINISHED, len(outcomes), total, result=result)

    def _prepare(self) -> None:
        """The target is there, without what a killed program left half written, and the ledger knows what comes."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            self._identity = _identity(self._root)
        except OSError as error:
            raise UnusableInput(
                f"{self._root} cannot be written to ({error.strerror}). Allow writing there, or name another folder."
            ) from error
        for folder in {operation.target.parent for operation in self._plan.operations}:
            try:
                transfer.sweep(folder)
            except OSError:
                continue  # whoever goes there is told what is wrong with it
        self._ledger.begin(self._plan.operations, self._request)

    def _settled(self) -> Iterator[list[Outcome]]:
        """The outcomes of one photo after the other, with a few in flight."""
        rendering = self._plan.order.rendition is not None
        workers = min(_RENDERERS, os.cpu_count() or 1) if rendering else _COPIERS
        in_flight: deque[Future[list[Outcome]]] = deque()
        with ThreadPoolExecutor(workers, "export") as pool:
            for photo in photos(self._plan.operations):
                self._control.wait()
                if self._control.cancelled or self._stopped.is_set():
                    break
                in_flight.append(pool.submit(self._photo, photo))
                if len(in_flight) > workers:
                    yield in_flight.popleft().result()
            while in_flight:
                yield in_flight.popleft().result()

    def _photo(self, photo: Sequence[Operation]) -> list[Outcome]:
        """One photo, on a thread of the pool."""
        if self._stopped.is_set() or self._control.cancelled:
            return [Outcome(operation, Status.UNTRIED) for operation in photo]
        if any(operation.action in (Action.MOVE, Action.CARRY) for operation in photo):
            outcomes, error = move.photo(photo, self._make_room)
            if error is not None:
                self._consider(error)
            return outcomes
        return [self._file(operation) for operation in photo]

    def _file(self, operation: Operation) -> Outcome:
        try:
            self._make_room(operation)
            if operation.action is Action.KEEP or os.path.lexists(operation.target):
                return self._compared(operation)
            self._copy(operation)
        except StoreError:
            raise
        except ChinagraphError as error:
            return Outcome(operation, Status.FAILED, str(error))
        except OSError as error:
            self._consider(error)
            return Outcome(operation, Status.FAILED, move.because(operation, error))
        return Outcome(operation, Status.DONE)

    def _copy(self, operation: Operation) -> None:
        source, target = operation.source, operation.target
        if operation.action is Action.COPY:
            transfer.copy(source, operation.stamp, target, self._plan.order.verify, operation.digest)
            return
        chosen = self._plan.chosen[operation.photo]
        data = self._made(operation, chosen.card, chosen.decision)
        if stamp(source) != operation.stamp:
            raise ChangedFile(f"{source} changed since it was looked at. Read the shoot again, then export it.")
        with self._writing:
            self._ledger.making(operation, len(data))
        transfer.write(data, source, target)

    def _made(self, operation: Operation, card: Card, decision: Decision) -> bytes:
        """The bytes of a rendition, of a copy with metadata, or of a sidecar."""
        order, source = self._plan.order, operation.source
        if operation.action is Action.RENDER and order.rendition is not None:
            data = rendition.render(card.photo, order.rendition, decision.turn)
            decision = replace(decision, turn=Turn.NONE)
            return data if order.tagging is None else order.tagging.inside(data, card, decision, operation.target)
        assert order.tagging is not None
        if operation.action is Action.EMBED:
            return order.tagging.inside(source.read_bytes(), card, decision, source)
        before = source.read_bytes() if operation.action is Action.MERGE else None
        return order.tagging.beside(before, card, decision, source)

    def _compared(self, operation: Operation) -> Outcome:
        """A file that lies at the target already: the same, or one that is in the way."""
        source, target = operation.source, operation.target
        there, planned = stamp(target), operation.stamp
        same = operation.action is Action.KEEP and (operation.recipe != "copy" or there.size == planned.size)
        if same and operation.recipe == "copy" and self._plan.order.verify:
            same = transfer.digest(target) in (operation.digest, transfer.digest(source))
        if same:
            return Outcome(operation, Status.THERE)
        return Outcome(operation, Status.FAILED, move.because(operation, FileExistsError(errno.EEXIST, "")))

    def _make_room(self, operation: Operation) -> None:
        """The folder that a file goes to. Raises OSError where the target is not the folder it was at the start.

        A drive that was pulled leaves an empty folder of its name behind, which is not to be filled instead.
        """
        if _identity(self._root) != self._identity:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(self._root))
        folder = self._root
        # One level after the other: `parents` would make a target anew that goes away just now.
        for name in operation.target.parent.relative_to(self._root).parts:
            folder /= name
            folder.mkdir(exist_ok=True)

    def _consider(self, error: OSError) -> None:
        """Go no further where the next file would fail in the same way."""
        try:
            gone = _identity(self._root) != self._identity
        except OSError:
            gone = True
        if gone or error.errno in (*_FULL, errno.EROFS):
            self._stopped.set()


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
