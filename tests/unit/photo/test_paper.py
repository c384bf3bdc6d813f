import numpy as np
import pytest
from PIL import Image, ImageDraw

from pixelviz.arrays import Grey, Mask
from pixelviz.errors import ArrayError
from pixelviz.photo import paper
from tests.drawings import written_page

CORNERS = [(120, 90), (660, 60), (690, 500), (90, 540)]


def on_a_table(page: Grey, *, table: int) -> tuple[Grey, Mask]:
    """Return a page with a table around it, and where the page is."""
    shape = Image.new("1", (page.shape[1], page.shape[0]))
    ImageDraw.Draw(shape).polygon(CORNERS, fill=1)
    visible = np.asarray(shape)
    return np.where(visible, page, table).astype(np.uint8), visible


@pytest.mark.parametrize("table", [30, 120])
def test_a_sheet_on_a_darker_table_is_found(table: int) -> None:
    grey, visible = on_a_table(written_page(), table=table)
    sheet = paper.find_sheet(grey)
    assert sheet is not None
    found = np.zeros_like(visible)
    height, width = sheet.mask.shape
    found[sheet.top : sheet.top + height, sheet.left : sheet.left + width] = sheet.mask
    assert not (found & ~visible).any()
    assert found.sum() > 0.85 * visible.sum()


def test_a_dark_sheet_on_a_light_table_is_found() -> None:
    grey, _ = on_a_table((255 - written_page()).astype(np.uint8), table=200)
    assert paper.find_sheet(grey) is not None


def test_no_sheet_is_found_where_all_is_paper() -> None:
    assert paper.find_sheet(written_page()) is None
    assert paper.find_sheet(written_page(0, pen_px=60)) is None


def test_a_hard_shadow_across_the_paper_is_not_a_sheet() -> None:
    rows, columns = np.mgrid[0:600, 0:800]
    shadow = np.where(rows + columns > 750, 0.5, 1.0)
    assert paper.find_sheet((written_page() * shadow).astype(np.uint8)) is None


@pytest.mark.parametrize("wrong", [np.zeros(5, np.uint8), np.zeros((5, 5)), np.zeros((0, 5))])
def test_an_array_that_is_not_a_grey_picture_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a grey picture"):
        paper.find_sheet(wrong)
