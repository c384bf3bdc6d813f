"""What comes from outside is text in the browser: no picture, no link, no colour, no request."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Request, expect

from pixelviz.page.plain_text import WORD_JOINER
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS
from tests.browser.server import serve
from tests.page.test_plain_text import PAYLOADS

TEXTS = [
    *PAYLOADS.values(),
    "# heading",
    "- item",
    "1. item",
    "> quotation",
    "    code",
    "www.a.example and WWW.A.EXAMPLE",
    "<https://a.example>",
    "a -> b <- c -- d <= e",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a\n\n- b\n\n***\n\n# c",
    "::directive{x=1} :::container",
    "&lt;b&gt; &#42; \\*x\\*",
    "[^1] [a][b] ![a][b]\n\n[b]: https://a.example",
    "```\ncode\n```",
    ":red[:blue[a **b** `c` $d$]] :rainbow[x] :color[x]{foreground=red}",
]
ALL_MESSAGES = """
import streamlit as st
from pixelviz.errors import PixelvizError
from pixelviz.page import layout
for text in {texts!r}:
    layout.show_error(PixelvizError(text, "Fix."))
"""


@pytest.fixture(scope="module")
def messages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a page that shows an error with each of the texts, and give its address."""
    folder = tmp_path_factory.mktemp("messages")
    (folder / "messages.py").write_text(ALL_MESSAGES.format(texts=TEXTS), "utf-8")
    log = folder / "log"
    with serve(folder, log=log, script="messages.py", python_path=root) as address:
        yield address


def test_a_message_shows_any_text_as_it_is(browser: Browser, messages: str) -> None:
    tab = browser.new_page()
    tab.goto(messages)
    alerts = tab.get_by_test_id("stAlertContentError")
    expect(alerts).to_have_count(len(TEXTS), timeout=WAIT_MS)
    bodies = alerts.get_by_test_id("stMarkdownContainer")
    shown = [text.replace(WORD_JOINER, "") for text in bodies.all_inner_texts()]
    assert shown == [f"{' '.join(text.split())} Fix." for text in TEXTS]
    inside = bodies.locator("p *")
    assert inside.evaluate_all("all => all.map(each => each.outerHTML)") == []
    assert bodies.locator(":scope > :not(p)").count() == 0
    tab.close()


@pytest.mark.parametrize("parameter", ["framing", "drawing", "chapter", "model"])
def test_an_address_brings_text_only(open_page: OpenPage, address: str, parameter: str) -> None:
    payload = "![](https://a.example/p) :red[r] <b>"
    page = open_page(f"{address}/?{parameter}={quote(payload)}")
    foreign: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            foreign.append(request.url)

    page.page.on("request", note)
    page.page.reload()  # now that every request is noted
    alert = page.page.get_by_test_id("stAlert")
    literal = WORD_JOINER.join(map(re.escape, re.split(r"(?<=:)(?=\S)", payload)))
    expect(alert).to_contain_text(re.compile(literal), timeout=WAIT_MS)
    assert alert.locator("a, img, p *").count() == 0
    page.wait_until_idle()
    assert foreign == []
