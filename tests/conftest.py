"""What every test gets: a data folder of its own, no display, and checks for leftovers and for surprising log lines."""

from __future__ import annotations

import os

# Before PySide6 and before torch: Qt reads its platform once, OpenMP its waiting policy.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
# English, whatever the system speaks: Qt reads it once too.
os.environ["LC_ALL"] = "C.UTF-8"

import gc
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import packs
from tests.leftovers import Leftovers
from tests.originals import Originals

GRACE = 30.0
"""Seconds in which a thread that was told to stop has to be gone."""


@pytest.fixture(scope="module", autouse=True)
def collect_on_this_thread() -> Iterator[None]:
    """No worker of a later test destroys an earlier test's widgets: garbage is collected here, as the window does."""
    gc.disable()
    gc.collect()
    # What lives on for good need not be looked through after every test.
    gc.freeze()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture(autouse=True)
def collected_at_once(collect_on_this_thread: None) -> Iterator[None]:
    """A window with its networks takes a hundred megabytes, and lives in cycles."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own data folder: nothing of the user's is read or written."""
    folder = tmp_path / "chinagraph-data"
    monkeypatch.setenv("CHINAGRAPH_DATA_DIR", str(folder))
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    return folder


class _Warnings(logging.Handler):
    """Collects what is logged at WARNING or above, whatever the level of a logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a line at WARNING or above that no `logs` mark announced, and on a mark whose line never came.

    A test that asks for `caplog` examines the lines itself.
    """
    patterns = [re.compile(mark.args[0]) for mark in request.node.iter_markers("logs")]
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if "caplog" in request.fixturenames:
        return
    surprises = [line for line in handler.lines if not any(pattern.search(line) for pattern in patterns)]
    missing = [pattern.pattern for pattern in patterns if not any(pattern.search(line) for line in handler.lines)]
    assert not surprises, "logged unexpectedly:\n" + "\n".join(surprises)
    assert not missing, f"announced but never logged: {missing}"


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a live thread, QThread or QTimer behind, and name it."""
    leftovers = Leftovers()
    yield
    left = leftovers.after(GRACE, qt="qapp" in request.fixturenames)
    assert not left, f"{request.node.nodeid} left behind: " + "; ".join(left)


@pytest.fixture
def originals() -> Iterator[Callable[[Path], Path]]:
    """`originals(folder)` hashes a folder; by the end of the test not a byte, name or time may have changed."""
    guarded: list[Originals] = []

    def guard(folder: Path) -> Path:
        guarded.append(Originals(folder))
        return folder

    yield guard
    for shoot in guarded:
        assert not shoot.changes(), f"originals were touched: {shoot.changes()}"


@pytest.fixture(scope="session")
def sample_shoot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample shoot, made once. Whoever wants to change a file copies the folder first."""
    from engine import sample

    folder = sample.make(tmp_path_factory.mktemp("sample") / "shoot")
    before = Originals(folder)
    yield folder
    assert not before.changes(), f"originals were touched: {before.changes()}"


@pytest.fixture(scope="session")
def qapp(qapp: Any) -> Any:
    """The application speaks English, whatever the system does."""
    from desktop import language

    language.install(qapp, language.SOURCE)
    return qapp


@pytest.fixture(scope="session")
def silent_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled pack without its tower, for whoever opens windows and reads no critique."""
    return packs.without_tower(tmp_path_factory.mktemp("silent") / "starter")
