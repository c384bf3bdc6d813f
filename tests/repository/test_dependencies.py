"""What the code imports is declared, each version is exact, and every list of versions agrees."""

import os
import re
import sys
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

from tests.repository.test_architecture import imports_of
from tests.repository.test_repository import tracked

CONSTRAINTS = ".ci/constraints.txt"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.M)


def normalized(name: str) -> str:
    """Return a package's name as the Python Packaging Authority normalizes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> dict[str, str]:
    """Return the version that a requirements file pins for each package, markers left out."""
    return {normalized(name): version for name, version in PIN.findall(path.read_text("utf-8"))}


def third_party(paths: list[Path]) -> set[str]:
    """Return the packages, by their names in the registry, whose modules some files import."""
    modules = {name.split(".")[0] for path in paths for name in imports_of(path)}
    modules -= sys.stdlib_module_names | {"pixelviz", "tests"}
    packages = packages_distributions()
    return {normalized(name) for module in modules for name in packages.get(module, [module])}


@pytest.mark.parametrize(
    ("files", "lists"),
    [
        (["app.py", "pixelviz/**.py"], ["requirements.txt"]),
        (["tests/**.py"], ["requirements.txt", "tests/requirements.txt"]),
    ],
    ids=["page", "tests"],
)
def test_every_package_that_is_imported_is_declared(
    root: Path, files: list[str], lists: list[str]
) -> None:
    declared = {name for listed in lists for name in pins(root / listed)}
    imported = third_party(tracked(root, *files))
    assert "numpy" in imported
    assert imported <= declared


@pytest.mark.parametrize("listed", ["requirements.txt", "tests/requirements.txt"])
def test_the_constraints_repeat_every_declared_version(root: Path, listed: str) -> None:
    assert pins(root / listed).items() <= pins(root / CONSTRAINTS).items()


def test_ci_installs_under_the_constraints(root: Path) -> None:
    run = (root / ".ci" / "run").read_text("utf-8")
    assert f'export PIP_CONSTRAINT="$PWD/{CONSTRAINTS}"' in run


def test_everything_that_ci_installs_is_pinned(root: Path) -> None:
    if os.environ.get("PIP_CONSTRAINT") != str(root / CONSTRAINTS):
        pytest.skip("Only CI installs under the constraints.")
    installed = {normalized(found.name): found.version for found in distributions()}
    del installed["pip"]
    assert installed.items() <= pins(root / CONSTRAINTS).items()
