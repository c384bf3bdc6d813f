"""What is not public in other packages is used in one script and one style sheet alone."""

import re
from pathlib import Path

import pytest

BOUNDARIES = {"third_party_dom.js", "third_party.css"}
IN_A_COMPONENT = "div:has(section)"
"""The one rule that has to stand in a component's own style sheet, inside its shadow root."""

NOT_PUBLIC = {
    "a class of Streamlit's": r"\bst[A-Z]\w+",
    "a name for Streamlit's own tests": r"data-testid",
    "a class of drawable-canvas": r"\bdc-[a-z]",
    "a layer of Fabric.js": r"\b(lower|upper)-canvas",
    "another component's shadow root": r"\.shadowRoot\b",
    "the elements around a key": r"st-key-\w+ [*>]|:has\([^{)]*st-key|st-key[^{,]*:has\(",
}


def code_of(path: Path) -> str:
    """Return a script or a style sheet without its comments."""
    text = path.read_text("utf-8").replace(IN_A_COMPONENT, "")
    return re.sub(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", "", text, flags=re.S | re.M)


@pytest.mark.parametrize("what", NOT_PUBLIC)
def test_it_is_used_at_the_boundary_alone(root: Path, what: str) -> None:
    page = root / "pixelviz" / "page"
    files = [path for kind in ("js", "css", "html") for path in sorted(page.rglob(f"*.{kind}"))]
    users = {path.name for path in files if re.search(NOT_PUBLIC[what], code_of(path))}
    assert users, f"Nobody uses {what} any more: the test looks for the wrong thing."
    assert users <= BOUNDARIES, f"{users - BOUNDARIES} use {what}."
