"""What the browser counts of a data set is what training/metrics.py counts of Keras's answers."""

import json
from pathlib import Path

import numpy as np

from pixelviz.arrays import LENGTH
from pixelviz.data.mnist import Mnist
from pixelviz.model import card, network_file
from pixelviz.model.classifier import MODELS
from pixelviz.training import metrics
from tests import oracle
from tests.javascript.test_javascript import run
from tests.node import node

COUNT = 600
"""So many pictures of MNIST's test set are read."""

DISTURBED = 200
"""In so many of them there is noise, for all models to make mistakes."""


def test_the_browser_counts_what_keras_answers(root: Path, tmp_path: Path, digits: Mnist) -> None:
    random = np.random.default_rng(COUNT)
    vectors = digits.x_test[:COUNT].reshape(-1, LENGTH).copy()
    noise = random.integers(0, 256, (DISTURBED, LENGTH)) * (random.random((DISTURBED, 1)) * 0.7)
    vectors[:DISTURBED] = np.maximum(vectors[:DISTURBED], noise.astype(np.uint8))
    targets = digits.y_test[:COUNT].astype(np.uint8)
    (tmp_path / "grids").write_bytes(vectors.tobytes())
    (tmp_path / "targets").write_bytes(targets.tobytes())
    told = {}
    for model in card.read(MODELS).models:
        file = network_file.derive(model, MODELS)
        (tmp_path / f"{model.name}.network").write_bytes(file)
        logits = np.array([each.logits for each in oracle.ask(model.name, vectors)], np.float32)
        score = metrics.score(logits, targets, threshold=model.threshold)
        assert 0 < score.accuracy < 1, "There are mistakes to count."
        told[model.name] = {
            "right": round(score.accuracy * len(targets)),
            "sureAndRight": round(score.sure_and_right * len(targets)),
            "sureAndWrong": round(score.sure_and_wrong * len(targets)),
            "error": score.calibration_error,
            "bins": metrics.BINS,
            "confusion": metrics.confusion_matrix(logits, targets).ravel().tolist(),
        }
    (tmp_path / "keras.json").write_text(json.dumps(told), "utf-8")
    test = root / "tests/javascript/oracle/evaluation.test.js"
    run([node(), "--test", test], root, PIXELVIZ_NETWORKS=str(tmp_path))
