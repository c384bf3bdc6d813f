"""Room for so many people, turns between them, and what is kept from run to run."""

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.testing.v1 import AppTest

from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import admission, model_client, run_lock, streamlit_internals
from tests.drawings import SEVEN, drawn, message_of, png_of


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the sessions that are connected, for a test to change; nobody has a place yet."""
    there: set[str] = set()
    monkeypatch.setattr(admission, "_people", set())
    monkeypatch.setattr(runtime, "exists", lambda: True)
    server = SimpleNamespace(is_active_session=there.__contains__)
    monkeypatch.setattr(runtime, "get_instance", lambda: server)
    return there


def come(monkeypatch: pytest.MonkeyPatch, people: set[str], name: str, most: int) -> bool:
    people.add(name)
    monkeypatch.setattr(admission, "get_script_run_ctx", lambda: SimpleNamespace(session_id=name))
    return admission._has_place(most)


def test_so_many_have_a_place_and_no_more(
    monkeypatch: pytest.MonkeyPatch, people: set[str]
) -> None:
    came = [come(monkeypatch, people, name, most=2) for name in ("Ada", "Bob", "Cem")]
    assert came == [True, True, False]
    people.remove("Ada")  # her browser is gone
    assert come(monkeypatch, people, "Cem", most=2)
    assert not come(monkeypatch, people, "Dan", most=2)


@pytest.mark.parametrize(
    ("said", "expected"), [("", 150), ("30", 30), ("0", 150), ("many", 150), ("-3", 150)]
)
def test_the_limit_is_what_the_environment_says_if_it_says_a_number(
    monkeypatch: pytest.MonkeyPatch, said: str, expected: int
) -> None:
    monkeypatch.setenv(admission.MOST_VARIABLE, said)
    assert admission.most() == expected


def test_turns_do_not_overlap_and_a_turn_may_hold_another() -> None:
    inside, most = 0, 0

    @run_lock.in_turn
    def inner() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.005)
        inside -= 1

    @run_lock.in_turn
    def outer() -> None:
        inner()

    threads = [threading.Thread(target=outer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 1


def test_the_kept_message_of_the_theme_is_the_one_that_streamlit_makes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made() -> bytes:
        message = CustomThemeConfig()
        app_session._populate_theme_msg(message)
        app_session._populate_theme_msg(message.dark, "theme.dark")
        data: bytes = message.SerializeToString(deterministic=True)
        return data

    name = "_populate_theme_msg"
    original = getattr(app_session, name)
    monkeypatch.setattr(app_session, name, getattr(original, "__wrapped__", original))
    expected = made()
    streamlit_internals.keep_theme()
    assert hasattr(getattr(app_session, name), "__wrapped__")
    assert made() == made() == expected


def test_a_server_that_does_not_know_a_person_takes_up_what_is_on_their_canvas(
    root: Path,
) -> None:
    model_client.models(card.read(MODELS).models).result()
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
    message = message_of(png_of(drawn(SEVEN)))
    stroke = {"type": "Path", "path": [["M", 1, 1], ["L", 9, 9]]}
    message["drawing"]["raw"]["objects"] = [stroke, "no stroke"]
    page.session_state["canvas"] = message
    page.run()
    placed = page.session_state["placed"]
    assert placed.strokes == [stroke]
    assert placed.number > 0  # so the canvas does not take the empty one that it would be given
    message["drawing"]["raw"]["objects"] = [stroke, stroke]
    page.session_state["canvas"] = message
    number = placed.number
    page.run()
    assert page.session_state["placed"].number == number  # what is drawn later is left alone
