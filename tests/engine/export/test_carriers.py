"""What a decision is in XMP, for each program; what their words mean; and what is left alone."""

from __future__ import annotations

import pytest

from engine.export.carriers import Said, hear, say
from engine.export.targets import PRESETS, Target
from engine.export.xmp import Packet
from engine.types import Colour, Decision, Flag
from tests import sidecars

NAMES = (
    "xmp:Rating", "xmp:Label", "photoshop:LabelColor", "xmpDM:pick", "xmpDM:good", "digiKam:PickLabel",
    "digiKam:ColorLabel", "photomechanic:Tagged", "photomechanic:ColorClass", "photomechanic:Prefs",
    "darktable:colorlabels", "MicrosoftPhoto:Rating", "acdsee:rating",
)  # fmt: skip
EVERYTHING = frozenset({"flag", "stars", "colour"})


def written(target: Target, said: Said, source: bytes | None = None) -> bytes:
    packet = Packet(source)
    preset = PRESETS[target]
    say(packet, said, preset.adds, preset.rejects_by_rating)
    return packet.bytes()


def carried(data: bytes) -> dict[str, str]:
    packet = Packet(data)
    return {name: ", ".join(packet.items(name)) for name in NAMES if packet.has(name)}


def heard(data: bytes) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for voice in hear(Packet(data)).voices:
        found.setdefault(voice.field, set()).add(voice.value)
    return found


PICK = Said.of(Decision(Flag.PICK, 4, Colour.GREEN))
REJECT = Said.of(Decision(Flag.REJECT, 2, Colour.PURPLE))
CLEARED = Said(Decision(), EVERYTHING)


@pytest.mark.parametrize(
    ("target", "pick", "reject"),
    [
        (
            Target.ADOBE,
            {
                "xmp:Rating": "4", "xmp:Label": "Green", "photoshop:LabelColor": "green",
                "xmpDM:pick": "1", "xmpDM:good": "True",
            },
            {
                "xmp:Rating": "2", "xmp:Label": "Purple", "photoshop:LabelColor": "purple",
                "xmpDM:pick": "-1", "xmpDM:good": "False",
            },
        ),
        (
            Target.BRIDGE,
            {
                "xmp:Rating": "4", "xmp:Label": "Green", "photoshop:LabelColor": "green",
                "xmpDM:pick": "1", "xmpDM:good": "True",
            },
            {
                "xmp:Rating": "-1", "xmp:Label": "Purple", "photoshop:LabelColor": "purple",
                "xmpDM:pick": "-1", "xmpDM:good": "False",
            },
        ),
        (
            Target.CAPTUREONE,
            {"xmp:Rating": "4", "xmp:Label": "Green"},
            {"xmp:Rating": "2", "xmp:Label": "Purple"},
        ),
        (
            Target.DARKTABLE,
            {"xmp:Rating": "4", "xmp:Label": "Green"},
            {"xmp:Rating": "-1", "xmp:Label": "Purple"},
        ),
        (
            Target.DIGIKAM,
            {"xmp:Rating": "4", "xmp:Label": "Green", "digiKam:PickLabel": "3", "digiKam:ColorLabel": "4"},
            {"xmp:Rating": "2", "xmp:Label": "Purple", "digiKam:PickLabel": "1", "digiKam:ColorLabel": "6"},
        ),
        (
            Target.PHOTOMECHANIC,
            {
                "xmp:Rating": "4", "xmp:Label": "Green",
                "photomechanic:Tagged": "True", "photomechanic:ColorClass": "5",
            },
            {
                "xmp:Rating": "2", "xmp:Label": "Purple",
                "photomechanic:Tagged": "False", "photomechanic:ColorClass": "1",
            },
        ),
    ],
)  # fmt: skip
def test_each_program_is_written_its_own_words_and_nothing_else(target, pick, reject):
    assert carried(written(target, PICK)) == pick
    assert carried(written(target, REJECT)) == reject


@pytest.mark.parametrize("target", Target)
def test_what_is_written_is_read_back_whatever_the_program_can_say(target):
    for flag in Flag:
        for colour in Colour:
            decision = Decision(flag, 3, colour)
            data = written(target, Said(decision, EVERYTHING))
            found = hear(Packet(data))
            assert found.record == {"flag": flag, "stars": 3, "colour": colour}
            assert all(found.stands(name) for name in EVERYTHING)
            assert found.unknown == ()


@pytest.mark.parametrize("target", Target)
def test_clearing_writes_no_stars_and_takes_the_colour_out(target):
    cleared = carried(written(target, CLEARED, written(target, PICK)))
    assert cleared["xmp:Rating"] == "0"
    assert "xmp:Label" not in cleared and "photoshop:LabelColor" not in cleared and "xmpDM:good" not in cleared
    zeros = {"xmpDM:pick", "digiKam:PickLabel", "digiKam:ColorLabel", "photomechanic:ColorClass"}
    assert {cleared[name] for name in zeros & cleared.keys()} <= {"0"}
    assert cleared.get("photomechanic:Tagged", "False") == "False"


def test_a_reject_that_was_a_rating_gives_its_stars_back():
    rejected = written(Target.DARKTABLE, Said(Decision(Flag.REJECT, 3), EVERYTHING))
    assert carried(rejected)["xmp:Rating"] == "-1"
    assert (
        carried(written(Target.DARKTABLE, Said(Decision(stars=3), frozenset({"flag"})), rejected))["xmp:Rating"] == "3"
    )
    foreign = sidecars.darktable(rating=-1)
    assert carried(written(Target.DARKTABLE, Said(Decision(), frozenset({"flag"})), foreign))["xmp:Rating"] == "0"
    assert (
        carried(written(Target.ADOBE, Said(Decision(Flag.REJECT), frozenset({"flag"})), foreign))["xmp:Rating"] == "-1"
    )


@pytest.mark.parametrize("target", Target)
def test_what_was_not_decided_stays_as_another_program_has_it(target):
    source = sidecars.lightroom(rating=2, label="Yellow", pick=1)
    flag = carried(written(target, Said(Decision(Flag.PICK), frozenset({"flag"})), source))
    assert (flag["xmp:Rating"], flag["xmp:Label"], flag["xmpDM:pick"]) == ("2", "Yellow", "1")
    stars = carried(written(target, Said(Decision(stars=5), frozenset({"stars"})), source))
    assert (stars["xmp:Rating"], stars["xmp:Label"], stars["xmpDM:pick"]) == ("5", "Yellow", "1")
    assert written(target, Said(Decision(), frozenset()), source) is source


def test_what_was_taken_back_goes_where_it_was_ours_and_stays_where_it_is_not():
    taken_back = Said(Decision(), frozenset(), frozenset({"stars"}))
    foreign = sidecars.lightroom(rating=2)
    assert written(Target.ADOBE, taken_back, foreign) is foreign
    ours = written(Target.ADOBE, Said.of(Decision(stars=4)), foreign)
    assert carried(written(Target.ADOBE, taken_back, ours))["xmp:Rating"] == "0"
    packet = Packet(ours)
    packet.set("xmp:Rating", "5")
    assert carried(written(Target.ADOBE, taken_back, packet.bytes()))["xmp:Rating"] == "5"


def test_words_of_all_programs_are_brought_into_step_where_they_stand():
    said = Said.of(Decision(Flag.PICK, 4, Colour.BLUE))
    digikam = carried(written(Target.ADOBE, said, sidecars.digikam(rating=1, pick=1, colour=2)))
    assert digikam["digiKam:PickLabel"] == "3" and digikam["digiKam:ColorLabel"] == "5"
    assert digikam["MicrosoftPhoto:Rating"] == "75" and digikam["acdsee:rating"] == "4"
    darktable = carried(written(Target.DARKTABLE, said, sidecars.darktable(labels=(0, 2))))
    assert darktable["darktable:colorlabels"] in ("3", "3, 3") and darktable["xmp:Label"] == "Blue"
    assert carried(written(Target.DARKTABLE, said, sidecars.darktable()))["darktable:colorlabels"] == "3"
    assert "darktable:colorlabels" not in carried(written(Target.DARKTABLE, CLEARED, sidecars.darktable(labels=(0, 2))))
    mechanic = carried(written(Target.ADOBE, said, sidecars.photo_mechanic()))
    assert mechanic["photomechanic:Prefs"] == "1:7:4:008771"
    assert mechanic["photomechanic:Tagged"] == "True" and mechanic["photomechanic:ColorClass"] == "7"
    rejected = carried(written(Target.ADOBE, REJECT, sidecars.photo_mechanic(tagged=True)))
    assert rejected["photomechanic:Prefs"] == "0:1:2:008771" and rejected["photomechanic:Tagged"] == "False"


def test_words_that_mean_the_same_are_left_as_they_are():
    german = sidecars.attributes(label="Rot", rating="3.0").encode()
    said = Said(Decision(stars=3, colour=Colour.RED), frozenset({"stars", "colour"}))
    after = carried(written(Target.CAPTUREONE, said, german))
    assert (after["xmp:Label"], after["xmp:Rating"]) == ("Rot", "3.0")


@pytest.mark.parametrize(
    ("label", "colour"),
    [("Red", Colour.RED), ("red", Colour.RED), ("Rot", Colour.RED), ("Select", Colour.RED), ("Jaune", Colour.YELLOW),
     ("グリーン", Colour.GREEN), ("Azul", Colour.BLUE), ("To Do", Colour.PURPLE), ("Lila", Colour.PURPLE)],
)  # fmt: skip
def test_labels_of_other_languages_and_of_bridge_are_understood(label, colour):
    assert heard(sidecars.attributes(label=label).encode()) == {"colour": {colour}}


def test_a_label_of_ones_own_means_nothing_here_and_is_not_taken_out():
    source = sidecars.attributes(label="Keeper", rating=3).encode()
    found = hear(Packet(source))
    assert [voice.field for voice in found.voices] == ["stars"]
    assert found.unknown == ("xmp:Label = Keeper",)
    assert carried(written(Target.ADOBE, CLEARED, source))["xmp:Label"] == "Keeper"
    assert carried(written(Target.ADOBE, PICK, source))["xmp:Label"] == "Green"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            sidecars.lightroom(rating=4, label="Red", pick=1),
            {"stars": {4}, "colour": {Colour.RED}, "flag": {Flag.PICK}},
        ),
        (sidecars.lightroom(rating=None, label=None, pick=-1), {"flag": {Flag.REJECT}}),
        (sidecars.lightroom(rating=0, label=None, pick=0), {"stars": {0}, "flag": {Flag.NONE}}),
        (sidecars.darktable(rating=-1), {"flag": {Flag.REJECT}}),
        (sidecars.darktable(rating=3, labels=[4]), {"stars": {3}, "colour": {Colour.PURPLE}}),
        (
            sidecars.digikam(rating=5, pick=1, colour=3),
            {"stars": {5}, "flag": {Flag.REJECT}, "colour": {Colour.YELLOW}},
        ),
        (sidecars.digikam(rating=5, pick=2), {"stars": {5}, "flag": {Flag.NONE}, "colour": {Colour.NONE}}),
        (sidecars.photo_mechanic(tagged=True, colour=2), {"stars": {0}, "flag": {Flag.PICK}, "colour": {Colour.RED}}),
        (sidecars.exiftool_written(rating=2), {"stars": {2}}),
        (sidecars.elements(rating=1, label="Blue").encode(), {"stars": {1}, "colour": {Colour.BLUE}}),
    ],
)
def test_what_programs_write_is_understood(source, says):
    assert heard(source) == says


@pytest.mark.parametrize("rating", ["6", "-2", "2.5", "many", "nan", "1e999", ""])
def test_ratings_that_cannot_be_say_nothing(rating):
    found = hear(Packet(sidecars.attributes(rating=rating).encode()))
    assert found.voices == ()
    assert found.unknown == (() if not rating else (f"xmp:Rating = {rating}",))


def test_per_cent_speaks_only_where_stars_do_not():
    digikam = sidecars.digikam(rating=4)
    assert [v.name for v in hear(Packet(digikam)).voices if v.field == "stars"] == ["xmp:Rating"]
    silent = digikam.replace(b'   xmp:Rating="4"', b"")
    assert [(v.name, v.value) for v in hear(Packet(silent)).voices if v.field == "stars"] == [
        ("MicrosoftPhoto:Rating", 4)
    ]


def test_the_score_travels_with_the_decision_in_our_own_words():
    said = Said(Decision(stars=3), frozenset({"stars"}), score=6.4159, merit=6.5, model="starter 1.0.0")
    packet = Packet(written(Target.ADOBE, said))
    assert [packet.get(f"chinagraph:{name}") for name in ("Score", "Merit", "Model")] == [
        "6.42",
        "6.50",
        "starter 1.0.0",
    ]


def test_writing_twice_is_writing_once():
    for source in (
        None,
        sidecars.lightroom(),
        sidecars.darktable(labels=(1,)),
        sidecars.digikam(),
        sidecars.photo_mechanic(),
    ):
        for target in Target:
            for said in (PICK, REJECT, CLEARED):
                once = written(target, said, source)
                assert written(target, said, once) is once
