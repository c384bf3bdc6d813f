"""Train the three networks; write the models, their card and its tables into `models/`.

    python -m pixelviz.training.train --pen pendigits-orig.tra [--mnist mnist.npz]

The training set is MNIST's training images, pen-drawn digits and non-digits, with augmentation.
Each network is trained seven times: five times for cross-validation, each without one of the folds,
to measure it on held-out writers and to choose its temperature and threshold; once on everything,
for the page; and once on everything with shuffled pixels, for the lesson. All intermediate results
are kept in a working folder, so that an interrupted training resumes where it stopped.
"""

from dataclasses import replace
from pathlib import Path

import keras

from pixelviz.data import mnist
from pixelviz.model import card
from pixelviz.model.card import Card, ModelCard
from pixelviz.training import held_out, metrics, report
from pixelviz.training.architectures import NETWORKS, Network
from pixelviz.training.data.cross_validation import FOLDS
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.training_set import SEED, prepare_training_set
from pixelviz.training.fit import file_name, train_or_load
from pixelviz.training.options import load_data, parse


def main() -> None:
    """Train all networks, print the progress, write models and card."""
    options = parse("Train the models.")
    train, test, pen_digits = load_data(options)
    options.work.mkdir(parents=True, exist_ok=True)
    options.models.mkdir(parents=True, exist_ok=True)
    training_set = prepare_training_set(train, pen_digits, folder=options.work)
    for network in reversed(NETWORKS):  # the one that takes longest first
        train_or_load(network, training_set, options.work)
        for fold in FOLDS:
            train_or_load(network, training_set, options.work, held_out_fold=fold)
        train_or_load(network, training_set, options.work, shuffled=True)

    print("Measuring", flush=True)
    evaluation_sets = held_out.make_evaluation_sets(test, pen_digits)
    models, shuffled_models = [], []
    for network in NETWORKS:
        folds = [
            train_or_load(network, training_set, options.work, held_out_fold=fold) for fold in FOLDS
        ]
        predictions = held_out.predict_held_out(folds, train, pen_digits, evaluation_sets)
        temperature, threshold = predictions.temperature_and_threshold()
        model = train_or_load(network, training_set, options.work)
        _apply_temperature(model, temperature)
        models.append(
            replace(
                _save(network, model, test, options.models, threshold=threshold),
                temperature=temperature,
                page_pen=predictions.score(predictions.page_pen),
                any_pen=predictions.score(predictions.any_pen),
                out_of_distribution=held_out.ood_abstention(
                    model, evaluation_sets, predictions.abstention_rates(), threshold=threshold
                ),
            )
        )
        shuffled_model = train_or_load(network, training_set, options.work, shuffled=True)
        shuffled_models.append(
            _save(
                network,
                shuffled_model,
                test.shuffled(),
                options.models,
                threshold=threshold,  # of the unshuffled model: there is no cross-validation here
                shuffled=True,
            )
        )
    measured = Card(
        default=network.name,
        data=mnist.SHA256 | {options.pen.name: card.hash_of(options.pen)},
        pen_widths={
            str(width): logits.score(1, 0).accuracy
            for width, logits in predictions.pen_widths.items()
        },
        models=tuple(models),
        shuffled=tuple(shuffled_models),
    )
    card.write(measured, options.models)
    report.write(measured, options.models)


def _save(
    network: Network,
    model: keras.Model,
    test: Examples,
    folder: Path,
    *,
    threshold: float,
    shuffled: bool = False,
) -> ModelCard:
    """Save a model, and return its card, still without the cross-validation's numbers."""
    path = folder / file_name(network, shuffled=shuffled)
    model.save(path)
    score = metrics.score(metrics.logits_of(model, test.grids), test.targets, threshold=threshold)
    print(f"{path.name}: accuracy on MNIST test {score.accuracy:.2%}", flush=True)
    return ModelCard(
        name=network.name,
        title=network.title,
        shuffled=shuffled,
        file=path.name,
        sha256=card.hash_of(path),
        parameters=model.count_params(),
        epochs=network.epochs,
        seed=SEED,
        temperature=1.0,
        threshold=float(threshold),
        test=score,
        page_pen=None,
        any_pen=None,
        out_of_distribution={},
    )


def _apply_temperature(model: keras.Model, temperature: float) -> None:
    """Divide a model's logits by a temperature, by dividing its last layer's weights."""
    last = model.layers[-1]
    last.set_weights([weights / temperature for weights in last.get_weights()])


if __name__ == "__main__":
    main()
