"""The painting of a photo at any zoom: its pixels where they are there, else its thumbnail."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from desktop.picture import Picture
from desktop.style import TONE
from desktop.views.marks import paint_glyph
from desktop.views.viewport import part_of
from engine.types import Region

VEIL = 150
"""Opacity, of 255, of what lies over all that is not meant."""


def paint_picture(
    painter: QPainter,
    area: QRectF,
    placed: QRectF,
    zoom: float,
    picture: Picture | None,
    thumbnail: QPixmap | None,
) -> None:
    """Paint what of the picture, which lies at `placed`, is in `area`; `zoom` is screen pixels per original pixel."""
    ratio = painter.device().devicePixelRatioF()
    if zoom >= 1.0:
        placed.moveTopLeft(QPointF(round(placed.left() * ratio) / ratio, round(placed.top() * ratio) / ratio))
    seen = placed.intersected(area)
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 2.0 or picture is None)
    if picture is not None:
        level = picture.level(zoom)
        painter.drawImage(seen, level, part_of(seen, placed, QSizeF(level.size())))
    elif thumbnail is not None:
        painter.drawPixmap(seen, thumbnail, part_of(seen, placed, QSizeF(thumbnail.size())))
    else:
        painter.fillRect(seen, QColor(TONE.panel))
        paint_glyph(painter, "photo", area.center().toPoint() - QPoint(24, 24), 48, TONE.handle)
    painter.setClipping(False)


def paint_pointed(painter: QPainter, placed: QRectF, area: QRectF, region: Region) -> None:
    """Darken all of a picture, which lies at `placed`, but a part of it, and outline that."""
    part = QRectF(
        placed.left() + region.x * placed.width(),
        placed.top() + region.y * placed.height(),
        region.w * placed.width(),
        region.h * placed.height(),
    )
    rest = QPainterPath()
    rest.addRect(placed.intersected(area))
    rest.addRect(part.intersected(area))
    veil = QColor(TONE.well)
    veil.setAlpha(VEIL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(rest, veil)
    painter.setClipRect(area)
    painter.setPen(QPen(QColor(TONE.white), 1.5))
    painter.drawRect(part)
    painter.setClipping(False)
