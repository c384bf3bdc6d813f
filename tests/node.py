"""Node.js and the npm packages, for the tests that need them."""

import subprocess
from pathlib import Path

from tests.installed import require, skip


def node() -> str:
    """Return the path of Node.js; where there is none, the test is skipped."""
    return require("node", "nodejs", package="nodejs")


def installed_packages(root: Path) -> Path:
    """Return the folder of the tests' JavaScript, in which the packages of its lock file are.

    They are installed if they are not there yet, or if the lock file has changed since. The test is
    skipped where that does not succeed.

    Args:
        root: The folder of the repository.
    """
    folder = root / "tests" / "javascript"
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        command = [require("npm", package="npm"), "ci", "--no-audit", "--no-fund"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            skip(f"{' '.join(command)} in {folder} failed:\n{result.stdout}{result.stderr}")
    return folder
