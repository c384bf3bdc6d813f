"""The page in a frame of another site, which only a setting allows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from pixelviz.server.security_headers import FRAME_ANCESTORS_VARIABLE
from tests.browser.pages import WAIT_MS, draw_on
from tests.browser.server import serve
from tests.drawings import SEVEN


@contextmanager
def site_that_embeds() -> Iterator[str]:
    """Give the address of another site, whose query is the address that it shows in a frame."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = self.path.partition("?")[2]
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{address}" width="1300" height="900">'.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"  # another site than 127.0.0.1
        server.shutdown()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1366, "height": 950})
    yield tab
    tab.close()


def test_another_site_may_not_show_the_page(tab: Page, address: str) -> None:
    with site_that_embeds() as site:
        with tab.expect_console_message(lambda message: "frame-ancestors" in message.text):
            tab.goto(f"{site}/?{address}")
        expect(tab.frame_locator("iframe").locator("#root")).to_have_count(0)


def test_where_a_setting_allows_it_one_draws_in_a_frame_but_brings_in_no_file(
    root: Path, tmp_path: Path, tab: Page
) -> None:
    with (
        site_that_embeds() as site,
        serve(root, log=tmp_path / "log", settings={FRAME_ANCESTORS_VARIABLE: site}) as address,
    ):
        tab.goto(f"{site}/?{address}")
        frame: FrameLocator = tab.frame_locator("iframe")
        prediction = frame.locator(".st-key-prediction")
        expect(prediction).to_contain_text("Draw a digit", timeout=WAIT_MS)
        draw_on(tab, frame.locator(".st-key-canvas canvas.dc-canvas.lower-canvas"), SEVEN)
        expect(prediction).to_contain_text("Prediction: 7", timeout=WAIT_MS)
        frame.locator(".st-key-sources").get_by_role("button").click()
        with tab.expect_response("**/_stcore/upload_file/**") as response:
            frame.locator("input[type=file]").set_input_files(
                {"name": "digit.png", "mimeType": "image/png", "buffer": b"1,2"}
            )
        assert response.value.status == 403  # README.md says so
