"""The scenes of the shoot, one line each: going to one, or showing it alone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.scenes import Scene, scenes
from desktop.session import Session
from desktop.style import TONE
from desktop.thumbnails import ThumbnailLoader
from desktop.views.cell import fitted
from engine.types import Card

SceneRole = Qt.ItemDataRole.UserRole + 1
"""-> Scene"""
CoverRole = Qt.ItemDataRole.UserRole + 2
"""-> Card"""
ToldRole = Qt.ItemDataRole.UserRole + 3
"""-> str: what is counted of it"""
ROW = 52
PICTURE = QSize(60, 44)
RENEW_MS = 300
MARGIN = 20
"""Scenes beyond those on the screen whose pictures are fetched as well."""
_NO_PARENT = QModelIndex()


class SceneList(QAbstractListModel):
    """Scenes as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.scenes: list[Scene] = []
        self.covers: list[Card] = []
        self._stars_keep = False

    def show_scenes(self, found: list[Scene], covers: list[Card], *, stars_keep: bool) -> None:
        """Show these; where only their counts changed, no row goes. With `stars_keep` not only picks are keepers."""
        self._stars_keep = stars_keep
        if [scene.name for scene in found] == [scene.name for scene in self.scenes]:
            self.scenes, self.covers = found, covers
            if found:
                self.dataChanged.emit(self.index(0), self.index(len(found) - 1))
            return
        self.beginResetModel()
        self.scenes, self.covers = found, covers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.scenes)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.scenes):
            return None
        scene = self.scenes[index.row()]
        if role == SceneRole:
            return scene
        if role == CoverRole:
            return self.covers[index.row()]
        if role == ToldRole:
            return told(scene, stars_keep=self._stars_keep)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{title(scene)}. {when(scene)}. {told(scene, stars_keep=self._stars_keep)}"
        return None


class ScenePainter(QStyledItemDelegate):
    """A picture, the number, the time, and how many photos, keepers and open ones."""

    def __init__(self, thumbnails: ThumbnailLoader, view: QListView) -> None:
        super().__init__(view)
        self._thumbnails, self._view = thumbnails, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        scene = index.data(SceneRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current:
            painter.fillRect(rect, QColor(TONE.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(TONE.cell))
        area = QRect(rect.left() + 8, rect.top() + 4, PICTURE.width(), PICTURE.height())
        pixmap: QPixmap | None = self._thumbnails.pixmap(index.data(CoverRole))
        if pixmap is None or pixmap.isNull():
            painter.fillRect(area, QColor(TONE.panel))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(fitted(pixmap.size(), area), pixmap)
        text = QRect(area.right() + 10, rect.top() + 6, rect.right() - area.right() - 16, 20)
        self._line(painter, text, title(scene), when(scene), TONE.white if is_current else TONE.text)
        self._line(painter, text.translated(0, 20), index.data(ToldRole), "", TONE.muted)
        if is_current and self._view.hasFocus():
            painter.setPen(QColor(TONE.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, left: str, right: str, tone: str) -> None:
        metrics = painter.fontMetrics()
        room = rect.width() - (metrics.horizontalAdvance(right) + 8 if right else 0)
        painter.setPen(QColor(tone))
        aligned = Qt.AlignmentFlag.AlignVCenter
        elided = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, int(aligned | Qt.AlignmentFlag.AlignLeft), elided)
        if right:
            painter.setPen(QColor(TONE.muted))
            painter.drawText(rect, int(aligned | Qt.AlignmentFlag.AlignRight), right)


class ScenesPanel(QWidget):
    """Click, or an arrow key, goes to the best photo of a scene; with "Only this scene" the others are hidden."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._model, self._place, self._thumbnails = session.model, session.place, session.thumbnails
        self._preferences = session.preferences
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.only = QCheckBox(self.tr("Only this scene"))
        self.only.setToolTip(self.tr("Hide the photos of other scenes"))
        self.only.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.only.clicked.connect(self._ask)
        self.list = SceneList()
        self.view = QListView()
        self.view.setModel(self.list)
        self.view.setItemDelegate(ScenePainter(self._thumbnails, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("Scenes"))
        self.view.clicked.connect(self._go)
        self.view.selectionModel().currentChanged.connect(self._go_by_key)
        self.view.verticalScrollBar().valueChanged.connect(self._want)
        self.hint = QLabel()
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        for widget in (self.only, self.hint, self.view):
            column.addWidget(widget)
        column.setStretch(2, 1)
        self._renewing = QTimer(self, singleShot=True, interval=RENEW_MS)
        self._renewing.timeout.connect(self.renew)
        for signal in (self._model.counted, self._model.layoutChanged, self._model.modelReset):
            signal.connect(self._renew_soon)
        self._preferences.changed.connect(self._renew_soon)
        self._thumbnails.arrived.connect(self.view.viewport().update)
        self._model.arranged.connect(self._show_asked)

    def stop(self) -> None:
        """End the timer."""
        self._renewing.stop()

    @Slot()
    def renew(self) -> None:
        """Show the scenes there are now, and the one that the active photo is in."""
        if not self.isVisible():
            return
        stars = self._preferences.settings.keeper_stars
        found = scenes(self._model.columns, stars)
        cards = self._model.cards() if found else ()
        self.list.show_scenes(found, [cards[scene.cover] for scene in found], stars_keep=stars > 0)
        self._follow(self._place.active)
        self.view.setVisible(bool(found))
        self.only.setVisible(bool(found))
        self.hint.setVisible(not found)
        self.hint.setText(self.tr("Scenes are known once the shoot is ranked: photos of one place and time."))
        self._want()

    @Slot()
    def follow(self) -> None:
        """Another photo is active: its scene is."""
        if self.isVisible() and not self.view.hasFocus():
            self._follow(self._place.active)

    def _follow(self, card: Card | None) -> None:
        name = None if card is None else card.scene
        row = next((row for row, scene in enumerate(self.list.scenes) if scene.name == name), None)
        if row is not None and row != self.view.currentIndex().row():
            self.view.selectionModel().blockSignals(True)
            self.view.setCurrentIndex(self.list.index(row))
            self.view.selectionModel().blockSignals(False)
            self.view.scrollTo(self.list.index(row))
            self.view.viewport().update()

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        scene = index.data(SceneRole)
        if not isinstance(scene, Scene):
            return
        if self.only.isChecked():
            self._ask()
        for card in self._in_order(scene):
            if self._place.reveal(card.path):
                return

    @Slot(QModelIndex, QModelIndex)
    def _go_by_key(self, index: QModelIndex, _previous: QModelIndex) -> None:
        if self.view.hasFocus():
            self._go(index)

    @Slot()
    def _ask(self) -> None:
        scene = self.view.currentIndex().data(SceneRole)
        wanted = frozenset({scene.name}) if self.only.isChecked() and isinstance(scene, Scene) else frozenset()
        self._model.set_filter(replace(self._model.filter, scenes=wanted))

    @Slot()
    def _show_asked(self) -> None:
        self.only.setChecked(bool(self._model.filter.scenes))

    def _in_order(self, scene: Scene) -> list[Card]:
        """Its photos, the best one first."""
        cards = self._model.cards()
        found = [cards[index] for index in self._model.columns.scene.where(scene.name)]
        return sorted(found, key=lambda card: (card.rank is None, card.rank or 0))

    @Slot()
    def _renew_soon(self) -> None:
        if self.isVisible() and not self._renewing.isActive():
            self._renewing.start()

    @Slot()
    def _want(self) -> None:
        """Have the pictures of the scenes on the screen fetched."""
        if not self.isVisible() or not self.list.scenes:
            return
        top = max(self.view.indexAt(self.view.rect().topLeft()).row(), 0)
        count = self.view.height() // ROW + 2 + MARGIN
        self._thumbnails.want(self.list.covers[top : top + count], by="ScenesPanel")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.renew()


def title(scene: Scene) -> str:
    """ "Scene 3" """
    return _tr("Scene {}").format(scene.number)


def when(scene: Scene) -> str:
    """ "14:02 \N{EN DASH} 14:20" """
    first, last = f"{scene.first:%H:%M}", f"{scene.last:%H:%M}"
    return first if first == last else f"{first}\N{EN DASH}{last}"


def told(scene: Scene, *, stars_keep: bool) -> str:
    """ "40 photos, 3 picked, 12 open"; "3 kept" where stars keep as well."""
    photos = _tr("%Ln photos", scene.photos)
    parts = [photos]
    if scene.keepers:
        parts.append(_tr("%Ln kept", scene.keepers) if stars_keep else _tr("%Ln picked", scene.keepers))
    parts.append(_tr("%Ln open", scene.undecided) if scene.undecided else _tr("decided"))
    return ", ".join(parts)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("scenes", text, None, count)
