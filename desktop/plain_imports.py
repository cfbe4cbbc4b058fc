"""Importing modules without having PySide6 read their sources.

PySide6 looks whether a module that is imported after it may use `from __feature__ import snake_case` and the like: it
reads the module's source, every library's too, and Python keeps the lines in memory. Nobody here uses such a feature,
and Qt's own names are what they are without being asked.
"""

from __future__ import annotations

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401  # loads what is spoken to here

_SUPPORT, _QUESTION = "shibokensupport.feature", "_mod_uses_pyside"


def spare_sources() -> None:
    """From now on. A version of PySide6 that asks in another way goes on asking."""
    support = sys.modules.get(_SUPPORT)
    if support is not None and hasattr(support, _QUESTION):
        vars(support)[_QUESTION] = _uses_features


def _uses_features(_module: ModuleType) -> bool:
    return False
