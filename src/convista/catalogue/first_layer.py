"""The first layer of a ResNet-18 that this package trained on EuroSAT patches: its filters, and what they see.

``scripts/first_layer.py`` trained it and wrote the file beside this module; docs/results.md has the command.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike
from safetensors import safe_open
from torch import Tensor, nn

from convista.catalogue.networks import WholeNetwork
from convista.errors import ConvistaError, note
from convista.films.conv.activation_maps import activation_maps as maps_film
from convista.films.film import Film
from convista.films.filters.learned import filters_learned as learned_film
from convista.films.registry import film
from convista.films.stage.imagery import composite
from convista.films.stage.maps import Channels
from convista.learning import Run, open_snapshots
from convista.learning.runs.description import description_of
from convista.learning.runs.storage import run_file
from convista.operators import Array
from convista.scenes import Scene, Window, example_scene
from convista.tracing import Trace, trace

FILE = "first_layer.safetensors"
COLOURS = ("red", "green", "blue")
LARGEST = 256
"""Rows and columns of an image whose maps are shown, at most."""
BRIGHTEST = 0.275
"""The reflectance that is 255 in EuroSAT's RGB patches; 0 is 1, and what lies between is linear."""


class FirstLayer(NamedTuple):
    """What the file holds."""

    tensors: dict[str, Tensor]
    """Of each parameter and statistic, one after the other: before training, and after each epoch."""
    about: dict[str, Any]


@cache
def first_layer() -> FirstLayer:
    """Read the file that comes with the package."""
    with as_file(files("convista.catalogue") / "data" / FILE) as path, safe_open(path, "pt") as file:
        return FirstLayer(
            {name: file.get_tensor(name).float() for name in file.keys()},  # noqa: SIM118  it is no mapping
            json.loads(file.metadata()["about"]),
        )


@film("filters-learned")
def filters_learned(
    weights: ArrayLike | None = None, snapshots: str | Path | None = None, run: Run | None = None
) -> Film:
    """Show the filters of the trained ResNet-18 epoch by epoch, or the caller's.

    Parameters
    ----------
    weights
        As the builder takes them, (epochs, filters, bands, size, size).
    snapshots
        A file that ``train(…, snapshots=…)`` wrote, or the run's folder: its first convolution is shown, with the
        accuracy of each epoch where the run lies beside it.
    run
        Or the run beside which that file lies.

    Raises
    ------
    ConvistaError
        If there is no such file, or no convolution over images in it.
    """
    if run is not None:
        if run.source is None:
            raise ConvistaError("catalogue.run_without_folder")
        snapshots = run.source.parent
    if snapshots is not None:
        return _of_snapshots(Path(snapshots))
    if weights is not None:
        return learned_film(weights)
    layer = first_layer()
    after = [epoch["accuracy"] for epoch in layer.about["epochs"]]
    return learned_film(layer.tensors["conv1.weight"].numpy(), accuracies=[None, *after])


def _of_snapshots(path: Path) -> Film:
    kept = open_snapshots(path)
    filters = next((kept.weights[name] for name in kept.names if kept.weights[name].ndim == 5), None)
    if filters is None:
        raise ConvistaError("catalogue.no_filters_kept", file=path, names=", ".join(kept.names))
    folder = path if path.is_dir() else path.parent
    known: dict[int, float | None] = {}
    if run_file(folder).is_file():
        epochs = description_of(folder).record.get("epochs", [])
        known = {epoch["epoch"]: epoch.get("accuracy") for epoch in epochs}
    accuracies = [known.get(number) for number in kept.epochs]
    return learned_film(filters.float().numpy(), epochs=kept.epochs, accuracies=accuracies)


@film("activation-maps", network=WholeNetwork())
def activation_maps(
    image: Channels | None = None,
    scene: Scene | None = None,
    trace: Trace | None = None,
    band_names: Sequence[str] = (),
) -> Film:
    """Show what every filter of the first layer of the trained ResNet-18 makes of one patch.

    Parameters
    ----------
    image
        Red, green and blue as EuroSAT has them, (3, rows, columns) of 1 … 255; None for a patch of a scene. One of
        more than `LARGEST` pixels a side is made smaller by averaging.
    scene
        One with red, green and blue as reflectance; the 64×64 pixels in its middle are shown. None for the
        story's scene.
    trace
        Of the caller's own network, instead: its first convolution is shown, and what follows up to its activation.
    band_names
        Of the image's bands: red, green and blue are taken where they are among them.

    Raises
    ------
    ConvistaError
        If the image has other bands or values, or the scene is no reflectance.
    """
    if trace is not None:
        return _of_trace(trace, composite(trace.input[0].numpy(), trace.bands)).credited(trace.credit)
    if image is None:
        shown = example_scene() if scene is None else scene
        patch = _of_scene(shown)
        return _of_trace(traced_first_layer(patch), composite(patch, COLOURS)).credited(shown.credit)
    patch = _of_image(np.ma.filled(np.ma.asarray(image).astype(np.float32), np.nan), list(band_names))
    return _of_trace(traced_first_layer(patch), composite(patch, COLOURS))


def traced_first_layer(patch: Array) -> Trace:
    """Trace convolution, normalisation and ReLU of the best epoch on a patch as EuroSAT has it."""
    layer = first_layer()
    best = layer.about["best_epoch"]
    network = nn.Sequential()
    network.add_module("conv1", nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False))
    network.add_module("bn1", nn.BatchNorm2d(64))
    network.add_module("relu", nn.ReLU())
    state = network.state_dict()
    state |= {name: values[best] for name, values in layer.tensors.items()}
    network.load_state_dict(state)
    mean, std = (np.asarray(layer.about[what], np.float32)[:, None, None] for what in ("mean", "std"))
    standardised = np.nan_to_num((patch - mean) / std, nan=0.0)
    return trace(network.eval(), torch.from_numpy(standardised))


def _of_scene(scene: Scene) -> Array:
    """Return the middle of a scene scaled as EuroSAT scaled Sentinel-2: reflectance 0 … 0.275 to 1 … 255."""
    side = min(64, *scene.shape)
    window = Window((scene.height - side) // 2, (scene.width - side) // 2, side, side)
    values = scene.read(window, COLOURS).filled(np.nan)
    if np.nanmax(values, initial=0.0) > 2:
        raise ConvistaError("catalogue.not_reflectance", scene=scene.name)
    scaled: Array = 1 + 254 * np.clip(values / BRIGHTEST, 0, 1)
    return scaled


def _of_image(values: Array, names: list[str]) -> Array:
    """Return red, green and blue of an image, of 0 … 255, no larger than the film can show."""
    if set(COLOURS) <= set(names) and len(names) == len(values):
        values = values[[names.index(name) for name in COLOURS]]
    if values.ndim != 3 or len(values) != 3 or not values.size:
        raise ConvistaError("catalogue.not_rgb", shape=values.shape)
    largest = float(np.nanmax(values, initial=0.0))
    if not 1 < largest <= 255 or np.nanmin(values, initial=0.0) < 0:
        raise ConvistaError("catalogue.not_bytes", largest=f"{largest:.6g}")
    times = -(-max(values.shape[1:]) // LARGEST)
    if times == 1:
        return values
    rows, columns = (max(1, side // times) for side in values.shape[1:])
    # A side shorter than a block is a block of its own.
    blocks = values[:, : rows * times, : columns * times].reshape(3, rows, -1, columns, times)
    note("catalogue.image_made_smaller", rows=values.shape[1], columns=values.shape[2], times=times)
    smaller: Array = blocks.mean(axis=(2, 4))
    return smaller


def _of_trace(traced: Trace, pixels: Any) -> Film:
    """Take the first convolution over pixels, and what follows it up to its activation."""
    first = next((r for r in traced.records if r.operator == "conv2d"), None)
    if first is None:
        raise ConvistaError("catalogue.no_convolution")
    chain = [first]
    for record in traced.records[first.position + 1 :]:
        reads = [o.origin.record for o in record.operands.values() if o.origin.kind == "record"]
        if reads != [chain[-1].position] or record.output.shape != first.output.shape:
            break
        chain.append(record)
        if record.operator not in {"batch_norm", "group_norm", "instance_norm", "identity"}:
            break
    return maps_film(
        pixels,
        [(record.name, record.operator, record.output[0].double().numpy()) for record in chain],
        first.operands["weight"].value.double().numpy(),
        stride=first.attributes["stride"],
        padding=first.attributes["padding"],
    )
