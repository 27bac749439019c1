"""Films of whole networks, drawn from a trace of the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from convista.catalogue.networks import WholeNetwork
from convista.catalogue.story import WINDOW, story_class_names, story_pixels, story_trace
from convista.films.architecture.answers import Answer
from convista.films.architecture.architecture import MOST, architecture
from convista.films.architecture.residual import Block, residual
from convista.films.architecture.stages import stages
from convista.films.architecture.ushape import ClassMap, u_shape
from convista.films.film import Film
from convista.films.registry import film
from convista.films.stage.imagery import composite
from convista.films.wording import message
from convista.language import Text
from convista.learning import Run, open_run
from convista.learning.tasks.multiclass import Multiclass
from convista.models import create_model
from convista.scenes import EXAMPLE_CLASSES, Window, example_scene
from convista.scenes.composite import COLOURS, Pixels
from convista.tracing import Trace, trace
from convista.tracing.layer_values import layer_values, unfinished_values
from convista.tracing.summary import Layer, condensed

CORNER = 60, 60
"""Row and column of the example scene where the patch begins that untrained networks read."""
UNET_WINDOW = Window(160, 32, 64, 64)
"""The patch of the U-Net."""
RESNET, IN_STAGES = 224, 10
"""Rows and columns of the patch of the ResNet, and layers of it that are drawn: each of its stages is one."""
IN_U = 18
"""Layers of the U that are drawn: convolutions that follow each other are put together."""
SEED = 0
"""Of their weights."""


@film("architecture-lenet", network=WholeNetwork())
def architecture_lenet(trace: Trace | None = None) -> Film:
    """Show LeNet-5 on a patch of three bands, 32×32 pixels, for ten classes; or a trace of the caller's."""
    return _film("lenet", trace or untrained("lenet", 32), given=trace is not None)


@film("architecture-vgg", network=WholeNetwork())
def architecture_vgg(trace: Trace | None = None) -> Film:
    """Show VGG-11 as published, on 3 bands of 224×224 pixels, for ten classes; or a trace of the caller's."""
    if trace is not None:
        return _film("vgg", trace, given=True)
    # The published dense layers have 120 million weights: of them only sizes are worked out.
    whole, light = outline("vgg11", 3, 224, 10), untrained("vgg11", 224, units=0)
    return _film("vgg", whole, given=False, values_of=light)


@film("architecture-resnet", network=WholeNetwork())
def architecture_resnet(trace: Trace | None = None) -> Film:
    """Show ResNet-18 as published, on 3 bands of 224×224 pixels, for ten classes; or a trace of the caller's."""
    if trace is not None:
        return _film("resnet", trace, given=True)
    traced = untrained("resnet18", RESNET)
    layers = condensed(traced.layers(), IN_STAGES)
    made = residual(
        layers,
        tuple(traced.input.shape[1:]),
        [_block(traced, number) for number in range(1, 5)],
        values=layer_values(traced.input, traced.records, layers),
        pixels=composite(_patch(RESNET), COLOURS),
        title=message("catalogue.title_architecture_resnet"),
        told=message("films.architecture.untrained"),
    )
    return made.credited(example_scene().credit)


@film("architecture-unet", network=WholeNetwork())
def architecture_unet(trace: Trace | None = None) -> Film:
    """Show a small U-Net trained on the example scene, on 4 bands of 64×64 pixels; or a trace of the caller's."""
    if trace is not None:
        return _film("unet", trace, given=True)
    run, traced = unet_run(), unet_trace()
    layers = condensed(traced.layers(), IN_U)
    classes = [np.array(each.colour, np.uint8)[None, None] for each in EXAMPLE_CLASSES]
    said = run.task.answers(traced.output)[0].argmax(0).numpy()
    made = u_shape(
        layers,
        tuple(traced.input.shape[1:]),
        values=layer_values(traced.input, traced.records, layers),
        pixels=story_pixels()[UNET_WINDOW.slices],
        answer=ClassMap(np.concatenate(classes)[said, 0], list(zip(story_class_names(), classes, strict=True))),
        title=message("catalogue.title_architecture_unet"),
        agreed=run.record["report"]["accuracy"],
    )
    return made.credited(traced.credit)


@film("cnn-stages", network=WholeNetwork())
def cnn_stages(trace: Trace | None = None) -> Film:
    """Show the two stages of the story's network; or of the caller's trace."""
    traced = story_trace() if trace is None else trace
    layers = flattened_apart(condensed(traced.layers(), MOST), traced)
    made = stages(
        layers,
        tuple(traced.input.shape[1:]),
        values=layer_values(traced.input, traced.records, layers),
        unfinished=unfinished_values(traced.records, layers),
        pixels=story_pixels()[WINDOW.slices] if trace is None else pixels_of(trace),
        answers=_answers(traced, story_class_names() if trace is None else None),
    )
    return made.credited(traced.credit)


@cache
def unet_run() -> Run:
    """Open the small U-Net that comes with the package; ``scripts/example_unet.py`` made it."""
    with as_file(files("convista.catalogue") / "data" / "unet.safetensors") as path:
        return open_run(path)


@cache
def unet_trace() -> Trace:
    """Trace it on a part of the example scene that has all classes."""
    return trace(unet_run(), example_scene().patch(UNET_WINDOW))


def outline(model: str, bands: int, side: int, classes: int) -> Trace:
    """Trace a network without values: on torch's device ``"meta"`` sizes are worked out, and no number."""
    with torch.device("meta"):
        network = create_model(model, bands, classes, patch=side).eval()
        return trace(network, torch.zeros(1, bands, side, side))


def untrained(model: str, side: int, classes: int = 10, **options: Any) -> Trace:
    """Trace a network whose weights are as they are drawn at first, on a part of the example scene."""
    values = torch.from_numpy(_patch(side))
    standard = (values - values.mean((1, 2), keepdim=True)) / values.std((1, 2), keepdim=True)
    with torch.random.fork_rng():
        torch.manual_seed(SEED)
        network = create_model(model, len(COLOURS), classes, patch=side, **options).eval()
    return trace(network, standard[None])


def pixels_of(traced: Trace) -> Pixels | None:
    """Return what a network read as a photo; None where that is no image, or its values were not kept."""
    read = traced.patch.values if traced.patch is not None else traced.input[0]
    if len(read.shape) != 3 or traced.input.device.type == "meta":
        return None
    return composite(read if traced.patch is not None else traced.input[0].float().cpu().numpy(), traced.bands)


def _patch(side: int) -> NDArray[np.float32]:
    patch = example_scene().patch(Window(*CORNER, side, side), bands=COLOURS)
    return np.ascontiguousarray(patch.values.filled(0.0), np.float32)


def _film(name: str, traced: Trace, *, given: bool, values_of: Trace | None = None) -> Film:
    drawn = condensed(traced.layers(), MOST)
    patch, of = tuple(traced.input.shape[1:]), values_of or traced
    values = layer_values(of.input, of.records, drawn)
    if given:
        network = None if traced.run is None else traced.run.architecture
        pixels = pixels_of(traced)
        made = architecture(
            drawn, patch, values=values, pixels=pixels, network=network, name=f"architecture-{name}"
        )
        return made.credited(traced.credit)
    made = architecture(
        drawn,
        patch,
        values=values,
        pixels=composite(_patch(patch[-1]), COLOURS),
        named=False,
        told=message("films.architecture.untrained"),
        title=message(f"catalogue.title_architecture_{name}"),
        name=f"architecture-{name}",
    )
    return made.credited(example_scene().credit)


def flattened_apart(layers: Sequence[Layer], traced: Trace) -> tuple[Layer, ...]:
    """Return the layers with a flattening that ends one of them as a layer of its own."""
    border = next((n for n, layer in enumerate(layers) if len(layer.shape) == 1), None)
    if border is None or layers[border].operators[-1] != "reshape" or len(layers[border].operators) == 1:
        return tuple(layers)
    whole, flatten = layers[border], traced[layers[border].last]
    origins = [operand.origin for operand in flatten.operands.values() if operand.origin.kind == "record"]
    maps = traced[origins[0].record]
    first = replace(whole, last=maps.name, operators=whole.operators[:-1], shape=tuple(maps.outputs[0].shape[1:]))
    second = replace(
        whole, name=flatten.name, operator="reshape", operators=("reshape",), kernel=(), reads=(border,)
    )
    second = replace(second, parameters=0, multiply_adds=0)
    after = [
        replace(layer, reads=tuple(read + (read >= border) for read in layer.reads))
        for layer in layers[border + 1 :]
    ]
    return (*layers[:border], first, second, *after)


def _answers(traced: Trace, names: Sequence[Text] | None) -> list[Answer] | None:
    """Return what a run says of its patch: a probability for each class; None where it gives no such."""
    if traced.run is None or type(traced.run.task) is not Multiclass:
        return None
    said = traced.run.task.answers(traced.output)[0].tolist()
    known = names or [Text(each.name, each.name) for each in traced.run.classes]
    return [Answer(name, share) for name, share in zip(known, said, strict=True)]


def _block(traced: Trace, stage: int) -> Block:
    """Return the first block of a stage of a ResNet-18."""
    name = f"layer{stage}.0"
    before = "maxpool" if stage == 1 else f"layer{stage - 1}.1.relu#2"
    known = {record.name for record in traced}

    def values(record: str) -> NDArray[np.float32]:
        made: NDArray[np.float32] = traced[record].output[0].numpy()
        return made

    shortcut = f"{name}.downsample.1"
    return Block(
        stage,
        len({record.split(".")[1] for record in known if record.startswith(f"layer{stage}.")}),
        values(before),
        values(f"{name}.relu"),
        values(f"{name}.bn2"),
        values(shortcut) if shortcut in known else None,
        values(f"{name}.relu#2"),
    )
