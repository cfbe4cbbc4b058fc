"""Brings the translations up to date with the sources and compiles them: python -m desktop.translations

lupdate and lrelease come with PySide6. What is to be translated is found here, by Python's own grammar: lupdate knows
neither the context of a module's own `_tr` nor the settings, whose descriptions the engine declares. It is told in a
file that is made for the moment, and merges: what is translated already stays, what is in no source any more goes.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.language import FOLDER, OURS, SOURCE
from engine import paths
from engine.settings import LANGUAGES, options

ROOT = Path(__file__).parent
OWN = "_tr"
"""What a module's own function is called that translates in the context it names."""
MARKS = frozenset({"QT_TRANSLATE_NOOP", "translate"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the window, as Qt looks it up."""

    context: str
    source: str
    counts: bool = False
    """Whether a number decides its form: "%Ln photos"."""


def texts() -> list[Text]:
    """Every text of the window, each once, in the order of the files."""
    sources = sorted(ROOT.rglob("*.py"))
    found = [text for path in sources for text in texts_of(path.read_text(encoding="utf-8"))]
    described = [Text("settings", option.metadata["description"]) for option in options()]
    return list(dict.fromkeys([*found, *described]))


def texts_of(source: str) -> Iterator[Text]:
    """Those of one module: `self.tr` and its class, `_tr` and its module, marked words and their context."""
    tree = ast.parse(source)
    yield from _texts(tree, "", _own_context(tree))


def _texts(node: ast.AST, of_class: str, of_module: str) -> Iterator[Text]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield from _handed_over(child, of_class, of_module)
        yield from _texts(child, child.name if isinstance(child, ast.ClassDef) else of_class, of_module)


def _handed_over(call: ast.Call, of_class: str, of_module: str) -> Iterator[Text]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in MARKS:
        context, *given = call.args
        if isinstance(context, ast.Constant) and isinstance(context.value, str):
            yield from (Text(context.value, word, counts=len(call.args) > 3) for word in _words(given[0]))
    elif name in (OWN, "tr"):
        context_of = of_module if isinstance(call.func, ast.Name) else of_class
        counts = len(call.args) > (1 if name == OWN else 2)
        yield from (Text(context_of, word, counts=counts) for word in _words(call.args[0]))


def _words(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be; one that was marked where it stands is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def _own_context(tree: ast.Module) -> str:
    """The context that a module's own `_tr` translates in; empty where it has none."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name == OWN:
            calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
            return next(str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant))
    return ""


def update(target: Path, found: list[Text]) -> None:
    """Write a .ts file or bring it up to date. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch) / "told.py"
        told.write_text("\n".join(map(_told, found)), encoding="utf-8")
        only = ["-pluralonly"] if target.stem.endswith(f"_{SOURCE}") else []
        options_ = ["-locations", "none", "-no-obsolete", "-disable-heuristic", "similartext", "-silent", *only]
        _run("pyside6-lupdate", str(told), "-ts", str(target), *options_)


def compile_(source: Path, target: Path) -> None:
    """Make a .qm file of a .ts file. Raises CalledProcessError."""
    _run("pyside6-lrelease", "-silent", str(source), "-qm", str(target))


def _told(text: Text) -> str:
    said = [json.dumps(part, ensure_ascii=False) for part in (text.context, text.source)]
    return f"QCoreApplication.translate({', '.join([*said, *(['None', '1'] if text.counts else [])])})"


def _run(tool: str, *arguments: str) -> None:
    beside = Path(sys.executable).parent / tool
    command = [str(beside) if beside.exists() else tool, *arguments]
    subprocess.run(command, check=True)  # noqa: S603  # our own files, no shell


def main() -> None:
    """Every language that the settings offer."""
    found, folder = texts(), paths.resource(FOLDER)
    for code in LANGUAGES[1:]:
        source = folder / f"{OURS}_{code}.ts"
        update(source, found)
        compile_(source, source.with_suffix(".qm"))


if __name__ == "__main__":
    main()
