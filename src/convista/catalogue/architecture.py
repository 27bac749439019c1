"""The networks of the chapter, drawn from a trace of the real ones."""

from __future__ import annotations

import torch

from convista.catalogue.networks import WholeNetwork
from convista.catalogue.story import story_trace
from convista.films.architecture.architecture import MOST, architecture
from convista.films.architecture.stages import stages
from convista.films.film import Film
from convista.films.registry import film
from convista.films.wording import message
from convista.models import create_model
from convista.tracing import Trace, trace
from convista.tracing.summary import condensed


@film("architecture-lenet", network=WholeNetwork())
def architecture_lenet(trace: Trace | None = None) -> Film:
    """Show LeNet-5 on a patch of three bands, 32×32 pixels, for ten classes; or a trace of the caller's."""
    return _film("lenet", trace, bands=3, side=32)


@film("architecture-vgg", network=WholeNetwork())
def architecture_vgg(trace: Trace | None = None) -> Film:
    """Show VGG-11 as published, on 3 bands of 224×224 pixels, for ten classes; or a trace of the caller's."""
    return _film("vgg", trace, model="vgg11", bands=3, side=224)


@film("architecture-resnet", network=WholeNetwork())
def architecture_resnet(trace: Trace | None = None) -> Film:
    """Show ResNet-18 as published, on 3 bands of 224×224 pixels, for ten classes; or a trace of the caller's."""
    return _film("resnet", trace, model="resnet18", bands=3, side=224)


@film("architecture-unet", network=WholeNetwork())
def architecture_unet(trace: Trace | None = None) -> Film:
    """Show U-Net on four bands of 256×256 pixels, for five classes; or a trace of the caller's."""
    return _film("unet", trace, bands=4, side=256, classes=5)


@film("cnn-stages", network=WholeNetwork())
def cnn_stages(trace: Trace | None = None) -> Film:
    """Show the two stages of the story's network; or of the caller's trace."""
    traced = story_trace() if trace is None else trace
    return stages(condensed(traced.layers(), MOST), tuple(traced.input.shape[1:]))


def outline(model: str, bands: int, side: int, classes: int) -> Trace:
    """Trace a network without values: on torch's device ``"meta"`` sizes are worked out, and no number."""
    with torch.device("meta"):
        network = create_model(model, bands, classes, patch=side).eval()
        return trace(network, torch.zeros(1, bands, side, side))


def _film(
    name: str, given: Trace | None, *, bands: int, side: int, classes: int = 10, model: str | None = None
) -> Film:
    traced = given if given is not None else outline(model or name, bands, side, classes)
    title = message(f"catalogue.title_architecture_{name}") if given is None else None
    network = None if given is None or given.run is None else given.run.architecture
    drawn, patch = condensed(traced.layers(), MOST), tuple(traced.input.shape[1:])
    return architecture(drawn, patch, network=network, title=title, name=f"architecture-{name}")
