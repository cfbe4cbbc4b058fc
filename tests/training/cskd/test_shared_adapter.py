"""One adapter serves a tower and a student that see alike; words are asked of both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.models.embedding import Embedding
from engine.models.rank_adapter import RankAdapter
from engine.types import Verdict
from tests import towers
from training.cskd import shared_adapter
from training.cskd.shared_adapter import Shared
from training.data.labelled import Labelled


def test_it_ranks_by_either_embedding_whatever_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_adapter, "STEPS", 3000)
    random = np.random.default_rng(0)
    tower = 20 * random.standard_normal((300, 32)).astype(np.float32)
    student = tower + 4 * random.standard_normal((300, 32)).astype(np.float32)
    truth = 5.5 + tower[:, 3] / 10
    shared = Shared.fit(random.standard_normal(32).astype(np.float32), tower, student, truth, np.zeros(len(truth)))
    assert shared.length == pytest.approx(np.median(np.linalg.norm(tower, axis=1)), rel=1e-5)
    kept = student / np.linalg.norm(student, axis=1, keepdims=True)
    for seen in (tower, shared.brought(student), shared.brought(kept)):
        assert np.corrcoef(shared.cosines(seen), truth)[0, 1] > 0.8
    assert np.allclose(np.linalg.norm(shared.brought(kept), axis=1), shared.length, rtol=1e-4)


def test_the_engine_scores_a_students_verdicts_with_it_as_training_does() -> None:
    random = np.random.default_rng(2)
    tower = 20 * random.standard_normal((100, 32)).astype(np.float32)
    shared = Shared.fit(
        random.standard_normal(32).astype(np.float32), tower, tower, 5.5 + tower[:, 3] / 10, np.zeros(len(tower))
    )
    kept = (tower / np.linalg.norm(tower, axis=1, keepdims=True)).astype(np.float16)
    verdicts = [Verdict(np.full(10, 0.1, np.float32), unit, "space") for unit in kept]
    adapter = RankAdapter("adapter.safetensors", shared.file(), "space")
    assert np.allclose(adapter.cosines(verdicts), shared.cosines(shared.brought(kept)), atol=1e-5)
    assert adapter.cosine(Embedding(tower[0], "space")) == pytest.approx(shared.cosines(tower[:1])[0], abs=1e-5)


def test_words_and_good_and_bad_are_asked_of_both(tmp_path: Path, photos: Labelled) -> None:
    for name, data in towers.files().items():
        (tmp_path / name).write_bytes(data)
    val = photos.where(photos.split == "val")
    random = np.random.default_rng(1)
    seen = random.standard_normal((len(val), 64)).astype(np.float32)
    shared = Shared.fit(shared_adapter.anchor(tmp_path), seen, seen, val.truth, val.subset)
    found = shared_adapter.compared(tmp_path, shared, seen, seen, val)
    assert found["retrieval"] == found["crossed"] == 1
    assert found["tower"]["zero_shot"] == pytest.approx(found["student"]["zero_shot"], abs=1e-3)
    assert set(found["tower"]["zero_shot"]) == {"ss01", "ss03"}
    assert found["tower"]["words"] is None, "nobody looked at these photos"
