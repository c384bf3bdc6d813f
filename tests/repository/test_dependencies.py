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
IMAGE = {
    "deploy/requirements-x86_64.txt": "tensorflow-cpu",
    "deploy/requirements-aarch64.txt": "tensorflow",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", re.M)


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


# The image


def test_the_image_installs_by_hash_the_list_of_its_architecture(root: Path) -> None:
    dockerfile = (root / "deploy" / "Dockerfile").read_text("utf-8")
    assert f"\nCOPY {' '.join(IMAGE)} ./\n" in dockerfile
    command = 'pip install --no-cache-dir --only-binary :all: --require-hashes -r "requirements-$('
    assert command + 'uname -m).txt"' in dockerfile


@pytest.mark.parametrize(("listed", "tensorflow"), IMAGE.items(), ids=["x86_64", "aarch64"])
def test_the_image_has_the_versions_that_the_tests_run_with(
    root: Path, listed: str, tensorflow: str
) -> None:
    renamed = {"tensorflow": tensorflow}
    declared = {renamed.get(name, name) for name in pins(root / "requirements.txt")}
    tested = pins(root / CONSTRAINTS)
    tested[tensorflow] = tested["tensorflow"]
    assert declared <= set(pins(root / listed))
    assert pins(root / listed).items() <= tested.items()


@pytest.mark.parametrize("listed", IMAGE)
def test_each_package_of_the_image_has_hashes_and_no_address(root: Path, listed: str) -> None:
    text = (root / listed).read_text("utf-8")
    requirements = re.sub(r"^#.*\n", "", text, flags=re.M).replace(" \\\n", "").splitlines()
    assert len(requirements) > len(pins(root / "requirements.txt"))
    for line in requirements:
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+(    --hash=sha256:[0-9a-f]{64})+", line), line
