"""Run a command and say what it cost: processor time, wall time, peak memory. One process, nothing else counted."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    cpu: float
    """Seconds of processor time, user and system."""
    wall: float
    """Seconds."""
    peak: int
    """Largest resident memory, bytes."""
    output: str


def cost(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run `python ARGUMENTS` in the project's folder. Raises CalledProcessError unless it exits with 0."""
    command = [sys.executable, *arguments]
    start = time.monotonic()
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
    )
    assert child.stdout is not None
    output = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.stdout.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise subprocess.CalledProcessError(child.returncode, command, output)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss * 1024, output)


def make_shoot(folder: Path, count: int, size: tuple[int, int] = (6000, 4000), first: int = 0) -> int:
    """`camera_jpegs.make` in a process of its own: a child's peak memory counts what its parent held when it forked."""
    arguments = [str(folder), str(count), "--size", *map(str, size), "--first", str(first)]
    return int(cost(["benchmarks/camera_jpegs.py", *arguments]).output)


def rank(folder: Path, data_dir: Path, jobs: int = 2) -> Cost:
    """`chinagraph rank --json` on a folder."""
    return cost(["-m", "desktop", "--data-dir", str(data_dir), "rank", str(folder), "--json", "--jobs", str(jobs)])
