"""The page in each of the other engines, one browser at a time."""

from collections.abc import Iterator

import pytest

from tests.browser.engines.firefox import firefox
from tests.browser.engines.visit import OpenTab, Visit
from tests.browser.engines.webkit import webkit


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def open_tab(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenTab]:
    """Return what opens a tab in each of the engines; its browser ends with the module's tests."""
    with request.param(tmp_path_factory.mktemp("engine") / "log") as open_tab:
        yield open_tab


@pytest.fixture
def visit(open_tab: OpenTab, address: str) -> Iterator[Visit]:
    """Return a new person's visit to the page, which must not have met any problem in the end."""
    with open_tab(address) as tab:
        visit = Visit(tab)
        yield visit
        assert visit.problems() == []
