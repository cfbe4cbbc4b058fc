"""The contact sheet: one picture of a ranked shoot, burst by burst, the best first."""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from engine import atomic
from engine.errors import UnusableInput
from engine.report import printable
from engine.types import Card

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
"""What a sheet can be, by its name's ending."""
MARK = "Chinagraph contact sheet"
"""The comment in the file, by which it is known for a sheet that may be replaced."""
COLUMNS = 7
MOST = 700
"""Photos on one sheet, at most: more would be a picture that few programs open."""

CELL_WIDTH, CELL_HEIGHT = 232, 236
PICTURE = 208
"""Edge of the square that a thumbnail is fitted into."""
GAP = 4
"""From the edge of a cell to the panel of its group."""
PADDING = 12
"""From the edge of a cell to what is in it."""
MARGIN = 28
HEADER = 76
PICTURE_HEIGHT = CELL_HEIGHT - 60

PAPER = "#1c1c1c"
PANEL = "#2a2a2a"
"""Behind the frames of one burst or bracket."""
EMPTY = "#3a3a3a"
TEXT = "#e6e6e6"
QUIET = "#9a9a9a"

Thumbnail = Callable[[str], bytes | None]
"""From a fingerprint to a JPEG, as `store.thumbnails.Thumbnails.get` has it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a card stands on the sheet."""

    card: Card
    size: int
    """Photos in its group."""
    continues: bool
    """Whether the cell to its right belongs to the same group."""


def write(path: Path, title: str, cards: Sequence[Card], thumbnail: Thumbnail) -> None:
    """Write the sheet of `cards` to `path`, as the picture that its ending names.

    Raises UnusableInput where the file cannot be written; `check_place` says beforehand whether it should be.
    """
    file = io.BytesIO()
    sheet = draw(title, cards, thumbnail)
    if FORMATS[path.suffix.lower()] == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("comment", MARK)
        sheet.save(file, "PNG", pnginfo=text)
    else:
        sheet.save(file, "JPEG", quality=88, comment=MARK)
    try:
        atomic.write(path, file.getvalue())
    except OSError as error:
        raise UnusableInput(
            f"The contact sheet {path} cannot be written: {error.strerror}. Name a file in another folder."
        ) from error


def check_place(path: Path, folders: Sequence[Path]) -> None:
    """Raise UnusableInput unless a sheet of the shoot in `folders` may be written to `path`.

    It must end in one of `FORMATS`, lie outside of the shoot, and replace nothing but an earlier sheet.
    """
    if path.suffix.lower() not in FORMATS:
        raise UnusableInput(f"A contact sheet is a picture: {path} should end in {', '.join(FORMATS)}.")
    if any(path.resolve().is_relative_to(folder.resolve()) for folder in folders):
        raise UnusableInput(f"The contact sheet {path} would lie among the photos. Name a file outside of the shoot.")
    if path.exists() and not _is_sheet(path):
        raise UnusableInput(f"{path} is there and is no contact sheet of Chinagraph's. Name another file.")


def draw(title: str, cards: Sequence[Card], thumbnail: Thumbnail) -> Image.Image:
    """The sheet of `cards`, which come in order of rank, unreadable ones last: RGB, at most `COLUMNS` cells wide.

    Groups come in order of their best photo; inside a group the best is first.
    """
    shown = in_groups(cards)[:MOST]
    columns = max(1, min(COLUMNS, len(shown)))
    rows = -(-len(shown) // columns)
    size = (2 * MARGIN + COLUMNS * CELL_WIDTH, 2 * MARGIN + HEADER + rows * CELL_HEIGHT)
    sheet = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((MARGIN + PADDING, MARGIN), printable(title), TEXT, _font(26))
    pen.text((MARGIN + PADDING, MARGIN + 38), summary(cards, len(shown)), QUIET, _font(15))
    for position, cell in enumerate(_cells(shown, cards, columns)):
        x = MARGIN + position % columns * CELL_WIDTH
        y = MARGIN + HEADER + position // columns * CELL_HEIGHT
        _draw_cell(sheet, pen, (x, y), cell, thumbnail)
    return sheet


def in_groups(cards: Sequence[Card]) -> list[Card]:
    """`cards` by group, groups in order of their best photo, unreadable cards last."""
    ranked = [card for card in cards if card.error is None]
    first = {card.group: place for place, card in reversed(list(enumerate(ranked)))}
    together = sorted(ranked, key=lambda card: (first[card.group], card.rank_in_group or 0))
    return together + [card for card in cards if card.error is not None]


def summary(cards: Sequence[Card], shown: int) -> str:
    """One line about the whole shoot."""
    ranked = [card for card in cards if card.error is None]
    sizes = Counter(card.group for card in ranked)
    together = sum(size > 1 for size in sizes.values())
    unreadable = len(cards) - len(ranked)
    parts = [f"{len(ranked):,} photos ranked", f"{together:,} bursts and brackets", f"{unreadable:,} unreadable"]
    if shown < len(cards):
        parts.append(f"{shown:,} of {len(cards):,} on this sheet")
    return "   ".join(parts)


def _is_sheet(path: Path) -> bool:
    try:
        with Image.open(path) as picture:
            comment = picture.info.get("comment")
    except OSError:
        return False
    return comment in (MARK, MARK.encode())


def _cells(shown: Sequence[Card], cards: Sequence[Card], columns: int) -> list[Cell]:
    sizes = Counter(card.group for card in cards if card.group is not None)
    cells: list[Cell] = []
    for position, card in enumerate(shown):
        if card.group is None:
            cells.append(Cell(card, 1, continues=False))
            continue
        following = shown[position + 1 : position + 2]
        continues = any(other.group == card.group for other in following) and (position + 1) % columns != 0
        cells.append(Cell(card, sizes[card.group], continues))
    return cells


def _draw_cell(
    sheet: Image.Image, pen: ImageDraw.ImageDraw, at: tuple[int, int], cell: Cell, thumbnail: Thumbnail
) -> None:
    x, y = at
    if cell.size > 1:
        end = x + CELL_WIDTH + (GAP if cell.continues else -GAP)
        pen.rectangle((x + GAP, y + GAP, end, y + CELL_HEIGHT - GAP), PANEL)
    if cell.card.error is not None:
        _draw_reason(pen, at, cell.card.error)
    else:
        _draw_picture(sheet, pen, at, cell.card, thumbnail)
    left, right, line = x + PADDING, x + CELL_WIDTH - PADDING, y + CELL_HEIGHT - 46
    if cell.card.rank is not None and cell.card.verdict is not None:
        pen.text((left, line), f"{cell.card.rank}", TEXT, _font(17))
        pen.text((left + 44, line + 3), f"{cell.card.verdict.score:.2f}", QUIET, _font(14))
    if cell.size > 1:
        place = f"{cell.card.group_kind} {cell.card.rank_in_group}/{cell.size}"
        best = cell.card.rank_in_group == 1
        pen.text((right, line + 3), place, TEXT if best else QUIET, _font(14), anchor="ra")
    pen.text((left, line + 22), _elided(pen, printable(cell.card.path.name), right - left), QUIET, _font(13))


def _draw_picture(
    sheet: Image.Image, pen: ImageDraw.ImageDraw, at: tuple[int, int], card: Card, thumbnail: Thumbnail
) -> None:
    jpeg = None if card.fingerprint is None else thumbnail(card.fingerprint)
    if jpeg is None:
        _draw_blank(pen, at)
        return
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.draft("RGB", (PICTURE, PICTURE))
        small = picture.convert("RGB").rotate(-90 * card.turn, expand=True)
    small.thumbnail((PICTURE, PICTURE_HEIGHT))
    left = at[0] + (CELL_WIDTH - small.width) // 2
    sheet.paste(small, (left, at[1] + PADDING + (PICTURE_HEIGHT - small.height) // 2))


def _draw_blank(pen: ImageDraw.ImageDraw, at: tuple[int, int]) -> None:
    x, y = at[0] + PADDING, at[1] + PADDING
    pen.rectangle((x, y, x + PICTURE, y + PICTURE_HEIGHT), EMPTY)


def _draw_reason(pen: ImageDraw.ImageDraw, at: tuple[int, int], reason: str) -> None:
    _draw_blank(pen, at)
    lines = textwrap.wrap(printable(reason), 29, max_lines=9, placeholder=" ...")
    pen.multiline_text((at[0] + PADDING + 8, at[1] + PADDING + 8), "\n".join(lines), TEXT, _font(12), spacing=5)


def _elided(pen: ImageDraw.ImageDraw, text: str, width: int) -> str:
    """`text`, its middle left out where it is wider than `width` pixels: both ends of a file name tell files apart."""
    keep = len(text)
    shown = text
    while pen.textlength(shown, _font(13)) > width and keep > 2:
        keep -= 1
        shown = f"{text[: (keep + 1) // 2]}...{text[len(text) - keep // 2 :]}"
    return shown


@cache
def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """DejaVu Sans, which has more than Latin letters, else the face that Pillow carries."""
    try:
        return ImageFont.truetype("DejaVuSans.ttf", size)
    except OSError:
        return ImageFont.load_default(size)
