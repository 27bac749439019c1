"""The way back through the small network, for the films of it: a traced run whose gradients are torch's."""

from __future__ import annotations

from convista.chapter.small_network import CLASSES, small_run
from convista.films import Film
from convista.films.backprop_conv import backprop_conv_film
from convista.films.backprop_dense import backprop_dense_film
from convista.films.backprop_flow import backprop_flow_film
from convista.films.passage import Passage
from convista.films.wording import told
from convista.tracing import Trace


def backprop_flow(run: Trace | None = None) -> Film:
    """Show a run forward in yellow and its error back in red, through the dense layers of a trace with a target."""
    return backprop_flow_film(passages(small_run() if run is None else run))


def backprop_dense(run: Trace | None = None, rate: float = 0.1) -> Film:
    """Show the error go back through the dense layers of a trace with a target, with its numbers."""
    classes = [told(f"chapter.class_{name}") for name in CLASSES] if run is None else None
    return backprop_dense_film(passages(small_run() if run is None else run), rate=rate, classes=classes)


def backprop_conv(run: Trace | None = None, channel: int | None = None) -> Film:
    """Show the error go back through pooling, ReLU and convolution of a trace with a target, with its numbers."""
    return backprop_conv_film(passages(small_run() if run is None else run), channel=channel)


def passages(run: Trace) -> list[Passage]:
    """Return the operators of a trace through which a gradient came back, in the order of the run."""
    return [
        Passage(
            record.name,
            record.operator,
            record.arrays(),
            record.attributes,
            record.output.double().cpu().numpy(),
            record.gradient.double().cpu().numpy(),
        )
        for record in run
        if record.gradient is not None
    ]
