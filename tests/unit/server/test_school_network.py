"""Under which address a class reaches the page, and what is said where it cannot."""

from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from pixelviz.server import school_network
from pixelviz.server.school_network import Reach, reach


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Return the server's options, which the test sets; it runs in no container, in a network."""
    found: dict[str, Any] = {"server.port": 8501}
    monkeypatch.setattr(config, "get_option", found.get)
    monkeypatch.setattr(school_network, "IN_CONTAINER", tmp_path / "none")
    monkeypatch.setattr(school_network, "_own_address", lambda: "192.168.1.5")
    return found


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://192.168.1.5:8501/"),
        ({"server.address": "0.0.0.0"}, "http://192.168.1.5:8501/"),
        ({"server.address": "::"}, "http://192.168.1.5:8501/"),
        ({"server.address": "10.0.0.9"}, "http://10.0.0.9:8501/"),
        ({"server.baseUrlPath": "/digits/"}, "http://192.168.1.5:8501/digits/"),
        ({"server.sslCertFile": "a.pem"}, "https://192.168.1.5:8501/"),
    ],
)
def test_it_is_this_computers_address_in_the_network(
    options: dict[str, Any], settings: dict[str, Any], address: str
) -> None:
    options |= settings
    assert reach() == Reach(address, "")


@pytest.mark.parametrize("bound", ["localhost", "127.0.0.1", "::1"])
def test_a_page_for_this_computer_only_says_so(options: dict[str, Any], bound: str) -> None:
    options["server.address"] = bound
    found = reach()
    assert found.address is None
    assert f"this computer only. Start it without server.address={bound}." in found.problem


def test_without_a_network_it_says_so(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(school_network, "_own_address", lambda: None)
    assert options
    assert "this computer is in no network" in reach().problem


def test_in_a_container_it_does_not_guess(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(school_network, "IN_CONTAINER", tmp_path)
    assert options
    found = reach()
    assert (found.address, "Pupils cannot reach localhost." in found.problem) == (None, True)


def test_this_machines_address_is_none_of_its_own_loop() -> None:
    assert not (school_network._own_address() or "").startswith(("127.", "0."))
