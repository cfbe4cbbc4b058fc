"""The page of the keys: every action with its keys, other ones for it, and what that would take from whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.keys_editor import KeysEditor
from desktop.dialogs.keys_question import KeysQuestion
from desktop.keymap import Entry, KeyMap, everywhere, written
from desktop.keymap_presets import PRESETS
from desktop.panels.section import labelled
from engine.errors import StoreError

NAME = Qt.ItemDataRole.UserRole


class KeysPage(QWidget):
    """What is pressed here holds at once. Who would lose a key is named and asked about first."""

    def __init__(self, keymap: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._items: dict[str, QTreeWidgetItem] = {}
        self.preset = QComboBox()
        self.preset.setAccessibleName(self.tr("Keys as in"))
        for name, preset in PRESETS.items():
            self.preset.addItem(preset.title, name)
        self.preset.activated.connect(self._choose)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search actions and keys"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.note = labelled("", "muted", self.tr("What is as in that program"))
        self.note.setWordWrap(True)
        self.actions_list = self._make_list()
        self.editor = KeysEditor()
        self.editor.wanted.connect(self._bind)
        self.editor.reset.clicked.connect(self._reset)
        self.question = KeysQuestion()
        self.reset_all = QPushButton(self.tr("Reset &all…"))
        self.reset_all.setAutoDefault(False)
        self.reset_all.clicked.connect(self._reset_all)
        self._lay_out()
        self._fill()
        self._show()
        keymap.changed.connect(self._show)

    # Building

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([self.tr("Action"), self.tr("Keys"), self.tr("Yours")])
        tree.setAccessibleName(self.tr("Actions and their keys"))
        # Rows take their height from the first one, which has to have the style sheet's by then.
        tree.ensurePolished()
        tree.setUniformRowHeights(True)
        tree.setIndentation(14)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.setColumnWidth(1, 250)
        tree.setColumnWidth(2, 90)
        tree.currentItemChanged.connect(self._show_chosen)
        tree.itemActivated.connect(self._edit)
        return tree

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Keys as &in"))
        label.setBuddy(self.preset)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(label)
        top.addWidget(self.preset)
        top.addWidget(self.search, 1)
        top.addWidget(self.reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.actions_list, 1)
        column.addWidget(self.editor)
        column.addWidget(self.question)

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for entry in self._keymap.entries.values():
            if entry.group not in groups:
                groups[entry.group] = group = QTreeWidgetItem([entry.group])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                group.setFirstColumnSpanned(True)
                self.actions_list.addTopLevelItem(group)
            item = QTreeWidgetItem([entry.text])
            item.setData(0, NAME, entry.name)
            groups[entry.group].addChild(item)
            self._items[entry.name] = item
        self.actions_list.expandAll()

    # What is shown

    @property
    def chosen(self) -> Entry | None:
        """The action whose keys are being changed."""
        item = self.actions_list.currentItem()
        name = None if item is None else item.data(0, NAME)
        return None if name is None else self._keymap.entries[name]

    def choose(self, name: str) -> None:
        """Turn to an action."""
        self.actions_list.setCurrentItem(self._items[name])

    @Slot()
    def _show(self) -> None:
        keymap = self._keymap
        for name, item in self._items.items():
            item.setText(1, _joined(keymap.keys(name)))
            item.setText(2, self.tr("changed") if keymap.is_own(name) else "")
        self.preset.setCurrentIndex(self.preset.findData(keymap.preset))
        self.note.setText(PRESETS[keymap.preset].explained)
        self.reset_all.setEnabled(keymap.own > 0)
        self._filter()
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        self.question.dismiss()
        entry = self.chosen
        if entry is None:
            self.editor.show_nothing()
        else:
            keys, reset = self._keymap.keys(entry.name), self._keymap.preset_keys(entry.name)
            self.editor.show_keys(f"{entry.group}: {entry.text}", keys, can_reset=keys != reset)

    @Slot()
    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        for name, item in self._items.items():
            entry = self._keymap.entries[name]
            said = f"{entry.group} {entry.text} {item.text(1)} {item.text(2)}".casefold()
            item.setHidden(not all(word in said for word in words))
        for row in range(self.actions_list.topLevelItemCount()):
            group = self.actions_list.topLevelItem(row)
            if group is not None:
                children = (group.child(child) for child in range(group.childCount()))
                group.setHidden(all(child is None or child.isHidden() for child in children))

    @Slot()
    def _edit(self) -> None:
        if self.chosen is not None:
            self.editor.edits[0].setFocus()

    # What is changed

    @Slot(object)
    def _bind(self, keys: Sequence[str]) -> None:
        entry = self.chosen
        if entry is not None and tuple(keys) != self._keymap.keys(entry.name):
            self._ask_for(entry, keys, partial(self._keymap.bind, entry.name, keys))

    @Slot()
    def _reset(self) -> None:
        entry = self.chosen
        if entry is not None:
            keys = self._keymap.preset_keys(entry.name)
            self._ask_for(entry, keys, partial(self._keymap.reset, entry.name))

    @Slot()
    def _reset_all(self) -> None:
        count = self._keymap.own
        lost = self.tr("%Ln changes of yours", None, count)
        title = PRESETS[self._keymap.preset].title
        words = self.tr("Have all keys as in {}? {} would be forgotten.").format(title, lost)
        self.question.ask(words, self.tr("Reset all"), partial(self._do, self._keymap.reset_all), self._show_chosen)

    @Slot()
    def _choose(self) -> None:
        self._do(partial(self._keymap.use, self.preset.currentData()))

    def _ask_for(self, entry: Entry, keys: Sequence[str], act: Callable[[], None]) -> None:
        """Do it, where nobody loses anything by it."""
        new = [key for key in keys if key not in self._keymap.keys(entry.name)]
        losses = [sentence for key in new for sentence in self._losses(entry, key)]
        if losses:
            words = self.tr("Give {} to “{}”?").format(_joined(new), entry.text)
            take, leave = self.tr("Take it"), self._show_chosen
            self.question.ask("\n".join([*losses, words]), take, partial(self._do, act), leave)
        else:
            self._do(act)

    def _losses(self, entry: Entry, key: str) -> list[str]:
        """Who would lose a key, and what each has left; and what the key does in every view."""
        sentences = []
        for holder in self._keymap.holders(key, but=entry.name):
            rest = [other for other in self._keymap.keys(holder.name) if other != key]
            left = self.tr("which keeps {}").format(_joined(rest)) if rest else self.tr("which then has no key")
            sentences.append(self.tr("{} is the key of “{}”, {}.").format(written(key), holder.text, left))
        words = everywhere(key)
        if words is not None and key not in entry.usual:
            sentences.append(
                self.tr("{} {}: where “{}” is possible, it no longer does.").format(written(key), words, entry.text)
            )
        return sentences

    def _do(self, act: Callable[[], None]) -> None:
        """The keys hold even where they cannot be saved, which is then said."""
        try:
            act()
        except StoreError as error:
            self.question.tell(str(error))


def _joined(keys: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(written(key) for key in keys))
