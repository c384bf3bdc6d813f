"""What numpy makes of a model's answers to a data set, and of its principal components."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, LENGTH, PIXEL_MAX

COUNT, BINS, NONE = 700, 15, 10
START, END = 100, 600
"""Of so many pictures, those that are counted."""

THRESHOLDS = (0.1, 0.35, 0.5, 0.8, 0.995)
PICTURES, PATTERNS = 60, 30

Array = NDArray[Any]


def labelled() -> dict[str, object]:
    """Return pictures with their targets, none of them an 8, and what numpy finds among them."""
    random = np.random.default_rng(COUNT)
    pictures = random.integers(0, PIXEL_MAX + 1, (PICTURES, LENGTH))
    pictures *= random.random(pictures.shape) < 0.2
    pictures[41] = pictures[7]  # equally near
    targets = random.choice([0, 1, 2, 3, 4, 5, 6, 7, 9], PICTURES)
    drawn = pictures[7] // 2
    distances = ((pictures - drawn) ** 2).sum(axis=1)
    nearest = np.argsort(distances, kind="stable")[:10]
    training = PICTURES * 2 // 3
    means = [pictures[targets == digit].mean(axis=0) for digit in DIGITS if digit in targets]
    return {
        "pictures": pictures.tolist(),
        "targets": targets.tolist(),
        "trainingCount": training,
        "training": np.bincount(targets[:training], minlength=len(DIGITS)).tolist(),
        "test": np.bincount(targets[training:], minlength=len(DIGITS)).tolist(),
        "means": [mean.tolist() for mean in means],
        "drawn": drawn.tolist(),
        "nearest": nearest.tolist(),
        "squared": distances[nearest].tolist(),
        "distance": float(np.linalg.norm(means[0] - drawn)),
    }


def evaluations() -> list[dict[str, object]]:
    """Return answers of made-up models, some pictures unread, and what there is to count."""
    random = np.random.default_rng(LENGTH)
    found = []
    for accuracy in (0.2, 0.9, 1.0):
        targets = random.integers(0, len(DIGITS), COUNT)
        digits = np.where(random.random(COUNT) < accuracy, targets, random.integers(0, 10, COUNT))
        digits = np.where(random.random(COUNT) < 0.1, NONE, digits)
        confidences = (0.1 + 0.9 * random.random(COUNT)).astype(np.float32)
        confidences[START : START + 90] = np.tile(np.arange(2, 11) / 10, 10)  # ties, and 1
        found.append(_counted(digits, confidences, targets))
    return found


def _counted(digits: Array, confidences: Array, targets: Array) -> dict[str, object]:
    asked = np.flatnonzero(digits != NONE)
    asked = asked[(asked >= START) & (asked < END)]
    said, sure, meant = digits[asked], confidences[asked].astype(np.float64), targets[asked]
    is_right = said == meant
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (meant, said), 1)
    which = np.minimum(np.floor(sure * BINS), BINS - 1).astype(int)
    bins = [(sure[which == each], is_right[which == each]) for each in range(BINS)]
    return {
        "digits": digits.tolist(),
        "confidences": confidences.tolist(),
        "targets": targets.tolist(),
        "range": {"start": START, "end": END},
        "thresholds": THRESHOLDS,
        "scores": [_score(sure >= threshold, is_right) for threshold in THRESHOLDS],
        "confusion": counts.ravel().tolist(),
        "mistakes": asked[~is_right][np.argsort(-sure[~is_right], kind="stable")].tolist(),
        "bins": [
            {
                "count": len(confident),
                "confidence": float(confident.mean()) if len(confident) else 0,
                "right": float(right.mean()) if len(right) else 0,
            }
            for confident, right in bins
        ],
        "error": sum(abs((confident - right).sum()) for confident, right in bins) / len(asked),
    }


def _score(is_sure: Array, is_right: Array) -> dict[str, int]:
    return {
        "known": len(is_right),
        "right": int(is_right.sum()),
        "sureAndRight": int((is_sure & is_right).sum()),
        "sureAndWrong": int((is_sure & ~is_right).sum()),
        "sure": int(is_sure.sum()),
        "notSure": int((~is_sure).sum()),
    }


def projection() -> dict[str, object]:
    """Return pictures, and the first two components that numpy's SVD finds."""
    random = np.random.default_rng(PICTURES)
    patterns = random.random((PATTERNS, LENGTH)) * (random.random((PATTERNS, LENGTH)) < 0.4)
    weights = random.random((PICTURES, PATTERNS)) * np.geomspace(1, 0.5, PATTERNS)
    mixed = weights @ patterns / weights.sum(axis=1, keepdims=True)
    noise = random.integers(0, 9, mixed.shape)
    pictures = np.rint(mixed * PIXEL_MAX * 0.9 + noise).clip(0, PIXEL_MAX).astype(np.uint8)
    features = pictures / PIXEL_MAX
    centred = features - features.mean(axis=0)
    _, singular, components = np.linalg.svd(centred, full_matrices=False)
    variances = singular**2 / PICTURES
    first = components[:2]
    first *= np.sign(first[[0, 1], np.abs(first).argmax(axis=1)])[:, np.newaxis]
    symmetric = random.normal(0, 1, (7, 7))
    symmetric += symmetric.T
    values, _ = np.linalg.eigh(symmetric)
    return {
        "pictures": pictures.tolist(),
        "mean": features.mean(axis=0).tolist(),
        "components": first.tolist(),
        "variances": variances[:2].tolist(),
        "totalVariance": float(variances.sum()),
        "coordinates": (centred @ first.T).tolist(),
        "symmetric": symmetric.tolist(),
        "eigenvalues": values[::-1].tolist(),
    }
