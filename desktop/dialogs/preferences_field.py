"""One field of the settings: its title, the control that fits its kind, what it means, and when a change holds."""

from __future__ import annotations

from dataclasses import Field
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from desktop import style
from desktop.dialogs.preferences_words import tr, wording
from desktop.panels.section import labelled

TITLE_WIDTH = 210
CONTROL_WIDTH = 250


class PreferenceField(QWidget):
    """A row of the preferences."""

    changed = Signal(str, object)
    """Name of the field and what it shall be."""

    def __init__(self, option: Field[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.default = option.name, option.default
        self._words = wording(option)
        self._limits = option.metadata
        title, meaning = tr(self._words.title), tr(option.metadata["description"])
        self.control = self._make()
        self.control.setObjectName(option.name)
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(meaning)
        self.meaning = labelled(" ".join(filter(None, (meaning, tr(self._words.holds)))), "muted", title)
        self.mistake = labelled("", "warning", title)
        for label in (self.meaning, self.mistake):
            label.setWordWrap(True)
        self.mistake.hide()
        self._lay_out(title)

    @property
    def page(self) -> str:
        """The page that it belongs to."""
        return self._words.page

    def show_value(self, value: object) -> None:
        """Show what holds, without telling it as a change."""
        self.control.blockSignals(True)
        if isinstance(self.control, QCheckBox):
            self.control.setChecked(bool(value))
        elif isinstance(self.control, QComboBox):
            self.control.setCurrentIndex(self.control.findData(value))
        elif isinstance(self.control, QSpinBox | QDoubleSpinBox):
            self.control.setValue(value)  # type: ignore[arg-type]  # the kind of the control follows the value's
        else:
            self.control.setText(str(value))
        self.control.blockSignals(False)

    def show_mistake(self, sentence: str) -> None:
        """Say that the file has nonsense here; "" where it has none."""
        self.mistake.setText(sentence)
        self.mistake.setVisible(bool(sentence))

    def _lay_out(self, title: str) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, TITLE_WIDTH)
        grid.setColumnStretch(1, 1)
        label = QLabel(title)
        label.setBuddy(self.control)
        line = QHBoxLayout()
        line.addWidget(self.control)
        line.addStretch(1)
        grid.addWidget(label, 0, 0)
        grid.addLayout(line, 0, 1)
        grid.addWidget(self.meaning, 1, 1)
        grid.addWidget(self.mistake, 2, 1)

    def _make(self) -> QCheckBox | QComboBox | QSpinBox | QDoubleSpinBox | QLineEdit:
        """The control for a switch, one of several words, a number or a text."""
        tell = partial(self.changed.emit, self.name)
        if "choices" in self._limits:
            box = QComboBox()
            for choice in self._limits["choices"]:
                box.addItem(tr((self._words.choices or {}).get(choice, choice)), choice)
            box.currentIndexChanged.connect(lambda _: tell(box.currentData()))
            box.setMinimumWidth(CONTROL_WIDTH)
            return box
        if isinstance(self.default, bool):
            switch = QCheckBox(self.tr("On"))
            switch.toggled.connect(tell)
            return switch
        if isinstance(self.default, int | float):
            return self._number(QSpinBox() if isinstance(self.default, int) else QDoubleSpinBox())
        line = QLineEdit()
        line.editingFinished.connect(lambda: tell(line.text()))
        line.setMinimumWidth(CONTROL_WIDTH)
        return line

    def _number(self, box: QSpinBox | QDoubleSpinBox) -> QSpinBox | QDoubleSpinBox:
        box.setRange(self._limits.get("low", 0), self._limits.get("high", 1_000_000))
        box.setSuffix(tr(self._words.unit))
        box.setSpecialValueText(tr(self._words.lowest))
        box.setGroupSeparatorShown(True)
        # A number is a change when it is typed to its end, and not digit by digit.
        box.setKeyboardTracking(False)
        box.setMinimumWidth(CONTROL_WIDTH)
        style.indent(box)
        if isinstance(box, QDoubleSpinBox):
            box.setDecimals(1)
            box.setSingleStep(0.5)
        box.valueChanged.connect(partial(self.changed.emit, self.name))
        return box
