import ast
import sys
from pathlib import Path

import pytest

from pixelviz.data import mnist
from pixelviz.data.mnist import PATH_VARIABLE
from pixelviz.model.classifier import MODELS
from pixelviz.training import options
from pixelviz.training.data import pendigits
from pixelviz.training.options import Options

SCRIPT_END = 'if __name__ == "__main__":\n    main()\n'


def test_the_options_name_data_and_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys,
        "argv",
        [*["train", "--pen", "digits.tra", "--unipen", "folder", "--mnist", "mnist.npz"]],
    )
    assert options.parse("Train.") == Options(
        Path("digits.tra"), Path("folder"), Path("mnist.npz"), MODELS, Path(".training")
    )


def test_the_pen_drawn_digits_are_required(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["train"])
    with pytest.raises(SystemExit):
        options.parse("Train.")
    assert "required: --pen, --unipen" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["mnist", "pen", "unipen"])
def test_a_missing_file_ends_the_command_with_its_name(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if missing != "mnist":
        digits = request.getfixturevalue("digits")
        monkeypatch.setattr(mnist, "fetch", lambda: None)
        monkeypatch.setattr(mnist, "load", lambda _: digits)  # it is loaded first
    else:
        monkeypatch.delenv(PATH_VARIABLE, raising=False)
    if missing == "unipen":
        monkeypatch.setattr(pendigits, "read", lambda _: [])
    given = Options(
        pen=tmp_path / "no-pen.tra",
        unipen=tmp_path / "no-unipen.d",
        mnist=tmp_path / "no-mnist.npz" if missing == "mnist" else None,
        models=tmp_path,
        work=tmp_path,
    )
    with pytest.raises(SystemExit, match=rf"no-{missing}\."):
        options.load_data(given)


def test_no_training_module_imports_a_script(root: Path) -> None:
    modules = {
        path.stem: path.read_text("utf-8") for path in (root / "pixelviz" / "training").glob("*.py")
    }
    scripts = {name for name, text in modules.items() if text.endswith(SCRIPT_END)}
    assert {"train", "evaluate", "ablation", "out_of_distribution"} <= scripts
    for name, text in modules.items():
        imported: set[str] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                imported |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module} | {f"{node.module}.{each.name}" for each in node.names}
        assert not imported & {f"pixelviz.training.{script}" for script in scripts}, name
