"""Journeys through the window: on the bundled pack without its tower."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import packs


@pytest.fixture(autouse=True)
def nothing_written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No window writes critiques of what it shows, unless its story gives it a tower to do so."""
    if "qtbot" in request.fixturenames:
        silent: Path = request.getfixturevalue("silent_pack")
        packs.use(silent, monkeypatch)
