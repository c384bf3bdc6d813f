"""Compare two reasons to be "not sure", on what the models were not trained on.

    python -m pixelviz.training.out_of_distribution --pen pendigits-orig.tra --unipen train_r01_v07

They are the largest probability (Hendrycks and Gimpel 2017) and the energy of the logits (Liu et
al. 2020). Each network abstains on 0.5 % of the real digits that were held out, with either; the
table says how many of the non-digits it then detects, and how many of the digits it misreads and
is sure of. It uses the cross-validation models, which training keeps in its working folder
(`--work`).
"""

from collections.abc import Callable, Mapping, Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Logits
from pixelviz.model.classifier import softmax
from pixelviz.training import held_out
from pixelviz.training.architectures import NETWORKS
from pixelviz.training.data.cross_validation import FOLDS
from pixelviz.training.data.training_set import key_of
from pixelviz.training.fit import cached_path
from pixelviz.training.held_out import HeldOutPredictions, concatenate
from pixelviz.training.options import load_data, parse

Detector = Callable[[Logits], NDArray[np.floating]]
"""(n, 10) -> (n,): a score for each answer, higher for digits than for non-digits."""


def largest_probability(logits: Logits) -> NDArray[np.floating]:
    """Return the confidence, (n,), 0 to 1."""
    largest: NDArray[np.floating] = softmax(logits).max(axis=1)
    return largest


def energy(logits: Logits) -> NDArray[np.floating]:
    """Return the logarithm of the sum of the exponentials of the logits, (n,)."""
    summed: NDArray[np.floating] = np.logaddexp.reduce(logits, axis=1)
    return summed


DETECTORS: Mapping[str, Detector] = {
    "largest probability": largest_probability,
    "energy": energy,
}


ABSTENTION_RATE = 0.005
"""The share of real digits that each of them may reject."""


def main() -> None:
    """Print the tables."""
    options = parse("Compare detectors of non-digits.")
    train, test, handwriting = load_data(options)
    evaluation_sets = held_out.make_evaluation_sets(test, handwriting)
    key = key_of(train, handwriting)
    for network in reversed(NETWORKS):
        paths = [cached_path(options.work, network, key, held_out_fold=fold) for fold in FOLDS]
        if missing := [path for path in paths if not path.exists()]:
            raise SystemExit(
                f"There is no {missing[0]}: run python -m pixelviz.training.train first."
            )
        models = [keras.saving.load_model(path, compile=False) for path in paths]
        predictions = held_out.predict_held_out(models, train, evaluation_sets)
        print(f"\n{network.title:62}" + "".join(f"{name:>24}" for name in DETECTORS))
        columns = [shares(detector, predictions) for detector in DETECTORS.values()]
        for row in columns[0]:
            print(f"{row:62}" + "".join(f"{column[row]:24.2%}" for column in columns), flush=True)


def shares(detector: Detector, predictions: HeldOutPredictions) -> dict[str, float]:
    """Return what a detector detects and what it lets pass when it rejects 0.5 % of real digits.

    Returns:
        By set of real digits, the share that is misread and not rejected; by kind of non-digits,
        the share that is rejected; 0 to 1.
    """
    sets = {name: concatenate(predictions.digits[name]) for name in held_out.CHOSEN_ON}
    threshold = _quantile([detector(each.logits) for each in sets.values()])
    wrong = {
        f"misread and sure: {name}": float(
            (
                (detector(each.logits) >= threshold) & (each.logits.argmax(axis=1) != each.targets)
            ).mean()
        )
        for name, each in sets.items()
    }
    detected = {
        kind: float((detector(logits) < threshold).mean())
        for kind, logits in predictions.non_digits.items()
    }
    return wrong | detected


def _quantile(sets: Sequence[NDArray[np.floating]]) -> float:
    """Return the value that 0.5 % of several sets' values lie below; each set counts the same."""
    values = np.concatenate(sets)
    weights = np.concatenate([np.full(len(each), 1 / len(each)) for each in sets])
    order = np.argsort(values)
    below = weights[order].cumsum() / len(sets)  # the share of the values up to each
    return float(values[order][np.searchsorted(below, ABSTENTION_RATE)])


if __name__ == "__main__":
    main()
