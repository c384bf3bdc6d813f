"""The page's JavaScript is served as modules that a browser may keep for good."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from pixelviz.server.script_modules import ScriptModules
from tests.asgi import messages_of

SCRIPTS = {
    "view/view.js": 'import {\n  paint,\n} from "../shared/painter.js";\nexport default paint;\n',
    "shared/painter.js": 'import { SIDE } from "./sizes.js";\nexport const paint = () => SIDE;\n',
    "shared/sizes.js": "export const SIDE = 28;\n",
    "alone.js": 'export * from "./shared/sizes.js";\n',
}
KEEP = "public, max-age=31536000, immutable"


class Answer(NamedTuple):
    """What a server answers to a request."""

    status: int
    headers: dict[str, str]
    text: str


def ask(scripts: ScriptModules, path: str, *preloaded: Path) -> Answer:
    """Return what a server with one page and the scripts answers."""
    application = Starlette(
        routes=[*scripts.routes(), Route("/page", lambda _: HTMLResponse("<p>"))],
        middleware=[scripts.preload(*preloaded)],
    )
    start, *bodies = messages_of(application, path)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(body["body"] for body in bodies).decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = SCRIPTS | {"view/view.css": "p {}", "view/view.html": "<p></p>", "secret.py": "1"}
    for name, text in files.items():
        path = tmp_path / "page" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "outside.js").write_text("1", "utf-8")
    return tmp_path / "page"


def test_a_module_comes_as_a_script_that_may_be_kept_for_good(folder: Path) -> None:
    scripts = ScriptModules(folder)
    for name, text in SCRIPTS.items():
        answer = ask(scripts, f"/{scripts.addresses(folder / name)[0]}")
        assert answer.status == 200
        assert answer.text == text
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == KEEP


def test_a_module_is_served_below_any_base_path_too(folder: Path) -> None:
    scripts = ScriptModules(folder)
    address = scripts.addresses(folder / "view/view.js")[0]
    for base in ("", "/pixels", "/a/b"):
        assert ask(scripts, f"{base}/{address}").text == SCRIPTS["view/view.js"]


def test_the_addresses_are_those_of_all_modules_that_a_module_needs(folder: Path) -> None:
    scripts = ScriptModules(folder)
    names = [
        re.sub(r"^pixelviz/[0-9a-f]{8}/", "", address)
        for address in scripts.addresses(folder / "view/view.js")
    ]
    assert names == ["view/view.js", "shared/painter.js", "shared/sizes.js"]
    assert len(scripts.addresses(folder / "alone.js")) == 2


def test_every_address_changes_when_one_module_changes(folder: Path) -> None:
    before = ScriptModules(folder).addresses(folder / "view/view.js")
    assert ScriptModules(folder).addresses(folder / "view/view.js") == before
    (folder / "shared/sizes.js").write_text("export const SIDE = 29;\n", "utf-8")
    after = ScriptModules(folder).addresses(folder / "view/view.js")
    assert not set(before) & set(after)


def test_the_address_of_another_version_gives_the_module_for_now(folder: Path) -> None:
    scripts = ScriptModules(folder)
    answer = ask(scripts, "/pixelviz/0123456789abcdef/shared/sizes.js")
    assert answer.status == 200
    assert answer.text == SCRIPTS["shared/sizes.js"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name",
    [
        "view/view.css", "view/view.html", "secret.py", "missing.js", "view", "", "view/",
        "../outside.js", "view/../../outside.js", "view/../alone.js", "./alone.js", "//alone.js",
        "..%2foutside.js", "%2e%2e/outside.js", "view\\view.js", "alone.js\x00", "ALONE.JS",
    ],
)  # fmt: skip
def test_nothing_but_the_scripts_is_served(folder: Path, name: str) -> None:
    scripts = ScriptModules(folder)
    root = scripts.addresses(folder / "alone.js")[0].removesuffix("alone.js")
    answer = ask(scripts, f"/{root}{name}")
    assert answer.status == 404
    assert answer.text == ""
    assert answer.headers["cache-control"] == "no-store"


def test_a_script_that_comes_later_is_not_served(folder: Path) -> None:
    scripts = ScriptModules(folder)
    root = scripts.addresses(folder / "alone.js")[0].removesuffix("alone.js")
    (folder / "later.js").write_text("1", "utf-8")
    assert ask(scripts, f"/{root}later.js").status == 404


def test_a_page_names_the_modules_to_fetch_at_once_and_nothing_else_does(folder: Path) -> None:
    scripts = ScriptModules(folder)
    view, alone = folder / "view/view.js", folder / "alone.js"
    links = ask(scripts, "/page", view, alone).headers["link"].split(", ")
    addresses = [*scripts.addresses(view), scripts.addresses(alone)[0]]  # none of them twice
    assert links == [f"<{each}>; rel=modulepreload; fetchpriority=low" for each in addresses]
    assert "link" not in ask(scripts, f"/{addresses[0]}", view).headers
    assert "link" not in ask(scripts, "/elsewhere", view).headers
