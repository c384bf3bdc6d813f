"""The three networks. All take the 784 features and answer with ten logits.

That they share one input is the lesson's point: the convolutional one has to begin by turning the
features back into a picture, since it alone asks which pixels are neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
from keras import layers

from pixelviz.spec import DIGITS, LENGTH, SIDE


@dataclass(frozen=True)
class Network:
    """One network and how long it trains.

    Attributes:
        name: How code and links call it.
        title: How the page calls it.
        build: Makes the untrained Keras model, (n, 784) float32 -> (n, 10) float32 logits.
        epochs: How often training goes through all the training images.
        learning_rate: Where the learning rate of Adam starts; it falls to 0 along a half cosine.
        variations: Whether it learns from pen-drawn digits and from variations too, or from MNIST
            as it is. One weight a pixel has no room for variations: they cost softmax regression
            more on MNIST than they bring.
    """

    name: str
    title: str
    build: Callable[[], keras.Model]
    epochs: int
    learning_rate: float
    variations: bool


def softmax() -> keras.Model:
    """Return softmax regression: each logit is a weighted sum of the features, plus a bias."""
    return keras.Sequential(
        [keras.Input((LENGTH,), name="features"), layers.Dense(len(DIGITS), name="logits")],
        name="softmax",
    )


def dense() -> keras.Model:
    """Return a network of plain features: every unit sees every pixel, in no order."""
    return keras.Sequential(
        [
            keras.Input((LENGTH,), name="features"),
            layers.Dense(256, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(len(DIGITS), name="logits"),
        ],
        name="dense",
    )


def convolutional() -> keras.Model:
    """Return a network whose units see small neighbourhoods, the same way everywhere."""
    return keras.Sequential(
        [
            keras.Input((LENGTH,), name="features"),
            layers.Reshape((SIDE, SIDE, 1)),  # (n, 784) -> (n, 28, 28, 1), the picture again
            *_convolution(24),
            *_convolution(24),
            layers.MaxPooling2D(),
            *_convolution(48),
            *_convolution(48),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(len(DIGITS), name="logits"),
        ],
        name="convolutional",
    )


def _convolution(filters: int) -> list[keras.Layer]:
    return [layers.Conv2D(filters, 3, activation="relu"), layers.BatchNormalization()]


NETWORKS = (
    Network(
        "softmax", "Softmax regression", softmax, epochs=30, learning_rate=1e-3, variations=False
    ),
    Network("dense", "Dense network", dense, epochs=24, learning_rate=1e-3, variations=True),
    Network(
        "convolutional",
        "Convolutional network",
        convolutional,
        epochs=14,
        learning_rate=2e-3,
        variations=True,
    ),
)
"""The simplest first. The last is the one that the page starts with."""
