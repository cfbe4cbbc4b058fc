"""A photographer ranks a shoot in the terminal: once, again, interrupted, killed, beside another program."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from engine import paths
from engine.catalogue import Catalogue
from engine.files import shoot as shoots
from engine.models.pack import Pack
from tests.shoots import READABLE, UNREADABLE, hollow, many, small_shoot

KILLED = """
import os, signal, sys, threading
from pathlib import Path
from engine import paths, pipeline
from engine.files import shoot
from engine.models.pack import Pack
from engine.models.student import Student

folder, data, moment = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
student = Student.load(Pack.open(paths.resource("models", "starter")))
killer = threading.Timer(moment, os.kill, (os.getpid(), signal.SIGKILL))
with pipeline.Catalogue.open(paths.cache_dir(data)) as catalogue:
    for step in pipeline.rank(shoot.read([folder]), catalogue, student):
        print(step.done, flush=True)
        if step.cards and not killer.is_alive():
            killer.start()
"""
"""Kills itself `moment` seconds after the first batch was saved."""


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "desktop", *map(str, arguments)]


def chinagraph(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*arguments), capture_output=True, check=False, timeout=200, **options)


def known(folder: Path, data: Path) -> int:
    """Photos that the catalogue would not read again."""
    model = Pack.open(paths.resource("models", "starter")).model_id
    with Catalogue.open(paths.cache_dir(data)) as catalogue:
        return len(catalogue.cache.known(shoots.read([folder]).photos, model))


def test_rank_and_rank_again(tmp_path, originals):
    folder = originals(small_shoot(tmp_path / "shoot"))
    cold = chinagraph("rank", folder, "--json")
    assert cold.returncode == 0, cold.stderr
    found = [json.loads(line) for line in cold.stdout.splitlines()]
    assert len(found) == READABLE + UNREADABLE
    warm = chinagraph("rank", folder, "--json", "--jobs", 1)
    assert warm.stdout == cold.stdout
    assert b"Traceback" not in cold.stderr + warm.stderr


def test_ranking_again_decodes_nothing(tmp_path):
    folder = many(tmp_path / "shoot", 5)
    cold = chinagraph("rank", folder, "--json")
    for file in folder.iterdir():
        hollow(file)
    warm = chinagraph("rank", folder, "--json")
    assert cold.returncode == warm.returncode == 0
    assert warm.stdout == cold.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("moment", [0.0, 0.02, 0.1])
def test_killed_at_any_moment_the_next_run_goes_on(moment, tmp_path, originals):
    folder, data = originals(many(tmp_path / "shoot", 80)), tmp_path / "data"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(data), str(moment)], capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    shown = int(killed.stdout.split()[-1])
    assert shown > 0
    assert known(folder, data) >= shown, "what was shown was saved"
    after = chinagraph("--data-dir", data, "rank", folder, "--json")
    fresh = chinagraph("--data-dir", tmp_path / "fresh", "rank", folder, "--json")
    assert after.returncode == 0
    assert after.stdout == fresh.stdout
    assert after.stdout.count(b"\n") == 80


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals")
def test_ctrl_c_ends_with_130_and_what_was_done_is_saved(tmp_path, originals):
    folder, data = originals(many(tmp_path / "shoot", 150)), tmp_path / "data"
    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    running = subprocess.Popen(
        command("--data-dir", data, "rank", folder, "--json"), stdout=subprocess.PIPE, stderr=terminal
    )
    os.close(terminal)
    seen = b""
    while not (shown := re.search(rb"\| ([1-9]\d*)/150", seen)):
        chunk = _read(screen)
        assert chunk, f"it ended before it showed progress: {seen!r}"
        seen += chunk
    running.send_signal(signal.SIGINT)
    rest = b""
    while chunk := _read(screen):
        rest += chunk
    output, _ = running.communicate(timeout=60)
    os.close(screen)
    assert running.returncode == 130, rest
    assert output == b""
    assert b"Interrupted: " in rest and b"Traceback" not in rest
    assert int(shown[1]) <= known(folder, data) < 150, "what was shown was saved"
    assert chinagraph("--data-dir", data, "rank", folder, "--json").stdout.count(b"\n") == 150


def _read(screen: int) -> bytes:
    """What the terminal shows next; b"" when the last program has left it."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""


def test_two_programs_rank_the_same_shoot_into_one_catalogue(tmp_path, originals):
    folder, data = originals(many(tmp_path / "shoot", 60)), tmp_path / "data"
    arguments = command("--data-dir", data, "rank", folder, "--json")
    both = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    printed = [program.communicate(timeout=100) for program in both]
    assert [program.returncode for program in both] == [0, 0], printed
    assert printed[0][0] == printed[1][0]
    assert not any(b"cannot be saved" in errors for _, errors in printed)
    assert known(folder, data) == 60


def test_a_reader_that_leaves_is_no_error(tmp_path):
    folder = small_shoot(tmp_path / "shoot")
    ours, theirs = os.pipe()
    os.close(ours)
    ended = subprocess.run(command("rank", folder, "--json"), stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr and b"BrokenPipe" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_output_that_has_no_room_is_told_in_one_line(tmp_path):
    folder = many(tmp_path / "shoot", 1)
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command("rank", folder, "--json"), stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith(b"chinagraph: the output could not be written")
    assert b"Traceback" not in ended.stderr and b"Exception ignored" not in ended.stderr


def test_a_closed_stdout_does_no_harm(tmp_path):
    folder = many(tmp_path / "shoot", 1)
    shell = " ".join(command("rank", folder)) + " >&-"
    ended = subprocess.run(["sh", "-c", shell], stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr
