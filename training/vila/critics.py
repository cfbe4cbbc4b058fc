"""What writes critiques for the evaluation of fidelity: the files of a pack, as the application runs them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine import seeing
from engine.judge import critique
from engine.models.tower import Tower
from training.vila import look
from training.vila.fidelity import Captioner


def alone(tower: Tower, beam: int = critique.BEAM) -> Captioner:
    """The decoder by itself: every sentence that it writes, whatever the readings say."""

    def write(pixels: NDArray[np.uint8]) -> str:
        seen = tower.vision.see(seeing.shown(pixels))
        written = tower.captioner.write(seen.picture, beam=beam, chance=critique.chance(seen))
        return _tagged((tag[1:-1], text) for tag, text in tower.tokenizer.sentences(written.ids))

    return write


def checked(tower: Tower) -> Captioner:
    """What the application shows: sentences held against the readings of the same pixels."""

    def write(pixels: NDArray[np.uint8]) -> str:
        found = critique.write(tower, tower.vision.see(seeing.shown(pixels)), look.readings_of(pixels), None)
        return _tagged((sentence.claim, sentence.text) for sentence in found.sentences)

    return write


def _tagged(said: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"<{claim}> {text}" for claim, text in said)
