"""What is judged is what the application shows, and what the decoder would say without the readings."""

from __future__ import annotations

from engine.models.tower import Tower
from tests import towers
from training.vila import critics
from training.vila.caption import sentences


def test_the_decoder_alone_says_what_the_readings_would_have_kept_it_from_saying(tmp_path):
    tower = Tower.needed(towers.pack(tmp_path, alone=True), "cpu")
    dark, bright, *_ = towers.SAID
    for colour in (dark, bright):
        said = towers.SAID[colour][0]
        assert sentences(critics.alone(tower)(towers.plain(colour, 512, 384))) == sentences(said)
        assert sentences(critics.alone(tower, beam=3)(towers.plain(colour, 512, 384))) == sentences(said)
    checked = dict(sentences(critics.checked(tower)(towers.plain(dark, 512, 384))))
    assert checked["underexposed"] == "The exposure is too low."
    assert "sharp" not in checked, "nothing in a plain picture is sharp"
    assert "overexposed" not in critics.checked(tower)(towers.plain(bright, 512, 384)), "nothing in it is clipped"
