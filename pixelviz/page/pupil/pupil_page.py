"""Serves the pupils' page: one file and some modules, so that an old phone has it at once."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pixelviz.classroom.limits import HOURS
from pixelviz.page import layout
from pixelviz.page.component import SCRIPTS

PATH = "/class"

_HERE = Path(__file__).parent

SCRIPT = _HERE / "pupil.js"
"""What it runs."""


def routes() -> list[Route]:
    """Return the routes of the page, with and without a `server.baseUrlPath`.

    Below `/class/` a class's code may follow, which the page reads itself.
    """
    return [
        route
        for base in ("", "/{base:path}")
        for route in (
            Route(f"{base}{PATH}", _lead_on),
            Route(f"{base}{PATH}/", _serve),
            Route(f"{base}{PATH}/{{code}}", _serve),
        )
    ]


def _lead_on(_: Request) -> Response:
    """Lead to the address that the page's relative addresses are right for."""
    return RedirectResponse(f"{PATH[1:]}/")  # relative, so that it holds below any path


def _serve(_: Request) -> Response:
    return HTMLResponse(_page(), headers={"Cache-Control": "no-cache"})


@cache
def _page() -> str:
    """Return the page, with its style and the addresses of its modules in it."""
    script, *others = SCRIPTS.addresses(SCRIPT)
    preloads = [f'<link rel="modulepreload" href="{escape(each)}">' for each in (script, *others)]
    template = Template((_HERE / "pupil.html").read_text("utf-8"))
    return template.substitute(
        icon=layout.icon_address(),
        preloads="\n    ".join(preloads),
        style=(_HERE / "pupil.css").read_text("utf-8"),
        script=escape(script),
        hours=HOURS,
    )
