"""What carries a decision in XMP: which property, and in which words. Read for all programs, written for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from engine.export.xmp import Packet
from engine.files import upright
from engine.files.metadata import stars_of_percent
from engine.store.action import Field, Value
from engine.turn import Turn
from engine.types import Card, Colour, Decision, Flag

RATING = "xmp:Rating"
REJECTED = -1
"""The rating of a reject, for programs that have no other word for it."""
PREFS = "photomechanic:Prefs"
"""Tagged, colour class, stars and frame number once more, with colons between them."""
ORIENTATION = "tiff:Orientation"
NOTHING: Mapping[str, Value] = MappingProxyType(
    {"flag": Flag.NONE, "stars": 0, "colour": Colour.NONE, "turn": Turn.NONE}
)
_Words: TypeAlias = Mapping[Value, str | None]
_PERCENT: _Words = {0: "0", 1: "1", 2: "25", 3: "50", 4: "75", 5: "99"}
_LABELS = {
    Colour.RED: "red, select, rot, rouge, rojo, rosso, rood, vermelho, röd, rød, punainen, czerwony, červená, "
    "красный, レッド, 红色, 紅色",
    Colour.YELLOW: "yellow, second, gelb, jaune, amarillo, giallo, geel, amarelo, gul, keltainen, żółty, žlutá, "
    "жёлтый, желтый, イエロー, 黄色, 黃色",
    Colour.GREEN: "green, approved, grün, vert, verde, groen, grön, grønn, grøn, vihreä, zielony, zelená, зелёный, "
    "зеленый, グリーン, 绿色, 綠色",
    Colour.BLUE: "blue, review, blau, bleu, azul, blu, blauw, blå, sininen, niebieski, modrá, синий, "
    "ブルー, 蓝色, 藍色",
    Colour.PURPLE: "purple, to do, lila, violett, violet, púrpura, morado, viola, paars, roxo, lilla, purppura, "
    "fioletowy, purpurová, фиолетовый, パープル, 紫色",
}
"""Adobe's label is a text in the language of its user; Bridge calls the colours by what they are for."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A property that says one field of a decision."""

    name: str
    field: Field
    words: _Words
    """What is written for each value; None removes the property."""
    heard: Callable[[str], Value | None]
    """What a text means; None for a text that means none of our values."""


@dataclass(frozen=True, slots=True)
class Said:
    """What there is to write of one photo."""

    decision: Decision
    fields: frozenset[str]
    """The fields that were decided here. The others stay as another program has them."""
    taken_back: frozenset[str] = frozenset()
    """Fields that were decided and taken back: they go where we wrote them, and stay where somebody else did."""
    score: float | None = None
    """1-10."""
    merit: float | None = None
    model: str | None = None
    """Name and version of the pack that gave the score."""
    orientation: int = 1
    """EXIF orientation that the file itself states, 1-8: a turn is told on top of it."""

    @classmethod
    def of(cls, decision: Decision, card: Card | None = None, model: str | None = None) -> Said:
        """All fields of a decision that are not empty, and the score of a card that has one."""
        fields = frozenset(name for name in NOTHING if getattr(decision, name) != NOTHING[name])
        if card is None:
            return cls(decision, fields)
        lies = card.metadata.orientation
        if card.verdict is None:
            return cls(decision, fields, orientation=lies)
        return cls(decision, fields, frozenset(), card.verdict.score, card.merit, model, lies)

    @property
    def states(self) -> int | None:
        """`orientation` where it counts: where the photo is or was turned. None where nobody asked the file."""
        return self.orientation if "turn" in self.fields | self.taken_back else None

    @property
    def is_worth_a_file(self) -> bool:
        """Whether a sidecar should be made where there is none."""
        return any(getattr(self.decision, name) != NOTHING[name] for name in self.fields & NOTHING.keys())


@dataclass(frozen=True, slots=True)
class Voice:
    """One property and what it says of one field."""

    name: str
    field: Field
    value: Value


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a packet says of the decision about its photo."""

    voices: tuple[Voice, ...] = ()
    record: Mapping[str, Value] = field(default_factory=dict)
    """What Chinagraph wrote there last, by field."""
    unknown: tuple[str, ...] = ()
    """Properties whose words mean nothing here, as "name = text"."""

    def stands(self, name: str) -> bool:
        """Whether the field is as Chinagraph wrote it: nobody has said otherwise since."""
        return name in self.record and all(
            voice.value in (self.record[name], _echo(voice.name, self.record[name]))
            for voice in self.voices
            if voice.field == name
        )


def _echo(name: str, value: Value) -> Value | None:
    """What a property says once `value` was written to it: Photo Mechanic has no word for a reject."""
    carrier = next((carrier for carrier in (*CARRIERS, *_SECOND_HAND) if carrier.name == name), None)
    word = None if carrier is None else carrier.words.get(value)
    return None if carrier is None or word is None else carrier.heard(word)


def hear(packet: Packet, orientation: int | None = None) -> Heard:
    """What a packet says; a rating of -1 is a reject, and says nothing of stars.

    `orientation` is what the file itself states, EXIF 1-8: where the packet has another, the photo was turned. Without
    it nothing is heard of that.
    """
    voices: list[Voice] = []
    unknown: list[str] = []
    for carrier in (*CARRIERS, *_SECOND_HAND):
        if carrier in _SECOND_HAND and any(voice.field == "stars" for voice in voices):
            continue
        texts = set(packet.items(carrier.name)) - {""}
        if texts:
            value = carrier.heard(texts.pop()) if len(texts) == 1 else None
            if value is not None:
                voices.append(Voice(carrier.name, carrier.field, value))
            elif rating(packet) != REJECTED or carrier.name != RATING:
                unknown.append(f"{carrier.name} = {', '.join(packet.items(carrier.name))}")
    if rating(packet) == REJECTED:
        voices.append(Voice(RATING, "flag", Flag.REJECT))
    turn = None if orientation is None else _turned(packet, orientation)
    if turn is not None:
        voices.append(Voice(ORIENTATION, "turn", turn))
    if any(voice.field == "colour" for voice in voices):
        unknown = [text for text in unknown if not text.startswith("xmp:Label ")]
    return Heard(tuple(voices), _record(packet), tuple(unknown))


def rating(packet: Packet) -> int | None:
    """`xmp:Rating`, -1 to 5; None where it is absent or anything else."""
    text = packet.get(RATING)
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number in range(REJECTED, 6) else None


def _turned(packet: Packet, orientation: int) -> Turn | None:
    """How far the packet has the photo turned; None where it says nothing, or that it is mirrored."""
    text = (packet.get(ORIENTATION) or "").strip()
    return upright.between(orientation, int(text)) if len(text) == 1 and text in "12345678" else None


def _record(packet: Packet) -> dict[str, Value]:
    record: dict[str, Value] = {}
    for name, carrier in RECORD.items():
        text = packet.get(carrier.name)
        value = None if text is None else carrier.heard(text)
        if value is not None:
            record[name] = value
    return record


def say(packet: Packet, said: Said, adds: frozenset[str], rejects_by_rating: bool = False) -> None:
    """Ask `packet` for what is said: the properties `adds`, and all others that carry the same and stand there already.

    With `rejects_by_rating` a reject has the rating -1, and its stars stay in our own record. Words that mean what is
    said already are left as they are, and so are words that mean nothing here when a field is cleared.
    """
    heard = hear(packet, said.states)
    ours = {name for name in said.taken_back if heard.stands(name)}
    fields = (said.fields | ours) & NOTHING.keys()
    values: dict[str, Value] = {name: getattr(said.decision, name) for name in fields}
    for carrier in (*CARRIERS, *_SECOND_HAND):
        if carrier.field in values and carrier.name != RATING:
            _say_one(packet, carrier, values[carrier.field], carrier.name in adds)
    _say_rating(packet, values, heard, adds, rejects_by_rating)
    _say_prefs(packet, values)
    if values.get("turn") or (packet.has(ORIENTATION) and "turn" in values):
        packet.set(ORIENTATION, str(upright.turned(said.orientation, said.decision.turn)))
    for name, value in values.items():
        packet.set(RECORD[name].name, str(int(value)) if isinstance(value, Turn) else str(value))
    for name, text in (
        ("chinagraph:Score", None if said.score is None else f"{said.score:.2f}"),
        ("chinagraph:Merit", None if said.merit is None else f"{said.merit:.2f}"),
        ("chinagraph:Model", said.model),
    ):
        if text is not None:
            packet.set(name, text)


def _say_one(packet: Packet, carrier: Carrier, value: Value, adds: bool) -> None:
    word, is_there = carrier.words[value], packet.has(carrier.name)
    if not is_there:
        if adds and word is not None and value != NOTHING[carrier.field]:
            packet.set(carrier.name, word)
        return
    meant = {carrier.heard(text) for text in packet.items(carrier.name)}
    if meant == {value} or (value == NOTHING[carrier.field] and meant <= {None}):
        return
    if word is None:
        packet.remove(carrier.name)
    else:
        packet.set(carrier.name, word)


def _say_rating(
    packet: Packet, values: Mapping[str, Value], heard: Heard, adds: frozenset[str], rejects_by_rating: bool
) -> None:
    now, flag = rating(packet), values.get("flag")
    wanted: object = None
    if flag is Flag.REJECT and rejects_by_rating:
        wanted = REJECTED
    elif "stars" in values:
        wanted = values["stars"]
    elif now == REJECTED and flag not in (None, Flag.REJECT):
        wanted = heard.record.get("stars", 0)
    elif packet.is_new and rejects_by_rating:
        wanted = 0  # where nothing is said, darktable gives a star of its own
    if wanted is not None and wanted != now and (RATING in adds or packet.has(RATING)):
        packet.set(RATING, str(wanted))


def _say_prefs(packet: Packet, values: Mapping[str, Value]) -> None:
    """Bring Photo Mechanic's second account into step, where there is one."""
    parts = (packet.get(PREFS) or "").split(":")
    if len(parts) != 4:
        return
    for at, carrier in enumerate((_TAGGED, _CLASS, _STARS)):
        if carrier.field in values and carrier.heard(parts[at]) != values[carrier.field]:
            word = carrier.words[values[carrier.field]]
            parts[at] = {"True": "1", "False": "0"}.get(word or "", word or "0")
    packet.set(PREFS, ":".join(parts))


def _stars(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number in range(6) else None


def _stars_of_percent(text: str) -> int | None:
    try:
        return stars_of_percent(float(text))
    except ValueError:
        return None


def _turn(text: str) -> Turn | None:
    return Turn(int(text)) if text in ("0", "1", "2", "3") else None


def _by_word(words: Mapping[str, Value]) -> Callable[[str], Value | None]:
    return lambda text: words.get(text.casefold())


def _numbered(name: str, numbers: _Words) -> Carrier:
    heard = _by_word({number: colour for colour, number in numbers.items() if number is not None})
    return Carrier(name, "colour", numbers, heard)


_DIGIKAM: _Words = {
    Colour.NONE: "0", Colour.RED: "1", Colour.YELLOW: "3", Colour.GREEN: "4", Colour.BLUE: "5", Colour.PURPLE: "6",
}  # fmt: skip
_PHOTOMECHANIC: _Words = {
    Colour.NONE: "0", Colour.PURPLE: "1", Colour.RED: "2", Colour.YELLOW: "4", Colour.GREEN: "5", Colour.BLUE: "7",
}  # fmt: skip
"""Its classes as it is delivered; orange, cyan and grey are none of ours."""
_DARKTABLE: _Words = {
    Colour.NONE: None, Colour.RED: "0", Colour.YELLOW: "1", Colour.GREEN: "2", Colour.BLUE: "3", Colour.PURPLE: "4",
}  # fmt: skip
_STARS = Carrier(RATING, "stars", {stars: str(stars) for stars in range(6)}, _stars)
_TAGGED = Carrier(
    "photomechanic:Tagged",
    "flag",
    {Flag.PICK: "True", Flag.REJECT: "False", Flag.NONE: "False"},
    _by_word({"true": Flag.PICK, "1": Flag.PICK, "false": Flag.NONE, "0": Flag.NONE}),
)
_CLASS = _numbered("photomechanic:ColorClass", _PHOTOMECHANIC)
CARRIERS = (
    _STARS,
    Carrier(
        "xmpDM:pick",
        "flag",
        {Flag.PICK: "1", Flag.REJECT: "-1", Flag.NONE: "0"},
        _by_word({"1": Flag.PICK, "-1": Flag.REJECT, "0": Flag.NONE}),
    ),
    Carrier(
        "xmpDM:good",
        "flag",
        {Flag.PICK: "True", Flag.REJECT: "False", Flag.NONE: None},
        _by_word({"true": Flag.PICK, "false": Flag.REJECT}),
    ),
    Carrier(
        "digiKam:PickLabel",
        "flag",
        {Flag.PICK: "3", Flag.REJECT: "1", Flag.NONE: "0"},
        # 2 is "pending": no verdict.
        _by_word({"3": Flag.PICK, "1": Flag.REJECT, "0": Flag.NONE, "2": Flag.NONE}),
    ),
    _TAGGED,
    Carrier(
        "photoshop:LabelColor",
        "colour",
        {colour: colour.value if colour in _LABELS else None for colour in Colour},
        _by_word({colour.value: colour for colour in Colour}),
    ),
    Carrier(
        "xmp:Label",
        "colour",
        {colour: colour.capitalize() if colour in _LABELS else None for colour in Colour},
        _by_word({word: colour for colour, words in _LABELS.items() for word in words.split(", ")}),
    ),
    _numbered("digiKam:ColorLabel", _DIGIKAM),
    _CLASS,
    _numbered("darktable:colorlabels", _DARKTABLE),
)
"""In order of precedence inside a packet."""
_SECOND_HAND = (
    Carrier("MicrosoftPhoto:Rating", "stars", _PERCENT, _stars_of_percent),
    Carrier("acdsee:rating", "stars", {stars: str(stars) for stars in range(6)}, _stars),
)
"""Brought into step where they stand; heard only where `xmp:Rating` says nothing."""
RECORD: Mapping[str, Carrier] = {
    "flag": Carrier("chinagraph:Flag", "flag", {}, _by_word({flag.value: flag for flag in Flag})),
    "stars": Carrier("chinagraph:Stars", "stars", {}, _stars),
    "colour": Carrier("chinagraph:Colour", "colour", {}, _by_word({colour.value: colour for colour in Colour})),
    "turn": Carrier("chinagraph:Turn", "turn", {}, _turn),
}
"""What Chinagraph wrote, in its own words: tells its own hand from that of others, whatever the target can say."""
