"""Equal evidence that photos are of one series is an equal distance, whatever the space."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.yardstick import Yardstick
from tests.packs import tiny
from training.cskd import likeness
from training.data.labelled import Labelled


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.fixture(scope="module")
def shown() -> tuple[np.ndarray, np.ndarray]:
    """Embeddings of 30 series of six photos, in places that have something in common; the series."""
    random = np.random.default_rng(0)
    series = np.repeat(np.arange(30), 6)
    place = unit(random.normal(size=(30, 12)))
    off = random.normal(size=(180, 12)) * random.choice([0.08, 0.2, 0.4], size=(180, 1))
    return unit(place[series] + off), series


def squeezed(vectors: np.ndarray, share: float) -> np.ndarray:
    """The same in a space in which every distance is `share` of what it was."""
    return np.hstack([np.sqrt(share) * vectors, np.full((len(vectors), 1), np.sqrt(1 - share))])


@pytest.mark.parametrize("share", [0.15, 0.6])
def test_a_squeezed_space_gets_the_map_that_undoes_it(shown: tuple[np.ndarray, np.ndarray], share: float):
    vectors, series = shown
    plain = Yardstick.from_json(likeness.fitted(vectors, series))
    found = Yardstick.from_json(likeness.fitted(squeezed(vectors, share), series))
    assert 10 <= len(found.points) <= 20
    asked = np.linspace(0, 0.9, 40).astype(np.float32)
    np.testing.assert_allclose(found.read(asked * share), plain.read(asked), atol=0.03)


def test_the_limits_own_space_is_left_as_it_is(shown: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch):
    measured = likeness.measure(*shown)
    assert not np.isnan(measured).any()
    monkeypatch.setattr(likeness, "REFERENCE", tuple(measured.tolist()))
    asked = np.linspace(0, 2, 101).astype(np.float32)
    np.testing.assert_allclose(Yardstick.from_json(likeness.fitted(*shown)).read(asked), asked, atol=1e-3)


def test_chances_are_those_that_come_true(shown: tuple[np.ndarray, np.ndarray]):
    same, other = likeness.pairs(*shown)
    near, far = likeness.Evidence.fit(same, other).distances((0.8, 0.2))
    inside, outside = (float(np.mean((each >= near) & (each < far))) for each in (same, other))
    assert 0.2 < inside / (inside + outside) < 0.8
    for chance, beyond in ((0.8, lambda each: each < near), (0.2, lambda each: each >= far)):
        inside, outside = float(np.mean(beyond(same))), float(np.mean(beyond(other)))
        assert (inside / (inside + outside) > chance) == (chance > 0.5)


def test_copies_in_a_series_are_no_distance_apart(shown: tuple[np.ndarray, np.ndarray]):
    vectors, series = shown
    copied = np.repeat(vectors[::3], 3, axis=0)
    found = Yardstick.from_json(likeness.fitted(copied, series))
    assert found.read(np.array([0.0, 2.0], np.float32)).tolist() == [0.0, 2.0]


def test_a_space_that_tells_no_series_apart_is_refused():
    random = np.random.default_rng(0)
    series = np.repeat(np.arange(30), 5)
    with pytest.raises(ValueError, match="no map to fit"):
        likeness.fitted(unit(random.normal(size=(150, 300))), series)
    with pytest.raises(ValueError, match="too few"):
        likeness.fitted(unit(random.normal(size=(5, 8))), series[:5])


def test_a_student_file_and_photos_give_what_a_pack_states(tmp_path: Path):
    student = tiny(tmp_path / "pack", "tiny/1") / "student.onnx"
    random = np.random.default_rng(1)
    series = np.append(np.repeat(np.arange(16), 5), -1)
    paths = []
    for row, number in enumerate(series.tolist()):
        scene = np.random.default_rng(1000 + number).integers(0, 256, (4, 4, 3))
        picture = np.clip(scene + random.normal(0, 30, (4, 4, 3)), 0, 255).astype(np.uint8)
        paths.append(tmp_path / f"{row:03}.png")
        Image.fromarray(picture).resize((64, 64), Image.Resampling.NEAREST).save(paths[-1])
    flat, count = np.full((81, 10), 0.1, np.float32), len(series)
    photos = Labelled(tuple(paths), np.full(count, "a"), series, np.full(count, "train"), flat, flat)
    stated = likeness.fit(student, photos)
    assert stated.keys() == {"points", "values"}
    assert Yardstick.from_json(stated).to_json() == stated
    with pytest.raises(FileNotFoundError):
        likeness.fit(tmp_path / "none.onnx", photos)
