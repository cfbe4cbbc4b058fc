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
from engine.types import Metadata, Region
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


SUBJECT_AREA, SUBJECT_LOCATION = 0x9214, 0xA214
SIZE = (400, 200)


def af(tmp_path: Path, orientation: int = 1, **areas: tuple[int, ...]) -> Region | None:
    """The AF region of a picture of SIZE as stored, `area` and `location` as EXIF has them."""
    tags = {"area": SUBJECT_AREA, "location": SUBJECT_LOCATION}
    size = SIZE[::-1] if orientation >= 5 else SIZE
    path = pictures.jpeg(
        tmp_path / "a.jpg", size=size, orientation=orientation, further={tags[name]: at for name, at in areas.items()}
    )
    return said(path).af


def shares(region: Region | None):
    return None if region is None else pytest.approx((region.x, region.y, region.w, region.h))


@pytest.mark.parametrize(
    ("area", "region"),
    [
        ((100, 50), (0.2, 0.15, 0.1, 0.2)),  # a point: a square of a tenth of the long edge around it
        ((100, 50, 20), (0.225, 0.2, 0.05, 0.1)),  # the middle and the diameter of a circle
        ((100, 50, 40, 20), (0.2, 0.2, 0.1, 0.1)),  # the middle, width and height of a rectangle
        ((390, 190, 40, 40), (0.925, 0.85, 0.075, 0.15)),  # held at the edge
    ],
)
def test_the_area_that_the_camera_focused_on_is_read(area, region, tmp_path):
    assert shares(af(tmp_path, area=area)) == region


def test_a_location_stands_in_for_an_area(tmp_path):
    assert shares(af(tmp_path, location=(100, 50))) == (0.2, 0.15, 0.1, 0.2)
    assert shares(af(tmp_path, location=(300, 150), area=(100, 50))) == (0.2, 0.15, 0.1, 0.2)


@pytest.mark.parametrize(
    ("orientation", "middle"),
    [(1, (0.25, 0.25)), (2, (0.75, 0.25)), (3, (0.75, 0.75)), (4, (0.25, 0.75)), (5, (0.25, 0.25)), (6, (0.75, 0.25)),
     (7, (0.75, 0.75)), (8, (0.25, 0.75))],
)  # fmt: skip
def test_the_area_is_that_of_the_upright_picture(orientation, middle, tmp_path):
    found = af(tmp_path, orientation=orientation, area=(100, 50, 40, 40))
    assert found is not None
    assert (found.x + found.w / 2, found.y + found.h / 2) == pytest.approx(middle)
    assert (found.w < found.h) == (orientation < 5)


@pytest.mark.parametrize(
    "area",
    [(0, 0), (500, 50), (100, 300), (100, 50, 0), (100, 50, 900), (100, 50, 20, 0), (100,), (1, 2, 3, 4, 5),
     (200, 100, 220, 88)],
)  # fmt: skip
def test_absurd_areas_and_the_telephones_middle_are_none(area, tmp_path):
    assert af(tmp_path, area=area) is None


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


@pytest.mark.parametrize(("percent", "stars"), [(0, 0), (1, 1), (25, 2), (50, 3), (75, 4), (99, 5), (100, 5)])
def test_a_rating_in_per_cent_stands_in_for_one_in_stars(percent, stars, tmp_path):
    said_so = pictures.exif()
    said_so[0x4749] = percent
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=said_so)
    assert said(tmp_path / "a.jpg").rating == stars


def test_stars_are_believed_before_per_cent(tmp_path):
    said_so = pictures.exif(rating=2)
    said_so[0x4749] = 99
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=said_so)
    assert said(tmp_path / "a.jpg").rating == 2
