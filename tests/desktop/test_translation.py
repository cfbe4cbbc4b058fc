"""Every text of the window goes through Qt's translation, and one command gathers them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app, language
from desktop.actions import MENUS, table
from desktop.dialogs.operations import ACTIONS, WHAT, OperationsView
from desktop.keymap import KeyMap
from desktop.main_window import MainWindow
from desktop.outcomes import photos
from desktop.translations import Text, compile_, texts, texts_of, update
from desktop.views.wording import describe_decision
from engine.paths import resource
from engine.settings import FILE_NAME, LANGUAGES, Settings, load, save
from engine.types import Colour, Decision, Flag

ROOT = Path(__file__).parents[2]
TRANSLATIONS = resource(language.FOLDER)
SETTERS = {
    "setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "setPlaceholderText", "setTitle", "setHeaderLabels", "addItem", "addTab", "addRow", "setSuffix", "setPrefix",
    "setSpecialValueText", "setInformativeText", "showMessage", "addMenu",
}  # fmt: skip
WIDGETS = {
    "QLabel",
    "QPushButton",
    "QCheckBox",
    "QRadioButton",
    "QGroupBox",
    "QToolButton",
    "QAction",
    "Section",
    "labelled",
}
NAMES = frozenset({"Chinagraph", "sRGB"})
"""What is called the same in every language."""


def bare_texts(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of words that a widget is given as they are."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SETTERS | WIDGETS:
            given = node.args[::2] if name == "labelled" else node.args
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What a .ts file has for a text, in all its forms."""

    text: Text
    forms: tuple[str, ...]
    finished: bool


def entries(code: str) -> list[Entry]:
    """Everything in a language's .ts file."""
    found = []
    for context in ElementTree.parse(TRANSLATIONS / f"chinagraph_{code}.ts").getroot().iter("context"):
        for message in context.iter("message"):
            counts, said = message.get("numerus") == "yes", message.find("translation")
            text = Text(context.findtext("name", ""), message.findtext("source", ""), counts)
            forms = [form.text or "" for form in said.findall("numerusform")] if counts else [said.text or ""]
            found.append(Entry(text, tuple(forms), said.get("type") is None))
    return found


def test_every_language_of_the_settings_has_its_files() -> None:
    assert {path.name for path in TRANSLATIONS.iterdir()} == {
        f"chinagraph_{code}.{kind}" for code in LANGUAGES[1:] for kind in ("ts", "qm")
    }


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_the_texts_of_the_window_are_those_of_the_file(code: str) -> None:
    """Where this fails, run python -m desktop.translations and translate what is new."""
    wanted = {text for text in texts() if code != language.SOURCE or text.counts}
    assert {entry.text for entry in entries(code)} == wanted


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_every_text_is_translated_with_its_placeholders(code: str) -> None:
    for entry in entries(code):
        assert entry.finished and all(entry.forms), entry
        for form in entry.forms:
            assert shape(form) == shape(entry.text.source), entry


def shape(text: str) -> tuple[object, ...]:
    """What has to be the same in every language: placeholders, one mnemonic, space at the ends, lines, dots."""
    placeholders = sorted(re.findall(r"{[^}]*}|%L?n", text))
    ends = (text[:1] == " ", text[-1:] == " ", text.endswith("…"))
    return (placeholders, len(re.findall(r"&\w|&{", text)), ends, text.count("\n"))


def test_what_differs_is_noticed() -> None:
    assert shape("{} of {}") != shape("{} von") and shape("&File") != shape("Datei")
    assert shape("%n stars") != shape("Sterne") and shape(" px") != shape("px")


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_the_compiled_file_is_that_of_the_texts(code: str, tmp_path: Path) -> None:
    compile_(TRANSLATIONS / f"chinagraph_{code}.ts", tmp_path / "made.qm")
    assert (tmp_path / "made.qm").read_bytes() == (TRANSLATIONS / f"chinagraph_{code}.qm").read_bytes()


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_no_menu_has_a_letter_twice(code: str) -> None:
    said = {entry.text.source: entry.forms[0] for entry in entries(code) if entry.text.context == "actions"}
    menus: dict[str, list[str]] = {"": list(MENUS.values())}
    for action in table():
        menus.setdefault(action.menu or "none", []).append(action.text)
    menus.pop("none")
    for menu, texts_ in menus.items():
        letters = [letter.lower() for text in texts_ for letter in re.findall(r"&(\w)", said.get(text, text))]
        twice = {letter for letter in letters if letters.count(letter) > 1}
        assert not twice, (menu, twice)


def banned() -> list[str]:
    """What a German word must not be called, by the table of docs/languages.md."""
    lines = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[4] for line in lines if line.count("|") == 5 and "---" not in line]
    return [word.strip() for cell in cells[1:] for word in cell.split(",") if word.strip()]


def test_german_has_one_word_for_one_notion() -> None:
    words = banned()
    assert len(words) > 8 and "Voreinstellung" in words
    for entry in entries("de"):
        for form in entry.forms:
            assert not [word for word in words if word.lower() in form.replace("&", "").lower()], entry


def test_german_is_typeset() -> None:
    """Quotes that open below and close above in pairs, no straight ones, dots that are one sign, and Sie for you."""
    for entry in entries("de"):
        for form in entry.forms:
            assert form.count("„") == form.count("“") and not set(form) & set("\"'”"), entry
            assert "..." not in form and "  " not in form.replace("  (", " ("), entry
            assert not re.search(r"\b(du|dein\w*|dir|dich)\b", form, re.IGNORECASE), entry
            assert not re.search(r"\d%|}%|}px", form), entry


def test_texts_are_found_with_their_context() -> None:
    source = """
NAMES = {1: QT_TRANSLATE_NOOP("colours", "red")}
class Panel(QWidget):
    def show(self, count):
        self.a.setText(self.tr("On") if count else self.tr("Off"))
        self.b.setText(self.tr("%n stars", None, count) + _tr("{} of {}") + _tr("%n files", count) + self.tr(count))
def _tr(text, count=-1):
    return QCoreApplication.translate("panel", text, None, count)
"""
    assert set(texts_of(source)) == {
        Text("colours", "red"),
        Text("Panel", "On"),
        Text("Panel", "Off"),
        Text("Panel", "%n stars", counts=True),
        Text("panel", "{} of {}"),
        Text("panel", "%n files", counts=True),
    }


def test_what_is_translated_stays_and_what_is_new_is_open(tmp_path: Path) -> None:
    target = tmp_path / "chinagraph_de.ts"
    update(target, [Text("a", "Pick"), Text("a", "gone")])
    open_one = '<translation type="unfinished"></translation>'
    target.write_text(target.read_text().replace(open_one, "<translation>W</translation>"))
    update(target, [Text("a", "Pick"), Text("a", "%n new", counts=True)])
    said = target.read_text(encoding="utf-8")
    assert "<translation>W</translation>" in said and "gone" not in said
    assert "%n new" in said and "unfinished" in said


@pytest.fixture
def in_german(qapp: QApplication) -> Iterator[None]:
    language.install(qapp, "de")
    yield
    language.install(qapp, language.SOURCE)


def test_the_window_speaks_german(in_german: None, make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    assert [action.text() for action in window.menuBar().actions()][:2] == ["&Datei", "&Bearbeiten"]
    assert window.actions_table["undo"].text() == "&Rückgängig"
    # Qt's own words, and ours in tables of a module.
    assert QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText) == "Strg+Z"
    assert describe_decision(Decision(Flag.PICK, 1, Colour.RED)) == "gewählt, 1 Stern, Farbe Rot"
    assert (photos(1), photos(1984)) == ("1 Foto", "1.984 Fotos")
    assert (language.grouped(1984), language.decimal(-0.25, 2)) == ("1.984", "\N{MINUS SIGN}0,25")
    english = {action.text.replace("&", "") for action in table()}
    kept = {action.text().replace("&", "") for action in window.findChildren(QAction)} & english
    assert not kept, kept


def test_what_happens_to_a_file_is_written_out_in_german(in_german: None, qtbot: QtBot) -> None:
    view = OperationsView("plan", lambda operation: str(operation.target))
    qtbot.addWidget(view)
    words = [QCoreApplication.translate("operations", word) for word in ACTIONS.values()]
    assert "mit Metadaten kopieren" in words
    assert view.columnWidth(WHAT) > max(map(view.fontMetrics().horizontalAdvance, words)) + 8


def test_keys_in_german_sentences_are_those_that_hold(in_german: None, tmp_path: Path) -> None:
    keymap = KeyMap(tmp_path / "keys.toml")
    assert keymap.reworded("Ein Schritt, Strg+Z nimmt ihn zurück.") == "Ein Schritt, Strg+Z nimmt ihn zurück."
    keymap.bind("undo", ["Ctrl+T"])
    assert keymap.reworded("Ein Schritt, Strg+Z nimmt ihn zurück.") == "Ein Schritt, Strg+T nimmt ihn zurück."


def test_english_has_its_plurals() -> None:
    assert (photos(1), photos(2), photos(1984)) == ("1 photo", "2 photos", "1,984 photos")
    assert (language.decimal(0.04), language.decimal(-0.04), language.decimal(0.7, sign=True)) == ("0.0", "0.0", "+0.7")


@pytest.mark.parametrize(
    ("wanted", "system", "got"),
    [
        ("de", "fr_FR", "de"),
        ("en", "de_DE", "en"),
        ("system", "de_AT", "de"),
        ("system", "en_GB", "en"),
        ("system", "fr_FR", "en"),
        ("system", "C", "en"),
        ("klingon", "de_DE", "de"),
    ],
)
def test_the_language_is_chosen(wanted: str, system: str, got: str) -> None:
    assert language.chosen(wanted, QLocale(system)) == got


def test_nonsense_in_the_setting_gives_the_system_s_language_and_is_named(data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / FILE_NAME).write_text('language = "klingon"\n')
    read = load(data_folder / FILE_NAME)
    assert read.language == app._wanted_language(None) == language.SYSTEM
    assert "language = 'klingon'" in read.warnings[0] and "one of system, en, de" in read.warnings[0]


def test_the_setting_decides_before_anything_is_shown(data_folder: Path) -> None:
    data_folder.mkdir()
    save(Settings(language="de"), data_folder / FILE_NAME)
    assert app._wanted_language(None) == "de"


def test_in_german_the_window_still_fits_a_low_screen(in_german: None, make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    window.resize(1280, 720)
    # What the goal shows while something is suggested, the tallest that the left column gets.
    window.goal.inside.show()
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1280, 720)
    assert window.minimumSizeHint().height() <= 720 and window.minimumSizeHint().width() <= 1280
