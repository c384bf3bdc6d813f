"""Worksheets as pupils bring them back, for tests: printed, coloured with a pen, photographed."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pixelviz.arrays import Grey, Grid
from pixelviz.formats import worksheet
from pixelviz.worksheet.kinds import KINDS, Levels
from pixelviz.worksheet.layout import LEFT_PT, PAGE_PT, TOP_PT

SCALE = 3
"""A printed sheet has so many pixels a point of 1/72 inch: it is printed with 216 dpi."""

FINE = 2
"""Each pixel of it is the average of so many by so many, so that thin lines are grey."""

Points: TypeAlias = NDArray[np.float64]

OPERATOR = re.compile(
    r"(?P<box>(\S+) g (\S+) (\S+) (\S+) (\S+) re f)"
    r"|(?P<frame>\S+ G (\S+) w (\S+) (\S+) (\S+) (\S+) re S)"
    r"|(?P<line>(\S+) G (\S+) w (\S+) (\S+) m (\S+) (\S+) l S)"
    r"|(?P<text>BT (\S+) g /\S+ (\S+) Tf (\S+) (\S+) Td \((.*?)\) Tj ET)"
)


@dataclass(frozen=True)
class Pen:
    """What a pupil colours with.

    Attributes:
        ink: For two to five shades, how dark its strokes are in each, 0 to 1.
        width_pt: How wide a stroke is.
        step_pt: For the same shades, how far a stroke is from the one before.
        uneven: By how much cells of one shade differ, as a share of their darkness.
    """

    ink: dict[int, tuple[float, ...]]
    width_pt: float
    step_pt: dict[int, tuple[float, ...]]
    uneven: float


def same(step: float) -> dict[int, tuple[float, ...]]:
    """Return the same distance of strokes for all shades."""
    return {count: (step,) * count for count in (2, 4, 5)}


PENS = {
    "pencil": Pen(
        {2: (0, 0.7), 4: (0, 0.28, 0.5, 0.75), 5: (0, 0.22, 0.4, 0.58, 0.78)}, 1.2, same(1.1), 0.05
    ),
    "pencil, careless": Pen(
        {2: (0, 0.7), 4: (0, 0.28, 0.5, 0.75), 5: (0, 0.22, 0.4, 0.58, 0.78)}, 1.2, same(1.2), 0.08
    ),
    "grey felt pens": Pen(
        {2: (0, 0.92), 4: (0, 0.3, 0.6, 0.92), 5: (0, 0.2, 0.42, 0.65, 0.92)}, 2.6, same(2.0), 0.04
    ),
    "one felt pen, hatched": Pen(
        {2: (0, 0.9), 4: (0, 0.9, 0.9, 0.9), 5: (0, 0.9, 0.9, 0.9, 0.9)},
        1.4,
        {2: (9, 1.2), 4: (9, 5.5, 2.6, 1.2), 5: (9, 6.5, 3.4, 2.1, 1.1)},
        0.05,
    ),
}


@dataclass(frozen=True)
class Shot:
    """How a photo of a sheet is taken.

    Attributes:
        size: Its width and height in pixels.
        tilt: How far the camera leans, in degrees, to any side.
        turn: How far the sheet is turned clockwise, in degrees.
        fills: The share of the photo's shorter way that the sheet takes.
        shadow: How much light a shadow takes away, 0 to 1.
        edge: How wide the shadow's edge is, as a share of the photo.
        gradient: How much less light there is on one side than on the other.
        blur: In pixels of a photo of 1000 pixels.
        noise: Of the sensor, 0 to 1.
        quality: Of the JPEG.
        table: How bright the table is, 0 to 1.
    """

    size: tuple[int, int] = (1200, 1600)
    tilt: float = 10
    turn: float = 3
    fills: float = 0.95
    shadow: float = 0.0
    edge: float = 0.03
    gradient: float = 0.2
    blur: float = 0.5
    noise: float = 0.01
    quality: int = 75
    table: float = 0.35


def printed(grid: Grid, kind: str, *, page: int = 0) -> Grey:
    """Return a page of a worksheet as a printer prints it, from the PDF's drawing operators.

    Returns:
        (2526, 1785) uint8, three pixels a point.
    """
    streams = re.findall(rb"stream\n(.*?)\nendstream", worksheet.to_pdf(grid, kind=kind), re.S)
    scale = SCALE * FINE
    image = Image.new("L", (scale * PAGE_PT[0], scale * PAGE_PT[1]), 255)
    pen = ImageDraw.Draw(image)
    for found in OPERATOR.finditer(streams[page].decode("ascii")):
        _draw(pen, found, scale)
    return np.asarray(image.reduce(FINE))


def _draw(pen: ImageDraw.ImageDraw, found: re.Match[str], scale: int) -> None:
    """Carry out one operator of a PDF."""
    parts = [part for part in found.groups()[1:] if part is not None and part != found[0]]
    if found["text"]:
        light, size, x, y, words = parts
        font = ImageFont.load_default(float(size) * scale)
        place = scale * float(x), scale * (PAGE_PT[1] - float(y))
        pen.text(place, words.replace("\\", ""), round(255 * float(light)), font, anchor="ls")
    elif found["box"] or found["frame"]:
        first, left, bottom, width, height = map(float, parts)
        box = (left, PAGE_PT[1] - bottom - height, left + width, PAGE_PT[1] - bottom)
        # A pixel of PIL's rectangles includes its right and lower edge.
        x0, y0, x1, y1 = (round(scale * edge) for edge in box)
        if found["box"]:
            pen.rectangle((x0, y0, x1 - 1, y1 - 1), round(255 * first))
        else:
            pen.rectangle((x0, y0, x1, y1), None, 0, round(scale * first))
    else:
        light, thick, x, y, to_x, to_y = map(float, parts)
        ends = [(scale * a, scale * (PAGE_PT[1] - b)) for a, b in ((x, y), (to_x, to_y))]
        pen.line(ends, round(255 * light), round(scale * thick))


def coloured(sheet: Grey, kind: str, levels: Levels, pen: str, random: np.random.Generator) -> Grey:
    """Return a sheet after a pupil has coloured its cells.

    Args:
        sheet: What `printed` returns.
        kind: One of KINDS.
        levels: (side, side) uint8, the level that each cell gets.
        pen: One of PENS.
        random: The source of all random variation.
    """
    layer = Image.new("L", (sheet.shape[1], sheet.shape[0]))
    draw = ImageDraw.Draw(layer)
    which, count, cell = PENS[pen], len(KINDS[kind].shades), KINDS[kind].cell_pt
    for row, column in np.argwhere(levels).tolist():
        level = int(levels[row, column])
        left, top = LEFT_PT + column * cell, PAGE_PT[1] - TOP_PT + row * cell
        ink = which.ink[count][level] * (1 + which.uneven * random.normal())
        for points in _hatching(left, top, cell, which.step_pt[count][level], random):
            stroke = round(255 * min(1.0, max(0.0, ink * (1 + 0.05 * random.normal()))))
            draw.line([(SCALE * x, SCALE * y) for x, y in points], stroke,
                      round(SCALE * which.width_pt))  # fmt: skip
    covered = np.asarray(layer.filter(ImageFilter.GaussianBlur(0.8))).astype(np.float32) / 255
    grain = 1 + 0.12 * random.normal(size=sheet.shape).astype(np.float32)
    light = sheet.astype(np.float32) * (1 - np.clip(covered * grain, 0, 1))
    return np.asarray(light.astype(np.uint8))


def _hatching(
    left: float, top: float, cell: float, step: float, random: np.random.Generator
) -> Iterator[Sequence[tuple[float, float]]]:
    """Return strokes, slanted lines about so far apart that hardly leave a cell."""
    slant = random.uniform(-0.3, 0.3) * cell
    at = random.uniform(0, step) - abs(slant)
    while at < cell + abs(slant):
        start, end = at, at + slant
        first, last = random.normal(0.4, 0.5, 2)
        points = [
            (left + start + (end - start) * share, top + first + (cell - first - last) * share)
            for share in np.linspace(0, 1, 12)
        ]
        inside = [(x, y) for x, y in points if left - 0.3 < x < left + cell + 0.3]
        if len(inside) > 1:
            yield inside
        at += step * random.uniform(0.85, 1.15)


def photographed(sheet: Grey, shot: Shot, random: np.random.Generator) -> bytes:
    """Return the JPEG that a phone takes of a sheet on a table."""
    width, height = shot.size
    seen = _corners(sheet.shape, shot, random)
    to_sheet = _homography(seen, sheet.shape)
    # Where the photo has fewer pixels than the sheet, each is the average of several.
    spans = np.linalg.norm(seen - np.roll(seen, 1, axis=0), axis=1)
    times = max(1, int(min(sheet.shape) / spans.min()))
    small = Image.fromarray(sheet).reduce(times)
    scaled = np.diag([1 / times, 1 / times, 1]) @ to_sheet
    scaled /= scaled[2, 2]
    how = (Image.Transform.PERSPECTIVE, scaled.ravel()[:8].tolist(), Image.Resampling.BICUBIC)
    paper = np.asarray(small.transform((width, height), *how, fillcolor=0), np.float32)
    shape = Image.new("L", small.size, 255).transform((width, height), *how, fillcolor=0)
    share = np.asarray(shape, np.float32) / 255
    light = _light((height, width), shot, random)
    seen_light = (paper * 0.88 + 8) * share + 255 * shot.table * (1 - share)
    picture = np.clip(seen_light * light, 0, 255).astype(np.uint8)
    blurred = Image.fromarray(picture).filter(
        ImageFilter.GaussianBlur(shot.blur * max(shot.size) / 1000)
    )
    noise = random.normal(size=(height, width)).astype(np.float32) * 255 * shot.noise
    grey = Image.fromarray(np.clip(np.asarray(blurred) + noise, 0, 255).astype(np.uint8))
    stream = io.BytesIO()
    grey.convert("RGB").save(stream, "JPEG", quality=shot.quality)
    return stream.getvalue()


def _corners(shape: tuple[int, ...], shot: Shot, random: np.random.Generator) -> Points:
    """Return where a camera sees the corners of a sheet, (4, 2), clockwise from its top left."""
    tall, wide = shape
    flat = np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]]) / (2 * tall)
    turn, tilt, side = np.radians([shot.turn, shot.tilt, random.uniform(0, 360)])
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned = flat @ rotation
    axis = np.array([np.cos(side), np.sin(side)])
    across, along = turned @ np.array([-axis[1], axis[0]]), turned @ axis
    depth = 1.6 + across * np.sin(tilt)  # in heights of the sheet
    seen = (np.outer(along, axis) + np.outer(across * np.cos(tilt), [-axis[1], axis[0]])) / (
        depth[:, np.newaxis]
    )
    low, high = seen.min(axis=0), seen.max(axis=0)
    fit = shot.fills * float((np.array(shot.size) / (high - low)).min())
    return np.asarray((seen - (low + high) / 2) * fit + np.array(shot.size) / 2, np.float64)


def _homography(seen: Points, shape: tuple[int, ...]) -> Points:
    """Return what maps a photo's points to the sheet's, (3, 3)."""
    tall, wide = shape
    rows, targets = [], [(0, 0), (wide, 0), (wide, tall), (0, tall)]
    for (x, y), (u, v) in zip(seen, targets, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return np.append(np.linalg.solve(rows, np.ravel(targets)), 1.0).reshape(3, 3)


def _light(shape: tuple[int, int], shot: Shot, random: np.random.Generator) -> NDArray[np.float32]:
    """Return how much light falls on each point: less on one side, less in the shadow."""
    y, x = np.mgrid[-0.5 : 0.5 : shape[0] * 1j, -0.5 : 0.5 : shape[1] * 1j].astype(np.float32)
    angle, other = random.uniform(0, 2 * np.pi, 2)
    light = 1 - shot.gradient * (0.5 + 0.7 * (x * np.cos(angle) + y * np.sin(angle)))
    distance = x * np.cos(other) + y * np.sin(other) + random.uniform(-0.15, 0.15)
    light *= 1 - shot.shadow / (1 + np.exp(-distance / (shot.edge / 4)))
    return np.asarray(light, np.float32)
