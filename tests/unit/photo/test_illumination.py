import numpy as np

from pixelviz.photo import illumination
from tests.drawings import all_paper, written_page


def test_the_estimate_is_the_light_on_the_paper_and_the_correction_evens_it_out() -> None:
    columns = np.arange(800)[np.newaxis]
    light = np.broadcast_to(90 + 150 * columns / 800, (600, 800))
    page = (written_page() / 255 * light).astype(np.uint8)
    estimate = illumination.estimate(page, all_paper(page))
    assert np.abs(estimate.astype(float) - light).mean() < 4
    flat = illumination.correct(page, estimate, all_paper(page))
    assert np.abs(flat.astype(int) - written_page()).mean() < 5


def test_everything_outside_the_paper_becomes_white() -> None:
    page = written_page()
    mask = all_paper(page)
    mask[:, :400] = False
    flat = illumination.correct(page, illumination.estimate(page, mask), mask)
    assert (flat[:, :400] == 255).all()
    assert (flat[:, 400:] < 128).any()
