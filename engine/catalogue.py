"""The catalogue of one data dir: what was measured and scored, and the thumbnails. All of it can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from engine.store.cache import Cache
    from engine.store.thumbnails import Thumbnails


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The two disposable stores that a run reads and fills."""

    cache: Cache
    thumbnails: Thumbnails

    @classmethod
    def open(cls, cache_dir: Path, thumbnail_bytes: int | None = None) -> Self:
        """Open the stores under `cache_dir`, making what is not there.

        `thumbnail_bytes` is what the thumbnails may take of the disk; None is the store's own limit.

        Raises:
            StoreError: one of them cannot be used.
        """
        from engine.store.cache import Cache
        from engine.store.thumbnails import LIMIT_BYTES, Thumbnails

        cache = Cache(cache_dir / "cache.sqlite")
        try:
            return cls(cache, Thumbnails(cache_dir / "thumbnails", thumbnail_bytes or LIMIT_BYTES))
        except BaseException:
            cache.close()
            raise

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know: a store that was damaged and has been built anew."""
        return tuple(note for note in (self.cache.note, self.thumbnails.note) if note)

    def close(self) -> None:
        """Close both stores; what was recorded is on disk already."""
        self.thumbnails.close()
        self.cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
