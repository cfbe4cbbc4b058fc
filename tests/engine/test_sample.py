"""The sample shoot is what it says: real files, two bodies, bursts with visible flaws, one pair, one damaged file."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from engine import sample
from engine.errors import UnusableInput
from engine.sample.scenes import SCENES, Take


@pytest.fixture
def takes(sample_shoot: Path) -> dict[Path, tuple[int, Take]]:
    """Every JPEG with the number of its scene and how it was taken."""
    found: dict[Path, tuple[int, Take]] = {}
    numbers = {scene.body: scene.body.first for scene in SCENES}
    for position, scene in enumerate(SCENES):
        for take in scene.takes:
            found[sample_shoot / f"{scene.body.prefix}{numbers[scene.body]:04}.JPG"] = position, take
            numbers[scene.body] += 1
    return found


def test_it_holds_what_it_promises(sample_shoot: Path, takes: dict[Path, tuple[int, Take]]) -> None:
    names = {path.name for path in takes}
    assert {path.name for path in sample_shoot.iterdir()} == names | {"CREDITS.txt", "IMG_2224.DNG"}
    assert 40 <= len(takes) <= 60
    assert [path.name for path in takes if not _opens(path)] == ["IMG_2231.JPG"]


def test_exif_tells_bodies_times_with_fractions_and_the_bracket(takes: dict[Path, tuple[int, Take]]) -> None:
    import exifread

    tags = {path: exifread.process_file(io.BytesIO(path.read_bytes()), details=False) for path in takes}
    bodies = [str(found["EXIF BodySerialNumber"]) for found in tags.values()]
    times = [f"{found['EXIF DateTimeOriginal']}.{found['EXIF SubSecTimeOriginal']}" for found in tags.values()]
    biases = Counter(str(found["EXIF ExposureBiasValue"]) for found in tags.values())
    assert set(bodies) == {"10027", "20911"}
    assert len(set(zip(bodies, times, strict=True))) == len(takes)
    assert biases == {"-2": 1, "2": 1, "0": len(takes) - 2}
    assert str(tags[min(takes)]["EXIF ExposureTime"]) == "1/60"


def test_portrait_frames_lie_on_their_side_in_the_file(takes: dict[Path, tuple[int, Take]]) -> None:
    for path, (scene, take) in takes.items():
        if take.damaged:
            continue
        with Image.open(path) as picture:
            assert picture.size == (1536, 1024)
            upright = ImageOps.exif_transpose(picture).size
        assert upright == ((1024, 1536) if SCENES[scene].portrait else (1536, 1024))


def test_a_person_can_tell_the_frames_of_a_burst_apart(takes: dict[Path, tuple[int, Take]]) -> None:
    flawless = (Take(), Take(dx=0.01), Take(iso=800))
    right = {scene: _grey(path) for path, (scene, take) in takes.items() if take in flawless}
    assert right.keys() == set(range(len(SCENES)))
    compared = 0
    for path, (scene, take) in takes.items():
        if take.blur >= 0.0045 or take.shake:
            compared += 1
            assert _detail(_grey(path)) < 0.8 * _detail(right[scene]), path.name
        elif take.ev:
            compared += 1
            assert (_grey(path).mean() - right[scene].mean()) * np.sign(take.ev) > 15, path.name
    assert compared >= 20


def test_the_raw_develops_to_the_picture_beside_it(sample_shoot: Path) -> None:
    import rawpy

    with rawpy.imread(str(sample_shoot / "IMG_2224.DNG")) as raw:
        developed = raw.postprocess(use_camera_wb=True, no_auto_bright=True, gamma=(2.4, 12.92))
    with Image.open(sample_shoot / "IMG_2224.JPG") as picture:
        beside = np.asarray(picture).astype(int)
    assert developed.shape == beside.shape
    assert np.abs(developed.astype(int) - beside).mean() < 4


def test_it_is_made_only_once(sample_shoot: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sample_shoot.iterdir()}
    assert sample.make(sample_shoot) == sample_shoot
    assert {path: path.stat().st_mtime_ns for path in sample_shoot.iterdir()} == before


def test_the_same_bytes_every_time(sample_shoot: Path) -> None:
    for name, data in islice(sample.files(), 9):
        assert (sample_shoot / name).read_bytes() == data


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "wedding").mkdir()
    (tmp_path / "wedding" / "CREDITS.txt").write_bytes(b"\xff not ours")
    with pytest.raises(UnusableInput, match="holds something else"):
        sample.make(tmp_path / "wedding")
    with pytest.raises(UnusableInput, match="holds something else"):
        sample.make(tmp_path / "wedding" / "CREDITS.txt")
    assert [path.name for path in tmp_path.rglob("*")] == ["wedding", "CREDITS.txt"]
    assert (tmp_path / "wedding" / "CREDITS.txt").read_bytes() == b"\xff not ours"


def test_a_full_disk_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def until_the_disk_is_full() -> Iterator[tuple[str, bytes]]:
        yield sample.CREDITS_NAME, sample.CREDITS.encode()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sample, "files", until_the_disk_is_full)
    with pytest.raises(UnusableInput, match=r"cannot be written .* No space left on device"):
        sample.make(tmp_path / "shoots" / "sample")
    assert list((tmp_path / "shoots").iterdir()) == []


def test_the_credits_name_every_photograph() -> None:
    for scene in SCENES:
        assert f"\n{Path(scene.photograph).stem} " in sample.CREDITS


def test_from_the_command_line(sample_shoot: Path, tmp_path: Path) -> None:
    made = _run(sample_shoot)
    assert (made.returncode, made.stdout.strip()) == (0, str(sample_shoot))
    (tmp_path / "file").write_text("x")
    refused = _run(tmp_path / "file" / "below")
    assert refused.returncode == 2
    assert refused.stderr.startswith("chinagraph: The sample shoot cannot be written to")
    assert refused.stderr.count("\n") == 1


def _run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "engine.sample", folder], capture_output=True, text=True, check=False)


def _opens(path: Path) -> bool:
    try:
        with Image.open(path) as picture:
            picture.load()
    except OSError:
        return False
    return True


def _grey(path: Path) -> NDArray[np.float32]:
    """At half size, where noise does not pass for detail."""
    with Image.open(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("L").reduce(2), dtype=np.float32)


def _detail(grey: NDArray[np.float32]) -> float:
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
