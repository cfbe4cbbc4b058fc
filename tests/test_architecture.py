"""The layers hold, the style holds, the types hold, and importing the engine stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"engine", "desktop", "training", "resources"}
"""What is installed."""
BESIDE = {"tests", "benchmarks"}
"""What else may hold Python."""
LONGEST_FILE = 400
LONGEST_FUNCTION = 45
"""Lines, its docstring apart."""
SLOW = {
    "PySide6", "cv2", "desktop", "exifread", "onnxruntime", "pillow_heif", "rawpy", "scipy", "simplejpeg", "skimage",
    "sqlalchemy", "tifffile", "torch", "training",
}  # fmt: skip
WALK = """
import importlib, pkgutil, sys, engine
slow = set(sys.argv[1:])
names = ["engine", *(module.name for module in pkgutil.walk_packages(engine.__path__, "engine."))]
for name in names:
    if not name.endswith(".__main__"):
        importlib.import_module(name)
        for culprit in slow & sys.modules.keys():
            print(name, "loads", culprit)
            slow.discard(culprit)
print(len(names), "modules")
"""


def sources() -> Iterator[Path]:
    for package in sorted(PACKAGES | BESIDE):
        yield from sorted((ROOT / package).rglob("*.py"))


def run(*command: str) -> str:
    """What the command prints; the test fails where the command does."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(name: str) -> str:
    """A program that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def test_imports_go_downwards_only() -> None:
    assert "4 kept, 0 broken" in run(tool("lint-imports"), "--no-cache")


def test_the_style_holds() -> None:
    run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")


def test_the_types_hold() -> None:
    assert "no issues found" in run(sys.executable, "-m", "mypy")


def test_importing_the_engine_loads_nothing_slow() -> None:
    lines = run(sys.executable, "-c", WALK, *SLOW).splitlines()
    assert lines[:-1] == []
    assert int(lines[-1].split()[0]) > 30


@pytest.mark.parametrize("arguments", [("--help",), ("rank", "--help"), ("--version",)])
def test_asking_for_help_loads_nothing_slow(arguments: tuple[str, ...]) -> None:
    program = (
        "import sys\n"
        "from desktop.__main__ import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: print('LOADED', *sorted(sys.modules))\n"
    )
    loaded = set(run(sys.executable, "-c", program).rpartition("LOADED")[2].split())
    assert "engine.cli" in loaded
    assert loaded & (SLOW - {"desktop"}) == set()


def test_there_is_no_other_top_level_package() -> None:
    found = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert found == PACKAGES | BESIDE
    assert list(ROOT.glob("*.py")) == []


def test_files_and_functions_stay_short_and_names_say_something() -> None:
    faults: list[str] = []
    for path in sources():
        text = path.read_text()
        name = path.relative_to(ROOT)
        if len(text.splitlines()) > LONGEST_FILE:
            faults.append(f"{name} has {len(text.splitlines())} lines")
        if path.stem in {"utils", "util", "helpers", "helper", "common", "misc"}:
            faults.append(f"{name} does not say what it holds")
        faults.extend(f"{name}:{fault}" for fault in _faults(ast.parse(text)))
    assert faults == []


def _faults(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith("Manager"):
            yield f"{node.lineno} {node.name} does not say what it does"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION:
            yield f"{node.lineno} {node.name} has {_length(node)} lines"


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines
