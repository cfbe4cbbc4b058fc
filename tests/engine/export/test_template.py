"""Rename templates: what they give, what stands in for what is missing, and what is refused before anything is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import UnusableInput
from engine.export import template
from engine.export.template import Subject, Template
from engine.types import Card, Decision, FileStamp, Metadata, Photo


def subject(
    name: str = "IMG_1.JPG",
    *,
    captured: datetime | None = datetime(2026, 5, 1, 23, 30, 5),
    camera: str | None = "Canon EOS R5",
    offset: timedelta = timedelta(0),
    rank: int | None = 7,
    shoot: str = "Wedding",
    folder: str = "",
) -> Subject:
    path = Path("shoot", name)
    photo = Photo(path, (path,), FileStamp(1, 1, 1))
    card = Card(photo, Metadata(captured=captured, camera=camera), rank=rank, clock_offset=offset)
    return Subject(card, Decision(stars=4), shoot, folder, 12)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{original}", "IMG_1"),
        ("{shoot}_{seq:04}", "Wedding_0012"),
        ("{date:%Y%m%d-%H%M%S}_{original}", "20260501-233005_IMG_1"),
        ("{date}-{seq}", "2026-05-01-12"),
        ("{date:%Y/%m/%d}/{original}", "2026/05/01/IMG_1"),
        ("{camera}/{stars} stars/{rank:03} {original}", "Canon EOS R5/4 stars/007 IMG_1"),
        ("{camera:.5}-{original}", "Canon-IMG_1"),
        ("{folder}/{original}", "IMG_1"),
        ("{{{original}}}", "{IMG_1}"),
        ("{original}.", "IMG_1"),
        ("~{original}", "~IMG_1"),
    ],
)
def test_fields_are_filled_in(text, name):
    assert Template(text).name(subject()) == name


def test_sub_folders_of_the_shoot_can_be_kept():
    assert Template("{folder}/{original}").name(subject(folder="day 1/100EOS")) == "day 1/100EOS/IMG_1"


def test_the_date_is_that_of_the_corrected_clock():
    assert Template("{date:%d %H}{seq}").name(subject(offset=timedelta(hours=1))) == "02 0012"


def test_what_is_missing_has_the_stated_stand_in():
    unknown = subject(captured=None, camera=None, rank=None)
    text = "{date:%Y%m%d}+{camera:.3}+{rank:04}+{original}"
    assert Template(text).name(unknown) == "undated+unknown camera+unranked+IMG_1"
    assert set(template.STAND_INS) == {"date", "camera", "rank"} <= set(template.FIELDS)


def test_values_make_no_folders_and_no_illegal_names():
    strange = subject("a.b. .JPG", camera="Hassel/blad\\X:1", shoot="CON")
    assert Template("{shoot}/{camera}/{original}").name(strange) == "CON_/Hassel_blad_X_1/a.b"
    assert Template("{camera}/{original}").name(subject(camera="..")) == "_/IMG_1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{orginal}", "{orginal} is not known; there are {shoot}, {folder}, {date}"),
        ("{date.year}{seq}", "{date.year} is not known"),
        ("{}", "{} is not known"),
        ("{original", "expected '}'"),
        ("{original!r}", '"!r" cannot follow {original}'),
        ("{seq:abc}", '{seq} cannot be written as "abc"'),
        ("{seq:{stars}}", "{seq} cannot be written"),
        ("{camera:04d}{seq}", "{camera} cannot be written"),
        ("{date:%Q}{seq}", '"%Q" is no part of a date'),
        ("{date:%-d}{seq}", '"%-" is no part of a date'),
        ("{date:%x}{seq}", '"%x" is no part of a date'),
        ("{date:%Y%}{seq}", '"%" is no part of a date'),
        ("../{original}", 'without "." and ".."'),
        ("a/../../{original}", 'without "." and ".."'),
        ("a/ .. /{original}", 'without "." and ".."'),
        ("{date:../}{original}", 'without "." and ".."'),
        ("/etc/{original}", "without a drive or a leading /"),
        ("C:{original}", "without a drive"),
        ("c:/x/{original}", "without a drive"),
        ("a\\{original}", "not by"),
        ("{original}/", "the photo's name is missing"),
        ("best", "the same name"),
        ("{shoot}", "the same name"),
        ("", "the same name"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_read(text, reason):
    with pytest.raises(UnusableInput) as refused:
        Template(text)
    assert reason in str(refused.value)
    assert repr(text) in str(refused.value)


def test_every_field_that_is_named_can_be_used():
    for field in template.FIELDS:
        assert Template(f"{{{field}}}x{{seq}}").name(subject(folder="f"))
