"""The page behind nginx as deploy/nginx.conf sets it up: it is there, and so is what it needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pixelviz.formats import png_file
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.server import free_port, serve
from tests.browser.test_sources import THREE, expect_integers, give, go_back
from tests.drawings import SEVEN
from tests.nginx import balance

LARGEST_BYTES = 5_000_000
"""The largest file that Streamlit's page sends when `maxUploadSize` is 5."""


@pytest.fixture(scope="module")
def behind_nginx(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page behind nginx, which finds one of three replicas."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with (
        serve(root, log=folder / "log", port=port),
        balance([free_port(), port, free_port()], folder) as front,
    ):
        yield f"http://127.0.0.1:{front}"


@pytest.fixture
def page(open_page: OpenPage, behind_nginx: str) -> Iterator[PixelvizPage]:
    page = open_page(behind_nginx)
    yield page
    assert page.problems == []


def test_one_draws_and_gets_an_answer(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.wait_until_views_agree()


def test_a_file_of_the_largest_size_is_accepted(page: PixelvizPage) -> None:
    png = png_file.encode(THREE)
    give(page, "digit.png", png.ljust(LARGEST_BYTES, b"\0"))
    expect(page.page.get_by_text("on the canvas now")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    expect_integers(page, THREE)
