"""What the sample shoot consists of: scenes, and the takes of each in quick succession."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A camera body, invented."""

    model: str
    serial: str
    prefix: str
    """Of its file names, before four digits."""
    first: int
    """Number of its first file."""


@dataclass(frozen=True, slots=True)
class Take:
    """How one frame differs from the framing, focus and exposure that its scene intends."""

    dx: float = 0.0
    """Shift of the camera to the right, as a share of the frame's width."""
    dy: float = 0.0
    """Shift of the camera downwards, as a share of the frame's height."""
    tilt: float = 0.0
    """Degrees by which the picture leans clockwise."""
    blur: float = 0.0
    """Radius of the circle of confusion, as a share of the long edge."""
    shake: float = 0.0
    """Length of the trail that a point of light draws, as a share of the long edge."""
    direction: float = 20.0
    """Degrees of that trail below the horizontal."""
    ev: float = 0.0
    """Exposure against the right one, in stops."""
    bias: float = 0.0
    """Exposure compensation that the photographer set, in EV."""
    iso: int = 200
    raw: bool = False
    """Whether a digital negative lies beside the JPEG."""
    damaged: bool = False
    """Whether the card lost the end of the file."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One set-up: a photograph and a framing."""

    photograph: str
    """Name of the file among scikit-image's data."""
    centre: tuple[float, float]
    """Of the frame, in shares of the photograph's width and height."""
    width: float
    """Of the frame, as a share of the photograph's width."""
    portrait: bool
    body: Body
    after: float
    """Seconds since the first scene."""
    exposure_time: float
    """Seconds, of a rightly exposed frame."""
    takes: tuple[Take, ...]


ONE = Body("Sample One", "10027", "IMG_", 2214)
TWO = Body("Sample Two", "20911", "DSC_", 871)

RIGHT = Take()
SOFT = Take(blur=0.0045)
OUT_OF_FOCUS = Take(blur=0.010)
SHAKEN = Take(shake=0.022)
DARK = Take(ev=-2.0)
BRIGHT = Take(ev=1.5)

SCENES = (
    Scene(
        "astronaut.png",
        centre=(0.44, 0.50),
        width=0.64,
        portrait=True,
        body=ONE,
        after=0.0,
        exposure_time=1 / 200,
        takes=(
            Take(dx=0.01, blur=0.003),
            RIGHT,
            OUT_OF_FOCUS,
            Take(dx=-0.01, shake=0.014, direction=80.0),
            Take(dx=0.10, tilt=4.0),
            Take(dx=0.01, ev=0.9),
        ),
    ),
    Scene(
        "astronaut.png",
        centre=(0.50, 0.35),
        width=0.97,
        portrait=False,
        body=ONE,
        after=34.0,
        exposure_time=1 / 200,
        takes=(SOFT, Take(dx=0.01), Take(ev=-1.6), Take(shake=0.02), Take(dx=-0.01, dy=0.01, raw=True)),
    ),
    Scene(
        "coffee.png",
        centre=(0.50, 0.50),
        width=0.94,
        portrait=False,
        body=TWO,
        after=95.5,
        exposure_time=1 / 60,
        takes=(Take(tilt=-6.0), RIGHT, Take(dx=-0.02, blur=0.008), BRIGHT, Take(dx=0.02, iso=6400), DARK),
    ),
    Scene(
        "coffee.png",
        centre=(0.47, 0.50),
        width=0.44,
        portrait=True,
        body=TWO,
        after=121.0,
        exposure_time=1 / 60,
        takes=(Take(blur=0.006), RIGHT, Take(shake=0.018, direction=60.0), Take(dx=0.25)),
    ),
    Scene(
        "chelsea.png",
        centre=(0.50, 0.50),
        width=0.95,
        portrait=False,
        body=ONE,
        after=188.2,
        exposure_time=1 / 80,
        takes=(
            OUT_OF_FOCUS,
            Take(dx=0.01),
            RIGHT,
            Take(shake=0.03, direction=5.0),
            Take(dx=-0.015, ev=1.2),
            Take(dx=0.012, iso=6400),
            Take(dx=0.008, damaged=True),
        ),
    ),
    Scene(
        "chelsea.png",
        centre=(0.52, 0.46),
        width=0.62,
        portrait=False,
        body=TWO,
        after=190.1,
        exposure_time=1 / 80,
        takes=(RIGHT, SOFT, Take(dx=-0.22, dy=-0.06), SHAKEN, Take(ev=-1.8)),
    ),
    Scene(
        "rocket.jpg",
        centre=(0.50, 0.50),
        width=0.95,
        portrait=False,
        body=TWO,
        after=412.0,
        exposure_time=1 / 8,
        takes=(RIGHT, Take(ev=-2.0, bias=-2.0), Take(ev=2.0, bias=2.0)),
    ),
    Scene(
        "rocket.jpg",
        centre=(0.55, 0.50),
        width=0.42,
        portrait=True,
        body=ONE,
        after=431.7,
        exposure_time=1 / 15,
        takes=(Take(shake=0.016, direction=90.0), RIGHT, Take(tilt=5.0), Take(iso=12800), Take(blur=0.007)),
    ),
    Scene(
        "coffee.png",
        centre=(0.58, 0.60),
        width=0.52,
        portrait=False,
        body=ONE,
        after=640.0,
        exposure_time=1 / 60,
        takes=(RIGHT, Take(blur=0.005), Take(dx=0.01, shake=0.02)),
    ),
    Scene(
        "rocket.jpg",
        centre=(0.57, 0.62),
        width=0.60,
        portrait=False,
        body=TWO,
        after=700.0,
        exposure_time=1 / 8,
        takes=(Take(iso=800),),
    ),
    Scene(
        "astronaut.png",
        centre=(0.66, 0.74),
        width=0.60,
        portrait=False,
        body=TWO,
        after=760.0,
        exposure_time=1 / 200,
        takes=(RIGHT, OUT_OF_FOCUS),
    ),
)
