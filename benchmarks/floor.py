"""The floor: what no program of this kind can do without. 1/8 decode, thumbnail, student, insert; no application.

Usage: python benchmarks/floor.py FOLDER. Prints one JSON object: photos, CPU seconds of the loop, of the whole process.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
import simplejpeg

from engine import paths
from engine.models.pack import Pack
from engine.models.student import Student

BATCH = 16
AT_ONCE = 2
"""Photos that the student sees at once: what is quickest on a CPU."""


def main(folder: Path) -> None:
    cv2.setNumThreads(1)
    student = Student.load(Pack.open(paths.resource("models", "starter")))
    files = sorted(folder.glob("*.JPG"))
    with tempfile.TemporaryDirectory() as scratch:
        database = sqlite3.connect(Path(scratch) / "floor.sqlite", isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(
            "CREATE TABLE photo (path TEXT PRIMARY KEY, thumbnail BLOB, distribution BLOB, embedding BLOB)"
        )
        start = time.process_time()
        for position in range(0, len(files), BATCH):
            _batch(files[position : position + BATCH], student, database)
        loop = time.process_time() - start
        database.close()
    print(json.dumps({"photos": len(files), "loop": loop, "process": time.process_time()}))


def _batch(files: list[Path], student: Student, database: sqlite3.Connection) -> None:
    thumbnails, inputs = [], []
    for file in files:
        pixels = simplejpeg.decode_jpeg(file.read_bytes(), min_width=512, min_height=1, min_factor=1)
        height, width = pixels.shape[:2]
        small = cv2.resize(pixels, (512, round(512 * height / width)), interpolation=cv2.INTER_AREA)
        thumbnails.append(simplejpeg.encode_jpeg(np.ascontiguousarray(small), 85))
        inputs.append(student.preprocess.apply(small))
    verdicts = [
        verdict for i in range(0, len(inputs), AT_ONCE) for verdict in student.score(np.stack(inputs[i : i + AT_ONCE]))
    ]
    database.execute("BEGIN IMMEDIATE")
    database.executemany(
        "INSERT INTO photo VALUES (?, ?, ?, ?)",
        [
            (str(file), thumbnail, verdict.distribution.tobytes(), verdict.embedding.tobytes())
            for file, thumbnail, verdict in zip(files, thumbnails, verdicts, strict=True)
        ],
    )
    database.execute("COMMIT")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
