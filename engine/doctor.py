"""What is installed, and whether it works: what a bug report needs."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from engine import paths
from engine.errors import ChinagraphError
from engine.models import packs
from engine.models.pack import Pack
from engine.models.tower import Tower

SCHEMA = 1
PACKAGES = (
    "PySide6-Essentials",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "pillow-heif",
    "rawpy",
    "ExifRead",
    "simplejpeg",
    "SQLAlchemy",
)
RUNTIMES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml")
"""They share one import package and overwrite each other: exactly one may be installed."""
LITTLE_SPACE = 1 << 30
"""Free bytes under which a data dir is called nearly full."""


def examine(data_dir: Path | None, device: str = "auto") -> dict[str, Any]:
    """Everything that `chinagraph doctor --json` prints; `problems` names what is broken and what to do.

    `device` is the one that the settings ask for.
    """
    runtimes = [name for name in RUNTIMES if _version(name)]
    used = packs.in_use(data_dir)
    # One that the settings ask for and that is not there is a problem like any other.
    found = [pack(folder, thorough=True) for folder in dict.fromkeys([*packs.folders(data_dir), used])]
    for one in found:
        one["used"] = one["folder"] == str(used)
    findings: dict[str, Any] = {
        "schema": SCHEMA,
        "version": _version("chinagraph"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "packages": {name: _version(name) for name in (*PACKAGES, *runtimes)},
        "providers": _providers(),
        "device": _device(device),
        "data_dir": _folder(paths.data_dir(data_dir)),
        "cache_dir": _folder(paths.cache_dir(data_dir)),
        "packs": found,
    }
    findings["problems"] = list(_problems(findings, runtimes))
    return findings


def pack(folder: Path, thorough: bool) -> dict[str, Any]:
    """One pack as `chinagraph models --json` prints it; `thorough` compares every file with its SHA-256."""
    found: dict[str, Any] = {"schema": SCHEMA, "folder": str(folder), "name": None, "version": None, "space": None}
    found["tower"] = None
    error = None
    try:
        opened = Pack.open(folder)
        found.update(name=opened.name, version=opened.version, space=opened.space)
        found["tower"] = None if (tower := Tower.of(opened)) is None else tower.space
        if thorough:
            opened.verify()
    except ChinagraphError as cause:
        error = str(cause)
    return {**found, "verified": thorough and error is None, "error": error}


def pack_sentence(found: dict[str, Any]) -> str:
    """One pack for people."""
    if found["error"]:
        return f"{found['name'] or Path(found['folder']).name}: BROKEN. {found['error']}"
    state = "every file is as published" if found["verified"] else found["folder"]
    words = "" if found["tower"] else "; no critiques and no word search"
    return f"{found['name']} {found['version']} (space {found['space']}): {state}{words}"


def sentences(findings: dict[str, Any]) -> Iterator[str]:
    """The findings for people."""
    yield f"Chinagraph {findings['version']} on Python {findings['python']}, {findings['platform']}"
    yield "Packages: " + ", ".join(f"{name} {number or 'MISSING'}" for name, number in findings["packages"].items())
    device = findings["device"]
    yield f"Device: asked for {device['asked']}, got {device['got'] or 'none'}" + (
        f" ({device['note']})" if device["note"] else ""
    )
    yield "Providers: " + ", ".join(findings["providers"])
    for name in ("data_dir", "cache_dir"):
        folder = findings[name]
        access = "writable" if folder["writable"] else "NOT WRITABLE"
        title = name.replace("_dir", " dir").capitalize()
        yield f"{title}: {folder['path']}, {access}, {folder['free_bytes'] / 1e9:.1f} GB free"
    for found in findings["packs"]:
        yield f"Pack{' in use' if found['used'] else ''}: {pack_sentence(found)}"
    yield from (f"PROBLEM: {problem}" for problem in findings["problems"])
    if not findings["problems"]:
        yield "All is well."


def _problems(findings: dict[str, Any], runtimes: list[str]) -> Iterator[str]:
    for name in PACKAGES:
        if findings["packages"][name] is None:
            yield f"{name} is not installed. Run: pip install {name}"
    if len(runtimes) > 1:
        yield (
            f"{' and '.join(runtimes)} are installed at once and overwrite each other's files. "
            f"Uninstall all of them, then install one again."
        )
    if not runtimes:
        yield "ONNX Runtime is not installed. Run: pip install onnxruntime"
    if findings["device"]["error"]:
        yield findings["device"]["error"]
    for name in ("data_dir", "cache_dir"):
        folder = findings[name]
        if not folder["writable"]:
            yield f"{folder['path']} cannot be written to. Choose another folder with --data-dir."
        elif folder["free_bytes"] < LITTLE_SPACE:
            yield f"The disk of {folder['path']} is nearly full. Free some space, or choose another --data-dir."
    yield from (found["error"] for found in findings["packs"] if found["error"])


def _device(asked: str) -> dict[str, Any]:
    """What the student really runs on, tried on one batch."""
    from engine.models.student import Student

    try:
        device = Student.load(Pack.open(paths.resource("models", "starter")), asked).device
    except (ChinagraphError, ImportError) as cause:
        return {"asked": asked, "got": None, "provider": None, "note": None, "error": str(cause)}
    return {"asked": asked, "got": device.name, "provider": device.provider, "note": device.note, "error": None}


def _providers() -> list[str]:
    try:
        import onnxruntime
    except ImportError:
        return []
    return list(onnxruntime.get_available_providers())


def _folder(path: Path) -> dict[str, Any]:
    try:
        with tempfile.TemporaryFile(dir=path):
            writable = True
    except OSError:
        writable = False
    return {"path": str(path), "writable": writable, "free_bytes": shutil.disk_usage(path).free if path.exists() else 0}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
