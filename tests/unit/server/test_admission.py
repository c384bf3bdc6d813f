"""Admission control: a server takes as many sessions as its capacity, and no more."""

import pytest

from pixelviz.server import admission, streamlit_internals


class Visitors:
    """Sessions that come and go, as Streamlit would report them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.connected: set[str] = set()
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(admission, "_admitted", set())
        monkeypatch.setattr(streamlit_internals, "is_connected", self.connected.__contains__)

    def come(self, name: str) -> bool:
        """Return whether a session is admitted when it runs."""
        self.connected.add(name)
        self._monkeypatch.setattr(streamlit_internals, "session_id", lambda: name)
        return admission.try_admit()


@pytest.fixture
def visitors(monkeypatch: pytest.MonkeyPatch) -> Visitors:
    return Visitors(monkeypatch)


def test_sessions_are_admitted_up_to_the_capacity(
    monkeypatch: pytest.MonkeyPatch, visitors: Visitors
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, "2")
    assert [visitors.come(name) for name in ("Ada", "Bob", "Cem")] == [True, True, False]
    visitors.connected.remove("Ada")  # her browser is gone
    assert visitors.come("Cem")
    assert not visitors.come("Dan")


def test_without_a_server_everybody_is_admitted(
    monkeypatch: pytest.MonkeyPatch, visitors: Visitors
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, "1")
    assert visitors.come("Ada")
    monkeypatch.setattr(streamlit_internals, "session_id", lambda: None)
    assert admission.try_admit()


@pytest.mark.parametrize(
    ("text", "expected"), [("", 150), ("30", 30), ("0", 150), ("many", 150), ("-3", 150)]
)
def test_the_capacity_is_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: int
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, text)
    assert admission.capacity() == expected


def test_a_capacity_that_is_not_a_number_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, "many")
    admission.capacity()
    assert "PIXELVIZ_MAX_SESSIONS" in caplog.text
    assert "'many'" in caplog.text
