"""DPC-Captions (Jin et al., ACM MM 2019) as it is distributed: a JSON an attribute, file names to comments."""

from __future__ import annotations

from pathlib import Path

from training.data.commented import Commented, present, read


def load(folder: Path, images: Path) -> list[Commented]:
    """The comments in all JSON files of `folder`, attributes together, on photos that lie in `images`.

    Raises FileNotFoundError if no JSON is there, ValueError naming one of another form.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise FileNotFoundError(f"{folder}: no JSON of DPC-Captions is there. Name the folder that holds them.")
    found: dict[str, list[str]] = {}
    for file in files:
        rows = read(file)
        if not isinstance(rows, dict) or not all(isinstance(texts, list) for texts in rows.values()):
            raise ValueError(f"{file}: not in the form of DPC-Captions, file names to lists of comments.")
        for name, texts in rows.items():
            found.setdefault(name, []).extend(text for each in texts if (text := str(each).strip()))
    return present(Commented(images / name, tuple(texts), "train") for name, texts in found.items())
