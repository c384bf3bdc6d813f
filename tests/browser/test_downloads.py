"""Files for download lie at addresses that nobody can guess, and are gone when their visitor is."""

import re
import time
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from pixelviz.arrays import SIDE
from tests.browser.conftest import OpenPage
from tests.browser.server import serve
from tests.drawings import SEVEN

WAIT_S = 60
FORGET_AT_ONCE = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "0"}
"""Makes Streamlit keep a session no longer than its browser is connected, instead of 10 minutes."""


def status(address: str) -> int:
    """Return what the server answers to somebody without any cookie."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            found: int = response.status
            return found
    except urllib.error.HTTPError as error:
        return error.code


def test_a_file_is_gone_after_its_visitor_has_left(
    root: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    with serve(root, log=tmp_path / "log", settings=FORGET_AT_ONCE) as server:
        visitor = open_page(server)
        visitor.draw(SEVEN)
        visitor.expect_digit(7)
        visitor.button("export").click()
        menu = visitor.page.get_by_test_id("stPopoverBody")
        with visitor.page.expect_download() as download:
            menu.get_by_role("button", name="CSV").click()
        file = download.value.url
        assert status(file) == 200
        visitor.page.close()
        deadline = time.monotonic() + WAIT_S
        while status(file) != 404:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_a_files_address_is_a_hash_of_all_that_it_contains() -> None:
    storage = MemoryMediaFileStorage("/media")

    def name_of(content: bytes) -> str:
        return storage.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, "digit.csv")

    grid = np.zeros((SIDE, SIDE), np.uint8)
    names = {name_of(grid.tobytes())}
    for row, column in np.ndindex(SIDE, SIDE):
        changed = grid.copy()
        changed[row, column] = 1
        names.add(name_of(changed.tobytes()))
    assert len(names) == SIDE * SIDE + 1
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in names)
