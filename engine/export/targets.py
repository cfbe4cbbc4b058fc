"""The programs that metadata travels to: what each is written, under which name, and what it will read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.export.carriers import RATING
from engine.files.shoot import HEIF, JPEG, RAW
from engine.types import Photo

_LABEL = "xmp:Label"
_ADOBE = frozenset({RATING, _LABEL, "photoshop:LabelColor", "xmpDM:pick", "xmpDM:good"})


class Target(StrEnum):
    """A program, as `--for` names it."""

    ADOBE = "adobe"
    """Lightroom and Camera Raw."""
    BRIDGE = "bridge"
    CAPTUREONE = "captureone"
    DARKTABLE = "darktable"
    DIGIKAM = "digikam"
    PHOTOMECHANIC = "photomechanic"


class Naming(StrEnum):
    """What a sidecar is called."""

    STEM = "IMG.xmp"
    FULL = "IMG.EXT.xmp"
    """One for each picture: RAW and JPEG of one frame have one each."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What a program is written."""

    title: str
    naming: Naming
    adds: frozenset[str]
    """The properties that are added; others that carry the same decision are changed where they stand already."""
    rejects_by_rating: bool = False
    """Whether a reject is a rating of -1, as it has no other word for it."""


PRESETS: Mapping[Target, Preset] = {
    Target.ADOBE: Preset("Lightroom", Naming.STEM, _ADOBE),
    Target.BRIDGE: Preset("Bridge", Naming.STEM, _ADOBE, rejects_by_rating=True),
    Target.CAPTUREONE: Preset("Capture One", Naming.STEM, frozenset({RATING, _LABEL})),
    Target.DARKTABLE: Preset("darktable", Naming.FULL, frozenset({RATING, _LABEL}), rejects_by_rating=True),
    Target.DIGIKAM: Preset(
        "digiKam", Naming.FULL, frozenset({RATING, _LABEL, "digiKam:PickLabel", "digiKam:ColorLabel"})
    ),
    Target.PHOTOMECHANIC: Preset(
        "Photo Mechanic",
        Naming.STEM,
        frozenset({RATING, _LABEL, "photomechanic:Tagged", "photomechanic:ColorClass"}),
    ),
}


class Kind(StrEnum):
    """Types of file that programs treat alike."""

    RAW = "proprietary RAW"
    DNG = "DNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    HEIF = "HEIC"
    PNG = "PNG"
    WEBP = "WebP"
    OTHER = "other pictures"


class Place(StrEnum):
    """Where a program looks for metadata."""

    SIDECAR = "sidecar"
    INSIDE = "inside"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a program will make of what we write."""

    place: Place
    stars: bool
    flag: bool
    colour: bool
    sentence: str
    """What it will read."""
    warning: str | None
    """What it will not read, or what the photographer has to do."""


EMBEDDED = frozenset({Kind.DNG, Kind.JPEG, Kind.TIFF, Kind.PNG, Kind.WEBP})
"""Kinds whose exported copies carry the metadata inside. HEIC would have to have its pixels written anew."""
_UNKNOWN: Mapping[Target, frozenset[Kind]] = {
    Target.ADOBE: frozenset({Kind.WEBP, Kind.OTHER}),
    Target.BRIDGE: frozenset({Kind.OTHER}),
    Target.CAPTUREONE: frozenset({Kind.WEBP, Kind.OTHER}),
    Target.PHOTOMECHANIC: frozenset({Kind.OTHER}),
}
"""What a program does not open, or is not known to take metadata for."""
_LIMITS = {
    Target.CAPTUREONE: "Capture One has stars and colours and no flags: picks and rejects do not arrive.",
    Target.DARKTABLE: "darktable has rejects and no picks, and a reject keeps no stars: those stay in our own record.",
    Target.PHOTOMECHANIC: "Photo Mechanic tags picks and has no rejects: they arrive untagged.",
}
_TO_DO = {
    Target.ADOBE: 'Photos that are in its catalogue already need "Read Metadata from File".',
    Target.BRIDGE: None,
    Target.CAPTUREONE: 'It needs "Load Metadata" or synchronisation; when that is full it may overwrite either side.',
    Target.DARKTABLE: "Once a photo is imported its database wins, unless it looks for updated XMP files at its start.",
    Target.DIGIKAM: 'Reading from sidecars has to be on in its settings; then "Reread Metadata From File".',
    Target.PHOTOMECHANIC: "A RAW's sidecar has to be allowed in its preferences, where IPTC/XMP is set.",
}


def kind(path: Path) -> Kind:
    """The kind of a picture by its name."""
    suffix = path.suffix.lower()
    if suffix == ".dng":
        return Kind.DNG
    if suffix in RAW:
        return Kind.RAW
    if suffix in JPEG:
        return Kind.JPEG
    if suffix in HEIF:
        return Kind.HEIF
    return {".tif": Kind.TIFF, ".tiff": Kind.TIFF, ".png": Kind.PNG, ".webp": Kind.WEBP}.get(suffix, Kind.OTHER)


def kind_of(photo: Photo) -> Kind:
    """The kind of a photo: that of its RAW where it has one, as this is what programs read a sidecar of."""
    kinds = [kind(path) for path in photo.files]
    return Kind.RAW if Kind.RAW in kinds else kind(photo.path)


def prospect(target: Target, what: Kind, exported: bool = False) -> Prospect:
    """What `target` will read of a photo of this kind: of the original beside its sidecar, or of an exported copy."""
    preset = PRESETS[target]
    inside = exported and what in EMBEDDED
    if what in _UNKNOWN.get(target, ()):
        warning = f"{preset.title} is not known to read metadata of {what.value}."
        return Prospect(Place.NOWHERE, False, False, False, f"{preset.title} reads nothing of it.", warning)
    if target in (Target.ADOBE, Target.BRIDGE, Target.PHOTOMECHANIC) and what is not Kind.RAW and not inside:
        return _unread(preset, what)
    flag = target is not Target.CAPTUREONE
    if inside:
        sentence = f"{preset.title} reads the metadata inside the {what.value}: {_listed(target)}."
    else:
        sentence = f"{preset.title} reads {preset.naming.value} beside the {what.value}: {_listed(target)}."
    place = Place.INSIDE if inside else Place.SIDECAR
    warnings = (_LIMITS.get(target), _TO_DO[target])
    return Prospect(place, True, flag, True, sentence, " ".join(filter(None, warnings)) or None)


def _unread(preset: Preset, what: Kind) -> Prospect:
    """Programs that look for a sidecar beside proprietary RAW alone."""
    sentence = f"{preset.title} reads no sidecar beside a {what.value}."
    if what in EMBEDDED:
        warning = "Export a copy: it carries the metadata inside. Originals are never written to."
    else:
        warning = f"Nothing is written into {what.value}, so that decisions do not arrive; the sidecar keeps them."
    return Prospect(Place.NOWHERE, False, False, False, sentence, warning)


def _listed(target: Target) -> str:
    match target:
        case Target.CAPTUREONE:
            return "stars and colours"
        case Target.DARKTABLE:
            return "stars, rejects and colours"
        case Target.PHOTOMECHANIC:
            return "stars, tags and colour classes"
    return "stars, flags and colours"
