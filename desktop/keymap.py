"""Which keys every action has: those of a preset, and the user's own on top, kept in one file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from desktop.actions import MENUS, table
from desktop.keymap_presets import PRESETS, USUAL
from desktop.language import QT_TRANSLATE_NOOP
from desktop.views import view_keys
from engine import toml_file
from engine.errors import StoreError

FILE_NAME = "keys.toml"
"""In the data folder, beside the settings; people may edit it."""
ADVANCE = ".advance"
"""How the name of a mark ends that goes on to the next photo: its keys are those of the mark with Shift."""
MOST_KEYS = 2
"""Keys that one action can be given in the dialog."""
SPOKEN = ("undo", "filter.clear", "goal.suggest")
"""Actions whose keys are named in sentences of the window."""
VIEWS_OWN = {
    view_keys.ZOOM: QT_TRANSLATE_NOOP("keys", "100 %, 200 %, Whole Photo"),
    view_keys.HOLD: QT_TRANSLATE_NOOP("keys", "100 % While Held"),
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """What keys do in every view, whatever those of the actions are."""

    words: str
    """English, a key for translation: "moves from photo to photo"."""
    keys: tuple[str, ...]
    shown: tuple[str, ...] = ()
    """The same in short, where they are many."""


FIXED = (
    Fixed(
        QT_TRANSLATE_NOOP("keys", "moves from photo to photo"),
        ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown"),
        (QT_TRANSLATE_NOOP("keys", "Arrows"), "Home", "End"),
    ),
    Fixed(
        QT_TRANSLATE_NOOP("keys", "moves inside a photo"),
        ("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"),
        (QT_TRANSLATE_NOOP("keys", "Ctrl+Arrows"),),
    ),
    Fixed(QT_TRANSLATE_NOOP("keys", "changes the size"), ("Ctrl++", "Ctrl+-", "Ctrl+="), ("Ctrl++", "Ctrl+-")),
    Fixed(QT_TRANSLATE_NOOP("keys", "answers, opens"), ("Return", "Enter"), ("Return",)),
    Fixed(QT_TRANSLATE_NOOP("keys", "leaves"), ("Esc",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as the list of keys shows it."""

    name: str
    group: str
    """Title of its menu, translated."""
    text: str
    """Translated, without the marks of a menu."""
    usual: tuple[str, ...]
    """Its keys in the table."""

    @property
    def mark(self) -> str | None:
        """For a mark that goes on to the next photo: the mark."""
        return self.name.removesuffix(ADVANCE) if self.name.endswith(ADVANCE) else None


class KeyMap(QObject):
    """The keys as they now are. Whatever made no sense in the file is told in `warnings`."""

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.warnings: list[str] = []
        self.entries: Mapping[str, Entry] = {entry.name: entry for entry in _entries()}
        self.preset = USUAL
        self._own: dict[str, tuple[str, ...]] = {}
        self._foreign: dict[str, Any] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._is_readable = True
        self._take(self._read())
        self._settle()

    # What holds

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action in QKeySequence's portable form, the one to name it by first; () for none."""
        return self._keys[name]

    def spoken(self, name: str) -> str:
        """The first key of an action as the user's system writes it; empty where it has none."""
        keys = self._keys.get(name, ())
        return written(keys[0]) if keys else ""

    def reworded(self, sentence: str) -> str:
        """A sentence that names the usual keys, with those that hold; where there is none, with the menu's entry."""
        for name in SPOKEN:
            entry = self.entries[name]
            usual, now = written(entry.usual[0]), self.spoken(name) or f"{entry.group}, {entry.text}"
            if usual != now:
                replacement = now.replace("\\", r"\\")
                sentence = re.sub(rf"(?<![\w+]){re.escape(usual)}(?![\w+])", replacement, sentence)
        return sentence

    def is_own(self, name: str) -> bool:
        """Whether the user gave this action other keys than the preset."""
        return name in self._own

    @property
    def own(self) -> int:
        """How many actions that is so for."""
        return len(self._own)

    def holders(self, key: str, but: str) -> list[Entry]:
        """The actions other than `but` that have this key."""
        return [self.entries[name] for name, keys in self._keys.items() if key in keys and name != but]

    def preset_keys(self, name: str) -> tuple[str, ...]:
        """What `reset` gives an action."""
        return self._resolved({})[name]

    # What the user changes. Each raises StoreError where the file cannot be written: the keys hold all the same.

    def bind(self, name: str, keys: Sequence[str]) -> None:
        """Give an action these keys; whoever has one of them loses it."""
        self._own[name] = tuple(dict.fromkeys(portable(key) for key in keys))
        for other in self._own.keys() - {name}:
            self._own[other] = tuple(key for key in self._own[other] if key not in self._own[name])
        self._keep()

    def reset(self, name: str) -> None:
        """Give an action the keys of the preset; whoever has one of them loses it."""
        wanted = self.preset_keys(name)
        self._own.pop(name, None)
        for other, keys in self._own.items():
            self._own[other] = tuple(key for key in keys if key not in wanted)
        self._keep()

    def reset_all(self) -> None:
        """Forget every key of the user's own."""
        self._own.clear()
        self._keep()

    def use(self, preset: str) -> None:
        """Have the keys of another preset, with the user's own on top. Raises KeyError for a name that is none."""
        if preset not in PRESETS:
            raise KeyError(preset)
        self.preset = preset
        self._keep()

    # How

    def _keep(self) -> None:
        self._settle()
        self.changed.emit()
        self._save()

    def _settle(self) -> None:
        """What the user set as the preset has it is no change of theirs."""
        plain = self._resolved({})
        for name in [name for name, keys in self._own.items() if keys == plain[name]]:
            others = {other: keys for other, keys in self._own.items() if other != name}
            if self._resolved(others)[name] == self._own[name]:
                self._own = others
        self._keys = self._resolved(self._own)

    def _resolved(self, own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Own keys win over the preset's, those over the table's, and all of them over a mark's with Shift."""
        preset = PRESETS[self.preset].keys
        found: dict[str, tuple[str, ...]] = {}
        taken_by_own = {key for keys in own.values() for key in keys}
        taken = taken_by_own | {portable(key) for keys in preset.values() for key in keys}
        for name, entry in self.entries.items():
            if name in own:
                found[name] = own[name]
            elif name in preset:
                found[name] = tuple(key for key in map(portable, preset[name]) if key not in taken_by_own)
            elif entry.mark is None:
                found[name] = tuple(key for key in entry.usual if key not in taken)
        used = {key for keys in found.values() for key in keys}
        for name, entry in self.entries.items():
            if name not in found and entry.mark is not None:
                shifted = (portable(f"Shift+{key}") for key in found[entry.mark] if "Shift" not in key)
                found[name] = tuple(key for key in shifted if key not in used)
        return {name: found[name] for name in self.entries}

    # The file

    def _read(self) -> Mapping[str, Any]:
        try:
            return toml_file.read(self._path)
        except (OSError, ValueError) as error:
            self._is_readable = False
            self.warnings.append(f"{self._path} cannot be read ({error}); the usual keys are used. Correct the file.")
            return {}

    def _take(self, document: Mapping[str, Any]) -> None:
        preset = document.get("preset", USUAL)
        if isinstance(preset, str) and preset in PRESETS:
            self.preset = preset
        else:
            self._complain(f"preset = {preset!r}", f"is none of {', '.join(PRESETS)}", f"{USUAL} is used")
        own = document.get("keys", {})
        if not isinstance(own, dict):
            self._complain(f"keys = {own!r}", "is no table of actions", "the keys of the preset are used")
            return
        for name, said in own.items():
            if name not in self.entries:
                self._foreign[name] = said
                self._complain(name, "is no action of this version", "it is passed over")
                continue
            keys = _accepted(said)
            held = {key: other for other, keys in self._own.items() for key in keys}
            twice = next((key for key in keys or () if key in held), None)
            if keys is None:
                self._complain(f"{name} = {said!r}", "is no list of keys", "the preset's keys are used")
            elif twice is not None:
                self._complain(f"{name} = {said!r}", f"has the key of {held[twice]}", "the preset's keys are used")
            else:
                self._own[name] = keys

    def _complain(self, what: str, why: str, instead: str) -> None:
        self.warnings.append(f"{what} in {self._path} {why}; {instead}.")

    def _save(self) -> None:
        keys = {**{name: list(keys) for name, keys in self._own.items()}, **self._foreign}
        try:
            if not self._is_readable:
                self._path.replace(self._path.with_name(f"{FILE_NAME}.unreadable"))
                self._is_readable = True
        except OSError as error:
            said = f"{self._path} cannot be saved: {error.strerror}. Make room or allow writing in its folder."
            raise StoreError(said) from error
        toml_file.write(self._path, {"preset": self.preset, "keys": keys})


def portable(key: str) -> str:
    """One key in the form that is compared and kept, "Ctrl+Shift+P"; empty for what is no key."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or view_keys.combination(sequence).key() == Qt.Key.Key_unknown:
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def written(key: str) -> str:
    """One key as the user's system writes it, "⇧⌘P" on a Mac; the large key that Qt calls Return by its usual name."""
    if sys.platform != "darwin":
        key = re.sub(r"\bReturn$", "Enter", key)
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def everywhere(key: str) -> str | None:
    """What a key does in every view whatever the actions' own are, as words that follow it; None for most keys."""
    words = next((fixed.words for fixed in FIXED if key in fixed.keys), None)
    return None if words is None else QCoreApplication.translate("keys", words)


def plain(text: str) -> str:
    """A menu's text without its mnemonic and dots."""
    return re.sub(r"&(.)", r"\1", text).removesuffix("…")


def _accepted(said: object) -> tuple[str, ...] | None:
    """Keys as the file has them, each once; None where they make no sense."""
    if not isinstance(said, list) or not all(isinstance(key, str) for key in said):
        return None
    keys = tuple(dict.fromkeys(portable(key) for key in said))
    return None if "" in keys else keys


def _entries() -> Iterator[Entry]:
    """Every action in the order of the menus, then what the views answer to themselves."""

    translate = QCoreApplication.translate
    actions = list(table())
    menus = {action.name: action.menu for action in actions}
    for action in actions:
        text, menu = plain(translate("actions", action.text)), action.menu
        if action.name.endswith(ADVANCE):
            menu = menus[action.name.removesuffix(ADVANCE)]
            text = translate("keys", "{}, and Go On").format(text)
        group = plain(translate("actions", MENUS[menu])) if menu else translate("keys", "A Proposal")
        yield Entry(action.name, group, text, tuple(portable(key) for key in action.keys))
    view = plain(translate("actions", MENUS["view"]))
    for name, text in VIEWS_OWN.items():
        yield Entry(name, view, translate("keys", text), view_keys.DEFAULTS[name])
