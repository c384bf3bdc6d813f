"""The pupils' page as it is served, wherever the server has it."""

import re
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette

from pixelviz.classroom.limits import HOURS
from pixelviz.page.component import PRELOADED, SCRIPTS
from pixelviz.page.pupil import pupil_page
from tests.asgi import messages_of

APPLICATION = Starlette(
    routes=[*SCRIPTS.routes(), *pupil_page.routes()],
    middleware=[SCRIPTS.preload(*PRELOADED)],
)


def answer_to(path: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of what a server answers, with the preloads of the page."""
    start, *bodies = messages_of(APPLICATION, path)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, b"".join(body["body"] for body in bodies).decode()


@pytest.mark.parametrize("base", ["", "/pixels", "/a/b"])
def test_the_address_without_a_slash_leads_to_the_page(base: str) -> None:
    status, headers, _ = answer_to(f"{base}/class")
    assert status == 307
    assert urljoin(f"http://host{base}/class", headers["location"]) == f"http://host{base}/class/"


@pytest.mark.parametrize("path", ["/class/", "/class/KRTWMXBD", "/pixels/class/krtw-mxbd"])
def test_the_page_finds_its_modules_and_asks_for_no_others(path: str) -> None:
    status, headers, page = answer_to(path)
    assert status == 200
    assert headers["cache-control"] == "no-cache"
    assert "link" not in headers
    [base] = re.findall('<base href="(.*?)">', page)
    modules = re.findall('(?:modulepreload" href|module" src)="(.*?)"', page)
    assert len(modules) > 10
    for module in modules:
        found = urljoin(urljoin(f"http://host{path}", base), module).removeprefix("http://host")
        assert answer_to(found)[0] == 200, module


def test_the_page_says_how_long_a_class_is_kept_and_has_nothing_left_to_fill_in() -> None:
    _, _, page = answer_to("/class/")
    assert f"at the latest {HOURS} hours after its start" in " ".join(page.split())
    assert "$" not in re.sub("<style>.*</style>", "", page, flags=re.S)


def test_no_script_stands_in_the_page() -> None:
    _, _, page = answer_to("/class/")
    assert re.findall("<script([^>]*)>(.*?)</script>", page, re.S) == [
        (f' type="module" src="{SCRIPTS.addresses(pupil_page.SCRIPT)[0]}"', "")
    ]
    assert not re.search(r"\son\w+=", page)
