"""Running a network on its inputs while everything is recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy
from torch.utils.checkpoint import CheckpointFunction

from convista.errors import ConvistaError
from convista.learning import Run, open_run
from convista.torch_private import is_compiled
from convista.tracing.explanation.target import Target, differentiate, loss_of, position_of, probabilities
from convista.tracing.recording.inputs import Given, Inputs, inputs_of, named_tensors
from convista.tracing.recording.layer_filter import LayerFilter
from convista.tracing.recording.recorder import Recorder
from convista.tracing.recording.size import CountingStore, TraceSize, written
from convista.tracing.recording.store import DiskStore, Half, Store
from convista.tracing.trace import Trace


def trace(
    model: nn.Module | Run | str | Path,
    patch: Given,
    target: Target | None = None,
    *,
    layers: Sequence[str] | str | None = None,
    folder: str | Path | None = None,
    precision: Half | None = None,
    limit: float | None = None,
    allow_nan: bool = False,
) -> Trace:
    """Run a network on a patch and record every operator, forward and backward.

    Parameters
    ----------
    model
        A network, in the mode (training or inference) in which it is to be traced; or a run, opened or the path of
        one, whose statistics then standardise the patch.
    patch
        A patch of a scene, or an array or tensor (bands, rows, columns) or (batch, bands, rows, columns); a network
        that convolves series or volumes alone takes one axis fewer or more, and to one of recurrent layers or of
        attention that convolves nothing an array or tensor is given as it is. Masked cells become 0, after
        standardisation; for a run, so do cells that are NaN. The network's own precision is used; whole numbers in
        an array or tensor stay whole, as positions must. A network with several inputs is given a tuple of them, or
        a mapping from the names of its arguments, in which anything that is no patch, array or tensor is passed on
        as it is.
    target
        What to differentiate: the position or name of a class, for the loss of the run's task if it were true, the
        cross-entropy of a bare network; or a function from what the network gives, in the form in which it gives
        it, to one number. None records the forward pass alone.
    layers
        Layers whose values are kept: names of records, paths of modules (with all inside), or patterns such as
        ``"layer?.0.*"``. Of all others only shapes are. None keeps everything.
    folder
        A folder on disk in which the values are kept, in a temporary folder that goes with the trace; None keeps
        them in memory.
    precision
        ``"float16"`` or ``"bfloat16"`` to keep activations and gradients in half precision, whatever the network's.
        The run itself is not changed. `Trace.verify` then recomputes from the rounded values, and compares with
        rounded ones.
    limit
        The most bytes that may be kept. A run that keeps nothing measures first; see `trace_size`.
    allow_nan
        Whether inputs may hold NaN or infinities, to see how far they spread.

    Returns
    -------
    The trace. The network is left as it was: parameters, gradients, running statistics and hooks.

    Raises
    ------
    ConvistaError
        If the network is none, or is compiled, scripted, data-parallel or lazy, or cannot run on this input; if a
        class is the target and the network gives no real numbers; if the
        class or a layer is unknown, or the target is no number that depends on the input or a parameter; if the
        input has NaN; if the trace would exceed its limit, or the disk is full.
    """
    made = _prepare(model, patch, target, allow_nan=allow_nan)
    if limit is not None:
        size = _measure(made, LayerFilter(layers), precision)
        if size.total > limit:
            raise ConvistaError("tracing.over_the_limit", size=size, limit=written(limit))
    store = Store(precision) if folder is None else DiskStore(folder, precision)
    choice = LayerFilter(layers)
    leaves = {
        name: x.requires_grad_(made.goal is not None and x.is_floating_point())
        for name, x in made.inputs.tensors.items()
    }
    recorder = Recorder(made.network, store, choice)
    with _as_it_was(made.network), torch.inference_mode(False), torch.enable_grad():
        output, number, own = _run(made, recorder)
        choice.check(record.name for record in recorder.records)
        to_inputs, to_parameters = differentiate(number, leaves, made.network) if made.goal else ({}, {})
    return Trace(
        records=tuple(recorder.records),
        inputs={name: x.detach() for name, x in leaves.items()},
        outputs={name: tensor.detach() for name, tensor in named_tensors(output)},
        target=made.target,
        input_gradients=to_inputs,
        parameter_gradients=to_parameters,
        patches=made.inputs.patches,
        run=made.run,
        store=store,
        network_records=own,
        samples=made.inputs.samples,
    )


def trace_size(
    model: nn.Module | Run | str | Path,
    patch: Given,
    target: Target | None = None,
    *,
    layers: Sequence[str] | str | None = None,
    precision: Half | None = None,
) -> TraceSize:
    """Return how much `trace` would keep, for the same parameters.

    The network runs once without gradients and nothing is kept, so this costs about a prediction and is exact, but
    for values that change unseen. Random numbers are drawn and put back.

    Raises
    ------
    ConvistaError
        As `trace` does.
    """
    return _measure(_prepare(model, patch, target, allow_nan=True), LayerFilter(layers), precision)


class _Prepared(NamedTuple):
    """What is to be run, and what is to be differentiated."""

    network: nn.Module
    run: Run | None
    inputs: Inputs
    target: int | None
    goal: Callable[[Any], Tensor] | None


def _prepare(
    model: nn.Module | Run | str | Path, given: Given, target: Target | None, *, allow_nan: bool
) -> _Prepared:
    if isinstance(model, str | Path):
        model = open_run(model)
    run = model if isinstance(model, Run) else None
    network: object = model.network if isinstance(model, Run) else model
    if not isinstance(network, nn.Module):
        kind = network.__name__ if isinstance(network, type) else type(network).__name__
        raise ConvistaError("tracing.not_a_network", kind=kind)
    _refuse(network)
    inputs = inputs_of(network, given, run, allow_nan=allow_nan)
    position = position_of(target, run)
    goal = target if callable(target) else None if position is None else loss_of(position, run)
    return _Prepared(network, run, inputs, position, goal)


def _refuse(network: nn.Module) -> None:
    """Refuse networks whose calls torch does not announce one by one, and say what to trace instead."""
    for path, module in network.named_modules():
        if isinstance(module, torch.jit.ScriptModule):
            kind = "torch.jit"
        elif is_compiled(module):
            kind = "torch.compile"
        elif isinstance(module, nn.DataParallel | nn.parallel.DistributedDataParallel):
            kind = type(module).__name__
        elif any(map(is_lazy, (*module.parameters(recurse=False), *module.buffers(recurse=False)))):
            kind = "lazy"
        else:
            continue
        raise ConvistaError(f"tracing.refused_{kind.lower().split('.')[-1]}", module=path or type(network).__name__)


def _run(made: _Prepared, recorder: Recorder) -> tuple[Any, Any, int]:
    """Run the network and the target under the recorder.

    Return what the network gave, the number to differentiate, and how many records the network made.
    """
    tensors, args, kwargs = made.inputs.fed()
    for name, tensor in tensors.items():
        recorder.feed(name, tensor)
    with recorder, _without_checkpoints(), _as_written():
        try:
            output = made.network(*args, **kwargs)
        except (RuntimeError, ValueError, IndexError, TypeError, AssertionError) as error:
            whole = all(not x.is_floating_point() for x in tensors.values())
            key = "tracing.whole_numbers" if whole else "tracing.cannot_run"
            reason = "".join(str(error).splitlines()[:1])
            raise ConvistaError(key, inputs=made.inputs.shapes, reason=reason) from error
        own = len(recorder.records)
        if (made.run is not None or made.target is not None) and isinstance(output, Tensor):
            if not output.is_floating_point():
                raise ConvistaError("tracing.no_scores", dtype=str(output.dtype).removeprefix("torch."))
            probabilities(output, made.run)
        number = made.goal(output) if made.goal else None
    return output, number, own


def _measure(made: _Prepared, choice: LayerFilter, precision: Half | None) -> TraceSize:
    """Run once, keeping nothing, and count."""
    store = CountingStore(precision)
    recorder = Recorder(made.network, store, choice)
    inputs = made.inputs.tensors.values()
    devices = {x.device for x in inputs if x.device.type != "cpu"}
    kind = next((device.type for device in devices), "cuda")
    with _as_it_was(made.network), torch.random.fork_rng(devices, device_type=kind), torch.no_grad():
        _run(made, recorder)
    choice.check(record.name for record in recorder.records)
    return store.size(recorder.records, inputs, made.network.parameters(), backward=made.goal is not None)


@contextmanager
def _without_checkpoints() -> Iterator[None]:
    """Run what stands under a reentrant checkpoint as any other part.

    It would run unseen and be run again in the backward pass, which torch allows in a whole ``backward()`` only.
    Its values and gradients are the same.
    """

    def apply(function: Callable[..., Any], _preserve: bool, *args: Any) -> Any:
        return function(*args)

    CheckpointFunction.apply = staticmethod(apply)  # type: ignore[method-assign]
    try:
        yield
    finally:
        del CheckpointFunction.apply  # what it inherits is there again


def _as_written() -> AbstractContextManager[Any]:
    """Run functions that were given to torch.compile as they were written; only they load the compiler."""
    return torch.compiler.set_stance("force_eager") if "torch._dynamo" in sys.modules else nullcontext()


@contextmanager
def _as_it_was(network: nn.Module) -> Iterator[None]:
    """Put back what a run in training mode changes: running means and variances, counts of batches."""
    kept = [(buffer, buffer.detach().clone()) for buffer in network.buffers()]
    try:
        yield
    finally:
        with torch.no_grad():
            for buffer, before in kept:
                buffer.copy_(before)
