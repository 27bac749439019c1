"""The way back through the story's network, for the films of it: a traced run whose gradients are torch's."""

from __future__ import annotations

from collections.abc import Sequence

from convista.catalogue.networks import WayBack
from convista.catalogue.story import CHANNEL, story_class_names, story_trace
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.backprop.conv import backprop_conv_film
from convista.films.backprop.dense import backprop_dense_film
from convista.films.backprop.flow import backprop_flow_film
from convista.films.backprop.passage import Passage
from convista.films.registry import film
from convista.language import Text
from convista.tracing import Trace


@film("backprop-flow", network=WayBack())
def backprop_flow(trace: Trace | None = None) -> Film:
    """Show a run forward in yellow and its error back in red, through the dense layers of a trace with a target."""
    return backprop_flow_film(passages(trace), class_names=_names(trace))


@film("backprop-dense", network=WayBack())
def backprop_dense(trace: Trace | None = None, rate: float = 0.1) -> Film:
    """Show the error go back through the dense layers of a trace with a target, with its numbers."""
    return backprop_dense_film(passages(trace), rate=rate, class_names=_names(trace))


@film("backprop-conv", network=WayBack())
def backprop_conv(trace: Trace | None = None, channel: int | None = None) -> Film:
    """Show the error go back through pooling, ReLU and convolution of a trace with a target, with its numbers."""
    if trace is None:
        trace, channel = story_trace(), CHANNEL if channel is None else channel
    return backprop_conv_film(passages(trace), channel=channel).credited(trace.credit)


def _names(trace: Trace | None) -> Sequence[str | Text] | None:
    """Return what the classes are called, of the story's network or of a run's."""
    if trace is None:
        return story_class_names()
    return None if trace.run is None else [info.name for info in trace.run.classes] or None


def passages(trace: Trace | None) -> list[Passage]:
    """Return the operators through which a gradient came back, in the order of a trace; None is the story's.

    Raises
    ------
    ConvistaError
        If the trace has no target, so that no gradient came back.
    """
    traced = story_trace() if trace is None else trace
    if all(record.gradient is None for record in traced):
        raise ConvistaError("catalogue.no_gradient")
    return [
        Passage(
            record.name,
            record.operator,
            record.arrays(),
            record.definition,
            record.output.double().cpu().numpy(),
            record.gradient.double().cpu().numpy(),
        )
        for record in traced
        if record.gradient is not None
    ]
