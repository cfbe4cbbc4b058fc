"""Facts: what is known of a photo, as claims and as words for slots of phrases. Nothing is said that is not known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.judge.claims import CLAIMS, Standing, weigh
from engine.types import Reading
from training.vila import concepts, flaws, natural, scenes
from training.vila.composition import Composition
from training.vila.composition import of as composed
from training.vila.look import Looks
from training.vila.palette import COLOURS, LAYOUT

SOURCES = ("imagenet", "yunet", "student", "scenes")
"""The teachers that facts come from, beside the pixels and MOS; "scenes" are labels of our own."""
_FACE, _PORTRAIT = 0.8, 0.22
"""Score from which a face is one, and its share of the width from which the photo is a portrait."""
_BESIDE = frozenset({"water", "sky", "grass", "snow", "plant", "animal", "vehicle", "building"})
"""Wider words for what can stand beside a subject."""
_WIDE = ("sky", "sunset", "landscape", "city", "mountain", "beach", "building")
"""Words of views that reach far."""
_FINE = 0.7
"""Probability from which a class of ImageNet may be named itself."""
_CHECKED = (
    "sharp", "well_exposed", "held_highlights", "clean", "level", "true_colour", "full_contrast", "high_key", "low_key",
    "soft_light", "hard_light", "deep",
)  # fmt: skip
"""Praises that readings have to bear out."""
_DECENT = 0.6
"""MOS from which what is measured well may be praised."""
_LEVELS = ((0.8, "excellent"), (0.66, "good"), (0.45, "average"), (0.0, "weak"))
"""MOS from which a photo is called so: the upper third of ss03, its next third, the rest, and the failures of ss01."""
_TOUCHES = {
    "defocus": {"sharp", "deep", "shallow", "clean", "filled"},
    "motion": {"sharp", "deep", "shallow", "clean"},
    "noise": {"clean", "sharp", "deep", "space", "true_colour"},
    "tilt": {"level", "symmetry", "thirds", "centred"},
    "colour_cast": {"true_colour"},
}
"""What is no longer so once a flaw is in the photo, beside what its readings deny."""
_LIGHT = {
    "well_exposed", "held_highlights", "full_contrast", "high_key", "low_key", "backlight", "soft_light", "hard_light",
    "true_colour", "clean",
}  # fmt: skip
_COLOUR = {"warm", "cool", "vivid", "muted", "monochrome", "palette"}
_RELIGHT = ("underexposed", "overexposed", "clipped_highlights", "low_contrast")
_RECOLOUR = (*_RELIGHT, "colour_cast")
_TOGETHER = {"overexposed": "clipped_highlights", "clipped_highlights": "overexposed"}
"""A fault that another brings along, where the readings of the flawed pixels show it too."""
_CASTS = ("magenta", "yellow", "green", "blue")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the pixels of one pair."""

    faults: tuple[str, ...] = ()
    """Names of faults; the one that was put in first."""
    level: str | None = None
    """How good it is as a whole; None for a photo with a flaw put in."""
    claims: tuple[str, ...] = ()
    """Names of all else that holds, the most telling first."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words for the slots of phrases."""
    seen: concepts.Seen = field(default_factory=concepts.Seen)
    mos: float = 0.5


def of(
    looks: Looks,
    key: str,
    mos: float,
    labels: Sequence[str] = (),
    scene: Sequence[str] = (),
    leave_out: Collection[str] = (),
) -> Facts:
    """Of an untouched photo that was looked at.

    `labels` are the names of ImageNet's classes, `scene` the words of scenes.py, `leave_out` names SOURCES that nothing
    may come from.
    """
    readings = looks.readings(key)
    composition = _composition(looks, key, "student" not in leave_out)
    seen = _with_scene(_seen(looks, key, leave_out), () if "scenes" in leave_out else scene)
    palette = np.asarray(looks.of(key, "palette"), np.float32)
    fine = None if "imagenet" in leave_out else _fine(np.asarray(looks.of(key, "classes"), np.float32), labels)
    words = _words(seen, palette, composition) | {"degree": "clearly"} | ({"fine": fine} if fine else {})
    claims = [
        *(("subject",) if "subject" in words else ()),
        *_composed(composition, mos),
        *_coloured(palette),
        *(name for name in _borne_out(readings, mos) if name != "deep" or _is_deep(composition)),
        *(("shallow",) if _is_shallow(composition, seen) and mos >= _DECENT else ()),
        *(("backlight",) if _is_backlit(composition, seen) and mos >= _DECENT else ()),
    ]
    faults = natural.faults(readings, mos, "crowded" if composition.busy > 0.9 and composition.extent > 0.3 else None)
    level = next(name for least, name in _LEVELS if mos >= least)
    if "colour_cast" in faults:
        words["cast"] = _cast_of(readings)
    return Facts(faults, level, tuple(_consistent(claims, faults)), words, seen, mos)


def flawed(untouched: Facts, kind: str, strength: float, readings: Mapping[str, Reading], hue: float | None) -> Facts:
    """Of the same photo with a flaw put in: `readings` are those of the flawed pixels, `hue` that of a cast."""
    gone = set(_TOUCHES.get(kind, ()))
    gone |= _LIGHT if kind in _RELIGHT else set()
    gone |= _COLOUR if kind in _RECOLOUR else set()
    claims = [name for name in untouched.claims if name not in gone and _not_denied(name, readings)]
    slots = ("colour", "a colour", "colours") if kind in _RECOLOUR else ()
    words = {name: word for name, word in untouched.words.items() if name not in slots}
    words["degree"] = _degree(strength, flaws.table()[kind].clear)
    words["flaw"] = _ADJECTIVES[kind]
    if hue is not None:
        words["cast"] = _CASTS[round(hue / (np.pi / 2)) % 4]
    other = _TOGETHER.get(kind)
    faults = (kind, other) if other and weigh(CLAIMS[other], readings).standing is Standing.SUPPORTED else (kind,)
    return Facts(faults, None, tuple(claims), words, untouched.seen, untouched.mos)


def _composition(looks: Looks, key: str, looked: bool) -> Composition:
    """Without the student's map the whole frame was looked at, and no place is claimed."""
    attention, detail, light = (np.asarray(looks.of(key, column)) for column in ("attention", "detail", "light"))
    return composed(attention if looked else np.ones_like(attention), detail, light)


def _seen(looks: Looks, key: str, leave_out: Collection[str]) -> concepts.Seen:
    """What ImageNet's teacher sees, and people where a face was found."""
    classes = np.asarray(looks.of(key, "classes"), np.float32)
    seen = concepts.Seen() if "imagenet" in leave_out else concepts.seen(classes)
    faces = np.asarray(looks.of(key, "faces"), np.float32)
    sure = faces[faces[:, 0] >= _FACE]
    if "yunet" in leave_out or not len(sure) or "animal" in seen:
        return seen
    portrait = ("portrait",) if float((sure[:, 3] - sure[:, 1]).max()) >= _PORTRAIT else ()
    people = ("people", "person") if len(sure) > 1 else ()
    words = ("group" if people else "person", *(w for w in seen.words if w != "person"))
    return concepts.Seen(words, tuple(dict.fromkeys((*portrait, *people, *seen.kinds))))


def _fine(probabilities: NDArray[np.float32], labels: Sequence[str]) -> str | None:
    """The very class, where it is beyond doubt: "golden retriever"."""
    best = int(probabilities.argmax())
    return labels[best].split(",")[0].lower() if labels and probabilities[best] >= _FINE else None


def _with_scene(seen: concepts.Seen, scene: Sequence[str]) -> concepts.Seen:
    """What ImageNet and faces told, and what the scene adds; of a photo of an animal, nobody looks at the people."""
    further = [w for w in scene if w not in seen and not (w in ("person", "people") and "animal" in seen)]
    nouns = [w for w in further if w not in scenes.SURROUNDINGS]
    around = [w for w in further if w in scenes.SURROUNDINGS]
    return concepts.Seen((*seen.words, *nouns), (*seen.kinds, *around))


def _words(seen: concepts.Seen, palette: NDArray[np.float32], composition: Composition) -> dict[str, str]:
    words = {"the subject": "the subject"}
    named = [word for word in seen.words if word not in concepts.table() or not concepts.table()[word].plural]
    if named:
        first, others = named[0], [w for w in seen.words if w != named[0]]
        words |= {"subject": first, "a subject": concepts.phrase(first), "the subject": f"the {first}"}
        further = [w for w in (*others, *(k for k in seen.kinds if k in _BESIDE)) if w not in (first, "person")]
        kinds = [w for w in seen.kinds if w not in (first, "sky", "grass", "person", "people")]
        if further:
            words["a second"] = concepts.phrase(further[-1])
        if kinds:
            words |= {"kind": kinds[0], "a kind": concepts.phrase(kinds[0])}
    shown = _main_colours(palette)
    if shown:
        words |= {"colour": shown[0], "a colour": f"{'an' if shown[0] == 'orange' else 'a'} {shown[0]}"}
    if len(shown) > 1:
        words["colours"] = " and ".join(shown)
    side = _side(composition)
    return words | ({"side": side} if side else {})


def _main_colours(palette: NDArray[np.float32]) -> list[str]:
    """The colours of much of the frame, the strongest first; black, grey and white only after them."""
    share = dict(zip(LAYOUT, palette.tolist(), strict=True))
    hues = sorted((name for name in COLOURS if share[name] >= 0.12), key=lambda name: -share[name])
    neutral = sorted((n for n in ("black", "grey", "white") if share[n] >= 0.3), key=lambda n: -share[n])
    return [*hues, *neutral][:2]


def _side(composition: Composition) -> str | None:
    """The side where what was looked at lies, where it clearly lies on one."""
    across = composition.x - 0.5
    if composition.extent > 0.3 or abs(across) < max(abs(composition.y - 0.5), 0.1):
        return None
    return "left" if across < 0 else "right"


def _composed(composition: Composition, mos: float) -> list[str]:
    if mos < _DECENT:
        return []
    stands_out = composition.extent < 0.25
    x, y = composition.x, composition.y
    found = []
    if composition.symmetry > 0.7:
        found.append("symmetry")
    if stands_out and min(abs(x - 1 / 3), abs(x - 2 / 3)) < 0.07 and _side(composition):
        found.append("thirds")
    if stands_out and abs(x - 0.5) < 0.05 and abs(y - 0.5) < 0.09:
        found.append("centred")
    if composition.empty > 0.5 and stands_out:
        found.append("space")
    if composition.extent > 0.42 and composition.empty < 0.3:
        found.append("filled")
    return found


def _coloured(palette: NDArray[np.float32]) -> list[str]:
    share = dict(zip(LAYOUT, palette.tolist(), strict=True))
    if share["strongest"] < 9:
        return ["monochrome"]
    found = []
    if share["chroma"] > 32:
        found.append("vivid")
    elif share["chroma"] < 10 and share["strongest"] < 28:
        found.append("muted")
    if share["warm"] > 0.55:
        found.append("warm")
    if share["blue"] + share["teal"] > 0.5:
        found.append("cool")
    if _main_colours(palette):
        found.append("palette")
    return found


def _borne_out(readings: Mapping[str, Reading], mos: float) -> list[str]:
    """What the readings support with the margin of the claims, of photos that people did not reject."""
    if mos < _DECENT:
        return []
    return [name for name in _CHECKED if weigh(CLAIMS[name], readings).standing is Standing.SUPPORTED]


def _not_denied(name: str, readings: Mapping[str, Reading]) -> bool:
    claim = CLAIMS[name]
    standing = weigh(claim, readings).standing
    return (
        standing is Standing.SUPPORTED if name in _CHECKED and claim.checks else standing is not Standing.CONTRADICTED
    )


def _is_shallow(composition: Composition, seen: concepts.Seen) -> bool:
    """A sky is soft too, and in focus."""
    stands_out = composition.subject_detail > 0.85 and composition.extent < 0.3
    return composition.soft > 0.75 and stands_out and not any(word in seen for word in _WIDE)


def _is_backlit(composition: Composition, seen: concepts.Seen) -> bool:
    """A dark thing on a bright table is not: there has to be a sky that the light can come from."""
    return composition.backlight > 110 and composition.extent < 0.3 and any(word in seen for word in _WIDE)


def _is_deep(composition: Composition) -> bool:
    return composition.soft < 0.3 and composition.busy > 0.35 and composition.empty < 0.3


def _consistent(claims: list[str], faults: tuple[str, ...]) -> list[str]:
    """Without what one claim takes from another."""
    apart = (("shallow", "deep"), ("monochrome", "true_colour"), ("low_key", "well_exposed"), ("high_key", "low_key"),
             ("warm", "cool"), ("hard_light", "soft_light"), ("hard_light", "full_contrast"), ("space", "filled"),
             ("thirds", "centred"), ("vivid", "muted"), ("cool", "true_colour"), ("warm", "true_colour"))  # fmt: skip
    kept = list(dict.fromkeys(claims))
    for first, second in apart:
        if first in kept and second in kept:
            kept.remove(second)
    denied = {claim for fault in faults for claim in _TOUCHES.get(fault, ())}
    if any(fault in _RELIGHT for fault in faults):
        denied |= _LIGHT
    return [name for name in kept if name not in denied]


def _degree(strength: float, clear: float) -> str:
    ratio = strength / clear
    return "slightly" if ratio < 0.75 else "clearly" if ratio < 1.3 else "badly"


def _cast_of(readings: Mapping[str, Reading]) -> str:
    a, b = (readings[name].value for name in ("cast_green_magenta", "cast_blue_yellow"))
    if abs(b) >= abs(a):
        return "yellow" if b > 0 else "blue"
    return "magenta" if a > 0 else "green"


_ADJECTIVES = {
    "defocus": "blurry",
    "motion": "shaken",
    "underexposed": "too dark",
    "overexposed": "too bright",
    "clipped_highlights": "burnt out",
    "noise": "noisy",
    "tilt": "tilted",
    "colour_cast": "tinted",
    "low_contrast": "flat",
}
