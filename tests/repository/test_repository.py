"""The repository's conventions: what its files say about each other is true."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP_LEVEL = {
    "requirements.txt", "README.md", "LICENSE", "app.py", "pixelviz", "models", "tests", "deploy",
}  # fmt: skip

MODELS_KB = 5000
PICTURE_KB = 500


def tracked(root: Path, *patterns: str) -> list[Path]:
    """Return the repository's files, or those of some patterns."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return [root / line for line in listed.stdout.splitlines() if (root / line).is_file()]


def commands(root: Path) -> list[str]:
    """Return the README's set-up commands, which make their own virtual environment."""
    lines = (root / "README.md").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.startswith("    python3 -m venv")]


def test_the_readme_has_one_command_to_run_and_one_to_test(root: Path) -> None:
    run, test = commands(root)
    assert run.endswith("streamlit run app.py")
    assert test.endswith("-m pytest")


def test_the_readme_says_both_commands_for_windows_too(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    for command in commands(root):
        lines = command.replace("python3 ", "py -3.13 ").replace(".venv/bin/", ".venv\\Scripts\\")
        assert "\n\n    " + lines.replace(" && ", "\n    ") + "\n\n" in readme


def test_ci_runs_exactly_the_readmes_test_command(root: Path) -> None:
    lines = (root / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-1] == commands(root)[1]


def test_the_workflow_calls_ci(root: Path) -> None:
    assert "bash .ci/run" in (root / ".github" / "workflows" / "test.yml").read_text("utf-8")


def test_the_workflow_may_only_read_keeps_packages_and_runs_once_for_each_branch(
    root: Path,
) -> None:
    [workflow] = tracked(root, ".github/workflows/*")
    text = workflow.read_text("utf-8")
    assert "\npermissions:\n  contents: read\n\n" in text
    assert text.count("permissions:") == 1
    assert "cache: pip\n          cache-dependency-path: .ci/constraints.txt\n" in text
    assert (
        "\nconcurrency:\n  group: ${{ github.workflow }}-${{ github.ref }}\n"
        "  cancel-in-progress: true\n"
    ) in text
    assert set(re.findall(r"uses: ([^@/]+)/", text)) == {"actions"}  # GitHub's own alone


def test_every_version_is_exact(root: Path) -> None:
    for name in ("requirements.txt", "tests/requirements.txt"):
        for line in (root / name).read_text("utf-8").splitlines():
            assert re.fullmatch(r"-r \S+|[a-z0-9-]+(\[[a-z]+\])?==[0-9.]+", line), line


def test_only_the_agreed_names_are_visible_at_the_top(root: Path) -> None:
    names = {path.relative_to(root).parts[0] for path in tracked(root)}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_models_and_pictures_are_small(root: Path) -> None:
    assert sum(path.stat().st_size for path in tracked(root, "models")) < 1000 * MODELS_KB
    for picture in tracked(root, "*.png", "*.jpg"):
        assert picture.stat().st_size < 1000 * PICTURE_KB, picture


@pytest.mark.parametrize("number", [28, 784, 255])
def test_the_sizes_of_arrays_are_named_once(root: Path, number: int) -> None:
    for path in tracked(root, "pixelviz/**.py", "app.py"):
        if path.name == "arrays.py":
            continue
        numbers = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8")))
                   if isinstance(node, ast.Constant)]  # fmt: skip
        assert number not in numbers, path


@pytest.mark.parametrize(
    "check", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_the_code_is_clean(root: Path, check: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *check], cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_readmes_python_does_what_it_says(root: Path) -> None:
    import doctest

    result = doctest.testfile(str(root / "README.md"), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


def test_every_training_command_runs_its_main_function(root: Path) -> None:
    for path in tracked(root, "pixelviz/training/*.py"):
        text = path.read_text("utf-8")
        is_command = f"python -m pixelviz.training.{path.stem}" in text.split('"""')[1]
        assert is_command == text.endswith('if __name__ == "__main__":\n    main()\n'), path


def test_the_models_readme_agrees_with_the_card(root: Path) -> None:
    from pixelviz.model import card
    from pixelviz.training import report

    folder = root / "models"
    text, stored = (folder / "README.md").read_text("utf-8"), card.read(folder)
    measured = text.split(report.START)[1].split(report.END)[0].strip()
    assert measured == report.tables(stored, folder)
    for model in stored.models:
        assert model.held_out
        assert model.out_of_distribution
    assert len(stored.shuffled) == len(stored.models)
