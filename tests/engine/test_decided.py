"""A ranked shoot with its decisions, as subcommands get it."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from engine.files import shoot
from engine.judge import hand_groups
from engine.store.decisions import FILE_NAME, Decisions, Mark, Origin
from engine.subcommands.decided import decided
from engine.types import Decision, Flag, GroupKind
from tests.shoots import many


def options(folder: Path) -> argparse.Namespace:
    return argparse.Namespace(folders=[str(folder)], data_dir=None, jobs=1)


def test_a_shoot_comes_with_what_was_decided_about_it(tmp_path, data_folder):
    folder = many(tmp_path / "shoot", 4)
    with decided(options(folder)) as first:
        assert first.decisions == {}
        best, second = first.cards[:2]
        mark = Mark(best.photo, best.fingerprint, "flag", Flag.PICK)
        first.store.mark([mark], Origin.BULK)
    with decided(options(folder)) as again:
        assert again.decisions == {best.path: Decision(flag=Flag.PICK)}
        assert [card.path for card in again.cards] == [card.path for card in first.cards]
        assert again.store.of(second.path) == Decision()


def test_groups_made_by_hand_and_corrected_clocks_hold(tmp_path, data_folder):
    folder = many(tmp_path / "shoot", 4)
    photos = shoot.read([folder]).photos
    with decided(options(folder)) as plain:
        assert {card.group_kind for card in plain.cards} == {GroupKind.SINGLE}
        joined = hand_groups.join(plain.cards[:2])
    store = Decisions(data_folder / FILE_NAME)
    store.open_shoot([folder], [(photo, None) for photo in photos])
    store.mark([Mark(c.photo, c.fingerprint, "group", joined[c.path]) for c in plain.cards[:2]], Origin.BULK)
    store.set_clock("Chinagraph Testcam 1001", timedelta(hours=1))
    store.close()
    with decided(options(folder)) as again:
        assert again.decisions == {}, "a place in a group is no decision"
        grouped = {card.path: card.group for card in again.cards if card.group_kind is GroupKind.BURST}
        assert grouped == joined
        assert {card.clock_offset for card in again.cards} == {timedelta(hours=1)}
        assert [card.rank for card in again.cards] == [1, 2, 3, 4]
        assert all(card.scene for card in again.cards)
