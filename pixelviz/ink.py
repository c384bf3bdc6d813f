"""rgba or strokes -> ink: how dark each point of the paper is."""

import io
import warnings
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from pixelviz.arrays import PIXEL_MAX, Ink, Rgba, expect_ink, expect_rgba
from pixelviz.errors import DrawingError

PAPER_PX = 280
"""Width and height of the page's canvas."""

IMPORTED_SHARE = 0.7
"""The longer side of an imported digit, as a share of the canvas."""

OVERSAMPLING = 3
"""Strokes are drawn this many times larger and then reduced, for soft edges like the browser's."""

Points: TypeAlias = NDArray[np.float64]
"""(n, 2) float64: the points of a stroke, x to the right and y downwards."""

TRY_AGAIN = "Keep drawing, or press Clear and start again."


def from_rgba(rgba: Rgba) -> Ink:
    """Return how much ink there is at each point of a canvas with black paper and white ink.

    Ink is brightness × opacity, so a transparent point is paper.

    Args:
        rgba: (H, W, 4) uint8, red, green, blue and opacity, 0 to 255.

    Returns:
        (H, W) uint8, 0 paper, 255 full ink.

    Raises:
        ArrayError: The rgba is not (H, W, 4) uint8 with at least one point.

    Example:
        >>> white, clear = (255, 255, 255, 255), (255, 255, 255, 0)
        >>> from_rgba(np.array([[white, clear]], np.uint8))
        array([[255,   0]], dtype=uint8)
    """
    expect_rgba(rgba)
    return _ink_of(Image.fromarray(rgba))


def from_png(png: bytes, *, width_px: int, height_px: int) -> Ink:
    """Return how much ink there is at each point of a canvas, from the PNG that it sent.

    The same as `from_rgba` of the PNG's pixels, without the copies in between. The size is read
    from the file's header and checked before anything is decoded, so a small file that would
    decompress into gigabytes is refused.

    Args:
        png: The file's bytes.
        width_px: The canvas's width, in pixels.
        height_px: Its height.

    Returns:
        (height_px, width_px) uint8, 0 paper, 255 full ink.

    Raises:
        DrawingError: The bytes are not a PNG, or it is broken or of another size.
    """
    return _ink_of(_open_png(png, width_px, height_px))


def _open_png(png: bytes, width_px: int, height_px: int) -> Image.Image:
    """Return the picture in a PNG as RGBA.

    Raises:
        DrawingError: The PNG is broken or of another size.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(png), formats=["PNG"])
        if image.size != (width_px, height_px):
            raise DrawingError(
                f"Expected a drawing of {width_px} × {height_px} pixels, "
                f"got {image.size[0]} × {image.size[1]}.",
                TRY_AGAIN,
            )
        return image.convert("RGBA")
    except DrawingError:
        raise
    except Exception as error:  # PIL raises a dozen types of error for broken files
        raise DrawingError(
            "Expected a PNG from the canvas, got a broken file.", TRY_AGAIN
        ) from error


def _ink_of(image: Image.Image) -> Ink:
    brightness = image.convert("L")  # perceived brightness (Rec. 601)
    return np.asarray(ImageChops.multiply(brightness, image.getchannel("A")))


def crop(ink: Ink) -> tuple[int, int, Ink] | None:
    """Return the part of the paper that the ink takes up: its bounding box.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        Its first row, its first column, and the ink in it, (h, w) uint8; None without ink.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(ink)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    return top, left, ink[top : rows[-1] + 1, left : columns[-1] + 1]


def fit_to_canvas(imported: Ink) -> Ink:
    """Return ink of any size scaled and centred on the page's canvas.

    Args:
        imported: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        (280, 280) uint8; the longer side of the ink takes 70 % of the canvas.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(imported)
    scale = IMPORTED_SHARE * PAPER_PX / max(imported.shape)
    height, width = (max(1, round(scale * length)) for length in imported.shape)
    fitted = Image.fromarray(imported).resize((width, height), Image.Resampling.LANCZOS)
    canvas = Image.new("L", (PAPER_PX, PAPER_PX))
    canvas.paste(fitted, ((PAPER_PX - width) // 2, (PAPER_PX - height) // 2))
    return np.asarray(canvas)


def from_strokes(
    strokes: tuple[Points, ...],
    *,
    pen_width_px: float,
    width_px: int = PAPER_PX,
    height_px: int = PAPER_PX,
) -> Ink:
    """Return the ink that a round pen leaves on a canvas.

    Args:
        strokes: The points of each stroke, at least one, in the canvas's pixels.
        pen_width_px: The pen's width, in the canvas's pixels.
        width_px: The canvas's width; that of the page's own by default.
        height_px: The canvas's height.

    Returns:
        (height_px, width_px) uint8, 0 paper, 255 full ink.
    """
    image = Image.new("L", (OVERSAMPLING * width_px, OVERSAMPLING * height_px))
    pen = ImageDraw.Draw(image)
    width = OVERSAMPLING * pen_width_px
    for stroke in strokes:
        points = [(OVERSAMPLING * x, OVERSAMPLING * y) for x, y in stroke]
        pen.line(points, fill=PIXEL_MAX, width=round(width), joint="curve")
        for x, y in (points[0], points[-1]):
            pen.circle((x, y), width / 2, fill=PIXEL_MAX)
    return np.asarray(image.reduce(OVERSAMPLING))
