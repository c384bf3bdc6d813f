"""What the models learn from, made once and kept: digits and non-digits, in variations."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import SIDE
from pixelviz.training.architectures import Network
from pixelviz.training.cross_validation import KINDS_LEFT_OUT, mnist_of, pen_of
from pixelviz.training.examples import (
    NONE,
    Examples,
    join,
    nondigits,
    targets_of,
    varied_mnist,
    varied_pen,
)
from pixelviz.training.nondigits import KINDS, Sources
from pixelviz.training.pendigits import PenDigit
from pixelviz.training.signs import LEARNED

TURNS = 6
"""In how many variations everything is made; the epochs take them in turn."""

PEN_TIMES = 2
"""How often each pen-drawn digit comes in one epoch, each time by another hand."""

NONDIGITS = 1500
"""How many non-digits of each kind come in one epoch."""

SEED = 7
"""Where all random numbers of the training start."""

SOURCES = 1000
"""How many digits the non-digits of one turn are made from."""


@dataclass(frozen=True)
class Material:
    """What the models learn from.

    Attributes:
        mnist: MNIST's training images, as they are.
        pen: Pen-drawn digits; may be empty.
        varied_mnist: (6, 60000, 28, 28) uint8, in each turn every other image by another hand.
        varied_pen: (6, 2, n, 28, 28) uint8, by other hands.
        nondigits: By kind, (6, 1500, 28, 28) uint8.
    """

    mnist: Examples
    pen: list[PenDigit]
    varied_mnist: NDArray[np.uint8]
    varied_pen: NDArray[np.uint8]
    nondigits: dict[str, NDArray[np.uint8]]

    def turn(self, turn: int, network: Network, *, without: int | None) -> Examples:
        """Return what one epoch learns from.

        Args:
            turn: Which one, counted from 0; after the last the first comes again.
            network: Whose epoch: not every network learns from everything.
            without: The fold that is left out, or None.
        """
        turn %= TURNS
        of_mnist = Examples(
            self.varied_mnist[turn] if network.variations else self.mnist.grids,
            self.mnist.targets,
        )
        targets = targets_of(self.pen)
        of_pen = [Examples(each, targets) for each in self.varied_pen[turn, : network.pen_times]]
        kinds = set(KINDS if network.variations else ())
        if without is not None:
            of_mnist = of_mnist.where(~mnist_of(without, len(of_mnist.targets)))
            of_pen = [examples.where(~pen_of(without, self.pen)) for examples in of_pen]
            kinds -= set(KINDS_LEFT_OUT[without])
        none = np.full(NONDIGITS, NONE, np.uint8)
        of_none = [Examples(self.nondigits[kind][turn], none) for kind in sorted(kinds)]
        return join([of_mnist, *of_pen, *of_none])


def make(mnist: Examples, pen: list[PenDigit], *, folder: Path) -> Material:
    """Return the material, from a folder where an earlier call with the same data has kept it.

    Args:
        mnist: MNIST's training images.
        pen: Pen-drawn digits.
        folder: Where it is kept, about 450 MB.
    """
    path = folder / f"material-{_fingerprint(mnist, pen)}.npz"
    if not path.exists():
        made = _made(mnist, pen)
        np.savez(path.with_suffix(".part.npz"), allow_pickle=False, **made)
        path.with_suffix(".part.npz").rename(path)
    with np.load(path, allow_pickle=False) as kept:
        return Material(
            mnist, pen, kept["mnist"], kept["pen"], {kind: kept[kind] for kind in KINDS}
        )


def sources(mnist: Examples, pen: list[PenDigit], *, seed: int) -> Sources:
    """Return a thousand digits of each sort, which non-digits are made from, and the signs."""
    random = np.random.default_rng(seed)
    grids = mnist.grids[random.permutation(len(mnist.grids))[:SOURCES]]
    some = random.permutation(len(pen))[:SOURCES]
    return Sources(grids, [pen[number] for number in some], LEARNED)


def _made(mnist: Examples, pen: list[PenDigit]) -> dict[str, NDArray[np.uint8]]:
    of_mnist = np.empty((TURNS, *mnist.grids.shape), np.uint8)
    of_pen = np.empty((TURNS, PEN_TIMES, len(pen), SIDE, SIDE), np.uint8)
    none = {kind: np.empty((TURNS, NONDIGITS, SIDE, SIDE), np.uint8) for kind in KINDS}
    for turn in range(TURNS):
        print(f"Making variation {turn + 1} of {TURNS}", flush=True)
        start = 1000 * SEED + 100 * turn
        of_mnist[turn] = mnist.grids
        other = slice(turn % 2, None, 2)  # the other half is read as it is
        half = Examples(mnist.grids[other], mnist.targets[other])
        of_mnist[turn, other] = varied_mnist(half, seed=start).grids
        for time in range(PEN_TIMES):
            of_pen[turn, time] = varied_pen(pen, seed=start + 1 + time).grids
        digits = sources(mnist, pen, seed=start)
        for number, kind in enumerate(KINDS):
            seed_of_kind = start + 10 + number
            made = nondigits(kind, digits, count=NONDIGITS, seed=seed_of_kind)
            none[kind][turn] = made.grids
    return {"mnist": of_mnist, "pen": of_pen, **none}


def _fingerprint(mnist: Examples, pen: list[PenDigit]) -> str:
    """Return a few letters that stand for the data and the code that varies them."""
    digest = hashlib.sha256(f"{len(pen)} {len(mnist.targets)}".encode())
    for name in (
        "augmentation",
        "nondigits",
        "signs",
        "pendigits",
        "examples",
        "training_set",
    ):
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()[:12]
