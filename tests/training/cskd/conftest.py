"""What the tests of the student's recipe share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.cskd import made
from training.cskd import backbones, shared_adapter
from training.data import labelled
from training.data.labelled import Labelled


@pytest.fixture(autouse=True)
def tiny_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recipes may name the network "tiny"; an adapter is fitted in a second."""
    monkeypatch.setitem(backbones.BUILDERS, "tiny", made.tiny)
    monkeypatch.setattr(shared_adapter, "STEPS", 300)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data sets: the tiny BIQ2021."""
    folder = tmp_path_factory.mktemp("data")
    made.photos(folder / "biq2021")
    return folder


@pytest.fixture(scope="session")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.tower(tmp_path_factory.mktemp("tower"))


@pytest.fixture(scope="session")
def photos(data: Path) -> Labelled:
    return labelled.load("biq2021", data / "biq2021")
