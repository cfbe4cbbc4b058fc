"""What files say, taken over: only where everybody agrees, never over a decision, and as one act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.export import embedded, rating_import, sidecar
from engine.export.carriers import Said
from engine.export.rating_import import Import, Source
from engine.export.sidecar import Names
from engine.export.targets import PRESETS, Target
from engine.files import shoot
from engine.store.decisions import Decisions, Mark, Origin
from engine.types import Colour, Decision, Flag, Metadata, Photo
from tests import pictures, sidecars


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shoot"
    made.mkdir()
    return made


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Decisions]:
    made = Decisions(tmp_path / "decisions.sqlite")
    yield made
    made.close()


def photo(folder: Path, **said: object) -> Photo:
    pictures.jpeg(folder / "a.jpg", size=(32, 24), **said)
    return found(folder)


def found(folder: Path) -> Photo:
    return next(one for one in shoot.read([folder]).photos if one.path.name == "a.jpg")


def planned(store: Decisions, folder: Path, decided: Decision | None = None) -> Import:
    """What could be taken over, `decided` having been decided before."""
    one = found(folder)
    store.open_shoot([folder], [(one, None)])
    if decided is not None:
        fields = Said.of(decided).fields
        store.mark([Mark(one, None, name, getattr(decided, name)) for name in sorted(fields)], Origin.KEY)
    touched = {path: fields.fields for path, fields in store.decided().items()}
    return rating_import.plan(rating_import.read_all([one], Names([one])), store.of, touched)


def marks(plan: Import) -> dict[str, object]:
    return {mark.field: mark.new for mark in plan.marks}


def conflicts(plan: Import) -> dict[str, tuple[object, object, list[object]]]:
    """field -> (decided, suggested, what is said in order)."""
    return {c.field: (c.decided, c.suggested, [s.value for s in c.statements]) for c in plan.conflicts}


def test_sources_that_agree_are_imported_as_one_act(store, folder, originals):
    photo(folder, rating=4)
    (folder / "a.xmp").write_bytes(sidecars.lightroom(rating=4, label="Red", pick=1))
    (folder / "a.jpg.xmp").write_bytes(sidecars.digikam(rating=4, pick=3, colour=1))
    originals(folder)
    plan = planned(store, folder)
    assert marks(plan) == {"flag": Flag.PICK, "stars": 4, "colour": Colour.RED}
    assert plan.conflicts == () and plan.problems == ()
    said = plan.sources[folder / "a.jpg", "stars"]
    assert [(s.source, s.path.name, s.name) for s in said] == [
        (Source.SIDECAR, "a.jpg.xmp", "xmp:Rating"),
        (Source.SIDECAR, "a.xmp", "xmp:Rating"),
        (Source.EXIF, "a.jpg", "Rating"),
    ]
    changes = rating_import.apply(store, plan.marks)
    assert len(changes) == 3
    assert store.of(folder / "a.jpg") == Decision(Flag.PICK, 4, Colour.RED)
    assert planned(store, folder).marks == (), "the second time there is nothing to do"
    store.undo()
    assert store.of(folder / "a.jpg") == Decision()
    assert not store.can_undo


def test_sources_that_differ_are_shown_and_nothing_is_taken_over_until_somebody_chooses(store, folder):
    photo(folder, rating=2)
    (folder / "a.xmp").write_bytes(sidecars.lightroom(rating=4, label=None, pick=-1))
    (folder / "a.jpg.xmp").write_bytes(sidecars.digikam(rating=5))
    plan = planned(store, folder)
    assert marks(plan) == {"flag": Flag.REJECT}
    assert conflicts(plan) == {"stars": (None, 5, [5, 4, 2])}
    rating_import.apply(store, [rating_import.resolve(plan.conflicts[0], 4)])
    assert store.of(folder / "a.jpg").stars == 4


def test_decisions_are_never_overwritten(store, folder):
    photo(folder, rating=2)
    (folder / "a.xmp").write_bytes(sidecars.lightroom(rating=2, label="Green"))
    plan = planned(store, folder, Decision(Flag.PICK, 5, Colour.GREEN))
    assert marks(plan) == {}
    assert conflicts(plan) == {"stars": (5, 5, [2, 2])}


def test_what_was_cleared_here_is_not_filled_again(store, folder):
    one = photo(folder, rating=3)
    store.open_shoot([folder], [(one, None)])
    store.mark([Mark(one, None, "stars", 3)], Origin.KEY)
    store.mark([Mark(one, None, "stars", 0)], Origin.KEY)
    plan = planned(store, folder)
    assert marks(plan) == {} and conflicts(plan) == {"stars": (0, 0, [3])}


@pytest.mark.parametrize("target", Target)
def test_what_we_wrote_is_no_conflict_with_what_was_decided_since(target, store, folder):
    one = photo(folder)
    for path in Names([one]).of(one, PRESETS[target].naming):
        sidecar.write(path, Said.of(Decision(Flag.REJECT, 3, Colour.RED)), PRESETS[target], one.path)
    assert marks(planned(store, folder)) == {"flag": Flag.REJECT, "stars": 3, "colour": Colour.RED}
    plan = planned(store, folder, Decision(Flag.PICK, 5, Colour.BLUE))
    assert plan.marks == () and plan.conflicts == ()


def test_what_another_program_changed_after_us_is_a_conflict(store, folder):
    one = photo(folder)
    path = folder / "a.xmp"
    sidecar.write(path, Said.of(Decision(stars=3)), PRESETS[Target.ADOBE], one.path)
    path.write_text(path.read_text().replace('xmp:Rating="3"', 'xmp:Rating="5"'))
    assert conflicts(planned(store, folder, Decision(stars=3))) == {"stars": (3, 3, [5])}
    path.write_text(path.read_text().replace('xmp:Rating="5"', 'xmp:Rating="0"'))
    assert conflicts(planned(store, folder)) == {"stars": (3, 3, [0])}, "somebody took the stars away"


def test_no_stars_in_a_sidecar_speak_against_stars_elsewhere_and_against_nothing_else(store, folder):
    photo(folder, rating=3)
    (folder / "a.xmp").write_bytes(sidecars.lightroom(rating=0, label=None, pick=0))
    assert conflicts(planned(store, folder)) == {"stars": (None, 0, [0, 3])}
    pictures.jpeg(folder / "a.jpg", size=(32, 24), rating=0)
    plan = planned(store, folder, Decision(Flag.PICK, 2))
    assert plan.marks == () and plan.conflicts == ()


def test_rejects_of_lightroom_darktable_and_digikam_are_read(store, folder):
    photo(folder)
    for name, data in (
        ("a.xmp", sidecars.lightroom(rating=None, label=None, pick=-1)),
        ("a.jpg.xmp", sidecars.darktable(rating=-1)),
        ("a.jpg.xmp", sidecars.digikam(rating=0, pick=1)),
        ("a.xmp", sidecars.attributes(rating=-1).encode()),
    ):
        (folder / name).write_bytes(data)
        assert marks(planned(store, folder)) == {"flag": Flag.REJECT}
        (folder / name).unlink()


def test_xmp_inside_pictures_is_read_and_zeros_of_cameras_say_nothing(store, folder):
    one = photo(folder)
    data = one.path.read_bytes()
    one.path.write_bytes(embedded.embed(data, Said.of(Decision(stars=3, colour=Colour.BLUE)), Target.ADOBE, one.path))
    assert marks(planned(store, folder)) == {"stars": 3, "colour": Colour.BLUE}
    one.path.write_bytes(data)
    sidecars.need("exiftool")
    sidecars.exiftool_write(one.path, "-XMP-xmp:Rating=0", "-EXIF:RatingPercent=75")
    assert marks(planned(store, folder)) == {"stars": 4}
    assert Source.EXIF in {s.source for s in planned(store, folder).sources[one.path, "stars"]}


def test_known_metadata_spares_reading_exif_and_a_raw_of_the_frame_speaks_too(store, folder):
    pictures.dng(folder / "a.dng", size=(64, 48))
    raw = folder / "a.dng"
    raw.write_bytes(embedded.embed(raw.read_bytes(), Said.of(Decision(stars=2)), Target.ADOBE, raw))
    one = photo(folder, rating=5)
    said = rating_import.read(one, Names([one]), Metadata(rating=1))
    assert [(s.path.name, s.name, s.value) for s in said.statements] == [
        ("a.dng", "xmp:Rating", 2), ("a.jpg", "Rating", 1)
    ]  # fmt: skip


def test_what_cannot_be_read_is_named_and_the_rest_is_read(store, folder):
    photo(folder, rating=3)
    (folder / "a.xmp").write_bytes(b"<torn")
    (folder / "a.jpg.xmp").write_bytes(sidecars.attributes(label="Keeper").encode())
    plan = planned(store, folder)
    assert marks(plan) == {"stars": 3}
    assert len(plan.problems) == 2
    assert "Keeper" in plan.problems[0] and str(folder / "a.jpg.xmp") in plan.problems[0]
    assert str(folder / "a.xmp") in plan.problems[1]
    (folder / "a.jpg").write_bytes((folder / "a.jpg").read_bytes()[:30])
    assert any(str(folder / "a.jpg") in problem for problem in planned(store, folder).problems)


def test_a_file_that_is_gone_is_a_problem_and_no_crash(folder):
    one = photo(folder)
    one.path.unlink()
    said = rating_import.read(one, Names([one]))
    assert said.statements == () and str(one.path) in said.problems[0]
