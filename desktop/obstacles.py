"""What keeps a selection from being suggested, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.session import Session
from engine.types import Card


def obstacle(session: Session, key: Callable[[str], str]) -> str:
    """Why nothing can be suggested as long as `Choosing.is_ready` is False. `key` says the key of an action, or what
    it is called; empty where it has neither."""
    if session.is_running:
        return _tr("Once the shoot is ranked, a selection can be suggested.")
    counts = session.model.counts()
    if not counts.photos:
        action, sentence = "open", _tr("There are no photos to choose from. {} opens a folder.")
    elif counts.unreadable == counts.photos:
        action, sentence = "failures", _tr("No photo of this shoot can be read. {} lists why, and reads them again.")
    elif np.isnan(session.model.columns.score).all() and _is_any_read(session.model.cards()):
        action, sentence = "models", _tr("No photo is scored: there is no usable model pack. {} shows the packs.")
    else:
        action, sentence = "reload", _tr("The shoot is not ranked to its end. {} goes on with it.")
    return sentence.format(key(action) or _tr("The File menu"))


def _is_any_read(cards: Sequence[Card]) -> bool:
    return any(card.fingerprint is not None for card in cards if card.error is None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("obstacles", text)
