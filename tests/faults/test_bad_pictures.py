"""Bad files: each opens, or says in a sentence why not and what to do; nothing hangs, swells or changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine import cli, paths, pipeline
from engine.catalogue import Catalogue
from engine.errors import DamagedFile, EmptyFile, PictureTooLarge, UnreadablePhoto, UnsupportedFile
from engine.files import decode, metadata, shoot
from engine.sight import reading
from engine.types import Card, Frame, Photo
from tests import forged, pictures

LIMIT = 300_000_000
"""Bytes that the whole program may take while it refuses a bomb."""
PATIENCE = 2.0
"""Seconds of processor time that one bad file may take."""
ON_UNIX = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")


def photo(path: Path) -> Photo:
    return Photo(path, (path,), shoot.stamp(path))


def opened(path: Path) -> Frame:
    start = time.process_time()
    try:
        return decode.open(photo(path))
    finally:
        assert time.process_time() - start < PATIENCE


def refused(path: Path, kind: type[UnreadablePhoto]) -> str:
    """The sentence that says why; it names the file, ends as a sentence does and tells what to do."""
    with pytest.raises(kind) as reason:
        opened(path)
    sentence = str(reason.value)
    assert str(path) in sentence
    assert sentence.endswith(".") and "\n" not in sentence and "b'" not in sentence
    assert any(step in sentence for step in ("Copy it", "remove it", "Remove it", "retry"))
    return sentence


def ranked(folder: Path, tmp_path: Path) -> dict[str, Card]:
    with Catalogue.open(paths.cache_dir(tmp_path / "data")) as catalogue:
        last = list(pipeline.rank(shoot.read([folder]), catalogue, None))[-1]
    return {card.path.name: card for card in last.cards}


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".heic", ".tif", ".dng", ".cr3", ".webp", ".jxl"])
def test_empty_files_and_letters_are_no_pictures(suffix, tmp_path):
    refused(pictures.empty(tmp_path / f"empty{suffix}"), EmptyFile)
    refused(pictures.text(tmp_path / f"letter{suffix}"), UnsupportedFile)


TORN: dict[str, Callable[[Path], Path]] = {
    "a.jpg": pictures.jpeg,
    "progressive.jpg": lambda path: pictures.jpeg(path, progressive=True),
    "half.jpg": lambda path: pictures.jpeg(path, size=(3300, 300)),
    "cmyk.jpg": lambda path: pictures.jpeg(path, mode="CMYK"),
    "a.png": pictures.png,
    "deep.png": lambda path: pictures.png(path, "RGB;16"),
    "a.tif": pictures.tiff,
    "a.webp": pictures.webp,
    "a.gif": lambda path: pictures.animated(path, "GIF"),
    "a.heic": pictures.heic,
    "a.avif": pictures.avif,
}


@pytest.mark.parametrize("name", TORN)
@pytest.mark.parametrize("share", [0.9, 0.5, 0.05])
def test_a_torn_file_is_damaged_wherever_it_was_torn(name, share, tmp_path):
    path = pictures.truncated(TORN[name](tmp_path / name), share if name != "a.gif" else share / 4)
    refused(path, (DamagedFile, UnsupportedFile))


@pytest.mark.parametrize("share", [0.9, 0.5, 0.05])
def test_a_torn_raw_is_damaged(share, tmp_path):
    refused(pictures.truncated(pictures.dng(tmp_path / "a.dng"), share), (DamagedFile, UnsupportedFile))


@pytest.mark.parametrize("name", TORN)
def test_flipped_bytes_open_or_are_refused_but_never_escape(name, tmp_path):
    whole = TORN[name](tmp_path / name).read_bytes()
    random = np.random.default_rng(3)
    path = tmp_path / f"flipped-{name}"
    refusals: list[str] = []
    for _ in range(12):
        data = np.frombuffer(whole, np.uint8).copy()
        # Most of it in the first kilobytes, where headers and tables are.
        places = np.concatenate([random.integers(2, min(600, len(data)), 3), random.integers(2, len(data), 5)])
        data[places] = random.integers(0, 256, len(places))
        path.write_bytes(data.tobytes())
        try:
            reading.measure(opened(path))
        except UnreadablePhoto as reason:
            refusals.append(str(reason))
    assert all(str(path) in refusal for refusal in refusals)


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (16000, 3), (3, 16000), (16000, 400)])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_pictures_of_any_shape_open(size, mode, tmp_path):
    path = pictures.jpeg(tmp_path / "a.jpg", size=size, mode=mode)
    frame = opened(path)
    assert (frame.width, frame.height) == size
    assert reading.measure(frame).readings["sharpness"].region is not None
    assert decode.draft(photo(path), 200).size > 0


BOMBS: dict[str, Callable[[Path], Path]] = {
    "a.png": forged.bomb,
    "under_the_cap.png": lambda path: forged.bomb(path, (12_000, 12_000)),
    "a.jpg": lambda path: forged.claiming(path, 65_500),
    "under_the_cap.jpg": lambda path: forged.claiming(path, 12_000),
    "a.gif": lambda path: forged.claiming(path, 65_535),
    "a.bmp": lambda path: forged.claiming(path, 60_000),
    "a.webp": lambda path: forged.claiming(path, 16_383),
    "a.tif": lambda path: forged.claiming(path, 60_000),
    "raw.dng": forged.dng_bomb,
    "raw_under_the_cap.dng": lambda path: forged.dng_bomb(path, 12_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_unpacked(name, tmp_path):
    path = BOMBS[name](tmp_path / name)
    assert path.stat().st_size < 400_000
    assert "megapixels" in refused(path, PictureTooLarge)
    with pytest.raises(PictureTooLarge):
        decode.full(photo(path))
    with pytest.raises(PictureTooLarge):
        decode.draft(photo(path), 256)


RANK = """
import pathlib, re, sys
from engine import cli
code = cli.main(sys.argv[1:])
print("PEAK", re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""
"""Ranks, then says how many KB it took at most: what `resource` says of a child includes its parent's memory."""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked for as Linux knows it")
def test_a_shoot_of_bombs_is_ranked_below_300_mb(tmp_path):
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name, plant in BOMBS.items():
        plant(folder / name)
    forged.text_bomb(folder / "comment.png")
    forged.thumbnail_bomb(folder / "thumbnail.jpg")
    pictures.jpeg(folder / "good.jpg")
    command = [sys.executable, "-c", RANK, "--data-dir", str(tmp_path / "data"), "rank", str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == cli.DONE, done.stderr
    *lines, peak = done.stdout.splitlines()
    status = {Path(line["path"]).name: line["status"] for line in map(json.loads, lines)}
    assert {name for name, said in status.items() if said == "ok"} >= {"good.jpg", "thumbnail.jpg"}
    assert {name for name, said in status.items() if said == "unreadable"} >= set(BOMBS)
    assert 1000 * int(peak.removeprefix("PEAK ")) < LIMIT


def test_a_thumbnail_that_claims_gigabytes_is_none(tmp_path):
    assert metadata.thumbnail(forged.thumbnail_bomb(tmp_path / "a.jpg")) is None


@pytest.mark.parametrize("forge", [forged.forged_maker_note, forged.circular_exif])
def test_forged_exif_costs_no_time(forge, tmp_path):
    path = forge(tmp_path / "a.jpg")
    assert opened(path).width > 0
    start = time.process_time()
    metadata.thumbnail(path)
    assert time.process_time() - start < PATIENCE


def test_every_bad_file_of_a_shoot_gets_a_card_and_no_original_changes(tmp_path, originals):
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name, write in TORN.items():
        pictures.truncated(write(folder / f"torn-{name}"), 0.1)
    for name, plant in BOMBS.items():
        plant(folder / f"bomb-{name}")
    pictures.empty(folder / "empty.jpg")
    pictures.text(folder / "letter.jpg")
    bad = {path.name for path in folder.iterdir()}
    good = {
        pictures.jpeg(folder / "cmyk.jpg", mode="CMYK").name,
        pictures.png(folder / "palette.png", "P").name,
        pictures.tiff(folder / "deep.tif", "RGB;16").name,
        pictures.animated(folder / "moving.gif", "GIF").name,
        pictures.jpeg(folder / "dot.jpg", size=(1, 1)).name,
        forged.forged_maker_note(folder / "forged.jpg").name,
        pictures.dng(folder / "without_preview.dng").name,
        pictures.jpeg(folder / ("n" * 251 + ".jpg")).name,
    }
    for path in folder.iterdir():
        path.chmod(0o444)
    cards = ranked(originals(folder), tmp_path)
    assert {name for name, card in cards.items() if card.error is None} == good
    assert {name for name, card in cards.items() if card.error} == bad
    assert all(str(folder / name) in str(cards[name].error) for name in bad)
    assert all(cards[name].readings for name in good)


@ON_UNIX
def test_names_that_are_not_utf8_are_ranked_and_refused_like_any_other(tmp_path, originals):
    folder = tmp_path / "shoot"
    folder.mkdir()
    good, bad = (folder / os.fsdecode(name) for name in (b"caf\xe9.jpg", b"\xff\xfe.jpg"))
    pictures.jpeg(good)
    pictures.text(bad)
    cards = ranked(originals(folder), tmp_path)
    assert cards[good.name].error is None
    assert str(cards[bad.name].error).startswith(
        f"{folder}{os.sep}\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.jpg "
    )


CAMERA = Path(__file__).parents[3] / "shared" / "data" / "camera"


@pytest.mark.skipif(not CAMERA.is_dir(), reason="the real camera files lie beside some checkouts only")
def test_every_real_camera_file_opens(originals):
    photos = shoot.read([originals(CAMERA)]).photos
    assert len(photos) > 50
    for one in photos:
        assert reading.measure(decode.open(one)).readings
