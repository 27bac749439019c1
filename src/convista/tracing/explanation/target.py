"""What is differentiated: one number made of what the network gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import index as to_whole
from typing import Any, SupportsIndex

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.learning import Run
from convista.learning.tasks.class_task import ClassTask
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.task import Task
from convista.suggestions import nearest

BARE: Task = Multiclass()
"""What a network is taken to be asked where nothing is known of it."""
Target = SupportsIndex | str | Callable[[Any], Tensor]


def position_of(target: Target | None, run: Run | None) -> int | None:
    """Return the position of the class that a target names; None where it is a function or nothing.

    Raises
    ------
    ConvistaError
        If there is no such class, nothing that names classes, or the target is none.
    """
    if target is None or callable(target):
        return None
    if not isinstance(target, str):
        try:
            return to_whole(target)
        except TypeError as error:
            raise ConvistaError("tracing.no_such_target", kind=type(target).__name__) from error
    if run is None:
        raise ConvistaError("tracing.names_need_a_run", target=target)
    names = [info.name for info in run.classes]
    if target not in names:
        near = nearest(target, names)
        raise ConvistaError("tracing.no_such_class", target=target, near=", ".join(near), count=len(near))
    return names.index(target)


def probabilities(output: Tensor, run: Run | None) -> None:
    """Compute, to be recorded, what outputs mean: a softmax, or a sigmoid each where each stands alone.

    A calibrated run divides its outputs by its temperature first. Nothing for a regression.
    """
    if output.ndim > 1:
        (BARE if run is None else run.task).activated(output)


def loss_of(target: int, run: Run | None, place: tuple[int, int] | None = None) -> Callable[[Any], Tensor]:
    """Return the loss of a run's task if one class were true: for every sample and pixel, or at one place only.

    See `ClassTask.loss_if`.
    """
    task = BARE if run is None else run.task

    def loss(output: Any) -> Tensor:
        if not isinstance(output, Tensor):
            raise ConvistaError("tracing.not_one_tensor", kind=type(output).__name__)
        if not isinstance(task, ClassTask) or not 0 <= target < task.alternatives_in(output):
            raise ConvistaError("tracing.no_such_output", target=target, shape=tuple(output.shape))
        if place is not None:
            output = output[:, :, place[0], place[1]]
        return task.loss_if(output, target)

    return loss


def value_at(place: tuple[int, int] | None) -> Callable[[Any], Tensor]:
    """Return the first output of the first sample, at a place where the network answers for every pixel."""

    def value(output: Any) -> Tensor:
        if not isinstance(output, Tensor):
            raise ConvistaError("tracing.not_one_tensor", kind=type(output).__name__)
        first = output[0, 0]
        return first if place is None else first[place[0], place[1]]

    return value


def differentiate(
    number: Any, inputs: dict[str, Tensor], network: nn.Module
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Return the gradients of a number with respect to the inputs and the parameters that it depends on, by name.

    The hooks of the records see every gradient on its way, and no ``.grad`` is touched.

    Raises
    ------
    ConvistaError
        If it is not one number in a tensor, depends on nothing that has a gradient, or torch cannot go back.
    """
    if not isinstance(number, Tensor) or number.numel() != 1:
        given = tuple(number.shape) if isinstance(number, Tensor) else type(number).__name__
        raise ConvistaError("tracing.not_one_number", given=given)
    if number.is_complex():
        raise ConvistaError("tracing.not_one_number", given=str(number.dtype).removeprefix("torch."))
    if not number.requires_grad:
        raise ConvistaError("tracing.depends_on_nothing")
    parameters = {name: p for name, p in network.named_parameters() if p.requires_grad}
    leaves = {name: tensor for name, tensor in inputs.items() if tensor.requires_grad}
    try:
        found = torch.autograd.grad(number, [*leaves.values(), *parameters.values()], allow_unused=True)
    except RuntimeError as error:
        if "use_reentrant" in str(error):
            raise ConvistaError("tracing.recomputed") from error
        raise ConvistaError("tracing.cannot_differentiate", reason=str(error).partition(" Hint:")[0]) from error
    to_inputs = zip(leaves, found[: len(leaves)], strict=True)
    to_parameters = zip(parameters, found[len(leaves) :], strict=True)
    return _there(to_inputs), _there(to_parameters)


def _there(gradients: Iterable[tuple[str, Tensor | None]]) -> dict[str, Tensor]:
    return {name: gradient for name, gradient in gradients if gradient is not None}
