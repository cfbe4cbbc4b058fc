"""Pictures for the screen: from sRGB, which all decoded pixels are in, to the colours of the screen.

Where the system manages colours itself it does this: macOS and Wayland take what is painted for sRGB. Elsewhere (X11,
Windows) what is painted goes to the screen as it is, so that the screen's profile has to be applied here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import ImageCms
from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QColorSpace, QColorTransform, QGuiApplication, QImage, QSurfaceFormat

MANAGED = frozenset({"cocoa", "wayland"})
"""Qt's platforms on which the system converts what is painted."""
LARGEST = 8 << 20
"""Bytes of a screen's profile, at most."""
AT_ONCE = 1 << 16
"""Pixels that Qt converts at once. Meanwhile no other thread runs Python, the window's neither, and of more it would
hand parts to threads of its own and wait for them."""
SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)


@dataclass(frozen=True, slots=True)
class Profile:
    """What pictures are converted to."""

    name: str = "sRGB"
    transform: QColorTransform | None = None
    """None where they are painted as they are."""
    problem: str | None = None
    """Why the one that was asked for is not used: file, cause, next step."""


class Display(QObject):
    """The profile of the screen. `apply` may be called from any thread."""

    changed = Signal()
    """Pictures have to be made anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.profile = Profile()

    @property
    def is_plain(self) -> bool:
        """Whether pictures are painted as they are."""
        return self.profile.transform is None

    @property
    def is_managed(self) -> bool:
        """Whether the system converts what is painted; then nothing is converted here."""
        return QGuiApplication.platformName().split("-")[0] in MANAGED

    def follow(self, chosen: str) -> None:
        """Convert to the profile file `chosen`; nothing is converted without one, and where the system does it."""
        before = self.profile
        self.profile = read(Path(chosen)) if chosen and not self.is_managed else Profile()
        if (self.profile.name, self.is_plain) != (before.name, before.transform is None):
            self.changed.emit()

    def apply(self, image: QImage) -> None:
        """Convert an image in sRGB, of three or four bytes a pixel, in place."""
        transform = self.profile.transform
        if transform is None or image.isNull():
            return
        width, height = image.width(), image.height()
        used, rows = width * image.depth() // 8, max(AT_ONCE // width, 1)
        lines = np.frombuffer(image.bits(), np.uint8).reshape(height, image.bytesPerLine())
        for top in range(0, height, rows):
            part = lines[top : top + rows]
            strip = QImage(part.data, width, len(part), image.bytesPerLine(), image.format())
            strip.applyColorTransform(transform)
            # With three bytes a pixel Qt converts a copy.
            converted = np.frombuffer(strip.constBits(), np.uint8).reshape(len(part), strip.bytesPerLine())
            part[:, :used] = converted[:, :used]


def announce() -> None:
    """Say that what is painted is sRGB, to a system that manages colours. Before the first window."""
    surface = QSurfaceFormat.defaultFormat()
    surface.setColorSpace(SRGB)
    QSurfaceFormat.setDefaultFormat(surface)


def read(path: Path) -> Profile:
    """An ICC profile; sRGB, with the problem, for a file that cannot be used."""
    try:
        if path.stat().st_size > LARGEST:
            return Profile(problem=f"{path} is no profile of a screen: it is too large. Choose another file.")
        data = path.read_bytes()
    except OSError as error:
        return Profile(problem=f"{path} cannot be read ({error.strerror}). Choose another profile of the screen.")
    try:
        ImageCms.ImageCmsProfile(io.BytesIO(data))
    except (ImageCms.PyCMSError, OSError):
        return Profile(problem=f"{path} is no ICC profile. Choose another file.")
    space = QColorSpace.fromIccProfile(QByteArray(data))
    if not space.isValid() or space.colorModel() != QColorSpace.ColorModel.Rgb:
        return Profile(problem=f"{path} is no ICC profile of a screen that can be used. Choose another file.")
    if space == SRGB:
        return Profile()
    return Profile(space.description() or path.stem, SRGB.transformationToColorSpace(space))
