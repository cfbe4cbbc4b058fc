"""How Pillow is set up here, before anything is opened with it."""

from __future__ import annotations

import warnings
from functools import cache

from PIL import Image


def set_up() -> None:
    """Lift Pillow's own limit, and keep it quiet about what a photographer can do nothing about."""
    # The pixel cap is checked before any decoding, for every kind and with a sentence; Pillow's own would only warn.
    Image.MAX_IMAGE_PIXELS = None
    # Odd EXIF and odd tags, of which it warns, are None or their default here. Any reset of the filters ends this.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@cache
def learn_heif() -> None:
    """Teach Pillow HEIC and its kin. It takes a while, and a shoot of JPEGs does without."""
    import pillow_heif

    pillow_heif.register_heif_opener()
