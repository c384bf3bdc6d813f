import numpy as np
import pytest

from pixelviz.training import metrics


def _logits(confidences: list[float], digits: list[int]) -> np.ndarray:
    """Return logits whose softmax gives each digit its confidence and the others the rest."""
    probabilities = np.empty((len(digits), 10))
    for row, (confidence, digit) in enumerate(zip(confidences, digits, strict=True)):
        probabilities[row] = (1 - confidence) / 9
        probabilities[row, digit] = confidence
    return np.log(probabilities).astype(np.float32)


def test_confidence_equal_to_accuracy_has_no_calibration_error() -> None:
    logits = _logits([0.75] * 4, [3] * 4)
    assert metrics.calibration_error(logits, np.array([3, 3, 3, 5], np.uint8)) == pytest.approx(
        0, abs=1e-6
    )


def test_the_calibration_error_is_the_mean_gap_between_confidence_and_accuracy() -> None:
    logits = _logits([0.9] * 10 + [0.6] * 10, [1] * 20)
    targets = np.array([1] * 5 + [2] * 5 + [1] * 6 + [2] * 4, np.uint8)
    # bin of 0.9: accuracy 0.5, a gap of 0.4; bin of 0.6: accuracy 0.6, no gap
    assert metrics.calibration_error(logits, targets) == pytest.approx(0.2, abs=1e-6)


def test_the_temperature_undoes_overconfidence_and_underconfidence() -> None:
    random = np.random.default_rng(1)
    calibrated = random.normal(0, 2, (20_000, 10)).astype(np.float32)
    chances = np.exp(calibrated) / np.exp(calibrated).sum(axis=1, keepdims=True)
    targets = np.array([random.choice(10, p=row / row.sum()) for row in chances], np.uint8)
    for factor in (2.0, 0.5):
        miscalibrated = [(calibrated * np.float32(factor), targets)]
        found = metrics.temperature_for(miscalibrated)
        assert found == pytest.approx(factor, rel=0.05)


def test_the_temperature_is_the_best_for_the_worst_set() -> None:
    random = np.random.default_rng(1)
    calibrated = random.normal(0, 2, (5_000, 10)).astype(np.float32)
    chances = np.exp(calibrated) / np.exp(calibrated).sum(axis=1, keepdims=True)
    targets = np.array([random.choice(10, p=row / row.sum()) for row in chances], np.uint8)
    sets = [(calibrated, targets), (calibrated * np.float32(1.6), targets)]
    found = metrics.temperature_for(sets)
    one, other = (metrics.temperature_for([each]) for each in sets)
    assert one < found < other
    worst = [
        max(metrics.calibration_error(logits / temperature, targets) for logits, _ in sets)
        for temperature in (found, one, other)
    ]
    assert min(worst) == worst[0]


def test_a_score_says_what_the_model_is_sure_of() -> None:
    logits = _logits([0.9, 0.9, 0.5, 0.5], [1, 2, 3, 4])
    targets = np.array([1, 7, 3, 7], np.uint8)
    found = metrics.score(logits, targets, threshold=0.8)
    assert (found.accuracy, found.sure_and_right, found.sure_and_wrong) == (0.5, 0.25, 0.25)
    assert found.abstention_rate == pytest.approx(0.5)
    assert metrics.abstention_rate(logits, threshold=0.8) == 0.5
    assert metrics.abstention_rate(logits, threshold=0.4) == 0
    assert metrics.accuracy(logits, targets) == 0.5


def test_the_confusion_matrix_counts_each_digit_once() -> None:
    logits = _logits([0.9, 0.9, 0.9], [1, 7, 7])
    counts = metrics.confusion_matrix(logits, np.array([1, 1, 7], np.uint8))
    assert counts.sum() == 3
    assert (counts[1, 1], counts[1, 7], counts[7, 7]) == (1, 1, 1)
