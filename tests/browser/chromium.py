"""A browser to test with: an installed Chromium or Chrome, else the one that Playwright fetches."""

import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Playwright

INSTALLED = (
    "chromium-headless-shell",  # the same engine without a user interface: a tenth less to compute
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# No sandbox, which root may not use in a container; one process for all tabs with the page, so that
# its scripts are compiled once, with much memory, as collecting garbage takes a twentieth of the
# time; and no calls home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--process-per-site",
    "--js-flags=--min-semi-space-size=32 --max-semi-space-size=64 --initial-heap-size=300",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FETCH = [sys.executable, "-m", "playwright", "install", "chromium"]


def launch(playwright: Playwright) -> Browser:
    """Return a running browser without a window.

    Raises:
        playwright.sync_api.Error: There is none, and none could be fetched.
    """
    path = installed()
    if path is None:
        subprocess.run(FETCH, check=False, timeout=600)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def installed() -> str | None:
    """Return the path of the browser that is installed, if there is one."""
    return next(filter(None, map(shutil.which, INSTALLED)), None)
