import io

import numpy as np
import pytest
from PIL import Image

from pixelviz import ink, raster
from pixelviz.arrays import Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import ArrayError, DrawingError
from tests.drawings import SEVEN, drawn, png_of


def from_png(png: bytes) -> Ink:
    """Return the ink on the page's canvas from the PNG that it sent."""
    return ink.from_png(png, width_px=280, height_px=280)


def test_white_on_black_becomes_itself() -> None:
    expected = drawn(SEVEN)
    assert np.array_equal(from_png(png_of(expected)), expected)


def test_a_png_gives_the_same_ink_as_its_pixels() -> None:
    rgba = np.random.default_rng(1).integers(0, 256, (280, 280, 4), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(rgba).save(stream, "PNG")
    assert np.array_equal(from_png(stream.getvalue()), ink.from_rgba(rgba))


def test_each_grey_keeps_its_value() -> None:
    greys = np.arange(256, dtype=np.uint8).reshape(16, 16)
    rgba = np.dstack([greys, greys, greys, np.full_like(greys, 255)])
    assert np.array_equal(ink.from_rgba(rgba), greys)


def test_ink_is_brightness_times_opacity() -> None:
    rgba = np.random.default_rng(0).integers(0, 256, (64, 64, 4), dtype=np.uint8)
    brightness = rgba[..., :3] @ [0.299, 0.587, 0.114]  # Rec. 601
    expected = brightness * rgba[..., 3] / 255
    # PIL rounds twice, the brightness and the product.
    assert np.abs(ink.from_rgba(rgba) - expected).max() < 2


def test_transparent_points_are_paper() -> None:
    rgba = np.full((4, 4, 4), 255, np.uint8)
    rgba[..., 3] = 0
    assert not ink.from_rgba(rgba).any()


@pytest.mark.parametrize(
    "rgba",
    [
        np.zeros((4, 4, 3), np.uint8),
        np.zeros((4, 4), np.uint8),
        np.zeros((0, 4, 4), np.uint8),
        np.zeros((4, 4, 4), np.float32),
    ],
)
def test_an_array_that_is_not_rgba_is_refused(rgba: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected rgba of shape"):
        ink.from_rgba(rgba)


@pytest.mark.parametrize("png", [b"", b"GIF89a", png_of(drawn(SEVEN))[:200]])
def test_a_broken_png_is_refused(png: bytes) -> None:
    with pytest.raises(DrawingError, match="broken file"):
        from_png(png)


def test_a_png_of_another_size_is_refused_before_it_is_decoded() -> None:
    stream = io.BytesIO()
    Image.new("L", (8000, 8000)).save(stream, "PNG")
    with pytest.raises(DrawingError, match="280 × 280 pixels, got 8000 × 8000"):
        from_png(stream.getvalue())


def test_a_line_is_as_wide_as_the_pen() -> None:
    line = np.array([[40.0, 140.0], [240.0, 140.0]])
    left = ink.from_strokes((line,), pen_width_px=24)
    assert left[:, 140].sum() == pytest.approx(24 * 255, rel=0.05)
    assert (np.flatnonzero(left[:, 140]).mean()) == pytest.approx(139.5, abs=1)


def test_a_dot_is_as_large_as_the_pen() -> None:
    dot = np.array([[140.0, 140.0]])
    left = ink.from_strokes((dot,), pen_width_px=40)
    assert left.sum() / 255 == pytest.approx(np.pi * 20**2, rel=0.05)


def test_smooth_strokes_are_close_to_strokes_without_oversampling() -> None:
    seven = strokes_of(7)
    on_paper = tuple(np.array(stroke) * ink.PAPER_PX for stroke in seven)
    smooth = ink.from_strokes(on_paper, pen_width_px=24).astype(int)
    assert np.abs(smooth - drawn(seven)).mean() < 4


@pytest.mark.parametrize("shape", [(400, 200), (30, 60), (1, 1), (1000, 3)])
def test_imported_ink_is_centred_on_the_canvas(shape: tuple[int, int]) -> None:
    canvas = ink.fit_to_canvas(np.full(shape, 255, np.uint8))
    rows, columns = np.nonzero(canvas > 127)
    assert canvas.shape == (280, 280)
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 196
    assert rows.mean() == pytest.approx(139.5, abs=0.5)
    assert columns.mean() == pytest.approx(139.5, abs=0.5)


def test_an_imported_digit_gives_nearly_the_same_grid() -> None:
    seven = drawn(SEVEN)
    rows, columns = np.nonzero(seven)
    found = seven[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    grids = [raster.to_grid(each).astype(int) for each in (seven, ink.fit_to_canvas(found))]
    assert np.abs(grids[0] - grids[1]).mean() < 3


@pytest.mark.parametrize(
    "odd", [np.zeros((3, 3)), np.zeros((0, 4), np.uint8), np.zeros((3, 3, 4), np.uint8)]
)
def test_an_array_that_is_not_ink_is_refused(odd: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected ink of shape"):
        ink.fit_to_canvas(odd)
