"""The models page: what is installed, what scores, its card, its device, its speed; and packs that cannot be used."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.dialogs.models import ModelsDialog
from desktop.main_window import MainWindow
from engine.models import packs
from engine.settings import FILE_NAME, Settings, load, save
from tests.desktop.conftest import PATIENCE_MS
from tests.shoots import many

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def second(data_folder: Path) -> Path:
    """The bundled pack once more, installed under another folder."""
    return Path(shutil.copytree(packs.bundled(), data_folder / packs.FOLDER / "mine"))


def opened(window: MainWindow) -> ModelsDialog:
    window.actions_table["models"].trigger()
    assert window.looks.models is not None and window.looks.models.isVisible()
    return window.looks.models


def test_packs_are_shown_verified_measured_and_changed(
    make_window: MakeWindow, second: Path, data_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    dialog = opened(window)
    assert dialog.list.count() == 2 and dialog.folder == packs.bundled()
    assert not dialog.use.isEnabled() and "CPU" in dialog.detail.device.text()
    assert "What it learned from" in dialog.detail.card.toPlainText()
    assert "faces" in dialog.detail.abilities.text()
    dialog.verify.click()
    qtbot.waitUntil(lambda: "as it was published" in dialog.detail.outcome.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(dialog.measure.isEnabled, timeout=PATIENCE_MS)
    dialog.measure.click()
    assert dialog.cancel.isVisible() and not dialog.verify.isEnabled()
    qtbot.waitUntil(lambda: "photos a second: 3 photos in" in dialog.detail.outcome.text(), timeout=PATIENCE_MS)
    dialog.list.setCurrentRow(1)
    assert dialog.folder == second and "scores every shoot anew" in dialog.detail.meaning.text()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        dialog.use.click()
    assert window.session.packs.folder == second and load(data_folder / FILE_NAME).pack == "mine"
    assert packs.in_use() == second, "the command line takes it too"
    assert not dialog.use.isEnabled()


def test_measuring_is_cancelled(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(many(tmp_path / "shoot", 3))
    dialog = opened(window)
    dialog.measure.click()
    dialog.cancel.click()
    qtbot.waitUntil(dialog.measure.isEnabled, timeout=PATIENCE_MS)
    assert "Cancelled" in dialog.detail.outcome.text()
    assert not dialog.cancel.isVisible()


@pytest.mark.parametrize("missing", [True, False])
def test_without_a_usable_pack_culling_works_and_the_way_out_is_offered(
    make_window: MakeWindow, second: Path, data_folder: Path, tmp_path: Path, qtbot: QtBot, missing: bool
) -> None:
    if missing:
        shutil.rmtree(second)
    else:
        with (second / "student.onnx").open("r+b") as file:
            file.seek(5000)
            file.write(b"\0altered\0")
    save(Settings(pack="mine"), data_folder / FILE_NAME)
    window = make_window(many(tmp_path / "shoot", 2))
    said = window.notices.text.text()
    assert str(second) in said and "Install the pack again" in said and "Culling works as ever" in said
    card = window.session.active
    assert card is not None and card.verdict is None and card.readings
    window.actions_table["flag.pick"].trigger()
    assert window.session.culling.decision(card.path).flag.value == "pick"
    assert window.notices.offer_button.text() == "Model packs…"
    window.notices.offer_button.click()
    dialog = window.looks.models
    assert dialog is not None and dialog.folder == second
    assert (dialog.detail.pack is None) is missing
    if not missing:
        dialog.verify.click()
        qtbot.waitUntil(lambda: "not the ones that were published" in dialog.detail.outcome.text(), timeout=PATIENCE_MS)
    dialog.list.setCurrentRow(1 if missing else 0)
    with qtbot.waitSignal(window.session.ended, timeout=PATIENCE_MS):
        dialog.use.click()
    scored = window.session.model.find(card.path)
    assert scored is not None and scored.verdict is not None
    assert "Culling works as ever" not in window.notices.text.text()
