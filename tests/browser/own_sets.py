"""The data sets that a page's browser has: read and given by the page's own module."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from pixelviz.server.script_modules import ScriptModules

PAGE = Path(__file__).parents[2] / "pixelviz" / "page"

IMPORT = """async ({ address, given }) => {
    const { dataSets } = await import(new URL(address, document.baseURI))
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    if (given) {
        dataSets.put({ ...given, grids: bytes(given.grids),
                       targets: given.targets === null ? null : bytes(given.targets) })
        dataSets.choose(given.kind)
    }
    let found
    dataSets.subscribe(({ all, chosen }) => {
        found = { kinds: [...all.keys()], ...chosen, grids: [...(chosen?.grids ?? [])],
                  targets: chosen && [...(chosen.targets ?? [])] }
    })()
    return given ? null : found
}"""


def put(page: Page, given: dict[str, Any]) -> None:
    """Let the browser have a data set, and choose it.

    Args:
        page: A page that is open.
        given: The set, its arrays of bytes in base64.
    """
    _call(page, given)


def chosen(page: Page) -> dict[str, Any]:
    """Return the set that is chosen, and the kinds of all that are there."""
    found: dict[str, Any] = _call(page, None)
    return found


def _call(page: Page, given: dict[str, Any] | None) -> Any:
    module = PAGE / "browser" / "data_set" / "data_sets.js"
    address = ScriptModules(PAGE).addresses(module)[0]  # the same as the server's
    return page.evaluate(IMPORT, {"address": address, "given": given})
