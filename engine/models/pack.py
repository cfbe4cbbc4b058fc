"""A model pack: one folder with all networks of one embedding space, hashed, never a pickle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import PackAltered, PackError, PackMissing
from engine.models.preprocess import Preprocess
from engine.types import ModelId
from engine.yardstick import Yardstick

MANIFEST = "pack.json"
STUDENT = "student.onnx"
_KEYS = {"name", "version", "space", "files", "preprocess", "provenance", "digest"}


@dataclass(frozen=True, slots=True)
class Pack:
    """An opened pack: what pack.json states. `verify` compares all files with it, `read` one."""

    folder: Path
    name: str
    version: str
    space: str
    files: Mapping[str, str]
    """File name to SHA-256, hex."""
    preprocess: Preprocess
    provenance: Mapping[str, object]
    """What the pack was trained from, by what, and the figures it was measured at."""
    yardstick: Yardstick
    """What distances in its space mean: the key `likeness`, which a pack need not have."""

    @classmethod
    def open(cls, folder: Path) -> Pack:
        """Read pack.json alone, and quickly.

        Raises PackMissing without a pack there, PackAltered if pack.json is not as it was written, PackError if it is
        not a manifest that this version understands.
        """
        try:
            text = (folder / MANIFEST).read_bytes()
        except OSError as cause:
            raise PackMissing(
                f"{folder / MANIFEST}: no model pack is there ({cause.strerror}). Install the pack again."
            ) from cause
        try:
            values = json.loads(text)
            missing = _KEYS - values.keys()
            if missing:
                raise ValueError(f"{', '.join(sorted(missing))} missing")
            if text != manifest(values):
                raise PackAltered(_altered(folder, MANIFEST))
            files = {str(name): str(digest) for name, digest in values["files"].items()}
            if any(Path(name).name != name for name in files):
                raise ValueError("a file name has a folder in it")
            made = (str(values["name"]), str(values["version"]), str(values["space"]), files)
            preprocess, yardstick = (
                Preprocess.from_json(values["preprocess"]),
                Yardstick.from_json(values.get("likeness")),
            )
            return cls(folder, *made, preprocess, dict(values["provenance"]), yardstick)
        except (ValueError, TypeError, AttributeError) as cause:
            raise PackError(
                f"{folder / MANIFEST}: not a manifest that this version understands ({cause}). Install the pack again."
            ) from cause

    @property
    def model_id(self) -> ModelId:
        """What verdicts of this pack's student are filed under."""
        return ModelId(self.name, self.version, self.space, self.files.get(STUDENT, ""), self.yardstick)

    def read(self, name: str) -> bytes:
        """The bytes of a file of the pack, checked against its SHA-256: a damaged network would load silently.

        Raises PackMissing or PackAltered, naming the file.
        """
        if name not in self.files:
            raise PackMissing(f"{self.folder / name}: the pack {self.name} has no such file. Install the pack again.")
        try:
            data = (self.folder / name).read_bytes()
        except OSError as cause:
            raise PackMissing(
                f"{self.folder / name}: cannot be read ({cause.strerror}). Install the pack again."
            ) from cause
        if hashlib.sha256(data).hexdigest() != self.files[name]:
            raise PackAltered(_altered(self.folder, name))
        return data

    def verify(self) -> None:
        """Read every file. Raises PackMissing or PackAltered, naming the first file that is not as it was published."""
        for name in self.files:
            self.read(name)


def manifest(values: Mapping[str, object]) -> bytes:
    """pack.json's bytes for these values: sorted, indented, with `digest` over all the rest.

    `digest` lets a single altered byte of pack.json itself be noticed.
    """
    rest = {key: value for key, value in values.items() if key != "digest"}
    digest = hashlib.sha256(_text(rest)).hexdigest()
    return _text({**rest, "digest": digest})


def _text(values: Mapping[str, object]) -> bytes:
    return (json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _altered(folder: Path, name: str) -> str:
    return f"{folder / name}: its bytes are not the ones that were published. Install the pack again."
