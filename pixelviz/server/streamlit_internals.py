"""The only module that uses private parts of Streamlit and of the drawable canvas.

Each item below says what it relies on and what happens without it. `tests/page/test_contracts.py`
has one test for each, which fails with a sentence when an upgrade changes what we rely on. The
JavaScript has its own boundary, and so have the style sheets: see `pixelviz/README.md`.

Written for Streamlit 1.67 and streamlit-drawable-canvas 0.13 with Fabric.js.
"""

import base64
import hashlib
import importlib
import logging
import re
from collections.abc import Mapping, Sequence
from functools import cache, wraps
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias, TypeGuard

import numpy as np
from streamlit import file_util, runtime
from streamlit.components.v2.types import ComponentRenderer

FabricObject: TypeAlias = dict[str, Any]
"""One object on the canvas, as Fabric.js serialises it."""

PNG_PREFIX = "data:image/png;base64,"

STROKES_MAX, POINTS_MAX = 100, 4000
"""A drawing with more is long: 0.3 MB. Two such canvases and a long stroke fit into the 1 MB that
`maxWidgetStateSize` allows a message. A digit has a few strokes of some ten points each."""

WIDGET_ID_PREFIX, INTERNAL_PREFIX = "$$ID-", "$$STREAMLIT_INTERNAL_KEY_"
"""How the id of each widget begins, and what comes before it for a component's triggers."""

NUMBERS = {"int_value", "double_value"}

NUMBER_KEY = "lockScalingFlip"
"""Where a drawing on a canvas has the number of what the page placed there last."""

CANVAS_FILES = "_stcore/bidi-components/streamlit-drawable-canvas.streamlit_drawable_canvas"
"""Where Streamlit serves the files of the drawable canvas, relative to the page's own address."""

DEPTH_MAX = 50
"""How deep lists and objects in a component's message may lie in each other. A drawing has 8."""

_STEPS = np.zeros(256, np.int8)
_STEPS[list(b"[{")], _STEPS[list(b"]}")] = 1, -1
"""By character of a JSON text, how many lists and objects begin or end with it."""

_log = logging.getLogger(__name__)


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


@cache
def refuse_unreadable_widget_states() -> None:
    """Let Streamlit ignore what a browser sends for a widget where it cannot be that widget's.

    Streamlit takes any name and any kind of value, reads it outside of the page's own functions,
    and keeps it: the visitor would see its error page from then on. What is refused is logged, and
    the widget keeps its last value.

    Relies on: `SessionState` of `streamlit.runtime.state.session_state`, which gets to know a
    widget in `_set_widget_metadata(metadata)` and has `_new_widget_state` of the class `WStates`.
    That has `states` and `widget_metadata` by the widget's id, takes a message in
    `set_widget_from_proto(message)`, and reads it when it is first asked for the value. Ids of
    widgets begin with "$$ID-", also after "$$STREAMLIT_INTERNAL_KEY_".
    Without it: a forged message ends in Streamlit's error page, for the visitor who sent it.
    """
    from streamlit.runtime.state import session_state

    states_class = getattr(session_state, "WStates", None)
    take = getattr(states_class, "set_widget_from_proto", None)
    register = getattr(session_state.SessionState, "_set_widget_metadata", None)
    if states_class is None or take is None or register is None:
        return

    def take_readable(states: Any, message: Any) -> None:  # noqa: ANN401, untyped
        if not message.id.removeprefix(INTERNAL_PREFIX).startswith(WIDGET_ID_PREFIX):
            _log.warning("A browser sent a value for %.40r, which is no widget.", message.id)
            return
        before = states.states.get(message.id)
        take(states, message)
        if message.id in states.widget_metadata and not _is_readable(states, message.id):
            del states.states[message.id]
            if before is not None:
                states.states[message.id] = before

    def register_readable(session: Any, metadata: Any) -> None:  # noqa: ANN401, untyped
        states = session._new_widget_state
        is_new = metadata.id not in states.widget_metadata
        register(session, metadata)
        if is_new and metadata.id in states.states and not _is_readable(states, metadata.id):
            del states.states[metadata.id]

    states_class.set_widget_from_proto = take_readable
    session_state.SessionState._set_widget_metadata = register_readable  # type: ignore[assignment]


def _is_readable(states: Any, widget_id: str) -> bool:  # noqa: ANN401, untyped
    """Return whether Streamlit can read what is stored of a widget, which it then has read."""
    message = getattr(states.states[widget_id], "value", None)
    try:
        if hasattr(message, "WhichOneof"):
            _expect_readable(message, states.widget_metadata[widget_id].value_type)
        states[widget_id]
    except Exception as error:  # each kind of widget raises others
        _log.warning("A browser sent what %.80r cannot read: %.200s", widget_id, error)
        return False
    return True


def _expect_readable(message: Any, value_type: str) -> None:  # noqa: ANN401, untyped
    """Raise a ValueError unless a widget's message has the widget's type, and is not too deep."""
    sent_type = message.WhichOneof("value")
    # A field for numbers is known by the one type and sends the other where it has whole numbers.
    if sent_type not in (None, value_type) and {sent_type, value_type} != NUMBERS:
        raise ValueError(f"expected {value_type}, got {sent_type}")
    if sent_type in ("json_value", "json_trigger_value"):
        characters = np.frombuffer(getattr(message, sent_type).encode(), np.uint8)
        # Brackets in texts count too, for no text that we send has any.
        depth = np.cumsum(_STEPS[characters], dtype=np.int64)
        if depth.max(initial=0) > DEPTH_MAX:
            raise ValueError(f"expected at most {DEPTH_MAX} lists and objects in each other")


def inline_script_sources() -> list[str]:
    """Return the sources, for a Content-Security-Policy, of the scripts in Streamlit's own page.

    Relies on: that page being `index.html` in the folder of `file_util.get_static_dir()`.
    Without it: none. The browser's console tells of a script that was not run: it sets a variable
    that only search engines read.
    """
    get_folder = getattr(file_util, "get_static_dir", None)
    page = Path(get_folder()) / "index.html" if get_folder else None
    if page is None or not page.is_file():
        return []
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.S)
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests]


def keep_sessions(count: int) -> None:
    """Keep the sessions of so many visitors who have lost their connection.

    Relies on: the runtime's `_session_mgr._session_storage._cache`, a `cachetools.TTLCache` for 128
    sessions, each kept for `server.disconnectedSessionTTL` seconds.
    Without it: 128 are kept. After a loss of all connections the 129th who returns cannot undo, and
    where there are few file handles these sessions take them up.

    Args:
        count: Of how many. After that the one that was lost first is forgotten.
    """
    storage = _lost_sessions()
    kept: Any = getattr(storage, "_cache", None)
    if hasattr(kept, "maxsize") and hasattr(kept, "ttl"):
        storage._cache = type(kept)(count, kept.ttl)


def forget_expired_sessions() -> None:
    """Forget the visitors who have been away for too long, and the files that were theirs.

    Streamlit does so by itself only when somebody else comes or goes. Until then the files that a
    visitor could download can still be fetched by those who know their addresses.

    Call this in the server's event loop.

    Relies on: the same cache, whose `expire()` returns what has expired, by the session's id;
    `session.shutdown()` of that; `media_file_mgr.remove_orphaned_files()` of the runtime, which
    marks a file at the first call and removes it at the second.
    Without it: files outlive a visit until somebody else comes and goes.
    """
    kept: Any = getattr(_lost_sessions(), "_cache", None)
    if hasattr(kept, "expire"):
        for _, lost in kept.expire() or ():
            lost.session.shutdown()
    files: Any = getattr(runtime.get_instance(), "media_file_mgr", None)
    if hasattr(files, "remove_orphaned_files"):
        files.remove_orphaned_files()


def _lost_sessions() -> Any:  # noqa: ANN401, untyped
    """Return where Streamlit keeps the sessions of those who have lost their connection."""
    manager = getattr(runtime.get_instance(), "_session_mgr", None)
    return getattr(manager, "_session_storage", None)


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


def canvas_files() -> tuple[str, str]:
    """Return the addresses of the canvas's script and style sheet, relative to the page's own.

    The package can be imported once Streamlit runs, not before: so it stands in no `import` above.

    Relies on: drawable-canvas having one script and one style sheet in `frontend/build`, and
    Streamlit serving them below `_stcore/bidi-components`, under the name of the component.
    Without it: no canvas.
    """
    package = importlib.import_module("streamlit_drawable_canvas")
    folder = Path(str(package.__file__)).parent / "frontend" / "build"
    (script,), (style_sheet,) = folder.glob("index-*.js"), folder.glob("index-*.css")
    return f"{CANVAS_FILES}/{script.name}", f"{CANVAS_FILES}/{style_sheet.name}"


def mount_canvas_by(mount: ComponentRenderer) -> None:
    """Let `st_canvas` mount another component than its own.

    Relies on: `st_canvas` calling `streamlit_drawable_canvas.out`, whose HTML is an empty
    `canvas-root`.
    Without it: the canvas is loaded by its own component. That one is taken down and made anew
    where two messages of the server come quickly one after the other: strokes can be lost.
    """
    package = importlib.import_module("streamlit_drawable_canvas")
    package.out = mount  # type: ignore[attr-defined]


def initial_drawing(objects: list[FabricObject], *, number: int) -> dict[str, Any]:
    """Return what a canvas is told to start from.

    Relies on: drawable-canvas loading its `initial_drawing` anew whenever that differs from the
    last one, whatever the difference is. The number makes it differ.
    Without it: pressing Clear or an example twice does nothing the second time.

    Args:
        objects: What is to be on the canvas.
        number: Another one for each time that the canvas is to load it.
    """
    return {"objects": objects, NUMBER_KEY: number}


def placement_number(stored: object) -> int | None:
    """Return which placement is on a canvas, from what the session has stored of it.

    Relies on: Fabric.js setting the canvas's properties to those of the drawing that it loads, and
    drawable-canvas sending a few of them back with each message. This one means something for
    objects only, nothing for the canvas as a whole.
    Without it: None. The same stroke drawn again after Clear is then taken for the one before.

    Args:
        stored: `st.session_state[key]` of a canvas; anything at all.

    Returns:
        The number that `initial_drawing` was called with; None where the canvas has sent none.
    """
    drawing = stored.get("drawing") if isinstance(stored, Mapping) else None
    raw = drawing.get("raw") if isinstance(drawing, Mapping) else None
    number = raw.get(NUMBER_KEY) if isinstance(raw, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None
