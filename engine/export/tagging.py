"""The metadata that copies leave with, for one program: inside the picture where it looks there, else beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MalformedXmp
from engine.export.carriers import Said, say
from engine.export.embedded import embed
from engine.export.embedded_orientation import oriented
from engine.export.sidecar import ENDING
from engine.export.targets import EMBEDDED, PRESETS, Naming, Target, kind
from engine.export.xml_text import Refused
from engine.export.xmp import Packet
from engine.files import upright
from engine.types import Card, Decision


@dataclass(frozen=True, slots=True)
class Tagging:
    """For which program copies are tagged, and by which model they were ranked."""

    target: Target
    model: str | None = None
    """Name and version of the pack that gave the scores."""

    def goes_inside(self, path: Path) -> bool:
        """Whether a copy of this file carries its metadata itself."""
        return kind(path) in EMBEDDED

    def endings(self, pictures: Iterable[Path], decision: Decision) -> dict[str, Path]:
        """Ending -> picture: the sidecars that copies of these files need; none where nothing was decided."""
        if not Said.of(decision).is_worth_a_file:
            return {}
        stem = PRESETS[self.target].naming is Naming.STEM
        without = [path for path in pictures if not self.goes_inside(path)]
        return {ENDING if stem else path.suffix + ENDING: path for path in reversed(without)}

    def inside(self, data: bytes, card: Card, decision: Decision, path: Path) -> bytes:
        """A picture's bytes with its metadata, every pixel as it was; `path` says what it is.

        Raises MalformedXmp where what is inside cannot be merged.
        """
        said = self._said(card, decision)
        embedded = embed(data, said, self.target, path)
        return oriented(embedded, upright.turned(said.orientation, decision.turn)) if decision.turn else embedded

    def beside(self, data: bytes | None, card: Card, decision: Decision, path: Path) -> bytes:
        """A sidecar with the metadata merged into what it says already, or a new one where `data` is None.

        `path` is named in errors. Raises MalformedXmp for a sidecar that is none.
        """
        preset = PRESETS[self.target]
        try:
            packet = Packet(data)
            say(packet, self._said(card, decision), preset.adds, preset.rejects_by_rating)
            return packet.bytes()
        except Refused as cause:
            raise MalformedXmp(
                f"{path} cannot be merged into: {cause}. It was left alone. Mend or remove it, then export again."
            ) from cause

    def recipe(self, card: Card, decision: Decision) -> str:
        """What the metadata follows from: equal recipes give equal metadata."""
        said = self._said(card, decision)
        parts = (decision.flag, decision.stars, decision.colour, said.score, said.merit, said.model)
        turned = [f"turned {decision.turn:d}"] if decision.turn else []
        return " ".join(["for", self.target, *map(str, parts), *turned])

    def _said(self, card: Card, decision: Decision) -> Said:
        return Said.of(decision, card, self.model)
