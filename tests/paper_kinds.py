"""Synthetic photos and scans of kinds of paper: notes, forms, worksheets, envelopes.

Each has its ground truth: which digits were written by hand, and where. Whatever is printed is not
among them. Lengths are in millimetres until the picture is taken.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from pixelviz.data.sample_digits import Stroke, strokes_of
from tests.photographs import Picture, curved

Random: TypeAlias = np.random.Generator
Matrix: TypeAlias = NDArray[np.float64]
Hand: TypeAlias = Callable[[int, Random], Sequence[Stroke]]
Box: TypeAlias = tuple[float, float, float, float]

A4, A5, DL = (210.0, 297.0), (148.0, 210.0), (220.0, 110.0)
BLACK_PEN, BLUE_PEN, PENCIL, PRINT = 0.85, 0.68, 0.42, 0.88
LINES_OF_PRINT = (
    "Dear parents, the school will be closed on 12 June", "Please return this form by 30 May 2024",
    "The quick brown fox jumps over 13 lazy dogs", "Lesson 7: how a machine reads digits",
    "and 4 of 5 pupils answered within 28 minutes",
)  # fmt: skip
SENDER = ("Museum of Calculation", "Harbour Street 38", "8021 Newtown")
ADDRESS = ("Ms Ada Example", "Long Lane 164", "Westbridge")


@dataclass(frozen=True)
class WrittenDigit:
    """A digit written by hand: which one it is, and its box in the picture, in pixels."""

    digit: int
    top: float
    left: float
    height: float
    width: float

    @property
    def box(self) -> Box:
        """Its top, left, height and width."""
        return self.top, self.left, self.height, self.width


@dataclass(frozen=True)
class PaperPhoto:
    """The file of a picture of paper, its width, and the digits written on it by hand."""

    file: bytes
    width: int
    written: tuple[WrittenDigit, ...]


@dataclass(frozen=True)
class Page:
    """A sheet of paper; `cover` is how dark its ink is at each point, 0 paper to 255 black."""

    px_per_mm: float
    cover: Image.Image
    written: list[tuple[int, Matrix]] = field(default_factory=list)
    """Each digit with the corners of its box, (4, 2), x and y in pixels of the page."""

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """What draws on the page."""
        return ImageDraw.Draw(self.cover)

    def px(self, mm: float) -> float:
        """Return a length in pixels."""
        return mm * self.px_per_mm


def page(size_mm: tuple[float, float], px_per_mm: float) -> Page:
    """Return an empty sheet."""
    width, height = (round(side * px_per_mm) for side in size_mm)
    return Page(px_per_mm, Image.new("L", (width, height)))


def own_hand(digit: int, random: Random) -> Sequence[Stroke]:
    """Return Pixelviz's own strokes of a digit, jittered."""
    return curved(strokes_of(digit), random)


def write(
    sheet: Page, digit: int, strokes: Sequence[Stroke], centre_mm: tuple[float, float],
    high_mm: float, *, pen_mm: float, darkness: float, random: Random,
) -> None:  # fmt: skip
    """Write a digit around a point of the sheet, a little rotated and slanted."""
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = sheet.px(high_mm) / max(high[1] - low[1], 0.6 * (high[0] - low[0]))
    angle, slant = np.radians(random.uniform(-7, 7)), random.uniform(-0.12, 0.12)
    shear = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle) + slant, np.cos(angle)]])
    paths = [(np.array(stroke) - (low + high) / 2) * scale @ shear for stroke in strokes]
    thick = max(1.0, sheet.px(pen_mm) * random.uniform(0.9, 1.1))
    every = np.concatenate(paths)
    reach = np.ceil(np.abs(every).max() + thick + 2)
    patch = Image.new("L", (int(2 * reach), int(2 * reach)))
    pen = ImageDraw.Draw(patch)
    for path in paths:
        placed = [(float(x), float(y)) for x, y in path + reach]
        pen.line(placed, round(255 * darkness), max(1, round(thick)), joint="curve")
        for x, y in placed:
            pen.circle((x, y), thick / 2, fill=round(255 * darkness))
    centre = np.array([sheet.px(each) for each in centre_mm])
    x, y = (int(each) for each in np.round(centre - reach))
    box = (x, y, x + patch.width, y + patch.height)
    sheet.cover.paste(ImageChops.lighter(sheet.cover.crop(box), patch), (x, y))
    (left, top), (right, bottom) = every.min(axis=0) - thick / 2, every.max(axis=0) + thick / 2
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]]) + centre
    sheet.written.append((digit, corners))


@lru_cache(64)
def _font(px: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(px)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def print_text(
    sheet: Page, text: str, at_mm: tuple[float, float], high_mm: float, darkness: float = PRINT
) -> None:
    """Print text whose capitals are so high, its baseline's left end at a point of the sheet."""
    font = _font(max(6, round(sheet.px(high_mm) / 0.7)))
    at = (sheet.px(at_mm[0]), sheet.px(at_mm[1]))
    sheet.pen.text(at, text, round(255 * darkness), font, anchor="ls")


def rule(
    sheet: Page, start_mm: tuple[float, float], end_mm: tuple[float, float], *,
    thick_mm: float = 0.25, darkness: float = 0.7, dash_mm: float = 0.0,
) -> None:  # fmt: skip
    """Print a straight line, dashed if it has dashes, which are as long as their gaps."""
    start, end = np.array(start_mm), np.array(end_mm)
    length = float(np.hypot(*(end - start)))
    pieces = [(0.0, length)]
    if dash_mm:
        pieces = [(at, min(at + dash_mm, length)) for at in np.arange(0, length, 2 * dash_mm)]
    for first, last in pieces:
        ends = [start + (end - start) * at / length for at in (first, last)]
        line = [(sheet.px(x), sheet.px(y)) for x, y in ends]
        sheet.pen.line(line, round(255 * darkness), max(1, round(sheet.px(thick_mm))))


def frame(
    sheet: Page, left: float, top: float, width: float, height: float, *, dash_mm: float = 0.0,
    thick_mm: float = 0.3, darkness: float = 0.7,
) -> None:  # fmt: skip
    """Print a rectangle; its place and its sides in millimetres."""
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        rule(sheet, start, end, dash_mm=dash_mm, thick_mm=thick_mm, darkness=darkness)


@dataclass(frozen=True)
class Camera:
    """How a picture is taken: light, lens, file."""

    tilt: float = 3.0
    perspective: float = 0.02
    gradient: float = 0.3
    shadow: str = ""
    blur: float = 1.2
    noise: float = 0.008
    grain: float = 0.02
    paper: float = 0.9
    table: float = 0.0
    quality: int = 75
    file_format: str = "JPEG"
    quarter_turns: int = 0
    show_through: Image.Image | None = None


SCANNER = Camera(
    tilt=0.6, perspective=0, gradient=0, blur=0.8, noise=0.004, grain=0.004, paper=0.97, quality=80
)


def taken(sheet: Page, camera: Camera, random: Random) -> PaperPhoto:
    """Return the picture that is taken of a sheet."""
    size = sheet.cover.size
    matrix = _projection(size, camera, random)
    inverse = np.linalg.inv(matrix)
    numbers = (inverse / inverse[2, 2]).ravel()[:8].tolist()
    how = (Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC)
    cover = sheet.cover.transform(size, *how, fillcolor=0)
    if camera.file_format == "PNG":  # a scanner's driver has cleaned the white
        grey = ImageChops.invert(cover.filter(ImageFilter.GaussianBlur(camera.blur)))
        grey = grey.point([min(255, (value + 8) // 8 * 8) for value in range(256)])
    else:
        light = _light((size[1], size[0]), camera, random)
        if camera.table:
            on_sheet = Image.new("L", size, 255).transform(size, *how, fillcolor=0)
        else:
            on_sheet = Image.new("L", size, 255)
        behind = camera.show_through
        seen = behind.transform(size, *how, fillcolor=0) if behind else None
        grey = _developed(cover, on_sheet, seen, light, camera, random)
    written = tuple(_seen(digit, corners, matrix) for digit, corners in sheet.written)
    for _ in range(camera.quarter_turns % 4):
        written = tuple(_turned(each, grey.width) for each in written)
        grey = grey.transpose(Image.Transpose.ROTATE_90)
    stream = io.BytesIO()
    if camera.file_format == "PNG":
        grey.save(stream, "PNG")
    else:
        grey.convert("RGB").save(stream, camera.file_format, quality=camera.quality)
    return PaperPhoto(stream.getvalue(), grey.width, written)


def _projection(size: tuple[int, int], camera: Camera, random: Random) -> Matrix:
    """Return the (3, 3) matrix from the page's points to the picture's."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    centre = np.array([width, height]) / 2
    angle = np.radians(random.uniform(-camera.tilt, camera.tilt))
    rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    shrink = 0.82 if camera.table else 1.0
    seen = (corners - centre) * shrink @ rotation + centre
    seen += random.uniform(-1, 1, (4, 2)) * camera.perspective * width
    rows = []
    for (x, y), (u, v) in zip(corners, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return np.append(np.linalg.solve(np.array(rows), seen.ravel()), 1).reshape(3, 3)


def _seen(digit: int, corners: Matrix, matrix: Matrix) -> WrittenDigit:
    points = np.column_stack([corners, np.ones(4)]) @ matrix.T
    points = points[:, :2] / points[:, 2:]
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return WrittenDigit(digit, top, left, bottom - top, right - left)


def _turned(each: WrittenDigit, picture_width: int) -> WrittenDigit:
    """Return where a digit is after a quarter turn to the left."""
    top = picture_width - (each.left + each.width)
    return replace(each, top=top, left=each.top, height=each.width, width=each.height)


def _noise(shape: tuple[int, int], random: Random, coarse: int) -> Picture:
    small = (shape[0] // coarse + 1, shape[1] // coarse + 1)
    values = Image.fromarray(random.standard_normal(small, np.float32))
    return np.asarray(values.resize(shape[::-1], Image.Resampling.BILINEAR), np.float32)


def _developed(
    cover: Image.Image, on_sheet: Image.Image, behind: Image.Image | None, light: Picture,
    camera: Camera, random: Random,
) -> Image.Image:  # fmt: skip
    shape = light.shape
    texture = _noise(shape, random, 2)
    dark = np.asarray(cover, np.float32) / 255 * np.clip(1 + 3 * camera.grain * texture, 0.5, 1)
    value = camera.paper * (1 + camera.grain * texture) * (1 - dark)
    if behind:
        value *= 1 - np.asarray(behind, np.float32) / 255
    if camera.table:
        inside = np.asarray(on_sheet, np.float32) / 255
        value = camera.table * (1 + 0.1 * _noise(shape, random, 30)) * (1 - inside) + value * inside
    value *= light
    value += camera.noise * random.standard_normal(shape, np.float32)
    grey = Image.fromarray((np.clip(value, 0, 1) * 255).astype(np.uint8))
    return grey.filter(ImageFilter.GaussianBlur(camera.blur))


def _light(shape: tuple[int, int], camera: Camera, random: Random) -> Picture:
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) / max(shape)
    angle = random.uniform(0, 2 * np.pi)
    along = rows * np.sin(angle) + columns * np.cos(angle)
    light = 1 - camera.gradient * (along - along.min()) / (along.max() - along.min())
    if camera.shadow:
        small = Image.new("L", (shape[1] // 8, shape[0] // 8))
        {"hand": _hand_shadow, "lamp": _lamp_shadow}[camera.shadow](small, random)
        edge = random.uniform(0.006, 0.025) * max(small.size)
        soft = small.filter(ImageFilter.GaussianBlur(edge)).resize(shape[::-1])
        light *= 1 - random.uniform(0.3, 0.55) * np.asarray(soft, np.float32) / 255
    return np.asarray(light, np.float32)


def _hand_shadow(shadow: Image.Image, random: Random) -> None:
    """Draw a forearm from the lower edge, a palm and four fingers."""
    pen = ImageDraw.Draw(shadow)
    width, height = shadow.size
    palm = np.array([random.uniform(0.35, 0.7) * width, random.uniform(0.4, 0.65) * height])
    wrist = np.array([random.uniform(0.5, 1.1) * width, 1.1 * height])
    wide = 0.16 * width
    pen.line([tuple(wrist), tuple(palm)], 255, round(wide))
    pen.circle(tuple(palm), 0.7 * wide, fill=255)
    ahead = (palm - wrist) / np.hypot(*(palm - wrist))
    for finger in np.linspace(-0.5, 0.5, 4):
        turn = np.array([[np.cos(finger), np.sin(finger)], [-np.sin(finger), np.cos(finger)]])
        tip = palm + turn @ ahead * wide * random.uniform(1.3, 1.9)
        pen.line([tuple(palm), tuple(tip)], 255, round(0.28 * wide))
        pen.circle(tuple(tip), 0.14 * wide, fill=255)


def _lamp_shadow(shadow: Image.Image, random: Random) -> None:
    """Draw the shadow of what is held above the paper: one straight edge, or a phone's two."""
    width, height = shadow.size
    edge = random.uniform(0.3, 0.7) * height
    slope = random.uniform(-0.3, 0.3) * width
    right = width if random.random() < 0.5 else random.uniform(0.5, 0.8) * width
    corners = [(0, edge), (right, edge + slope), (right - 0.1 * slope, height), (0, height)]
    ImageDraw.Draw(shadow).polygon(corners, fill=255)


def scattered_notes(random: Random, hand: Hand, *, shadow: str = "hand") -> PaperPhoto:
    """Six to nine small digits, thin pen, scattered over a sheet, with a shadow on it."""
    sheet = page(A4, 9)
    _scatter(sheet, hand, random, high_mm=(5, 11), pen_mm=0.4, darkness=BLUE_PEN)
    return taken(sheet, Camera(shadow=shadow), random)


def _scatter(
    sheet: Page, hand: Hand, random: Random, *, high_mm: tuple[float, float], pen_mm: float,
    darkness: float, count: tuple[int, int] = (6, 10),
) -> None:  # fmt: skip
    columns, rows = 3, 4
    places = random.permutation(columns * rows)[: random.integers(*count)]
    width, height = (side / sheet.px_per_mm for side in sheet.cover.size)
    for place in places:
        row, column = divmod(int(place), columns)
        x = width * (0.1 + 0.8 * (column + random.uniform(0.25, 0.75)) / columns)
        y = height * (0.1 + 0.8 * (row + random.uniform(0.25, 0.75)) / rows)
        digit = int(random.integers(10))
        high = random.uniform(*high_mm)
        write(sheet, digit, hand(digit, random), (x, y), high,
              pen_mm=pen_mm, darkness=darkness, random=random)  # fmt: skip


def shone_through(random: Random, hand: Hand) -> PaperPhoto:
    """Pencil, and the print of the back side shines through."""
    sheet = page(A5, 12)
    _scatter(sheet, hand, random, high_mm=(10, 16), pen_mm=0.7, darkness=PENCIL)
    return taken(sheet, Camera(show_through=_back_side(sheet, random)), random)


def _back_side(sheet: Page, random: Random) -> Image.Image:
    back = Page(sheet.px_per_mm, Image.new("L", sheet.cover.size))
    width, height = (side / sheet.px_per_mm for side in sheet.cover.size)
    darkness = random.uniform(0.12, 0.24)
    for number, y in enumerate(np.arange(0.1 * height, 0.92 * height, 7)):
        text = LINES_OF_PRINT[number % len(LINES_OF_PRINT)]
        print_text(back, text, (0.1 * width, y), 2.6, darkness)
    mirrored = back.cover.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return mirrored.filter(ImageFilter.GaussianBlur(sheet.px(0.12)))


def boxed_form(random: Random, hand: Hand | None, *, dash_mm: float = 0.0) -> PaperPhoto:
    """A form: ten boxes, the digit that is asked for printed above each, one written in each."""
    sheet = page(A5[::-1], 11)
    print_text(sheet, "Write each digit once in the box below it", (14, 16), 3.2)
    order = random.permutation(10)
    for place, digit in enumerate(map(int, order)):
        row, column = divmod(place, 5)
        left, top = 16 + 37 * column, 38 + 52 * row
        print_text(sheet, str(digit), (left + 9, top - 3), 4.5)
        frame(sheet, left, top, 24, 28, dash_mm=dash_mm)
        if hand:
            at = (left + 12 + random.uniform(-2.5, 2.5), top + 14 + random.uniform(-2.5, 2.5))
            write(sheet, digit, hand(digit, random), at, random.uniform(13, 19),
                  pen_mm=0.7, darkness=BLACK_PEN, random=random)  # fmt: skip
    return taken(sheet, Camera(gradient=0.35), random)


def empty_form(random: Random, _: Hand) -> PaperPhoto:
    """The same form before anybody has written on it: no digit is wanted."""
    return boxed_form(random, None)


def dashed_frames(random: Random, hand: Hand) -> PaperPhoto:
    """The same form with dashed frames."""
    return boxed_form(random, hand, dash_mm=random.uniform(1.2, 2.5))


def table_cells(random: Random, hand: Hand) -> PaperPhoto:
    """A table of 5 by 6 cells, about three quarters of them with a digit."""
    sheet = page(A5[::-1], 11)
    rows, columns, wide, high = 5, 6, 30.0, 22.0
    for row in range(rows + 1):
        rule(sheet, (15, 20 + high * row), (15 + wide * columns, 20 + high * row))
    for column in range(columns + 1):
        x = 15 + wide * column
        rule(sheet, (x, 20), (x, 20 + high * rows))
    for row in range(rows):
        for column in range(columns):
            if random.random() < 0.25:
                continue
            digit = int(random.integers(10))
            at = (15 + wide * (column + random.uniform(0.35, 0.65)),
                  20 + high * (row + random.uniform(0.46, 0.54)))  # fmt: skip
            write(sheet, digit, hand(digit, random), at, random.uniform(11, 15),
                  pen_mm=0.6, darkness=BLUE_PEN, random=random)  # fmt: skip
    return taken(sheet, Camera(), random)


def worksheet(random: Random, hand: Hand, *, dpi: int = 400, png: bool = False) -> PaperPhoto:
    """A scanned A4 page of 63 printed sums, the answers by hand, 1 to 1.4 % of its height."""
    sheet = page(A4, dpi / 25.4)
    print_text(sheet, "Sums up to 9", (20, 18), 5)
    print_text(sheet, "Name:", (130, 18), 3.5)
    has_lines = random.random() < 0.5
    for place in range(63):
        column, row = divmod(place, 21)
        left, base = 20 + 60 * column, 36 + 12 * row
        first = int(random.integers(10))
        digit = int(random.integers(first, 10))
        print_text(sheet, f"{first} + {digit - first} =", (left, base), 3)
        at = (left + 28 + random.uniform(-1.5, 1.5), base - 2.0 + random.uniform(-0.5, 0.5))
        if has_lines:
            rule(sheet, (left + 22, base + 1.6), (left + 36, base + 1.6), thick_mm=0.2)
        write(sheet, digit, hand(digit, random), at, random.uniform(3, 4.2),
              pen_mm=0.4, darkness=BLUE_PEN, random=random)  # fmt: skip
    scanner = replace(SCANNER, file_format="PNG") if png else SCANNER
    return taken(sheet, replace(scanner, blur=scanner.blur * dpi / 300), random)


def envelope(random: Random, hand: Hand) -> PaperPhoto:
    """An envelope with printed sender and address, and a code of four digits by hand."""
    sheet = page(DL, 12)
    for number, line in enumerate(SENDER):
        print_text(sheet, line, (12, 14 + 5 * number), 2.3)
    for number, line in enumerate(ADDRESS):
        print_text(sheet, line, (110, 56 + 8 * number), 3.4)
    frame(sheet, 190, 8, 20, 24, darkness=0.5)
    left, base = (112, 92) if random.random() < 0.5 else (30, 70)
    for place in range(4):
        digit = int(random.integers(10))
        at = (left + 11 * place + random.uniform(-1, 1), base + random.uniform(-1, 1))
        write(sheet, digit, hand(digit, random), at, random.uniform(7.5, 10),
              pen_mm=0.7, darkness=BLACK_PEN, random=random)  # fmt: skip
    table = 0.25 if random.random() < 0.5 else 0.0
    return taken(sheet, Camera(table=table), random)


def on_its_side(random: Random, hand: Hand) -> PaperPhoto:
    """Thirty digits in five rows; the picture lies on its left or right side."""
    sheet = page(A5[::-1], 11)
    if random.random() < 0.5:
        for y in range(14, 146, 8):
            rule(sheet, (0, y), (210, y), darkness=0.25)
    for place in range(30):
        row, column = divmod(place, 6)
        digit = int(random.integers(10))
        at = (28 + 30 * column + random.uniform(-4, 4), 22 + 26 * row + random.uniform(-2, 2))
        write(sheet, digit, hand(digit, random), at, random.uniform(10, 14),
              pen_mm=0.6, darkness=BLACK_PEN, random=random)  # fmt: skip
    return taken(sheet, Camera(quarter_turns=int(random.choice([1, 3]))), random)


def single(random: Random, hand: Hand, *, paper: str) -> PaperPhoto:
    """One digit on a page of notes, in a box or dashed frame, or with print behind it."""
    sheet = page(A4, 9) if paper == "thin pen, shadow" else page(A5, 12)
    digit = int(random.integers(10))
    x, y = random.uniform(40, 108), random.uniform(45, 165)
    high, camera = random.uniform(15, 22), Camera()
    pen_mm, darkness = 0.7, BLACK_PEN
    if paper == "thin pen, shadow":
        high, pen_mm, darkness = random.uniform(5, 11), 0.4, BLUE_PEN
        camera = Camera(shadow=str(random.choice(["hand", "lamp"])))
    elif paper == "shone through":
        pen_mm, darkness = 0.7, PENCIL
        camera = Camera(show_through=_back_side(sheet, random))
    else:
        dash_mm = random.uniform(1.2, 2.5) if paper == "dashed frame" else 0.0
        frame(sheet, x - 16, y - 18, 32, 36, dash_mm=dash_mm)
        x, y = x + random.uniform(-3, 3), y + random.uniform(-3, 3)
    write(sheet, digit, hand(digit, random), (x, y), high,
          pen_mm=pen_mm, darkness=darkness, random=random)  # fmt: skip
    return taken(sheet, camera, random)


KINDS: dict[str, Callable[[Random, Hand], PaperPhoto]] = {
    "one digit, thin pen, shadow": lambda r, h: single(r, h, paper="thin pen, shadow"),
    "one digit, print shines through": lambda r, h: single(r, h, paper="shone through"),
    "one digit in a box": lambda r, h: single(r, h, paper="box"),
    "one digit in a dashed frame": lambda r, h: single(r, h, paper="dashed frame"),
    "thin pen, a hand's shadow": scattered_notes,
    "thin pen, a lamp's shadow": lambda r, h: scattered_notes(r, h, shadow="lamp"),
    "pencil, print shines through": shone_through,
    "form with boxes, printed digits": lambda r, h: boxed_form(r, h),
    "the same, empty": empty_form,
    "form with dashed frames": dashed_frames,
    "cells of a table": table_cells,
    "worksheet, 400 dpi, JPEG": worksheet,
    "worksheet, 600 dpi, grey PNG": lambda r, h: worksheet(r, h, dpi=600, png=True),
    "envelope": envelope,
    "on its side": on_its_side,
}


def photo_of_kind(kind: str, *, seed: int, hand: Hand = own_hand) -> PaperPhoto:
    """Return a picture of a kind of paper, the same for the same seed."""
    return KINDS[kind](np.random.default_rng(seed), hand)


def matching(found: Sequence[Box], photo: PaperPhoto) -> dict[int, int]:
    """Return which found box holds which written digit: indices into `found`, into `written`.

    Both boxes, a tenth of the digit's height wider on each side, share half of what they cover.

    Args:
        found: The top, left, height and width of each, in the picture's pixels.
        photo: The picture with its ground truth.
    """
    pairs: dict[int, int] = {}
    for index, box in enumerate(found):
        shares = [_shared(box, each.box, 0.1 * each.height) for each in photo.written]
        best = int(np.argmax(shares)) if shares else 0
        if shares and shares[best] >= 0.5 and best not in pairs.values():
            pairs[index] = best
    return pairs


def _shared(one: Box, other: Box, margin: float) -> float:
    """Return the intersection of two boxes as a share of their union."""
    tops, lefts = (one[0], other[0]), (one[1], other[1])
    bottoms, rights = (one[0] + one[2], other[0] + other[2]), (one[1] + one[3], other[1] + other[3])
    down = min(bottoms) - max(tops) + 2 * margin
    across = min(rights) - max(lefts) + 2 * margin
    shared = max(down, 0) * max(across, 0)
    areas = [(each[2] + 2 * margin) * (each[3] + 2 * margin) for each in (one, other)]
    return shared / (sum(areas) - shared)
