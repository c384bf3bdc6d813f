"""Compare three detectors of non-digits on kinds that were held out of the training.

    python -m pixelviz.training.out_of_distribution --pen pendigits-orig.tra [--mnist mnist.npz]

The detectors are the largest probability (Hendrycks and Gimpel 2017), the energy of the logits (Liu
et al. 2020), and the distance to the nearest class mean in the last layer before the logits (Lee et
al. 2018, with one covariance matrix for all classes). Each may reject 0.8 % of the real
digits that were held out. The comparison uses the default network's cross-validation models, which
training keeps in its working folder (`--work`).
"""

from collections.abc import Callable, Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, Logits
from pixelviz.model.classifier import softmax
from pixelviz.training import held_out, metrics
from pixelviz.training.architectures import NETWORKS
from pixelviz.training.data.cross_validation import (
    FOLDS,
    KINDS_HELD_OUT,
    held_out_images,
    held_out_pen_digits,
)
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.training_set import key_of
from pixelviz.training.fit import cached_path
from pixelviz.training.options import load_data, parse

Detector = Callable[[NDArray[np.uint8]], NDArray[np.floating]]
"""(n, 28, 28) uint8 -> (n,): a score for each grid, higher for digits than for non-digits."""

DETECTORS = ("largest probability", "energy", "distance to class means")

CLASS_MEAN_IMAGES = 12_000
"""How many MNIST images the class means are computed from."""


def main() -> None:
    """Print the table."""
    options = parse("Compare detectors of non-digits.")
    train, test, pen_digits = load_data(options)
    evaluation_sets = held_out.make_evaluation_sets(test, pen_digits)
    network, key = NETWORKS[-1], key_of(train, pen_digits)
    print(f"{'share of non-digits detected':36}" + "".join(f"{name:>24}" for name in DETECTORS))
    for fold in FOLDS:
        path = cached_path(options.work, network, key, held_out_fold=fold)
        if not path.exists():
            raise SystemExit(f"There is no {path}: run python -m pixelviz.training.train first.")
        model = keras.saving.load_model(path, compile=False)
        images = held_out_images(fold, len(train.targets))
        trained_on = train.where(~images)
        first = np.arange(len(trained_on.targets)) < CLASS_MEAN_IMAGES
        detectors = detectors_of(model, trained_on.where(first))
        writers = held_out_pen_digits(fold, pen_digits)
        digits = [train.grids[images], evaluation_sets.any_pen.grids[writers]]
        for kind in (*KINDS_HELD_OUT[fold], held_out.NEVER_TRAINED_ON):
            rates = [
                detection_rate(detector, digits, evaluation_sets.non_digits[kind])
                for detector in detectors.values()
            ]
            print(f"{kind:36}" + "".join(f"{rate:24.1%}" for rate in rates), flush=True)


def detectors_of(model: keras.Model, trained_on: Examples) -> Mapping[str, Detector]:
    """Return the three detectors, by name.

    Args:
        model: (n, 784) -> (n, 10) logits, with a layer before the logits.
        trained_on: Digits that the model was trained on, for the class means.
    """
    dropout_or_units = model.layers[-2].output  # dropout changes nothing outside of training
    last_layer = keras.Model(model.inputs, dropout_or_units)
    units = metrics.outputs_of(last_layer, trained_on.grids)
    means = np.stack([units[trained_on.targets == digit].mean(axis=0) for digit in DIGITS])
    covariance = np.cov((units - means[trained_on.targets]).T) + 1e-3 * np.eye(units.shape[1])
    whitening = np.linalg.cholesky(np.linalg.inv(covariance))  # (units, units)

    def distance(grids: NDArray[np.uint8]) -> NDArray[np.floating]:
        whitened = metrics.outputs_of(last_layer, grids) @ whitening
        differences = whitened[:, np.newaxis] - (means @ whitening)[np.newaxis]
        nearest: NDArray[np.floating] = -(differences**2).sum(axis=2).min(axis=1)
        return nearest

    return dict(
        zip(
            DETECTORS,
            (
                lambda grids: _largest_probability(metrics.logits_of(model, grids)),
                lambda grids: _energy(metrics.logits_of(model, grids)),
                distance,
            ),
            strict=True,
        )
    )


def detection_rate(
    detector: Detector, digits: list[NDArray[np.uint8]], non_digits: NDArray[np.uint8]
) -> float:
    """Return the share of non-digits that score below 99.2 % of the real digits, 0 to 1."""
    threshold = min(np.quantile(detector(grids), metrics.ABSTENTION_RATE) for grids in digits)
    return float((detector(non_digits) < threshold).mean())


def _largest_probability(logits: Logits) -> NDArray[np.floating]:
    largest: NDArray[np.floating] = softmax(logits).max(axis=1)
    return largest


def _energy(logits: Logits) -> NDArray[np.floating]:
    energy: NDArray[np.floating] = np.logaddexp.reduce(logits, axis=1)
    return energy


if __name__ == "__main__":
    main()
