"""Cards as they leave the command line: JSON objects for programs, a table for people. docs/cli.md is the contract."""

from __future__ import annotations

import base64
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from engine.judge import people
from engine.types import Card, Face, Metadata, ModelId, Reading, Region, Subject

SCHEMA = 1
"""Version of the JSON lines; it changes when a field changes its meaning or goes."""
DIGITS = 6
"""Decimals of every number but those of a distribution."""
DISTRIBUTION_DIGITS = 8
HEADINGS = ("Rank", "Merit", "Score", "Spread", "Group", "Captured", "Camera", "File")
LEFT_ALIGNED = {"Group", "Captured", "Camera", "File"}


class Report:
    """A ranked shoot, ready to print."""

    def __init__(
        self,
        cards: Sequence[Card],
        folders: Sequence[str],
        model: ModelId | None,
        top: int | None = None,
        vila: Mapping[Path, float] | None = None,
    ) -> None:
        """`cards` in order of rank, unreadable ones last; `folders` as they were typed; `top` limits readable cards;
        `vila` has the scores that `judge.vila_score.scores` gives."""
        readable = [card for card in cards if card.error is None]
        self._sizes = Counter(card.group for card in readable)
        self._readable = len(readable)
        self._shown = readable[:top]
        self._unreadable = [card for card in cards if card.error is not None]
        self._folders = sorted(((Path(typed), typed) for typed in folders), key=lambda f: -len(f[0].parts))
        self._model = model
        self._vila = vila or {}

    def summary(self) -> str:
        """One sentence on the whole run."""
        ranked = f"{self._readable:,} {'photo' if self._readable == 1 else 'photos'} ranked"
        groups = sum(size > 1 for size in self._sizes.values())
        return f"{ranked}, {groups:,} bursts and brackets, {len(self._unreadable):,} unreadable."

    def json_lines(self) -> Iterator[str]:
        """One JSON object a line, pure ASCII, so that no locale and no file name can break it."""
        for card in [*self._shown, *self._unreadable]:
            yield json.dumps(self._object(card), allow_nan=False)

    def table(self) -> Iterator[str]:
        """Aligned columns, then the unreadable photos with their reasons."""
        rows = [self._row(card) for card in self._shown]
        if rows:
            yield from _aligned([HEADINGS, *rows])
        if self._unreadable:
            yield ""
            yield f"Unreadable ({len(self._unreadable):,}):"
        for card in self._unreadable:
            yield f"  {printable(card.error or '')}"

    def _object(self, card: Card) -> dict[str, object]:
        path = self._typed(card.path)
        name, exact = _text(path)
        captured = card.captured
        verdict = card.verdict
        chances = None if verdict is None else [_number(chance, DISTRIBUTION_DIGITS) for chance in verdict.distribution]
        return {
            "schema": SCHEMA,
            "path": name,
            **({} if exact else {"path_b64": base64.b64encode(os.fsencode(path)).decode("ascii")}),
            "files": [_text(self._typed(member))[0] for member in card.photo.files],
            "status": "ok" if card.error is None else "unreadable",
            "error": None if card.error is None else _text(card.error)[0],
            "score": None if verdict is None else _number(verdict.score),
            "spread": None if verdict is None else _number(verdict.spread),
            "unfamiliar": None if verdict is None else verdict.unfamiliar,
            "approximate": None if verdict is None else verdict.approximate,
            "distribution": chances,
            "score_vila": None if (vila := self._vila.get(card.path)) is None else _number(vila),
            "merit": None if card.merit is None else _number(card.merit),
            "rank": card.rank,
            "group": card.group,
            "group_kind": None if card.group is None else card.group_kind.value,
            "rank_in_group": card.rank_in_group,
            "captured": None if captured is None else _iso(captured, card.metadata),
            "clock_offset": _number(card.clock_offset.total_seconds()),
            "camera": card.metadata.camera,
            "body": card.metadata.body,
            "width": card.width,
            "height": card.height,
            "scene": card.scene,
            "subject": None if card.subject is None else _subject(card.subject),
            "faces": [_face(face) for face in card.faces],
            "eyes": None if (eyes := people.eyes(card.faces)) is None else eyes.value,
            "readings": {name: _reading(card.readings[name]) for name in sorted(card.readings)},
            "model": None if verdict is None or self._model is None else model_object(self._model),
        }

    def _row(self, card: Card) -> tuple[str, ...]:
        size = self._sizes[card.group]
        verdict = card.verdict
        group = "" if size == 1 else f"{card.group_kind} {card.rank_in_group or '-'}/{size}"
        captured = card.captured
        return (
            "" if card.rank is None else str(card.rank),
            "" if card.merit is None else f"{card.merit:.2f}",
            "" if verdict is None else f"{verdict.score:.2f}",
            "" if verdict is None else f"{verdict.spread:.2f}",
            group,
            "" if captured is None else f"{captured:%Y-%m-%d %H:%M:%S}",
            printable(card.metadata.camera or ""),
            printable(self._typed(card.path)),
        )

    def _typed(self, path: Path) -> str:
        """The folder exactly as the user typed it, joined with the rest."""
        for folder, typed in self._folders:
            if path.is_relative_to(folder):
                return os.path.join(typed, path.relative_to(folder))
        return str(path)


def model_object(model: ModelId) -> dict[str, str]:
    """A model as every JSON line names it."""
    return {"name": model.name, "version": model.version, "space": model.space, "sha256": model.sha256}


def printable(text: str) -> str:
    """The text with every character that could move a terminal's cursor, or that no encoding has, as "?"."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _text(value: str) -> tuple[str, bool]:
    """Text without lone surrogates, and whether nothing had to be replaced."""
    clean = os.fsencode(value).decode("utf-8", errors="replace")
    return clean, clean == value


def _number(value: float, digits: int = DIGITS) -> float:
    return round(float(value), digits)


def _iso(captured: datetime, metadata: Metadata) -> str:
    return captured.isoformat(timespec="microseconds") + (metadata.offset or "")


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "value": _number(reading.value),
        "unit": reading.unit,
        "normal": [_number(limit) for limit in reading.normal],
        "region": None if reading.region is None else _region(reading.region),
        "scale": _number(reading.scale),
        "confidence": None if reading.confidence is None else _number(reading.confidence),
    }


def _subject(subject: Subject) -> dict[str, object]:
    return {"region": _region(subject.region), "source": subject.source.value}


def _face(face: Face) -> dict[str, object]:
    return {
        "region": _region(face.region),
        "confidence": _number(face.confidence),
        "landmarks": [[_number(x), _number(y)] for x, y in face.landmarks],
        "eyes": [eye.value for eye in face.eyes],
        "sharpness": None if face.sharpness is None else _number(face.sharpness),
    }


def _region(region: Region) -> list[float]:
    return [_number(share) for share in (region.x, region.y, region.w, region.h)]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    for row in rows:
        cells = (
            cell.ljust(width) if heading in LEFT_ALIGNED else cell.rjust(width)
            for cell, width, heading in zip(row, widths, HEADINGS, strict=True)
        )
        yield "  ".join(cells).rstrip()
