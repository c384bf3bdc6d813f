"""Drawings made in code: ink and canvas messages for the tests to feed the steps and the page."""

import base64
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from pixelviz.arrays import Grey, Ink, Mask
from pixelviz.data.sample_digits import Point, Stroke, strokes_of

CANVAS_PX = 280
PEN_PX = 24

SEVEN: tuple[tuple[Point, ...], ...] = (((0.28, 0.22), (0.72, 0.22), (0.45, 0.82)),)
CROSSED_SEVEN = (*SEVEN, ((0.40, 0.52), (0.72, 0.50)))
SCRIBBLE = (tuple((0.5 + 0.4 * np.cos(k * 2.4), 0.5 + 0.4 * np.sin(k * 3.7)) for k in range(40)),)


def paper(height: int = CANVAS_PX, width: int = CANVAS_PX) -> Ink:
    """Return paper without ink."""
    return np.zeros((height, width), np.uint8)


def drawn(strokes: tuple[tuple[Point, ...], ...], pen_px: int = PEN_PX) -> Ink:
    """Return the ink of straight strokes with a round pen, drawn by PIL on paper of 280×280."""
    image = Image.new("L", (CANVAS_PX, CANVAS_PX))
    pen = ImageDraw.Draw(image)
    for stroke in strokes:
        points = [(x * CANVAS_PX, y * CANVAS_PX) for x, y in stroke]
        pen.line(points, fill=255, width=pen_px)
        for x, y in points:
            pen.circle((x, y), pen_px / 2, fill=255)
    return np.asarray(image)


def dark_on_light(digit: int) -> Grey:
    """Return an example digit as dark ink on white paper of 280×280."""
    return (255 - drawn(strokes_of(digit))).astype(np.uint8)


def written_page(digit: int = 5, *, pen_px: int = 14, level: int = 60) -> Grey:
    """Return a digit on white paper of 600 × 800, in ink of a level of grey."""
    page = np.full((600, 800), 255, np.uint8)
    ink = drawn(strokes_of(digit), pen_px=pen_px).astype(np.float32) / 255
    page[160:440, 260:540] = 255 - ink * (255 - level)
    return page


def all_paper(grey: Grey) -> Mask:
    """Return the mask of a picture that shows nothing but paper."""
    return np.ones(grey.shape, np.bool_)


def row_of_digits(
    digits: Sequence[tuple[Stroke, ...]], *, gap_px: int = 30, only: int | None = None
) -> Ink:
    """Return digits 100 px high side by side on paper of 150 × 640, or one of them in its place."""
    image = Image.new("L", (640, 150))
    pen = ImageDraw.Draw(image)
    left, pen_px = 20, 12
    for number, strokes in enumerate(digits):
        points = np.concatenate([np.array(stroke) for stroke in strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = 100 / (high[1] - low[1])
        for stroke in strokes if only in (None, number) else ():
            scaled = [tuple(point) for point in (np.array(stroke) - low) * scale + (left, 25)]
            pen.line(scaled, fill=255, width=pen_px, joint="curve")
            for x, y in scaled:
                pen.circle((x, y), pen_px / 2, fill=255)
        left += round((high[0] - low[0]) * scale) + gap_px
    return np.asarray(image)


def png_of(ink: Ink) -> bytes:
    """Return ink as the PNG that the canvas would send: white on black, opaque."""
    stream = io.BytesIO()
    Image.fromarray(ink).convert("RGBA").save(stream, "PNG")
    return stream.getvalue()


def message_of(png: bytes) -> dict[str, Any]:
    """Return what the canvas puts into the session's state when it holds a drawing."""
    data = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    return {"drawing": {"raw": {"objects": [{}]}, "data": data}}
