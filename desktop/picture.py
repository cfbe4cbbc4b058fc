"""A decoded photo, ready for the screen at any zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QImage, QTransform

from desktop.clip_map import ClipMap
from desktop.histogram import Histogram
from engine.turn import Turn
from engine.types import FileStamp, Reading


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded photo in levels, each half as large as the one before, so that no zoom scales by more than two."""

    stamp: FileStamp
    original: QSize
    """The upright original, pixels."""
    source: str
    """`Frame.source`."""
    levels: tuple[QImage, ...]
    error: str | None = None
    """Why there are no levels."""
    close_up: Reading | None = None
    """Sharpness in every pixel of the subject that the card had."""
    histogram: Histogram | None = None
    """Of every pixel that was decoded."""
    given_up: int = 0
    """Bytes of the levels that had to make room, or that have to be turned."""
    turn: Turn = Turn.NONE
    """How it is turned against the upright file."""
    clips: tuple[ClipMap, ...] = ()
    """Where each level was clipped, where they were converted for the screen."""
    is_sketch: bool = False
    """Whether it only stands in until the real pixels are there."""

    @property
    def bytes(self) -> int:
        """Size in memory."""
        return sum(level.sizeInBytes() for level in self.levels) + sum(clip.bytes for clip in self.clips)

    @property
    def note(self) -> str | None:
        """What this is where it is less than every pixel of the original: "preview 1620 px"."""
        first = self.levels[0].size()
        if self.is_sketch:
            return _tr("{} px, loading").format(max(first.width(), first.height()))
        if first == self.original and self.source != "preview":
            return None
        kind = _tr("preview {} px") if self.source == "preview" else _tr("half size {} px")
        return kind.format(max(first.width(), first.height()))

    def halved(self) -> Picture:
        """Without its largest level, where there is a smaller one."""
        if len(self.levels) < 2:
            return self
        levels, clips = self.levels[1:], self.clips[1:]
        return replace(self, levels=levels, clips=clips, given_up=self.given_up + self.levels[0].sizeInBytes())

    def turned(self, turn: Turn) -> Picture:
        """Turned so: its smallest level alone, which takes no time; the others are for a thread to bring."""
        if turn is self.turn:
            return self
        by = Turn.NONE.further(turn - self.turn)
        original = self.original if by is Turn.OVER else self.original.transposed()
        smallest = tuple(level.transformed(QTransform().rotate(90 * by)) for level in self.levels[-1:])
        return replace(
            self,
            original=original,
            levels=smallest,
            turn=turn,
            clips=(),
            close_up=None,
            given_up=self.given_up + self.bytes,
        )

    def clips_of(self, level: QImage) -> ClipMap | None:
        """Where one of the levels was clipped before it was converted; None where it was not."""
        found = (clip for clip, one in zip(self.clips, self.levels, strict=False) if one is level)
        return next(found, None)

    def level(self, scale: float) -> QImage:
        """The smallest level that still has a pixel for each one on the screen; `scale` is screen pixels per pixel of
        the original."""
        wanted = self.original.width() * scale
        return next((level for level in reversed(self.levels) if level.width() >= wanted), self.levels[0])


def _tr(text: str) -> str:
    return QCoreApplication.translate("pixels", text)
