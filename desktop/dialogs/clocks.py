"""The clocks of the cameras of a shoot: what each is corrected by, by hand or by two photos of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.cards import CardModel
from desktop.dialogs.offset import OffsetEditor
from desktop.filters import SortKey
from desktop.language import QT_TRANSLATE_NOOP, grouped
from desktop.panels.section import labelled, set_role
from desktop.place import Place
from desktop.thumbnails import ThumbnailLoader
from desktop.views.filmstrip import FilmstripView
from desktop.views.wording import file_name, format_offset
from engine.judge import clock
from engine.store.decisions import LONGEST_OFFSET
from engine.types import Card

COLUMNS = (
    QT_TRANSLATE_NOOP("clocks", "Camera"),
    QT_TRANSLATE_NOOP("clocks", "Photos"),
    QT_TRANSLATE_NOOP("clocks", "Correction"),
    QT_TRANSLATE_NOOP("clocks", "First photo"),
)
TIME = "%Y-%m-%d %H:%M:%S"


class BodyStrip(QWidget):
    """The photos of one body in order of time, one of them chosen."""

    chosen = Signal()

    def __init__(self, name: str, thumbnails: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.model = CardModel(thumbnails, self)
        self.model.scores_hidden = True
        selection = QItemSelectionModel(self.model, self)
        self.place = Place(self.model, selection, self)
        self.strip = FilmstripView(self.model, selection, thumbnails)
        self.strip.setObjectName(name)
        self.strip.setAccessibleName(name)
        self.caption = labelled("", "muted", name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.strip)
        column.addWidget(self.caption)
        selection.currentChanged.connect(self._say)

    def show_photos(self, cards: Sequence[Card]) -> None:
        """Show these in place of the ones before, the first one chosen."""
        self.model.load(cards, {})
        self.model.arrange(SortKey.TIME)
        self.place.go(0)
        self._say()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self.strip.close_view()
        self._thumbnails.want([], by=self.strip.objectName())

    @Slot()
    def _say(self) -> None:
        card = self.place.active
        time = None if card is None else card.metadata.captured
        self.caption.setText("" if card is None or time is None else f"{file_name(card)}, {time.strftime(TIME)}")
        self.chosen.emit()


class ClocksDialog(QDialog):
    """Nothing is changed until Apply: what would change is said below."""

    applied = Signal(object)
    """dict[str, timedelta]: the corrections that are other than before, by body."""

    def __init__(
        self,
        cards: Sequence[Card],
        offsets: Mapping[str, timedelta],
        thumbnails: ThumbnailLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Camera clocks"))
        self.resize(860, 640)
        self._photos = _by_body(cards)
        self._before = {body: offsets.get(body, timedelta(0)) for body in self._photos}
        self.offsets = dict(self._before)
        self._nameless = sum(clock.body(card.metadata) is None for card in cards)
        self._build(thumbnails)
        self._lay_out()
        self._fill()
        self._show_preview()
        second = self.bodies.topLevelItem(min(1, len(self._photos) - 1))
        if second is not None:
            self.bodies.setCurrentItem(second)

    @property
    def body(self) -> str | None:
        """The body whose clock is being set."""
        item = self.bodies.currentItem()
        return None if item is None else str(item.data(0, Qt.ItemDataRole.UserRole))

    # Building

    def _build(self, thumbnails: ThumbnailLoader) -> None:
        text = self.tr(
            "Cameras whose clocks disagree tear moments apart. A correction is added to the times that a camera wrote, "
            "in Chinagraph only: no file is changed."
        )
        self.intro = labelled(text, "muted", self.tr("About clocks"))
        self.intro.setWordWrap(True)
        self.bodies = QTreeWidget()
        # Rows that come before the style sheet would stay too low for it.
        self.bodies.ensurePolished()
        self.bodies.setHeaderLabels([QCoreApplication.translate("clocks", column) for column in COLUMNS])
        self.bodies.setRootIsDecorated(False)
        self.bodies.setMaximumHeight(150)
        self.bodies.setAccessibleName(self.tr("Cameras of this shoot"))
        self.bodies.currentItemChanged.connect(self._show_body)
        self.editor = OffsetEditor()
        self.editor.changed.connect(self._take_typed)
        self.reference = QComboBox()
        self.reference.setAccessibleName(self.tr("Camera whose clock is right"))
        self.reference.activated.connect(self._show_reference)
        self.right = BodyStrip(self.tr("Photos of the right clock"), thumbnails)
        self.wrong = BodyStrip(self.tr("Its photos"), thumbnails)
        self.match = QPushButton(self.tr("These two are of one moment"))
        self.match.setAutoDefault(False)
        self.match.clicked.connect(self._match)
        self.preview = labelled("", "value", self.tr("What would change"))
        self.preview.setWordWrap(True)
        self.preview.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reset = QPushButton(self.tr("No correction"))
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(partial(self._set_offset, timedelta(0)))
        self.apply = QPushButton(style.icon("clock"), self.tr("Apply and group anew"))
        self.apply.setProperty("role", "main")
        self.apply.setAutoDefault(False)
        self.apply.clicked.connect(self._apply)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        by_hand = QHBoxLayout()
        by_hand.addWidget(self.editor, 1)
        by_hand.addWidget(self.reset)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(14)
        self.heading = labelled("", "strong", self.tr("Camera"))
        form.addRow(self.heading)
        form.addRow(self.tr("By hand"), by_hand)
        form.addRow(self.tr("Or match with"), self.reference)
        form.addRow("", self.right)
        form.addRow(self.tr("and one of its own"), self.wrong)
        matching = QHBoxLayout()
        matching.addWidget(self.match)
        matching.addStretch(1)
        form.addRow("", matching)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.intro)
        column.addWidget(self.bodies)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.preview)
        column.addLayout(buttons)

    def _fill(self) -> None:
        for body, photos in self._photos.items():
            item = QTreeWidgetItem([body, grouped(len(photos)), "", ""])
            item.setData(0, Qt.ItemDataRole.UserRole, body)
            self.bodies.addTopLevelItem(item)
            self.reference.addItem(body)
        self._show_offsets()
        self.bodies.resizeColumnToContents(0)
        self.bodies.setColumnWidth(0, self.bodies.columnWidth(0) + 24)

    # What is shown

    @Slot()
    def _show_body(self) -> None:
        body = self.body
        if body is None:
            return
        self.heading.setText(self.tr("The clock of {}").format(body))
        self.editor.show_offset(self.offsets[body])
        self.wrong.show_photos(self._photos[body])
        if self.reference.currentText() == body:
            others = [other for other in self._photos if other != body]
            self.reference.setCurrentText(others[0] if others else body)
        for widget in (self.reference, self.right, self.wrong, self.match):
            widget.setEnabled(len(self._photos) > 1)
        self._show_reference()

    @Slot()
    def _show_reference(self) -> None:
        body = self.reference.currentText()
        self.right.show_photos(clock.corrected(self._photos[body], self.offsets))
        self._show_preview()

    def _show_offsets(self) -> None:
        for row, (body, photos) in enumerate(self._photos.items()):
            item = self.bodies.topLevelItem(row)
            times = [card.metadata.captured for card in photos if card.metadata.captured is not None]
            first = min(times) + self.offsets[body] if times else None
            if item is not None:
                item.setText(2, format_offset(self.offsets[body]))
                item.setText(3, self.tr("no time") if first is None else first.strftime(TIME))

    def _show_preview(self, mistake: str = "") -> None:
        changes = self.changes()
        lines = [self._change(body) for body in changes]
        if changes:
            lines.append(self.tr("Bursts, scenes and the order of time are found anew. Groups made by hand stay."))
        elif self._nameless:
            lines.append(self.tr("Photos that do not say which camera took them: {}").format(self._nameless))
        set_role(self.preview, "warning" if mistake else "value")
        self.preview.setText(mistake or "\n".join(lines) or self.tr("Nothing changes."))
        self.apply.setEnabled(bool(changes) and not mistake)

    def _change(self, body: str) -> str:
        """ "21 photos of Acme 2: correction 0:00:00 becomes +1:00:00" """
        before, after = format_offset(self._before[body]), format_offset(self.offsets[body])
        count = len(self._photos[body])
        return self.tr("%Ln photos of {}: correction {} becomes {}", None, count).format(body, before, after)

    # What is done

    def changes(self) -> dict[str, timedelta]:
        """The corrections that are other than before."""
        return {body: offset for body, offset in self.offsets.items() if offset != self._before[body]}

    @Slot()
    def _take_typed(self) -> None:
        if self.body is not None:
            self.offsets[self.body] = self.editor.offset
            self._show_offsets()
            self._show_preview()

    def _set_offset(self, offset: timedelta, _checked: bool = False) -> None:
        if self.body is not None:
            self.editor.show_offset(offset)
            self._take_typed()

    @Slot()
    def _match(self) -> None:
        right, wrong = self.right.place.active, self.wrong.place.active
        if right is None or wrong is None:
            return
        try:
            offset = clock.matched(right, wrong)
        except ValueError as error:
            self._show_preview(str(error))
            return
        if abs(offset) < LONGEST_OFFSET:
            self._set_offset(offset)
        else:
            words = self.tr("A clock cannot be wrong by {}. Choose two photos of one moment.")
            self._show_preview(words.format(format_offset(offset)))

    @Slot()
    def _apply(self) -> None:
        self.applied.emit(self.changes())
        self.accept()

    def done(self, result: int) -> None:
        for strip in (self.right, self.wrong):
            strip.stop()
        super().done(result)


def _by_body(cards: Sequence[Card]) -> dict[str, list[Card]]:
    """The photos of each body that EXIF names, the body with most of them first."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        body = clock.body(card.metadata)
        if body is not None and card.error is None:
            found.setdefault(body, []).append(card)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
