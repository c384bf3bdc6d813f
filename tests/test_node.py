"""The npm packages of the tests come from whichever registry npm is set up to use."""

from pathlib import Path


def test_the_lock_file_names_no_host(root: Path) -> None:
    lock = (root / "tests" / "javascript" / "package-lock.json").read_text("utf-8")
    assert "://" not in lock  # so take out "funding" too
    assert lock.count('"integrity"') == lock.count('"node_modules/')
