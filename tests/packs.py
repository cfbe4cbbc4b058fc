"""Packs for tests: the bundled one without its tower, and any in the place of the bundled one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engine import paths
from engine.models.pack import MANIFEST, Pack, manifest
from engine.models.tower import FILES


def without_tower(folder: Path) -> Path:
    """The bundled pack without its tower, for tests that open many windows and read no critique."""
    starter = Pack.open(paths.resource("models", "starter"))
    held = {name: starter.read(name) for name in starter.files if name not in FILES}
    folder.mkdir(parents=True)
    for name, data in held.items():
        (folder / name).write_bytes(data)
    told = {
        "name": starter.name,
        "version": starter.version,
        "space": starter.space,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in held.items()},
        "preprocess": starter.preprocess.to_json(),
        "provenance": {},
        "provenance": dict(starter.provenance),
    }
    (folder / MANIFEST).write_bytes(manifest(told))
    # A window on a pack that cannot be read works too, without a score: no test would be what it seems.
    return Pack.open(folder).folder


def use(pack_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything that asks for the bundled pack find the one in `pack_folder`."""
    real = paths.resource
    starter = real("models", "starter")

    def resource(*parts: str) -> Path:
        return pack_folder if real(*parts) == starter else real(*parts)

    monkeypatch.setattr(paths, "resource", resource)
