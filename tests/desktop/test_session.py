"""The session: a shoot is shown at once, scored behind, decided upon meanwhile, and closed cleanly at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.filters import Filter, SortKey
from desktop.session import Session
from engine.export.rejected_journal import RejectedJournal
from engine.types import Colour, Decision, Flag, Phase, Progress
from tests.desktop.conftest import PATIENCE_MS
from tests.shoots import READABLE, UNREADABLE, many, small_shoot, write_photo

Opened = Callable[[Path], Session]


def test_cards_are_there_before_anything_is_scored(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    folder = small_shoot(tmp_path / "shoot")
    with qtbot.waitSignal(session.opened, timeout=100_000):
        session.open([folder])
    assert session.model.rowCount() == READABLE + UNREADABLE
    assert all(card.verdict is None for card in session.model.cards())
    assert session.active is session.model.card(0)


def test_a_shoot_is_scored_ranked_and_its_order_settled(
    opened: Opened, tmp_path: Path, originals: Callable[[Path], Path]
) -> None:
    session = opened(originals(small_shoot(tmp_path / "shoot")))
    cards = [session.model.card(row) for row in range(session.model.rowCount())]
    assert sorted(card.rank for card in cards[:READABLE]) == list(range(1, READABLE + 1))
    assert [card.rank for card in cards[READABLE:]] == [None, None]
    groups = list(dict.fromkeys(card.group for card in cards[:READABLE]))
    assert len(groups) < READABLE
    assert [card.group for card in cards[:READABLE]] == sorted(
        (card.group for card in cards[:READABLE]), key=groups.index
    ), "the frames of a group stand side by side"
    bests = [min(card.rank for card in cards[:READABLE] if card.group == group) for group in groups]
    assert bests == sorted(bests), "and each group where its best frame would"
    assert {card.path.name for card in session.model.failures()} == {"empty.jpg", "torn.jpg"}
    assert all(card.error for card in session.model.failures())


def test_who_has_not_begun_finds_the_best_photo_active(opened: Opened, tmp_path: Path) -> None:
    session = opened(many(tmp_path / "shoot", 6))
    assert session.active is not None and session.active.rank == 1


@pytest.mark.parametrize(
    "begin", [lambda session: session.place.go(2), lambda session: session.culling.mark(Flag.PICK)]
)
def test_who_has_begun_keeps_the_active_photo_when_the_order_settles(
    qtbot: QtBot, session: Session, tmp_path: Path, begin: Callable[[Session], object]
) -> None:
    with qtbot.waitSignal(session.opened, timeout=100_000):
        session.open([many(tmp_path / "shoot", 6)])
    begin(session)
    active = session.active
    assert active is not None
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        pass
    assert session.active is not None and session.active.path == active.path


def test_while_a_run_scores_nothing_jumps(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    orders: list[list[str]] = []

    def note(progress: Progress) -> None:
        if progress.phase is Phase.SCORING:
            orders.append([session.model.card(row).path.name for row in range(session.model.rowCount())])

    session.progressed.connect(note)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([many(tmp_path / "shoot", 60)])
    assert orders and all(order == sorted(order) for order in orders)


def test_steps_are_gathered_into_few_updates(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    told: list[Progress] = []
    session.progressed.connect(told.append)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([many(tmp_path / "shoot", 60)])
    assert told[-1].phase is Phase.FINISHED
    assert (told[-1].done, told[-1].total) == (60, 60)


def test_an_unchanged_shoot_comes_back_complete_at_once(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 5)
    session = opened(folder)
    with qtbot.waitSignal(session.opened, timeout=100_000):
        session.open([folder])
    assert all(card.verdict is not None for card in session.model.cards())


def test_a_move_of_rejects_that_was_cut_short_is_ended_before_the_shoot_is_shown(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 3)
    home = folder / "_Rejected"
    home.mkdir()
    files = [folder / "p001.jpg", folder / "p001.xmp"]
    files[1].write_text("<x/>")
    RejectedJournal(home).begin([[(file, home / file.name) for file in files]])
    files[0].rename(home / files[0].name)
    with qtbot.waitSignal(session.warned, timeout=100_000) as told:
        session.open([folder])
    assert "p001" in told.args[0]
    assert not any(file.exists() for file in files)
    assert {card.path.name for card in session.model.cards()} == {"p000.jpg", "p002.jpg"}


@pytest.mark.parametrize("exists", [True, False])
def test_folders_that_cannot_be_opened_are_told(qtbot: QtBot, session: Session, tmp_path: Path, exists: bool) -> None:
    path = tmp_path / "holiday"
    if exists:
        path.write_text("a file")
    with qtbot.waitSignals([session.unusable, session.ended], timeout=100_000):
        session.open([path])
    assert not session.is_running


def test_an_empty_folder_ends_at_once(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignals([session.opened, session.ended], timeout=100_000):
        session.open([tmp_path])
    assert session.model.rowCount() == 0


def test_a_missing_pack_leaves_culling_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 3)
    session = Session(pack=tmp_path / "no pack")
    warnings: list[str] = []
    devices: list[str] = []
    session.warned.connect(warnings.append)
    session.device_found.connect(devices.append)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([folder])
    assert str(tmp_path / "no pack") in warnings[0]
    assert devices == [""]
    assert all(card.verdict is None and card.readings for card in session.model.cards())
    session.culling.mark(Flag.PICK)
    assert session.model.decision(0).flag is Flag.PICK
    session.close()


def test_the_device_is_told(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    devices: list[str] = []
    session.device_found.connect(devices.append)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([many(tmp_path / "shoot", 2)])
    assert devices and set(devices) == {session._workshop.judge.student.device.name}


def test_pause_holds_the_run_and_resume_lets_it_finish(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.opened, timeout=100_000):
        session.open([many(tmp_path / "shoot", 40)])
    with qtbot.waitSignal(session.pause_changed, timeout=100_000):
        session.pause()
    assert session.is_paused and session.is_running
    with qtbot.assertNotEmitted(session.ended, wait=300):
        pass
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.resume()
    assert all(card.verdict is not None for card in session.model.cards())


def test_a_cancelled_run_keeps_what_it_has_and_goes_on_the_next_time(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    folder = many(tmp_path / "shoot", 80)
    with qtbot.waitSignal(session.progressed, timeout=PATIENCE_MS, check_params_cb=lambda step: step.done > 0):
        session.open([folder])
    session.cancel()
    assert not session.is_running
    kept = sum(card.verdict is not None for card in session.model.cards())
    assert kept > 0
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([folder])
    assert all(card.verdict is not None for card in session.model.cards())


def test_opening_another_shoot_in_mid_run_leaves_no_trace_of_the_first(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    first, second = many(tmp_path / "first", 60), many(tmp_path / "second", 3)
    with qtbot.waitSignal(session.progressed, timeout=PATIENCE_MS):
        session.open([first])
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.open([second])
    assert {card.path.parent for card in session.model.cards()} == {second}


@pytest.mark.parametrize("moment", ["opening", "opened", "progressed"])
def test_closing_at_any_moment_leaves_nothing_behind(qtbot: QtBot, tmp_path: Path, moment: str) -> None:
    """That no thread and no timer is alive afterwards is checked after every test."""
    session = Session()
    with qtbot.waitSignal(getattr(session, moment), timeout=PATIENCE_MS):
        session.open([many(tmp_path / "shoot", 30)])
    session.close()
    assert not session.is_running


def test_closing_a_paused_run_does_not_hang(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session()
    with qtbot.waitSignal(session.opened, timeout=100_000):
        session.open([many(tmp_path / "shoot", 10)])
    session.pause()
    session.close()
    assert not session.is_running


def test_marks_hit_the_active_photo_only(opened: Opened, tmp_path: Path) -> None:
    session = opened(many(tmp_path / "shoot", 4))
    session.selection.select(session.model.index(2), session.selection.SelectionFlag.Select)
    session.place.go(1)
    for value in (Flag.REJECT, 4, Colour.BLUE):
        session.culling.mark(value)
    decisions = [session.model.decision(row) for row in range(4)]
    assert decisions == [Decision(), Decision(Flag.REJECT, 4, Colour.BLUE), Decision(), Decision()]


def test_undo_and_redo_survive_a_restart(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 3)
    session = opened(folder)
    for row, value in enumerate((Flag.PICK, 3, Colour.GREEN)):
        session.place.go(row)
        session.culling.mark(value)
    paths = [session.model.card(row).path for row in range(3)]
    session.close()

    again = Session()
    with qtbot.waitSignal(again.ended, timeout=PATIENCE_MS):
        again.open([folder])
    assert [again.culling.decision(path) for path in paths] == [
        Decision(Flag.PICK),
        Decision(stars=3),
        Decision(colour=Colour.GREEN),
    ]
    while again.culling.can_undo:
        again.culling.undo()
    assert not any(again.culling.decision(path).is_made for path in paths)
    again.culling.redo()
    assert again.culling.decision(paths[0]) == Decision(Flag.PICK)
    assert again.active is not None and again.active.path == paths[0]
    again.close()


def test_a_renamed_photo_is_recognised_with_its_decision(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    folder = many(tmp_path / "shoot", 3)
    session = opened(folder)
    session.place.go(session.model.row_of(folder / "p001.jpg") or 0)
    session.culling.mark(Flag.PICK)
    (folder / "p001.jpg").rename(folder / "renamed.jpg")
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.retry()
    assert session.culling.decision(folder / "renamed.jpg").flag is Flag.PICK
    row = session.model.row_of(folder / "renamed.jpg")
    assert row is not None and session.model.decision(row).flag is Flag.PICK


def test_retry_reads_a_mended_file_and_keeps_filter_and_place(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    folder = small_shoot(tmp_path / "shoot")
    session = opened(folder)
    session.model.arrange(SortKey.NAME)
    session.place.go(4)
    active = session.active
    session.model.set_filter(Filter(undecided=True))
    write_photo(folder / "torn.jpg", 7)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS):
        session.retry([folder / "torn.jpg"])
    assert [card.path.name for card in session.model.failures()] == ["empty.jpg"]
    assert session.model.filter == Filter(undecided=True)
    assert session.active is not None and active is not None and session.active.path == active.path


def test_what_is_looked_at_is_asked_of_the_run_first(opened: Opened, tmp_path: Path) -> None:
    session = opened(many(tmp_path / "shoot", 3))
    shown = session.model.cards()
    session.place.go(2)
    active = session.active
    assert active is not None
    session.attend(shown)
    others = [card.path for card in shown if card is not active]
    assert list(session.attention.paths) == [active.path, *others]
    session.place.go(0)
    assert session.active is not None and session.attention.paths[0] == session.active.path


def seen(session: Session, path: Path) -> list[str]:
    """The views in which the log says that a photo was seen."""
    session.save()
    with closing(sqlite3.connect(session._decisions._path)) as database:
        rows = database.execute("SELECT path, view FROM seen JOIN photo ON photo.id = seen.photo ORDER BY seen.id")
        return [view for name, view in rows if bytes(name).endswith(path.name.encode())]


def test_a_photo_is_seen_after_a_while_in_the_loupe_not_in_the_grid(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    session = opened(many(tmp_path / "shoot", 3))
    first, second, third = (session.model.card(row).path for row in range(3))
    session.look("grid")
    session.place.go(1)
    session.look("loupe")
    session.place.go(2)
    qtbot.waitUntil(lambda: bool(seen(session, third)), timeout=100_000)
    assert seen(session, third) == ["loupe"]
    assert seen(session, second) == []
    session.look("grid")
    session.place.go(0)
    session.culling.mark(Flag.PICK)
    assert seen(session, first) == ["grid"]
