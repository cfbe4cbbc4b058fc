"""The model packs: which are installed, which one scores, what it is, what it runs on and how fast."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import pack_runs, style
from desktop.dialogs.models_detail import PackDetail
from desktop.errand import Errand
from desktop.language import decimal
from desktop.pack_runs import Going, Measured, Verified
from desktop.session import Session
from desktop.style import TONE
from engine.errors import PackError
from engine.models import packs
from engine.models.pack import Pack

LIST_WIDTH = 240


class ModelsDialog(QDialog):
    """Stays open beside the work. One errand at a time: verifying or measuring, each can be cancelled."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._busy_with: Path | None = None
        self._errand = Errand(self)
        self._errand.stepped.connect(self._take)
        self._errand.failed.connect(self._tell)
        self._errand.ended.connect(self._end)
        self.setWindowTitle(self.tr("Model packs"))
        self.resize(960, 640)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Installed model packs"))
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.currentRowChanged.connect(self._show_current)
        self.detail = PackDetail()
        self.use = self._button(self.tr("&Use this pack"), "check", self._use)
        self.verify = self._button(self.tr("&Verify files"), "retry", self._verify)
        self.measure = self._button(self.tr("&Measure speed"), "clock", self._measure)
        self.cancel = self._button(self.tr("&Cancel"), "stop", self._errand.cancel)
        self.dismiss = self._button(self.tr("C&lose"), None, self.close)
        self._lay_out()
        session.device_found.connect(self._show_current)
        session.opened.connect(self._show_current)
        self.fill()

    def _button(self, text: str, icon: str | None, act: object) -> QPushButton:
        button = QPushButton(text) if icon is None else QPushButton(style.icon(icon), text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.use, self.measure, self.verify, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.dismiss)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.detail, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addLayout(right, 1)

    # What is shown

    @property
    def folder(self) -> Path | None:
        """The pack that is shown."""
        item = self.list.currentItem()
        return None if item is None else Path(item.data(Qt.ItemDataRole.UserRole))

    def fill(self) -> None:
        """List what is installed; the pack in use is shown, also where it is not there any more."""
        used = self._session.packs.folder
        found = packs.folders(self._session.home)
        folders = found if used in found else [used, *found]
        self.list.blockSignals(True)
        self.list.clear()
        for folder in folders:
            self.list.addItem(self._item(folder, folder == used))
        self.list.setCurrentRow(folders.index(used))
        self.list.blockSignals(False)
        self._show_current()

    def _item(self, folder: Path, in_use: bool) -> QListWidgetItem:
        try:
            pack = Pack.open(folder)
        except PackError:
            sign = style.icon("unreadable", TONE.warning)
            item = QListWidgetItem(sign, f"{folder.name}\n{self.tr('cannot be used')}")
        else:
            state = self.tr("in use") if in_use else self.tr("installed")
            name = "check" if in_use else "models"
            item = QListWidgetItem(style.icon(name), f"{pack.name} {pack.version}\n{state}")
        item.setData(Qt.ItemDataRole.UserRole, folder)
        return item

    @Slot()
    def _show_current(self) -> None:
        folder = self.folder
        if folder is not None:
            is_used = folder == self._session.packs.folder
            self.detail.show_pack(folder, self._session.packs.device if is_used else None, is_used=is_used)
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_busy, shoot = self._errand.is_running, self._session.shoot
        works = self.detail.pack is not None
        self.use.setEnabled(works and not is_busy and self.folder != self._session.packs.folder)
        self.verify.setEnabled(works and not is_busy)
        has_photos = shoot is not None and bool(shoot.photos)
        self.measure.setEnabled(works and not is_busy and has_photos)
        hint = "" if has_photos else self.tr("Open a shoot first: its photos are what is measured on.")
        self.measure.setToolTip(hint)
        self.cancel.setVisible(is_busy)

    # What is done

    @Slot()
    def _use(self) -> None:
        folder = self.folder
        if folder is not None:
            self._session.cancel()
            self._session.packs.take(folder)
            self._session.preferences.change(pack=packs.name_of(folder))
            self._session.retry()
            self.fill()

    @Slot()
    def _verify(self) -> None:
        folder = self.folder
        if folder is not None:
            self._begin(folder, self.tr("Comparing every file with what was published…"))
            self._errand.start(partial(pack_runs.verifying, folder))
            self._show_buttons()

    @Slot()
    def _measure(self) -> None:
        folder, shoot = self.folder, self._session.shoot
        if folder is not None and shoot is not None:
            slower = self.tr(" Scoring goes on beside it and makes it slower.") if self._session.is_running else ""
            self._begin(folder, self.tr("Scoring some photos of this shoot…") + slower)
            self._errand.start(partial(pack_runs.measuring, folder, shoot, self._session.settings))
            self._show_buttons()

    def _begin(self, folder: Path, sentence: str) -> None:
        self._busy_with = folder
        self.detail.show_going(sentence, 0, 0)

    @Slot(object)
    def _take(self, step: Going | Verified | Measured) -> None:
        if isinstance(step, Going):
            self.detail.show_going(None, step.done, step.total)
            return
        if isinstance(step, Verified):
            self.detail.show_outcome(
                self.tr("Every one of the {} files is as it was published ({} MB).").format(
                    step.files, decimal(step.bytes / 1e6)
                )
            )
            return
        if self.folder == self._busy_with:
            self.detail.show_device(step.device)
        self.detail.show_outcome(
            self.tr("{} photos a second: {} photos in {} s on {}, from the disk to ranked.").format(
                decimal(step.rate), step.photos, decimal(step.seconds), step.device.name
            )
        )

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.detail.show_outcome(sentence, is_bad=True)

    @Slot()
    def _end(self) -> None:
        self._busy_with = None
        self.detail.end_going(self.tr("Cancelled."))
        self._show_buttons()

    def done(self, result: int) -> None:
        """Leave no thread behind."""
        self._errand.stop()
        super().done(result)
