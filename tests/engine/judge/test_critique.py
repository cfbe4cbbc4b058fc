"""Critiques: what the readings contradict is not said, what they bear out has evidence, and nothing is filled in."""

from __future__ import annotations

import pytest

from engine.judge import critique
from engine.judge.critique import Check
from engine.models.tower import Tower
from engine.types import Aspect, Critique, Evidence, Polarity, Region, Subject, SubjectSource
from tests import towers

DARK, BRIGHT, RED, BLUE = towers.SAID
SUBJECT = Subject(Region(0.1, 0.2, 0.3, 0.4), SubjectSource.EYES)


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Tower:
    return Tower.needed(towers.pack(tmp_path_factory.mktemp("pack"), alone=True), "cpu")


def of(tower: Tower, colour: tuple[int, int, int], **places: float) -> Critique:
    return critique.write(tower, tower.vision.see(towers.plain(colour)), towers.readings(**places), SUBJECT)


def texts(found: Critique) -> list[str]:
    return [sentence.text for sentence in found.sentences]


def test_without_readings_everything_the_decoder_says_is_shown_without_tags(tower):
    found = of(tower, DARK)
    assert texts(found) == [
        "The exposure is too low.", "The dog is sharp.", "The horizon is level.", "Open the aperture.",
    ]  # fmt: skip
    assert [s.aspect for s in found.sentences] == [Aspect.EXPOSURE, Aspect.FOCUS, Aspect.TILT, Aspect.EXPOSURE]
    assert [s.polarity for s in found.sentences] == [Polarity.FAULT, Polarity.PRAISE, Polarity.PRAISE, Polarity.ADVICE]
    assert [s.claim for s in found.sentences] == ["underexposed", "sharp", "level", "advice_underexposed"]
    assert all(s.evidence is None and s.region is None for s in found.sentences)


def test_the_same_picture_and_readings_give_the_same_critique(tower):
    for colour in towers.SAID:
        assert of(tower, colour, exposure=0.0, sharpness=0.5) == of(tower, colour, exposure=0.0, sharpness=0.5)


def test_what_a_reading_bears_out_carries_it_and_its_region(tower):
    found = of(tower, DARK, exposure=0.05, sharpness=0.6)
    low, sharp = found.sentences[:2]
    assert low.evidence == Evidence("exposure", pytest.approx(2.2), "units", (2.0, 6.0))
    assert sharp.evidence is not None and sharp.evidence.name == "sharpness"
    assert sharp.region == Region(0.25, 0.5, 0.125, 0.125)


def test_a_subject_lights_up_where_it_is(tower):
    by_aspect = {sentence.aspect: sentence for sentence in of(tower, RED).sentences}
    assert by_aspect[Aspect.SUBJECT].region == SUBJECT.region
    assert by_aspect[Aspect.SUBJECT].evidence is None
    assert by_aspect[Aspect.COMPOSITION].region is None


def test_what_a_reading_contradicts_is_not_said_nor_the_advice_about_it(tower):
    found = of(tower, DARK, exposure=0.6)
    assert not {"The exposure is too low.", "Open the aperture."} & set(texts(found))
    assert all(s.text for s in found.sentences)


def test_decoding_tries_again_where_a_sentence_was_contradicted(tower):
    seen = tower.vision.see(towers.plain(DARK))
    check = Check(tower.tokenizer, towers.readings(sharpness=-1.0))
    found = tower.captioner.write(seen.picture, check.allows)
    sharp = tower.tokenizer.encode("<sharp>")[0]
    assert sharp in found.refused
    assert sharp not in found.ids
    shown = of(tower, DARK, sharpness=-1.0).sentences
    assert shown[0].text == "The exposure is too low."
    assert len(shown) >= 3
    assert Aspect.FOCUS not in {sentence.aspect for sentence in shown}


def test_what_is_contradicted_when_no_try_is_left_is_not_shown_and_nothing_put_in_its_place(tower):
    seen = tower.vision.see(towers.plain(DARK))
    check = Check(tower.tokenizer, towers.readings(exposure=0.6, tilt=4.0))
    written = tower.captioner.write(seen.picture, check.allows, tries=0)
    assert len(tower.tokenizer.sentences(written.ids)) == 4
    assert [sentence.text for sentence in check.sentences(written.ids)] == ["The dog is sharp."]


def shown(tower: Tower, text: str, **places: float) -> list[str]:
    check = Check(tower.tokenizer, towers.readings(**places))
    return [sentence.text for sentence in check.sentences(tower.tokenizer.encode(text))]


def test_praise_and_fault_of_one_measured_thing_are_not_said_together(tower):
    both = "<noise> It is noisy. <clean> The picture is strong. <vivid> The red is strong. <warm> The blue is calm."
    assert shown(tower, both) == ["It is noisy.", "The red is strong.", "The blue is calm."]


def test_a_sentence_that_was_cut_off_or_said_before_is_not_shown(tower):
    text = "<vivid> The red is strong. <palette> The red is strong. <space> There is room"
    assert shown(tower, text) == ["The red is strong."]
    assert shown(tower, "The red is strong. <space> There is room.") == ["There is room."]


def test_no_more_than_five_sentences_are_shown(tower):
    words = ("red", "blue", "dog", "bird", "sky", "water", "flower")
    assert len(shown(tower, " ".join(f"<vivid> The {word} is strong." for word in words))) == 5


def test_scores_are_the_adapter_s(tower):
    seen = tower.vision.see(towers.plain(RED))
    found = of(tower, RED)
    assert found.cosine == tower.adapter.cosine(seen.embedding)
    assert found.score == tower.adapter.score(found.cosine)
    assert found.model == tower.model_id
    assert found.rules == critique.rules()


def test_other_claims_are_other_rules(monkeypatch):
    before = critique.rules()
    assert before == critique.rules()
    monkeypatch.setattr(critique, "CLAIMS", dict(list(critique.CLAIMS.items())[1:]))
    assert critique.rules() != before


def test_a_word_is_not_said_twice_running(tower):
    assert shown(tower, "<vivid> The red red is strong. <subject> A flower and a flower is seen.") == []
    assert shown(tower, "<subject> A flower and a bird is seen.") == ["A flower and a bird is seen."]
    assert shown(tower, "<vivid> The red is strong.") == ["The red is strong."]
    words = tower.tokenizer
    check = Check(words, {})
    said = words.encode("<vivid> the red")
    assert not check.allows(said, said[-1])
    assert check.allows(said, words.encode("is")[0])
    assert check.allows(words.encode("<vivid> red."), words.encode(".")[0])


def test_a_fault_that_the_readings_bear_out_is_likelier(tower):
    leaning = Check(tower.tokenizer, towers.readings(exposure=0.05, tilt=0.5, sharpness=0.9)).leaning()
    assert {tower.tokenizer.tags[i]: float(nats) for i, nats in enumerate(leaning) if nats} == {
        "<underexposed>": critique.SUPPORT
    }
    picture = tower.vision.see(towers.plain(BRIGHT)).picture
    words = tower.tokenizer
    cast = words.encode("<colour_cast>")[0]
    nats = [
        float(Check(words, towers.readings(cast_blue_yellow=place)).leaning()[cast]) for place in (0.5, 1.0, 1.2, 9.0)
    ]
    assert nats == pytest.approx([0.0, critique.SUPPORT, critique.SUPPORT + 0.4 * critique.FARTHER,
                                  critique.SUPPORT + critique.FAR * critique.FARTHER])  # fmt: skip
    assert words.sentences(tower.captioner.write(picture).ids)[0][0] == "<overexposed>"
    leaning[words.encode("<underexposed>")[0]] = 99.0
    assert words.sentences(tower.captioner.write(picture, leaning=leaning).ids)[0][0] == "<underexposed>"


def test_a_cast_is_said_only_where_a_reading_bears_it_out(tower):
    said = "<colour_cast> The red is strong."
    assert shown(tower, said) == []
    assert shown(tower, said, cast_blue_yellow=0.5) == []
    assert shown(tower, said, cast_blue_yellow=0.9) == [], "near the end of normal is no cast"
    assert shown(tower, said, cast_blue_yellow=1.1) == ["The red is strong."]


def test_a_cast_is_called_by_the_hue_that_the_readings_show(tower):
    said = "<colour_cast> The blue is strong. <vivid> The sky is blue."
    yellow = {"cast_blue_yellow": 1.4, "cast_green_magenta": 0.5}
    blue = {"cast_blue_yellow": -0.4, "cast_green_magenta": 1.1}
    assert shown(tower, said, **yellow) == ["The sky is blue."]
    assert shown(tower, said, **blue) == ["The blue is strong.", "The sky is blue."]
    words = tower.tokenizer
    for places, fair in ((yellow, False), (blue, True)):
        check = Check(words, towers.readings(**places))
        assert check.allows(words.encode("<colour_cast> the"), words.encode("blue")[0]) is fair
        assert check.allows(words.encode("<colour_cast> the red. <vivid> the"), words.encode("blue")[0])
    found = Check(words, towers.readings(**blue)).sentences(words.encode(said))
    assert found[0].evidence is not None and found[0].evidence.name == "cast_blue_yellow"
