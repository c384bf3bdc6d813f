"""The command-line options that all training commands share, and the data that they name."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from pixelviz.data import mnist
from pixelviz.errors import PixelvizError
from pixelviz.model.classifier import MODELS
from pixelviz.training.data import pendigits, unipen
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.pen_characters import Handwriting


@dataclass(frozen=True)
class Options:
    """The options of a training command.

    Attributes:
        pen: The path of `pendigits-orig.tra`.
        unipen: The path of UNIPEN's folder `train_r01_v07`.
        mnist: The path of an `mnist.npz`; if None, Keras downloads MNIST.
        models: The folder of the models and their card.
        work: The working folder for the training set, checkpoints and cross-validation models.
    """

    pen: Path
    unipen: Path
    mnist: Path | None
    models: Path
    work: Path


def parse(description: str) -> Options:
    """Return the options given on the command line, or end the command with its usage.

    Args:
        description: What the command does, for `--help`.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--pen", type=Path, required=True, help="pendigits-orig.tra of UCI data set 81"
    )
    parser.add_argument(
        "--unipen", type=Path, required=True, help="the folder train_r01_v07 of UNIPEN"
    )
    parser.add_argument("--mnist", type=Path, help="an mnist.npz; if missing, Keras downloads it")
    parser.add_argument("--models", type=Path, default=MODELS, help="the folder of the models")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(".training"),
        help="the folder for the training set, checkpoints and cross-validation models",
    )
    return Options(**vars(parser.parse_args()))


def load_data(options: Options) -> tuple[Examples, Examples, Handwriting]:
    """Return MNIST's training images, its test images, and what people drew.

    Raises:
        SystemExit: One of the files is missing or invalid; its message says which and what to do.
    """
    try:
        if options.mnist is None and mnist.download_progress() < 1:
            mnist.fetch()
        data = mnist.load(options.mnist)
        digits = pendigits.read(options.pen)
        more_digits, *other = unipen.read_all(options.unipen)
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    return (
        Examples(data.x_train, data.y_train),
        Examples(data.x_test, data.y_test),
        Handwriting(digits + more_digits, *other),
    )
