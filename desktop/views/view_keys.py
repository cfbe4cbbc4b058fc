"""The keys that large views answer to themselves, because they may be held: 100 % at the subject."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

ZOOM = "zoom"
"""100 % at the subject, 200 %, the whole photo."""
HOLD = "zoom.hold"
"""100 % at the subject for as long as the key is held."""
DEFAULTS = {ZOOM: ("Z",), HOLD: ("Space",)}


class ViewKeys:
    """Which keys these are now."""

    def __init__(self) -> None:
        self._meanings: dict[QKeyCombination, str] = {}
        for meaning, keys in DEFAULTS.items():
            self.bind(meaning, keys)

    def bind(self, meaning: str, keys: Iterable[str]) -> None:
        """From now on `keys`, as QKeySequence writes them, have this meaning, and no others have it."""
        self._meanings = {key: other for key, other in self._meanings.items() if other != meaning}
        for key in keys:
            self._meanings[combination(QKeySequence(key))] = meaning

    def meaning(self, event: QKeyEvent) -> str | None:
        """What a pressed key means; None for one that means nothing here."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._meanings.get(QKeyCombination(modifiers, Qt.Key(event.key())))

    def ends_hold(self, event: QKeyEvent) -> bool:
        """Whether a released key is the one that was held; its modifiers may have been let go before."""
        held = {keys.key() for keys, meaning in self._meanings.items() if meaning == HOLD}
        return not event.isAutoRepeat() and Qt.Key(event.key()) in held


def combination(keys: QKeySequence) -> QKeyCombination:
    """The first key of a sequence that has one."""
    first: QKeyCombination = keys[0]  # type: ignore[index]  # PySide6's annotations leave it out
    return first
