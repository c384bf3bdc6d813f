"""Admission control: a server takes as many sessions as its capacity, and no more."""

import pytest

from pixelviz.server import admission, file_handles, streamlit_internals


class Visitors:
    """Sessions that come and go, as Streamlit would report them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.connected: set[str] = set()
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(admission, "_admitted", set())
        monkeypatch.setattr(admission, "_waiting_to_return", set())
        monkeypatch.setattr(streamlit_internals, "is_connected", self.connected.__contains__)

    def come(self, name: str, *, is_returning: bool = False) -> bool:
        """Return whether a session is admitted when it runs."""
        self.connected.add(name)
        self._monkeypatch.setattr(streamlit_internals, "session_id", lambda: name)
        return admission.try_admit(is_returning=is_returning)


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
    assert admission.try_admit(is_returning=False)


def test_those_who_return_count_and_come_before_all_who_are_new(
    monkeypatch: pytest.MonkeyPatch, visitors: Visitors
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, "2")
    assert [visitors.come(name) for name in ("Ada", "Bob")] == [True, True]
    visitors.connected.clear()
    assert visitors.come("Cem")
    assert visitors.come("Ada", is_returning=True)
    assert not visitors.come("Bob", is_returning=True)
    assert not visitors.come("Dan")
    visitors.connected.remove("Cem")
    assert not visitors.come("Dan")  # the place is Bob's
    assert visitors.come("Bob", is_returning=True)
    visitors.connected.remove("Ada")
    assert visitors.come("Dan")


def test_a_place_is_not_held_for_those_who_left_while_they_waited(
    monkeypatch: pytest.MonkeyPatch, visitors: Visitors
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, "1")
    assert visitors.come("Ada")
    assert not visitors.come("Bob", is_returning=True)
    visitors.connected.clear()
    assert visitors.come("Cem")


def test_whoever_is_in_stays_in_when_their_page_runs_again(
    monkeypatch: pytest.MonkeyPatch, visitors: Visitors
) -> None:
    monkeypatch.setenv(admission.CAPACITY_VARIABLE, "1")
    assert visitors.come("Ada")
    assert visitors.come("Ada", is_returning=True)
    assert not visitors.come("Bob")


def test_nobody_is_admitted_without_file_handles(
    monkeypatch: pytest.MonkeyPatch, visitors: Visitors
) -> None:
    monkeypatch.setattr(file_handles, "are_left", lambda: False)
    assert not visitors.come("Ada")


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
