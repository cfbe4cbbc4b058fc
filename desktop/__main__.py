"""The `chinagraph` command: a subcommand goes to the engine's command line without loading Qt, else the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from engine import cli

WINDOW_COMMANDS = (None, "open")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the `chinagraph` command; the result is its exit code. With a window it ends the process itself."""
    options = cli.parse(arguments)
    if options.command not in WINDOW_COMMANDS:
        return cli.run(options)
    folders = [Path(folder) for folder in options.folders]
    for folder in folders:
        if not folder.is_dir():
            print(f"chinagraph: {folder} is not a folder. Name a folder of photos.", file=sys.stderr)
            return cli.UNUSABLE
    from desktop.plain_imports import spare_sources

    spare_sources()
    from desktop.app import leave, run

    return leave(run(folders, options.data_dir))


if __name__ == "__main__":
    sys.exit(main())
