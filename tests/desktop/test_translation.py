"""Every text of the window goes through Qt's translation, and one command gathers them."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTERS = {
    "setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "setPlaceholderText", "setTitle", "setHeaderLabels", "addItem", "addTab", "addRow", "setSuffix", "setPrefix",
    "setSpecialValueText", "setInformativeText", "showMessage", "addMenu",
}  # fmt: skip
WIDGETS = {"QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QToolButton", "QAction", "labelled"}
NAMES = frozenset({"Chinagraph", "sRGB"})
"""What is called the same in every language."""


def bare_texts(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of words that a widget is given as they are."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SETTERS | WIDGETS:
            given = node.args[:1] if name == "labelled" else node.args
            yield from ((node.lineno, text) for argument in given for text in _words(argument))


def _words(node: ast.expr) -> Iterator[str]:
    """The words that an expression has of its own: those handed to a function were translated, or are none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if any(map(str.isalpha, node.value)) and node.value not in NAMES:
            yield node.value
    elif isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.IfExp | ast.BinOp | ast.BoolOp):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and child is not getattr(node, "test", None):
                yield from _words(child)


def test_bare_texts_are_found() -> None:
    found = (
        'a.setText("Pick")\nQLabel(f"{n} photos")\nQLabel(self.tr("x"))\nb.setToolTip("A" if c == "k" else _tr("B"))'
    )
    assert list(bare_texts(found)) == [(1, "Pick"), (2, " photos"), (4, "A")]


@pytest.mark.parametrize("path", sorted((ROOT / "desktop").rglob("*.py")), ids=lambda path: path.stem)
def test_every_text_goes_through_translation(path: Path) -> None:
    assert not [f"{path.name}:{line}: {text!r}" for line, text in bare_texts(path.read_text(encoding="utf-8"))]


def test_one_command_gathers_the_texts_of_widgets_and_of_functions(tmp_path: Path) -> None:
    target = tmp_path / "chinagraph.ts"
    command = [sys.executable, "-m", "desktop.translations", str(target)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60, capture_output=True).returncode == 0
    texts = target.read_text(encoding="utf-8")
    for text in (
        "Rotate Ri&amp;ght",
        "Rotated {} right, Ctrl+Z",
        "Your decisions are damaged",
        "Subject: the sharpest part",
    ):
        assert f"<source>{text}</source>" in texts, text
