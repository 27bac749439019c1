"""What a network answers, found by asking it once."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.mode import evaluating

SIDES = (16, 32, 64, 128, 224, 256)
"""Rows and columns that are tried, to tell which would do, where a network cannot run on those it was given."""


def probed(network: nn.Module, bands: int, patch: int) -> Tensor:
    """Return a network's answer, in evaluation mode, to one empty patch; layers that were lazy have weights then.

    Raises
    ------
    ConvistaError
        If it cannot run on such a patch, with what it could run on where that can be told; or gives something other
        than one tensor.
    """
    try:
        answer = _asked(network, bands, patch)
    except ConvistaError:
        raise
    except Exception as error:  # whatever the network's own code raises
        raise _cannot_run(network, bands, patch, error) from error
    if not isinstance(answer, Tensor):
        raise not_one_tensor(network, answer)
    return answer


def not_one_tensor(network: nn.Module, answer: object) -> ConvistaError:
    """Return the error that says what a network gives instead, and by what names."""
    kind = type(answer).__name__
    if isinstance(answer, Mapping):
        kind += f" ({', '.join(map(str, answer))})"
    elif isinstance(answer, tuple | list):
        kind += f" ({', '.join(type(one).__name__ for one in answer)})"
    return ConvistaError("models.not_one_tensor", network=type(network).__name__, kind=kind)


class OutputForm(NamedTuple):
    """What a network answers."""

    pixels: bool
    """Whether it answers for each pixel of a patch; else once."""
    outputs: int
    """Numbers of an answer."""


def output_form(network: nn.Module, bands: int, patch: int) -> OutputForm:
    """Ask a network what it answers to learn by: once a patch, (batch, outputs), or for each pixel of it.

    Raises
    ------
    ConvistaError
        As `probed`, and if its answer has another form.
    """
    answer, name = probed(network, bands, patch), type(network).__name__
    shape = tuple(answer.shape)
    if not answer.is_floating_point():
        raise ConvistaError("models.answers_not_scores", network=name, dtype=str(answer.dtype).split(".")[-1])
    if len(shape) not in {2, 4} or shape[0] != 1 or (shape[2:] == (1, 1) and patch > 1):
        raise ConvistaError("models.no_answer", network=name, shape=shape, patch=patch)
    if shape[2:] not in {(), (patch, patch)}:
        rows, columns = shape[2:]
        raise ConvistaError("models.answers_of_other_size", network=name, rows=rows, columns=columns, patch=patch)
    return OutputForm(len(shape) == 4, shape[1])


def check_output_form(network: nn.Module, bands: int, patch: int, outputs: int, *, pixels: bool) -> None:
    """See that a network answers as a task asks.

    Raises
    ------
    ConvistaError
        As `output_form`, and if it answers for pixels what is asked of patches, or with other numbers.
    """
    found, name = output_form(network, bands, patch), type(network).__name__
    if found.pixels != pixels:
        raise ConvistaError(f"models.answers_for_{'patches' if pixels else 'pixels'}", network=name)
    if found.outputs != outputs:
        raise ConvistaError("models.count_of_outputs", network=name, gives=found.outputs, outputs=outputs)


def check_trainable(network: nn.Module, bands: int, patch: int, *, batch: int = 2) -> None:
    """See that a network has something to learn, and answers in training as it does in evaluation.

    Parameters
    ----------
    batch
        Patches that it learns from at a time; batch normalisation cannot, of one, where maps have come down to a
        pixel.

    Raises
    ------
    ConvistaError
        If not: some give the answers of further branches beside their own while they are trained.
    """
    if not any(weight.requires_grad for weight in network.parameters()):
        raise ConvistaError("models.nothing_to_learn", network=type(network).__name__)
    trial, shape = copy.deepcopy(network).train(), probed(network, bands, patch).shape
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        try:
            answer: object = trial(_empty(trial, batch, bands, patch))
        except ConvistaError:
            raise
        except Exception as error:  # whatever the network's own code raises
            raise _cannot_run(trial, bands, patch, error) from error
    if not isinstance(answer, Tensor) or answer.shape != (batch, *shape[1:]):
        told = not_one_tensor(network, answer).values["kind"]
        told = tuple(answer.shape[1:]) if isinstance(answer, Tensor) else told
        asked = tuple(shape[1:])
        raise ConvistaError("models.other_in_training", network=type(network).__name__, told=told, asked=asked)


def _asked(network: nn.Module, bands: int, patch: int) -> object:
    with torch.no_grad(), evaluating(network):
        answer: object = network(_empty(network, 1, bands, patch))
    return answer


def _empty(network: nn.Module, count: int, bands: int, patch: int) -> Tensor:
    """Return empty patches, where the network's weights are and as exact."""
    weights = (p for p in network.parameters() if p.is_floating_point() and not nn.parameter.is_lazy(p))
    return next(weights, torch.empty(0)).new_zeros(count, bands, patch, patch)


def _cannot_run(network: nn.Module, bands: int, patch: int, error: Exception) -> ConvistaError:
    """Return the error that says why, and with how many bands, or what patch, it could run."""
    reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    told = {"network": type(network).__name__, "bands": bands, "patch": patch, "reason": reason}
    first = next((module for module in network.modules() if isinstance(module, nn.Conv2d)), None)
    own = bands if first is None else first.in_channels
    if own != bands and _runs(network, own, patch):
        return ConvistaError("models.takes_other_bands", **told, own=own)
    for side in SIDES:
        if side != patch and _runs(network, bands, side):
            return ConvistaError("models.takes_other_patch", **told, side=side)
    return ConvistaError("models.cannot_run", **told)


def _runs(network: nn.Module, bands: int, patch: int) -> bool:
    try:
        _asked(network, bands, patch)
    except Exception:  # whatever the network's own code raises
        return False
    return True
