"""Captions say what is known in phrases of our own: no claim without its fact, no sentence too often."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.judge.claims import CLAIMS, FAULTS, Polarity, Standing, weigh
from engine.models.tokenizer import PIECE, Tokenizer
from tests import pictures
from training.vila import caption, concepts, facts, fidelity, flaws, grammar, look, scenes, vocabulary
from training.vila.facts import Facts
from training.vila.grammar import Template

CRITIQUES = Path(__file__).parents[3] / "shared" / "data" / "critiques"
_COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink")


def _known(random: np.random.Generator) -> Facts:
    """What might be known of some photo."""
    word = str(random.choice(sorted(concepts.table())))
    first, second = random.choice(_COLOURS, 2, replace=False)
    words = {"the subject": "the subject", "degree": "clearly", "cast": "blue"}
    if random.random() < 0.7:
        words |= {"subject": word, "a subject": concepts.phrase(word), "the subject": f"the {word}", "kind": "animal"}
    if random.random() < 0.9:
        words |= {"colour": str(first), "a colour": f"a {first}", "colours": f"{first} and {second}"}
    if random.random() < 0.3:
        words["side"] = "left"
    praises = [
        n
        for n, c in CLAIMS.items()
        if c.polarity is Polarity.PRAISE and n not in ("excellent", "good", "average", "subject")
    ]
    claims = tuple(str(n) for n in random.choice(praises, 6, replace=False))
    if random.random() < 0.4:
        return Facts(
            (str(random.choice(list(FAULTS)[:9])),), None, ("subject", *claims) if "subject" in words else claims, words
        )
    return Facts((), str(random.choice(["excellent", "good", "average", "weak"])), claims, words)


@pytest.fixture(scope="module")
def some() -> list[Facts]:
    return [_known(np.random.default_rng(number)) for number in range(600)]


@pytest.fixture(scope="module")
def critiques(some: list[Facts]) -> list[str]:
    return [caption.critique(known, number) for number, known in enumerate(some)]


def test_a_template_says_all_its_variants_and_nothing_else() -> None:
    template = Template.parse("[The subject] (is (very|quite) soft|lacks [colour]).")
    words = {"the subject": "the dog", "colour": "red"}
    assert template.slots == {"the subject", "colour"}
    assert template.variants == 3
    every = set()
    for first in range(2):
        for second in range(2):
            picks = iter((first, second))
            every.add(template.say(words, lambda _, picks=picks: next(picks)))
    assert every == {"The dog is very soft.", "The dog is quite soft.", "The dog lacks red."}


@pytest.mark.parametrize("text", ["(a|b", "a|b", "a) b", "[open", "(alone)"])
def test_a_template_with_a_loose_bracket_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        Template.parse(text)


def test_the_bank_has_several_hundred_phrases_and_some_for_every_claim() -> None:
    assert sum(len(templates) for templates in grammar.bank().values()) >= 300
    assert sum(t.variants for templates in grammar.bank().values() for t in templates) >= 1000
    assert set(grammar.bank()) == set(CLAIMS)
    always = {"the subject", "degree", "cast"}
    lacking = [
        name
        for name, some in grammar.bank().items()
        if name not in ("subject", "thirds", "palette") and not any(t.slots <= always for t in some)
    ]
    assert lacking == []


def test_a_critique_has_three_to_five_sentences_that_fit_the_decoder(some: list[Facts], critiques: list[str]) -> None:
    for known, text in zip(some, critiques, strict=True):
        said = caption.sentences(text)
        assert 3 <= len(said) <= 5, text
        assert len(re.findall(PIECE, text.lower())) <= 61
        assert text.startswith("<") and all(sentence.endswith(".") for _, sentence in said)
        allowed = {*known.faults, known.level, *known.claims, "subject", "advice_weak"} | {
            f"advice_{f}" for f in known.faults
        }
        assert {name for name, _ in said} <= allowed
        assert said[0][0] == (known.faults[0] if known.faults else known.level)
        assert any(name.startswith("advice_") for name, _ in said) == bool(
            known.faults or known.level in ("weak", "average")
        )


def test_sentences_are_well_formed(critiques: list[str]) -> None:
    for text in critiques:
        for _, sentence in caption.sentences(text):
            assert sentence[0].isupper()
            assert not re.search(r"[\[\]()|]|  | [,.;:]|\.\.", sentence), sentence
            assert not re.search(r"\ba [aeio]", sentence), sentence


def test_two_runs_say_the_same_and_another_seed_does_not(some: list[Facts], critiques: list[str]) -> None:
    assert [caption.critique(known, number) for number, known in enumerate(some[:50])] == critiques[:50]
    assert [caption.critique(known, number + 10_000) for number, known in enumerate(some[:50])] != critiques[:50]


def test_critiques_differ_and_no_sentence_stands_everywhere(critiques: list[str]) -> None:
    two_hundred = critiques[:200]
    assert len(set(two_hundred)) >= 150
    counted = Counter(sentence for text in two_hundred for sentence in {s for _, s in caption.sentences(text)})
    assert counted.most_common(1)[0][1] <= 10


def test_short_captions_have_no_tags_and_say_how_good_it_is(some: list[Facts]) -> None:
    short = [caption.plain(known, number) for number, known in enumerate(some)]
    assert not any("<" in text or "[" in text for text in short)
    for known, text in zip(some, short, strict=True):
        assert not (text.startswith("bad") and not known.faults and known.level != "weak")
        assert not (text.startswith("good") and (known.faults or known.level not in ("excellent", "good")))
    assert {"good image", "bad image"} <= set(short)


def test_the_vocabulary_knows_every_caption_and_every_concept(some: list[Facts], critiques: list[str]) -> None:
    tokenizer = Tokenizer.load(vocabulary.build([]))
    assert len(tokenizer) <= vocabulary.MOST
    for text in critiques:
        assert tokenizer.unknown_token not in tokenizer.encode(text), text
    assert all(not tokenizer.unknown(word) for word in concepts.words() | concepts.synonyms())


def _written() -> Iterator[str]:
    for path in sorted(CRITIQUES.glob("*.json")):
        texts = [json.loads(path.read_text(encoding="utf-8"))]
        while texts:
            value = texts.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                texts += value
            elif isinstance(value, dict):
                texts += value.values()


@pytest.mark.skipif(not CRITIQUES.is_dir(), reason="no critiques written by others at hand")
def test_no_run_of_more_than_eight_words_is_anybody_elses(critiques: list[str], some: list[Facts]) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    ours: set[tuple[str, ...]] = set()
    for number, known in enumerate(some):
        said = [critiques[number], *(caption.critique(known, number + 1000 * k) for k in range(1, 4))]
        ours |= {run for text in said for _, sentence in caption.sentences(text) for run in runs(sentence)}
        ours |= {run for text in said for run in runs(re.sub(r"<[a-z_]+>", " ", text))}
    assert len(ours) > 3000
    assert not any(run in ours for text in _written() for run in runs(text))


def _looks(folder: Path, shown: dict[str, np.ndarray], classes: dict[str, int]) -> look.Looks:
    """Looks at drawn pictures; ImageNet's teacher is sure of the class that is given."""

    def measure(pictures_: list[np.ndarray]) -> look.Columns:
        rows = [look.measured(p, np.ones((16, 16), np.float32)) for p in pictures_]
        joined = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
        seen = np.zeros((len(rows), 1000), np.float16)
        for row, key in enumerate(shown):
            seen[row, classes[key]] = 0.9
        empty = {
            "attention": np.ones((len(rows), 16, 16), np.float16),
            "faces": np.zeros((len(rows), 3, 5), np.float16),
        }
        return joined | empty | {"classes": seen, "features": seen[:, :8]}

    return look.kept(folder, list(shown), shown.__getitem__, measure)


def test_what_readings_deny_is_not_claimed(tmp_path: Path) -> None:
    bright = pictures.scene((256, 256), gain_ev=1.5)
    blocks = np.random.default_rng(1).integers(60, 200, (64, 64, 3), dtype=np.uint8)
    crisp = bright.copy()
    crisp[64:192, 64:192] = np.kron(blocks, np.ones((2, 2, 1), np.uint8))
    shown = {"crisp": crisp, "soft": pictures.scene((256, 256), blur=9, gain_ev=1.5)}
    looks = _looks(tmp_path, shown, {"crisp": 207, "soft": 985})
    sharp, soft = (facts.of(looks, key, 0.85) for key in ("crisp", "soft"))
    assert "sharp" in sharp.claims and "sharp" not in soft.claims
    assert sharp.faults == soft.faults == ()
    assert sharp.level == "excellent"
    assert "dog" in sharp.seen and "animal" in sharp.seen and "flower" in soft.seen
    assert facts.of(looks, "soft", 0.2).faults[0] == "defocus"
    assert facts.of(looks, "crisp", 0.85, leave_out=("imagenet",)).seen == concepts.Seen()


def test_a_flaw_takes_away_what_it_makes_untrue(tmp_path: Path) -> None:
    untouched = Facts(
        (),
        "good",
        ("subject", "sharp", "deep", "vivid", "well_exposed"),
        {"the subject": "the dog", "colour": "red", "colours": "red and blue"},
    )
    pixels = pictures.scene((256, 256), gain_ev=1.0)
    for kind in ("defocus", "underexposed", "colour_cast"):
        flaw = flaws.table()[kind]
        made = flaws.inject(pixels, kind, flaw.clear, 4)
        readings = look.kept(tmp_path / kind, ["it"], lambda _, made=made: made, look.readings_alone).readings("it")
        known = facts.flawed(untouched, kind, flaw.clear, readings, flaws.hue(4) if kind == "colour_cast" else None)
        assert known.faults == (kind,)
        assert known.level is None
        assert "subject" in known.claims
        assert all(weigh(CLAIMS[name], readings).standing is not Standing.CONTRADICTED for name in known.claims)
        assert ("sharp" in known.claims) is False or kind != "defocus"
        assert ("colour" in known.words) == (kind == "defocus")
        assert known.words.get("cast") in ((None,) if kind != "colour_cast" else ("magenta", "yellow", "green", "blue"))


def test_too_much_light_that_burns_out_is_said_to_do_both(tmp_path: Path) -> None:
    def faults(kind: str, strength: float, gain: float) -> tuple[str, ...]:
        made = flaws.inject(pictures.scene((256, 256), gain_ev=gain), kind, strength, 4)
        folder = tmp_path / f"{kind}{gain:g}"
        readings = look.kept(folder, ["it"], lambda _: made, look.readings_alone).readings("it")
        return facts.flawed(Facts(), kind, strength, readings, None).faults

    assert faults("overexposed", 3.0, 1.0) == ("overexposed", "clipped_highlights")
    assert faults("overexposed", 1.3, -2.0) == ("overexposed",)
    both = Facts(("overexposed", "clipped_highlights"), words={"degree": "clearly", "the subject": "the subject"})
    assert [claim for claim, _ in caption.sentences(caption.critique(both, 3))][:2] == list(both.faults)


def test_looks_go_on_where_they_stopped(tmp_path: Path) -> None:
    measured: list[int] = []

    def measure(shown: list[np.ndarray]) -> look.Columns:
        measured.append(len(shown))
        return look.readings_alone(shown)

    def scene(key: str) -> np.ndarray:
        return pictures.scene((64, 64), seed=int(key))

    look.kept(tmp_path, ["1", "2"], scene, measure)
    found = look.kept(tmp_path, ["3", "1", "2"], scene, measure)
    assert measured == [2, 1]
    assert found.readings("3") != found.readings("1")
    assert look.kept(tmp_path, ["2"], scene, measure).readings("2") == found.readings("2")
    assert measured == [2, 1]


def test_scenes_are_learned_from_labels_and_said_of_the_surest(tmp_path: Path) -> None:
    random = np.random.default_rng(8)
    is_beach = random.random(200) < 0.3
    features = random.normal(0, 0.3, (200, 32)) + np.outer(is_beach, np.eye(32)[3])
    names = [f"ss03/{number}.png" for number in range(200)]
    rows = {name: row for row, name in enumerate(names)}
    looks = look.Looks(rows, {"features": features, "palette": np.zeros((200, 17), np.float32)})
    labelled = {name: ("beach", "water") if is_beach[rows[name]] else () for name in names[:80]}
    said = scenes.seen(looks, names, scenes.Labels(labelled, {}))
    called = [name for name in names[80:] if "beach" in said[name]]
    assert 5 <= len(called) < is_beach[80:].sum()
    assert np.mean([is_beach[rows[name]] for name in called]) > 0.9
    assert all(words in ((), ("beach",), ("water",), ("beach", "water")) for words in said.values())
    assert set(scenes.seen(looks, names, scenes.Labels({}, {})).values()) == {()}


def test_labels_are_of_words_and_faults_that_there_are() -> None:
    folder = Path(scenes.__file__).parent / "labels"
    seen = scenes.labels()
    assert {word for words in (*seen.drawn.values(), *seen.sought.values()) for word in words} == set(scenes.WORDS)
    assert not seen.drawn.keys() & seen.sought.keys()
    assert len(fidelity.labels(folder / "ss01_failed.toml")) == 50
    judged = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    assert len(judged["photos"]) == 200
    assert not judged["photos"].keys() & (seen.drawn.keys() | seen.sought.keys())
    assert {word for words in judged["photos"].values() for word in words} == set(judged["words"])
