"""The tower of a pack: its five files as one thing, loaded when they are first needed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar, cast

from engine.errors import PackMissing
from engine.models.captioner import DECODER, Captioner
from engine.models.pack import Pack
from engine.models.rank_adapter import ADAPTER, RankAdapter
from engine.models.text import TEXT, TextTower
from engine.models.tokenizer import TOKENIZER, Tokenizer
from engine.models.vision import VISION, Vision
from engine.types import ModelId

FILES = (VISION, TEXT, DECODER, ADAPTER, TOKENIZER)
"""What a pack with a tower has."""
_SHOWN = 16

T = TypeVar("T")


class Tower:
    """What writes critiques and finds photos by words. May be used from any thread; each part is loaded once.

    Each part raises PackMissing, PackAltered or PackError, naming the file, when it is asked for first.
    """

    def __init__(self, pack: Pack, device: str = "auto") -> None:
        """`device` is what the image half runs on; words are quicker on the CPU. `of` says whether there is one."""
        self._pack = pack
        self._device = device
        self._loading = threading.RLock()
        self._parts: dict[str, object] = {}
        self.space = space(pack.files)
        """The space of both halves. A student's embeddings may lie in another one: that is `pack.space`."""
        self.model_id = ModelId(pack.name, pack.version, self.space, _digest(pack.files, *FILES))
        """What critiques are filed under; `sha256` is over the SHA-256s of all FILES."""

    @classmethod
    def of(cls, pack: Pack, device: str = "auto") -> Tower | None:
        """The tower of a pack; None for a pack that has none of its files, PackMissing for one that has some."""
        if not any(name in pack.files for name in FILES):
            return None
        for name in FILES:
            if name not in pack.files:
                raise PackMissing(
                    f"{pack.folder / name}: the pack {pack.name} has other parts of a tower but not this one. "
                    "Install the pack again."
                )
        return cls(pack, device)

    @classmethod
    def needed(cls, pack: Pack, device: str = "auto") -> Tower:
        """The tower of a pack that has to have one. Raises PackMissing with the way to get it."""
        found = cls.of(pack, device)
        if found is None:
            raise PackMissing(
                f"The pack {pack.name} {pack.version} has no tower ({', '.join(FILES)}), so it can neither write "
                "critiques nor find photos by words. Install a version of Chinagraph whose pack has one, or make one "
                "as docs/vila.md says."
            )
        return found

    def load(self) -> None:
        """Load every part now, so that a pack which cannot be used is known before any work is done."""
        _ = self.tokenizer, self.vision, self.text, self.captioner, self.adapter

    @property
    def tokenizer(self) -> Tokenizer:
        """Words to numbers and back."""
        return self._part(TOKENIZER, lambda: Tokenizer.load(self._read(TOKENIZER).decode(errors="replace")))

    @property
    def vision(self) -> Vision:
        """Pixels to what the tower sees."""
        return self._part(VISION, partial(self._network, Vision, VISION, self.space, self._device))

    @property
    def text(self) -> TextTower:
        """Words to the tower's space."""
        return self._part(TEXT, lambda: self._network(TextTower, TEXT, self.tokenizer, self.space))

    @property
    def captioner(self) -> Captioner:
        """What the tower sees, to words."""
        return self._part(DECODER, lambda: self._network(Captioner, DECODER, self.tokenizer))

    @property
    def adapter(self) -> RankAdapter:
        """The tower's space to scores."""
        return self._part(ADAPTER, partial(self._network, RankAdapter, ADAPTER, self.space))

    def _network(self, kind: Callable[..., T], name: str, *rest: object) -> T:
        return kind(str(self._pack.folder / name), self._read(name), *rest)

    def _read(self, name: str) -> bytes:
        return self._pack.read(name)

    def _part(self, name: str, make: Callable[[], T]) -> T:
        with self._loading:
            if name not in self._parts:
                self._parts[name] = make()
            return cast(T, self._parts[name])


def space(files: Mapping[str, str]) -> str:
    """The name of the space that a tower reads pictures and words into, of its files' SHA-256s, hex, by file name.

    A pack whose student embeds into that space has the same as its `space`.
    """
    return _digest(files, VISION, TEXT)[:_SHOWN]


def _digest(files: Mapping[str, str], *names: str) -> str:
    """SHA-256 over the SHA-256s of some of the files, hex."""
    return hashlib.sha256("\n".join(f"{name} {files[name]}" for name in names).encode()).hexdigest()
