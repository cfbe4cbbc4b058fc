"""Faults that a photo came with: where its readings are far outside what is normal and people rated it low."""

from __future__ import annotations

from collections.abc import Mapping

from engine.types import Reading

_LOW, _FAILED = 0.5, 0.4
"""MOS below which a fault may be named that nobody put in, and below which less of a reading is enough."""
_SURE = 0.5
"""Confidence that a reading that has one needs for it."""


def faults(readings: Mapping[str, Reading], mos: float, composed: str | None = None) -> tuple[str, ...]:
    """Names of faults, the gravest first, two at most; `composed` is one of composition that was found.

    The limits are those that agree best with what was seen in fifty failed frames (labels/ss01_failed.toml).
    """
    if mos >= _LOW:
        return ()
    value = {name: reading.value for name, reading in readings.items()}
    failed = mos < _FAILED
    dark, bright = (-1.4, 1.3) if failed else (-2.6, 1.75)
    lost = 0.08 if failed else 0.2
    # A watermark is sharp in every photo: the subject tells more than the sharpest tile.
    low = readings["sharpness"].normal[0]
    soft = value["sharpness"] < 0.55 * low or value["subject_sharpness"] < 0.15 * low
    shaken = value["motion"] > 0.5 and _is_sure(readings["motion"]) and value["sharpness"] < low
    tests = {
        "underexposed": value["exposure"] < dark,
        "overexposed": value["exposure"] > bright and value["clipping_high"] > lost,
        "motion": shaken,
        "defocus": soft and not shaken and value["exposure"] > -3.5,
        "clipped_highlights": value["clipping_high"] > max(lost, 0.15) and value["exposure"] <= bright,
        "noise": value["noise"] > 5,
        "low_contrast": value["contrast"] < 0.08 and dark <= value["exposure"] <= bright,
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
