"""Faults that a photo came with: where its readings are far outside what is normal and people rated it low."""

from __future__ import annotations

from collections.abc import Mapping

from engine.types import Reading

_LOW = 0.5
"""MOS below which a fault may be named that nobody put in."""
_SURE = 0.5
"""Confidence that a reading that has one needs for it."""


def faults(readings: Mapping[str, Reading], mos: float, composed: str | None = None) -> tuple[str, ...]:
    """Names of faults, the gravest first, two at most; `composed` is one of composition that was found."""
    if mos >= _LOW:
        return ()
    value = {name: reading.value for name, reading in readings.items()}
    soft = value["sharpness"] < 0.55 * readings["sharpness"].normal[0]
    shaken = value["motion"] > 0.5 and _is_sure(readings["motion"])
    tests = {
        "underexposed": value["exposure"] < -2.6,
        "overexposed": value["exposure"] > 1.75 and value["clipping_high"] > 0.15,
        "motion": shaken and value["sharpness"] < readings["sharpness"].normal[0],
        "defocus": soft and not shaken and value["exposure"] > -3.5,
        "clipped_highlights": value["clipping_high"] > 0.2 and value["exposure"] <= 1.75,
        "noise": value["noise"] > 5,
        "low_contrast": value["contrast"] < 0.08 and -2.6 <= value["exposure"] <= 1.75,
        "tilt": abs(value["tilt"]) > 2.5 and _is_sure(readings["tilt"]),
        "colour_cast": _is_cast(readings),
    }
    found = [name for name, holds in tests.items() if holds]
    return tuple([*found, *([composed] if composed and not found else [])][:2])


def _is_sure(reading: Reading) -> bool:
    return reading.confidence is not None and reading.confidence >= _SURE


def _is_cast(readings: Mapping[str, Reading]) -> bool:
    axes = [readings[name] for name in ("cast_green_magenta", "cast_blue_yellow")]
    return any(abs(axis.value) > 17 and _is_sure(axis) for axis in axes)
