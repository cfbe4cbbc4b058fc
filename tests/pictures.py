"""Pictures for the tests, written as cameras, programs and accidents leave them on a disk.

What they show is drawn from a seed (`scene`): soft blobs under hard-edged shapes and fine texture, so that focus,
exposure and orientation can be told apart. `size` is width and height as a viewer sees them.

    scene, blurred_but_for   pixels, and pixels with one sharp square
    jpeg                     RGB, grey, CMYK, progressive; EXIF of any content, thumbnail, orientation, ICC profile
    exif                     the EXIF that `jpeg` takes
    mpf_jpeg                 with a large preview behind the picture, as Sony and Fujifilm write it
    png, tiff                8 and 16 bits; palette, alpha, bilevel and grey
    animated                 GIF, PNG or WebP of several frames, the first of which is `scene`
    heic, avif, webp         what telephones write
    dng                      a RAW with or without an embedded preview
    truncated, empty, text   a torn file, none at all, and one that only bears a picture's name
"""

from __future__ import annotations

import io
import struct
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational

SIZE = (480, 320)
"""Width and height unless a test asks for others: quick, and large enough for tiles."""
CAPTURED = datetime(2026, 5, 1, 12, 0, 0, 250_000)
_EXIF_DIRECTORY, _INTEROPERABILITY_DIRECTORY = 0x8769, 0xA005
_LONG, _SHORT = 4, 3
_STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What a camera held so does to a picture before it writes it (Exif 2.32, tag 0x0112)."""


def scene(
    size: tuple[int, int] = SIZE, seed: int = 0, *, blur: float = 0.0, gain_ev: float = 0.0, noise: float = 0.0
) -> NDArray[np.uint8]:
    """[height, width, 3] sRGB, upright. `blur` is a Gaussian's deviation in pixels, `gain_ev` stops of more light,
    `noise` the deviation of grey noise in levels."""
    picture = _drawn(size, seed)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    values = _brighter(np.asarray(picture, np.float32), gain_ev) if gain_ev else np.asarray(picture, np.float32)
    if noise:
        values = values + np.random.default_rng(seed).normal(scale=noise, size=(size[1], size[0], 1)).astype(np.float32)
    return values.round().clip(0, 255).astype(np.uint8)


def blurred_but_for(pixels: NDArray[np.uint8], left: int, top: int, side: int, blur: float = 6.0) -> NDArray[np.uint8]:
    """`pixels` out of focus, but for a square of `side` pixels."""
    soft = np.array(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(blur)))
    soft[top : top + side, left : left + side] = pixels[top : top + side, left : left + side]
    return soft


def exif(
    *,
    captured: datetime | str | None = CAPTURED,
    offset: str | None = None,
    make: str | None = "Chinagraph",
    model: str | None = "Testcam",
    serial: str | None = None,
    lens: str | None = None,
    exposure_bias: float | None = None,
    orientation: int | None = None,
    rating: int | None = None,
    interoperability: str | None = None,
    further: dict[int, Any] | None = None,
) -> Image.Exif:
    """EXIF as a camera says it. `captured` may be any text; `further` are more tags of the Exif directory."""
    said = Image.Exif()
    for tag, value in ((0x010F, make), (0x0110, model), (0x0112, orientation), (0x4746, rating)):
        if value is not None:
            said[tag] = value
    details = said.get_ifd(_EXIF_DIRECTORY)
    if isinstance(captured, datetime):
        details[0x9003] = f"{captured:%Y:%m:%d %H:%M:%S}"
        details[0x9291] = f"{captured.microsecond // 1000:03}"
    elif captured is not None:
        details[0x9003] = captured
    for tag, text in ((0x9011, offset), (0xA431, serial), (0xA434, lens)):
        if text is not None:
            details[tag] = text
    if exposure_bias is not None:
        details[0x9204] = IFDRational(round(exposure_bias * 3), 3)
    details.update(further or {})
    if interoperability is not None:
        details[_INTEROPERABILITY_DIRECTORY] = {1: interoperability}
    return said


def jpeg(
    path: Path,
    *,
    size: tuple[int, int] = SIZE,
    seed: int = 0,
    blur: float = 0.0,
    gain_ev: float = 0.0,
    pixels: NDArray[np.uint8] | None = None,
    mode: str = "RGB",
    quality: int = 92,
    progressive: bool = False,
    thumbnail: bool = False,
    icc: bytes | None = None,
    **said: Any,
) -> Path:
    """A JPEG of `pixels`, else of a scene; `said` goes to `exif`.

    Its pixels lie in the file as `orientation` says, those of the thumbnail (160 x 120, black bars) too, so that a
    viewer that heeds it shows the scene upright.
    """
    shown = Image.fromarray(scene(size, seed, blur=blur, gain_ev=gain_ev) if pixels is None else pixels)
    turn = _STORED_AS.get(said.get("orientation") or 1)
    stored = shown if turn is None else shown.transpose(turn)
    said["further"] = {0xA002: stored.width, 0xA003: stored.height, **said.get("further", {})}
    information = exif(**said).tobytes()
    if thumbnail:
        information = _with_second_directory(information, 6, _thumbnail(stored))
    options = {"icc_profile": icc} if icc else {}
    stored.convert(mode).save(
        path, "JPEG", quality=quality, progressive=progressive, exif=information, subsampling=0, **options
    )
    return path


def mpf_jpeg(
    path: Path, *, size: tuple[int, int] = (4000, 400), preview: int = 1620, seed: int = 0, bars: int = 0
) -> Path:
    """A JPEG whose multi-picture index (CIPA DC-007) lists a preview with a long edge of `preview` pixels.

    The preview shows the same scene in negative, so that a test can tell which of the two was decoded; above and below
    it lie black bars of `bars` pixels.
    """
    picture = Image.fromarray(scene(size, seed))
    negative = 255 - np.asarray(picture.resize((preview, preview * size[1] // size[0])))
    small = Image.fromarray(np.pad(negative, ((bars, bars), (0, 0), (0, 0))))
    picture.save(path, "MPO", save_all=True, append_images=[small], quality=85, exif=exif())
    data = bytearray(path.read_bytes())
    # Pillow calls the second picture "undefined"; a camera calls it a large thumbnail.
    index = data.index(b"MPF\0")
    second = data.rindex(struct.pack("<L", 0x030000), index, index + 100) + 16
    assert data[second : second + 4] == bytes(4)
    data[second : second + 4] = struct.pack("<L", 0x010002)
    path.write_bytes(data)
    return path


def png(path: Path, mode: str = "RGB", *, size: tuple[int, int] = SIZE, seed: int = 0) -> Path:
    """PNG in one of Pillow's modes, or with 16 bits a channel: "I;16" (grey) and "RGB;16"."""
    import cv2

    pixels = scene(size, seed)
    if mode == "RGB;16":
        path.write_bytes(cv2.imencode(".png", pixels[:, :, ::-1].astype(np.uint16) * 257)[1].tobytes())
        return path
    _as(pixels, mode).save(path, "PNG")
    return path


def tiff(path: Path, mode: str = "RGB", *, size: tuple[int, int] = SIZE, seed: int = 0, orientation: int = 1) -> Path:
    """TIFF in one of Pillow's modes, or with 16 bits a channel: "RGB;16"."""
    import tifffile

    pixels = scene(size, seed)
    if mode == "RGB;16":
        tifffile.imwrite(path, pixels.astype(np.uint16) * 257, photometric="rgb", metadata=None)
        return path
    stored = _as(pixels, mode)
    turn = _STORED_AS.get(orientation)
    (stored if turn is None else stored.transpose(turn)).save(path, "TIFF", tiffinfo={0x0112: orientation})
    return path


def animated(path: Path, kind: str, *, size: tuple[int, int] = (180, 120), seed: int = 0) -> Path:
    """GIF, PNG or WEBP of three scenes."""
    frames = [Image.fromarray(scene(size, seed + number)) for number in range(3)]
    options = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(path, kind, save_all=True, append_images=frames[1:], duration=100, **options)
    return path


def webp(path: Path, *, size: tuple[int, int] = SIZE, seed: int = 0, **said: Any) -> Path:
    """One lossy WebP; `said` goes to `exif`."""
    Image.fromarray(scene(size, seed)).save(path, "WEBP", quality=90, exif=exif(**said))
    return path


def heic(path: Path, *, size: tuple[int, int] = SIZE, seed: int = 0, **said: Any) -> Path:
    """HEIC through pillow-heif; `said` goes to `exif`, and its orientation turns the pixels as in `jpeg`."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    turn = _STORED_AS.get(said.get("orientation") or 1)
    shown = Image.fromarray(scene(size, seed))
    (shown if turn is None else shown.transpose(turn)).save(path, "HEIF", quality=85, exif=exif(**said).tobytes())
    return path


def avif(path: Path, *, size: tuple[int, int] = SIZE, seed: int = 0, **said: Any) -> Path:
    """AVIF through Pillow; `said` goes to `exif`."""
    Image.fromarray(scene(size, seed)).save(path, "AVIF", quality=80, speed=10, exif=exif(**said).tobytes())
    return path


def dng(path: Path, *, size: tuple[int, int] = SIZE, seed: int = 0, preview: int | None = None) -> Path:
    """A RAW of a scene, with an embedded JPEG whose long edge is `preview` pixels, in negative as in `mpf_jpeg`."""
    from engine.sample.dng import Shot, encode

    pixels = scene(size, seed)
    light = np.where(pixels <= 10, pixels / 255 / 12.92, ((pixels / 255 + 0.055) / 1.055) ** 2.4).astype(np.float32)
    data = encode(light, Shot("Chinagraph", "Testcam", "1001", CAPTURED))
    if preview is not None:
        small = io.BytesIO()
        Image.fromarray(255 - pixels).resize((preview, preview * size[1] // size[0])).save(small, "JPEG", quality=85)
        data = _with_second_directory(data, 0, small.getvalue())
    path.write_bytes(data)
    return path


def truncated(path: Path, share: float = 0.5) -> Path:
    """Cut the picture at `path` off after a share of its bytes, as a copy that was broken off."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def empty(path: Path) -> Path:
    """A file of 0 bytes."""
    path.write_bytes(b"")
    return path


def text(path: Path) -> Path:
    """Words, whatever the file's name promises."""
    path.write_text("This is a letter, not a photograph.\n" * 40)
    return path


@lru_cache(maxsize=32)
def _drawn(size: tuple[int, int], seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    picture = Image.fromarray(random.integers(40, 130, (4, 6, 3), dtype=np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    cells = (max(1, size[1] // 4), max(1, size[0] // 4))
    texture = Image.fromarray(random.integers(30, 140, cells, dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    picture = Image.blend(picture, texture.convert("RGB"), 0.25)
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        left, top = random.random(2) * size
        wide, high = (0.02 + 0.15 * random.random(2)) * max(size)
        draw = pen.ellipse if random.random() < 0.5 else pen.rectangle
        draw((left, top, left + wide, top + high), fill=tuple(int(level) for level in random.integers(20, 150, 3)))
    return picture


def _brighter(levels: NDArray[np.float32], stops: float) -> NDArray[np.float32]:
    """sRGB levels, 0-255, after `stops` more light."""
    value = levels / 255
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4) * 2.0**stops
    light = light.clip(0, 1)
    return np.asarray(np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 255, np.float32)


def _as(pixels: NDArray[np.uint8], mode: str) -> Image.Image:
    """`pixels` in one of Pillow's modes; where there is alpha, the left half is transparent."""
    picture = Image.fromarray(pixels)
    if mode == "I;16":
        return Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)
    if mode in ("RGBA", "LA"):
        picture = picture.convert(mode)
        veil = np.full(pixels.shape[:2], 255, np.uint8)
        veil[:, : veil.shape[1] // 2] = 0
        picture.putalpha(Image.fromarray(veil))
        return picture
    return picture.quantize(64) if mode == "P" else picture.convert(mode)


def _thumbnail(stored: Image.Image) -> bytes:
    """160 x 120 with black bars, as Exif cameras fill it (DCF 2.0, 3.3.5)."""
    small = stored.copy()
    small.thumbnail((160, 120))
    canvas = Image.new("RGB", (160, 120))
    canvas.paste(small, ((160 - small.width) // 2, (120 - small.height) // 2))
    file = io.BytesIO()
    canvas.save(file, "JPEG", quality=90)
    return file.getvalue()


def _with_second_directory(data: bytes, start: int, picture: bytes) -> bytes:
    """TIFF `data`, which begins at `start`, with a second directory behind the first that holds a JPEG `picture`."""
    tiff_part = data[start:]
    order = "<" if tiff_part.startswith(b"II") else ">"
    first = struct.unpack_from(order + "L", tiff_part, 4)[0]
    link = first + 2 + 12 * struct.unpack_from(order + "H", tiff_part, first)[0]
    second = len(tiff_part) + len(tiff_part) % 2
    held_at = second + 2 + 3 * 12 + 4
    entries = ((0x0103, _SHORT, 6), (0x0201, _LONG, held_at), (0x0202, _LONG, len(picture)))
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, value in entries:
        held = struct.pack(order + "HH", value, 0) if kind == _SHORT else struct.pack(order + "L", value)
        directory += struct.pack(order + "HHL", tag, kind, 1) + held
    linked = tiff_part[:link] + struct.pack(order + "L", second) + tiff_part[link + 4 :]
    return data[:start] + linked.ljust(second, b"\0") + directory + bytes(4) + picture
