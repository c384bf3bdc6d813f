"""Data sets as courses, packages and spreadsheets write them, and what is in them, by numpy."""

import gzip
import io
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import LENGTH, SIDE
from tests import mnist_sample

Array = NDArray[Any]

COUNT = 30


@dataclass(frozen=True)
class DataFile:
    """A file, and what is in it.

    Attributes:
        content: Its bytes.
        grids: (n, 784) uint8; None where it is refused.
        targets: (n,) the labels; None where there are none.
        training_count: How many of them are the training set; None for all.
        answers: Which options are chosen, by a part of their titles.
        says: Parts of what is said of it, or of the sentence that refuses it.
    """

    content: bytes
    grids: Array | None = None
    targets: Array | None = None
    training_count: int | None = None
    answers: Sequence[str] = ()
    says: Sequence[str] = field(default_factory=tuple)


def digits() -> tuple[Array, Array]:
    """Return some of MNIST's digits, (30, 784) uint8, and their targets: three of each."""
    stored = mnist_sample.load()
    chosen = np.concatenate([np.flatnonzero(stored.y_train == digit)[:3] for digit in range(10)])
    mixed = np.random.default_rng(18).permutation(chosen)
    return stored.x_train[mixed].reshape(-1, LENGTH), stored.y_train[mixed].astype(int)


X, Y = digits()

PIXELS = [f"pixel{index}" for index in range(LENGTH)]
ROWS_AND_COLUMNS = [f"{row}x{column}" for row in range(1, 29) for column in range(1, 29)]


def half_up(values: Array) -> Array:
    """Return pixels: a half is rounded up."""
    return np.clip(np.floor(values.astype(np.float64) + 0.5), 0, 255).astype(np.uint8)


def csv(
    rows: Sequence[Sequence[Any]],
    header: Sequence[Any] | None = None,
    *,
    separator: str = ",",
    text: Callable[[Any], str] = str,
    end: str = "\n",
) -> bytes:
    lines = [] if header is None else [separator.join(map(str, header))]
    lines += [separator.join(map(text, row)) for row in rows]
    return (end.join(lines) + end).encode()


def with_label(values: Array, *, last: bool = False) -> list[list[Any]]:
    columns = [values.tolist(), Y.tolist()] if last else [Y.tolist(), values.tolist()]
    return [
        [*row, label] if last else [label, *row]
        for row, label in zip(columns[0] if last else columns[1], Y.tolist(), strict=True)
    ]


def mangled(row: Sequence[Any]) -> list[str]:
    """Return a row as pandas makes names of it: equal ones get a number."""
    seen: dict[str, int] = {}
    names = []
    for cell in map(str, row):
        names.append(f"{cell}.{seen[cell]}" if cell in seen else cell)
        seen[cell] = seen.get(cell, 0) + 1
    return names


def savetxt(values: Array, **options: Any) -> bytes:
    stream = io.BytesIO()
    np.savetxt(stream, values, **options)
    return stream.getvalue()


def npy(array: Array) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def npz(*, packed: bool = False, **arrays: Any) -> bytes:
    stream = io.BytesIO()
    (np.savez_compressed if packed else np.savez)(stream, **arrays)
    return stream.getvalue()


def tables() -> dict[str, DataFile]:
    """Return tables as text."""
    first, last = with_label(X), with_label(X, last=True)
    unit = X / 255
    order = np.random.default_rng(1).permutation(LENGTH)
    standardised = (unit - 0.1307) / 0.3081
    noisy_corner = X.copy()
    noisy_corner[:, -1] = np.arange(COUNT) % 7
    return {
        "kaggle_train.csv": DataFile(
            csv(first, ["label", *PIXELS]),
            X,
            Y,
            says=["30 pictures", "first column", "“label”", "as they are"],
        ),
        "kaggle_test.csv": DataFile(csv(X.tolist(), PIXELS), X, says=["No labels"]),
        "mnist_train.csv": DataFile(csv(first, ["label", *ROWS_AND_COLUMNS], end="\r\n"), X, Y),
        "mnist_784.csv": DataFile(
            csv(last, [*(f"pixel{n}" for n in range(1, 785)), "class"]),
            X,
            Y,
            says=["last column, “class”"],
        ),
        "openml_quoted.csv": DataFile(
            csv(last, [f'"{n}"' for n in [*PIXELS, "class"]], text=lambda v: f"'{v}'"), X, Y
        ),
        "no_header.csv": DataFile(csv(first), X, Y, says=["first column"]),
        "no_header_last.csv": DataFile(csv(last), X, Y, says=["last column"]),
        "pandas_lost_row.csv": DataFile(
            csv(first[1:], mangled(first[0])), X[1:], Y[1:], says=["pandas"]
        ),
        "pandas_lost_float_row.csv": DataFile(
            csv(unit[1:].tolist(), mangled(unit[0].tolist())), X[1:], says=["pandas", "0 to 1"]
        ),
        "numbered_header.csv": DataFile(csv(X.tolist(), range(LENGTH)), X),
        "numbered_header_label.csv": DataFile(csv(first, range(LENGTH + 1)), X, Y),
        "label_and_numbers.csv": DataFile(csv(first, ["label", *range(LENGTH)]), X, Y),
        "pandas_index.csv": DataFile(
            csv([[n, *row] for n, row in enumerate(first)], ["", "label", *PIXELS]), X, Y
        ),
        "pandas_index_numbers.csv": DataFile(
            csv([[n, *row] for n, row in enumerate(first)], ["", *range(LENGTH + 1)]), X, Y
        ),
        "index_no_header.csv": DataFile(
            csv([[n, *row] for n, row in enumerate(X.tolist())]), X, says=["numbers the pictures"]
        ),
        "id.csv": DataFile(
            csv([[f"img_{n}.png", *row] for n, row in enumerate(last)], ["id", *PIXELS, "target"]),
            X,
            Y,
        ),
        "other_order.csv": DataFile(
            csv(
                [[*row[order].tolist(), y] for row, y in zip(X, Y, strict=True)],
                [*(PIXELS[n] for n in order), "digit"],
            ),
            X,
            Y,
            says=["order of their names"],
        ),
        "by_columns.csv": DataFile(
            csv(
                X.reshape(-1, SIDE, SIDE).transpose(0, 2, 1).reshape(-1, LENGTH).tolist(),
                [f"{r}x{c}" for c in range(28) for r in range(28)],
            ),
            X,
            says=["order of their names"],
        ),
        "savetxt.txt": DataFile(savetxt(np.column_stack([Y, X])), X, Y),
        "savetxt_d.txt": DataFile(savetxt(np.column_stack([Y, X]), fmt="%4d"), X, Y),
        "savetxt_unit.txt": DataFile(savetxt(unit), X, says=["0 to 1"]),
        "savetxt_header.csv": DataFile(
            savetxt(
                np.column_stack([X, Y]),
                fmt="%d",
                delimiter=",",
                header=",".join([*PIXELS, "label"]),
            ),
            X,
            Y,
        ),
        "tab.tsv": DataFile(csv(first, ["label", *PIXELS], separator="\t"), X, Y),
        "semicolon.csv": DataFile(csv(first, ["label", *PIXELS], separator=";"), X, Y),
        "decimal_comma.csv": DataFile(
            csv(
                [[y, *row] for row, y in zip(unit.tolist(), Y, strict=True)],
                ["label", *PIXELS],
                separator=";",
                text=lambda v: str(v).replace(".", ","),
            ),
            X,
            Y,
            says=["0 to 1"],
        ),
        "decimal_comma.tsv": DataFile(
            csv(unit.tolist(), separator="\t", text=lambda v: f"{v:.6f}".replace(".", ",")), X
        ),
        "excel.csv": DataFile(
            b"\xef\xbb\xbf" + csv(first, ["label", *PIXELS], separator=";", end="\r\n"), X, Y
        ),
        "unicode_text.txt": DataFile(
            csv(first, ["label", *PIXELS], separator="\t", end="\r\n").decode().encode("utf-16"),
            X,
            Y,
        ),
        "unit.csv": DataFile(csv(with_label(unit), ["label", *PIXELS]), X, Y, says=["0 to 1"]),
        "scientific.csv": DataFile(csv(unit.tolist(), text=lambda v: f"{v:.7e}"), X),
        "point_zero.csv": DataFile(csv(with_label(X.astype(float)), ["label", *PIXELS]), X, Y),
        "labels_as_floats.csv": DataFile(csv(np.column_stack([Y, X]).astype(float).tolist()), X, Y),
        "fractions.csv": DataFile(
            csv((X * 0.8907).tolist(), text=lambda v: f"{v:.3f}"),
            half_up(np.round(X * 0.8907, 3)),
            says=["rounded"],
        ),
        "halves.csv": DataFile(csv((X - np.where(X > 0, 0.5, 0)).tolist()), X, says=["rounded"]),
        "truths.csv": DataFile(
            csv(
                [[y, *row] for row, y in zip((X > 127).tolist(), Y, strict=True)],
                ["label", *PIXELS],
            ),
            (X > 127) * 255,
            Y,
            says=["True is taken as 255"],
        ),
        "zeros_and_ones.csv": DataFile(
            csv(with_label((X > 127).astype(int)), ["label", *PIXELS]),
            (X > 127) * 255,
            Y,
            says=["full ink"],
        ),
        "trailing_separator.csv": DataFile(csv(first, text=str).replace(b"\n", b",\n"), X, Y),
        "label.csv.gz": DataFile(gzip.compress(csv(first, ["label", *PIXELS])), X, Y),
        "r.csv": DataFile(
            csv(
                [[f'"{n}"', *row] for n, row in enumerate(first, 1)],
                [f'"{n}"' for n in ["label", *PIXELS]],
            ),
            X,
            Y,
        ),
        "old_mac.csv": DataFile(csv(first, end="\r"), X, Y),
        "grids.txt": DataFile(savetxt(X.reshape(-1, SIDE), fmt="%d"), X, says=["28 lines"]),
        "light_paper.csv": DataFile(
            csv(with_label(255 - X), ["label", *PIXELS]),
            X,
            Y,
            answers=["Invert"],
            says=["Inverted"],
        ),
        "light_paper_kept.csv": DataFile(
            csv(with_label(255 - X), ["label", *PIXELS]), 255 - X, Y, answers=["Leave"]
        ),
        "standardised.csv": DataFile(
            csv(with_label(standardised), ["label", *PIXELS]),
            X,
            Y,
            answers=["least value"],
            says=["as 0"],
        ),
        "minus_one_to_one.csv": DataFile(csv((unit * 2 - 1).tolist()), X, answers=["least value"]),
        "sixteen_levels.csv": DataFile(
            csv((X // 16).tolist()), half_up(X // 16 * 17.0), answers=["least value"]
        ),
        "sixteen_bits.csv": DataFile(
            csv((X.astype(int) * 257).tolist()), X, answers=["least value"]
        ),
        "ambiguous_first.csv": DataFile(
            csv(with_label(noisy_corner)), noisy_corner, Y, answers=["first column"]
        ),
        "ambiguous_last.csv": DataFile(
            csv(with_label(noisy_corner)),
            np.column_stack([Y, noisy_corner])[:, :-1],
            noisy_corner[:, -1],
            answers=["last column"],
        ),
        "zeros_only.csv": DataFile(
            csv([[0, *row] for row in X[Y == 0].tolist()]),
            X[Y == 0],
            Y[Y == 0],
            answers=["first column"],
        ),
        "ten_in_order.csv": DataFile(
            csv([[n, *row] for n, row in enumerate(X[:10].tolist())]),
            X[:10],
            np.arange(10),
            answers=["label is in the first"],
        ),
        "letters.csv": DataFile(
            csv([[y + 10, *row] for row, y in zip(X.tolist(), Y, strict=True)], ["label", *PIXELS]),
            X,
            says=["goes from 10 to 19", "digits 0 to 9"],
        ),
        "empty_labels.csv": DataFile(
            csv([["", *row] for row in X.tolist()], ["label", *PIXELS]), X, says=["empty"]
        ),
        **one_picture(),
    }


def one_picture() -> dict[str, DataFile]:
    """Return files with one picture each."""
    row, label = X[:1], Y[:1] * 0 + 4
    values = row[0].tolist()
    return {
        "one.csv": DataFile(
            csv([[4, *values]], ["label", *PIXELS]), row, label, says=["One picture, labelled 4"]
        ),
        "one_last.csv": DataFile(csv([[*values, 4]], [*PIXELS, "class"]), row, label),
        "one_no_header.csv": DataFile(csv([[4, *values]]), row, label),
        "one_last_no_header.csv": DataFile(
            csv([[*values, 4]]), row, label, answers=["last column"]
        ),
        "one_grid.csv": DataFile(csv(row.reshape(SIDE, SIDE).tolist()), row),
        "one_numbered_grid.csv": DataFile(csv(row.reshape(SIDE, SIDE).tolist(), range(SIDE)), row),
        "one_column.txt": DataFile(savetxt(row[0]), row),
        "one_dark.csv": DataFile(csv([(row[0] // 16).tolist()]), row // 16),
        "one.npy": DataFile(npy(row[0]), row),
        "one_grid.npy": DataFile(npy(row.reshape(SIDE, SIDE, 1)), row),
        "one_row.npy": DataFile(npy(row.reshape(1, LENGTH)), row),
        "one_of_four.npy": DataFile(
            npy(row.reshape(1, SIDE, SIDE, 1).astype(np.float32) / 255), row
        ),
        "one_labelled.npy": DataFile(npy(np.concatenate([[4], row[0]])), row, label),
        "one.npz": DataFile(npz(image=row.reshape(SIDE, SIDE)), row),
        "one_labelled.npz": DataFile(npz(x=row, y=np.array([4])), row, label),
    }


TYPES = (
    "u1",
    "i2",
    ">i2",
    "u2",
    ">u2",
    "i4",
    ">i4",
    "u4",
    "i8",
    ">i8",
    "u8",
    "f2",
    ">f2",
    "f4",
    ">f4",
    "f8",
    ">f8",
)


def arrays() -> dict[str, DataFile]:
    """Return NPY and NPZ files."""
    grids = X.reshape(-1, SIDE, SIDE)
    colour = np.repeat(grids[0][..., None], 3, axis=2)
    three = np.moveaxis(grids[:3], 0, 2)
    y = Y.astype(np.uint8)
    labelled = np.column_stack([Y, X])
    return {
        **{
            f"type_{name.replace('>', 'big_')}.npy": DataFile(npy(grids.astype(name)), X)
            for name in TYPES
        },
        "signed.npy": DataFile(npy((grids // 2).astype("i1")), X // 2),
        "unit_f2.npy": DataFile(
            npy((X / 255).astype("f2")),
            half_up((X / 255).astype("f2").astype(float) * 255),
            says=["0 to 1"],
        ),
        "unit_f4.npy": DataFile(npy((X / 255).astype("f4")), X, says=["0 to 1"]),
        "truths.npy": DataFile(npy(grids > 127), (X > 127) * 255, says=["True is taken as 255"]),
        "rows.npy": DataFile(npy(X), X),
        "fortran.npy": DataFile(npy(np.asfortranarray(X)), X),
        "fortran_grids.npy": DataFile(npy(np.asfortranarray(grids.astype(">f8"))), X),
        "channel.npy": DataFile(npy(grids[..., None]), X),
        "channel_first.npy": DataFile(npy(grids[:, None]), X),
        "colour.npy": DataFile(npy(colour), X[:1]),
        "colours.npy": DataFile(npy(np.repeat(grids[..., None], 3, axis=3)), X, says=["in colour"]),
        "colours_first.npy": DataFile(
            npy(np.asfortranarray(np.repeat(grids[:, None], 3, axis=1))), X, says=["in colour"]
        ),
        "three_last.npy": DataFile(npy(three), X[:3], answers=["3 pictures"]),
        "three_last_colour.npy": DataFile(
            npy(three),
            half_up((three @ np.array([77, 150, 29]) / 256).reshape(1, -1)),
            answers=["One picture in colour"],
        ),
        "pictures_last.npy": DataFile(
            npy(np.moveaxis(grids, 0, 2)), X, says=["one behind the other"]
        ),
        "transposed.npy": DataFile(npy(X.T), X, says=["column is a picture"]),
        "labelled.npy": DataFile(npy(labelled), X, Y, says=["first column"]),
        "labelled_last.npy": DataFile(
            npy(np.asfortranarray(np.column_stack([X, Y]))), X, Y, says=["last column"]
        ),
        "gzipped.npy.gz": DataFile(gzip.compress(npy(grids)), X),
        "light.npy": DataFile(npy(1 - (X / 255).astype("f4")), X, answers=["Invert"]),
        "standardised.npy": DataFile(
            npy(((X / 255 - 0.1307) / 0.3081).astype("f4")), X, answers=["least value"]
        ),
        **{
            f"keras{'_packed' if packed else ''}.npz": DataFile(
                npz(
                    packed=packed,
                    x_test=grids[20:],
                    x_train=grids[:20],
                    y_train=y[:20],
                    y_test=y[20:],
                ),
                X,
                Y,
                20,
                says=[
                    "x_train and x_test",
                    "y_train and y_test",
                    "20 are for training, 10 for testing",
                ],
            )
            for packed in (False, True)
        },
        "medmnist.npz": DataFile(
            npz(
                packed=True,
                train_images=grids[:10],
                train_labels=Y[:10, None],
                val_images=grids[10:20],
                val_labels=Y[10:20, None],
                test_images=grids[20:],
                test_labels=Y[20:, None],
            ),
            X,
            Y,
            10,
        ),
        "images_labels.npz": DataFile(
            npz(images=grids, labels=y), X, Y, says=["in images", "in labels"]
        ),
        "one_hot.npz": DataFile(npz(x=X / 255, y=np.eye(10)[Y]), X, Y),
        "texts.npz": DataFile(npz(data=X.astype(float), target=Y.astype(str)), X, Y),
        "arr.npz": DataFile(
            npz(packed=True, arr_0=grids[:20], arr_1=y[:20], arr_2=grids[20:], arr_3=y[20:]),
            X,
            Y,
            20,
        ),
        "single.npz": DataFile(npz(packed=True, a=labelled), X, Y),
        "no_labels.npz": DataFile(
            npz(x_train=grids[:20], x_test=grids[20:]), X, None, 20, says=["No labels"]
        ),
        "objects_beside.npz": DataFile(npz(x=grids, y=y, names=np.array([None, 1])), X, Y),
        "idx3-ubyte.gz": DataFile(
            gzip.compress(struct.pack(">BBBBIII", 0, 0, 8, 3, COUNT, 28, 28) + X.tobytes()), X
        ),
        "two_parts.npz": DataFile(
            npz(train_b=grids[10:20], test=grids[20:], train_a=grids[:10]),
            np.concatenate([X[10:20], X[:10], X[20:]]),
            None,
            20,
        ),
        "three_last.npz": DataFile(npz(x=three, y=y[:3]), X[:3], Y[:3]),
        "odd_labels.npz": DataFile(
            npz(x=grids, y=Y + 10), X, says=["other values than the digits"]
        ),
    }


def refused() -> dict[str, DataFile]:
    """Return what is no data set."""
    zip64 = bytearray(npz(x=X))
    end = zip64.rindex(b"PK\5\6")
    zip64[end + 16 : end + 20] = b"\xff" * 4
    deflated = npz(packed=True, x=X)
    encrypted = bytearray(deflated)
    encrypted[deflated.index(b"PK\1\2") + 8] |= 1
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }"
    return {
        "submission.csv": DataFile(
            csv([[n, 7] for n in range(1, 29)], ["ImageId", "Label"]),
            says=["28 lines", "“ImageId”, “Label”", "no pixels"],
        ),
        "fifteen.csv": DataFile(csv(X[:, :225].tolist()), says=["15 × 15"]),
        "fifteen_labelled.csv": DataFile(
            csv([[1, *row] for row in X[:, :225].tolist()], ["label", *PIXELS[:225]]),
            says=["15 × 15"],
        ),
        "783.csv": DataFile(csv(X[:, :783].tolist()), says=["783 columns", "784"]),
        "783_labelled.csv": DataFile(
            csv([row[:784] for row in with_label(X)], ["label", *PIXELS[:783]]),
            says=["783 columns", "label"],
        ),
        "text.txt": DataFile(
            b"Dear all,\n\nplease find attached the pictures.\nBest,\nA.\n", says=["text"]
        ),
        "one_line.csv": DataFile(b"a,b,c", says=["text"]),
        "header_only.csv": DataFile(csv([], ["label", *PIXELS]), says=["no picture below"]),
        "empty.csv": DataFile(b"", says=["empty"]),
        "blank.csv": DataFile(b"\n \n", says=["empty"]),
        "ragged.csv": DataFile(
            csv([*X[:3].tolist(), X[3, :300].tolist()]), says=["Line 4 has 300 values", "784"]
        ),
        "odd_cell.csv": DataFile(
            csv([*X[:3].tolist(), ["x", *X[3, 1:].tolist()]]), says=["Line 4 has “x”", "value 1"]
        ),
        "hole.csv": DataFile(
            csv([*X[:3].tolist(), [*X[3, :40].tolist(), "", *X[3, 41:].tolist()]]),
            says=["Line 4 has nothing as value 41"],
        ),
        "nan.csv": DataFile(
            csv([*X[:3].tolist(), [*X[3, :40].tolist(), "nan", *X[3, 41:].tolist()]]),
            says=["“nan”"],
        ),
        "letters_no_header.csv": DataFile(
            csv([[y + 10, *row] for row, y in zip(X.tolist(), Y, strict=True)]),
            says=["none is a label", "10 to 19"],
        ),
        "cifar.csv": DataFile(csv([[1] * 3072] * 3), says=["in colour of 32 × 32"]),
        "wide.csv": DataFile(csv([[1] * 20_000]), says=["more than 10,000 values"]),
        "picture.csv": DataFile(b"\x89PNG\r\n\x1a\n" + bytes(50), says=["PNG"]),
        "bytes.csv": DataFile(bytes(range(256)) * 20, says=["no text"]),
        "damaged.csv.gz": DataFile(
            gzip.compress(csv(X.tolist()))[:900], says=["damaged or cut off"]
        ),
        "zip.gz": DataFile(gzip.compress(npz(x=X)), says=["Unpack it first"]),
        "shape.npy": DataFile(
            npy(np.zeros((5, 32, 32), np.uint8)), says=["(5, 32, 32)", "32 × 32"]
        ),
        "cifar.npy": DataFile(npy(np.zeros((5, 32, 32, 3), np.uint8)), says=["32 × 32"]),
        "labels.npy": DataFile(npy(Y), says=["(30,)", "labels, perhaps"]),
        "number.npy": DataFile(npy(np.array(7)), says=["single number"]),
        "none.npy": DataFile(npy(X[:0]), says=["no pictures"]),
        "objects.npy": DataFile(npy(np.array([None] * LENGTH)), says=["Python objects"]),
        "complex.npy": DataFile(npy(X.astype(complex)), says=["“<c16”"]),
        "records.npy": DataFile(npy(np.zeros(LENGTH, [("a", "u1")])), says=["records"]),
        "nan.npy": DataFile(npy(np.full((2, LENGTH), np.nan)), says=["NaN"]),
        "cut.npy": DataFile(npy(X)[:-1], says=["cut off"]),
        "huge.npy": DataFile(
            b"\x93NUMPY\1\0\x60\0" + (header % b"99999999999, 28, 28").ljust(95) + b"\n",
            says=["70,000"],
        ),
        "not.npy": DataFile(b"not numpy", says=["text"]),
        "zip64.npz": DataFile(bytes(zip64), says=["zip64"]),
        "encrypted.npz": DataFile(bytes(encrypted), says=["password"]),
        "cut.npz": DataFile(deflated[:-30], says=["damaged or cut off"]),
        "labels.npz": DataFile(npz(y_train=Y), says=["y_train of shape (30,)"]),
        "bomb.csv.gz": DataFile(packed(b"#" * 1000 + b"\n", 450), says=["Unpacked", "MB"]),
        "too_many.csv.gz": DataFile(
            gzip.compress((b"0," * 783 + b"0\n") * 70_001), says=["70,000"]
        ),
    }


def seeds() -> dict[str, bytes]:
    """Return small files of two pictures each, for odd ones to be made of them."""
    few, labels = X[:2], Y[:2]
    rows = [[label, *row] for row, label in zip(few.tolist(), labels.tolist(), strict=True)]
    return {
        "seed.csv": csv(rows, ["label", *PIXELS]),
        "seed_plain.csv": csv(rows),
        "seed_unit.txt": savetxt(few / 255, fmt="%.3f"),
        "seed.csv.gz": gzip.compress(csv(rows)),
        "seed.npy": npy(few.reshape(-1, SIDE, SIDE)),
        "seed_fortran.npy": npy(np.asfortranarray(np.column_stack([labels, few]).astype(">f4"))),
        "seed.npz": npz(x=few, y=labels),
        "seed_packed.npz": npz(packed=True, x_train=few, y_train=labels, x_test=few),
    }


def bombs() -> dict[str, bytes]:
    """Return small files that unpack to hundreds of megabytes, or say that they do."""
    header = (
        b"\x93NUMPY\1\0\x60\0"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }".ljust(95)
    )
    header += b"\n"
    return {
        "no_end.csv.gz": packed(b"0,", 500),
        "blank_lines.csv.gz": packed(b"\n", 500),
        "short_lines.csv.gz": packed(b"0,0\n", 500),
        "comments.csv.gz": packed(b"#" * 1000 + b"\n", 500),
        "zeros.npy.gz": packed(b"\0", 500, header.replace(b"%s", b"70000, 28, 28")),
        "shape.npy.gz": packed(b"\0", 1, header.replace(b"%s", b"9" * 18 + b", 784")),
        "all.csv.gz": packed(b"0," * 783 + b"1\n", 100),
    }


def packed(piece: bytes, megabytes: int, start: bytes = b"") -> bytes:
    """Return what gzip makes of a piece that is repeated up to so many megabytes."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    part = piece * (1_000_000 // len(piece))
    parts = [packer.compress(start), *(packer.compress(part) for _ in range(megabytes))]
    return b"".join([*parts, packer.flush()])
