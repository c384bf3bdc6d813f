"""Programs that some tests need, and that need not be there."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

SYSTEM_FOLDERS = (
    "/usr/sbin",
    "/usr/local/sbin",
    *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)),
)
"""Where servers lie that only an administrator has in the path."""


def require(*commands: str, package: str) -> str:
    """Return the path of the first of some commands that is installed.

    Args:
        commands: One program by the names that it has on different systems.
        package: The Debian package that has it.
    """
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    path = next(filter(None, (shutil.which(each, path=places) for each in commands)), None)
    return path or skip(f"There is no {commands[0]}. Install it: apt-get install {package}")


def skip(message: str) -> NoReturn:
    """Skip the test; in continuous integration, where everything has to be installed, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
