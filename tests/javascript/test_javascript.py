"""The page's JavaScript has sound types and a clean style, and its pure functions are right."""

import base64
import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pixelviz import ink, raster
from pixelviz.arrays import DIGITS, LENGTH, PIXEL_MAX, SIDE, Grid
from pixelviz.features import rescale
from pixelviz.model.classifier import SURE_FROM, Linear, Prediction, softmax
from pixelviz.model.contributions import contributions_of, round_to_add_up
from pixelviz.page.lesson.convolution.kernels import KERNELS
from pixelviz.page.lesson.figures import diverging
from pixelviz.page.wording import in_words, percent
from pixelviz.shift import shift
from pixelviz.vector import unroll, unroll_by_columns
from tests.grids import GRIDS
from tests.javascript import data_models
from tests.node import installed_packages, node

SHIFTS = ((0, 0), (3, -5), (-8, 8), (27, 0), (0, -28), (-40, 1))
PATCH_SIZES = (1, 3, 5, 7, 9)
CANVAS_SIDES_PX = (28, 56, 84, 280, 560)


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> None:
    """Run a command that is to find nothing wrong; show what it says if it does."""
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | environment,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_version_is_exact(root: Path) -> None:
    package = json.loads((root / "tests/javascript/package.json").read_text("utf-8"))
    for version in package["devDependencies"].values():
        assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version)


def test_the_types_are_sound(root: Path) -> None:
    folder = installed_packages(root)
    run([node(), folder / "node_modules/typescript/bin/tsc", "--project", folder], root)


def test_the_style_is_clean(root: Path) -> None:
    folder = installed_packages(root)
    run(
        [
            node(), folder / "node_modules/eslint/bin/eslint.js", "--max-warnings", "0",
            "--config", folder / "eslint.config.js", "pixelviz", "tests/javascript",
        ],
        root,
    )  # fmt: skip


def test_the_pure_functions_are_right(root: Path, expected: Path) -> None:
    tests = sorted((root / "tests/javascript/unit").rglob("*.test.js"))
    assert tests
    run(
        [node(), "--test", "--test-reporter", "spec", *tests], root, PIXELVIZ_EXPECTED=str(expected)
    )


@pytest.fixture
def expected(tmp_path: Path) -> Path:
    """Return a file with what the server makes of some arrays, for JavaScript to compare."""
    grids = [
        {
            "text": base64.b64encode(unroll(grid).tobytes()).decode("ascii"),
            "values": unroll(grid).tolist(),
            "byColumns": unroll_by_columns(grid).tolist(),
            "shifts": [
                {
                    "rows": rows,
                    "columns": columns,
                    "values": unroll(shift(grid, rows=rows, columns=columns)).tolist(),
                }
                for rows, columns in SHIFTS
            ],
        }
        for grid in GRIDS.values()
    ]
    path = tmp_path / "expected.json"
    sizes = {"SIDE": SIDE, "LENGTH": LENGTH, "PIXEL_MAX": PIXEL_MAX}
    canvases = [_canvas(side) for side in CANVAS_SIDES_PX]
    written = {
        "sizes": sizes,
        "grids": grids,
        "canvases": canvases,
        "predictions": _predictions(),
        "sums": _sums(),
        "signed": _signed(),
        "convolutions": _convolutions(),
        "tensors": _tensors(),
        "labelled": data_models.labelled(),
        "evaluations": data_models.evaluations(),
        "projection": data_models.projection(),
        "patches": _patches(),
        "linear": _linear(),
    }
    path.write_text(json.dumps(written), "utf-8")
    return path


def _predictions() -> list[dict[str, object]]:
    """Return logits of all kinds, from sure to undecided, and what the page says of them."""
    random = np.random.default_rng(PIXEL_MAX)
    logits = [
        (random.normal(0, scale, len(DIGITS))).astype(np.float32)
        for scale in np.geomspace(0.01, 30, 400)
    ]
    logits.append(np.array([1000, 999, -1000, *[0] * 7], np.float32))  # exp would overflow
    predictions = [Prediction(each, softmax(each)) for each in logits]
    return [
        {
            "logits": each.logits.tolist(),
            "threshold": SURE_FROM,
            "probabilities": each.probabilities.tolist(),
            "percents": [percent(float(share)) for share in each.probabilities],
            "digit": each.digit,
            "inWords": in_words(each),
        }
        for each in predictions
    ]


def _sums() -> list[dict[str, object]]:
    """Return terms, and how they are rounded for the rounded ones to add up."""
    random = np.random.default_rng(SIDE)
    terms = [random.normal(0, 1, count) for count in (1, 2, 9, 10, 25, LENGTH)]
    return [
        {
            "terms": each.tolist(),
            "decimals": decimals,
            "units": round_to_add_up(each, decimals=decimals).tolist(),
        }
        for each in [*terms, np.full(3, 1 / 3), np.zeros(4)]
        for decimals in (0, 2, 3)
    ]


def _signed() -> dict[str, object]:
    """Return signed numbers, and the colours that pictures of them have."""
    values = np.random.default_rng(LENGTH).normal(0, 1, (10, 10))
    values[0, :2] = 0, np.abs(values).max()
    colours = diverging(values).reshape(-1, 3)
    return {"values": values.ravel().tolist(), "colours": colours.tolist()}


def _convolutions() -> list[dict[str, object]]:
    """Return what each kernel makes of some grids, worked out by numpy as Conv2D does it."""
    return [
        {
            "kernel": kernel.title,
            "padding": padding,
            "stride": stride,
            "grid": unroll(grid).tolist(),
            "weights": np.ravel(kernel.weights).tolist(),
            "bias": kernel.bias,
            **_convolution(grid, np.array(kernel.weights), kernel.bias, padding, stride),
        }
        for grid in (GRIDS["full"], GRIDS["every value"], GRIDS["crossed drawn"])
        for kernel in KERNELS.values()
        for padding in ("valid", "same")
        for stride in (1, 2)
    ]


def _convolution(
    grid: Grid, weights: NDArray[np.float64], bias: float, padding: str, stride: int
) -> dict[str, object]:
    side = len(weights)
    padded = grid.astype(np.float64)
    if padding == "same":
        total = max((-(-SIDE // stride) - 1) * stride + side - SIDE, 0)
        padded = np.pad(padded, (total // 2, total - total // 2))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side))[::stride, ::stride]
    outputs = (windows * weights).sum(axis=(2, 3)) + bias
    even = len(outputs) // 2 * 2
    pairs = outputs[:even, :even].reshape(even // 2, 2, even // 2, 2)
    return {
        "side": len(outputs),
        "outputs": outputs.ravel().tolist(),
        "pooled": pairs.max(axis=(1, 3)).ravel().tolist(),
    }


def _tensors() -> dict[str, object]:
    """Return what numpy says of shapes and indices, and the channels of pictures in colour."""
    shapes: list[tuple[int, ...]] = [
        (),
        (28,),
        (28, 28),
        (28, 28, 3),
        (1, 28, 28, 1),
        (11, 28, 28, 1),
    ]
    batch = np.arange(4 * LENGTH).reshape(4, SIDE, SIDE, 1)
    colours = np.random.default_rng(2).integers(0, PIXEL_MAX + 1, (20, 3))
    vector = np.arange(LENGTH, dtype=np.uint8)
    return {
        "shapes": [
            {
                "shape": shape,
                "text": str(shape),
                "count": np.zeros(shape).size,
                "uint8": np.zeros(shape, np.uint8).nbytes,
                "float32": np.zeros(shape, np.float32).nbytes,
            }
            for shape in shapes
        ],
        "batch": batch.shape,
        "indices": [_indexed(batch, text) for text in INDICES],
        "colours": [
            {
                "colour": colour.tolist(),
                "hex": "#{:02x}{:02x}{:02x}".format(*colour),
                "channels": np.rint(np.outer(colour, vector) / PIXEL_MAX).astype(int).tolist(),
            }
            for colour in colours
        ],
    }


INDICES = (
    "2, 14, 9, 0", "0,0,0,0", "3, 27, 27, 0", " 3 ,27, 27 ,0 ", "-1, -1, -1, -1", "-4, -28, 0, 0",
    "2, 14, 9, 0,", "+1, 2, 3, 0", "4, 14, 9, 0", "-5, 14, 9, 0", "2, 28, 9, 0", "2, -29, 9, 0",
    "2, 14, 28, 0", "2, 14, 9, 1", "2, 14, 9, 0, 0", "2, 14, 9", "2",
    "99999999999999999999, 0, 0, 0", "2, 14.5, 9, 0", "2, 14, nine, 0",
)  # fmt: skip


def _indexed(batch: NDArray[np.int64], text: str) -> dict[str, object]:
    """Return which number an index names in a batch of the numbers 0, 1, 2, ...; None if none."""
    parts = [part for part in text.split(",") if part.strip()]
    try:
        named = batch[tuple(map(int, parts))]
    except (IndexError, ValueError):
        return {"text": text, "number": None, "shape": None}
    number = int(named) if named.ndim == 0 else None
    return {"text": text, "number": number, "shape": None if named.ndim == 0 else named.shape}


def _patches() -> list[dict[str, object]]:
    """Return grids, and what is left of them where a patch covers a part."""
    random = np.random.default_rng(SIDE)
    rows, columns = np.indices((SIDE, SIDE))
    found: list[dict[str, object]] = []
    for grid in GRIDS.values():
        for size in PATCH_SIZES:
            for place in (0, LENGTH - 1, *random.integers(0, LENGTH, 4).tolist()):
                row, column = divmod(place, SIDE)
                far = np.maximum(np.abs(rows - row), np.abs(columns - column))
                left = np.where(2 * far < size, 0, grid)
                under = int(((grid > 0) & (left != grid)).sum())
                found.append({
                    "values": grid.ravel().tolist(), "size": size, "place": place,
                    "left": left.ravel().tolist(), "ink": under,
                })  # fmt: skip
    return found


def _linear() -> dict[str, object]:
    """Return a softmax regression and a digit, and all its answers without one pixel."""
    random = np.random.default_rng(LENGTH)
    linear = Linear(
        random.normal(0, 0.3, (LENGTH, len(DIGITS))).astype(np.float32),
        random.normal(0, 1, len(DIGITS)).astype(np.float32),
    )
    vector = random.integers(0, PIXEL_MAX + 1, LENGTH) * (random.random(LENGTH) < 0.1)
    features = rescale(vector.astype(np.uint8))
    contributions = contributions_of(features, linear)
    without = contributions.logits - contributions.weighted_features.T  # (784, 10)
    exponentials = np.exp(without)
    return {
        "weights": linear.weights.ravel().tolist(),
        "bias": linear.bias.tolist(),
        "vector": vector.tolist(),
        "digit": int(contributions.logits.argmax()),
        "other": int(contributions.logits.argsort()[-2]),
        "products": contributions.weighted_features.T.tolist(),
        "logits": contributions.logits.tolist(),
        "withoutLogits": without.tolist(),
        "without": (exponentials / exponentials.sum(axis=1, keepdims=True)).tolist(),
    }


def _canvas(side: int) -> dict[str, object]:
    """Return a canvas of random colours, and the plain ones that most points have, as drawn."""
    random = np.random.default_rng(side)
    rgba = random.integers(0, PIXEL_MAX + 1, (side, side, 4), np.uint8)
    plain = random.random((side, side)) < 0.5
    rgba[plain] = PIXEL_MAX * random.integers(0, 2, (plain.sum(), 1), np.uint8)
    drawn = raster.as_drawn(ink.from_rgba(rgba))
    text = base64.b64encode(rgba.tobytes()).decode("ascii")
    return {"side": side, "rgba": text, "drawn": unroll(drawn).tolist()}
