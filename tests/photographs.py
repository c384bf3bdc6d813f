"""Photos of digits made in code: pen and paper, light and lens, for the tests of photos."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from pixelviz.arrays import Grey
from pixelviz.data.sample_digits import Stroke, strokes_of

Picture: TypeAlias = NDArray[np.float32]
Colour: TypeAlias = tuple[float, float, float]

WHITE = (0.93, 0.92, 0.88)
SLATE = (0.13, 0.20, 0.17)
BLACK_INK, BLUE_INK, PENCIL = (0.10, 0.10, 0.12), (0.12, 0.18, 0.55), (0.50, 0.50, 0.52)
CHALK = (0.85, 0.85, 0.82)
WOOD, DESK = (0.42, 0.29, 0.18), (0.20, 0.20, 0.22)


@dataclass(frozen=True)
class Scene:
    """How a photo is taken. Lengths are shares of the paper's longer side."""

    paper: Colour = WHITE
    pen: Colour = BLACK_INK
    pen_width: float = 0.012
    high: float = 0.35
    lines: str = ""
    line_colour: Colour = (0.62, 0.70, 0.82)
    table: Colour | None = None
    tilt: float = 4.0
    perspective: float = 0.03
    gradient: float = 0.25
    shadow: float = 0.0
    shadow_edge: float = 0.02
    grain: float = 0.02
    blur: float = 1.0
    quality: int = 60
    size: tuple[int, int] = (1600, 1200)


CONDITIONS = {
    "scan": Scene(tilt=1, perspective=0, gradient=0, blur=0.5, quality=90, grain=0.01),
    "black pen": Scene(),
    "thin ballpoint": Scene(pen_width=0.004, pen=BLUE_INK),
    "thick marker": Scene(pen_width=0.035, high=0.5),
    "pencil": Scene(pen=PENCIL, pen_width=0.006),
    "small digit": Scene(high=0.1, pen_width=0.005),
    "large digit": Scene(high=0.8, pen_width=0.02),
    "strong gradient": Scene(gradient=0.65),
    "soft shadow": Scene(shadow=0.5, shadow_edge=0.06),
    "hard shadow": Scene(shadow=0.5, shadow_edge=0.006),
    "rough paper": Scene(grain=0.06),
    "out of focus": Scene(blur=4, pen_width=0.008),
    "dim": Scene(paper=(0.35, 0.33, 0.30), pen=(0.06, 0.06, 0.06), grain=0.05),
    "ruled paper": Scene(lines="ruled", pen=BLUE_INK, pen_width=0.006, high=0.15),
    "squared paper": Scene(lines="squared", pen=BLUE_INK, pen_width=0.006, high=0.15),
    "ruled paper, pencil": Scene(lines="ruled", pen=PENCIL, pen_width=0.006, high=0.15),
    "sheet on wood": Scene(table=WOOD),
    "sheet on a dark desk, shadow": Scene(table=DESK, shadow=0.4, shadow_edge=0.03),
    "chalkboard": Scene(paper=SLATE, pen=CHALK, pen_width=0.015, grain=0.03),
    "dark screenshot": Scene(
        paper=(0.05, 0.05, 0.06), pen=(0.9, 0.9, 0.9), tilt=0, perspective=0, gradient=0,
        grain=0, blur=0, quality=90,
    ),
}  # fmt: skip


def written(
    digits: Sequence[Sequence[Stroke]], scene: Scene, random: np.random.Generator
) -> Picture:
    """Return how far ink covers the paper, 0 to 1, with digits side by side in a free hand."""
    width, height = scene.size
    side = max(width, height)
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    room = width / len(digits)
    for number, strokes in enumerate(digits):
        points = np.concatenate([np.array(stroke) for stroke in strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = scene.high * height / max(high[1] - low[1], high[0] - low[0])
        angle = np.radians(random.uniform(-8, 8))
        slant = random.uniform(-0.15, 0.15)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle) + slant, np.cos(angle)]])
        free = np.maximum(np.array([room, height]) * 0.86 - scene.high * height, 0)
        centre = np.array([room * (number + 0.5), height / 2]) + free / 2 * random.uniform(-1, 1, 2)
        for stroke in strokes:
            way = (np.array(stroke) - (low + high) / 2) * scale @ turn + centre
            thick = scene.pen_width * side * random.uniform(0.85, 1.15)
            pen.line([tuple(point) for point in way], 255, max(1, round(thick)), joint="curve")
            for x, y in way:
                pen.circle((x, y), thick / 2, fill=255)
    return _shares(image.filter(ImageFilter.GaussianBlur(0.7)))


def _shares(image: Image.Image) -> Picture:
    return np.asarray(np.asarray(image) / np.float32(255), np.float32)


def curved(strokes: Sequence[Stroke], random: np.random.Generator) -> list[Stroke]:
    """Return strokes with the points of each moved a little and joined by curves (Catmull-Rom)."""
    ways = []
    for stroke in strokes:
        moved = np.array(stroke) + random.normal(0, 0.008, (len(stroke), 2))
        ends = np.concatenate([moved[:1], moved, moved[-1:]])
        way = []
        for index in range(len(stroke) - 1):
            a, b, c, d = ends[index : index + 4]
            for t in np.linspace(0, 1, 8):
                way.append(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                           + (3 * b - a - 3 * c + d) * t**3)
                )  # fmt: skip
        ways.append(tuple((float(x), float(y)) for x, y in way))
    return ways


def photograph(ink: Picture, scene: Scene, random: np.random.Generator) -> bytes:
    """Return the JPEG that a camera takes of a paper with ink on it.

    Args:
        ink: (H, W) float32, how far ink covers the paper, 0 to 1.
        scene: How it is taken.
        random: Where and how much exactly.
    """
    height, width = ink.shape
    side = max(height, width)
    colour: Picture = np.empty((height, width, 3), np.float32)
    colour[:] = scene.paper
    if scene.lines:
        lined = np.zeros((height, width), np.float32)
        step, thick = round(0.03 * side), max(1, round(0.0018 * side))
        for offset in range(thick):
            lined[step + offset :: step] = 1
            if scene.lines == "squared":
                lined[:, step + offset :: step] = 1
        colour += lined[..., np.newaxis] * (np.array(scene.line_colour, np.float32) - colour)
    grain = random.normal(0, 1, (height // 2, width // 2)).astype(np.float32)
    texture = np.asarray(Image.fromarray(grain).resize((width, height), Image.Resampling.BICUBIC))
    uneven = np.clip(1 + 1.5 * scene.grain * texture, 0.4, 1)[..., np.newaxis]  # a pen skips
    colour += ink[..., np.newaxis] * uneven * (np.array(scene.pen, np.float32) - colour)
    colour *= 1 + scene.grain * texture[..., np.newaxis]
    sheet = Image.fromarray((np.clip(colour, 0, 1) * 255).astype(np.uint8))
    colour = _shares(_placed(sheet, scene, random))
    colour *= _light((height, width), scene, random)[..., np.newaxis]
    colour += random.normal(0, 0.008, colour.shape).astype(np.float32)  # the sensor's noise
    image = Image.fromarray((np.clip(colour, 0, 1) * 255).astype(np.uint8))
    if scene.blur:
        image = image.filter(ImageFilter.GaussianBlur(scene.blur))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=scene.quality)
    return stream.getvalue()


def _placed(sheet: Image.Image, scene: Scene, random: np.random.Generator) -> Image.Image:
    """Return the sheet as the camera sees it, turned and in perspective, on a table if any."""
    width, height = sheet.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    centre = np.array([width, height]) / 2
    angle = np.radians(random.uniform(-scene.tilt, scene.tilt))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    shrink = random.uniform(0.62, 0.8) if scene.table else 1.0
    seen = (corners - centre) * shrink @ turn + centre
    seen += random.uniform(-1, 1, (4, 2)) * scene.perspective * width
    if not scene.table:  # paper all over: what lies beyond its edge is paper, too
        fill = tuple(round(255 * part) for part in scene.paper)
    else:
        fill = (0, 0, 0)
        seen += random.uniform(-1, 1, 2) * 0.06 * width
    rows = []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    numbers = np.linalg.solve(np.array(rows), corners.ravel())
    how = (Image.Transform.PERSPECTIVE, numbers.tolist(), Image.Resampling.BICUBIC)
    placed = sheet.transform(sheet.size, *how, fillcolor=fill)
    if not scene.table:
        return placed
    shape = Image.new("L", sheet.size, 255).transform(sheet.size, *how, fillcolor=0)
    fibres = random.normal(0, 1, (height, max(2, width // 60))).astype(np.float32)
    grown = np.asarray(Image.fromarray(fibres).resize(sheet.size, Image.Resampling.BICUBIC))
    table = np.array(scene.table) * (1 + 0.12 * grown[..., np.newaxis])
    image = Image.fromarray((np.clip(table, 0, 1) * 255).astype(np.uint8))
    image.paste(placed, mask=shape)
    return image


def _light(shape: tuple[int, int], scene: Scene, random: np.random.Generator) -> Picture:
    """Return how much light falls on each point: less to one side, less in a shadow."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) / max(shape)
    angle = random.uniform(0, 2 * np.pi)
    along = rows * np.sin(angle) + columns * np.cos(angle)
    along = (along - along.min()) / (along.max() - along.min())
    light = 1 - scene.gradient * along
    if scene.shadow:
        angle = random.uniform(0, 2 * np.pi)
        distance = (rows - 0.5 * shape[0] / max(shape)) * np.sin(angle) + (
            columns - 0.5 * shape[1] / max(shape)
        ) * np.cos(angle)
        distance += random.uniform(-0.2, 0.2)
        light *= 1 - scene.shadow / (1 + np.exp(-distance / (scene.shadow_edge / 4)))
    return np.asarray(light, np.float32)


def photo_of(
    digits: str, scene: Scene, *, seed: int, hands: Sequence[Sequence[Stroke]] | None = None
) -> bytes:
    """Return a photo of some digits, the same for the same seed."""
    random = np.random.default_rng(seed)
    strokes = hands or [curved(strokes_of(int(digit)), random) for digit in digits]
    return photograph(written(strokes, scene, random), scene, random)


def file_of(grey: Grey, kind: str = "PNG", mode: str = "L", **options: Any) -> bytes:
    """Return a grey picture as a file of a kind and in a mode that PIL knows by name."""
    stream = io.BytesIO()
    Image.fromarray(grey).convert(mode).save(stream, kind, **options)
    return stream.getvalue()


def smaller(scene: Scene) -> Scene:
    """Return the same scene for a camera of a quarter of the pixels, quick enough for a test."""
    return replace(scene, size=(scene.size[0] // 2, scene.size[1] // 2), blur=scene.blur / 2)
