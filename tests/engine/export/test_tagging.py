"""Copies that leave with metadata: inside where a program looks there, else beside; pixels as they were."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.export import embedded, sidecar
from engine.export.carriers import hear
from engine.export.ledger import Ledger
from engine.export.operation import Action
from engine.export.outcome import Status
from engine.export.plan import Plan, plan
from engine.export.rendition import Format, Policy, Rendition
from engine.export.tagging import Tagging
from engine.export.targets import Target
from engine.types import Colour, Decision, Flag
from tests import pictures
from tests.exporting import chosen, done, order, tree

DECIDED = Decision(Flag.PICK, 4, Colour.GREEN)
DEVELOPED = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+0.75"/>'
    "</rdf:RDF></x:xmpmeta>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A JPEG alone, a RAW with a JPEG and a sidecar, a RAW alone, and the kinds that carry metadata inside."""
    made = tmp_path / "shoot"
    made.mkdir()
    pictures.jpeg(made / "a.jpg", seed=1)
    pictures.jpeg(made / "b.jpg", seed=2)
    (made / "b.nef").write_bytes(b"a RAW, as far as its name goes" * 20)
    (made / "b.xmp").write_text(DEVELOPED)
    (made / "c.nef").write_bytes(b"another one" * 20)
    pictures.dng(made / "d.dng", size=(96, 64))
    pictures.tiff(made / "e.tif")
    pictures.png(made / "f.png")
    return made


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "to"


def planned(folder: Path, to: Path, target: Target, decision: Decision = DECIDED, **more: object) -> Plan:
    wanted = order(folder, to, tagging=Tagging(target, "starter 1.0.0"), **more)
    records = Ledger(folder.parent / "data", to).records()
    return plan(wanted, chosen(folder, lambda photo: decision), records)


def exported(wanted: Plan) -> None:
    result = done(wanted, Ledger(wanted.order.folders[0].parent / "data", wanted.order.target))
    assert result.is_complete, result.having(Status.FAILED)


def scan(path: Path) -> bytes:
    """The compressed pixels of a JPEG, from the start of its scan."""
    data = path.read_bytes()
    return data[data.index(b"\xff\xda") :]


def test_every_copy_says_what_was_decided_and_no_pixel_differs(folder, to, originals):
    originals(folder)
    exported(planned(folder, to, Target.ADOBE))
    assert tree(to) == ["a.jpg", "b.jpg", "b.nef", "b.xmp", "c.nef", "c.xmp", "d.dng", "e.tif", "f.png"]
    for name in ("a.jpg", "b.jpg", "d.dng", "e.tif", "f.png"):
        (packet, *_) = embedded.packets(to / name)
        assert {voice.value for voice in hear(packet).voices} >= {Flag.PICK, 4, Colour.GREEN}, name
    for name in ("b.xmp", "c.xmp"):
        assert hear(sidecar.read(to / name)).record == {"flag": Flag.PICK, "stars": 4, "colour": Colour.GREEN}
    for name in ("a.jpg", "b.jpg"):
        assert scan(to / name) == scan(folder / name)
    for name in ("e.tif", "f.png"):
        with Image.open(to / name) as copy, Image.open(folder / name) as original:
            assert np.array_equal(np.asarray(copy), np.asarray(original))
    for name in ("b.nef", "c.nef"):
        assert (to / name).read_bytes() == (folder / name).read_bytes()
    assert 'crs:Exposure2012="+0.75"' in (to / "b.xmp").read_text()
    assert (to / "c.xmp").stat().st_mtime_ns == (folder / "c.nef").stat().st_mtime_ns


def test_sidecars_are_named_as_the_program_looks_for_them(folder, to):
    wanted = planned(folder, to, Target.DARKTABLE)
    added = {op.target.name: op.action for op in wanted.operations if op.action in (Action.SIDECAR, Action.MERGE)}
    assert added == {"b.nef.xmp": Action.SIDECAR, "b.xmp": Action.MERGE, "c.nef.xmp": Action.SIDECAR}
    exported(wanted)
    assert "b.nef.xmp" in tree(to)


def test_where_nothing_was_decided_no_sidecar_is_made(folder, to):
    exported(planned(folder, to, Target.ADOBE, Decision()))
    assert "c.xmp" not in tree(to)


def test_the_same_decision_is_there_already_and_another_is_another_file(folder, to):
    exported(planned(folder, to, Target.ADOBE))
    again = planned(folder, to, Target.ADOBE)
    assert {operation.action for operation in again.operations} == {Action.KEEP}
    exported(again)
    other = planned(folder, to, Target.ADOBE, Decision(Flag.PICK, 5))
    assert {op.target.name for op in other.operations if op.source.name == "a.jpg"} == {"a-2.jpg"}


@pytest.mark.parametrize("format_", Format)
def test_renditions_carry_it_too_whatever_else_they_leave_out(format_, folder, to):
    for name in ("b.nef", "c.nef", "b.xmp"):
        (folder / name).unlink()
    exported(planned(folder, to, Target.ADOBE, rendition=Rendition(format_, 100, policy=Policy.NONE)))
    path = to / f"a{format_.suffix}"
    (packet,) = embedded.packets(path)
    assert 4 in {voice.value for voice in hear(packet).voices}
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        assert picture.size == (100, 67) and not dict(picture.getexif())


def test_a_malformed_sidecar_is_left_alone_and_named(folder, to):
    (folder / "b.xmp").write_text("<x:xmpmeta")
    wanted = planned(folder, to, Target.ADOBE)
    result = done(wanted, Ledger(folder.parent / "data", to))
    (failed,) = result.having(Status.FAILED)
    assert failed.error and f"{folder / 'b.xmp'} cannot be merged into" in failed.error
    assert "b.xmp" not in tree(to) and (folder / "b.xmp").read_text() == "<x:xmpmeta"
