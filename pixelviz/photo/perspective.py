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


def homography(
    from_points: NDArray[np.float64], to_points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the homography that maps four points to four others.

    Args:
        from_points: (4, 2), no three of them on one line.
        to_points: (4, 2), no three of them on one line.

    Returns:
        (3, 3) float64.
    """
    rows = []
    for (x, y), (u, v) in zip(from_points, to_points, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    numbers = np.linalg.solve(np.array(rows, np.float64), to_points.ravel())
    return np.append(numbers, 1.0).reshape(3, 3)


def areas(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many times its area a homography gives to what is at some points.

    Args:
        matrix: (3, 3).
        points: (n, 2).

    Returns:
        (n,) float64.
    """
    denominator = np.column_stack([points, np.ones(len(points))]) @ matrix[2]
    return np.asarray(np.abs(np.linalg.det(matrix) / denominator**3))


def page_from_above(grey: Grey, marks: NDArray[np.float64]) -> Grey:
    """Return an A4 page as seen from straight above.

    Args:
        grey: (H, W) uint8, the photo.
        marks: (4, 2), the middles of the marks in it, clockwise from the page's top left.

    Returns:
        (1684, 1190) uint8, two pixels a point; white where the photo does not show it.
    """
    # PIL measures from a pixel's corner, marks are measured from its middle.
    matrix = homography(SCALE * MARK_CENTRES_PT, marks + 0.5)
    size = (SCALE * PAGE_PT[0], SCALE * PAGE_PT[1])
    how = (Image.Transform.PERSPECTIVE, matrix.ravel()[:8].tolist(), Image.Resampling.BILINEAR)
    return np.asarray(Image.fromarray(grey).transform(size, *how, fillcolor=PIXEL_MAX))
