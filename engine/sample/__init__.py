"""The sample shoot: a folder of photos to try Chinagraph on, made on the spot.

Four photographs that scikit-image carries, all CC0 or in the public domain, are taken again and again as a
photographer would: framed anew, focused beside the subject, shaken, exposed wrongly. What comes out is a shoot of two
camera bodies with bursts, a bracket, portrait frames that lie on their side in the file, one RAW beside its JPEG, and
one damaged file.
The same versions of the libraries make the same bytes every time.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import UnusableInput
from engine.paths import data_dir
from engine.sample import camera, dng
from engine.sample.scenes import SCENES

FOLDER_NAME = "sample-shoot"
BEGIN = datetime(2026, 5, 16, 9, 41, 7)
FRAME_GAP = timedelta(milliseconds=180)
"""Between two frames of a burst: five to six frames a second."""
SEED = 20260516
CREDITS_NAME = "CREDITS.txt"
CREDITS = """Chinagraph sample shoot

Made by Chinagraph from photographs that scikit-image carries. The flaws in these frames are Chinagraph's, not the
photographers'. The cameras are invented, and IMG_2224.DNG was computed: no sensor ever saw it.

astronaut  Eileen Collins. NASA, public domain.
coffee     A cup at Pikolo Espresso Bar. Rachel Michetti, CC0.
chelsea    Chelsea the cat. Stefan van der Walt, CC0.
rocket     Falcon 9 with DSCOVR before its launch. SpaceX, public domain.
"""


def default_folder(override: Path | None = None) -> Path:
    """Where the window keeps the sample shoot: below the data folder, which `override` replaces."""
    return data_dir(override) / FOLDER_NAME


def make(folder: Path) -> Path:
    """Make the sample shoot at `folder`, or leave alone the one that is there; the result is `folder`.

    It is written beside its place and then renamed, so that it is there as a whole or not at all.
    Raises UnusableInput where something else stands at `folder`, or where it cannot be written.
    """
    try:
        if not _is_made(folder):
            _make(folder)
    except OSError as error:
        raise UnusableInput(
            f"The sample shoot cannot be written to {folder}: {error.strerror}. Name a folder in another place."
        ) from error
    return folder


def files() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of the sample shoot."""
    yield CREDITS_NAME, CREDITS.encode()
    taken = dict.fromkeys((scene.body for scene in SCENES), 0)
    generator = np.random.default_rng(SEED)
    for scene in SCENES:
        photograph = _photograph(scene.photograph)
        for position, take in enumerate(scene.takes):
            name = f"{scene.body.prefix}{scene.body.first + taken[scene.body]:04}"
            taken[scene.body] += 1
            captured = BEGIN + timedelta(seconds=scene.after) + position * FRAME_GAP
            light = camera.expose(camera.project(photograph, scene, take), take, generator)
            jpeg = camera.develop(light, scene, take, captured)
            yield f"{name}.JPG", jpeg[: len(jpeg) * 2 // 5] if take.damaged else jpeg
            if take.raw:
                shot = dng.Shot(camera.MAKE, scene.body.model, scene.body.serial, captured)
                yield f"{name}.DNG", dng.encode(light, shot)


def _is_made(folder: Path) -> bool:
    """Whether this very sample shoot is there: it was renamed into place as a whole, so its credits speak for it."""
    try:
        return (folder / CREDITS_NAME).read_bytes() == CREDITS.encode()
    except (FileNotFoundError, NotADirectoryError):
        return False


def _make(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and next(folder.iterdir(), None) is None):
        raise UnusableInput(f"{folder} holds something else than this sample shoot. Name a folder that does not exist.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as workshop:
        finished = Path(workshop, folder.name)
        finished.mkdir()
        for name, data in files():
            _write(finished / name, data)
        if folder.exists():
            folder.rmdir()
        finished.rename(folder)


def _photograph(name: str) -> NDArray[np.uint8]:
    """[height, width, 3], sRGB. The file itself is read: skimage.data would load half of SciPy for it."""
    with (resources.files("skimage") / "data" / name).open("rb") as file, Image.open(file) as picture:
        return np.asarray(picture.convert("RGB"))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
