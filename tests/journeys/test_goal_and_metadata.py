"""A photographer asks for the best few, swaps one, accepts, and finds sidecars, which another program then changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from engine.export import sidecar
from engine.settings import FILE_NAME, load
from engine.types import Decision, Flag
from tests import sidecars
from tests.journeys.test_cull_by_keyboard import PATIENCE_MS, active, close_window, made, open_window, press
from tests.originals import Originals
from tests.shoots import small_shoot

WANTED = 4


def settled(qtbot: QtBot, window: MainWindow) -> set[str]:
    """What is suggested, once it is what was asked for last."""
    choosing = window.session.choosing
    qtbot.waitUntil(lambda: choosing.is_on and not choosing.is_busy, timeout=PATIENCE_MS)
    return {path.name for path in choosing.selection.paths}


def read(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.metadata.is_looking, timeout=PATIENCE_MS)


def picks(names: set[str]) -> dict[str, Decision]:
    return {name: Decision(Flag.PICK) for name in names}


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[[Path], MainWindow]]:
    """`opened(folder)`: a window whose shoot is ranked and whose files were read; closed whatever comes."""
    windows: list[MainWindow] = []

    def begin(folder: Path) -> MainWindow:
        windows.append(open_window(qtbot, folder))
        read(qtbot, windows[-1])
        return windows[-1]

    yield begin
    for window in windows:
        window.session.close()


def test_ask_swap_accept_travel_and_disagree(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], tmp_path: Path, data_folder: Path
) -> None:
    folder = small_shoot(tmp_path / "shoot")
    (folder / "burst0.xmp").unlink()
    pictures = Originals(folder)
    window = opened(folder)
    window.actions_table["metadata.live"].trigger()
    assert load(data_folder / FILE_NAME).xmp_live
    wanted = choose(qtbot, window)
    close_window(window)

    said = {path.name: sidecar.read(path).get("xmpDM:pick") for path in folder.rglob("*.xmp")}
    assert said == {f"{Path(name).stem}.xmp": "1" for name in wanted}
    assert all(".xmp" in change for change in pictures.changes()), "the photos are as they were"
    disputed, starred = interfere(folder, wanted)

    window = opened(folder)
    assert window.session.choosing.goal.count == WANTED
    answer(qtbot, window, disputed)
    assert made(window)[starred] == Decision(stars=5), "what nobody contradicts is taken over"
    close_window(window)

    window = opened(folder)
    assert "disagree" not in window.notices.text.text(), "what was answered is not asked again"
    assert {name for name, decision in made(window).items() if decision.flag is Flag.PICK} == wanted
    assert len(made(window)) == WANTED + 1
    close_window(window)


def choose(qtbot: QtBot, window: MainWindow) -> set[str]:
    """Ask for some, look at a runner-up, swap, accept, undo, look again and leave, redo; the picks."""
    press(window, "Ctrl+B", str(WANTED))
    first = settled(qtbot, window)
    assert len(first) == WANTED and made(window) == {}
    choice = next(c for c in window.session.choosing.selection.choices if c.runner_up is not None)
    window.session.place.reveal(choice.path)
    window.grid.setFocus()
    press(window, "V")
    assert active(window) == choice.runner_up.name
    press(window, "V")
    window.session.place.reveal(choice.path)
    press(window, "Shift+V")
    wanted = settled(qtbot, window)
    assert wanted == first - {choice.path.name} | {choice.runner_up.name}
    press(window, "Ctrl+Return")
    assert made(window) == picks(wanted)
    press(window, "Ctrl+Z")
    assert made(window) == {}
    press(window, "Ctrl+B")
    settled(qtbot, window)
    press(window, "Escape")
    assert made(window) == {}
    press(window, "Ctrl+Y")
    assert made(window) == picks(wanted)
    assert window.strip.picks.accessibleName() == f"Pick {WANTED}/{WANTED}"
    return wanted


def interfere(folder: Path, wanted: set[str]) -> tuple[str, str]:
    """As another program would: a pick becomes a reject, an undecided photo gets stars; their names."""
    path = min(folder.rglob("*.xmp"))
    before = path.read_bytes()
    path.write_bytes(before.replace(b'xmpDM:pick="1"', b'xmpDM:pick="-1"').replace(b'good="True"', b'good="False"'))
    assert path.read_bytes() != before
    undecided = next(
        photo for photo in sorted(folder.glob("*s*.jpg")) if photo.name not in wanted and photo.stat().st_size > 9000
    )
    undecided.with_suffix(".xmp").write_text(sidecars.attributes(rating=5))
    return next(name for name in wanted if Path(name).stem == path.stem), undecided.name


def answer(qtbot: QtBot, window: MainWindow, disputed: str) -> None:
    """Find what was decided unchanged, and the conflict told; keep it."""
    assert made(window)[disputed] == Decision(Flag.PICK)
    assert "1 photo disagrees with its files" in window.notices.text.text()
    window.notices.offer_button.click()
    read(qtbot, window)
    dialog = window.metadata.conflicts
    said = [(one.photo.path.name, one.field, one.decided) for one in dialog.rows.conflicts]
    assert said == [(disputed, "flag", Flag.PICK)]
    dialog.answers[0].click()
    dialog.apply.click()
    assert window.metadata.conflicts is None
    assert made(window)[disputed] == Decision(Flag.PICK)
