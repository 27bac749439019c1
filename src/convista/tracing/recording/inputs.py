"""What a network is given: one patch or several, as arguments by position or by name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.learning import Run
from convista.operators import Array
from convista.scenes import Patch
from convista.torch_private import tree_map_with_path

Given = Patch | Array | Tensor | tuple[Any, ...] | list[Any] | Mapping[str, Any]

_AXES = {
    axes: tuple(kind for name, kind in vars(nn).items() if re.fullmatch(rf"\w*(Conv|[Pp]ool|Pad)\w*{axes}d", name))
    for axes in (1, 2, 3)
}
"""Modules that tell how many axes an image of their network has: none for a number, one for a series."""

_SEQUENCES = (nn.RNNBase, nn.MultiheadAttention)
"""Modules whose axes are as they say, (batch, steps, features) or the steps first, and of one sample two."""


@dataclass(frozen=True)
class Inputs:
    """The arguments of one call of a network, and the tensors among them by name."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    tensors: dict[str, Tensor]
    patches: dict[str, Patch]
    samples: int
    """How many there are in the first tensor."""

    @property
    def shapes(self) -> str:
        """Size and type of each input, for messages."""
        return ", ".join(f"{tuple(t.shape)} {str(t.dtype).removeprefix('torch.')}" for t in self.tensors.values())

    def fed(self) -> tuple[dict[str, Tensor], tuple[Any, ...], dict[str, Any]]:
        """Return tensors that the network may even change in place, by name, and the arguments made of them."""
        copies = {name: tensor.clone() for name, tensor in self.tensors.items()}
        own = {id(tensor): copies[name] for name, tensor in self.tensors.items()}
        args, kwargs = tree_map_with_path(lambda _, leaf: own.get(id(leaf), leaf), (self.args, self.kwargs))
        return copies, args, kwargs


def inputs_of(network: nn.Module, given: Given, run: Run | None, *, allow_nan: bool) -> Inputs:
    """Make the arguments of a network.

    A tuple or list holds arguments by position, a mapping by name, each of them perhaps a structure; anything else
    is the only argument. Every patch, array or tensor inside is an input, named by the parameter of ``forward`` and
    the way from there: ``"image"``, ``"batch.optical"``. Other things are passed on as they are.

    Raises
    ------
    ConvistaError
        If there is no input, or one has the wrong shape, is of no type that a network computes with, or holds NaN
        or infinities that are not allowed.
    """
    if run is not None and isinstance(given, tuple | list | Mapping):
        raise ConvistaError("tracing.run_reads_one")
    args: tuple[Any, ...] = tuple(given) if isinstance(given, tuple | list) else (given,)
    kwargs: dict[str, Any] = {}
    if isinstance(given, Mapping):
        args, kwargs = (), dict(given)
    like = next((p for p in network.parameters() if p.is_floating_point()), None)
    spatial = {n for n, kinds in _AXES.items() if any(isinstance(m, kinds) for m in network.modules())}
    as_it_is = not spatial and any(isinstance(m, _SEQUENCES) for m in network.modules())
    names = _positions(network)
    alone = not isinstance(given, tuple | list | Mapping)
    tensors: dict[str, Tensor] = {}
    patches: dict[str, Patch] = {}

    def take(path: tuple[Any, ...], leaf: Any) -> Any:
        if not isinstance(leaf, Patch | np.ndarray | Tensor):
            return leaf
        _, first, *rest = (getattr(key, "key", getattr(key, "idx", getattr(key, "name", key))) for key in path)
        first = names.get(first, first)
        name = ".".join(map(str, (first, *rest)))
        patch = _ordered(leaf, run) if isinstance(leaf, Patch) and run is not None else leaf
        x = _tensor(name, patch, run, like)
        whole = as_it_is and not isinstance(leaf, Patch)
        tensors[name] = x if whole else _batched(x, spatial, alone=alone)
        if isinstance(patch, Patch):
            patches[name] = patch
        if not allow_nan and x.is_floating_point() and not x.is_meta and not bool(torch.isfinite(x).all()):
            raise _not_finite(name, x)
        return tensors[name]

    args, kwargs = tree_map_with_path(take, (args, kwargs))
    if not tensors:
        raise ConvistaError("tracing.no_input", kind=type(given).__name__)
    return Inputs(args, kwargs, tensors, patches, _samples(network, next(iter(tensors.values())), as_it_is))


def _samples(network: nn.Module, x: Tensor, as_it_is: bool) -> int:
    """Return how many samples an input holds, by the axis in which its network has them."""
    if not as_it_is:
        return len(x) if x.ndim else 1
    sequences = (module for module in network.modules() if isinstance(module, _SEQUENCES))
    axis = 0 if all(module.batch_first for module in sequences) else 1
    # A step has features, unless it is a whole number that stands for them.
    return x.shape[axis] if x.ndim > (2 if x.is_floating_point() else 1) else 1


def named_tensors(value: Any, name: str = "") -> Iterator[tuple[str, Tensor]]:
    """Yield the tensors of what a network gave, by the way to each: ``"aux.0"``; ``""`` for a single one."""
    if isinstance(value, Tensor):
        yield name, value
        return
    parts: Any = ()
    if isinstance(value, Mapping):
        parts = value.items()
    elif hasattr(value, "_fields"):
        parts = zip(value._fields, value, strict=True)
    elif isinstance(value, tuple | list):
        parts = enumerate(value)
    elif is_dataclass(value):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
    for key, part in parts:
        yield from named_tensors(part, f"{name}.{key}".lstrip("."))


def _positions(network: nn.Module) -> dict[int, str]:
    """Return the names of the parameters of ``forward`` that can be given by position."""
    kinds = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    parameters = inspect.signature(network.forward).parameters.values()
    return dict(enumerate(p.name for p in parameters if p.kind in kinds))


def _ordered(patch: Patch, run: Run) -> Patch:
    """Return the patch with the run's bands, in the run's order."""
    if missing := [name for name in run.band_names if name not in patch.band_names]:
        given, wanted = ", ".join(patch.band_names), ", ".join(missing)
        raise ConvistaError("tracing.bands_missing", missing=wanted, count=len(missing), bands=given)
    chosen = [patch.band_names.index(name) for name in run.band_names]
    return replace(patch, values=patch.values[chosen], bands=tuple(patch.bands[n] for n in chosen))


def _tensor(name: str, given: Patch | Array | Tensor, run: Run | None, like: Tensor | None) -> Tensor:
    """Copy an input to where the network is, in its precision; whole numbers stay what they are."""
    values = given.values if isinstance(given, Patch) else given
    x: Tensor
    if run is not None and not isinstance(values, Tensor):
        x = run.standardise(np.ma.asarray(values))
    elif isinstance(values, Tensor):
        x = values
    else:
        try:
            x = torch.from_numpy(np.ma.filled(values, 0))
        except TypeError as error:
            raise ConvistaError("tracing.no_such_dtype", name=name, dtype=values.dtype) from error
    if x.is_complex():
        raise ConvistaError("tracing.no_such_dtype", name=name, dtype=str(x.dtype).removeprefix("torch."))
    if x.is_meta and like is not None and not like.is_meta:
        raise ConvistaError("tracing.input_on_meta", name=name, device=like.device)
    floating = x.is_floating_point() or isinstance(given, Patch)
    dtype = like.dtype if like is not None and floating else x.dtype
    return x.detach().to(device=None if like is None else like.device, dtype=dtype, copy=True)


def _batched(x: Tensor, spatial: set[int], *, alone: bool) -> Tensor:
    """Put the batch axis in front of one image, one series or one volume that lacks it.

    A network that convolves images, or nothing, takes three axes as one image; one that convolves series alone
    takes two axes, one that convolves volumes alone takes four, as one sample.
    """
    axes = 2 if 2 in spatial or not spatial else min(spatial)
    if x.ndim == axes + 1:
        x = x[None]
    if alone and spatial and x.ndim - 2 not in spatial:
        raise ConvistaError("tracing.not_a_patch", shape=tuple(x.shape))
    return x


def _not_finite(name: str, x: Tensor) -> ConvistaError:
    wrong = ~torch.isfinite(x)
    first = tuple(int(n) for n in wrong.nonzero()[0])
    nan = int(torch.isnan(x).sum())
    infinite = int(wrong.sum()) - nan
    return ConvistaError("tracing.not_finite", name=name, nan=nan, infinite=infinite, size=x.numel(), first=first)
