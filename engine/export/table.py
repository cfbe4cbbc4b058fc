"""A ranked shoot as a table: CSV for spreadsheets, JSON as the manifest that can be compared with a later ranking."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from engine import atomic
from engine.errors import UnusableInput
from engine.export.manifest import KIND, SCHEMA, Manifest, Ranking, manifest
from engine.export.volume import is_inside

FORMATS = (".csv", ".json")
"""What a table can be, by its name's ending."""
COLUMNS = (
    "rank", "path", "folder", "captured", "camera", "score", "spread", "merit", "group", "group_kind", "rank_in_group",
    "scene", "flag", "stars", "colour", "exported", "error", "blake2b",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV Injection)."""
_BOM = "\ufeff"


def check_place(path: Path, folders: Sequence[Path]) -> None:
    """Raise UnusableInput unless a table may be written to `path`.

    It must end in one of `FORMATS`, lie outside of the shoot, and replace nothing but an earlier table.
    """
    if path.suffix.lower() not in FORMATS:
        raise UnusableInput(f"A table is a text: {path} should end in {' or '.join(FORMATS)}.")
    if any(is_inside(path, folder) for folder in folders):
        raise UnusableInput(f"The table {path} would lie among the photos. Name a file outside of the shoot.")
    if path.exists() and not _is_table(path):
        raise UnusableInput(f"{path} is there and is no table of Chinagraph's. Name another file.")


def write(path: Path, ranking: Ranking, bom: bool = True) -> None:
    """Write the table of all photos to `path`, CSV or JSON as it ends, as a whole or not at all.

    `bom` begins a CSV with the mark by which Excel knows UTF-8. Raises UnusableInput where it cannot be written.
    """
    is_csv = path.suffix.lower() == ".csv"
    text = csv_text(manifest(ranking), ranking, bom) if is_csv else json.dumps(manifest(ranking), indent=1)
    try:
        atomic.write(path, text.encode("utf-8"))
    except OSError as error:
        raise UnusableInput(
            f"The table {path} cannot be written: {error.strerror}. Name a file in another folder."
        ) from error


def csv_text(made: Manifest, ranking: Ranking, bom: bool = True) -> str:
    """One line a photo under a line of `COLUMNS`. Numbers are numbers; no text is a formula to a spreadsheet."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for card, entry in zip(ranking.cards, made["photos"], strict=True):
        folder = made["folders"][entry["folder"]] if entry["folder"] >= 0 else ""
        about = {**entry, **entry["decision"], "group": entry["group"], "folder": folder}
        about |= {"camera": card.metadata.camera, "exported": " | ".join(entry["exported"])}
        writer.writerow({name: _cell(about[name]) for name in COLUMNS})
    return (_BOM if bom else "") + file.getvalue()


def read_manifest(path: Path) -> Manifest:
    """A manifest that `write` wrote. Raises UnusableInput for anything else."""
    try:
        made = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableInput(f"{path} cannot be read as a ranking ({error}). Name a table in JSON.") from error
    if not isinstance(made, dict) or made.get("kind") != KIND:
        raise UnusableInput(f"{path} is no ranking of Chinagraph's. Name a table that it wrote as JSON.")
    if made.get("schema") != SCHEMA:
        raise UnusableInput(f"{path} was written by another version of Chinagraph. Compare it with that version.")
    return made


def _cell(value: object) -> object:
    """A text that a spreadsheet would run gets an apostrophe before it, which it shows as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _is_table(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.read(len(",".join(COLUMNS)))
    except (OSError, ValueError):
        return False
    return head == ",".join(COLUMNS) or f'"kind": "{KIND}"' in head
