"""The preferences: every field of the engine's settings by page, and the keys. A change holds at once, or says when."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.keys import KeysPage
from desktop.dialogs.preferences_field import PreferenceField
from desktop.dialogs.preferences_words import PAGES, WORDINGS, tr
from desktop.keymap import KeyMap
from desktop.panels.section import labelled
from desktop.preferences import Preferences
from engine.settings import options

SIZE = (820, 660)


class PreferencesDialog(QDialog):
    """Nothing waits for an OK: what is changed is kept."""

    def __init__(self, preferences: Preferences, keymap: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle(self.tr("Preferences"))
        self.resize(*SIZE)
        self.fields = {option.name: PreferenceField(option) for option in options()}
        for field in self.fields.values():
            field.changed.connect(self._change)
        self.notice = labelled("", "warning", self.tr("What is wrong with the settings"))
        self.notice.setWordWrap(True)
        self.keys = KeysPage(keymap)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.restore = QPushButton(self.tr("Restore the &defaults of this page"))
        self.restore.setAutoDefault(False)
        self.restore.clicked.connect(self._restore)
        self.close_button = QPushButton(self.tr("&Close"))
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self._show_values()
        preferences.changed.connect(self._show_values)
        preferences.warned.connect(self._complain)

    def show_keys(self) -> None:
        """Turn to the page of the keys."""
        self.tabs.setCurrentWidget(self.keys)

    def _lay_out(self) -> None:
        order = [name for name in WORDINGS if name in self.fields]
        ordered = dict.fromkeys([*order, *self.fields])
        for page, title in PAGES.items():
            fields = [self.fields[name] for name in ordered if self.fields[name].page == page]
            if fields:
                self.tabs.addTab(_page(fields), tr(title))
        self.tabs.addTab(self.keys, self.tr("Keys"))
        self.tabs.currentChanged.connect(self._turn)
        buttons = QHBoxLayout()
        buttons.addWidget(self.restore)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons)

    @Slot(str, object)
    def _change(self, name: str, value: bool | int | float | str) -> None:
        self._preferences.change(**{name: value})

    @Slot()
    def _show_values(self) -> None:
        """What holds; where the file has nonsense, the default and a line that says so."""
        settings = self._preferences.settings
        left = list(settings.warnings)
        for name, field in self.fields.items():
            field.show_value(getattr(settings, name))
            mistake = next((warning for warning in left if warning.startswith(f"{name} = ")), "")
            field.show_mistake(mistake)
            if mistake:
                left.remove(mistake)
        self._complain("\n".join(left))

    @Slot(str)
    def _complain(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    @Slot()
    def _restore(self) -> None:
        shown = self.tabs.currentWidget()
        if shown is not None:
            here = [field for field in self.fields.values() if shown.isAncestorOf(field)]
            self._preferences.change(**{field.name: field.default for field in here})

    @Slot()
    def _turn(self) -> None:
        self.restore.setVisible(self.tabs.currentWidget() is not self.keys)


def _page(fields: list[PreferenceField]) -> QScrollArea:
    """The fields one below the other; on a small screen they scroll."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(8, 20, 16, 12)
    column.setSpacing(20)
    for field in fields:
        column.addWidget(field)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
