"""How long a critique takes: python -m benchmarks.critique [--pack DIR] [--untrained] [PHOTO...].

Wall time on the CPU, networks loaded: from a photo's file to its sentences, and of each part. `--untrained` makes a
tower as large as the starter's whose weights mean nothing: its captions are as long as captions can be.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine import paths
from engine.judge import critique
from engine.models.captioner import LONGEST
from engine.models.pack import Pack
from engine.models.tower import Tower
from engine.prepare import THUMBNAIL_EDGE, halved, thumbnail

_REPEATS = 10


def main() -> None:
    """Print the milliseconds of each part, the median and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, default=paths.resource("models", "starter"), metavar="DIR")
    parser.add_argument("--untrained", action="store_true")
    parser.add_argument("photos", type=Path, nargs="*", metavar="PHOTO")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pack = untrained(Path(folder)) if options.untrained else Pack.open(options.pack)
        start = time.perf_counter()
        tower = Tower.needed(pack, "cpu")
        pictures = [np.asarray(Image.open(photo).convert("RGB")) for photo in options.photos] or [noise()]
        critique.write(tower, tower.vision.see(pictures[0]), {}, None)
        print(f"loading and the first critique: {time.perf_counter() - start:.2f} s")
        report(tower, pictures)


def report(tower: Tower, pictures: list[NDArray[np.uint8]]) -> None:
    """Times over all pictures."""
    small = [halved(pixels, 2 * THUMBNAIL_EDGE) for pixels in pictures]
    seen = [tower.vision.see(pixels) for pixels in small]
    said = [tower.captioner.write(one.picture) for one in seen]
    print(f"words: {np.mean([len(one.ids) for one in said]):.1f} of {LONGEST - 1}")
    for name, act in {
        "thumbnail": lambda i: thumbnail(small[i]),
        "image pass": lambda i: tower.vision.see(small[i]),
        "decoding, greedy": lambda i: tower.captioner.write(seen[i].picture),
        "decoding, a beam of 3": lambda i: tower.captioner.write(seen[i].picture, beam=3),
        "a text": lambda _: tower.text.embed("a dog on a beach"),
        "all of a critique": lambda i: critique.write(tower, tower.vision.see(small[i]), {}, None),
    }.items():
        median, slowest = milliseconds(act, len(pictures))
        print(f"{name}: {median:.1f} ms, at most {slowest:.1f} ms")


def milliseconds(act: Callable[[int], object], count: int) -> tuple[float, float]:
    """(median, slowest) over at least _REPEATS calls."""
    times = []
    for number in range(max(_REPEATS, count)):
        start = time.perf_counter()
        act(number % count)
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times)), max(times)


def noise() -> NDArray[np.uint8]:
    """[1000, 1500, 3]."""
    return np.random.default_rng(0).integers(0, 256, (1000, 1500, 3), dtype=np.uint8)


def untrained(folder: Path) -> Pack:
    """A pack with a tower of the starter's size and nothing else."""
    import torch

    from engine.models.tokenizer import TOKENIZER, Tokenizer
    from training import pack as packs
    from training.cskd.mobilenet import FEATURES, MobileNetV2
    from training.vila import config, export, nima, tune, vocabulary
    from training.vila.frozen import SIZE, Frozen
    from training.vila.model import CoCa
    from training.vila.rank import Adapter, Scale

    torch.manual_seed(0)
    words = vocabulary.build([])
    judges = [tune.Judge(MobileNetV2(), FEATURES), tune.Judge(nima.MobileNetV1(), nima.FEATURES)]
    eyes = Frozen(MobileNetV2(), judges).eval()
    for part in (*eyes.components, *eyes.said, eyes.measured):
        torch.nn.init.orthogonal_(part.matrix)
    tower = CoCa(config.starter(len(Tokenizer.load(words)), eyes.channels)).eval()
    files = export.networks(eyes, tower, SIZE)
    scale = Scale(np.array([-1, 1], np.float32), np.array([1, 10], np.float32))
    files |= {export.ADAPTER: export.adapter(Adapter(torch.randn(512)), scale), TOKENIZER: words.encode()}
    print({name: f"{len(data) / 1e6:.1f} MB" for name, data in files.items()})
    starter = Pack.open(paths.resource("models", "starter"))
    return packs.write(folder, "untrained", "0", starter.space, files, starter.preprocess, {})


if __name__ == "__main__":
    main()
