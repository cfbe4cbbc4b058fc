"""metadata: what EXIF says, and that nonsense in it is None."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from engine.files import metadata
from engine.types import Metadata
from tests import forged, pictures


def said(path: Path) -> Metadata:
    return metadata.read(path.read_bytes())


def written(tmp_path: Path, **tags: object) -> Metadata:
    return said(pictures.jpeg(tmp_path / "a.jpg", size=(32, 24), **tags))


def test_everything_that_is_there_is_read(tmp_path):
    found = written(
        tmp_path,
        captured=datetime(2026, 5, 1, 12, 30, 15, 70_000),
        offset="+02:00",
        make="Canon",
        model="Canon EOS R5",
        serial="0123",
        lens="RF 50mm F1.2",
        exposure_bias=-1 / 3,
        orientation=6,
        rating=3,
        further={0x829A: IFDRational(1, 250), 0x829D: IFDRational(28, 10), 0x8827: 400, 0x920A: IFDRational(50, 1)},
    )
    assert found == Metadata(
        captured=datetime(2026, 5, 1, 12, 30, 15, 70_000),
        offset="+02:00",
        camera="Canon EOS R5",
        body="0123",
        lens="RF 50mm F1.2",
        exposure_time=pytest.approx(1 / 250),
        aperture=pytest.approx(2.8),
        iso=400,
        focal_length=pytest.approx(50.0),
        exposure_bias=pytest.approx(-1 / 3),
        orientation=6,
        rating=3,
    )


def test_without_exif_nothing_is_known(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "bare.jpg")
    assert said(tmp_path / "bare.jpg") == Metadata()


def test_the_model_stands_in_for_a_missing_serial_number(tmp_path):
    assert written(tmp_path, make="SONY", model="ILCE-7M4").body == "Sony ILCE-7M4"


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("NIKON CORPORATION", "Z 8", "Nikon Z 8"),
        ("LEICA CAMERA AG", "LEICA Q3", "LEICA Q3"),
        ("FUJIFILM", "X-T5", "Fujifilm X-T5"),
        ("DJI", "FC3582", "DJI FC3582"),
        (None, "Pixel 8", "Pixel 8"),
        ("Apple", None, "Apple"),
        (None, None, None),
    ],
)
def test_cameras_are_called_what_people_call_them(make, model, camera, tmp_path):
    assert written(tmp_path, make=make, model=model).camera == camera


@pytest.mark.parametrize(
    "moment",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2026:13:45 12:00:00",
        "",
        "soon",
        "9999:12:31 23:59:59",
        "1899:12:30 00:00:00",
    ],
)
def test_times_that_are_none_are_none(moment, tmp_path):
    assert written(tmp_path, captured=moment).captured is None


@pytest.mark.parametrize(("fraction", "microseconds"), [("5", 500_000), ("05", 50_000), ("123456789", 123_456)])
def test_sub_seconds_are_a_decimal_fraction(fraction, microseconds, tmp_path):
    found = written(tmp_path, captured="2026:05:01 12:00:00", further={0x9291: fraction})
    assert found.captured == datetime(2026, 5, 1, 12, 0, 0, microseconds)


@pytest.mark.parametrize(
    ("tag", "value"),
    [(0x829A, IFDRational(0, 0)), (0x829D, IFDRational(5, 0)), (0x920A, IFDRational(0, 1)), (0x9011, "summer")],
)
def test_absurd_values_are_none(tag, value, tmp_path):
    found = written(tmp_path, further={tag: value})
    assert (found.exposure_time, found.aperture, found.focal_length, found.offset) == (None, None, None, None)
    assert found.camera is not None


@pytest.mark.parametrize("orientation", [0, 9, 99, 65535])
def test_orientations_outside_1_to_8_count_as_1(orientation, tmp_path):
    assert written(tmp_path, orientation=orientation).orientation == 1


@pytest.mark.parametrize("rating", [6, 99, 65535])
def test_ratings_outside_0_to_5_are_none(rating, tmp_path):
    assert written(tmp_path, rating=rating).rating is None


def test_a_forged_maker_note_costs_no_time_and_hides_nothing(tmp_path):
    data = forged.forged_maker_note(tmp_path / "a.jpg").read_bytes()
    start = time.process_time()
    found = metadata.read(data)
    assert time.process_time() - start < 0.5
    assert (found.camera, found.captured) == ("Canon EOS 5D", pictures.CAPTURED)


def test_directories_that_lead_in_circles_come_to_an_end(tmp_path):
    data = forged.circular_exif(tmp_path / "a.jpg").read_bytes()
    start = time.process_time()
    assert metadata.read(data).orientation == 1
    assert time.process_time() - start < 0.5


def test_damage_anywhere_in_the_exif_never_raises(tmp_path):
    data = pictures.jpeg(tmp_path / "a.jpg", size=(32, 24), thumbnail=True, serial="1").read_bytes()
    head = data[: data.index(b"\xff\xdb")]
    random = np.random.default_rng(1)
    for _ in range(100):
        torn = bytearray(head)
        for position in random.integers(4, len(head), 4):
            torn[position] = random.integers(256)
        torn = torn[: random.integers(20, len(head))]
        assert isinstance(metadata.read(bytes(torn)), Metadata)
        (tmp_path / "torn.jpg").write_bytes(torn)
        assert isinstance(metadata.thumbnail(tmp_path / "torn.jpg"), np.ndarray | None)


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\xd8\xff", b"II*\0", b"MM\0*\0\0\0\x08", b"text " * 100])
def test_what_is_no_picture_says_nothing(data):
    assert metadata.read(data) == Metadata()


def difference(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.abs(first.astype(int) - second.astype(int)).mean())


@pytest.mark.parametrize("orientation", [*range(1, 9), 99])
def test_the_thumbnail_is_upright_and_has_no_bars(orientation, tmp_path):
    size = (480, 270)
    path = pictures.jpeg(tmp_path / "a.jpg", size=size, orientation=orientation, thumbnail=True)
    found = metadata.thumbnail(path)
    assert found is not None
    height, width = found.shape[:2]
    assert width / height == pytest.approx(size[0] / size[1], rel=0.03)
    shown = np.asarray(Image.fromarray(pictures.scene(size)).resize((width, height), Image.Resampling.BOX))
    wrong = min(difference(found, shown[::-1]), difference(found, shown[:, ::-1]))
    assert difference(found, shown) < min(6, wrong / 2)
    assert found.flags.c_contiguous


def test_without_a_thumbnail_there_is_none(tmp_path):
    assert metadata.thumbnail(pictures.jpeg(tmp_path / "a.jpg")) is None
    assert metadata.thumbnail(pictures.png(tmp_path / "a.png")) is None
    assert metadata.thumbnail(pictures.empty(tmp_path / "b.jpg")) is None


def test_a_thumbnail_takes_the_head_of_the_file_only(tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=(1500, 1000), quality=99, thumbnail=True)
    whole = metadata.thumbnail(path)
    data = path.read_bytes()
    path.write_bytes(data[: 64 * 1024])
    assert len(data) > 256 * 1024
    assert np.array_equal(metadata.thumbnail(path), whole)


def test_a_raw_says_when_and_with_what_it_was_taken(tmp_path):
    found = said(pictures.dng(tmp_path / "a.dng"))
    assert (found.captured, found.camera, found.body) == (pictures.CAPTURED, "Chinagraph Testcam", "1001")
