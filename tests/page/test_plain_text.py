"""What comes from outside reaches Streamlit's Markdown as text only."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pixelviz.page import plain_text

PAYLOADS = {
    "picture": "![a](https://a.example/p.png)",
    "link": "[a](https://a.example/)",
    "bare address": "https://a.example/p",
    "address of mail": "me@a.example",
    "colour": ":red[red] :blue-badge[b]",
    "emoji": ":smile: :streamlit:",
    "icon": ":material/error: :material_error:",
    "mathematics": "$x^2$ $$y$$",
    "HTML": "<img src=https://a.example/p>",
    "emphasis": "**b** _i_ ~~s~~ `c`",
}
"""Each at most 40 characters long: messages quote no more."""


@pytest.mark.parametrize("parameter", ["framing", "drawing", "chapter", "model"])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_what_an_address_brings_is_escaped(root: Path, parameter: str, payload: str) -> None:
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
    page.query_params[parameter] = payload
    page.run()
    (error,) = page.error
    shown = re.sub(r"\\(.)", r"\1", error.value).replace(plain_text.WORD_JOINER, "")
    assert payload in shown
    markup = re.sub(r"\\.", "", error.value)
    assert not re.search(r"[\[\]<>`*_$~]|://|:\w+:|\w@\w", markup)


def test_text_without_markup_is_left_as_it_is() -> None:
    text = "Expected one of mnist, drawn (28 × 28), got 'x': copy the link again."
    assert plain_text.to_markdown(text) == text
