"""The presets at the top of the export dialog: choose, save, rename, delete."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLabel, QMenu, QPushButton, QWidget

from desktop.dialogs.export_form import LABEL_WIDTH
from desktop.export_presets import BUILT_IN, ExportPreset, Presets
from engine.errors import StoreError


class PresetBar(QWidget):
    """What is set in the form is told by `follow`; a preset that no longer matches it is called changed."""

    chosen = Signal(object)
    """ExportPreset: show this one."""
    failed = Signal(str)

    def __init__(self, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self._now = presets.last
        self.asking: QInputDialog | None = None
        self.names = QComboBox()
        self.names.setAccessibleName(self.tr("Preset"))
        self.names.setPlaceholderText(self.tr("Settings of your own"))
        self.names.setMinimumContentsLength(24)
        self.names.activated.connect(self._choose)
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setProperty("role", "muted")
        self.save = QPushButton(self.tr("Sa&ve as preset…"))
        self.save.clicked.connect(self._ask_for_name)
        self.rename = self._entry(self.tr("&Rename…"), self._ask_for_other_name)
        self.delete = self._entry(self.tr("&Delete"), self._delete)
        self.more = QPushButton(self.tr("M&ore"))
        self.more.setAccessibleName(self.tr("Rename or delete this preset"))
        menu = QMenu(self.more)
        menu.addActions([self.rename, self.delete])
        self.more.setMenu(menu)
        label = QLabel(self.tr("P&reset"))
        label.setProperty("role", "muted")
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(self.names)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.names)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.more)
        self._fill(self._matching())

    @property
    def name(self) -> str:
        """The preset that is chosen; empty for none."""
        return str(self.names.currentData()) if self.names.currentIndex() >= 0 else ""

    def follow(self, now: ExportPreset) -> None:
        """Say whether what is set is still what the preset says."""
        self._now = now
        name = self.name
        self.state.setText(self.tr("changed") if name and self._presets.all[name] != now else "")
        is_own = name in self._presets.own and name not in BUILT_IN
        for action in (self.rename, self.delete):
            action.setEnabled(is_own)
        self.more.setEnabled(is_own)

    # How

    def _entry(self, text: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(act)
        return action

    def _matching(self) -> str:
        """The preset that is exactly what is set, if there is one."""
        return next((name for name, preset in self._presets.all.items() if preset == self._now), "")

    def _fill(self, name: str) -> None:
        self.names.clear()
        for known in self._presets.all:
            own = known in self._presets.own
            self.names.addItem(known if own else QCoreApplication.translate("presets", known), known)
        self.names.setCurrentIndex(self.names.findData(name) if name else -1)
        self.follow(self._now)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._presets.all[self.name])

    @Slot()
    def _ask_for_name(self) -> None:
        name = self.name if self.name in self._presets.own else ""
        self._ask(self.tr("Save as preset"), name, self._save)

    @Slot()
    def _ask_for_other_name(self) -> None:
        self._ask(self.tr("Rename the preset"), self.name, self._rename)

    def _ask(self, title: str, name: str, answered: Callable[[str], None]) -> None:
        self.asking = QInputDialog(self)
        self.asking.setWindowTitle(title)
        self.asking.setLabelText(self.tr("Name of the preset"))
        self.asking.setTextValue(name)
        self.asking.textValueSelected.connect(answered)
        self.asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.asking.open()

    @Slot(str)
    def _save(self, name: str) -> None:
        self._change(name.strip(), lambda: self._presets.keep(name.strip(), self._now))

    @Slot(str)
    def _rename(self, name: str) -> None:
        before = self.name
        self._change(name.strip(), lambda: self._presets.rename(before, name.strip()))

    @Slot()
    def _delete(self) -> None:
        before = self.name
        self._change("", lambda: self._presets.delete(before))

    def _change(self, name: str, act: Callable[[], None]) -> None:
        """Change the presets, and show them with this one chosen; what cannot be is told."""
        try:
            act()
        except (StoreError, ValueError) as error:
            self.failed.emit(str(error))
            return
        self.failed.emit("")
        self._fill(name)
