"""`python -m engine.sample [FOLDER]` makes the sample shoot and prints where it is."""

from __future__ import annotations

import sys
from pathlib import Path

from engine import sample
from engine.errors import UnusableInput


def main() -> int:
    """Make the sample shoot in the folder that the command line names, else below the data folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else sample.default_folder()
    try:
        print(sample.make(folder))
    except UnusableInput as error:
        print(f"chinagraph: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
