"""What we rely on in Streamlit and the drawable canvas that is not public, one test an item.

Each test fails with a sentence that names what an upgrade has changed. What to do about it stands
in `pixelviz/server/streamlit_internals.py`, at the item.
"""

import importlib
import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit
from streamlit import runtime
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime import app_session
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state import session_state
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.testing.v1 import AppTest

from pixelviz.server import streamlit_internals
from tests.drawings import SEVEN, drawn, message_of, png_of

PNG = png_of(drawn(SEVEN))

SHOW_CANVAS = """
from pixelviz.server import streamlit_internals
from streamlit_drawable_canvas import st_canvas
import streamlit as st
st.session_state["context"] = (
    streamlit_internals._context().session_id, streamlit_internals.is_history_navigation()
)
st.session_state["sent"] = st_canvas(
    width=280, height=280, return_image_data=True, key="canvas",
    initial_drawing=streamlit_internals.initial_drawing([], number=3),
).image_bytes
"""


@pytest.fixture
def canvas_page(tmp_path: Path) -> AppTest:
    (tmp_path / "page.py").write_text(SHOW_CANVAS, "utf-8")
    return AppTest.from_file(str(tmp_path / "page.py"), default_timeout=30)


def test_streamlit_still_makes_the_theme_message_where_it_is_cached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "_populate_theme_msg"
    original = getattr(app_session, name, None)
    assert original is not None, "Streamlit no longer makes the theme message there."
    monkeypatch.setattr(app_session, name, getattr(original, "__wrapped__", original))

    def made() -> bytes:
        message = CustomThemeConfig()
        app_session._populate_theme_msg(message)
        app_session._populate_theme_msg(message.dark, "theme.dark")
        data: bytes = message.SerializeToString(deterministic=True)
        return data

    expected = made()
    streamlit_internals.cache_theme_message()
    assert hasattr(getattr(app_session, name), "__wrapped__")
    assert made() == made() == expected, "The cached theme message differs from Streamlit's."


def test_streamlit_still_checks_for_data_frames_where_we_skip_it() -> None:
    name = "streamlit.components.v2.bidi_component.serialization"
    serialization = importlib.import_module(name)
    streamlit_internals.skip_dataframe_check()
    skipped = getattr(serialization, "is_dataframe_like", None)
    assert skipped is not None, f"{name} no longer has is_dataframe_like."
    assert skipped(object()) is False
    assert "is_dataframe_like(" in inspect.getsource(serialization), "It is no longer called."


def test_streamlit_still_takes_what_a_browser_sends_where_we_refuse_it(
    canvas_page: AppTest,
) -> None:
    streamlit_internals.refuse_unreadable_widget_states()
    canvas_page.run()
    state: Any = canvas_page.session_state._state
    while not isinstance(state, session_state.SessionState):
        state = object.__getattribute__(state, "_state")
    (widget,) = (each for each in state._new_widget_state.widget_metadata if "events" not in each)
    assert widget.startswith(streamlit_internals.WIDGET_ID_PREFIX), "Ids begin in another way."
    before = state._new_widget_state.states.get(widget)
    for forged in (
        WidgetState(id="placement", bool_value=True),
        WidgetState(id=widget, bool_value=True),
    ):
        state.set_widgets_from_proto(WidgetStates(widgets=[forged]))
    states = state._new_widget_state.states
    assert "placement" not in states, "Streamlit takes messages in another way now."
    assert states.get(widget) == before, "A widget's type is no longer in its metadata."


def test_streamlit_still_keeps_lost_sessions_where_we_make_room_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    storage = MemorySessionStorage(ttl_seconds=77)
    manager = SimpleNamespace(_session_storage=storage)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    streamlit_internals.keep_sessions(200)
    for number in range(200):
        session = SimpleNamespace(session=SimpleNamespace(id=str(number)))
        storage.save(session)  # type: ignore[arg-type]
    assert len(storage.list()) == 200, "Streamlit keeps lost sessions in another way."
    assert getattr(storage._cache, "ttl", None) == 77, (
        "Streamlit no longer says how long it keeps a lost session."
    )
    names = inspect.getsource(runtime.Runtime) + inspect.getsource(WebsocketSessionManager)
    for name in ("_session_mgr", "_session_storage"):
        assert f"self.{name} =" in names, f"The runtime no longer has {name}."


def test_streamlit_still_shuts_down_the_sessions_that_we_forget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    storage, shut_down = MemorySessionStorage(ttl_seconds=0), []
    session = SimpleNamespace(id="lost", shutdown=lambda: shut_down.append(1))
    storage.save(SimpleNamespace(session=session))  # type: ignore[arg-type]
    manager = SimpleNamespace(_session_storage=storage)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    streamlit_internals.forget_expired_sessions()
    assert shut_down == [1], "Streamlit's storage no longer tells which sessions have expired."
    assert hasattr(app_session.AppSession, "shutdown"), "A session cannot be shut down any more."


def test_streamlit_still_names_the_running_session(canvas_page: AppTest) -> None:
    session, is_history_navigation = canvas_page.run().session_state["context"]
    assert isinstance(session, str), "The run's context has no session_id any more."
    assert is_history_navigation is False


def test_streamlit_still_says_whether_a_run_was_started_by_back_or_forward() -> None:
    assert hasattr(ScriptRunContext, "is_history_navigation"), (
        "The run's context has no is_history_navigation any more."
    )


def test_streamlit_still_knows_which_sessions_are_connected() -> None:
    assert hasattr(runtime.Runtime, "is_active_session"), (
        "Streamlit's runtime no longer has is_active_session."
    )


@pytest.mark.parametrize("missing", ["session_id", "is_history_navigation"])
def test_the_page_goes_on_without_what_the_context_no_longer_has(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(streamlit_internals, "_context", SimpleNamespace)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    assert not getattr(streamlit_internals, missing)()


def test_the_page_goes_on_when_streamlit_no_longer_tells_who_is_connected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runtime, "get_instance", SimpleNamespace)
    assert streamlit_internals.is_connected("Ada") is False


def test_the_page_goes_on_without_the_functions_that_are_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from streamlit.components.v2.bidi_component import serialization

    monkeypatch.delattr(app_session, "_populate_theme_msg")
    monkeypatch.delattr(serialization, "is_dataframe_like")
    streamlit_internals.cache_theme_message()
    streamlit_internals.skip_dataframe_check()


def test_the_canvas_still_stores_its_drawing_in_the_form_that_is_read(
    canvas_page: AppTest,
) -> None:
    canvas_page.session_state["canvas"] = message_of(PNG)
    canvas_page.run()
    assert not canvas_page.exception
    assert canvas_page.session_state["sent"] == PNG, "The canvas reads its state in another form."
    stored = canvas_page.session_state["canvas"]
    assert streamlit_internals.is_canvas_message(stored)
    assert streamlit_internals.stored_objects(stored) == [{}], "Its objects are stored elsewhere."


@pytest.mark.parametrize(
    "forged",
    [
        {"drawing": 7},
        {"drawing": {"raw": {"objects": []}, "data": 7}},
        {"drawing": {"raw": {"objects": []}, "data": "data:image/png;base64,A"}},
        {"drawing": None, "backgroundFit": {}},
    ],
    ids=str,
)
def test_a_message_that_the_canvas_cannot_read_is_recognised(
    canvas_page: AppTest, forged: Any
) -> None:
    assert not streamlit_internals.is_canvas_message(forged)
    canvas_page.session_state["canvas"] = forged
    assert canvas_page.run().exception, "The canvas reads this now, so it need not be refused."


def test_the_versions_are_those_that_this_was_written_for() -> None:
    from importlib.metadata import version

    text = inspect.getdoc(streamlit_internals) or ""
    for package, name in (("streamlit", "Streamlit"), ("streamlit-drawable-canvas", "canvas")):
        minor = ".".join(version(package).split(".")[:2])
        assert f" {minor} " in text, f"{name} is {minor} now: read the boundary once more."
    assert streamlit.__version__ == version("streamlit")


def test_streamlits_own_page_has_its_inline_scripts_where_they_are_read() -> None:
    assert len(streamlit_internals.inline_script_sources()) == 1, (
        "Streamlit's own page is elsewhere, or has another number of inline scripts. See whether "
        "the Content-Security-Policy still lets it run."
    )


def test_the_canvas_is_loaded_by_our_loader_with_its_own_files(canvas_page: AppTest) -> None:
    canvas_page.run()
    import streamlit_drawable_canvas

    folder = Path(streamlit_drawable_canvas.__file__).parent / "frontend" / "build"
    for address in streamlit_internals.canvas_files():
        assert (folder / address.rpartition("/")[2]).exists(), "Its files lie elsewhere."
    mounted: list[str] = []

    def mount(**given: Any) -> Any:
        mounted.append(given["key"])
        return {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit_drawable_canvas, "out", None)
        streamlit_internals.mount_canvas_by(mount)
        canvas_page.run()
    assert mounted == ["canvas"], "st_canvas mounts its component in another way."
