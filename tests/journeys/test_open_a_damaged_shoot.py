"""A photographer opens a card that went wrong, on a computer whose cache went wrong too, and loses nothing by it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import app
from engine.types import Decision, Flag
from tests import pictures
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, names, open_window, press
from tests.shoots import many

GOOD = ["p000.jpg", "p001.jpg", "p002.jpg"]
BAD = ["empty.jpg", "letter.jpg", "torn.jpg"]
LOCKED = "locked.jpg"


@pytest.fixture
def damaged_shoot(tmp_path: Path) -> Path:
    """Three good photos; an empty file, a torn one and a letter that are called .jpg; one that may not be read."""
    folder = many(tmp_path / "shoot", len(GOOD))
    pictures.empty(folder / "empty.jpg")
    pictures.text(folder / "letter.jpg")
    pictures.truncated(pictures.jpeg(folder / "torn.jpg"), 0.3)
    pictures.jpeg(folder / LOCKED).chmod(0)
    return folder


@pytest.fixture
def plain_again(qapp: QApplication) -> Iterator[None]:
    """The style is the application's, which other tests share."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def test_open_a_damaged_shoot_mend_it_and_open_it_with_a_damaged_cache(
    qtbot: QtBot, damaged_shoot: Path, data_folder: Path
) -> None:
    # Whoever may read everything, as an administrator may, has one more good photo.
    bad = BAD if os.access(damaged_shoot / LOCKED, os.R_OK) else sorted([*BAD, LOCKED])
    good = sorted({*GOOD, *BAD, LOCKED} - set(bad))
    window = open_window(qtbot, damaged_shoot)
    session = window.session
    cards = {card.path.name: card for card in session.model.cards()}
    assert sorted(name for name, card in cards.items() if card.merit is not None) == good
    assert names(window)[len(good) :] == bad, "what cannot be read stands at the end"
    press(window, "Ctrl+End", "E", "X", "Ctrl+Home", "P")
    best = active(window)
    culled = {bad[-1]: Decision(Flag.REJECT), best: Decision(Flag.PICK)}
    assert made(window) == culled and best in good

    press(window, "Ctrl+U")
    failures = window.failures
    assert failures is not None
    rows = [failures.files.topLevelItem(row) for row in range(failures.files.topLevelItemCount())]
    reasons = {row.text(0): row.text(1) for row in rows}
    assert sorted(reasons) == bad and all(reasons.values())
    assert len({reasons[name] for name in ("empty.jpg", "letter.jpg", "torn.jpg")}) > 1, "each has its own reason"
    pictures.jpeg(damaged_shoot / "torn.jpg", seed=7)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        failures.retry_all.click()
    assert failures.files.topLevelItemCount() == len(bad) - 1
    assert session.model.find(damaged_shoot / "torn.jpg").merit is not None
    failures.close()
    assert made(window) == culled
    order = names(window)
    close_window(window)

    (data_folder / "cache" / "cache.sqlite").write_bytes(b"this is not a database" * 500)
    window = open_window(qtbot, damaged_shoot)
    assert "cache.sqlite" in window.notices.text.text() and window.notices.isVisible()
    assert names(window) == order and made(window) == culled, "what was measured is measured again"
    close_window(window)
    window = open_window(qtbot, damaged_shoot)
    assert "cache.sqlite" not in window.notices.text.text()
    close_window(window)


@pytest.mark.parametrize("name", ["cache/cache.sqlite", "decisions.sqlite"])
@pytest.mark.usefixtures("plain_again")
def test_a_catalogue_from_a_newer_version_is_refused_and_left_as_it_is(
    qtbot: QtBot, tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, text: told.append(text))
    path = data_folder / name
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE precious (x)")
        database.execute("PRAGMA user_version = 9999")
        database.commit()
    before = path.read_bytes()
    assert app.run([many(tmp_path / "shoot", 1)], data_folder) == app.BROKEN
    assert len(told) == 1 and str(path) in told[0]
    assert "newer version" in told[0] and "Install the newer version" in told[0]
    assert path.read_bytes() == before
    assert [left.name for left in path.parent.iterdir() if left.name.startswith(path.name)] == [path.name]
