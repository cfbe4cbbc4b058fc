"""A filter as JSON, and back. What makes no sense there is not asked."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop.filters import Filter, Hours, Range, Span, StarsRule, Words
from engine.types import Colour, Flag

E = TypeVar("E", bound=StrEnum)
NAMES = ("cameras", "bodies", "lenses", "scenes")
STATES = ("undecided", "unreadable", "unseen", "unfamiliar")


def written(wanted: Filter) -> dict[str, Any]:
    """What is asked, question by question. A suggested selection ends with the window and is not among them."""
    words, span, hours = wanted.words, wanted.span, wanted.hours
    asked: dict[str, Any] = {
        "flags": sorted(wanted.flags),
        "stars": wanted.stars,
        "stars_rule": wanted.stars_rule,
        "colours": sorted(wanted.colours),
        "folders": sorted(map(str, wanted.folders)),
        **{name: sorted(getattr(wanted, name)) for name in NAMES},
        **{name: getattr(wanted, name) or None for name in STATES},
        "span": span and [end and end.isoformat() for end in (span.since, span.until)],
        "hours": hours and [hours.begin.isoformat(), hours.end.isoformat()],
        "words": words and [words.text, words.nearest],
    }
    for name in ("score", "sharpness"):
        limits: Range | None = getattr(wanted, name)
        asked[name] = limits and [limits.low, limits.high]
    return {name: value for name, value in asked.items() if value not in (None, [])}


def read(said: object) -> Filter:
    """The filter that was written."""
    if not isinstance(said, dict):
        return Filter()
    stars = said.get("stars")
    return Filter(
        flags=frozenset(_members(Flag, said.get("flags"))),
        stars=stars if type(stars) is int and 0 <= stars <= 5 else None,
        stars_rule=next(iter(_members(StarsRule, [said.get("stars_rule")])), StarsRule.AT_LEAST),
        colours=frozenset(_members(Colour, said.get("colours"))),
        folders=frozenset(map(Path, _texts(said.get("folders")))),
        cameras=frozenset(_texts(said.get("cameras"))),
        bodies=frozenset(_texts(said.get("bodies"))),
        lenses=frozenset(_texts(said.get("lenses"))),
        scenes=frozenset(_texts(said.get("scenes"))),
        undecided=said.get("undecided") is True,
        unreadable=said.get("unreadable") is True,
        unseen=said.get("unseen") is True,
        unfamiliar=said.get("unfamiliar") is True,
        span=_span(said.get("span")),
        hours=_hours(said.get("hours")),
        words=_words(said.get("words")),
        score=_range(said.get("score")),
        sharpness=_range(said.get("sharpness")),
    )


def _texts(said: object) -> list[str]:
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []


def _members(kind: type[E], said: object) -> list[E]:
    return [kind(one) for one in _texts(said) if one in list(kind)]


def _range(said: object) -> Range | None:
    if not isinstance(said, list) or len(said) != 2:
        return None
    limits = Range(_number(said[0]), _number(said[1]))
    return None if limits == Range() else limits


def _span(said: object) -> Span | None:
    if not isinstance(said, list) or len(said) != 2:
        return None
    span = Span(_moment(said[0]), _moment(said[1]))
    return None if span == Span() else span


def _number(said: object) -> float | None:
    return float(said) if isinstance(said, int | float) and abs(said) < 1e6 else None


def _moment(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return None if moment is None else moment.replace(tzinfo=None)


def _hours(said: object) -> Hours | None:
    try:
        begin, end = (time.fromisoformat(one).replace(tzinfo=None) for one in _texts(said))
    except ValueError:
        return None
    return Hours(begin, end)


def _words(said: object) -> Words | None:
    if not isinstance(said, list) or len(said) != 2 or not isinstance(said[0], str) or not said[0].strip():
        return None
    nearest = said[1] if type(said[1]) is int and said[1] > 0 else None
    return Words(said[0], nearest)
