"""Which packs are installed, and which one is used."""

from __future__ import annotations

from pathlib import Path

from engine import paths, settings
from engine.models.pack import MANIFEST

FOLDER = "models"
"""Of the data folder, and of the resources."""
BUNDLED = "starter"


def bundled() -> Path:
    """The folder of the pack that comes with the program."""
    return paths.resource(FOLDER, BUNDLED)


def folders(data_dir: Path | None = None) -> list[Path]:
    """The bundled pack, then those installed under the data folder, by name. Raises UnusableInput."""
    installed = paths.data_dir(data_dir) / FOLDER
    return [bundled(), *sorted(manifest.parent for manifest in installed.glob(f"*/{MANIFEST}"))]


def chosen(name: str, data_dir: Path | None = None) -> Path:
    """The folder of the pack that the setting `pack` names; empty is the bundled one. It need not be there.

    Raises UnusableInput.
    """
    return paths.data_dir(data_dir) / FOLDER / Path(name).name if name else bundled()


def name_of(folder: Path) -> str:
    """What the setting `pack` has to say for a pack to be used."""
    return "" if folder == bundled() else folder.name


def in_use(data_dir: Path | None = None) -> Path:
    """The folder of the pack that the settings ask for. Raises UnusableInput."""
    return chosen(settings.load(paths.data_dir(data_dir) / settings.FILE_NAME).pack, data_dir)
