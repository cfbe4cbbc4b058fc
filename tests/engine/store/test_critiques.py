"""What the cache remembers of a tower: embeddings by space, critiques by content and pack."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.models.embedding import Embedding
from engine.store.cache import Cache
from engine.store.database import Database
from engine.store.migrations.cache import STEPS
from engine.types import Aspect, Critique, Evidence, ModelId, Polarity, Region, Sentence
from tests.engine.store.conftest import MakeCard, MakePhoto

TOWER = ModelId("starter", "2.0.0", "space", "cd" * 32)
ONE, OTHER = "a" * 40, "b" * 40


@pytest.fixture
def cache(tmp_path: Path, photo: MakePhoto, card: MakeCard, model: ModelId) -> Iterator[Cache]:
    opened = Cache(tmp_path / "cache.sqlite")
    opened.record([card(photo("a.jpg"), ONE), card(photo("b.jpg"), OTHER)], model)
    yield opened
    opened.close()


def made(model: ModelId = TOWER, rules: str = "r1", text: str = "The light is soft, “so to say”.") -> Critique:
    evidence = Evidence("exposure", -1 / 3, "EV", (-1.86, 1.73))
    return Critique(
        (
            Sentence(text, "soft_light", Aspect.LIGHT, Polarity.PRAISE, evidence, Region(0.1, 0.2, 0.3, 1 / 3)),
            Sentence("Crop it.", "advice_crowded", Aspect.COMPOSITION, Polarity.ADVICE),
        ),
        6.1 + 1e-12,
        -0.123456789,
        model,
        rules,
    )


def test_a_critique_comes_back_as_it_was_written(cache: Cache) -> None:
    assert cache.critique(ONE, TOWER, "r1") is None
    cache.record_critique(ONE, made())
    assert cache.critique(ONE, TOWER, "r1") == made()
    assert cache.critique(OTHER, TOWER, "r1") is None


def test_another_pack_writes_anew_and_replaces_nothing(cache: Cache) -> None:
    newer = dataclasses.replace(TOWER, version="2.1.0")
    cache.record_critique(ONE, made())
    assert cache.critique(ONE, newer, "r1") is None
    cache.record_critique(ONE, made(newer, text="Other words."))
    assert cache.critique(ONE, TOWER, "r1") == made()
    assert cache.critique(ONE, newer, "r1") == made(newer, text="Other words.")


def test_what_was_held_against_other_rules_is_written_anew(cache: Cache) -> None:
    cache.record_critique(ONE, made())
    assert cache.critique(ONE, TOWER, "r2") is None
    cache.record_critique(ONE, made(rules="r2"))
    assert cache.critique(ONE, TOWER, "r2") == made(rules="r2")
    assert cache.critique(ONE, TOWER, "r1") is None


def test_a_picture_that_was_never_recorded_has_nothing(cache: Cache) -> None:
    cache.record_critique("c" * 40, made())
    cache.record_embeddings({"c" * 40: Embedding(np.ones(4, np.float32), "space")})
    assert cache.critique("c" * 40, TOWER, "r1") is None
    assert cache.embeddings(["c" * 40], "space") == {}


def test_embeddings_are_kept_by_space_to_the_last_bit(cache: Cache) -> None:
    values = np.random.default_rng(1).standard_normal(512).astype(np.float32) * 300
    cache.record_embeddings({ONE: Embedding(values, "space"), OTHER: Embedding(-values, "space")})
    cache.record_embeddings({ONE: Embedding(values + 1, "other space")})
    found = cache.embeddings([ONE, OTHER, "c" * 40], "space")
    assert set(found) == {ONE, OTHER}
    assert all(one.space == "space" for one in found.values())
    np.testing.assert_array_equal(found[ONE].values, values)
    np.testing.assert_array_equal(cache.embeddings([ONE], "other space")[ONE].values, values + 1)


def test_more_pictures_than_one_statement_may_name_can_be_asked_for(cache: Cache) -> None:
    cache.record_embeddings({OTHER: Embedding(np.ones(4, np.float32), "space")})
    assert set(cache.embeddings([f"{n:040}" for n in range(1200)] + [OTHER], "space")) == {OTHER}


def test_critiques_survive_that_the_picture_is_recorded_again(
    cache: Cache, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    cache.record_critique(ONE, made())
    cache.record([card(photo("a.jpg"), ONE, score=3)], model)
    assert cache.critique(ONE, TOWER, "r1") == made()


def test_a_cache_from_before_critiques_keeps_what_it_has(
    tmp_path: Path, photo: MakePhoto, card: MakeCard, model: ModelId
) -> None:
    path = tmp_path / "old.sqlite"
    old = Cache(path)
    old.record([card(photo("a.jpg"), ONE)], model)
    with old._database.write() as connection:
        connection.exec_driver_sql("DROP TABLE critique")
        connection.exec_driver_sql("DROP TABLE embedding")
        connection.exec_driver_sql("ALTER TABLE verdict DROP COLUMN unfamiliar")
        connection.exec_driver_sql("ALTER TABLE verdict DROP COLUMN approximate")
        connection.exec_driver_sql("ALTER TABLE picture DROP COLUMN faces_by")
        connection.exec_driver_sql("ALTER TABLE model DROP COLUMN likeness")
        connection.exec_driver_sql("PRAGMA user_version = 2")
    old.close()
    database = Database(path, STEPS[:2], "NORMAL")  # would refuse a file from the future
    database.close()
    cache = Cache(path)
    assert cache.note is None
    assert set(cache.known([photo("a.jpg")], model)) == {photo("a.jpg").path}
    cache.record_critique(ONE, made())
    assert cache.critique(ONE, TOWER, "r1") == made()
    cache.close()


def test_a_damaged_cache_knows_nothing_and_goes_on(cache: Cache, tmp_path: Path) -> None:
    cache.record_critique(ONE, made())
    cache.close()
    path = tmp_path / "cache.sqlite"
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    assert cache.critique(ONE, TOWER, "r1") is None
    assert cache.note is not None
