"""AVA-Captions (Ghosal et al., ICCV Workshops 2019) as it is distributed: one JSON in COCO's form, photos from AVA."""

from __future__ import annotations

from pathlib import Path

from training.data.commented import Commented, present, read

FILE = "CLEAN_AVA_FULL_AFTER_SUBJECTIVE_CLEANING.json"


def load(folder: Path, images: Path) -> list[Commented]:
    """The cleaned comments of photos that lie in `images`.

    Raises FileNotFoundError with the path of the file, ValueError if it has another form.
    """
    file = folder / FILE
    try:
        photos = [
            Commented(
                images / row["filename"],
                tuple(text for sentence in row["sentences"] if (text := str(sentence["clean"]).strip())),
                str(row["split"]),
            )
            for row in read(file)["images"]
        ]
    except (KeyError, TypeError) as cause:
        raise ValueError(f"{file}: not in the form of AVA-Captions ({cause!r} missing). Fetch it again.") from cause
    return present(photos)
