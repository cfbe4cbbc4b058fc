"""Compare: two to six photos side by side, which zoom and move as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.cards import DECIDED
from desktop.language import decimal
from desktop.lineup import MOST, Lineup
from desktop.pixels import LIMIT_BYTES, PictureLoader
from desktop.style import TONE
from desktop.thumbnails import ThumbnailLoader
from desktop.views.arrangement import USUAL, arrange
from desktop.views.compare_pane import ComparePane
from desktop.views.information import DOT
from desktop.views.notice import paint_notice, spoken
from desktop.views.overlays import Overlays
from desktop.views.placing import Placing
from desktop.views.synced import Synced
from desktop.views.view_keys import HOLD, ZOOM, ViewKeys
from desktop.views.viewport import Viewport
from desktop.views.wording import describe_row, shown_name
from engine.judge import comparison
from engine.types import Card

COMPARE_BYTES = 640 << 20
"""What the pictures may take while they are compared: six of 24 megapixels."""
LEAST = 2
GAP = 4


class CompareView(QWidget):
    """Photos of the line-up. Left and Right go through them, with a champion through its challengers; Up and Down to
    the champion and back. Plus and minus: more of them, fewer. Z and Space: 100 % at the subject of each. Control with
    an arrow moves all, with Shift as well the active one alone; so does Shift and a drag.
    """

    closed = Signal()
    """Back to the grid: Escape."""
    opened = Signal()
    """The active photo shall be shown large: Enter."""
    shown_changed = Signal(object)
    """list[Card]: these stand on the screen."""

    def __init__(
        self,
        lineup: Lineup,
        thumbnails: ThumbnailLoader,
        pictures: PictureLoader,
        overlays: Overlays,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lineup, self.model = lineup, lineup.model
        self.thumbnails, self.pictures = thumbnails, pictures
        self.count = LEAST
        """Photos side by side, as far as there are so many."""
        self._placing = Placing()
        self._before_space: Synced | None = None
        self.keys = ViewKeys()
        self._flipped: tuple[Path, Path] | None = None
        self._message = ("", "")
        self.panes = [ComparePane(self.model, thumbnails, pictures, overlays, self) for _ in range(MOST)]
        for pane in self.panes:
            pane.hide()
            pane.pressed.connect(partial(self._press, pane))
            pane.moved.connect(partial(self._move, pane))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Compare"))
        overlays.changed.connect(self._refresh)
        lineup.entered.connect(self.begin)
        lineup.changed.connect(self._refresh)
        self.model.dataChanged.connect(self._look)
        pictures.arrived.connect(self._compare)

    # What is shown

    @property
    def cards(self) -> list[Card]:
        """The photos on the screen."""
        return [pane.card for pane in self._visible() if pane.card is not None]

    @property
    def active_pane(self) -> ComparePane | None:
        """The pane that a mark hits."""
        return next((pane for pane in self._visible() if pane.is_active), None)

    @property
    def synced(self) -> Synced:
        """How all photos lie that were not moved alone."""
        return self._placing.synced

    @property
    def alone(self) -> Mapping[Path, tuple[float, float]]:
        """Photos that were moved alone, and how far, as shares of each."""
        return self._placing.alone

    @property
    def is_flipping(self) -> bool:
        """Whether two photos take turns in one place."""
        return self._flipped is not None

    def set_message(self, title: str, hint: str = "") -> None:
        """What to say where there is no photo to show."""
        self._message = (title, hint)
        self._describe(self.lineup.active)
        self.update()

    # What can be done

    @Slot()
    def begin(self) -> None:
        """Show another line-up: as many photos as it asks for, fitted in."""
        self.count = self.lineup.first_count
        self._flipped, self._before_space = None, None
        self._placing.forget()
        self._refresh()

    def look_as(self, count: int, synced: Synced, alone: Mapping[Path, tuple[float, float]]) -> None:
        """So many photos side by side, as they lay at another time."""
        self.count = count
        self._placing.show(synced, alone)
        self._refresh()

    def show_count(self, count: int) -> None:
        """So many photos side by side, two to six."""
        self.count = min(max(count, LEAST), MOST)
        self._refresh()

    def toggle_zoom(self) -> None:
        """Fitted, 100 % at the subject of each, 200 %, and round again."""
        self._show(self._placing.synced.stepped())

    def next_face(self, step: int = 1) -> bool:
        """Go to the next face of the active photo, and to the same face's same eye in the others; False for none."""
        active = self.lineup.active
        if active is None or not self._placing.show_face(active, step):
            return False
        self._refresh()
        return True

    def flip(self) -> None:
        """Have the active photo and the champion, else the one beside it, take turns in one place."""
        active = self.lineup.active
        if active is None:
            return
        if self._flipped is None or active.path not in self._flipped:
            other = self._opposite(active)
            if other is None:
                return
            self._flipped = (active.path, other.path)
        other_path = next(path for path in self._flipped if path != active.path)
        card = self.model.find(other_path)
        if card is not None:
            self.lineup.go(card)

    def _opposite(self, active: Card) -> Card | None:
        """Whom the active photo is held against."""
        shown = self.lineup.shown(self.count)
        champion = next((card for card in shown if card.path == self.lineup.champion), None)
        if champion is not None and champion.path != active.path:
            return champion
        at = next((i for i, card in enumerate(shown) if card.path == active.path), 0)
        around = [*shown[at + 1 :], *reversed(shown[:at])]
        return around[0] if around else None

    def _cross(self, down: bool) -> None:
        """Up and Down: to the champion and back, else to the line of photos above or below."""
        panes, active = self._visible(), self.active_pane
        if active is None:
            return
        if self.lineup.champion is not None:
            if not down and panes[0].card is not None:
                self.lineup.go(panes[0].card)
            elif down and active.is_champion:
                self.lineup.step(1)
            return
        here = active.geometry().center()
        lines = [pane for pane in panes if (pane.y() > active.y() if down else pane.y() < active.y())]
        nearest = min(lines, key=lambda pane: (pane.geometry().center() - here).manhattanLength(), default=None)
        if nearest is not None and nearest.card is not None:
            self.lineup.go(nearest.card)

    # How

    def _visible(self) -> list[ComparePane]:
        return [pane for pane in self.panes if not pane.isHidden()]

    def _show(self, synced: Synced) -> None:
        self._placing.show(synced)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if not self.isVisible():
            return
        cards, active = self.lineup.shown(self.count), self.lineup.active
        if active is None or active.path not in (self._flipped or ()):
            self._flipped = None
        if self._flipped is not None and active is not None:
            cards = [active]
        area = QRect(0, 0, self.width(), self.height())
        cells = arrange(len(cards), area, _aspect(cards), GAP, self.panes[0].below)
        for pane, cell, card in zip(self.panes, cells, cards, strict=False):
            pane.setGeometry(cell)
            is_active = active is not None and card.path == active.path
            is_champion = card.path == self.lineup.champion
            number = self.panes.index(pane) + 1
            self._placing.follow_turn(card, *pane.geometry_of_picture()[1:])
            pane.show_card(card, self._placing.of(card), number=number, active=is_active, champion=is_champion)
            pane.show()
        for pane in self.panes[len(cards) :]:
            pane.hide()
        self._compare()
        self._request(cards, active)
        self._describe(active)
        self.shown_changed.emit(cards)
        self.update()

    @Slot()
    def _compare(self) -> None:
        """Say in each pane what was measured against the champion, else against the active photo."""
        if not self.isVisible():
            return
        line = self.lineup.cards
        reference = next((card for card in line if card.path == self.lineup.champion), self.lineup.active)
        for pane in self._visible():
            card = pane.card
            if card is not None:
                at = next((i for i, other in enumerate(line) if other.path == card.path), 0)
                pane.show_words(self._place(card, at, len(line)), self._words(card, reference))

    def _place(self, card: Card, at: int, count: int) -> str:
        parts = [self.tr("{} of {}").format(at + 1, count)]
        if card.verdict is not None and not self.model.scores_hidden:
            parts.insert(0, decimal(card.verdict.score))
        return DOT.join([self.tr("Y flips"), *parts] if self._flipped else parts)

    def _words(self, card: Card, reference: Card | None) -> str:
        if reference is None:
            return ""
        if card.path == reference.path:
            if self._flipped is None or self.lineup.champion == card.path:
                if len(self.lineup.cards) < 2:
                    return self.tr("Alone: select more photos in the grid to compare it")
                return self.tr("The others are measured against this one")
            other = self.model.find(next(path for path in self._flipped if path != card.path))
            if other is None:
                return ""
            reference = other
        found = comparison.differences(self._seen(card), self._seen(reference))
        name = shown_name(reference.path)
        if not found:
            return self.tr("Measured: as good as {}").format(name)
        return self.tr("Measured: {}, against {}").format(", ".join(found), name)

    def _seen(self, card: Card) -> Card:
        """The card with what was measured in every pixel while it is looked at."""
        closer = self.pictures.close_up(card)
        return card if closer is None else replace(card, readings={closer.name: closer, **card.readings})

    def _request(self, cards: list[Card], active: Card | None) -> None:
        """The active photo first, then those beside it, then who would come next."""
        first = [card for card in cards if active is not None and card.path == active.path]
        flipped = [self.model.find(path) for path in self._flipped or ()]
        wanted = [*first, *cards, *(card for card in flipped if card), *self.lineup.next_ones(self.count)]
        once = list({card.path: card for card in wanted}.values())
        self.thumbnails.want(once, by="CompareView")
        edge = max((pane.sketch_edge() for pane in self._visible()), default=0)
        self.pictures.request(once, by="compare", visible=len(cards), edge=edge)

    def _describe(self, active: Card | None) -> None:
        row = None if active is None else self.model.row_of(active.path)
        if row is None:
            is_empty = self.model.rowCount() == 0
            self.setAccessibleDescription(spoken(*self._message) if is_empty else self.tr("No photo is active"))
            return
        pane = self.active_pane
        note = "" if pane is None else f". {pane.note}"
        self.setAccessibleDescription(f"{describe_row(self.model, row)}{note}")

    def _press(self, pane: ComparePane) -> None:
        self.setFocus()
        if pane.card is not None:
            self.lineup.go(pane.card)

    def _move(self, pane: ComparePane, viewport: Viewport, alone: bool) -> None:
        card = pane.card
        if card is None:
            return
        self._placing.move(card, viewport, alone=alone)
        self._refresh()

    def _look(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        rows = {pane: self.model.row_of(pane.card.path) for pane in self._visible() if pane.card is not None}
        changed = [pane for pane, row in rows.items() if row is not None and first.row() <= row <= last.row()]
        if changed and tuple(roles) != DECIDED:
            self._refresh()
        elif changed:
            for pane in changed:
                pane.show_decision()
            self._describe(self.lineup.active)

    # What Qt sends

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(TONE.window))
        if not self._visible():
            paint_notice(painter, self.rect(), self.font(), "photo", *self._message)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pictures.set_limit(COMPARE_BYTES)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pictures.release("compare")
        self.pictures.set_limit(LIMIT_BYTES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pane, control = self.active_pane, Qt.KeyboardModifier.ControlModifier
        is_done = self._zoom(event)
        if not is_done and pane is not None and modifiers == control | Qt.KeyboardModifier.ShiftModifier:
            is_done = pane.pan_alone(key)
        elif not is_done and pane is not None and modifiers == control:
            is_done = pane.pan(key)
        elif not is_done and (key == Qt.Key.Key_Plus or not modifiers):
            is_done = self._do(key)
        if not is_done:
            super().keyPressEvent(event)

    def _zoom(self, event: QKeyEvent) -> bool:
        """What a key of the user's own does; False for one that means nothing here."""
        meaning = self.keys.meaning(event)
        if meaning == ZOOM:
            self.toggle_zoom()
        elif meaning == HOLD and not event.isAutoRepeat() and self._before_space is None:
            self._before_space = self._placing.synced
            self._show(Synced(1.0, at_subject=True))
        return meaning is not None

    def _do(self, key: Qt.Key) -> bool:
        """What a key alone does; False for one that means nothing here."""
        lineup, end = self.lineup, len(self.lineup.cards)
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: partial(lineup.step, -1),
            Qt.Key.Key_Right: partial(lineup.step, 1),
            Qt.Key.Key_Home: partial(lineup.step, -end),
            Qt.Key.Key_End: partial(lineup.step, end),
            Qt.Key.Key_Up: partial(self._cross, False),
            Qt.Key.Key_Down: partial(self._cross, True),
            Qt.Key.Key_Plus: partial(self.show_count, self.count + 1),
            Qt.Key.Key_Equal: partial(self.show_count, self.count + 1),
            Qt.Key.Key_Minus: partial(self.show_count, self.count - 1),
            Qt.Key.Key_Return: self.opened.emit,
            Qt.Key.Key_Enter: self.opened.emit,
            Qt.Key.Key_Escape: self._escape,
        }
        if key not in acts:
            return False
        acts[key]()
        return True

    def _escape(self) -> None:
        """Out of flipping, else out of the view."""
        if self._flipped is None:
            self.closed.emit()
        else:
            self._flipped = None
            self._refresh()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.keys.ends_hold(event) and self._before_space is not None:
            before, self._before_space = self._before_space, None
            self._show(before)
            return
        super().keyReleaseEvent(event)


def _aspect(cards: list[Card]) -> float:
    """Width to height of the photos, on the whole."""
    known = [card.width / card.height for card in cards if card.width and card.height]
    return sorted(known)[len(known) // 2] if known else USUAL
