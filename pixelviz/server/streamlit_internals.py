"""The only module that uses private parts of Streamlit and of the drawable canvas.

Each item below says what it relies on and what happens without it. `tests/page/test_contracts.py`
has one test for each, which fails with a sentence when an upgrade changes what we rely on. The
JavaScript has its own boundary, and so have the style sheets: see `pixelviz/README.md`.

Written for Streamlit 1.67 and streamlit-drawable-canvas 0.13 with Fabric.js.
"""

import base64
from collections.abc import Mapping, Sequence
from functools import cache, wraps
from itertools import pairwise
from typing import Any, TypeAlias, TypeGuard

from streamlit import runtime

FabricObject: TypeAlias = dict[str, Any]
"""One object on the canvas, as Fabric.js serialises it."""

PNG_PREFIX = "data:image/png;base64,"

STROKES_MAX, POINTS_MAX = 300, 12_000
"""A drawing with more is long: 0.8 MB, of the 2 MB that `maxWidgetStateSize` allows a message. A
digit has a few strokes of some ten points each."""


@cache
def speed_up() -> None:
    """Keep what Streamlit would rebuild in every run. Calling this once per process is enough."""
    cache_theme_message()
    skip_dataframe_check()


def cache_theme_message() -> None:
    """Keep the message with the page's colours, which Streamlit sends in every run.

    Relies on: `streamlit.runtime.app_session._populate_theme_msg(message, section)`, which looks
    up every colour among all settings: an eighth of what a stroke costs.
    Without it: every run makes the message anew, as Streamlit does by itself.
    """
    from streamlit.proto.NewSession_pb2 import CustomThemeConfig
    from streamlit.runtime import app_session

    populate = getattr(app_session, "_populate_theme_msg", None)
    if populate is None or hasattr(populate, "__wrapped__"):  # missing, or kept already
        return
    kept: dict[str, Any] = {}

    @wraps(populate)
    def populate_once(message: Any, section: str = "theme") -> None:  # noqa: ANN401, untyped
        if section not in kept:
            kept[section] = CustomThemeConfig()
            populate(kept[section], section)
        message.MergeFrom(kept[section])

    app_session._populate_theme_msg = populate_once  # type: ignore[assignment]


def skip_dataframe_check() -> None:
    """Tell Streamlit that components are never sent a data frame.

    Relies on: `is_dataframe_like` of `streamlit.components.v2.bidi_component.serialization`, which
    imports pandas for the check: a third of a second while the first visitor waits.
    Without it: the first visitor waits for that import.
    """
    from streamlit.components.v2.bidi_component import serialization

    if hasattr(serialization, "is_dataframe_like"):
        serialization.is_dataframe_like = lambda _: False


def keep_sessions(count: int) -> None:
    """Keep the sessions of more visitors who have lost their connection than Streamlit does.

    Relies on: the runtime's `_session_mgr._session_storage._cache`, a `cachetools.TTLCache` for 128
    sessions, each kept for `server.disconnectedSessionTTL` seconds.
    Without it: after a loss of all connections the 129th who returns cannot undo any more.

    Args:
        count: Of how many. After that the one that was lost first is forgotten.
    """
    manager = getattr(runtime.get_instance(), "_session_mgr", None)
    storage = getattr(manager, "_session_storage", None)
    kept: Any = getattr(storage, "_cache", None)
    if storage is not None and hasattr(kept, "maxsize") and hasattr(kept, "ttl"):
        storage._cache = type(kept)(max(count, int(kept.maxsize)), kept.ttl)


def session_id() -> str | None:
    """Return the id of the session that is running, or None without a server.

    Relies on: `streamlit.runtime.scriptrunner.get_script_run_ctx().session_id`.
    Without it: None. Everybody is admitted, however many there are.
    """
    if not runtime.exists():  # AppTest runs the page without a server
        return None
    return getattr(_context(), "session_id", None)


def _context() -> object:
    try:
        from streamlit.runtime.scriptrunner import get_script_run_ctx
    except ImportError:
        return None
    return get_script_run_ctx()


def is_connected(session: str) -> bool:
    """Return whether the browser of a session is connected.

    Relies on: `runtime.get_instance().is_active_session(id)`.
    Without it: False. Everybody is admitted, however many there are.

    Args:
        session: The id that `session_id` returned for it.
    """
    is_active = getattr(runtime.get_instance(), "is_active_session", None)
    return is_active is not None and bool(is_active(session))


def is_history_navigation() -> bool:
    """Return whether this run was started by the browser's Back or Forward button.

    Relies on: `get_script_run_ctx().is_history_navigation`.
    Without it: False. Back and Forward change the address, but not the page.
    """
    return bool(getattr(_context(), "is_history_navigation", False))


def stored_objects(stored: object) -> list[FabricObject] | None:
    """Return the objects on a canvas from what the session has stored of it.

    Relies on: the state of drawable-canvas, `{"drawing": {"raw": {"objects": […]}}}`, with the
    objects as Fabric.js serialises them.
    Without it: None. Undo then takes back all strokes at once, and a drawing that comes from
    another server is not restored.

    Args:
        stored: `st.session_state[key]` of a canvas; anything at all.
    """
    drawing = stored.get("drawing") if isinstance(stored, Mapping) else None
    raw = drawing.get("raw") if isinstance(drawing, Mapping) else None
    objects = raw.get("objects") if isinstance(raw, Mapping) else None
    return objects if isinstance(objects, list) else None


def stored_png(stored: object) -> bytes | None:
    """Return the picture of a canvas from what the session has stored of it.

    Relies on: the same state, with `{"drawing": {"data": …}}`, a PNG in base64.
    Without it: None. A drawing that comes back from a full page is shown after the next stroke.

    Args:
        stored: `st.session_state[key]` of a canvas; anything at all.
    """
    drawing = stored.get("drawing") if isinstance(stored, Mapping) else None
    data = drawing.get("data") if isinstance(drawing, Mapping) else None
    return base64.b64decode(data.removeprefix(PNG_PREFIX)) if _is_png(data) else None


def is_canvas_message(stored: object) -> bool:
    """Return whether what the session has stored of a canvas has the form that `st_canvas` reads.

    Relies on: the same state, `{"drawing": {"raw": {…}, "data": PNG or None}}`, and on
    "backgroundFit" being None or missing, as our canvases have no background image.
    Without it: a message that `st_canvas` could read is reported to the person as unreadable.

    Args:
        stored: `st.session_state[key]` of a canvas, None where there is none yet.
    """
    if not isinstance(stored, Mapping):  # Streamlit itself takes that for nothing sent
        return True
    if stored.get("backgroundFit") is not None:
        return False
    drawing = stored.get("drawing")
    if not drawing:  # st_canvas takes an empty one for none
        return True
    if not isinstance(drawing, Mapping):
        return False
    return drawing.get("data") is None or _is_png(drawing.get("data"))


def _is_png(data: object) -> TypeGuard[str]:
    if not isinstance(data, str) or not data.startswith(PNG_PREFIX):
        return False
    try:
        base64.b64decode(data.removeprefix(PNG_PREFIX))
    except ValueError:
        return False
    return True


def stroke(
    points_px: Sequence[tuple[float, float]], *, pen_width_px: float, colour: str
) -> FabricObject:
    """Return a stroke through some points as the canvas's own pen draws it.

    Like the pen, it bends towards each point and passes half-way between two.

    Relies on: `Path`, as Fabric.js serialises it.
    Without it: the example of the chapter ZIP code is not written.

    Args:
        points_px: At least two, x and y in the canvas's pixels.
        pen_width_px: The pen's width.
        colour: The pen's colour, in CSS.
    """
    path: list[list[str | float]] = [["M", *points_px[0]]]
    for point, following in pairwise(points_px[1:]):
        path.append(["Q", *point, (point[0] + following[0]) / 2, (point[1] + following[1]) / 2])
    path.append(["L", *points_px[-1]])
    return {
        "type": "Path",
        "path": path,
        "stroke": colour,
        "strokeWidth": pen_width_px,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": None,
    }


def picture(png: bytes, *, width_px: int, height_px: int) -> FabricObject:
    """Return a picture that fills a canvas.

    Relies on: `Image`, as Fabric.js serialises it, with its "src" coming back unchanged.
    Without it: examples, photos and links do not appear on the canvas; the views show them.

    Args:
        png: The picture, a PNG of that size.
        width_px: The canvas's width.
        height_px: Its height.
    """
    return {
        "type": "Image",
        "src": PNG_PREFIX + base64.b64encode(png).decode("ascii"),
        "originX": "left",
        "originY": "top",
        "left": 0,
        "top": 0,
        "width": width_px,
        "height": height_px,
        "strokeWidth": 0,
    }


def is_long(objects: Sequence[object]) -> bool:
    """Return whether a drawing is so long that it is better kept as one picture.

    The canvas sends all of it with each stroke: a point takes about 50 bytes, a stroke 600 more.

    Relies on: the points of a stroke being its "path".
    Without it: only the strokes are counted.

    Args:
        objects: What `stored_objects` returned.
    """
    paths = [each.get("path") for each in objects if isinstance(each, Mapping)]
    points = sum(len(path) for path in paths if isinstance(path, list))
    return len(objects) > STROKES_MAX or points > POINTS_MAX


def source_of(placed: object) -> str | None:
    """Return the source of a picture on a canvas, or None for any other object."""
    source = placed.get("src") if isinstance(placed, Mapping) else None
    return source if isinstance(source, str) else None


def initial_drawing(objects: list[FabricObject], *, number: int) -> dict[str, Any]:
    """Return what a canvas is told to start from.

    Relies on: drawable-canvas loading its `initial_drawing` anew whenever that differs from the
    last one, whatever the difference is. The number makes it differ.
    Without it: pressing Clear or an example twice does nothing the second time.

    Args:
        objects: What is to be on the canvas.
        number: Another one for each time that the canvas is to load it.
    """
    return {"objects": objects, "number": number}
