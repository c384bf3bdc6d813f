"""The page while its models load, and when they are not what they should be."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.server import copy_of_page, serve
from tests.drawings import CROSSED_SEVEN

HELD_IMPORT = """
import pathlib, sys, time

class Held:
    def find_spec(self, name, path=None, target=None):
        while name == "tensorflow" and not pathlib.Path({go_on!r}).exists():
            time.sleep(0.05)

sys.meta_path.insert(0, Held())
"""
"""Holds the import of TensorFlow up until a file exists."""


def test_the_browser_answers_while_tensorflow_loads_and_the_server_by_itself_later(
    root: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    go_on = tmp_path / "go-on"
    (tmp_path / "sitecustomize.py").write_text(HELD_IMPORT.format(go_on=str(go_on)))
    with serve(root, log=tmp_path / "log", python_path=tmp_path) as address:
        page = open_page(address)
        page.draw(CROSSED_SEVEN)
        expect(page.answer).to_contain_text("Prediction: 7")
        assert page.wait_until_views_agree().any()
        page.table.locator("td[data-index='401']").hover()
        assert page.lit() == (401, 401, 401)
        expect(page.confirmed).to_have_count(0)
        go_on.touch()
        page.expect_digit(7)


@pytest.fixture
def spoilt(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the page whose models a test may spoil."""
    return copy_of_page(root, tmp_path)


def test_a_missing_model_is_named_and_everything_else_works(
    spoilt: Path, open_page: OpenPage
) -> None:
    (spoilt / "models" / "convolutional.keras").unlink()
    with serve(spoilt, log=spoilt / "log") as address:
        page = open_page(address)
        page.draw(CROSSED_SEVEN)
        expect(page.prediction).to_contain_text("convolutional network is missing", timeout=60_000)
        expect(page.prediction).to_contain_text("python -m pixelviz.training.train")
        expect(page.prediction).to_contain_text("Dense network7")
        assert page.wait_until_views_agree().any()
        page.wait_until_idle()  # a run would close the list of models
        page.page.locator(".st-key-model input").click()
        page.page.get_by_role("option", name="Dense network").click()
        page.expect_digit(7)


def test_a_modified_model_is_not_used(spoilt: Path, open_page: OpenPage) -> None:
    model = spoilt / "models" / "convolutional.keras"
    model.write_bytes(model.read_bytes()[:-1] + b"?")
    with serve(spoilt, log=spoilt / "log") as address:
        page = open_page(address)
        page.draw(CROSSED_SEVEN)
        expect(page.prediction).to_contain_text("altered", timeout=60_000)
        expect(page.prediction).not_to_contain_text("Prediction:")


def test_without_a_model_card_the_other_views_work(spoilt: Path, open_page: OpenPage) -> None:
    (spoilt / "models" / "card.json").unlink()
    with serve(spoilt, log=spoilt / "log") as address:
        page = open_page(address)
        expect(page.prediction).to_contain_text("python -m pixelviz.training.train")
        page.draw(CROSSED_SEVEN)
        page.wait_until_answered()
        assert page.wait_until_views_agree().any()
    log = (spoilt / "log").read_text(errors="replace")
    assert log.count("A visitor reads a message.") == 1
    assert "card.json" in log
