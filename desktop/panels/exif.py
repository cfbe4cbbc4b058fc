"""What the file and its EXIF say of the active photo."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

from desktop.language import QT_TRANSLATE_NOOP, decimal
from desktop.panels.section import labelled
from desktop.views.wording import TIMES, file_name, format_offset, shutter
from engine.types import Card

SOURCES = {
    "full": QT_TRANSLATE_NOOP("exif", "full picture"),
    "half": QT_TRANSLATE_NOOP("exif", "picture at half size"),
    "preview": QT_TRANSLATE_NOOP("exif", "embedded preview"),
    "raw half": QT_TRANSLATE_NOOP("exif", "RAW at half size"),
}

LINES = (
    QT_TRANSLATE_NOOP("exif", "File"),
    QT_TRANSLATE_NOOP("exif", "With"),
    QT_TRANSLATE_NOOP("exif", "Taken"),
    QT_TRANSLATE_NOOP("exif", "Clock"),
    QT_TRANSLATE_NOOP("exif", "Camera"),
    QT_TRANSLATE_NOOP("exif", "Lens"),
    QT_TRANSLATE_NOOP("exif", "Shutter"),
    QT_TRANSLATE_NOOP("exif", "Aperture"),
    QT_TRANSLATE_NOOP("exif", "ISO"),
    QT_TRANSLATE_NOOP("exif", "Focal length"),
    QT_TRANSLATE_NOOP("exif", "Bias"),
    QT_TRANSLATE_NOOP("exif", "Size"),
    QT_TRANSLATE_NOOP("exif", "Measured on"),
    QT_TRANSLATE_NOOP("exif", "On disk"),
)
NAMES = ("File", "With")
"""Lines that hold file names."""


class ExifPanel(QWidget):
    """Lines of a name and a value; what is not known has no line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fields = {name: self._add_line(name) for name in LINES}

    def show_card(self, card: Card) -> None:
        """Show this photo's lines in place of the ones before."""
        known = dict(lines_of(card))
        for row, (name, field) in enumerate(self._fields.items()):
            value = known.get(name, "")
            field.setText(_breakable(value) if name in NAMES else value)
            field.setToolTip(value)
            self._form.setRowVisible(row, name in known)

    def _add_line(self, name: str) -> QLabel:
        field = labelled("", "value", _tr(name))
        field.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        field.setWordWrap(True)
        field.setMinimumWidth(40)
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._form.addRow(labelled(_tr(name), "muted", _tr(name)), field)
        return field


def lines_of(card: Card) -> list[tuple[str, str]]:
    """(name, value) for everything that is known, the names out of LINES."""
    data = card.metadata
    captured = card.captured
    taken = None if captured is None else captured.strftime("%Y-%m-%d %H:%M:%S")
    if taken is not None and captured is not None and captured.microsecond:
        taken += f".{captured.microsecond // 1000:03d}"
    lines = {
        "File": file_name(card),
        "With": ", ".join(path.name.encode("utf-8", "replace").decode() for path in card.photo.files[1:]),
        "Taken": taken and " ".join(filter(None, (taken, data.offset))),
        "Clock": card.clock_offset and _tr("corrected by {}").format(format_offset(card.clock_offset)),
        "Camera": data.camera,
        "Lens": data.lens,
        "Shutter": data.exposure_time and shutter(data.exposure_time),
        "Aperture": data.aperture and f"f/{data.aperture:g}",
        "ISO": data.iso and str(data.iso),
        "Focal length": data.focal_length and f"{data.focal_length:g} mm",
        "Bias": data.exposure_bias and f"{decimal(data.exposure_bias, sign=True)} EV",
        "Size": card.width and card.height and _size(card.width, card.height),
        "Measured on": card.source and source_words(card.source),
        "On disk": _bytes(card.photo.stamp.size),
    }
    return [(name, str(lines[name])) for name in LINES if lines[name]]


def source_words(source: str) -> str:
    """`Card.source` in the user's language: "embedded preview"."""
    return _tr(SOURCES.get(source, source))


def _breakable(name: str) -> str:
    """A name that may be wrapped anywhere: long ones have no blanks."""
    return "\N{ZERO WIDTH SPACE}".join(name)


def _size(width: int, height: int) -> str:
    return f"{width} {TIMES} {height} ({decimal(width * height / 1e6)} MP)"


def _bytes(size: int) -> str:
    for limit, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if size >= limit:
            return f"{decimal(size / limit)} {unit}"
    return _tr("%Ln bytes", size)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("exif", text, None, count)
