"""Everything that the server answers has headers that limit what a page may do in a browser."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pixelviz.server import security_headers
from pixelviz.server.security_headers import FRAME_ANCESTORS_VARIABLE
from tests.asgi import messages_of


def ask(path: str) -> tuple[int, list[tuple[str, str]]]:
    """Return the status and the headers of what a server with one page answers."""
    page = PlainTextResponse("page", headers={"Referrer-Policy": "origin", "X-Other": "1"})
    application = Starlette(
        routes=[Route("/page", page)], middleware=[security_headers.middleware()]
    )
    start = messages_of(application, path)[0]
    headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
    return start["status"], headers


def policy() -> dict[str, str]:
    """Return the directives of the policy."""
    directives = security_headers.content_security_policy().split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


@pytest.mark.parametrize(("path", "expected"), [("/page", 200), ("/missing", 404)])
def test_each_answer_has_each_header_once(path: str, expected: int) -> None:
    status, headers = ask(path)
    assert status == expected
    names = [name for name, _ in headers]
    for name, value in security_headers.headers().items():
        assert names.count(name.lower()) == 1
        assert (name.lower(), value) in headers
    assert (("x-other", "1") in headers) == (path == "/page")


def test_a_page_tells_nobody_its_address_and_files_are_what_they_say() -> None:
    headers = security_headers.headers()
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_scripts_come_from_the_server_alone() -> None:
    directives = policy()
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == "'none'"
    for source in directives["script-src"].split():
        assert source in {"'self'", "blob:", "'wasm-unsafe-eval'"} or source.startswith("'sha256-")
    for name, sources in directives.items():
        assert "http" not in sources
        assert "*" not in sources, name


@pytest.mark.parametrize(
    "sites", ["'none'", "'self' https://a.example", "https://*.b.example:8443"]
)
def test_a_setting_says_which_sites_may_show_the_page_in_a_frame(
    monkeypatch: pytest.MonkeyPatch, sites: str
) -> None:
    monkeypatch.setenv(FRAME_ANCESTORS_VARIABLE, sites)
    assert policy()["frame-ancestors"] == sites


@pytest.mark.parametrize(
    "sites",
    ["https://a.example; script-src *", "a.example, b.example", "a\nX-Other: 1", "ä.example"],
)
def test_a_setting_that_is_no_list_of_sites_is_ignored_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, sites: str
) -> None:
    monkeypatch.setenv(FRAME_ANCESTORS_VARIABLE, sites)
    assert policy()["frame-ancestors"] == "'self'"
    assert FRAME_ANCESTORS_VARIABLE in caplog.text


def test_without_the_setting_only_the_servers_own_pages_may(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for sites in (None, ""):
        if sites is None:
            monkeypatch.delenv(FRAME_ANCESTORS_VARIABLE, raising=False)
        else:
            monkeypatch.setenv(FRAME_ANCESTORS_VARIABLE, sites)
        assert policy()["frame-ancestors"] == "'self'"
    assert caplog.text == ""
