"""A sheet seen from aside -> the sheet seen from above: a homography and what it does to a picture.

It maps straight lines to straight lines, and four points determine it (Hartley and Zisserman 2004,
chapter 4). Points of a page are (x, y) in points of 1/72 inch, here from its upper left corner, y
downwards as in a picture.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Grey
from pixelviz.worksheet.layout import MARK_PT, MARKS_PT, PAGE_PT

SCALE = 2
"""A page seen from above has so many pixels a point: 51 mm are 288."""

MARK_CENTRES_PT = np.array(
    [
        (MARKS_PT[corner][0] + MARK_PT / 2, PAGE_PT[1] - MARKS_PT[corner][1] - MARK_PT / 2)
        for corner in (0, 1, 3, 2)
    ]
)
"""(4, 2): the middles of a page's marks, clockwise from the top left."""


def homography(marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the homography that maps a page to what a photo shows of it (Heckbert 1989).

    It is written out, since the library that numpy solves equations with takes 32 MB at its first
    call, a third of what a photo may take.

    Args:
        marks: (4, 2), the middles of the page's marks in the photo, clockwise from its top left.

    Returns:
        (3, 3) float64, from the page's (x, y, 1) in points to multiples of the photo's.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = marks.tolist()
    dx1, dx2, dx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    area = dx1 * dy2 - dx2 * dy1
    g, h = (dx * dy2 - dx2 * dy) / area, (dx1 * dy - dx * dy1) / area
    across = np.array([x1 - x0 + g * x1, y1 - y0 + g * y1, g])
    down = np.array([x3 - x0 + h * x3, y3 - y0 + h * y3, h])
    left, top = MARK_CENTRES_PT[0]
    width, height = MARK_CENTRES_PT[2] - MARK_CENTRES_PT[0]
    # So far from the unit square: now from the rectangle of the marks.
    across, down = across / width, down / height
    return np.stack([across, down, np.array([x0, y0, 1.0]) - left * across - top * down], axis=1)


def scales(marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many points of a photo a point of the page is at each of its marks.

    Args:
        marks: (4, 2), their middles in the photo, clockwise from the page's top left.

    Returns:
        (4,) float64.
    """
    matrix = homography(marks)
    x, y = MARK_CENTRES_PT.T
    determinant = (matrix[0] * np.cross(matrix[1], matrix[2])).sum()
    return np.asarray(
        np.sqrt(np.abs(determinant / (matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]) ** 3))
    )


def page_from_above(grey: Grey, marks: NDArray[np.float64]) -> Grey:
    """Return an A4 page as seen from straight above.

    Args:
        grey: (H, W) uint8, the photo.
        marks: (4, 2), the middles of the marks in it, clockwise from the page's top left.

    Returns:
        (1684, 1190) uint8, two pixels a point; white where the photo does not show it.
    """
    # PIL measures from a pixel's corner, marks are measured from its middle.
    matrix = homography(marks + 0.5) / (SCALE, SCALE, 1)
    matrix /= matrix[2, 2]
    size = (SCALE * PAGE_PT[0], SCALE * PAGE_PT[1])
    how = (Image.Transform.PERSPECTIVE, matrix.ravel()[:8].tolist(), Image.Resampling.BILINEAR)
    return np.asarray(Image.fromarray(grey).transform(size, *how, fillcolor=PIXEL_MAX))
