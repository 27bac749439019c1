"""Torch's own graph of a run: what a value was made of, where no call was announced."""

from __future__ import annotations

from typing import Generic, TypeVar

from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node

Known = TypeVar("Known")


class KnownNodes(Generic[Known]):
    """The places of the graph at which something is known, and the ways back to them."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[Node, int], Known] = {}
        self._leaves: dict[int, Known] = {}

    def mark(self, tensor: Tensor, known: Known) -> None:
        """Say what is known of a tensor."""
        if tensor.grad_fn is not None:
            self._nodes[tensor.grad_fn, tensor.output_nr] = known
        elif tensor.requires_grad:
            self._leaves[id(tensor)] = known

    def before(self, tensor: Tensor) -> Known | None:
        """Return what is known of the value that a tensor was, before an operator that changes nothing."""
        before, number = tensor.grad_fn.next_functions[tensor.output_nr]  # type: ignore[union-attr]
        return None if before is None else self._at(before, number)

    def behind(self, node: Node | None) -> list[Known]:
        """Return what is known of the nearest values that an operator of the graph was made of, each once."""
        waiting = [] if node is None else [node]
        seen, found = set[tuple[Node, int]](), dict[int, Known]()
        while waiting:
            for before, number in waiting.pop().next_functions:
                if before is None or (before, number) in seen:
                    continue
                seen.add((before, number))
                known = self._at(before, number)
                if known is None:
                    waiting.append(before)
                else:
                    found[id(known)] = known
        return list(found.values())

    def _at(self, node: Node, number: int) -> Known | None:
        leaf = getattr(node, "variable", None)
        return self._nodes.get((node, number)) if leaf is None else self._leaves.get(id(leaf))

    def clear(self) -> None:
        """Let go of the graph."""
        self._nodes.clear()
        self._leaves.clear()


def function_of_ones_own(node: object) -> str | None:
    """Return the name of the `torch.autograd.Function` that made a value, if one did."""
    return type(node).__name__.removesuffix("Backward") if isinstance(node, BackwardCFunction) else None


def is_a_hook(node: Node | None) -> bool:
    """Tell whether an operator of the graph only stands there for a module's hooks of the backward pass."""
    return function_of_ones_own(node) == "BackwardHookFunction"
