"""Worksheets that were printed, coloured and photographed by tests/coloured_worksheets.py."""

from functools import cache

import numpy as np
import pytest

from pixelviz.arrays import Grey
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import PhotoError
from pixelviz.photo import coloured_cells, corner_marks, image_file, worksheet_reading
from pixelviz.photo.worksheet_reading import ColouredWorksheet
from pixelviz.raster import to_grid
from pixelviz.worksheet.kinds import KINDS, Levels
from pixelviz.worksheet.layout import DATA_LEFT_PT, MARK_PT, MARKS_PT, PAGE_PT
from tests.coloured_worksheets import SCALE, Shot, coloured, photographed, printed
from tests.drawings import drawn
from tests.photographs import CONDITIONS, photo_of

THREE = to_grid(drawn(strokes_of(3)))

STRAIGHT = Shot(size=(750, 1000), tilt=0, turn=0)

SHOTS = {
    "straight": STRAIGHT,
    "from aside, in a shadow": Shot(size=(1200, 1600), tilt=30, turn=8, shadow=0.4, edge=0.05),
    "blurred, noisy, dim, across": Shot(
        size=(1000, 750), tilt=20, blur=1.2, noise=0.03, quality=40, gradient=0.5
    ),
    "small, on a bright table": Shot(size=(750, 1000), fills=0.6, table=0.8),
}


@cache
def sheet(kind: str, pen: str | None = "pencil") -> Grey:
    """Return a sheet that was coloured as it asks for."""
    blank = printed(THREE, kind)
    if pen is None:
        return blank
    return coloured(blank, kind, asked(kind), pen, np.random.default_rng(1))


def asked(kind: str) -> Levels:
    return KINDS[kind].levels_of(THREE)


def covered(kind: str, left: float, top: float, width: float, height: float) -> Grey:
    """Return a sheet with paper over a rectangle of it, in points from its upper left corner."""
    picture = sheet(kind).copy()
    rows = slice(round(SCALE * top), round(SCALE * (top + height)))
    picture[rows, round(SCALE * left) : round(SCALE * (left + width))] = 250
    return picture


def read(picture: Grey, shot: Shot = STRAIGHT, seed: int = 3) -> ColouredWorksheet | None:
    file = photographed(picture, shot, np.random.default_rng(seed))
    return worksheet_reading.read(image_file.decode(file))


def expect_right(found: ColouredWorksheet | None, kind: str, share: float = 0.99) -> None:
    assert found is not None
    assert found.kind_name == kind
    assert found.asked is not None
    assert np.array_equal(found.asked, asked(kind))
    assert np.mean(found.coloured == asked(kind)) >= share


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pen", ["pencil", "grey felt pens", "one felt pen, hatched"])
@pytest.mark.parametrize("shot", SHOTS)
def test_99_of_100_cells_are_read_right(kind: str, pen: str, shot: str) -> None:
    expect_right(read(sheet(kind, pen), SHOTS[shot]), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_of_12_megapixels_is_read(kind: str) -> None:
    expect_right(read(sheet(kind), Shot(size=(3000, 4000), tilt=25, shadow=0.3)), kind)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_may_lie_any_way_up(kind: str, turn: int) -> None:
    expect_right(read(sheet(kind), Shot(size=(1000, 1000), tilt=15, turn=turn)), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_cells_that_are_coloured_wrong_are_found(kind: str) -> None:
    levels, random = asked(kind), np.random.default_rng(6)
    changed = levels.copy()
    cells = random.choice(levels.size, 5, replace=False)
    most = len(KINDS[kind].shades) - 1
    changed.flat[cells] = np.where(levels.flat[cells] > most / 2, 0, most)
    found = read(coloured(sheet(kind, None), kind, changed, "pencil", random))
    assert found is not None
    assert found.asked is not None
    assert set(cells) <= set(np.flatnonzero(found.coloured != found.asked))
    assert np.mean(found.coloured == changed) >= 0.99


def test_a_cell_between_two_shades_counts_as_the_one_asked_for() -> None:
    key = np.array([0, 0.2, 0.4, 0.6, 0.9])
    darkness = np.repeat([0.0, 0.2, 0.4, 0.6, 0.9], [4, 4, 4, 4, 4])
    darkness[8] = 0.32  # 1.6: nearer to 0.4 than to 0.2
    asked_for = np.repeat(np.arange(5, dtype=np.uint8), 4)
    asked_for[8:10] = 1
    expected = np.repeat(np.arange(5), 4)
    assert coloured_cells.to_levels(darkness, key, None).tolist() == expected.tolist()
    expected[8] = 1
    assert coloured_cells.to_levels(darkness, key, asked_for).tolist() == expected.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_sheet_has_no_coloured_cell(kind: str) -> None:
    found = read(sheet(kind, None))
    assert found is not None
    assert not found.coloured.any()
    assert found.asked is not None
    assert np.array_equal(found.asked, asked(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_with_only_its_lightest_cells_done_is_read_as_it_is(kind: str) -> None:
    begun = np.where(asked(kind) == 1, asked(kind), 0).astype(np.uint8)
    random = np.random.default_rng(7)
    found = read(coloured(sheet(kind, None), kind, begun, "pencil", random))
    assert found is not None
    assert np.mean(found.coloured == begun) >= 0.99


@pytest.mark.parametrize("kind", KINDS)
def test_the_squares_of_a_slightly_blurred_photo_are_read(kind: str) -> None:
    expect_right(read(sheet(kind), Shot(size=(750, 1000), tilt=0, blur=2.5)), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_squares_the_cells_are_read_all_the_same(kind: str) -> None:
    top = PAGE_PT[1] - 100
    found = read(covered(kind, DATA_LEFT_PT + 100, top, 300, 75))
    assert found is not None
    assert found.asked is None
    assert found.kind_name == kind
    assert np.mean(found.coloured == asked(kind)) >= 0.97


@pytest.mark.parametrize("corner", range(4))
def test_a_covered_mark_is_named(corner: int) -> None:
    x, y = MARKS_PT[corner]
    picture = covered("integers", x - 3, PAGE_PT[1] - y - MARK_PT - 3, MARK_PT + 6, MARK_PT + 6)
    name = ("top left", "top right", "bottom left", "bottom right")[corner]
    for turn in (0, 90, 180, 270):
        with pytest.raises(PhotoError, match=f"found three: that at the {name} is missing"):
            read(picture, Shot(size=(1000, 1000), tilt=10, turn=turn))


def test_a_sheet_that_is_too_small_is_refused() -> None:
    shot = Shot(size=(750, 1000), fills=0.36, blur=1, quality=40, tilt=0)
    with pytest.raises(PhotoError, match="at least 421 pixels high in the photo, got one of about"):
        read(sheet("integers"), shot)


def test_a_photo_that_is_too_blurred_is_refused() -> None:
    with pytest.raises(PhotoError, match="Expected a sharp photo of the worksheet"):
        read(sheet("integers"), Shot(size=(750, 1000), tilt=0, blur=3.2))


def test_a_sheet_whose_codes_are_covered_is_refused() -> None:
    picture = covered("integers", 55, 20, 480, 40)
    picture[-100 * SCALE :, 55 * SCALE : 400 * SCALE] = 250
    with pytest.raises(PhotoError, match="Expected the worksheet's code"):
        read(picture)


@pytest.mark.parametrize(
    "condition", ["black pen", "sheet on wood", "squared paper", "hard shadow"]
)
def test_a_photo_of_digits_is_no_worksheet(condition: str) -> None:
    file = photo_of("472", CONDITIONS[condition], seed=4)
    assert worksheet_reading.read(image_file.decode(file)) is None


@pytest.mark.parametrize("gap", [9, 14, 22, 40])
def test_a_pattern_of_squares_is_no_worksheet(gap: int) -> None:
    """However many groups of four squares lie as the marks do."""
    pattern = np.full((1000, 1000), 230, np.uint8)
    for row in range(10, 980, gap + 12):
        for column in range(10, 980, gap + 12):
            pattern[row : row + 10, column : column + 10] = 10
    found = worksheet_reading.read(pattern)
    assert found is None


def test_squares_that_all_might_be_marks_do_not_take_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at = []
    monkeypatch.setattr(corner_marks, "_are_marks", lambda *_: looked_at.append(1))
    picture = np.full((1000, 1000), 230, np.uint8)
    for top, left in np.ndindex(2, 2):
        for row, column in np.ndindex(3, 3):
            y, x = 150 + 549 * top + 30 * row, 250 + 366 * left + 30 * column
            picture[y : y + 10, x : x + 10] = 10
    assert worksheet_reading.read(picture) is None
    assert len(looked_at) == corner_marks.ATTEMPTS_MAX


def test_the_page_is_shown_upright_under_even_light() -> None:
    found = read(sheet("bits"), Shot(size=(1000, 1000), turn=180, gradient=0.4))
    assert found is not None
    assert found.page.shape == (842, 595)
    assert found.page[740:, 60:200].mean() < 180  # the squares are at the bottom
    assert np.median(found.page) > 245
