"""A component's script is a module, and Streamlit gets a short script that imports it."""

import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from pixelviz.page import component
from pixelviz.page.component import SCRIPTS
from pixelviz.server import security_headers
from pixelviz.server.network_files import NETWORKS
from tests.asgi import messages_of

ADDRESS = re.compile(r"pixelviz/[0-9a-f]{8}/(.+)")
IMPORTED = re.compile(r"""^(?:import|export|\}).*["'](\..+)["']""", re.M)


@pytest.fixture
def page_folder(root: Path) -> Path:
    return root / "pixelviz" / "page"


def needed(script: Path) -> list[str]:
    """Return the names of the modules that a script needs, its own first."""
    found = [ADDRESS.fullmatch(address) for address in SCRIPTS.addresses(script)]
    return [match[1] for match in found if match]


def test_every_import_of_the_pages_scripts_is_found(page_folder: Path) -> None:
    """One that is not found would be fetched late, after the module that imports it."""
    scripts = sorted(page_folder.rglob("*.js"))
    count = 0
    for script in scripts:
        for path in IMPORTED.findall(script.read_text("utf-8")):
            imported = (script.parent / path).resolve().relative_to(page_folder.resolve())
            assert imported.as_posix() in needed(script), script
            count += 1
    assert count > len(scripts)


def test_the_loader_names_the_module_and_all_that_it_needs(page_folder: Path) -> None:
    script = page_folder / "pixel_view" / "pixel_view.js"
    (addresses,) = re.findall(r"^const ADDRESSES = (.+);", component.loader(script), re.M)
    assert json.loads(addresses) == SCRIPTS.addresses(script)
    assert needed(script)[0] == "pixel_view/pixel_view.js"
    assert "browser/arrays.js" in needed(script)


def test_the_pages_header_passes_a_proxy_that_takes_4096_bytes() -> None:
    """As nginx does, unless it is told otherwise; a longer one would be answered with 502."""
    application = Starlette(
        routes=[Route("/", lambda _: HTMLResponse("<p>"))],
        middleware=[
            security_headers.middleware(),
            NETWORKS.preload(),
            SCRIPTS.preload(*component.PRELOADED),
        ],
    )
    start, *_ = messages_of(application, "/")
    header = sum(len(name) + len(value) + len(": \r\n") for name, value in start["headers"])
    assert sum(name == b"link" for name, _ in start["headers"]) == 2
    assert header + 250 < 4096  # the status, and what Streamlit, uvicorn and a proxy add
