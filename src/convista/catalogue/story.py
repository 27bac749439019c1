"""The story that the films tell: one real scene, a patch of it, and a small network's way to that patch's class.

Its numbers are handed on from film to film. What a film takes of them where the caller gives nothing:

============================================  ================================================================
patches-mosaic, patches-overlap, filters      `example_scene`; the pixels seen down to numbers are `story_patch`
activation-maps, pool-shift                   `example_scene`
dense-architecture, dense-full                ``story().dense``, ``class_names``
dense-flatten-10, dense-10-7                  ``story().dense[0]``, ``story().dense[1]``
activation-softmax, losses                    ``story().logits``, ``probabilities``, ``target``, ``class_names``
backprop-*, receptive-field, cnn-stages       `story_trace`
augmentation                                  `story_patch`
gradient-descent, weight-decay                the loss of `story_run` over two weights of its first convolution
============================================  ================================================================

The worked convolution (conv-first-values, conv-step-by-step, conv2d-*, conv3d-*, conv-chain) keeps the 6×6 matrix
of the chapter; activations, poolings and flattenings take its output; conv-chain-channels and conv-layer have small
whole numbers, whose sums are done in the head. Wherever pixels of the scene are seen, `Scene.credit` has to be
said: `Film.credited` does it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np

from convista.films.wording import message
from convista.language import Text
from convista.learning import Run, open_run
from convista.operators import Array
from convista.scenes import EXAMPLE_CLASSES, Patch, Window, example_labels, example_scene
from convista.scenes.composite import COLOURS, Pixels, colour_picture
from convista.tracing import Trace, trace

FILE = "aquileia.safetensors"
"""In the folder ``data`` beside this module; ``scripts/example_run.py`` made it."""
WINDOW = Window(272, 88, 10, 10)
"""An islet in the lagoon: mostly green, with water and bare ground, so that all three classes are weighed."""
CHANNEL = 0
"""The filter of the first convolution that is followed where a film shows one: ReLU stops a part of its map."""


class ConvLayer(NamedTuple):
    """A convolution of the story with its ReLU and its pooling, float64."""

    x: Array
    """What it reads, (channels, rows, columns)."""
    kernels: Array
    """(filters, channels, 3, 3)."""
    bias: Array
    """(filters,)."""
    z: Array
    """What the convolution makes, (filters, rows − 2, columns − 2)."""
    a: Array
    """z after ReLU."""
    pooled: Array
    """a after max pooling of 2×2, (filters, (rows − 2) / 2, (columns − 2) / 2)."""


class DenseLayer(NamedTuple):
    """A dense layer of the story, float64: z = W·x + b. What the next one reads is ReLU(z)."""

    x: Array
    """(inputs,)."""
    weight: Array
    """(neurons, inputs)."""
    bias: Array
    """(neurons,)."""
    z: Array
    """(neurons,)."""


class Story(NamedTuple):
    """The numbers of the story, from pixels to probabilities."""

    patch: Patch
    """10×10 pixels, reflectance of blue, green, red, nir, (4, 10, 10), with `Patch.coordinates` on the map."""
    conv1: ConvLayer
    """4 filters: 10×10 → 8×8 → 4×4. It reads the patch standardised, by each band's mean and spread in training."""
    conv2: ConvLayer
    """10 filters: 4×4 → 2×2 → 1×1."""
    flat: Array
    """The ten numbers, (10,)."""
    dense: tuple[DenseLayer, DenseLayer, DenseLayer]
    """10 → 10 → 7 → 3."""
    logits: Array
    """z of the last layer, (3,)."""
    probabilities: Array
    """Their softmax, (3,); what the run says of the patch."""
    class_names: tuple[Text, ...]
    """In the order of the logits."""
    target: int
    """Position of the class that the labels have for most of the patch."""


@cache
def story_run() -> Run:
    """Open the network that the films show: `Mini`, trained on the example scene and its labels by a rule.

    It reads 10×10 pixels of four bands and says what most of them are: water, vegetation, or soil or buildings, by
    NDWI and NDVI alone (`example_labels`). On blocks of the scene of which training saw no pixel, it says what that
    rule says of 97 % of the patches.
    """
    with as_file(files("convista.catalogue") / "data" / FILE) as path:
        return open_run(path)


@cache
def story_patch() -> Patch:
    """Cut the patch of the story out of its scene."""
    return example_scene().patch(WINDOW)


@cache
def story_pixels() -> Pixels:
    """Return the scene as a picture, (320, 394, 3); ``[WINDOW.slices]`` of it is the patch, in the same colours."""
    scene = example_scene()
    return colour_picture(scene.read(bands=COLOURS), COLOURS)


@cache
def story_target() -> int:
    """Return the position of the class that most of the patch has by its labels."""
    found = example_labels().read(WINDOW).filled()
    return int(np.argmax([(found == each.value).sum() for each in EXAMPLE_CLASSES]))


@cache
def story_trace() -> Trace:
    """Trace the network on the patch, forward and back from the cross-entropy of its class."""
    return trace(story_run(), story_patch(), story_target())


def story_class_names() -> tuple[Text, ...]:
    """Return what the classes are called, in the order of the network's outputs."""
    return tuple(message(f"catalogue.class_{each.name.partition(' ')[0]}") for each in EXAMPLE_CLASSES)


@cache
def story() -> Story:
    """Return the numbers of the story, as the trace recorded them."""
    run = story_trace()
    dense = tuple(_dense(run, name) for name in ("dense1", "dense2", "dense3"))
    first, second, third = dense
    return Story(
        patch=story_patch(),
        conv1=_convolution(run, 1),
        conv2=_convolution(run, 2),
        flat=_output(run, "flatten"),
        dense=(first, second, third),
        logits=third.z,
        probabilities=_output(run, "softmax"),
        class_names=story_class_names(),
        target=story_target(),
    )


def _convolution(run: Trace, number: int) -> ConvLayer:
    arrays = run[f"conv{number}"].arrays()
    after = [_output(run, f"{name}{number}") for name in ("conv", "relu", "pool")]
    return ConvLayer(arrays["x"][0], arrays["weight"], arrays["bias"], *after)


def _dense(run: Trace, name: str) -> DenseLayer:
    arrays = run[name].arrays()
    return DenseLayer(arrays["x"][0], arrays["weight"], arrays["bias"], _output(run, name))


def _output(run: Trace, name: str) -> Array:
    values: Array = run[name].output[0].double().numpy()
    return values
