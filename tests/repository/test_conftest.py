"""What tests/conftest.py does for all tests: marks, processes, no skips in CI."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests import conftest

SKIPPED = {
    "test_oven.py": "import pytest\ndef test_one(): pytest.skip('no oven here')",
    "test_kitchen.py": "import pytest\npytest.skip('no kitchen here', allow_module_level=True)",
}


def run_pytest(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Return pytest's exit status when it is run in a folder, and what it prints."""
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-ra", "-n0", "-p", "no:cacheprovider", *arguments],
        cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.returncode, result.stdout


@pytest.mark.parametrize("ci", ["true", ""])
def test_a_skip_fails_in_continuous_integration_and_nowhere_else(
    root: Path, tmp_path: Path, ci: str
) -> None:
    for name, code in SKIPPED.items():
        (tmp_path / name).write_text(code)
    arguments = ("-p", "tests.conftest", "--continue-on-collection-errors")
    status, output = run_pytest(root, *arguments, str(tmp_path), CI=ci)
    assert "no oven here" in output
    assert "no kitchen here" in output
    assert ("1 failed, 1 error" if ci else "2 skipped") in output
    assert status == (pytest.ExitCode.TESTS_FAILED if ci else pytest.ExitCode.OK)


def test_tests_are_marked_by_their_folder(root: Path) -> None:
    files = ("tests/page/test_wording.py", "tests/unit/test_shift.py")
    _, output = run_pytest(root, "--collect-only", "-m", "page and not browser", *files)
    folders = {line.split("/")[1] for line in output.splitlines() if line.startswith("tests/")}
    assert folders == {"page"}


def config_of(*arguments: str, marks: str = "") -> pytest.Config:
    """Return as much of pytest's configuration as the hooks look at."""
    option = SimpleNamespace(markexpr=marks)
    return cast(pytest.Config, SimpleNamespace(args=list(arguments), option=option))


@pytest.mark.parametrize(
    ("arguments", "marks", "are_left_out"),
    [
        (["tests", "pixelviz"], "", True),
        (["tests"], "not browser", True),
        (["tests"], "benchmark", False),
        (["tests"], "benchmark or not benchmark", False),
        (["tests/benchmarks/test_load.py"], "", False),
    ],
)
def test_benchmarks_are_left_out_unless_the_command_names_them(
    arguments: list[str], marks: str, are_left_out: bool
) -> None:
    assert conftest.leaves_benchmarks_out(config_of(*arguments, marks=marks)) == are_left_out


def test_files_that_are_named_run_in_one_process() -> None:
    for files in (["tests/unit/test_shift.py"], ["tests/unit/test_shift.py::test_one", "a.py"]):
        assert conftest.pytest_xdist_auto_num_workers(config_of(*files)) == 0
    for folders in (["tests", "pixelviz"], ["tests/unit"], ["tests/unit", "a.py"]):
        assert conftest.pytest_xdist_auto_num_workers(config_of(*folders)) >= 1
