import numpy as np
import pytest
from PIL import Image, ImageFilter

from pixelviz.arrays import Grey
from pixelviz.photo import ruled_lines
from tests.drawings import all_paper, written_page


def ruled(page: Grey, *, level: int, slope: float, fan: float = 0.0, squared: bool = False) -> Grey:
    """Return a page with printed lines under the ink, tilted by a slope and fanning out."""
    rows, columns = np.mgrid[0:600, 0:800].astype(float)
    steepness = slope + fan * (rows / 600 - 0.5)
    lines = (rows - steepness * (columns - 400)) % 30 < 2
    if squared:
        lines |= (columns + slope * (rows - 300)) % 30 < 2
    under = Image.fromarray(np.where(lines, level, 255).astype(np.uint8))
    return np.asarray(np.minimum(page, np.asarray(under.filter(ImageFilter.GaussianBlur(0.6)))))


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize(("slope", "fan"), [(0.0, 0.0), (0.04, 0.0), (-0.1, 0.0), (0.03, 0.06)])
def test_printed_lines_are_removed_and_ink_stays(slope: float, fan: float, squared: bool) -> None:
    page = written_page()
    lined = ruled(page, level=170, slope=slope, fan=fan, squared=squared)
    clean = ruled_lines.remove(lined, all_paper(page)).astype(int)
    assert np.abs(lined.astype(int) - page).mean() > 4
    assert np.abs(clean - page).mean() < 1
    assert (clean[page < 100] < 130).mean() > 0.98


def test_lines_as_dark_as_the_ink_are_removed() -> None:
    page = written_page(level=120)
    lined = ruled(page, level=120, slope=0.02)
    clean = ruled_lines.remove(lined, all_paper(page))
    assert np.abs(clean.astype(int) - page).mean() < 1.5


@pytest.mark.parametrize("digit", [2, 4, 5, 7])
def test_the_bars_of_a_digit_are_not_printed_lines(digit: int) -> None:
    page = written_page(digit, pen_px=4)
    assert np.array_equal(ruled_lines.remove(page, all_paper(page)), page)
