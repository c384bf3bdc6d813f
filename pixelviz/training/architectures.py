"""The architectures of the three networks: 784 features in, ten logits out.

All have the same input, and that is the lesson's point: the convolutional network begins by
reshaping the features into a picture, since it is the only one that uses which pixels are
neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
from keras import layers

from pixelviz.arrays import DIGITS, LENGTH, SIDE


@dataclass(frozen=True)
class Network:
    """One network and how it is trained.

    Attributes:
        name: Its name in code and links.
        title: Its name on the page.
        build: Returns the untrained Keras model, (n, 784) float32 -> (n, 10) float32 logits.
        epochs: How many times training goes through all the training images.
        learning_rate: Adam's initial learning rate; it falls to 0 along a half cosine.
        augmented: Whether the network is trained on augmented MNIST images and on non-digits, or
            only on the original images. Softmax regression, with one weight per pixel, loses more
            accuracy on MNIST by them than it gains elsewhere.
        pen_copies: How many augmented copies of each pen-drawn digit an epoch has. With two,
            softmax regression reads 2 % more of held-out writers' digits and 0.4 % fewer of
            MNIST's.
    """

    name: str
    title: str
    build: Callable[[], keras.Model]
    epochs: int
    learning_rate: float
    augmented: bool
    pen_copies: int


def softmax() -> keras.Model:
    """Return softmax regression: each logit is a weighted sum of the features, plus a bias."""
    return keras.Sequential(
        [keras.Input((LENGTH,), name="features"), _logits()],
        name="softmax",
    )


def dense() -> keras.Model:
    """Return a fully connected network, which does not use which pixels are neighbours."""
    return keras.Sequential(
        [
            keras.Input((LENGTH,), name="features"),
            layers.Dense(320, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(160, activation="relu"),
            layers.Dropout(0.2),
            _logits(),
        ],
        name="dense",
    )


def convolutional() -> keras.Model:
    """Return a network whose filters look at small windows, with the same weights everywhere."""
    return keras.Sequential(
        [
            keras.Input((LENGTH,), name="features"),
            layers.Reshape((SIDE, SIDE, 1)),  # (n, 784) -> (n, 28, 28, 1), the picture again
            layers.Conv2D(32, 5, activation="relu"),
            layers.MaxPooling2D(),
            *_convolution(64, padding="same"),
            *_convolution(64),
            layers.MaxPooling2D(),
            *_convolution(128),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
            _logits(),
        ],
        name="convolutional",
    )


def _logits() -> keras.Layer:
    """Return the last layer, which is computed in float32 even where the others are not."""
    return layers.Dense(len(DIGITS), name="logits", dtype="float32")


def _convolution(filters: int, padding: str = "valid") -> list[keras.Layer]:
    return [
        layers.Conv2D(filters, 3, padding=padding, use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
    ]


NETWORKS = (
    Network(
        "softmax",
        "Softmax regression",
        softmax,
        epochs=30,
        learning_rate=1.5e-3,
        augmented=False,
        pen_copies=1,
    ),
    Network(
        "dense",
        "Dense network",
        dense,
        epochs=30,
        learning_rate=1.5e-3,
        augmented=True,
        pen_copies=2,
    ),
    Network(
        "convolutional",
        "Convolutional network",
        convolutional,
        epochs=2 * 14,  # three and a half times through the eight variations
        learning_rate=3e-3,
        augmented=True,
        pen_copies=2,
    ),
)
"""The networks, simplest first. The page starts with the last."""
