"""The page works below any path of a server: its scripts, and its models in the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.server import serve
from tests.browser.test_networks import (
    ASK,
    SEVEN,
    expect_kerass,
    is_ready,
    start,
    wait_until_told,
)
from tests.drawings import CROSSED_SEVEN


@pytest.fixture(scope="module")
def based(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page below a path, and give its address."""
    with serve(root, log=tmp_path_factory.mktemp("based") / "log", base="/pixels") as address:
        yield address


@pytest.mark.parametrize("query", ["", "/?chapter=unroll"])
def test_the_page_works_below_a_base_path(based: str, open_page: OpenPage, query: str) -> None:
    page = open_page(at=f"{based}{query}")
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_views_agree()
    assert page.problems == []


def test_the_models_are_found_below_a_base_path(based: str, open_page: OpenPage) -> None:
    page = open_page(at=f"{based}/?chapter=unroll", own_browser=True)
    start(page, "softmax")
    page.wait_until(lambda: is_ready(page, "softmax"))
    page.page.evaluate(ASK, [[SEVEN], ["softmax"]])
    [answer] = wait_until_told(page, lambda all_told: all_told["answers"])["answers"]
    expect_kerass(answer)
    assert page.problems == []
