"""The network of a saved run, with its weights: one of ours, or one of the user's own if the user says so."""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from convista.errors import ConvistaError
from convista.learning.runs.description import Description
from convista.learning.runs.storage import Stored, damaged
from convista.models.own import imported, is_own, made_by
from convista.models.probing import check_output_form, probed
from convista.models.registry import ARCHITECTURES, create_model

Network = nn.Module | Callable[..., nn.Module] | str
"""A network, what makes it, or ``"module:name"`` to import that from."""


def restored(stored: Stored, said: Description, given: Network | None, *, trust: bool) -> nn.Module:
    """Make the network of a run, in evaluation mode.

    Weights are read only when each is known to have the name and the shape that the network has for it.

    Raises
    ------
    ConvistaError
        As `open_run`.
    """
    if isinstance(given, str) and given != said.architecture:
        raise ConvistaError("learning.runs.other_network", file=stored.file, named=said.architecture, given=given)
    ours = said.architecture in ARCHITECTURES and (given is None or isinstance(given, str))
    network = _outlined(stored, said) if ours else _own(stored, said, given, trust=trust)
    if any(map(is_lazy, network.parameters())):
        probed(network, len(said.bands), said.patch)
    _check_shapes(network, stored)
    own = network.state_dict()
    weights = {name: tensor.to(own[name].dtype, copy=True) for name, tensor in stored.tensors().items()}
    network.load_state_dict(weights, assign=ours)  # else weights that are tied would be two
    for name, weight in network.named_parameters():
        if not bool(torch.isfinite(weight).all()):
            raise ConvistaError("learning.runs.weights_not_finite", file=stored.file, name=name)
    if not ours:
        check_output_form(network, len(said.bands), said.patch, said.task.outputs, pixels=said.label_rule.of_pixels)
    return network.eval()


def _outlined(stored: Stored, said: Description) -> nn.Module:
    """Make a network of `ARCHITECTURES` that has shapes and no memory yet."""
    try:
        with torch.device("meta"):
            return create_model(
                said.architecture, len(said.bands), said.task.outputs, patch=said.patch, **_options(said, stored)
            )
    except (ConvistaError, RuntimeError, OverflowError) as error:  # numbers that torch cannot multiply, too
        raise damaged(stored.file, error) from error


def _options(said: Description, stored: Stored) -> dict[str, object]:
    if reserved := {"name", "bands", "classes", "patch"} & set(said.options):
        raise ConvistaError("learning.runs.reserved_option", file=stored.file, option=min(reserved))
    return dict(said.options)


def _own(stored: Stored, said: Description, given: Network | None, *, trust: bool) -> nn.Module:
    name, bands, outputs = said.architecture, len(said.bands), said.task.outputs
    if isinstance(given, nn.Module):
        return copy.deepcopy(given)
    if callable(given):
        return made_by(given, getattr(given, "__qualname__", str(given)), bands, outputs, said.options)
    if not is_own(name):
        raise ConvistaError("learning.runs.unknown_network", file=stored.file, names=", ".join(ARCHITECTURES))
    if given is None and not trust:
        raise ConvistaError("learning.runs.own_network", file=stored.file, name=name)
    return imported(name, bands, outputs, said.options)


def _check_shapes(network: nn.Module, stored: Stored) -> None:
    """See that the file has a tensor for each of the network's, of its shape, and no other."""
    own = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    missing, strange = sorted(own.keys() - stored.shapes.keys()), sorted(stored.shapes.keys() - own.keys())
    if missing or strange:
        told = {"missing": _few(missing), "strange": _few(strange), "lacking": len(missing), "extra": len(strange)}
        raise ConvistaError("learning.runs.other_weights", file=stored.file, **told)
    for name, shape in own.items():
        if stored.shapes[name] != shape:
            there = stored.shapes[name]
            raise ConvistaError("learning.runs.other_sizes", file=stored.file, name=name, own=shape, there=there)


def _few(names: list[str]) -> str:
    return ", ".join(ascii(name)[1:-1][:60] for name in names[:4]) + (" …" if len(names) > 4 else "") or "–"
