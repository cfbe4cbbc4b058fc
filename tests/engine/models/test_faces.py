"""Faces of any picture: where they are, in what order, and what is said of their eyes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine import paths
from engine.errors import PackAltered, PackError, PackMissing
from engine.models.eyes import EYES
from engine.models.face_detector import FACES, INPUT
from engine.models.face_refiner import LANDMARKS
from engine.models.faces import Faces
from engine.models.pack import Pack
from engine.types import EyeState, Face
from tests.engine.models import face_networks
from tests.engine.models.face_networks import CELL, SHARES

STARTER = Pack.open(paths.resource("models", "starter"))
RED, GREY = (250, 40, 40), (120, 120, 120)


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    loaded = Faces.load(face_networks.pack(tmp_path_factory.mktemp("packs") / "made"))
    assert loaded is not None
    return loaded


def picture(height: int, width: int, *squares: tuple[int, int, int]) -> np.ndarray:
    """[height, width, 3], grey with red squares (left, top, side)."""
    pixels = np.full((height, width, 3), GREY, np.uint8)
    for left, top, side in squares:
        pixels[top : top + side, left : left + side] = RED
    return pixels


def place(face: Face) -> tuple[float, ...]:
    return (face.region.x, face.region.y, face.region.w, face.region.h)


def test_a_pack_without_faces_has_none(tmp_path: Path) -> None:
    assert Faces.load(face_networks.pack(tmp_path / "made", {})) is None


def test_a_damaged_missing_or_wrong_network_is_refused_by_name(tmp_path: Path) -> None:
    pack = face_networks.pack(tmp_path / "altered")
    (pack.folder / EYES).write_bytes((pack.folder / EYES).read_bytes()[:-1] + b"\0")
    with pytest.raises(PackAltered, match=EYES):
        Faces.load(pack)
    networks = {FACES: face_networks.detector(), LANDMARKS: face_networks.landmarks(), EYES: face_networks.eyes()}
    for name in networks:
        wrong = {**networks, name: networks[EYES if name != EYES else LANDMARKS]}
        with pytest.raises(PackError, match=name):
            Faces.load(face_networks.pack(tmp_path / f"wrong-{name}", wrong))
    del networks[EYES]
    with pytest.raises(PackMissing, match=EYES):
        Faces.load(face_networks.pack(tmp_path / "blind", networks))


def test_a_face_is_told_in_shares_of_the_picture(faces: Faces) -> None:
    # Reduced to 512 x 384, the square is the cell in column 3, row 5.
    (face,) = faces.find(picture(768, 1024, (192, 320, 64)))
    assert place(face) == pytest.approx((192 / 1024, 320 / 768, 64 / 1024, 64 / 768), abs=1e-5)
    assert face.confidence == pytest.approx((2 * (210 / 255 - 0.5)) ** 0.5, abs=0.01)
    expected = [((192 + 64 * x) / 1024, (320 + 64 * y) / 768) for x, y in SHARES]
    assert np.allclose(face.landmarks, expected, atol=1e-5)
    assert face.sharpness is None


def test_the_largest_comes_first_and_small_pictures_are_enlarged_threefold_at_most(faces: Faces) -> None:
    # Shown at 300 x 300: a cell has 32 / 3 pixels of the picture.
    (face,) = faces.find(picture(100, 100, (32, 64, 11)))
    assert place(face) == pytest.approx((0.32, 0.64, 0.32 / 3, 0.32 / 3), abs=0.01)
    # What is cut off by the lower edge is the smaller of the two.
    found = faces.detect(picture(508, 512, (64, 480, 32), (160, 64, 32)), 0.6)
    assert found.boxes[:, 1] == pytest.approx([64, 480], abs=2)
    assert found.boxes[1, 3] == pytest.approx(508)


def test_nothing_is_found_where_nothing_is(faces: Faces) -> None:
    assert faces.find(picture(400, 600)) == ()
    assert faces.find(np.zeros((300, 200, 3), np.uint8)) == ()


def test_a_second_look_decides(faces: Faces) -> None:
    pixels = picture(INPUT, INPUT, (96, 96, 32), (320, 320, 32))
    assert len(faces.find(pixels)) == 2
    pixels[256:] = 0  # the detector sees the square below as before, the second look a dark crop
    pixels[320:352, 320:352, 0] = 210
    pixels[320:352, 320:352, 1:] = 0
    assert [round(face.region.y * INPUT) for face in faces.find(pixels)] == [96]


def test_hundreds_are_found_each_once(faces: Faces) -> None:
    squares = [(2 * CELL * x, 2 * CELL * y, CELL) for x in range(8) for y in range(8)]
    found = faces.find(picture(INPUT, INPUT, *squares))
    assert len(found) == 64
    found = faces.find(np.full((INPUT, INPUT, 3), RED, np.uint8))
    assert len({place(face) for face in found}) == len(found) > 256


@pytest.mark.parametrize("upright", [False, True])
def test_a_panorama_is_looked_at_in_parts(faces: Faces, upright: bool) -> None:
    # Parts of 1024 x 512 overlap, so the square in the overlap is seen twice and told once; whole, it had 3 pixels.
    pixels = picture(512, 5120, (5120 - 64, 0, 64), (768, 448, 64))
    found = faces.find(pixels.transpose(1, 0, 2) if upright else pixels)
    told = sorted((f.region.y, f.region.x) if upright else (f.region.x, f.region.y) for f in found)
    assert np.allclose(told, [(768 / 5120, 448 / 512), (5056 / 5120, 0)], atol=0.01)


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 2), (40, 20000)])
def test_a_picture_of_any_shape_is_looked_at(faces: Faces, shape: tuple[int, int]) -> None:
    assert faces.find(np.full((*shape, 3), GREY, np.uint8)) == ()
    for face in faces.find(np.full((*shape, 3), RED, np.uint8)):
        region = face.region
        assert min(region.x, region.y) >= 0
        assert min(region.w, region.h) > 0
        assert max(region.x + region.w, region.y + region.h) <= 1 + 1e-6


def test_it_is_asked_from_many_threads_at_once(faces: Faces) -> None:
    pictures = [picture(INPUT, INPUT, (CELL * i, CELL * i, CELL)) for i in range(12)]
    alone = [faces.find(pixels) for pixels in pictures]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(faces.find, pictures)) == alone
    assert {len(found) for found in alone} == {1}


@pytest.fixture(scope="module")
def starter() -> Faces:
    """What the bundled pack finds faces with."""
    loaded = Faces.load(STARTER)
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def astronaut() -> np.ndarray:
    from skimage import data

    return np.asarray(data.astronaut())


def test_the_face_of_a_photograph_is_found_with_its_landmarks_and_its_open_eyes(
    starter: Faces, astronaut: np.ndarray
) -> None:
    face = starter.find(astronaut)[0]
    left, right, nose, *mouth = (np.array(point) * 512 for point in face.landmarks)
    # Marked by hand on the photograph.
    assert np.linalg.norm(left - (201.5, 101)) < 7
    assert np.linalg.norm(right - (247, 103)) < 7
    assert left[1] < nose[1] < min(point[1] for point in mouth)
    assert EyeState.CLOSED not in face.eyes
    assert EyeState.OPEN in face.eyes


def test_the_same_face_in_grey_mirrored_and_in_a_panorama(starter: Faces, astronaut: np.ndarray) -> None:
    centre = starter.find(astronaut)[0].region
    grey = np.repeat(astronaut.mean(2, keepdims=True).astype(np.uint8), 3, 2)
    for pixels, mirrored in ((grey, False), (astronaut[:, ::-1], True)):
        region = starter.find(np.ascontiguousarray(pixels))[0].region
        x = 1 - region.x - region.w if mirrored else region.x
        assert x == pytest.approx(centre.x, abs=0.03)
        assert region.y == pytest.approx(centre.y, abs=0.03)
    panorama = np.full((512, 5120, 3), 90, np.uint8)
    panorama[:, 4000:4512] = astronaut
    assert any(abs(f.region.x * 5120 - 4000 - centre.x * 512) < 20 for f in starter.find(panorama))


def test_no_face_where_there_is_none(starter: Faces) -> None:
    from skimage import data

    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    for pixels in (data.coffee(), data.rocket(), noise):
        assert starter.find(np.asarray(pixels)) == ()
