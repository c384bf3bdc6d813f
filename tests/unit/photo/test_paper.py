import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from pixelviz.arrays import Grey
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import ArrayError
from pixelviz.photo import paper
from tests.drawings import drawn

CORNERS = [(120, 90), (660, 60), (690, 500), (90, 540)]


def written(digit: int = 5, *, pen_px: int = 14, level: int = 60) -> Grey:
    """Return a digit on white paper of 600 × 800."""
    page = np.full((600, 800), 255, np.uint8)
    ink = drawn(strokes_of(digit), pen_px=pen_px).astype(np.float32) / 255
    page[160:440, 260:540] = 255 - ink * (255 - level)
    return page


def on_a_table(page: Grey, *, table: int) -> tuple[Grey, np.ndarray]:
    """Return a page with a table around it, and where the page is."""
    shape = Image.new("1", (page.shape[1], page.shape[0]))
    ImageDraw.Draw(shape).polygon(CORNERS, fill=1)
    seen = np.asarray(shape)
    return np.where(seen, page, table).astype(np.uint8), seen


def ruled(page: Grey, *, level: int, slope: float, fan: float = 0.0, squared: bool = False) -> Grey:
    """Return a page with printed lines, turned, and fanning out, under what is written on it."""
    rows, columns = np.mgrid[0:600, 0:800].astype(float)
    steepness = slope + fan * (rows / 600 - 0.5)
    lines = (rows - steepness * (columns - 400)) % 30 < 2
    if squared:
        lines |= (columns + slope * (rows - 300)) % 30 < 2
    under = Image.fromarray(np.where(lines, level, 255).astype(np.uint8))
    return np.asarray(np.minimum(page, np.asarray(under.filter(ImageFilter.GaussianBlur(0.6)))))


def everywhere(page: Grey) -> np.ndarray:
    return paper.whole(page).mask


@pytest.mark.parametrize("table", [30, 120])
def test_a_sheet_on_a_darker_table_is_found(table: int) -> None:
    grey, seen = on_a_table(written(), table=table)
    sheet = paper.find_sheet(grey)
    assert sheet is not None
    found = np.zeros_like(seen)
    height, width = sheet.mask.shape
    found[sheet.top : sheet.top + height, sheet.left : sheet.left + width] = sheet.mask
    assert not (found & ~seen).any()
    assert found.sum() > 0.85 * seen.sum()


def test_a_dark_sheet_on_a_light_table_is_found_too() -> None:
    grey, _ = on_a_table((255 - written()).astype(np.uint8), table=200)
    assert paper.find_sheet(grey) is not None


def test_a_picture_that_is_all_paper_has_no_sheet_in_it() -> None:
    assert paper.find_sheet(written()) is None
    assert paper.find_sheet(written(0, pen_px=60)) is None


def test_a_hard_shadow_across_the_paper_is_no_table() -> None:
    rows, columns = np.mgrid[0:600, 0:800]
    shade = np.where(rows + columns > 750, 0.5, 1.0)
    assert paper.find_sheet((written() * shade).astype(np.uint8)) is None


def test_the_light_is_what_fell_on_the_paper() -> None:
    columns = np.arange(800)[np.newaxis]
    light = np.broadcast_to(90 + 150 * columns / 800, (600, 800))
    page = (written() / 255 * light).astype(np.uint8)
    found = paper.light_on(page, everywhere(page))
    assert np.abs(found.astype(float) - light).mean() < 4
    flat = paper.flatten(page, found, everywhere(page))
    assert np.abs(flat.astype(int) - written()).mean() < 5


@pytest.mark.parametrize("pen_px", [4, 14, 40])
def test_which_of_two_is_the_ink_is_told_by_what_there_is_less_of(pen_px: int) -> None:
    page = written(pen_px=pen_px)
    negative = (255 - page).astype(np.uint8)
    assert not paper.is_light_on_dark(page, everywhere(page))
    assert paper.is_light_on_dark(negative, everywhere(page))


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize(("slope", "fan"), [(0.0, 0.0), (0.04, 0.0), (-0.1, 0.0), (0.03, 0.06)])
def test_printed_lines_go_and_ink_stays(slope: float, fan: float, squared: bool) -> None:
    page = written()
    lined = ruled(page, level=170, slope=slope, fan=fan, squared=squared)
    clean = paper.without_lines(lined, everywhere(page)).astype(int)
    assert np.abs(lined.astype(int) - page).mean() > 4
    assert np.abs(clean - page).mean() < 1
    assert (clean[page < 100] < 130).mean() > 0.98


def test_lines_as_dark_as_the_ink_go_too() -> None:
    page = written(level=120)
    lined = ruled(page, level=120, slope=0.02)
    clean = paper.without_lines(lined, everywhere(page))
    assert np.abs(clean.astype(int) - page).mean() < 1.5


@pytest.mark.parametrize("digit", [2, 4, 5, 7])
def test_the_bars_of_a_digit_are_no_printed_lines(digit: int) -> None:
    page = written(digit, pen_px=4)
    assert np.array_equal(paper.without_lines(page, everywhere(page)), page)


@pytest.mark.parametrize("wrong", [np.zeros(5, np.uint8), np.zeros((5, 5)), np.zeros((0, 5))])
def test_what_is_no_grey_picture_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a grey picture"):
        paper.find_sheet(wrong)
