"""Measures of sharpness that compete with the project's own: grey pixels of a region, [h, w] uint8, to a number.

The larger the sharper. Each is known from the literature, and is used as it stands there.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_REBLUR = 9
"""Taps of the mean filter that Crete et al. blur with."""
_EDGE_REACH = 15
"""Pixels within which an edge rises from its foot to its top."""
_EDGES = 95
"""Percentile of the gradient from which a pixel is on an edge."""


def laplacian(part: Pixels) -> float:
    """Deviation of the Laplacian (Pech-Pacheco et al., ICPR 2000)."""
    return float(cv2.Laplacian(part, cv2.CV_32F).std())


def laplacian_by_contrast(part: Pixels) -> float:
    """The same as a share of the deviation of the grey levels."""
    return laplacian(part) / max(float(part.std()), 1.0)


def tenengrad(part: Pixels) -> float:
    """RMS of the Sobel gradient (Tenenbaum 1970; Krotkov, IJCV 1, 1987)."""
    across, down = (cv2.Sobel(part, cv2.CV_32F, *axes) for axes in ((1, 0), (0, 1)))
    return float(np.sqrt((across**2 + down**2).mean()))


def reblur(part: Pixels) -> float:
    """What blurring again takes away of the neighbours' differences (Crete et al., SPIE 6492, 2007)."""
    grey = part.astype(np.float32)
    losses = []
    for axis, size in ((1, (_REBLUR, 1)), (0, (1, _REBLUR))):
        before = np.abs(np.diff(grey, axis=axis))
        after = np.abs(np.diff(cv2.blur(grey, size), axis=axis))
        losses.append(float(np.maximum(before - after, 0).sum() / max(before.sum(), 1e-6)))
    return min(losses)


def edge_width(part: Pixels) -> float:
    """1 / median width of the strongest edges, contrast over slope (after Marziliano et al., ICIP 2002)."""
    grey = part.astype(np.float32)
    widths = []
    for axes, size in (((1, 0), (_EDGE_REACH, 1)), ((0, 1), (1, _EDGE_REACH))):
        slope = np.abs(cv2.Sobel(grey, cv2.CV_32F, *axes, scale=1 / 8))
        window = np.ones(size[::-1], np.uint8)
        rise = cv2.dilate(grey, window) - cv2.erode(grey, window)
        is_edge = slope >= max(float(np.percentile(slope, _EDGES)), 1e-3)
        if is_edge.any():
            widths.append(float(np.median(rise[is_edge] / slope[is_edge])))
    return 1 / max(*widths, 1e-3) if widths else 0.0


RIVALS: dict[str, Callable[[Pixels], float]] = {
    "deviation of the Laplacian": laplacian,
    "the same over contrast": laplacian_by_contrast,
    "Tenengrad": tenengrad,
    "re-blur (Crete)": reblur,
    "edge width": edge_width,
}
