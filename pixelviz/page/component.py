"""Registers the page's own components, and makes their scripts real modules.

Streamlit takes a component's script as one text. It is given a short one, which imports the
component's module from this server.
"""

import base64
import json
import re
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from pixelviz.arrays import Grid
from pixelviz.server import streamlit_internals
from pixelviz.server.script_modules import ScriptModules
from pixelviz.vector import unroll

SCRIPTS = ScriptModules(Path(__file__).parent)
"""All JavaScript of the page; app.py serves it."""

_HERE = Path(__file__).parent

PRELOADED = tuple(
    _HERE / name
    for name in (
        "pixel_view/pixel_view.js",
        "messenger/messenger.js",
        "canvas.js",
        "pen/pen.js",
    )
)
"""The scripts without which nothing can be drawn. The page's header names them, with all that they
import; many proxies answer 502 to headers above 4096 bytes, so it names no others."""

VIEWS = (
    *PRELOADED,
    _HERE / "prediction" / "prediction.js",
    _HERE / "full_screen" / "full_screen.js",
    _HERE / "file_intake" / "file_intake.js",
)
"""The scripts that every visitor's page has."""

_COMMENT = re.compile(r"^ *(//|/\*\*).*\n| //.*$", re.M)
_LOADER = _COMMENT.sub("", (_HERE / "component_loader.js").read_text("utf-8"))
"""Without its comments, since each run of the page sends it anew."""

_ADDRESSES, _IN_ITS_PLACE = '["ADDRESSES"]', '["IN ITS PLACE"]'
"""Where the loader has the addresses of the component's modules, and of what stands in for them."""

_INERT = '<div class="component" style="display: contents" inert>{html}</div>'
"""Around a component's HTML: until its script is there, a click on a button would be lost."""


def register(
    script: Path,
    *,
    in_its_place: Path | None = None,
    is_isolated: bool = True,
    styles: Sequence[Path] = (),
) -> ComponentRenderer:
    """Register a component under the name of its script, and return the function that mounts it.

    Args:
        script: The path of its module, whose default export Streamlit calls. Its HTML and its CSS
            lie beside it under the same name, if it has any.
        in_its_place: The path of a simpler module, for where that one cannot be loaded.
        is_isolated: Whether it has a shadow root, where the page's style sheets do not apply.
        styles: Style sheets that it shares with other components; its own comes after them.
    """
    html, own_css = (
        path.read_text("utf-8") if path.exists() else None
        for path in (script.with_suffix(".html"), script.with_suffix(".css"))
    )
    css = "\n".join([*(path.read_text("utf-8") for path in styles), own_css or ""]) or None
    name = f"pixelviz_{script.stem}"
    inert_html = None if html is None else _INERT.format(html=html)
    return st.components.v2.component(
        name, html=inert_html, css=css, js=loader(script, in_its_place), isolate_styles=is_isolated
    )


def register_canvas() -> None:
    """Let the drawable canvas be loaded as our components are, and by our own script.

    By itself, it is made anew where one message of the server overtakes another, without the
    strokes that were drawn since the page has placed something on it.
    """
    script, css = streamlit_internals.canvas_files()
    html = (
        f'<div class="canvas-root"></div><link rel="stylesheet" href="{css}">'
        f'<link rel="modulepreload" href="{script}">'
    )
    own_script = loader(_HERE / "canvas.js")
    mount = st.components.v2.component("pixelviz_canvas", html=html, js=own_script)
    streamlit_internals.mount_canvas_by(mount)


def loader(script: Path, in_its_place: Path | None = None) -> str:
    """Return the script that imports a component's module, or a simpler one, from this server."""
    simpler = [] if in_its_place is None else SCRIPTS.addresses(in_its_place)
    return _LOADER.replace(_ADDRESSES, json.dumps(SCRIPTS.addresses(script))).replace(
        _IN_ITS_PLACE, json.dumps(simpler)
    )


def encoded(grid: Grid) -> str:
    """Return a grid as components are sent it: the vector's 784 bytes in base64.

    `browser/pixel_codec.js` decodes it.

    Args:
        grid: (28, 28) uint8.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
    """
    return base64.b64encode(unroll(grid).tobytes()).decode("ascii")
