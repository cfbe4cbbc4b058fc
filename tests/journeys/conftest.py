"""Journeys through the window: on the bundled pack without its tower."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import jobs
from tests import packs


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread is waited for, however busy the machine is."""
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 30.0)


@pytest.fixture(autouse=True)
def nothing_written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No window writes critiques of what it shows, unless its story gives it a tower to do so."""
    if "qtbot" in request.fixturenames:
        silent: Path = request.getfixturevalue("silent_pack")
        packs.use(silent, monkeypatch)
