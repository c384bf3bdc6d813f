"""The browser reads the files of data sets that there are, and says of others what they are."""

import base64
import json
from pathlib import Path

from pixelviz.formats import csv_file, npy_file
from tests.grids import GRIDS
from tests.javascript.data_files import DataFile, arrays, bombs, refused, seeds, tables
from tests.javascript.test_javascript import run
from tests.node import node


def test_each_real_form_is_read_with_every_value_right(root: Path, tmp_path: Path) -> None:
    files = tables() | arrays() | refused()
    for name, file in files.items():
        (tmp_path / name).write_bytes(file.content)
    expected = {name: described(file) for name, file in files.items()}
    (tmp_path / "expected.json").write_text(json.dumps(expected), "utf-8")
    grid = GRIDS["every value"]
    single = {
        "values": grid.ravel().tolist(),
        "csv": [csv_file.encode(grid, label=label) for label in (None, 7)],
        "npy": list(npy_file.encode(grid)),
    }
    (tmp_path / "single.json").write_text(json.dumps(single), "utf-8")
    test = root / "tests/javascript/oracle/data_file.test.js"
    run([node(), "--test", test], root, PIXELVIZ_DATA_FILES=str(tmp_path))


def described(file: DataFile) -> dict[str, object]:
    grids = file.grids
    return {
        "grids": None
        if grids is None
        else base64.b64encode(grids.astype("u1").tobytes()).decode("ascii"),
        "targets": None if file.targets is None else [int(each) for each in file.targets],
        "trainingCount": file.training_count,
        "answers": list(file.answers),
        "says": list(file.says),
    }


def test_odd_files_are_read_or_refused_in_a_sentence(root: Path, tmp_path: Path) -> None:
    for name, content in (seeds() | bombs()).items():
        (tmp_path / name).write_bytes(content)
    names = {"seeds": list(seeds()), "bombs": list(bombs())}
    (tmp_path / "odd.json").write_text(json.dumps(names), "utf-8")
    test = root / "tests/javascript/oracle/odd_data_files.test.js"
    run([node(), "--test", test], root, PIXELVIZ_DATA_FILES=str(tmp_path))
