"""The three networks. All take the 784 features and answer with ten logits.

That they share one input is the lesson's point: the convolutional one has to begin by turning the
features back into a picture, since it alone asks which pixels are neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
from keras import layers

from pixelviz.arrays import DIGITS, LENGTH, SIDE


@dataclass(frozen=True)
class Network:
    """One network and how long it trains.

    Attributes:
        name: How code and links call it.
        title: How the page calls it.
        build: Makes the untrained Keras model, (n, 784) float32 -> (n, 10) float32 logits.
        epochs: How often training goes through all the training images.
        learning_rate: Where the learning rate of Adam starts; it falls to 0 along a half cosine.
        variations: Whether it learns from MNIST in variations and from non-digits, or from MNIST
            as it is. One weight a pixel has no room for them: they cost softmax regression more on
            MNIST than they bring.
        pen_times: How often each pen-drawn digit comes in one epoch, each time by another hand.
            Twice brings softmax regression 2 % more on strangers and costs it 0.4 % on MNIST.
    """

    name: str
    title: str
    build: Callable[[], keras.Model]
    epochs: int
    learning_rate: float
    variations: bool
    pen_times: int


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
            layers.Dense(320, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(160, activation="relu"),
            layers.Dropout(0.2),
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
            layers.Conv2D(32, 5, activation="relu"),
            layers.MaxPooling2D(),
            *_convolution(64, padding="same"),
            *_convolution(64),
            layers.MaxPooling2D(),
            *_convolution(96),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(len(DIGITS), name="logits"),
        ],
        name="convolutional",
    )


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
        epochs=40,
        learning_rate=1.5e-3,
        variations=False,
        pen_times=1,
    ),
    Network(
        "dense",
        "Dense network",
        dense,
        epochs=40,
        learning_rate=1.5e-3,
        variations=True,
        pen_times=2,
    ),
    Network(
        "convolutional",
        "Convolutional network",
        convolutional,
        epochs=20,
        learning_rate=3e-3,
        variations=True,
        pen_times=2,
    ),
)
"""The simplest first. The last is the one that the page starts with."""
