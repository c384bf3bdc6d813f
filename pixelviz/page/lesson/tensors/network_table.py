"""The layers of a network as a table: what `model.summary()` says, with a box for each tensor."""

import html
from collections.abc import Sequence
from math import sqrt
from urllib.parse import quote

import streamlit as st

from pixelviz.model.network_layers import Shape
from pixelviz.model.summary import LayerSummary
from pixelviz.page.lesson.figures import GREY, tell

FLOAT32_BYTES = 4
PIXEL = 1.5
"""Points of a box's height and width for a row and a column."""

DEPTH = 2.5
"""Points of a box's depth for the square root of its channels."""

SLANT = 0.35
"""How far a box's depth leads upwards, as a share of how far it leads to the right."""

RELU = "0 for all that is below 0 (ReLU)"
"""What the activation of the networks does."""

FEATURES_ACROSS = 4
"""A box of features is as high and as wide as this many rows and columns: it has none."""


def show(layers: Sequence[LayerSummary], title: str) -> None:
    """Show each layer with what goes in, what comes out and its parameters, and their sum.

    Args:
        layers: In their order.
        title: What the page calls the model.
    """
    rows = "".join(map(_row, layers))
    total = sum(layer.parameters for layer in layers)
    st.html(
        "<div class='scroll'><table class='said layers'>"
        f"<caption>{html.escape(title)}: its layers, as Keras has them. The boxes are as high and "
        "as wide as the tensor, and as deep as the square root of its channels</caption>"
        "<thead><tr><th scope='col'>layer</th><th scope='col'>in</th><th scope='col'>out</th>"
        "<td></td><th scope='col'>numbers out</th><th scope='col'>parameters</th></tr></thead>"
        f"<tbody>{rows}</tbody><tfoot><tr><th scope='row'>all layers</th><td></td><td></td><td>"
        f"</td><td></td><td><b>{total:,}</b></td></tr></tfoot></table></div>"
    )
    _tell_of_parameters(layers, total)


def _tell_of_parameters(layers: Sequence[LayerSummary], total: int) -> None:
    counted = total - sum(layer.trained for layer in layers)
    most = max(layers, key=lambda layer: layer.parameters)
    averages = (
        f" {total - counted:,} of them were trained; {counted:,} are averages that batch "
        "normalisation took meanwhile."
        if counted
        else ""
    )
    tell(
        f"**{total:,} parameters**, {FLOAT32_BYTES * total:,} bytes as float32.{averages} "
        f"`{most.name}` has the most: {most.parameters:,}, {_counted(most)}."
    )


def _row(layer: LayerSummary) -> str:
    parameters = f"{layer.parameters:,}" if layer.parameters else "0"
    how = f"<small>{_counted(layer)}</small>" if layer.parameters else ""
    return (
        f"<tr><th scope='row'>{html.escape(layer.kind)}"
        f"<small><i>{html.escape(layer.name)}: </i>{_what(layer)}</small></th>"
        f"<td>{_with_pictures(layer.input_shape)}</td>"
        f"<td>{_with_pictures(layer.output_shape)}</td><td>{_box(layer.output_shape)}</td>"
        f"<td>{layer.values:,}</td><td>{parameters}{how}</td></tr>"
    )


def _with_pictures(shape: Shape) -> str:
    return f"({', '.join(['n', *map(str, shape)])})"


def _counted(layer: LayerSummary) -> str:
    """Return how the parameters of a layer come about: one product for each of its arrays."""
    shapes = layer.weight_shapes
    if len(shapes) > 1 and len(set(shapes)) == 1:
        return f"{len(shapes)} × {_product(shapes[0])}"
    return " + ".join(map(_product, shapes))


def _product(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def _what(layer: LayerSummary) -> str:
    """Return what a layer does, in a few words."""
    window = "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(map(str, layer.window or ()))
    what = {
        "InputLayer": "takes your features",
        "Reshape": "the same numbers, counted otherwise",
        "Conv2D": f"{layer.output_shape[-1]} filters of {window}",
        "MaxPooling2D": f"keeps the largest of each {window}",
        "BatchNormalization": "brings each channel to the same scale",
        "Activation": RELU,
        "ReLU": RELU,
        "Flatten": "unrolls",
        "Dropout": "works in training only",
        "Dense": f"{layer.output_shape[-1]} weighted sums",
    }.get(layer.kind, "")
    is_linear = layer.activation == "linear" or layer.kind == "Activation"
    return what if is_linear else f"{what}, then {RELU}"


def _box(shape: Shape) -> str:
    """Return a tensor's shape as a picture: a box of rows, columns and channels."""
    is_picture = len(shape) == len(("row", "column", "channel"))
    rows, columns = shape[:2] if is_picture else (FEATURES_ACROSS, FEATURES_ACROSS)
    height, width = PIXEL * rows, PIXEL * columns
    right = DEPTH * sqrt(shape[-1])
    up = SLANT * right
    view = f"0 0 {width + right + 2:.1f} {height + up + 2:.1f}"
    front = f"M1 {up + 1:.1f}h{width}v{height}h-{width}z"
    top = f"M1 {up + 1:.1f}l{right:.1f} -{up:.1f}h{width}l-{right:.1f} {up:.1f}z"
    side = f"M{width + 1} {up + 1:.1f}l{right:.1f} -{up:.1f}v{height}l-{right:.1f} {up:.1f}z"
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}' "
        f"width='{width + right + 2:.0f}' height='{height + up + 2:.0f}' "
        f"fill='{GREY}44' stroke='{GREY}'>"
        f"<path d='{front}'/><path d='{top}'/><path d='{side}'/></svg>"
    )
    # As a picture: Streamlit lets no SVG pass in HTML.
    return f'<img class="box" src="data:image/svg+xml,{quote(svg)}" alt="">'
