"""Gathers every text of the window for translators: python -m desktop.translations FILE.ts

lupdate finds what stands in `self.tr` and `QT_TRANSLATE_NOOP`. Functions of a module say their texts through a `_tr` of
their own, whose context it cannot know: those are told to it in a file that is made for the moment.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent
SHORT = frozenset({"_tr", "tr"})


def messages(source: str) -> Iterator[tuple[str, str]]:
    """(context, text) of what a module hands to its own `_tr`."""
    tree = ast.parse(source)
    context = next((found for node in tree.body if (found := _context(node)) is not None), None)
    if context is None:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORT:
            yield from (
                (context, argument.value)
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def _context(node: ast.stmt) -> str | None:
    """The context that a function called `_tr` translates in."""
    if not isinstance(node, ast.FunctionDef) or node.name not in SHORT:
        return None
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "translate":
            first = call.args[0]
            return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return None


def gather(target: Path) -> int:
    """Write or bring up to date a .ts file; lupdate's exit code. What is translated in it already stays."""
    sources = sorted(ROOT.rglob("*.py"))
    found = (pair for path in sources for pair in messages(path.read_text(encoding="utf-8")))
    lines = [f"QCoreApplication.translate({context!r}, {text!r})" for context, text in found]
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch) / "told.py"
        told.write_text("\n".join(lines), encoding="utf-8")
        command = [
            "pyside6-lupdate",
            *map(str, sources),
            str(told),
            "-ts",
            str(target),
            "-locations",
            "none",
            "-silent",
        ]
        beside = Path(sys.executable).parent / command[0]
        command[0] = str(beside) if beside.exists() else command[0]
        return subprocess.run(command, check=False).returncode  # noqa: S603  # our own files, no shell


if __name__ == "__main__":
    raise SystemExit(gather(Path(sys.argv[1] if len(sys.argv) > 1 else "chinagraph.ts")))
