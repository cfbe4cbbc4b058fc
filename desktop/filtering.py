"""The answers: one NumPy column per question over the photos of a shoot, one mask per filter. No Qt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.filtering_names import NameColumn
from desktop.filters import Counts, Filter, Hours, Range, SortKey, Span, StarsRule
from desktop.stacks import Stacks
from engine.judge.keepers import is_keeper
from engine.types import Card, Colour, Decision, Flag

FLAGS = tuple(Flag)
COLOURS = tuple(Colour)
STARS = 6
"""0 to 5."""
_FLAG_CODE = {flag: code for code, flag in enumerate(FLAGS)}
_UNFLAGGED = _FLAG_CODE[Flag.NONE]
_COLOUR_CODE = {colour: code for code, colour in enumerate(COLOURS)}
_UNRANKED = np.iinfo(np.int32).max
_DIGITS = re.compile(r"\d+")
_MINUTE = np.timedelta64(1, "m")
_DAY_MINUTES = 24 * 60

Mask = NDArray[np.bool_]


class Columns:
    """What filters and sorts ask of `n` photos, each as one array of length `n` in the order of the listing."""

    def __init__(self, cards: Sequence[Card]) -> None:
        n = len(cards)
        self.index: dict[Path, int] = {card.photo.path: index for index, card in enumerate(cards)}
        self.flag: NDArray[np.int8] = np.zeros(n, np.int8)
        self.stars: NDArray[np.int8] = np.zeros(n, np.int8)
        self.colour: NDArray[np.int8] = np.zeros(n, np.int8)
        self.seen: Mask = np.zeros(n, np.bool_)
        self.suggested: Mask = np.zeros(n, np.bool_)
        self.likeness: NDArray[np.float32] = np.full(n, np.nan, np.float32)
        """Cosine to the words that are searched for; NaN where that is not known (yet)."""
        self.stacks = Stacks(cards)
        self.taken: NDArray[np.datetime64] = _taken(cards)
        self.rank: NDArray[np.int32] = np.fromiter(map(_rank, cards), np.int32, n)
        self.unreadable: Mask = np.fromiter((card.error is not None for card in cards), np.bool_, n)
        self.unfamiliar: Mask = np.fromiter(map(_is_unfamiliar, cards), np.bool_, n)
        self.score: NDArray[np.float32] = np.fromiter(map(_score, cards), np.float32, n)
        """1-10; NaN before a photo is scored."""
        self.sharpness: NDArray[np.float32] = np.fromiter(map(_sharpness, cards), np.float32, n)
        """Of the subject, grey levels; NaN before it is measured."""
        self.camera = NameColumn(card.metadata.camera for card in cards)
        self.body = NameColumn(card.metadata.body for card in cards)
        self.lens = NameColumn(card.metadata.lens for card in cards)
        self.folder = NameColumn(str(card.path.parent) for card in cards)
        self.scene = NameColumn(card.scene for card in cards)
        self._by_name = _sorted_by_name(list(self.index))

    def __len__(self) -> int:
        return len(self.flag)

    def replace(self, indexes: Sequence[int], cards: Sequence[Card]) -> None:
        """Take over what newer cards say of the photos at `indexes`."""
        self.stacks.replace(indexes, cards)
        self.taken[indexes] = _taken(cards)
        self.rank[indexes] = [_rank(card) for card in cards]
        self.unreadable[indexes] = [card.error is not None for card in cards]
        self.unfamiliar[indexes] = [_is_unfamiliar(card) for card in cards]
        self.score[indexes] = [_score(card) for card in cards]
        self.sharpness[indexes] = [_sharpness(card) for card in cards]
        self.camera.replace(indexes, [card.metadata.camera for card in cards])
        self.body.replace(indexes, [card.metadata.body for card in cards])
        self.lens.replace(indexes, [card.metadata.lens for card in cards])
        self.scene.replace(indexes, [card.scene for card in cards])

    def decide(self, index: int, decision: Decision) -> None:
        """Take over a decision about the photo at `index`."""
        self.flag[index] = _FLAG_CODE[decision.flag]
        self.stars[index] = decision.stars
        self.colour[index] = _COLOUR_CODE[decision.colour]

    def see(self, paths: Iterable[Path]) -> None:
        """Take over which photos were looked at, beside those that are known to have been."""
        self.seen[self._indexes(paths)] = True

    def suggest(self, paths: Iterable[Path]) -> None:
        """Take over which photos a selection suggests."""
        self.suggested[:] = False
        self.suggested[self._indexes(paths)] = True

    def liken(self, likeness: Mapping[Path, float]) -> None:
        """Take over how like photos are to what is searched for; of the others that is not known."""
        self.likeness[:] = np.nan
        known = {path: value for path, value in likeness.items() if path in self.index}
        self.likeness[self._indexes(known)] = list(known.values())

    def decision(self, index: int) -> Decision:
        """The decision about the photo at `index`."""
        return Decision(FLAGS[self.flag[index]], int(self.stars[index]), COLOURS[self.colour[index]])

    # In which order

    def order(self, key: SortKey, descending: bool = False) -> NDArray[np.intp]:
        """[n], every index once, sorted, the frames of a stack side by side. Photos without a rank, or that were not
        looked at, come last whichever way the others run."""
        return self.stacks.together(self._sorted(key, descending), self.taken)

    def _sorted(self, key: SortKey, descending: bool) -> NDArray[np.intp]:
        if key is SortKey.NAME:
            return self._by_name[::-1] if descending else self._by_name
        by_time = np.argsort(self.taken, kind="stable")
        if key is SortKey.TIME:
            return by_time[::-1] if descending else by_time
        if key is SortKey.LIKENESS:
            likeness = self.likeness[by_time]
            return by_time[np.argsort(likeness if descending else -likeness, kind="stable")]
        ranks = self.rank[by_time].astype(np.int64)
        if descending:
            ranks = np.where(ranks == _UNRANKED, ranks, -ranks)
        return by_time[np.argsort(ranks, kind="stable")]

    # Which of them

    def passes(self, wanted: Filter) -> Mask:
        """[n], which photos pass the filter."""
        mask: Mask = np.ones(len(self), np.bool_)
        for answer in (*self._decided(wanted), *self._named(wanted), *self._measured(wanted), *self._standing(wanted)):
            mask &= answer
        if wanted.words is not None:
            mask &= ~np.isnan(self.likeness)
            nearest = wanted.words.nearest
            if nearest is not None and np.count_nonzero(mask) > nearest:
                among = np.flatnonzero(mask)
                best = among[np.argsort(-self.likeness[among], kind="stable")[:nearest]]
                mask[:] = False
                mask[best] = True
        return mask

    def undecided(self) -> Mask:
        """[n], which photos nobody has decided about."""
        undecided: Mask = (self.flag == 0) & (self.stars == 0) & (self.colour == 0)
        return undecided

    def keepers(self, least_stars: int) -> Mask:
        """[n], which photos the photographer keeps: `engine.judge.keepers.is_keeper` of each."""
        kept = [[is_keeper(Decision(flag, stars), least_stars) for stars in range(STARS)] for flag in FLAGS]
        keepers: Mask = np.array(kept)[self.flag, self.stars]
        return keepers

    def unseen(self) -> Mask:
        """[n], which readable photos were neither looked at nor decided about."""
        return ~self.seen & ~self.unreadable

    def _decided(self, wanted: Filter) -> Iterable[Mask]:
        if wanted.flags:
            yield np.isin(self.flag, [_FLAG_CODE[flag] for flag in wanted.flags])
        if wanted.stars is not None:
            exactly = wanted.stars_rule is StarsRule.EXACTLY
            yield self.stars == wanted.stars if exactly else self.stars >= wanted.stars
        if wanted.colours:
            yield np.isin(self.colour, [_COLOUR_CODE[colour] for colour in wanted.colours])

    def _named(self, wanted: Filter) -> Iterable[Mask]:
        questions = (
            (self.camera, wanted.cameras),
            (self.body, wanted.bodies),
            (self.lens, wanted.lenses),
            (self.folder, frozenset(map(str, wanted.folders))),
            (self.scene, wanted.scenes),
        )
        return [column.is_in(names) for column, names in questions if names]

    def _measured(self, wanted: Filter) -> Iterable[Mask]:
        if wanted.span is not None:
            yield _spanned(self.taken, wanted.span)
        if wanted.hours is not None:
            yield _of_hours(self.taken, wanted.hours)
        for column, limits in ((self.score, wanted.score), (self.sharpness, wanted.sharpness)):
            if limits is not None:
                yield _within(column, limits)

    def _standing(self, wanted: Filter) -> Iterable[Mask]:
        if wanted.undecided:
            yield self.undecided()
        if wanted.unreadable:
            yield self.unreadable
        if wanted.unseen:
            yield self.unseen()
        if wanted.unfamiliar:
            yield self.unfamiliar
        if wanted.suggested:
            yield self.suggested

    # How many

    def counts(self) -> Counts:
        """How many photos answer each question."""
        flags = np.bincount(self.flag, minlength=len(FLAGS)).tolist()
        colours = np.bincount(self.colour, minlength=len(COLOURS)).tolist()
        return Counts(
            photos=len(self),
            flags=dict(zip(FLAGS, flags, strict=True)),
            stars=tuple(np.bincount(self.stars, minlength=STARS).tolist()),
            unflagged_stars=tuple(np.bincount(self.stars[self.flag == _UNFLAGGED], minlength=STARS).tolist()),
            colours=dict(zip(COLOURS, colours, strict=True)),
            cameras=self.camera.counts(),
            bodies=self.body.counts(),
            lenses=self.lens.counts(),
            folders=self.folder.counts(),
            undecided=int(np.count_nonzero(self.undecided())),
            unreadable=int(np.count_nonzero(self.unreadable)),
            unseen=int(np.count_nonzero(self.unseen())),
            unfamiliar=int(np.count_nonzero(self.unfamiliar)),
        )

    def _indexes(self, paths: Iterable[Path]) -> list[int]:
        return [self.index[path] for path in paths if path in self.index]


def camera_names(cards: Iterable[Card]) -> dict[str, str]:
    """What people call each body: its camera's name, with the body's serial number where two share the name."""
    cameras = {card.metadata.body: card.metadata.camera for card in cards if card.metadata.body is not None}
    shared = Counter(cameras.values())
    return {
        body: body if camera is None else camera if shared[camera] == 1 else f"{camera} ({body})"
        for body, camera in cameras.items()
        if body is not None
    }


def _sorted_by_name(paths: Sequence[Path]) -> NDArray[np.intp]:
    """[n], as people count: IMG_9 before IMG_10. Names never change within a shoot, and sorting them takes long."""
    keys = [_natural(path) for path in paths]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.intp)


def _natural(path: Path) -> tuple[str, str]:
    return _DIGITS.sub(lambda digits: digits[0].zfill(16), path.name.lower()), str(path)


def _rank(card: Card) -> int:
    return _UNRANKED if card.rank is None else card.rank


def _score(card: Card) -> float:
    return np.nan if card.verdict is None else card.verdict.score


def _is_unfamiliar(card: Card) -> bool:
    return card.verdict is not None and card.verdict.unfamiliar is True


def _sharpness(card: Card) -> float:
    reading = card.readings.get("subject_sharpness")
    return np.nan if reading is None else reading.value


def _taken(cards: Sequence[Card]) -> NDArray[np.datetime64]:
    """[n], datetime64[us]: the corrected capture time, else when the file was last written: close, on a memory card."""
    captured = np.array([card.captured for card in cards], "datetime64[us]")
    unknown = np.isnat(captured)
    if unknown.any():
        written = np.fromiter((card.photo.stamp.mtime_ns // 1000 for card in cards), np.int64, len(cards))
        captured[unknown] = written[unknown].astype("datetime64[us]")
    return captured


def _spanned(taken: NDArray[np.datetime64], span: Span) -> Mask:
    mask: Mask = np.ones(len(taken), np.bool_)
    if span.since is not None:
        mask &= taken >= np.datetime64(_to_minute(span.since))
    if span.until is not None:
        mask &= taken < np.datetime64(_to_minute(span.until) + timedelta(minutes=1))
    return mask


def _to_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _of_hours(taken: NDArray[np.datetime64], hours: Hours) -> Mask:
    minutes = (taken.astype("datetime64[m]") - taken.astype("datetime64[D]")) // _MINUTE
    begin, end = _minute_of_day(hours.begin), _minute_of_day(hours.end)
    # The minutes after `begin`, round the clock: so that a night is one stretch.
    inside: Mask = (minutes - begin) % _DAY_MINUTES <= (end - begin) % _DAY_MINUTES
    return inside


def _minute_of_day(clock: time) -> int:
    return 60 * clock.hour + clock.minute


def _within(values: NDArray[np.float32], limits: Range) -> Mask:
    """NaN is in no range, not even in an open one."""
    mask: Mask = ~np.isnan(values)
    if limits.low is not None:
        mask &= values >= np.float32(limits.low)
    if limits.high is not None:
        mask &= values <= np.float32(limits.high)
    return mask
