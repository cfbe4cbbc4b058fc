"""A photographer compares the frames of a burst with a pinned champion, which is beaten, and takes the winner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from engine.types import Decision, Flag
from tests.journeys.test_cull_by_keyboard import active, close_window, made, names, open_window, press
from tests.shoots import many, write_photo

FRAMES = 6


def shown(window: MainWindow) -> list[str]:
    return [card.path.name for card in window.views.compare.cards]


def zooms(window: MainWindow) -> set[float]:
    return {pane.zoom for pane in window.views.compare.panes if pane.isVisible()}


def test_compare_a_burst_with_a_pinned_champion(
    qtbot: QtBot, tmp_path: Path, originals: Callable[[Path], Path]
) -> None:
    many(tmp_path / "shoot", 3)
    for number in range(FRAMES):
        write_photo(tmp_path / "shoot" / f"burst{number}.jpg", 40, 1000 + 0.2 * number, blur=abs(number - 3) / 2)
    folder = originals(tmp_path / "shoot")
    window = open_window(qtbot, folder)
    burst = [name for name in names(window) if name.startswith("burst")]
    window.session.place.reveal(folder / burst[0])

    press(window, "C", "-", "-")
    assert window.view == "compare" and shown(window) == burst[:2]
    press(window, "L")
    assert window.lineup.champion == folder / burst[0]
    assert window.views.compare.panes[0].accessibleName() == f"Champion: {burst[0]}"
    assert active(window) == burst[1], "the champion stays, its first challenger is active"
    press(window, "Z")
    assert zooms(window) == {1.0}, "they zoom as one"
    press(window, "X", "Right")
    assert shown(window) == [burst[0], burst[2]] and zooms(window) == {1.0}
    press(window, "Shift+X")
    assert shown(window) == [burst[0], burst[3]], "Shift goes on to the next challenger"

    press(window, "L")
    assert window.lineup.champion == folder / burst[3] and shown(window) == [burst[3], burst[4]], "it has won"
    press(window, "Up", "P", "Down")
    assert active(window) == burst[4]
    culled = {burst[1]: Decision(Flag.REJECT), burst[2]: Decision(Flag.REJECT), burst[3]: Decision(Flag.PICK)}
    assert made(window) == culled
    press(window, "Ctrl+Z")
    assert active(window) == burst[3] and shown(window)[0] == burst[3], (
        "the mark on the champion is taken back in place"
    )
    press(window, "Ctrl+Y", "Escape")
    assert window.view == "grid" and active(window) == burst[3] and window.lineup.champion is None
    press(window, "Ctrl+Shift+X", "Return")
    assert made(window) == {name: Decision(Flag.PICK if name == burst[3] else Flag.REJECT) for name in burst}
    close_window(window)
