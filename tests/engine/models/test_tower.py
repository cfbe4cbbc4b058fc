"""The tower of a pack: what it sees, writes, reads and scores, and what it says of files that are not right."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load

from engine import doctor, paths
from engine.errors import PackAltered, PackError, PackMissing, SpaceMismatch
from engine.models import captioner
from engine.models.captioner import LONGEST, TRIES, Written
from engine.models.embedding import Embedding
from engine.models.pack import Pack
from engine.models.rank_adapter import RankAdapter
from engine.models.tower import FILES, Tower
from engine.types import Verdict
from tests import towers

DARK, BRIGHT, RED, BLUE = towers.SAID


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Tower:
    found = Tower.of(towers.pack(tmp_path_factory.mktemp("pack"), alone=True), "cpu")
    assert found is not None
    return found


def written(tower: Tower, colour: tuple[int, int, int], **how: object) -> Written:
    return tower.captioner.write(tower.vision.see(towers.plain(colour)).picture, **how)


@pytest.mark.parametrize("colour", towers.SAID)
@pytest.mark.parametrize("beam", [1, 3])
def test_it_says_of_a_picture_what_it_learned_to_say_and_always_the_same(tower, colour, beam):
    found = written(tower, colour, beam=beam)
    assert found.ids == tuple(tower.tokenizer.encode(towers.SAID[colour][0]))
    assert found.ended and not found.refused
    assert written(tower, colour, beam=beam) == found


def test_a_beam_finds_a_caption_at_least_as_likely_as_the_greedy_one(tower):
    rng = np.random.default_rng(5)
    for _ in range(4):
        picture = tower.vision.see(rng.integers(0, 256, (40, 50, 3), dtype=np.uint8)).picture
        greedy, wide = tower.captioner.write(picture), tower.captioner.write(picture, beam=4)
        assert wide.merit >= greedy.merit - 1e-6


def test_chance_chooses_between_words_that_are_nearly_as_good_and_never_what_is_claimed(tower, monkeypatch):
    picture = tower.vision.see(towers.plain(BRIGHT)).picture

    def written(seed: int | None) -> tuple[int, ...]:
        chance = None if seed is None else np.random.default_rng(seed)
        return tower.captioner.write(picture, chance=chance).ids

    assert written(1) == written(2) == written(None), "nothing else is nearly as good here"
    monkeypatch.setattr(captioner, "NEARLY", 1e-7)
    several = [written(seed) for seed in range(6)]
    assert len(set(several)) > 1 and several == [written(seed) for seed in range(6)]
    first = [next(i for i in ids if i in tower.tokenizer.tags) for ids in several]
    assert len(set(first)) == 1


def test_what_is_refused_is_not_written_and_decoding_goes_on_from_there(tower):
    tag = tower.tokenizer.encode("<sharp>")[0]
    found = written(tower, DARK, allows=lambda _, number: number != tag)
    free = written(tower, DARK)
    place = free.ids.index(tag)
    assert tag not in found.ids
    assert found.ids[:place] == free.ids[:place]
    assert found.refused == (tag,) * len(found.refused)
    assert 1 <= len(found.refused) <= TRIES


@pytest.mark.parametrize("beam", [1, 3])
def test_after_three_refusals_nothing_is_refused_any_more(tower, beam):
    found = written(tower, RED, allows=lambda _, number: number not in tower.tokenizer.tags, beam=beam)
    assert len(found.refused) == TRIES
    assert found.ids[0] in tower.tokenizer.tags


@pytest.mark.parametrize("beam", [1, 3])
def test_a_caption_of_which_everything_is_refused_stays_as_it_was(tower, beam):
    found = written(tower, RED, allows=lambda ids, _: len(ids) < 4, beam=beam, tries=10**6)
    assert len(found.ids) == 4 and not found.ended


def test_a_caption_ends_at_the_longest_it_may_be(tower):
    end = tower.tokenizer.end
    found = written(tower, BLUE, allows=lambda _, number: number != end, tries=1000)
    assert len(found.ids) == LONGEST - 1
    assert not found.ended
    controls = {tower.tokenizer.pad, tower.tokenizer.start, tower.tokenizer.class_token, tower.tokenizer.unknown_token}
    assert controls.isdisjoint(found.ids)


def test_captions_and_pictures_meet_in_one_space(tower):
    pictures = [tower.vision.see(towers.plain(colour)).embedding for colour in towers.SAID]
    texts = [tower.text.embed(short) for _, short in towers.SAID.values()]
    alike = np.array([[p.values @ t.values / np.linalg.norm(p.values) / np.linalg.norm(t.values)
                       for t in texts] for p in pictures])  # fmt: skip
    assert (alike.argmax(1) == np.arange(4)).all()
    assert {e.space for e in (*pictures, *texts)} == {tower.space}


def test_a_text_of_any_length_has_an_embedding(tower):
    assert np.isfinite(tower.text.embed("").values).all()
    longest = tower.text.embed("red " * 62)
    assert np.array_equal(longest.values, tower.text.embed("red " * 500).values)


def test_a_picture_of_any_shape_is_looked_at(tower):
    square = tower.vision.see(towers.plain(RED, 32, 32)).embedding.values
    for size in ((1, 1), (3000, 20), (640, 480)):
        assert np.allclose(tower.vision.see(towers.plain(RED, *size)).embedding.values, square, atol=1e-3)


def test_scores_are_those_of_the_paper_s_adapter_mapped_to_ten(tower):
    x = tower.vision.see(towers.plain(RED)).embedding
    kept = load(towers.files()["adapter.safetensors"])
    v = x.values + kept["weight"] @ x.values + kept["bias"]
    cosine = tower.adapter.cosine(x)
    assert cosine == pytest.approx(float(v @ kept["anchor"] / np.linalg.norm(v)), abs=1e-6)
    assert tower.adapter.score(cosine) == pytest.approx(np.interp(cosine, kept["points"], kept["scores"]))
    assert (tower.adapter.score(-2.0), tower.adapter.score(0.0), tower.adapter.score(2.0)) == (1.0, 4.0, 10.0)


def test_a_picture_of_another_space_is_not_scored(tower):
    x = tower.vision.see(towers.plain(RED)).embedding
    with pytest.raises(SpaceMismatch, match="elsewhere"):
        tower.adapter.cosine(Embedding(x.values, "elsewhere"))
    with pytest.raises(PackError, match=r"adapter\.safetensors.*64.*7"):
        tower.adapter.cosine(Embedding(x.values[:7], tower.space))


def test_a_picture_of_another_tower_is_not_described(tower):
    with pytest.raises(PackError, match="decoder"):
        tower.captioner.write(np.zeros((2, 1, 1, 1, 1), np.float32))


def test_another_version_of_a_tower_has_its_space_and_another_name(tower, tmp_path):
    same = Tower.of(towers.pack(tmp_path / "same", alone=True, version="9.1.0"))
    other = Tower.of(towers.pack(tmp_path / "other", alone=True, text=b"another"))
    assert same is not None and other is not None
    assert same.space == tower.space and same.model_id != tower.model_id
    assert other.space != tower.space


def test_a_pack_without_a_tower_has_none_and_says_what_is_missing(tmp_path):
    pack = towers.pack(tmp_path, *FILES, alone=True)
    assert Tower.of(pack) is None
    with pytest.raises(PackMissing, match=r"vision\.onnx.*Install.*docs/vila\.md"):
        Tower.needed(pack)


@pytest.mark.parametrize("name", FILES)
def test_a_part_that_is_not_in_the_pack_is_named(tmp_path, name):
    with pytest.raises(PackMissing, match=name):
        Tower.of(towers.pack(tmp_path, name, alone=True))


PARTS = dict(zip(FILES, ("vision", "text", "captioner", "adapter", "tokenizer"), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_altered_or_lost_is_named(tmp_path, name):
    tower = Tower.of(towers.pack(tmp_path, alone=True), "cpu")
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PackAltered, match=name):
        getattr(tower, PARTS[name])
    (tmp_path / name).unlink()
    with pytest.raises(PackMissing, match=name):
        getattr(tower, PARTS[name])


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_something_else_is_refused_and_named(tmp_path, name):
    tower = Tower.of(towers.pack(tmp_path, alone=True, **{name.partition(".")[0]: b"something else"}), "cpu")
    with pytest.raises(PackError, match=name):
        getattr(tower, PARTS[name])


@pytest.mark.parametrize(("here", "there"), list(itertools.permutations(("vision", "text", "decoder"), 2)))
def test_a_network_in_the_place_of_another_is_refused_and_named(tmp_path, here, there):
    tower = Tower.of(towers.pack(tmp_path, alone=True, **{here: towers.files()[f"{there}.onnx"]}), "cpu")
    with pytest.raises(PackError, match=f"{here}.onnx"):
        getattr(tower, PARTS[f"{here}.onnx"])


def test_an_adapter_whose_parts_do_not_fit_is_refused():
    from safetensors.numpy import save

    kept = load(towers.files()["adapter.safetensors"])
    for part, wrong in (("weight", kept["weight"][:5]), ("bias", kept["bias"][:5]), ("points", kept["points"][::-1])):
        with pytest.raises(PackError, match=r"a\.safetensors"):
            RankAdapter("a.safetensors", save({**kept, part: np.ascontiguousarray(wrong)}), "space")


def verdicts(*rows: NDArray[np.float32], space: str = "space") -> list[Verdict]:
    units = [row / np.linalg.norm(row) for row in rows]
    return [Verdict(np.full(10, 0.1, np.float32), unit.astype(np.float16), space) for unit in units]


def test_a_students_embeddings_are_brought_to_the_length_that_the_adapter_names():
    from safetensors.numpy import save

    kept = load(towers.files()["adapter.safetensors"])
    random = np.random.default_rng(0)
    kept["bias"] = random.standard_normal(64).astype(np.float32)
    x = random.standard_normal((5, 64)).astype(np.float32)
    found = {}
    for length in (0.5, 20.0):
        adapter = RankAdapter("a", save({**kept, "length": np.array([length], np.float32)}), "space")
        found[length] = adapter.cosines(verdicts(*x))
        for row, cosine in zip(x, found[length], strict=True):
            long = Embedding(length * row / np.linalg.norm(row), "space")
            assert adapter.cosine(long) == pytest.approx(cosine, abs=1e-3)
        assert adapter.scores(found[length]) == pytest.approx([adapter.score(one) for one in found[length]])
        assert adapter.cosines([]).shape == (0,)
    assert np.abs(found[0.5] - found[20.0]).max() > 0.05, "how long it is counts, as the adapter adds a bias"


def test_a_student_is_not_scored_by_an_adapter_of_another_space_or_without_a_length():
    from safetensors.numpy import save

    kept = load(towers.files()["adapter.safetensors"])
    alone = RankAdapter("a.safetensors", save(kept), "space")
    assert alone.length is None
    with pytest.raises(PackError, match=r"a\.safetensors.*tower alone.*Install"):
        alone.cosines(verdicts(np.ones(64, np.float32)))
    both = RankAdapter("a.safetensors", save({**kept, "length": np.array([3.0], np.float32)}), "space")
    with pytest.raises(SpaceMismatch, match="elsewhere"):
        both.cosines(verdicts(np.ones(64, np.float32), space="elsewhere"))
    with pytest.raises(PackError, match="64 numbers"):
        both.cosines(verdicts(np.ones(512, np.float32)))
    for wrong in ([0.0], [-1.0], [np.nan], [1.0, 2.0], []):
        with pytest.raises(PackError, match=r"a\.safetensors"):
            RankAdapter("a.safetensors", save({**kept, "length": np.array(wrong, np.float32)}), "space")


def test_a_whole_critique_runs_without_torch(tmp_path: Path):
    towers.pack(tmp_path, alone=True)
    program = f"""
import sys
sys.modules["torch"] = None
import numpy as np
from pathlib import Path
from engine.models.pack import Pack
from engine.models.tower import Tower
tower = Tower.of(Pack.open(Path({str(tmp_path)!r})), "cpu")
seen = tower.vision.see(np.full((40, 60, 3), {RED}, np.uint8))
print(tower.tokenizer.sentences(tower.captioner.write(seen.picture).ids)[0][1])
print(tower.text.embed("flower").space == seen.embedding.space, tower.adapter.cosine(seen.embedding) <= 1)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert run.stdout.split("\n")[:2] == ["A strong photo.", "True True"]


def test_a_pack_says_whether_it_has_a_tower_and_what_is_missing_of_it(tower, tmp_path):
    towers.pack(tmp_path / "whole", alone=True)
    towers.pack(tmp_path / "none", *FILES, alone=True)
    towers.pack(tmp_path / "half", "decoder.onnx", alone=True)
    whole, none, half = (doctor.pack(tmp_path / name, thorough=True) for name in ("whole", "none", "half"))
    assert whole["tower"] == tower.space and "no critiques" not in doctor.pack_sentence(whole)
    assert none["tower"] is None and none["error"] is None and "no critiques" in doctor.pack_sentence(none)
    assert "decoder.onnx" in half["error"] and not half["verified"]


def test_the_bundled_pack_has_a_whole_tower_or_none():
    tower = Tower.of(Pack.open(paths.resource("models", "starter")), "cpu")
    if tower is not None:
        seen = tower.vision.see(towers.plain(BRIGHT))
        assert tower.captioner.write(seen.picture).ids
        assert 1 <= tower.adapter.score(tower.adapter.cosine(seen.embedding)) <= 10
        assert tower.text.embed("a dog").space == seen.embedding.space
