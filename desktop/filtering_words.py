"""What a filter asks, in words: one line for each question, with the filter that is left when it is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.filters import Filter, Range, Span, StarsRule
from desktop.language import decimal, grouped
from engine.types import Colour, Flag

_TO = " \N{EN DASH} "


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a filter."""

    text: str
    """ "Pick or no flag" """
    rest: Filter
    """The filter without it."""


@dataclass(frozen=True, slots=True)
class Called:
    """What people call the things that filters know by other names; what is not in here is called as it is."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    scenes: Mapping[str, str] = field(default_factory=dict)


def asked(wanted: Filter, called: Called) -> list[Asked]:
    """The questions of a filter in the order of the panel; none for one that is open."""
    questions: tuple[tuple[str, object, Callable[[], str]], ...] = (
        ("words", wanted.words, lambda: _words(wanted)),
        ("suggested", wanted.suggested, lambda: _tr("Suggested")),
        ("flags", wanted.flags, lambda: _either(_flag(flag) for flag in Flag if flag in wanted.flags)),
        ("stars", wanted.stars is not None, lambda: _stars(wanted)),
        ("colours", wanted.colours, lambda: _either(_colour(one) for one in Colour if one in wanted.colours)),
        ("undecided", wanted.undecided, lambda: _tr("No decision")),
        ("unseen", wanted.unseen, lambda: _tr("Unseen")),
        ("unfamiliar", wanted.unfamiliar, lambda: _tr("Unfamiliar")),
        ("unreadable", wanted.unreadable, lambda: _tr("Unreadable")),
        ("cameras", wanted.cameras, lambda: _either(sorted(wanted.cameras))),
        ("bodies", wanted.bodies, lambda: _either(sorted(called.bodies.get(one, one) for one in wanted.bodies))),
        ("lenses", wanted.lenses, lambda: _either(sorted(wanted.lenses))),
        ("folders", wanted.folders, lambda: _either(sorted(map(_folder, wanted.folders)))),
        ("scenes", wanted.scenes, lambda: _either(sorted(called.scenes.get(one, one) for one in wanted.scenes))),
        ("span", wanted.span, lambda: "" if wanted.span is None else _span(wanted.span)),
        ("hours", wanted.hours, lambda: _hours(wanted)),
        ("score", wanted.score, lambda: _range(_tr("Score"), wanted.score, 1)),
        ("sharpness", wanted.sharpness, lambda: _range(_tr("Sharpness"), wanted.sharpness, 0)),
    )
    nothing = Filter()
    return [
        Asked(say(), replace(wanted, **{name: getattr(nothing, name)})) for name, is_asked, say in questions if is_asked
    ]


def _words(wanted: Filter) -> str:
    words = wanted.words
    if words is None:
        return ""
    if words.nearest is None:
        return _tr("“{}”").format(words.text)
    return _tr("{} nearest to “{}”").format(grouped(words.nearest), words.text)


def _flag(flag: Flag) -> str:
    return {Flag.PICK: _tr("Pick"), Flag.REJECT: _tr("Reject"), Flag.NONE: _tr("No flag")}[flag]


def _stars(wanted: Filter) -> str:
    if wanted.stars_rule is StarsRule.EXACTLY:
        return _tr("No stars") if wanted.stars == 0 else _tr("Exactly {} ★").format(wanted.stars)
    return _tr("At least {} ★").format(wanted.stars)


def _colour(colour: Colour) -> str:
    return {
        Colour.NONE: _tr("No colour"),
        Colour.RED: _tr("Red"),
        Colour.YELLOW: _tr("Yellow"),
        Colour.GREEN: _tr("Green"),
        Colour.BLUE: _tr("Blue"),
        Colour.PURPLE: _tr("Purple"),
    }[colour]


def _folder(folder: Path) -> str:
    return (folder.name or str(folder)).encode("utf-8", "replace").decode()


def _span(span: Span) -> str:
    since, until = span.since, span.until
    if since is None or until is None:
        return _tr("From {}").format(_moment(since)) if since else _tr("Until {}").format(_moment(until))
    if since.date() == until.date():
        return f"{_moment(since)}{_TO}{until:%H:%M}"
    return f"{_moment(since)}{_TO}{_moment(until)}"


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    day = QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.ShortFormat)
    return f"{day} {moment:%H:%M}"


def _hours(wanted: Filter) -> str:
    hours = wanted.hours
    return "" if hours is None else f"{hours.begin:%H:%M}{_TO}{hours.end:%H:%M}"


def _range(name: str, limits: Range | None, digits: int) -> str:
    low, high = (None, None) if limits is None else (limits.low, limits.high)
    if low is None and high is None:
        return _tr("{} known").format(name)
    if high is None:
        return f"{name} ≥ {decimal(low or 0.0, digits)}"
    most = decimal(high, digits)
    return f"{name} ≤ {most}" if low is None else f"{name} {decimal(low, digits)}{_TO}{most}"


def _either(names: Iterable[str]) -> str:
    """ "Pick, Reject or No flag" """
    *most, last = names
    return _tr("{} or {}").format(", ".join(most), last) if most else last


def _tr(text: str) -> str:
    return QCoreApplication.translate("filters", text)
