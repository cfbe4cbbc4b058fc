"""What stands in the middle while there is no photo to show: why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import style
from desktop.style import TONE

ICON = 56
HINT_WIDTH = 420


class EmptyPanel(QWidget):
    """An icon, a title, a sentence, the button that opens a folder, and at first the one for the sample shoot."""

    def __init__(
        self, open_folder: QAction, open_sample: QAction, retry: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self.title, self.hint = QLabel(), QLabel(), QLabel()
        self.title.setFont(style.font_of(self.font(), self.font().pointSizeF() + 5, bold=True))
        self.hint.setProperty("role", "muted")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setFixedWidth(HINT_WIDTH)
        self.hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(style.icon("folder"), self.tr("Open folder…"))
        self.button.setAccessibleName(self.tr("Open folder"))
        self.button.setDefault(True)
        self.button.clicked.connect(open_folder.trigger)
        self.sample = QPushButton(self.tr("Try the sample shoot"))
        self.sample.setToolTip(self.tr("Photos with bursts and flaws, made on this machine in some seconds"))
        self.sample.clicked.connect(open_sample.trigger)
        self.retry = QPushButton(style.icon("retry"), self.tr("Retry"))
        self.retry.setToolTip(self.tr("Look for the folder once more"))
        self.retry.clicked.connect(retry.trigger)
        self.setFocusProxy(self.button)
        self.below: QWidget | None = None
        self._has_more: Callable[[], bool] = bool
        self._column = QVBoxLayout(self)
        self._lay_out()

    def add_below(self, widget: QWidget, has_more: Callable[[], bool]) -> None:
        """Something to go on with, where no shoot is open; shown while `has_more` says that there is something."""
        self.below, self._has_more = widget, has_more
        widget.setFixedWidth(HINT_WIDTH)
        self._column.insertWidget(self._column.count() - 1, widget, 1, Qt.AlignmentFlag.AlignHCenter)

    def _lay_out(self) -> None:
        column = self._column
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._icon, self.title, self.hint, self.retry, self.button, self.sample):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_welcome(self) -> None:
        """No shoot is open."""
        self._show(
            "folder",
            self.tr("Open a shoot"),
            self.tr("Drop one or more folders here, or choose one. Your photos are only read, never changed."),
            goes_on=True,
        )
        self.sample.show()

    def show_reading(self) -> None:
        """The folders are being listed."""
        self._show("folder", self.tr("Reading the folder…"), "")

    def show_no_photos(self, videos: int, problems: tuple[str, ...]) -> None:
        """The folders hold nothing that Chinagraph shows."""
        sentences = [self.tr("Neither the folder nor its subfolders hold a JPEG, HEIC, TIFF, PNG or RAW file.")]
        if videos:
            sentences.append(self.tr("%Ln videos are left out: Chinagraph shows photos only.", None, videos))
        self._show("photo", self.tr("No photos here"), "\n".join([*sentences, *problems]))

    def show_error(self, sentence: str) -> None:
        """The folders cannot be shown."""
        self._show("unreadable", self.tr("This cannot be opened"), sentence, goes_on=True)
        self.retry.show()

    def _show(self, icon: str, title: str, hint: str, *, goes_on: bool = False) -> None:
        if self.below is not None:
            self.below.setVisible(goes_on and self._has_more())
        self._icon.setPixmap(style.glyph(icon, ICON, TONE.handle, self.devicePixelRatioF()))
        self.sample.hide()
        self.retry.hide()
        self.title.setText(title)
        self.hint.setText(hint)
        # A layout that centres a label does not ask it how high it is when wrapped.
        self.hint.setFixedHeight(self.hint.heightForWidth(HINT_WIDTH))
        self.hint.setVisible(bool(hint))
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
