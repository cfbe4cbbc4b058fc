"""Where things lie: resource files, the data folder and the cache folder. The one place that knows about freezing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.errors import UnusableInput

APPLICATION = "chinagraph"
DATA_VARIABLE = "CHINAGRAPH_DATA_DIR"


def resource(*parts: str) -> Path:
    """A file or folder below `resources`, in a checkout, an installation and a frozen application alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen is not None else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


def data_dir(override: Path | None = None) -> Path:
    """The folder of what must not be lost: `override`, else $CHINAGRAPH_DATA_DIR, else the platform's own place.

    It is created when it is not there. Raises UnusableInput where that cannot be.
    """
    chosen = _chosen(override)
    if chosen is None:
        import platformdirs

        chosen = platformdirs.user_data_path(APPLICATION, appauthor=False)
    return _made(chosen)


def cache_dir(override: Path | None = None) -> Path:
    """The folder of what may be deleted at any time: `cache` below a chosen data folder, else the platform's own place.

    It is created when it is not there. Raises UnusableInput where that cannot be.
    """
    chosen = _chosen(override)
    if chosen is not None:
        return _made(chosen / "cache")
    import platformdirs

    return _made(platformdirs.user_cache_path(APPLICATION, appauthor=False))


def _chosen(override: Path | None) -> Path | None:
    """The data folder that somebody asked for, if anybody did."""
    if override is not None:
        return override
    variable = os.environ.get(DATA_VARIABLE)
    return Path(variable) if variable else None


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableInput(
            f"The folder {folder} cannot be created: {error.strerror}. "
            f"Choose another one with --data-dir or {DATA_VARIABLE}."
        ) from error
    return folder
