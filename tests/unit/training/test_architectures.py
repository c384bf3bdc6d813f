import keras
import numpy as np
import pytest

from pixelviz.arrays import LENGTH
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.training.architectures import NETWORKS, Network


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_every_network_takes_784_features_and_gives_ten_logits(network: Network) -> None:
    model = network.build()
    assert model.input_shape == (None, LENGTH)
    assert model.output_shape == (None, 10)


def test_the_models_in_the_repository_have_these_architectures() -> None:
    for network, model_card in zip(NETWORKS, card.read(MODELS).models, strict=True):
        stored = keras.saving.load_model(MODELS / model_card.file)
        kinds = [type(layer).__name__ for layer in network.build().layers]
        assert [type(layer).__name__ for layer in stored.layers] == kinds
        assert network.build().count_params() == model_card.parameters
        assert (network.title, network.epochs) == (model_card.title, model_card.epochs)


def test_the_convolutional_network_begins_by_reshaping_features_into_a_picture() -> None:
    (convolutional,) = [network for network in NETWORKS if network.name == "convolutional"]
    reshape = convolutional.build().layers[0]
    features = np.arange(LENGTH, dtype=np.float32)
    assert np.array_equal(reshape(features[np.newaxis])[0, ..., 0], features.reshape(28, 28))
