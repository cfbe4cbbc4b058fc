"""Thumbnails: what was put comes back or counts as absent."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import StoreFromFuture
from engine.store.thumbnails import Thumbnails


def picture(seed: int, size: int = 2000) -> bytes:
    return random.Random(seed).randbytes(size)


@pytest.fixture
def thumbnails(tmp_path: Path) -> Iterator[Thumbnails]:
    opened = Thumbnails(tmp_path / "thumbnails")
    yield opened
    opened.close()


def packs(folder: Path) -> list[Path]:
    return sorted((folder / "thumbnails").glob("*.pack"))


def test_what_was_put_comes_back(thumbnails: Thumbnails) -> None:
    items = {f"{i:040x}": picture(i, 1 + 37 * i) for i in range(50)}
    thumbnails.put(list(items.items()))
    assert {fingerprint: thumbnails.get(fingerprint) for fingerprint in items} == items
    assert thumbnails.get("absent") is None
    assert thumbnails.has(f"{3:040x}")
    assert not thumbnails.has("absent")
    assert thumbnails.held([*items, "absent"]) == set(items)


def test_what_was_put_survives_closing(tmp_path: Path) -> None:
    first = Thumbnails(tmp_path / "thumbnails")
    first.put([("a", picture(1))])
    first.close()
    second = Thumbnails(tmp_path / "thumbnails")
    second.put([("b", picture(2))])
    assert (second.get("a"), second.get("b")) == (picture(1), picture(2))
    second.close()


def test_what_is_there_is_not_written_again(thumbnails: Thumbnails, tmp_path: Path) -> None:
    for _ in range(5):
        thumbnails.put([("a", picture(1))])
    assert sum(path.stat().st_size for path in packs(tmp_path)) == 2000


def test_a_flipped_bit_counts_as_absent_until_it_is_put_again(thumbnails: Thumbnails, tmp_path: Path) -> None:
    thumbnails.put([("a", picture(1)), ("b", picture(2))])
    (path,) = packs(tmp_path)
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    assert thumbnails.get("a") is None
    assert thumbnails.get("b") == picture(2)
    assert not thumbnails.has("a")
    thumbnails.put([("a", picture(1))])
    assert thumbnails.get("a") == picture(1)
    assert thumbnails.has("a")


def test_a_torn_write_counts_as_absent(thumbnails: Thumbnails, tmp_path: Path) -> None:
    thumbnails.put([("a", picture(1)), ("b", picture(2))])
    (path,) = packs(tmp_path)
    path.write_bytes(path.read_bytes()[:3000])
    assert thumbnails.get("a") == picture(1)
    assert thumbnails.get("b") is None


def test_deleted_packs_count_as_absent(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "thumbnails")
    thumbnails.put([("a", picture(1))])
    thumbnails.close()
    packs(tmp_path)[0].unlink()
    thumbnails = Thumbnails(tmp_path / "thumbnails")
    assert thumbnails.get("a") is None
    thumbnails.put([("a", picture(1))])
    assert thumbnails.get("a") == picture(1)
    thumbnails.close()


def test_the_limit_holds_and_the_least_recently_used_go_first(tmp_path: Path) -> None:
    limit = 200_000
    thumbnails = Thumbnails(tmp_path / "thumbnails", limit)
    for i in range(300):
        thumbnails.put([(str(i), picture(i))])
        assert thumbnails.get("0") == picture(0), "what is looked at all the time stays"
        assert sum(path.stat().st_size for path in packs(tmp_path)) <= limit
    held = thumbnails.held(map(str, range(300)))
    assert "299" in held
    assert "20" not in held
    assert len(held) > 60
    assert all(thumbnails.get(fingerprint) == picture(int(fingerprint)) for fingerprint in held)
    thumbnails.close()


def test_two_programs_on_one_folder_write_and_read(tmp_path: Path) -> None:
    one, two = Thumbnails(tmp_path / "thumbnails"), Thumbnails(tmp_path / "thumbnails")

    def fill(store: Thumbnails, start: int) -> None:
        for i in range(start, start + 100, 5):
            store.put([(str(j), picture(j)) for j in range(i, i + 5)])

    writers = [threading.Thread(target=fill, args=arguments) for arguments in ((one, 0), (two, 50), (two, 150))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for i in range(250):
        assert one.get(str(i)) == two.get(str(i)) == picture(i)
    one.close()
    two.close()


def test_readers_in_many_threads_get_the_right_bytes(thumbnails: Thumbnails) -> None:
    thumbnails.put([(str(i), picture(i)) for i in range(100)])
    wrong: list[int] = []

    def read(seed: int) -> None:
        for i in random.Random(seed).choices(range(100), k=200):
            if thumbnails.get(str(i)) != picture(i):
                wrong.append(i)

    readers = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_a_damaged_index_is_built_anew_and_says_so(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "thumbnails")
    thumbnails.put([("a", picture(1))])
    thumbnails.close()
    (tmp_path / "thumbnails" / "thumbnails.sqlite").write_bytes(b"nothing of use" * 1000)
    thumbnails = Thumbnails(tmp_path / "thumbnails")
    assert "thumbnails.sqlite" in str(thumbnails.note)
    assert packs(tmp_path) == []
    assert thumbnails.get("a") is None
    thumbnails.put([("a", picture(1))])
    assert thumbnails.get("a") == picture(1)
    thumbnails.close()


def test_stray_packs_are_removed(tmp_path: Path) -> None:
    (tmp_path / "thumbnails").mkdir()
    (tmp_path / "thumbnails" / "thumbnails-77.pack").write_bytes(b"left by a crash")
    Thumbnails(tmp_path / "thumbnails").close()
    assert packs(tmp_path) == []


def test_an_index_from_the_future_is_left_untouched(tmp_path: Path) -> None:
    import sqlite3

    folder = tmp_path / "thumbnails"
    folder.mkdir()
    with sqlite3.connect(folder / "thumbnails.sqlite") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    (folder / "thumbnails-1.pack").write_bytes(b"of the future")
    before = (folder / "thumbnails.sqlite").read_bytes()
    with pytest.raises(StoreFromFuture):
        Thumbnails(folder)
    assert (folder / "thumbnails.sqlite").read_bytes() == before
    assert (folder / "thumbnails-1.pack").read_bytes() == b"of the future"
