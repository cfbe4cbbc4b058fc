"""subject: the eyes, else the AF point, else where the student looked, else the sharpest tile."""

from __future__ import annotations

import numpy as np
import pytest

from engine.sight import subject
from engine.sight.tiles import Tiles
from engine.types import Face, Metadata, Region, Subject, SubjectSource

AF = Region(0.6, 0.6, 0.1, 0.1)


def face(x: float = 0.4, y: float = 0.3, w: float = 0.1, h: float = 0.2, confidence: float = 0.95) -> Face:
    """Upright, its eyes at 30 and 70 % of its width and 40 % of its height."""
    shares = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
    return Face(Region(x, y, w, h), confidence, tuple((x + w * across, y + h * down) for across, down in shares))


def kept(detail: np.ndarray) -> Tiles:
    return Tiles(detail.astype(np.float32), np.full(detail.shape, 0.2, np.float32), 0.0, 0.5, 3000)


def box(where: Subject) -> tuple[float, float, float, float]:
    return where.region.x, where.region.y, where.region.w, where.region.h


def test_the_eye_band_holds_both_eyes_and_little_else():
    where = subject.known([face()], Metadata())
    assert where is not None and where.source is SubjectSource.EYES
    assert box(where) == pytest.approx((0.41, 0.35, 0.08, 0.06))


def test_the_largest_confident_face_is_the_subject():
    small, large, doubtful = face(x=0.1), face(x=0.5, w=0.2, h=0.3), face(x=0.0, w=0.4, h=0.6, confidence=0.3)
    where = subject.known([doubtful, large, small], Metadata(af=AF))
    assert where == subject.known([large], Metadata())
    assert subject.known([small, large], Metadata()) == where


def test_without_a_confident_face_the_af_point_is_the_subject():
    assert subject.known([], Metadata(af=AF)) == Subject(AF, SubjectSource.AF)
    assert subject.known([face(confidence=0.3)], Metadata(af=AF)) == Subject(AF, SubjectSource.AF)
    assert subject.known([], Metadata()) is None


@pytest.mark.parametrize(
    ("x", "y", "w", "h"), [(-0.05, -0.05, 0.1, 0.2), (0.95, 0.9, 0.1, 0.2), (0.4, 0.3, 0.9, 1.2), (0.5, 0.5, 0.0, 0.0)]
)
def test_bands_end_at_the_edge_of_the_picture(x, y, w, h):
    band = subject.eye_band(face(x, y, w, h))
    if band is not None:
        assert 0 <= band.x < band.x + band.w <= 1 and 0 <= band.y < band.y + band.h <= 1


def test_eyes_outside_of_the_picture_are_no_subject():
    outside = face(x=-0.3)
    assert subject.eye_band(outside) is None
    assert subject.known([outside], Metadata(af=AF)) == Subject(AF, SubjectSource.AF)
    assert subject.known([outside, face()], Metadata()) == subject.known([face()], Metadata())


def test_a_face_upside_down_has_an_eye_band_too():
    upright = face()
    turned = Face(upright.region, 0.9, tuple((x, 0.8 - y) for x, y in upright.landmarks))
    band = subject.eye_band(turned)
    assert band is not None and all(band.y < y < band.y + band.h for _, y in turned.landmarks[:2])


def test_the_student_looked_at_what_hangs_together_with_its_peak():
    attention = np.zeros((10, 10), np.float32)
    attention[2:5, 6:9] = 0.8
    attention[3, 7] = 1.0
    attention[8, 1] = 0.9  # elsewhere
    where = subject.found(attention, kept(np.ones((10, 10))))
    assert where.source is SubjectSource.ATTENTION
    assert box(where) == pytest.approx((0.6, 0.2, 0.3, 0.3))


def test_a_map_of_another_grid_is_laid_over_the_tiles():
    y, x = np.mgrid[:7, :7]
    attention = np.exp(-((x - 5) ** 2 + (y - 1) ** 2) / 2).astype(np.float32)
    region = subject.found(attention, kept(np.ones((11, 16)))).region
    assert region.x < 5.5 / 7 < region.x + region.w and region.y < 1.5 / 7 < region.y + region.h
    assert region.w <= 5 / 16 and region.h <= 5 / 11
    for edge, tiles in ((region.x, 16), (region.w, 16), (region.y, 11), (region.h, 11)):
        assert edge * tiles == pytest.approx(round(edge * tiles))


def test_a_map_that_is_even_still_gives_a_region_of_limited_size():
    region = subject.found(np.ones((10, 10), np.float32), kept(np.ones((11, 16)))).region
    assert region.w <= 5 / 16 and region.h <= 5 / 11


@pytest.mark.parametrize(
    "attention", [None, np.zeros((7, 7), np.float32), np.full((7, 7), np.nan, np.float32), np.zeros((0, 0), np.float32)]
)
def test_without_a_map_the_sharpest_tile_is_the_subject(attention):
    detail = np.ones((11, 16))
    detail[4, 12] = 9
    where = subject.found(attention, kept(detail))
    assert where.source is SubjectSource.SHARPEST
    assert box(where) == pytest.approx((12 / 16, 4 / 11, 1 / 16, 1 / 11))


@pytest.mark.parametrize("shape", [(1, 1), (1, 16), (16, 1), (2, 16)])
def test_grids_of_any_shape_have_a_subject(shape):
    for attention in (None, np.random.default_rng(1).random((10, 10), np.float32)):
        region = subject.found(attention, kept(np.ones(shape))).region
        assert 0 <= region.x < region.x + region.w <= 1 + 1e-9 and 0 <= region.y < region.y + region.h <= 1 + 1e-9
