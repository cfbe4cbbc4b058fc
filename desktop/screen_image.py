"""Decoded pixels as images for the screen, made beside the window.

While Qt scales or converts an image, no other thread can run Python, however many processors Qt takes for it: the
window would stand still for a large photo. OpenCV lets others go on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage

_DEPTHS = {QImage.Format.Format_RGB888: 3, QImage.Format.Format_RGB32: 4}
"""Bytes a pixel of what is decoded here."""


def screen_image(pixels: NDArray[np.uint8], edge: int) -> QImage:
    """[height, width, 3] RGB, longest edge up to `edge`, in the four bytes a pixel that Qt paints fastest."""
    import cv2

    height, width = pixels.shape[:2]
    size = within(QSize(width, height), edge)
    sides = (size.width(), size.height())
    if sides != (width, height):
        pixels = np.asarray(cv2.resize(pixels, sides, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    # In memory, Format_RGB32 is blue, green, red and 255.
    opaque = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA), dtype=np.uint8)
    # The image holds its array for as long as it needs it.
    return QImage(opaque.data, *sides, 4 * sides[0], QImage.Format.Format_RGB32)


def rgb(image: QImage, part: QRect | None = None) -> NDArray[np.uint8]:
    """[height, width, 3] RGB of an image, or of a part of it that lies inside; a copy."""
    import cv2

    where = image.rect() if part is None else part
    if image.format() not in _DEPTHS:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    depth = _DEPTHS[image.format()]
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = lines[:, : depth * image.width()].reshape(image.height(), image.width(), depth)
    pixels = pixels[where.top() : where.bottom() + 1, where.left() : where.right() + 1]
    return pixels.copy() if depth == 3 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB), dtype=np.uint8)


def within(size: QSize, edge: int) -> QSize:
    """`size`, or its like with a longest edge of `edge`."""
    if max(size.width(), size.height()) <= edge:
        return size
    return size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
