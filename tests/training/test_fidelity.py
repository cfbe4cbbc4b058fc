"""Fidelity tells a captioner that sees from one that is always silent, always complains, or always says the same."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from PIL import Image

from tests import pictures
from training.vila import caption, fidelity, flaws
from training.vila.facts import Facts
from training.vila.fidelity import Captioner
from training.vila.pairs import Pair

PHOTOS, SEED = 24, 3


def _pair(folder: Path, number: int) -> Pair:
    name = f"ss03/{number:04}.png"
    colours = ("red", "blue", "green", "yellow")
    blocks = np.random.default_rng(number).integers(60, 200, (16, 16, 3), dtype=np.uint8)
    pixels = pictures.scene((128, 128), seed=number, gain_ev=1.0)
    pixels[:20], pixels[108:] = 225, 40
    pixels[32:96, 32:96] = np.kron(blocks, np.ones((4, 4, 1), np.uint8))
    (folder / name).parent.mkdir(exist_ok=True)
    Image.fromarray(pixels).save(folder / name)
    colour = colours[number % 4]
    words = {
        "the subject": f"the thing{number}",
        "colour": colour,
        "colours": f"{colour} and {colours[number // 4 % 4]}",
    }
    claims = ("palette", "well_exposed", "vivid", "full_contrast")
    known = Facts((), "excellent", claims, words | {"degree": "clearly", "cast": "blue"}, mos=0.9)
    critique = caption.critique(known, number)
    return Pair(folder / name, name, "ss03", -1, "val", 0.9, None, 0.0, 0, 0, critique, "good image", known)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    folder = tmp_path_factory.mktemp("data")
    return [_pair(folder, number) for number in range(PHOTOS)]


@pytest.fixture(scope="module")
def oracle(photos: list[Pair]) -> Captioner:
    """Knows every picture that it will be shown."""
    answers = {crc32(p.pixels().tobytes()): p.caption for p in photos}
    for number, (kind, pixels) in enumerate(fidelity.samples(photos, SEED, 8)):
        known = Facts((kind,), None, ("palette",), photos[number % PHOTOS].facts.words)
        answers[crc32(pixels().tobytes())] = caption.critique(known, number)
    return lambda pixels: answers[crc32(pixels.tobytes())]


def test_who_knows_every_photo_reaches_everything(photos: list[Pair], oracle: Captioner) -> None:
    found = fidelity.judge(photos, oracle, SEED, count=8)
    assert {kind for kind, (_, count) in found.named.items() if count} >= flaws.table().keys() - {"tilt"}
    assert all(share == 1 for share, count in found.named.values() if count)
    assert found.falsely_any == 0 and found.good == PHOTOS
    assert found.anothers < 0.2
    assert found.distinct == found.of == PHOTOS
    assert len(found.lines()) == len(flaws.table()) + 3


def test_who_always_praises_names_nothing(photos: list[Pair]) -> None:
    found = fidelity.judge(photos, lambda _: "<excellent> A gem. <sharp> Tack sharp. <clean> No grain.", SEED, count=8)
    assert all(share == 0 for share, _ in found.named.values())
    assert (found.distinct, found.alike) == (1, 1.0)
    assert not found.reached()


def test_who_always_complains_is_found_out(photos: list[Pair]) -> None:
    every = " ".join(f"<{kind}> Something is wrong." for kind in flaws.table())
    found = fidelity.judge(photos, lambda _: every, SEED, count=8)
    assert all(share == 1 for share, count in found.named.values() if count)
    assert found.falsely_any == 1 and min(found.falsely.values()) == 1
    assert found.anothers == 1
    assert not found.reached()


def test_the_same_seed_judges_by_the_same_pictures(photos: list[Pair]) -> None:
    first, second, other = (
        [(kind, crc32(pixels().tobytes())) for kind, pixels in fidelity.samples(photos, seed, 2)]
        for seed in (SEED, SEED, SEED + 1)
    )
    assert first == second != other


def test_agreement_counts_what_was_seen_and_what_was_said(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        Image.fromarray(pictures.scene((32, 32))).save(tmp_path / name)
    (tmp_path / "labels.toml").write_text('[photos]\n"a.png" = ["defocus", "noise"]\n"b.png" = ["tilt"]\n')
    seen = fidelity.labels(tmp_path / "labels.toml")
    found = fidelity.agreement(seen, tmp_path, lambda _: "<defocus> Soft. <advice_defocus> Refocus. <sharp> Crisp.")
    assert (found.photos, found.one, found.seen, found.said) == (2, 0.5, pytest.approx(1 / 3), 0.5)


def test_an_unknown_fault_in_labels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text('[photos]\n"a.png" = ["ugly"]\n')
    with pytest.raises(ValueError, match="ugly"):
        fidelity.labels(tmp_path / "labels.toml")
