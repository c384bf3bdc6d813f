import numpy as np
import pytest

from pixelviz.photo import perspective

MARKS = {
    "from above": np.array([[50, 60], [560, 60], [560, 828], [50, 828]], float),
    "from aside": np.array([[113, 97], [621, 72], [579, 927], [110, 832]], float),
    "upside down": np.array([[700, 900], [200, 880], [150, 100], [750, 130]], float),
}


@pytest.mark.parametrize("name", MARKS)
def test_the_marks_are_where_they_were_found(name: str) -> None:
    matrix = perspective.homography(MARKS[name])
    for (x, y), found in zip(perspective.MARK_CENTRES_PT, MARKS[name], strict=True):
        u, v, w = (matrix * (x, y, 1)).sum(axis=1)
        assert np.allclose((u / w, v / w), found)


@pytest.mark.parametrize("name", MARKS)
def test_the_scale_at_a_mark_is_that_of_a_small_square_there(name: str) -> None:
    matrix = perspective.homography(MARKS[name])

    def seen(x: float, y: float) -> np.ndarray:
        u, v, w = (matrix * (x, y, 1)).sum(axis=1)
        return np.array([u / w, v / w])

    for (x, y), scale in zip(
        perspective.MARK_CENTRES_PT, perspective.scales(MARKS[name]), strict=True
    ):
        (ax, ay), (bx, by) = seen(x + 0.01, y) - seen(x, y), seen(x, y + 0.01) - seen(x, y)
        assert np.sqrt(abs(ax * by - ay * bx)) / 0.01 == pytest.approx(scale, rel=1e-3)


def test_a_straight_page_is_only_enlarged() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (842, 595), dtype=np.uint8)
    page = perspective.page_from_above(grey, perspective.MARK_CENTRES_PT - 0.5)
    assert page.shape == (1684, 1190)
    fours = page.reshape(842, 2, 595, 2).mean(axis=(1, 3))
    assert np.corrcoef(fours[5:-5, 5:-5].ravel(), grey[5:-5, 5:-5].ravel())[0, 1] > 0.9
