"""A photo scores the same whether all of it was decoded, half of it, or its preview."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine import paths
from engine.models.pack import Pack
from engine.models.student import Student
from training import parity


def _enlarged(folder: Path) -> None:
    """Photographs at the size of a camera's, with a grain of their own, so that scales differ in more than blur."""
    from skimage import data

    folder.mkdir()
    for number, picture in enumerate((data.coffee(), data.astronaut(), data.chelsea(), data.rocket())):
        large = np.asarray(Image.fromarray(picture).resize((3600, 2400), Image.Resampling.BICUBIC)).astype(np.float32)
        large += np.random.default_rng(number).normal(0, 5, (2400, 3600, 1))
        Image.fromarray(large.clip(0, 255).astype(np.uint8)).save(folder / f"{number}.jpg", quality=92)


def test_full_half_and_preview_decoding_agree_to_a_tenth_of_a_point(tmp_path: Path) -> None:
    _enlarged(tmp_path / "photos")
    student = Student.load(Pack.open(paths.resource("models", "starter")), "cpu")
    found = parity.differences(student, [tmp_path / "photos"])
    assert [len(values) for values in found.values()] == [4, 4]
    assert max(values.max() for values in found.values()) < 0.1
    assert "half scale: 4 photos" in "\n".join(parity.lines(found))
