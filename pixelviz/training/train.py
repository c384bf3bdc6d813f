"""Train the three networks and write them, with their card and its tables, into `models/`.

    python -m pixelviz.training.train --pen pendigits-orig.tra [--mnist mnist.npz]

The networks learn from MNIST's training images, from pen-drawn digits and from what is no digit, in
variations. Each is trained seven times: without each of the five folds, to see how well it reads
people it has never met and to set its temperature and its doubt; then with all there is, for the
page; and with all there is but the pixels shuffled, for the lesson. Everything made on the way is
kept in a folder, so that a training that was stopped goes on where it was.
"""

from dataclasses import replace
from pathlib import Path

import keras

from pixelviz.data import mnist
from pixelviz.model import card
from pixelviz.model.card import Card, ModelCard
from pixelviz.training import held_out, metrics, report, training_set
from pixelviz.training.architectures import NETWORKS, Network
from pixelviz.training.cross_validation import FOLDS
from pixelviz.training.evaluate import noticed, options_of, read_data
from pixelviz.training.examples import Examples
from pixelviz.training.fit import file_name, trained


def main() -> None:
    """Train all networks, print how it goes, write models and card."""
    options = options_of("Train the models.")
    train, test, pen = read_data(options)
    options.work.mkdir(parents=True, exist_ok=True)
    options.models.mkdir(parents=True, exist_ok=True)
    learned = training_set.make(train, pen, folder=options.work)
    for network in reversed(NETWORKS):  # the longest first
        trained(network, learned, options.work)
        for fold in FOLDS:
            trained(network, learned, options.work, without=fold)
        trained(network, learned, options.work, shuffled=True)

    print("Measuring", flush=True)
    shown = held_out.drawn(test, pen)
    models, shuffled_models = [], []
    for network in NETWORKS:
        folds = [trained(network, learned, options.work, without=fold) for fold in FOLDS]
        answers = held_out.asked(folds, train, pen, shown)
        temperature, threshold = answers.doubt()
        model = trained(network, learned, options.work)
        _temper(model, temperature)
        models.append(
            replace(
                _saved(network, model, test, options.models, threshold=threshold),
                temperature=temperature,
                page_pen=answers.scored(answers.page_pen),
                any_pen=answers.scored(answers.any_pen),
                out_of_distribution=noticed(model, shown, answers.noticed(), threshold),
            )
        )
        shuffled_model = trained(network, learned, options.work, shuffled=True)
        shuffled_models.append(
            _saved(
                network,
                shuffled_model,
                test.shuffled(),
                options.models,
                threshold=threshold,  # its twin's: nothing else was measured of it
                shuffled=True,
            )
        )
    measured = Card(
        default=network.name,
        data=mnist.SHA256 | {options.pen.name: card.hash_of(options.pen)},
        pen_widths={
            str(width): each.score(1, 0).accuracy for width, each in answers.pen_widths.items()
        },
        models=tuple(models),
        shuffled=tuple(shuffled_models),
    )
    card.write(measured, options.models)
    report.write(measured, options.models)


def _saved(
    network: Network,
    model: keras.Model,
    test: Examples,
    folder: Path,
    *,
    threshold: float,
    shuffled: bool = False,
) -> ModelCard:
    """Write a model into the folder of the models, and return what its card says so far."""
    path = folder / file_name(network, shuffled=shuffled)
    model.save(path)
    score = metrics.score(metrics.logits_of(model, test.grids), test.targets, threshold=threshold)
    print(f"{path.name}: {score.accuracy:.2%} of MNIST's test images", flush=True)
    return ModelCard(
        name=network.name,
        title=network.title,
        shuffled=shuffled,
        file=path.name,
        sha256=card.hash_of(path),
        parameters=model.count_params(),
        epochs=network.epochs,
        seed=training_set.SEED,
        temperature=1.0,
        threshold=float(threshold),
        test=score,
        page_pen=None,
        any_pen=None,
        out_of_distribution={},
    )


def _temper(model: keras.Model, temperature: float) -> None:
    """Divide a model's logits by a temperature, inside its last layer."""
    last = model.layers[-1]
    last.set_weights([numbers / temperature for numbers in last.get_weights()])


if __name__ == "__main__":
    main()
