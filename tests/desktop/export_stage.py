"""The export dialog over a shoot of real files, for tests that press its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.export import ExportDialog
from desktop.export_presets import ExportPreset, Presets
from desktop.exporting import Material
from engine import paths
from engine.settings import Settings
from engine.types import Decision, Flag
from tests.exporting import chosen

PATIENCE_MS = 100_000
PICK, REJECT = Decision(Flag.PICK, stars=4), Decision(Flag.REJECT, stars=5)


class Stage:
    """A shoot with its decisions, and the dialog over it."""

    def __init__(self, qtbot: QtBot, folder: Path, decide: Callable[[Path], Decision]) -> None:
        self.qtbot = qtbot
        self.folder, self.home = folder, folder.parent / "home"
        self.target = folder.parent / "to"
        self.presets = Presets(self.home / "exports.toml")
        of_all = chosen(folder, lambda photo: decide(photo.path))
        decisions = {one.card.path: one.decision for one in of_all}
        cards = tuple(one.card for one in of_all)
        shown = tuple(card.path for card in cards)
        pack = paths.resource("models", "starter")
        self.material = Material((folder,), cards, decisions, shown[:1], shown, self.home, pack, Settings())
        self.dialog = ExportDialog(lambda: self.material, self.presets)
        self.form, self.preview = self.dialog.settings.form, self.dialog.settings.preview
        with qtbot.waitExposed(self.dialog, timeout=100_000):
            self.dialog.open()

    def set(self, preset: ExportPreset, target: Path | str | None = None) -> None:
        """Set everything, and wait for the plan or for what stands against it."""
        with self.qtbot.waitSignal(self.dialog.settings.settled, timeout=PATIENCE_MS):
            self.form.place.setCurrentText(str(self.target if target is None else target))
            self.form.show_preset(preset)

    def export(self) -> None:
        """Press the button and wait for the end."""
        with self.qtbot.waitSignal(self.dialog.over, timeout=PATIENCE_MS):
            self.dialog.settings.export.click()

    @property
    def names(self) -> list[list[str]]:
        """The rows of the preview."""
        rows = self.preview.names
        items = [rows.topLevelItem(row) for row in range(rows.topLevelItemCount())]
        return [[item.text(column) for column in range(3)] for item in items]

    @property
    def readers(self) -> str:
        """What is said about programs."""
        return "\n".join(label.text() for label in self.preview.readers.findChildren(QLabel))

    @property
    def reasons(self) -> list[str]:
        """What did not work."""
        rows = self.dialog.outcome.reasons
        return [rows.topLevelItem(row).text(1) for row in range(rows.topLevelItemCount())]


Make: TypeAlias = Callable[..., Stage]
"""`make(folder, decide)`: a stage; all are picks by default."""


@contextmanager
def stages(qtbot: QtBot) -> Iterator[Make]:
    """Stages on demand; at the end no thread is left."""
    made: list[Stage] = []

    def build(folder: Path, decide: Callable[[Path], Decision] = lambda _: PICK) -> Stage:
        made.append(Stage(qtbot, folder, decide))
        return made[-1]

    yield build
    for one in made:
        one.dialog.stop()
        one.dialog.accept()
        one.dialog.deleteLater()
