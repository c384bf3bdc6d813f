"""How long the browser's reader takes for large files of pictures, and how much memory.

    .venv/bin/python -m tests.benchmarks.data_files

It runs in Node, whose engine is Chromium's, on MNIST, or on the sample of it, repeated.
"""

import gzip
import io
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pixelviz.arrays import LENGTH
from tests import mnist_sample
from tests.javascript.data_files import npy, npz
from tests.node import node

ROOT = Path(__file__).parents[2]
COUNT = 60_000
FEWER = 27_000
"""So many rows take about 50 MB as CSV."""


def main() -> None:
    """Write each file, let Node read it, and print a table."""
    stored = mnist_sample.load()
    images = np.resize(stored.x_train.reshape(-1, LENGTH), (COUNT, LENGTH))
    labels = np.resize(stored.y_train, COUNT)
    rows = np.column_stack([labels, images])
    files: dict[str, Callable[[], bytes]] = {
        "27,000 rows.csv": lambda: table(rows[:FEWER]),
        "60,000 rows.csv": lambda: table(rows),
        "60,000 rows.csv.gz": lambda: gzip.compress(table(rows), 6),
        "floats 0 to 1.csv": lambda: table(images[:14_000] / 255, "%.6f"),
        "savetxt.txt": lambda: table(images[:5_000] / 255, "%.18e", " "),
        "60,000.npy": lambda: npy(images),
        "60,000, float32, packed.npz": lambda: npz(
            packed=True, x_train=(images / 255).astype(np.float32), y_train=labels
        ),
    }
    print("| file | MB | s | MB a second | peak memory, MB |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.write_bytes(content())
            print(row(name, path))
            path.unlink()


def table(values: np.ndarray, form: str = "%d", separator: str = ",") -> bytes:
    stream = io.BytesIO()
    np.savetxt(stream, values, fmt=form, delimiter=separator)
    return stream.getvalue()


def row(name: str, path: Path) -> str:
    script = ROOT / "tests/javascript/benchmarks/data_file.js"
    result = subprocess.run([node(), script, path], capture_output=True, text=True, check=True)
    said = json.loads(result.stdout)
    size = path.stat().st_size / 1e6
    seconds, peak = said["seconds"], said["peak"] / 1e6
    return f"| {name} | {size:.0f} | {seconds:.1f} | {size / seconds:.0f} | {peak:.0f} |"


if __name__ == "__main__":
    main()
