"""Boxes to tick, each with the number of photos it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.language import grouped
from desktop.views.wording import literal

BOX = 26
"""What the indicator of a box and its margin take, device-independent pixels."""


ROW = 18
"""What one takes with an icon and without, so that lists of both have one rhythm."""


class Choice(QWidget):
    """A box to tick, with the number of photos it stands for. A long name is cut in its middle; its tip is whole."""

    def __init__(self, text: str, toggled: Callable[[], None], icon: QIcon | None = None) -> None:
        super().__init__()
        self._text = text
        self.box = QCheckBox(literal(text))
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._icon_width = 0
        if icon is not None:
            self.box.setIcon(icon)
            self._icon_width = self.box.iconSize().width() + 4
        self.box.clicked.connect(toggled)
        self._shown_count: int | None = None
        self._count = QLabel("0")
        self._count.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        self.setMinimumHeight(ROW)
        row.addWidget(self.box, 1)
        row.addWidget(self._count)

    @property
    def is_on(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_on(self, on: bool) -> None:
        """Tick it, or not, without acting."""
        blocker = QSignalBlocker(self.box)
        self.box.setChecked(on)
        blocker.unblock()

    def show_count(self, count: int) -> None:
        """Show how many photos it stands for."""
        if count == self._shown_count:
            return
        self._shown_count = count
        self._count.setText(grouped(count))
        self.box.setAccessibleName(f"{self._text}, {grouped(count)}")
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - self._count.sizeHint().width() - self._icon_width - BOX
        shown = self.box.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, max(room, 24))
        self.box.setText(literal(shown))
        self.box.setToolTip("" if shown == self._text else self._text)


class NameChoices(QWidget):
    """One box for each name that photos have: cameras, lenses, folders. Boxes come and go with the names."""

    def __init__(self, title: str, toggled: Callable[[], None]) -> None:
        super().__init__()
        self._toggled = toggled
        self.boxes: dict[str, Choice] = {}
        self.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        if title:
            heading = QLabel(title)
            heading.setProperty("role", "muted")
            self._column.addWidget(heading)

    @property
    def chosen(self) -> frozenset[str]:
        """The names that are ticked."""
        return frozenset(name for name, choice in self.boxes.items() if choice.is_on)

    def show_chosen(self, names: frozenset[str]) -> None:
        """Tick these."""
        for name, choice in self.boxes.items():
            choice.set_on(name in names)

    def show_counts(self, counts: Mapping[str, int], called: Mapping[str, str], chosen: frozenset[str]) -> None:
        """A box for each name with its number of photos; `called` is what people call it, where that differs."""
        if self.boxes.keys() != counts.keys():
            for choice in self.boxes.values():
                self._column.removeWidget(choice)
                choice.deleteLater()
            names = sorted(counts, key=lambda name: called.get(name, name).lower())
            self.boxes = {name: Choice(called.get(name, name), self._toggled) for name in names}
            for choice in self.boxes.values():
                self._column.addWidget(choice)
            self.show_chosen(chosen)
        for name, count in counts.items():
            self.boxes[name].show_count(count)
