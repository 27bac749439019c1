"""Running a network on a patch while everything is recorded."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.learning import Run, open_run
from convista.operators import Array
from convista.scenes import Patch
from convista.tracing.record import Recorder
from convista.tracing.trace import Trace

Target = int | str | Callable[[Tensor], Tensor]


def trace(
    model: nn.Module | Run | str | Path, patch: Patch | Array | Tensor, target: Target | None = None
) -> Trace:
    """Run a network on a patch and record every operator, forward and backward.

    Parameters
    ----------
    model
        A network, in the mode (training or inference) in which it is to be traced; or a run, opened or the path of
        one, whose statistics then standardise the patch.
    patch
        A patch of a scene, or an array or tensor (bands, rows, columns) or (batch, bands, rows, columns). Masked
        cells become 0, after standardisation; for a run, so do cells that are NaN. The network's own precision is
        used.
    target
        What to differentiate: the position or name of a class, for its cross-entropy loss; or a function from the
        network's output to one number. None records the forward pass alone.

    Returns
    -------
    The trace. The network is left as it was: parameters, gradients, running statistics and hooks.

    Raises
    ------
    ConvistaError
        If the network is compiled, scripted or data-parallel, cannot run on this input or gives something else
        than one tensor, or if the class is unknown.
    """
    if isinstance(model, str | Path):
        model = open_run(model)
    run = model if isinstance(model, Run) else None
    network = model.network if isinstance(model, Run) else model
    _refuse(network)
    if isinstance(patch, Patch) and run is not None:
        patch = _ordered(patch, run)
    x = _as_input(network, patch, run)
    wanted = _as_position(target, run) if isinstance(target, int | str) else target
    goal = _loss(wanted, len(x)) if isinstance(wanted, int) else wanted
    recorder = Recorder(network)
    recorder.feed(x.requires_grad_(goal is not None))
    with _buffers_kept(network), torch.enable_grad():
        with recorder:
            output = _forward(network, x)
            if run is not None or isinstance(wanted, int):
                torch.softmax(output, dim=1)
            number = goal(output) if goal else None
        input_gradient, parameter_gradients = _differentiate(number, x, network)
    return Trace(
        records=tuple(recorder.records),
        input=x.detach(),
        output=output.detach(),
        target=wanted if isinstance(wanted, int) else None,
        input_gradient=input_gradient,
        parameter_gradients=parameter_gradients,
        patch=patch if isinstance(patch, Patch) else None,
        run=run,
    )


def _refuse(network: nn.Module) -> None:
    """Refuse networks whose calls torch does not announce one by one, and say what to trace instead."""
    for path, module in network.named_modules():
        if isinstance(module, torch.jit.ScriptModule):
            kind = "torch.jit"
        elif hasattr(module, "_orig_mod"):
            kind = "torch.compile"
        elif isinstance(module, nn.DataParallel | nn.parallel.DistributedDataParallel):
            kind = type(module).__name__
        else:
            continue
        raise ConvistaError(f"tracing.refused_{kind.lower().split('.')[-1]}", module=path or type(network).__name__)


def _ordered(patch: Patch, run: Run) -> Patch:
    """Return the patch with the run's bands, in the run's order."""
    if missing := [name for name in run.band_names if name not in patch.band_names]:
        given, wanted = ", ".join(patch.band_names), ", ".join(missing)
        raise ConvistaError("tracing.bands_missing", missing=wanted, bands=given)
    chosen = [patch.band_names.index(name) for name in run.band_names]
    return replace(patch, values=patch.values[chosen], bands=tuple(patch.bands[n] for n in chosen))


def _as_input(network: nn.Module, patch: Patch | Array | Tensor, run: Run | None) -> Tensor:
    like = next((p for p in network.parameters() if p.is_floating_point()), torch.empty(0))
    values = patch.values if isinstance(patch, Patch) else patch
    if run is not None and not isinstance(values, Tensor):
        x = run.standardise(np.ma.asarray(values))
    elif isinstance(values, Tensor):
        x = values
    else:
        x = torch.from_numpy(np.ma.filled(values, 0))
    if x.ndim == 3:
        x = x[None]
    if x.ndim != 4:
        raise ConvistaError("tracing.not_a_patch", shape=tuple(x.shape))
    return x.detach().to(device=like.device, dtype=like.dtype, copy=True)


def _as_position(target: int | str, run: Run | None) -> int:
    if run is None:
        if isinstance(target, str):
            raise ConvistaError("tracing.names_need_a_run", target=target)
        return target
    names = [info.name for info in run.classes]
    if isinstance(target, str):
        if target not in names:
            near = difflib.get_close_matches(target, names, n=3, cutoff=0.3) or names
            raise ConvistaError("tracing.no_such_class", target=target, near=", ".join(near))
        return names.index(target)
    return target


@contextmanager
def _buffers_kept(network: nn.Module) -> Iterator[None]:
    """Put back what a run in training mode changes: running means and variances, counts of batches."""
    kept = [(buffer, buffer.detach().clone()) for buffer in network.buffers()]
    try:
        yield
    finally:
        with torch.no_grad():
            for buffer, before in kept:
                buffer.copy_(before)


def _forward(network: nn.Module, x: Tensor) -> Tensor:
    try:
        output = network(x)
    except (RuntimeError, ValueError, IndexError) as error:
        reason = str(error).splitlines()[0]
        raise ConvistaError("tracing.cannot_run", shape=tuple(x.shape), reason=reason) from error
    if not isinstance(output, Tensor):
        raise ConvistaError("tracing.not_one_tensor", kind=type(output).__name__)
    return output


def _loss(target: int, batch: int) -> Callable[[Tensor], Tensor]:
    """Return the cross-entropy for one true class, the same for every sample."""
    true = torch.full((batch,), target)

    def loss(output: Tensor) -> Tensor:
        if output.ndim != 2 or not 0 <= target < output.shape[1]:
            raise ConvistaError("tracing.no_such_output", target=target, shape=tuple(output.shape))
        return functional.cross_entropy(output, true.to(output.device))

    return loss


def _differentiate(number: Any, x: Tensor, network: nn.Module) -> tuple[Tensor | None, dict[str, Tensor]]:
    """Go backward; the hooks of the records see every gradient on its way, and no ``.grad`` is touched."""
    if number is None:
        return None, {}
    if not isinstance(number, Tensor) or number.numel() != 1:
        raise ConvistaError("tracing.not_one_number")
    parameters = {name: p for name, p in network.named_parameters() if p.requires_grad}
    found: Any = torch.autograd.grad(number, [x, *parameters.values()], allow_unused=True)
    to_input, *to_parameters = found
    named = zip(parameters, to_parameters, strict=True)
    return to_input, {name: gradient for name, gradient in named if gradient is not None}
