"""Train the three networks; write the models, their card and its tables into `models/`.

    python -m pixelviz.training.train --pen pendigits-orig.tra --unipen train_r01_v07

The training set is MNIST's training images, pen-drawn digits and non-digits, with augmentation.
Each network is trained eight times: six times for cross-validation, each without one of the folds,
to measure it on people it does not know and to choose its temperature; once on
everything, for the page; and once on everything with shuffled pixels, for the lesson. All
intermediate results are kept in a working folder, so that an interrupted training resumes where it
stopped.
"""

import zipfile
from dataclasses import replace
from pathlib import Path

import keras

from pixelviz.data import mnist
from pixelviz.model import card
from pixelviz.model.card import Card, ModelCard
from pixelviz.model.classifier import SURE_FROM
from pixelviz.training import fingerprint, held_out, metrics, report
from pixelviz.training.architectures import NETWORKS, Network
from pixelviz.training.data.cross_validation import CONTRIBUTORS, FOLDS
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.pen_characters import Handwriting, arrays_of
from pixelviz.training.data.training_set import SEED, prepare_training_set
from pixelviz.training.fit import file_name, train_or_load
from pixelviz.training.options import load_data, parse


def main() -> None:
    """Train all networks, print the progress, write models and card."""
    options = parse("Train the models.")
    train, test, handwriting = load_data(options)
    options.work.mkdir(parents=True, exist_ok=True)
    options.models.mkdir(parents=True, exist_ok=True)
    training_set = prepare_training_set(train, handwriting, folder=options.work)
    for network in reversed(NETWORKS):  # the one that takes longest first
        train_or_load(network, training_set, options.work)
        for fold in FOLDS:
            train_or_load(network, training_set, options.work, held_out_fold=fold)
        train_or_load(network, training_set, options.work, shuffled=True)

    print("Measuring", flush=True)
    evaluation_sets = held_out.make_evaluation_sets(test, handwriting)
    models, shuffled_models = [], []
    for network in NETWORKS:
        folds = [
            train_or_load(network, training_set, options.work, held_out_fold=fold) for fold in FOLDS
        ]
        predictions = held_out.predict_held_out(folds, train, evaluation_sets)
        temperature = predictions.temperature()
        model = train_or_load(network, training_set, options.work)
        _apply_temperature(model, temperature)
        models.append(
            replace(
                _save(network, model, test, options.models),
                temperature=temperature,
                held_out=predictions.scores(),
                out_of_distribution=held_out.ood_abstention(
                    model, evaluation_sets, predictions.abstention_rates()
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
                shuffled=True,
            )
        )
    measured = Card(
        default=network.name,
        data={
            **mnist.SHA256,
            options.pen.name: card.hash_of(options.pen),
            "UNIPEN's characters": _fingerprint_of_unipen(handwriting),
        },
        pen_widths={
            str(width): metrics.accuracy(each.logits, each.targets)
            for width, each in predictions.pen_widths.items()
        },
        contributors=held_out.accuracy_of_contributors(predictions),
        hardest_writers=held_out.hardest_writers(predictions, handwriting.digits),
        models=tuple(models),
        shuffled=tuple(shuffled_models),
    )
    card.write(measured, options.models)
    report.write(measured, options.models)


def _fingerprint_of_unipen(handwriting: Handwriting) -> str:
    """Return the fingerprint of the characters that were read from UNIPEN's files."""
    digits = [each for each in handwriting.digits if each.collection in CONTRIBUTORS]
    others = [*handwriting.letters_and_signs, *handwriting.never_trained_on]
    return fingerprint.of_arrays(arrays_of([*digits, *others]))


def _save(
    network: Network,
    model: keras.Model,
    test: Examples,
    folder: Path,
    *,
    shuffled: bool = False,
) -> ModelCard:
    """Save a model, and return its card, still without the cross-validation's numbers."""
    path = folder / file_name(network, shuffled=shuffled)
    model.save(path)
    compress(path)
    score = metrics.score(metrics.logits_of(model, test.grids), test.targets)
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
        threshold=SURE_FROM,
        test=score,
        held_out={},
        out_of_distribution={},
    )


def compress(path: Path) -> None:
    """Compress what is in a model's file, which Keras stores as it is."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def _apply_temperature(model: keras.Model, temperature: float) -> None:
    """Divide a model's logits by a temperature, by dividing its last layer's weights."""
    last = model.layers[-1]
    last.set_weights([weights / temperature for weights in last.get_weights()])


if __name__ == "__main__":
    main()
