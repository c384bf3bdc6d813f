"""Three ways to notice what is no digit, compared on kinds that the model has never met.

    python -m pixelviz.training.out_of_distribution --pen pendigits-orig.tra [--mnist mnist.npz]

The largest probability (Hendrycks and Gimpel 2017), the energy of the logits (Liu et al. 2020), and
the distance to the class means in the last layer before the logits (Lee et al. 2018, with one
covariance for all classes). Each turns away 0.8 % of the real digits of writers left out. Asks the
default network's models of the folds, which training keeps in its folder (`--work`).
"""

from collections.abc import Callable, Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, Logits
from pixelviz.model.classifier import softmax
from pixelviz.training import held_out, metrics
from pixelviz.training.architectures import NETWORKS
from pixelviz.training.cross_validation import FOLDS, KINDS_LEFT_OUT, mnist_of, pen_of
from pixelviz.training.evaluate import options_of, read_data
from pixelviz.training.examples import Examples
from pixelviz.training.fit import file_name

Likeness = Callable[[NDArray[np.uint8]], NDArray[np.floating]]
"""(n, 28, 28) uint8 -> (n,): how much each grid is like a digit."""

LEARNED = 12_000
"""How many MNIST images the class means are taken from."""


def main() -> None:
    """Print the table."""
    options = options_of("Compare ways to notice what is no digit.")
    train, test, pen = read_data(options)
    shown = held_out.drawn(test, pen)
    network = NETWORKS[-1]
    print(f"{'called not sure':28}" + "".join(f"{name:>24}" for name in _NAMES))
    for fold in FOLDS:
        path = options.work / file_name(network, without=fold)
        if not path.exists():
            raise SystemExit(f"There is no {path}: run python -m pixelviz.training.train first.")
        model = keras.saving.load_model(path, compile=False)
        left_out = mnist_of(fold, len(train.targets))
        known = Examples(train.grids[~left_out][:LEARNED], train.targets[~left_out][:LEARNED])
        likenesses = likenesses_of(model, known)
        real = [train.grids[left_out], shown.any_pen.grids[pen_of(fold, pen)]]
        for kind in (*KINDS_LEFT_OUT[fold], held_out.NEW_SIGNS):
            shares = [
                share_noticed(likeness, real, shown.kinds[kind]) for likeness in likenesses.values()
            ]
            print(f"{kind:28}" + "".join(f"{share:24.1%}" for share in shares), flush=True)


def likenesses_of(model: keras.Model, known: Examples) -> Mapping[str, Likeness]:
    """Return the three ways to tell how much a grid is like a digit.

    Args:
        model: (n, 784) -> (n, 10) logits, with a layer before the logits.
        known: Digits that the model has learned from; the class means are theirs.
    """
    dropout_or_units = model.layers[-2].output  # dropout passes everything on when not training
    last_layer = keras.Model(model.inputs, dropout_or_units)
    units = metrics.units_of(last_layer, known.grids)
    means = np.stack([units[known.targets == digit].mean(axis=0) for digit in DIGITS])
    spread = np.cov((units - means[known.targets]).T) + 1e-3 * np.eye(units.shape[1])
    whiten = np.linalg.cholesky(np.linalg.inv(spread))  # (units, units)

    def distance(grids: NDArray[np.uint8]) -> NDArray[np.floating]:
        white = metrics.units_of(last_layer, grids) @ whiten
        squares = ((white[:, np.newaxis] - (means @ whiten)[np.newaxis]) ** 2).sum(axis=2)
        nearest: NDArray[np.floating] = -squares.min(axis=1)
        return nearest

    return dict(
        zip(
            _NAMES,
            (
                lambda grids: _probability(metrics.logits_of(model, grids)),
                lambda grids: _energy(metrics.logits_of(model, grids)),
                distance,
            ),
            strict=True,
        )
    )


def share_noticed(
    likeness: Likeness, real: list[NDArray[np.uint8]], none: NDArray[np.uint8]
) -> float:
    """Return which share of non-digits is less like a digit than nearly all real digits are."""
    limit = min(np.quantile(likeness(grids), metrics.ABSTENTION_RATE) for grids in real)
    return float((likeness(none) < limit).mean())


_NAMES = ("largest probability", "energy", "distance to class means")


def _probability(logits: Logits) -> NDArray[np.floating]:
    largest: NDArray[np.floating] = softmax(logits).max(axis=1)
    return largest


def _energy(logits: Logits) -> NDArray[np.floating]:
    energy: NDArray[np.floating] = np.logaddexp.reduce(logits, axis=1)
    return energy


if __name__ == "__main__":
    main()
