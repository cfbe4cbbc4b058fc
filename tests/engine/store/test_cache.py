"""What the cache knows, and when it says that it knows nothing."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import SpaceMismatch, StoreFromFuture
from engine.store import picture_row
from engine.store.cache import Cache
from engine.store.database import Database
from engine.store.migrations.cache import STEPS
from engine.types import Card, FileStamp, Metadata, ModelId, Photo
from engine.yardstick import Yardstick
from tests.engine.store.conftest import MakeCard, MakePhoto


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    opened = Cache(tmp_path / "cache.sqlite")
    yield opened
    opened.close()


def assert_same(found: Card, expected: Card) -> None:
    assert found.verdict is not None
    assert expected.verdict is not None
    np.testing.assert_array_equal(found.verdict.distribution, expected.verdict.distribution)
    np.testing.assert_array_equal(found.verdict.embedding, expected.verdict.embedding)
    assert found.verdict.space == expected.verdict.space
    assert found.verdict.unfamiliar is expected.verdict.unfamiliar
    assert dataclasses.replace(found, verdict=None) == dataclasses.replace(expected, verdict=None)


def test_a_recorded_card_comes_back_whole(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    recorded = card(photo("a.jpg"))
    cache.record([recorded], model)
    found = cache.known([photo("a.jpg"), photo("b.jpg")], model)
    assert list(found) == [recorded.path]
    assert_same(found[recorded.path], recorded)
    assert dict(found[recorded.path].readings) == recorded.readings


def test_a_card_without_metadata_comes_back(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    recorded = card(photo("a.jpg"), metadata=Metadata(), readings={})
    cache.record([recorded], model)
    assert_same(cache.known([recorded.photo], model)[recorded.path], recorded)


def test_a_cache_from_before_subjects_is_kept_and_its_photos_are_measured_again(
    tmp_path: Path, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    database = Database(tmp_path / "cache.sqlite", STEPS[:1], "NORMAL")
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO photo VALUES (x'2f61', 1, 2, 3, 'f', NULL)")
        connection.exec_driver_sql("INSERT INTO picture (fingerprint, readings, orientation) VALUES ('f', '{}', 1)")
    database.close()
    opened = Cache(tmp_path / "cache.sqlite")
    assert opened.note is None
    assert opened.by_fingerprint("f", None) is None
    recorded = card(photo("a.jpg"))
    opened.record([recorded], model)
    assert_same(opened.known([recorded.photo], model)[recorded.path], recorded)
    opened.close()


@pytest.mark.parametrize("change", [{"size": 1}, {"mtime_ns": 1}, {"inode": 1}])
def test_a_changed_stamp_is_not_known(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId, change: dict[str, int]
) -> None:
    recorded = card(photo("a.jpg"))
    cache.record([recorded], model)
    stamp = dataclasses.replace(recorded.photo.stamp, **change)
    assert cache.known([dataclasses.replace(recorded.photo, stamp=stamp)], model) == {}


def test_a_moved_file_is_known_by_its_content(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    recorded = card(photo("a.jpg"))
    cache.record([recorded], model)
    found = cache.by_fingerprint("f" * 40, model)
    assert found is not None
    assert_same(dataclasses.replace(found, photo=recorded.photo), recorded)
    assert cache.by_fingerprint("0" * 40, model) is None


def test_a_new_model_adds_verdicts(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    newer = dataclasses.replace(model, version="2", sha256="cd" * 32)
    first, second = card(photo("a.jpg"), score=3), card(photo("a.jpg"), score=9)
    cache.record([first], model)
    assert cache.known([first.photo], newer) == {}
    cache.record([second], newer)
    assert_same(cache.known([first.photo], model)[first.path], first)
    assert_same(cache.known([first.photo], newer)[first.path], second)


def test_a_verdict_off_the_thumbnail_gives_way_to_one_of_the_file_and_not_the_other_way(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    newer = dataclasses.replace(model, version="2", sha256="cd" * 32)
    exact = card(photo("a.jpg"), score=3)
    assert exact.verdict is not None
    rough = dataclasses.replace(exact, verdict=dataclasses.replace(exact.verdict, approximate=True))
    cache.record([exact], model)
    cache.record_verdicts([rough], newer)
    found = cache.known([exact.photo], newer)[exact.path].verdict
    assert found is not None and found.approximate
    cache.record([exact], newer)
    cache.record_verdicts([rough], newer)
    found = cache.known([exact.photo], newer)[exact.path].verdict
    assert found is not None and not found.approximate
    with pytest.raises(SpaceMismatch):
        cache.record_verdicts([rough], dataclasses.replace(newer, space="space/2"))


def test_who_judged_how_many_photos(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    newer = dataclasses.replace(model, version="2", sha256="cd" * 32)
    first, second = card(photo("a.jpg"), "a" * 40), card(photo("b.jpg"), "b" * 40)
    cache.record([first, second], model)
    cache.record_verdicts([second], newer)
    assert list(cache.judges([first.photo, second.photo]).items()) == [(newer, 1), (model, 2)]
    assert cache.judges([first.photo]) == {model: 1}
    assert cache.judges([photo("c.jpg")]) == {}


def test_which_faces_a_photo_was_looked_at_with(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    made = {name: card(photo(f"{name}.jpg"), name * 40) for name in "abc"}
    cache.record([made["a"]], model, "one")
    cache.record([made["b"]], model, "")
    cache.record([made["c"]], model)
    cache.record([made["a"]], model)
    photos = [one.photo for one in made.values()]
    asked = {faces: cache.measured_with(photos, faces) for faces in ("one", "other", "")}
    assert asked == {
        "one": {made["a"].path, made["c"].path},
        "other": {made["c"].path},
        "": {one.path for one in made.values()},
    }
    stamp = dataclasses.replace(photos[0].stamp, size=1)
    assert cache.measured_with([dataclasses.replace(photos[0], stamp=stamp)], "one") == set()


@pytest.mark.parametrize("unfamiliar", [None, False, True])
def test_whether_a_photo_is_unfamiliar_comes_back(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId, unfamiliar: bool | None
) -> None:
    recorded = card(photo("a.jpg"))
    assert recorded.verdict is not None
    recorded = dataclasses.replace(recorded, verdict=dataclasses.replace(recorded.verdict, unfamiliar=unfamiliar))
    cache.record([recorded], model)
    assert_same(cache.known([recorded.photo], model)[recorded.path], recorded)


def test_what_distances_mean_in_a_models_space_is_remembered_with_the_model(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    yardstick = Yardstick((0.0, 0.2, 2.0), (0.0, 0.6, 2.0))
    measuring = dataclasses.replace(model, yardstick=yardstick)
    assert measuring == model, "it is the same model"
    recorded = card(photo("a.jpg"))
    for stated in (model, measuring):
        cache.record([recorded], stated)
        (judge,) = cache.judges([recorded.photo])
        assert judge.yardstick == stated.yardstick
        verdict = cache.known([recorded.photo], judge)[recorded.path].verdict
        assert verdict is not None
        assert verdict.yardstick == stated.yardstick


def test_verdicts_from_before_the_question_of_familiarity_stay(
    tmp_path: Path, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    recorded = card(photo("a.jpg"))
    assert recorded.verdict is not None
    database = Database(tmp_path / "cache.sqlite", STEPS[:3], "NORMAL")
    with database.write() as connection:
        names = picture_row.COLUMNS.split(", ")
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(
            f"INSERT INTO picture (id, fingerprint, {picture_row.COLUMNS}) VALUES (1, ?, {marks})",
            (recorded.fingerprint, *picture_row.encode(recorded)),
        )
        connection.exec_driver_sql(
            "INSERT INTO model VALUES (1, ?, ?, ?, ?)", (model.name, model.version, model.space, model.sha256)
        )
        connection.exec_driver_sql(
            "INSERT INTO verdict VALUES (1, 1, ?, ?)", picture_row.encode_verdict(recorded.verdict)[:2]
        )
    database.close()
    opened = Cache(tmp_path / "cache.sqlite")
    assert opened.note is None
    assert recorded.fingerprint is not None
    found = opened.by_fingerprint(recorded.fingerprint, model)
    assert found is not None
    assert_same(dataclasses.replace(found, photo=recorded.photo), recorded)
    opened.close()


def test_a_card_without_a_model_needs_no_verdict(cache: Cache, photo: MakePhoto, card: MakeCard) -> None:
    recorded = card(photo("a.jpg"), verdict=None)
    cache.record([recorded], None)
    assert cache.known([recorded.photo], None) == {recorded.path: recorded}


def test_a_measured_card_is_not_known_to_a_model(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    recorded = card(photo("a.jpg"), verdict=None)
    cache.record([recorded], model)
    assert cache.known([recorded.photo], model) == {}


def test_vectors_of_another_space_are_refused(cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    with pytest.raises(SpaceMismatch, match=r"a\.jpg"):
        cache.record([card(photo("a.jpg"))], dataclasses.replace(model, space="space/2"))
    assert cache.known([photo("a.jpg")], None) == {}


def test_an_unreadable_photo_is_known_until_retry(cache: Cache, photo: MakePhoto, model: ModelId) -> None:
    broken = Card(photo("a.jpg"), error="a.jpg is damaged. Copy it again.")
    cache.record([broken], model)
    assert cache.known([broken.photo], model) == {broken.path: broken}
    cache.forget([broken.path])
    assert cache.known([broken.photo], model) == {}


def test_a_photo_that_became_readable_replaces_its_error(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    cache.record([Card(photo("a.jpg"), error="damaged")], model)
    cache.record([card(photo("a.jpg"))], model)
    assert cache.known([photo("a.jpg")], model)[photo("a.jpg").path].error is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_text_is_kept(cache: Cache, shoot: Path, card: MakeCard, model: ModelId) -> None:
    path = shoot / os.fsdecode(b"caf\xe9\xff.jpg")
    recorded = card(Photo(path, (path,), FileStamp(1, 2, 3)))
    cache.record([recorded], model)
    assert_same(cache.known([recorded.photo], model)[path], recorded)


def test_an_inode_of_64_bits_is_kept(cache: Cache, shoot: Path, card: MakeCard, model: ModelId) -> None:
    recorded = card(Photo(shoot / "a.jpg", (shoot / "a.jpg",), FileStamp(1, 2, 2**64 - 1)))
    cache.record([recorded], model)
    assert recorded.path in cache.known([recorded.photo], model)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_one_file_has_one_row_however_its_folder_is_typed(
    cache: Cache, shoot: Path, photo: MakePhoto, card: MakeCard, model: ModelId, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.record([card(photo("a.jpg"))], model)
    (shoot.parent / "link").symlink_to(shoot)
    monkeypatch.chdir(shoot.parent)
    for typed in (Path("shoot/a.jpg"), shoot.parent / "link" / "a.jpg", shoot / ".." / "shoot" / "a.jpg"):
        assert list(cache.known([dataclasses.replace(photo("a.jpg"), path=typed)], model)) == [typed]


def test_what_is_recorded_survives_closing(tmp_path: Path, photo: MakePhoto, card: MakeCard, model: ModelId) -> None:
    for _ in range(2):
        cache = Cache(tmp_path / "cache.sqlite")
        cache.record([card(photo("a.jpg"))], model)
        assert cache.note is None
        cache.close()
    cache = Cache(tmp_path / "cache.sqlite")
    assert len(cache.known([photo("a.jpg")], model)) == 1
    cache.close()


def test_threads_read_while_one_writes(cache: Cache, shoot: Path, card: MakeCard, model: ModelId) -> None:
    photos = [Photo(shoot / f"{i}.jpg", (), FileStamp(i, i, i)) for i in range(300)]
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(len(cache.known(photos, model)))

    watchers = [threading.Thread(target=watch) for _ in range(3)]
    for watcher in watchers:
        watcher.start()
    for start in range(0, 300, 30):
        cache.record([card(photo, f"{i:040x}") for i, photo in enumerate(photos[start : start + 30], start)], model)
    done.set()
    for watcher in watchers:
        watcher.join()
    assert all(count % 30 == 0 for count in seen), "a batch is seen whole or not at all"
    assert len(cache.known(photos, model)) == 300


def test_two_thousand_known_photos_take_a_moment(cache: Cache, shoot: Path, card: MakeCard, model: ModelId) -> None:
    photos = [Photo(shoot / f"{i}.jpg", (), FileStamp(i, i, i)) for i in range(2000)]
    cache.record([card(photo, f"{i:040x}") for i, photo in enumerate(photos)], model)
    started = time.process_time()
    assert len(cache.known(photos, model)) == 2000
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("damage", [b"this is no database at all" * 100, b""])
def test_a_damaged_cache_is_built_anew_and_says_so(
    tmp_path: Path, photo: MakePhoto, card: MakeCard, model: ModelId, damage: bytes
) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(damage)
    cache = Cache(path)
    assert (cache.note is not None) == bool(damage)
    if damage:
        assert str(path) in str(cache.note)
    cache.record([card(photo("a.jpg"))], model)
    assert len(cache.known([photo("a.jpg")], model)) == 1
    cache.close()


def test_a_cache_that_breaks_in_use_is_built_anew(tmp_path: Path, shoot: Path, card: MakeCard, model: ModelId) -> None:
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    photos = [Photo(shoot / f"{i}.jpg", (), FileStamp(i, i, i)) for i in range(200)]
    cache.record([card(photo, f"{i:040x}") for i, photo in enumerate(photos)], model)
    cache.close()
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)
    cache = Cache(path)
    assert cache.known(photos, model) == {}
    assert cache.note is not None
    cache.record([card(photos[0])], model)
    assert list(cache.known(photos, model)) == [photos[0].path]
    cache.close()


def test_a_cache_from_the_future_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
        connection.execute("CREATE TABLE wonder (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreFromFuture, match=r"cache\.sqlite.*999.*newer"):
        Cache(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.glob("cache*")] == ["cache.sqlite"]
