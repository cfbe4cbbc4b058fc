"""The nouns that travel through the engine: frozen dataclasses, no behaviour beyond derived values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.turn import Turn
from engine.yardstick import PLAIN, Yardstick

EMBEDDING_SIZE = 512
"""Length of every cached embedding, float16, L2-normalised."""

SCORES = np.arange(1, 11, dtype=np.float32)
"""The ten AVA scores that a distribution stands over: 1 (worst) to 10 (best)."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What `stat` says of a file: the cheap, warm check that its bytes (`size` of them) are those read before."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo as a photographer counts: RAW, JPEG, sidecar and audio note of one frame together."""

    path: Path
    """The primary file, decoded: the rendered one (JPEG, HEIC ...), else the RAW; its folder as the user typed it."""
    files: tuple[Path, ...]
    """All members: the primary one, whose `stamp` it is, then the rest sorted by name."""
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the upright picture; every number is a share of its width or height, 0-1."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Metadata:
    """What EXIF says of a photo, in seconds and F-numbers. Anything absent or absurd is None."""

    captured: datetime | None = None
    """Local time without a zone, with sub-seconds where EXIF has them."""
    offset: str | None = None
    """UTC offset of `captured` as EXIF writes it ("+02:00")."""
    camera: str | None = None
    """Make and model as people say it: "Canon EOS R5"."""
    body: str | None = None
    """Serial number of the body, else the model."""
    lens: str | None = None
    exposure_time: float | None = None
    aperture: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    """Millimetres, as engraved on the lens."""
    exposure_bias: float | None = None
    """EV."""
    orientation: int = 1
    """EXIF orientation, 1-8; anything else in the file counts as 1."""
    rating: int | None = None
    """In-camera stars, 0-5."""
    af: Region | None = None
    """Where the camera says the subject was (EXIF SubjectArea, SubjectLocation), in the upright picture."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The one picture that is decoded of a photo in a run. It serves thumbnail, readings and student."""

    pixels: NDArray[np.uint8]
    """[height, width, 3], RGB, sRGB, upright, C-contiguous."""
    width: int
    """Sides of the upright original in pixels, not of `pixels`."""
    height: int
    source: str
    """Where the pixels came from: "full", "half", "preview" (embedded in the file), "raw half"."""
    fingerprint: str
    """BLAKE2b (20 bytes, hex) of the primary file's bytes."""
    metadata: Metadata

    @property
    def scale(self) -> float:
        """Width of `pixels` as a share of the original's width, 0-1."""
        return float(self.pixels.shape[1] / self.width)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing measured on a photo."""

    name: str
    value: float
    unit: str
    normal: tuple[float, float]
    """The range in which nobody would remark on the value."""
    region: Region | None
    """Where it was measured; None is the whole frame."""
    scale: float
    """Scale of the pixels it was measured on (`Frame.scale`). Only equal scales may be compared."""
    confidence: float | None = None
    """0-1, for readings that may be wrong: a tilt, a motion. None for those that are counted, not guessed."""


class EyeState(StrEnum):
    """What can be said of an eye."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """Sunglasses, a profile, or too small to tell."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a photo."""

    region: Region
    confidence: float
    """0-1."""
    landmarks: tuple[tuple[float, float], ...]
    """Five points (x, y), shares of the picture: eyes, tip of the nose, corners of the mouth: left before right."""
    eyes: tuple[EyeState, EyeState] = (EyeState.UNKNOWN, EyeState.UNKNOWN)
    """In the order of the landmarks."""
    sharpness: float | None = None
    """Of the eye band, grey levels, at `Frame.scale`."""


class SubjectSource(StrEnum):
    """What told where the subject is."""

    EYES = "eyes"
    """The eye band of the largest confident face."""
    AF = "af point"
    ATTENTION = "attention"
    """The student's last map."""
    SHARPEST = "sharpest tile"


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the subject of a photo is, and who says so."""

    region: Region
    source: SubjectSource


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which model said something."""

    name: str
    version: str
    space: str
    """The embedding space; vectors of two spaces are never mixed."""
    sha256: str
    """Of student.onnx."""
    yardstick: Yardstick = field(default=PLAIN, compare=False)
    """What distances in its space mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What the student says of one photo."""

    distribution: NDArray[np.float32]
    """[10], probabilities of the scores 1-10; sums to 1."""
    embedding: NDArray[np.float16]
    """[EMBEDDING_SIZE], L2-normalised."""
    space: str
    attention: NDArray[np.float32] | None = None
    """[rows, columns], 0-1 and 1 somewhere: where the student looked. None if it does not say, and from the cache."""
    unfamiliar: bool | None = None
    """Whether the photo is unlike those that the student learned from; None for a student that does not say."""
    approximate: bool = False
    """Whether it was read off the thumbnail, until the file is decoded again."""
    yardstick: Yardstick = PLAIN
    """What distances in `space` mean."""

    @property
    def score(self) -> float:
        """Mean of the distribution, 1-10."""
        return float(self.distribution @ SCORES)

    @property
    def spread(self) -> float:
        """Standard deviation of the distribution, in score points."""
        return float(np.sqrt(max(float(self.distribution @ SCORES**2) - self.score**2, 0.0)))


class Aspect(StrEnum):
    """What a sentence is about."""

    FOCUS = "focus"
    EXPOSURE = "exposure"
    NOISE = "noise"
    TILT = "tilt"
    COLOUR = "colour"
    LIGHT = "light"
    COMPOSITION = "composition"
    SUBJECT = "subject"
    DEPTH_OF_FIELD = "depth_of_field"
    OVERALL = "overall"


class Polarity(StrEnum):
    """Whether a sentence speaks for the photo, against it, or says what to do. What is merely seen counts as praise."""

    PRAISE = "praise"
    FAULT = "fault"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The reading that bears out what a sentence says."""

    name: str
    value: float
    unit: str
    normal: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a critique, as it is shown."""

    text: str
    claim: str
    """What it says, a name of `judge.claims.CLAIMS`: "defocus"."""
    aspect: Aspect
    polarity: Polarity
    evidence: Evidence | None = None
    """None where nothing was measured that speaks for or against it."""
    region: Region | None = None
    """The part of the picture that it speaks of, where that is known."""


@dataclass(frozen=True, slots=True)
class Critique:
    """What a pack's tower says of one photo."""

    sentences: tuple[Sentence, ...]
    score: float
    """VILA's score, 1-10 (`score_vila`); beside the student's, never blended with it."""
    cosine: float
    """What `score` is read off, -1 to 1 (`score_vila_raw`)."""
    model: ModelId
    """The tower."""
    rules: str
    """Which version of the claims the sentences were held against: a critique by others is written anew."""


class Flag(StrEnum):
    """The photographer's verdict on a photo; never set by the machine."""

    NONE = "none"
    PICK = "pick"
    REJECT = "reject"


class Colour(StrEnum):
    """The five colour labels, in the order of the keys 6-9 and then purple, which has no key by default."""

    NONE = "none"
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the photographer decided of one photo: flag, stars (0-5), colour, its group by hand, how it is turned."""

    flag: Flag = Flag.NONE
    stars: int = 0
    colour: Colour = Colour.NONE
    group: str = ""
    """The group that the photographer put the photo in by hand; empty where the machine's grouping stands."""
    turn: Turn = Turn.NONE

    @property
    def is_made(self) -> bool:
        """Whether flag, stars or colour was decided. Where a photo stands, and how, is no verdict on it."""
        return (self.flag, self.stars, self.colour) != (Flag.NONE, 0, Colour.NONE)


class GroupKind(StrEnum):
    """Why frames stand together."""

    SINGLE = "single"
    BURST = "burst"
    BRACKET = "bracket"
    PANORAMA = "panorama"


@dataclass(frozen=True, slots=True)
class Group:
    """Frames that belong together; `members` are primary paths in order of capture."""

    id: str
    """Stable for the same files: derived from the first member's fingerprint; or as it was given by hand."""
    kind: GroupKind
    members: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is known of one photo at one moment; the row of every view and of every export.

    A photo that cannot be read is a card too: `error` is set and the verdict is absent.
    """

    photo: Photo
    metadata: Metadata = field(default_factory=Metadata)
    width: int | None = None
    """Of the upright original, pixels."""
    height: int | None = None
    fingerprint: str | None = None
    source: str | None = None
    """`Frame.source` of the picture that was measured."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    verdict: Verdict | None = None
    error: str | None = None
    """Why the photo cannot be read: file, cause, next step. None for a readable photo."""
    merit: float | None = None
    """What `rank` sorts by."""
    rank: int | None = None
    """1 is best; dense. None until the shoot is ranked, and for unreadable photos."""
    group: str | None = None
    group_kind: GroupKind = GroupKind.SINGLE
    rank_in_group: int | None = None
    faces: tuple[Face, ...] = ()
    """The largest first."""
    subject: Subject | None = None
    scene: str | None = None
    """Groups of one place and time share a scene. None until the shoot is ranked."""
    clock_offset: timedelta = timedelta(0)
    """What the photographer said the clock of this body must be corrected by."""
    turn: Turn = Turn.NONE
    """How sides and regions are turned against the upright file: `files.rotation.turned`."""

    @property
    def captured(self) -> datetime | None:
        """Local capture time by the corrected clock; everything that follows from time uses it."""
        time = self.metadata.captured
        return None if time is None else time + self.clock_offset

    @property
    def path(self) -> Path:
        """The primary file; the card's identity inside a shoot."""
        return self.photo.path


class Phase(StrEnum):
    """What a run is doing; MOVING takes rejected photos out of the way, and back."""

    LISTING = "listing"
    SCORING = "scoring"
    COMPARING = "comparing"
    """The leaders of bursts are looked at in every pixel."""
    SEEING = "looking"
    """The tower looks at photos, so that words find them."""
    RANKING = "ranking"
    EXPORTING = "exporting"
    MOVING = "moving"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a run, as `pipeline.rank` yields it."""

    phase: Phase
    done: int
    total: int
    rate: float | None = None
    """Photos a second in this run, None before it can be known. Cached photos do not count."""
    seconds_left: float | None = None
    cards: tuple[Card, ...] = ()
    """The cards that are new or have changed since the last step."""
    note: str | None = None
    """Something to tell the user: videos left out, a device that failed and what took over."""
