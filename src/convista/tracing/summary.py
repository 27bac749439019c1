"""What a network is made of, as a trace saw it: shapes, parameters, multiply-adds, and how far layers see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, prod

from convista.operators.registry import OPERATORS
from convista.tracing.reach import Reaches, reaches
from convista.tracing.record import Record, Source

FAMILIES = frozenset({"activation", "softmax", "norm", "dropout", "arithmetic"})
JOINED = frozenset(
    name
    for name, operator in OPERATORS.items()
    if operator.define.__module__.rpartition(".")[2].partition("_")[0] in FAMILIES
) | {"reshape", "permute", "expand", "flip"}
"""Operators that finish a layer rather than begin one, where they leave its size as it is."""


@dataclass(frozen=True)
class Layer:
    """One layer: an operator that makes new maps, with the normalisation, activation and addition after it."""

    name: str
    """Of its first record."""
    operator: str
    """The operator that begins it."""
    last: str
    """Name of its last record, whose output is the layer's."""
    operators: tuple[str, ...]
    """All that it does, in order."""
    shape: tuple[int, ...]
    """Of the output, without the batch."""
    kernel: tuple[int, ...]
    """Rows and columns of its kernel or window; empty where it has none."""
    parameters: int
    """Learned numbers, each counted where it is first used."""
    multiply_adds: int
    """For one sample: products of convolutions and dense layers, each with its addition; no others."""
    field: tuple[int, int] | None
    """Rows and columns of its receptive field, before the patch's border cuts anything off; None if not known."""
    reads: tuple[int, ...]
    """Positions of the layers that it reads, −1 for the input."""


def layers(records: Sequence[Record]) -> tuple[Layer, ...]:
    """Return the layers of a network in the order in which they ran.

    Nothing here reads a value, so that a network can be summed up on torch's device ``"meta"``, at any size.
    """
    owner: dict[int, int] = {}
    groups: list[list[Record]] = []
    for record in records:
        before = [owner[s.record] for s in _sources(record) if s.record in owner]
        if before and _joins(record):
            owner[record.position] = max(before)
            groups[max(before)].append(record)
        else:
            owner[record.position] = len(groups)
            groups.append([record])
    seen, counted = reaches(records), set[str]()
    return tuple(_layer(n, group, owner, seen[group[-1].position], counted) for n, group in enumerate(groups))


def condensed(whole: Sequence[Layer], most: int) -> tuple[Layer, ...]:
    """Put neighbouring layers together until there are at most so many: those of one module, the innermost first.

    A layer of several has the name of the module, the shape and field of its last, and sums of what they cost.
    """
    found = tuple(whole)
    depth = max((layer.name.count(".") for layer in found), default=0)
    while len(found) > most and depth > 0:
        paths = [".".join(layer.name.split(".")[:depth]) for layer in found]
        found = _merged(found, paths)
        depth -= 1
    if len(found) > most:
        found = _merged(found, [str(n * most // len(found)) for n in range(len(found))], found)
    return found


def _merged(
    found: tuple[Layer, ...], keys: Sequence[str], named: Sequence[Layer] | None = None
) -> tuple[Layer, ...]:
    """Put neighbours of one key together; it is their name, unless they are named after the first of them."""
    groups: list[list[int]] = []
    for n in range(len(found)):
        if n and keys[n] == keys[n - 1]:
            groups[-1].append(n)
        else:
            groups.append([n])
    owner = {n: g for g, group in enumerate(groups) for n in group}
    merged = []
    for g, group in enumerate(groups):
        members = [found[n] for n in group]
        first, last = members[0], members[-1]
        reads = {owner.get(read, -1) for layer in members for read in layer.reads} - {g}
        alone = len(members) == 1
        merged.append(
            Layer(
                name=first.name if alone or named else keys[group[0]],
                operator=first.operator if alone else "module",
                last=last.last,
                operators=tuple(name for layer in members for name in layer.operators),
                shape=last.shape,
                kernel=first.kernel if alone else (),
                parameters=sum(layer.parameters for layer in members),
                multiply_adds=sum(layer.multiply_adds for layer in members),
                field=last.field,
                reads=tuple(sorted(reads)),
            )
        )
    return tuple(merged)


def _layer(
    position: int, group: list[Record], owner: dict[int, int], seen: Reaches | None, counted: set[str]
) -> Layer:
    first, last = group[0], group[-1]
    reads = {-1 if s.kind == "input" else owner[s.record] for r in group for s in _sources(r)}
    parameters = 0
    for record in group:
        for value, source in record.operands.values():
            if source.learned and source.name not in counted:
                counted.add(source.name)
                parameters += value.numel()
    return Layer(
        name=first.name,
        operator=first.operator,
        last=last.name,
        operators=tuple(record.operator for record in group),
        shape=tuple(last.outputs[0].shape[1:]),
        kernel=_kernel(first),
        parameters=parameters,
        multiply_adds=sum(multiply_adds(record) for record in group),
        field=None if seen is None else (ceil(seen[0].size), ceil(seen[1].size)),
        reads=tuple(sorted(reads - {position})),
    )


def multiply_adds(record: Record) -> int:
    """Return how many products a record adds up for one sample: of convolutions, dense layers and matrices."""
    operands, output = record.operands, record.outputs[0]
    batch = max(1, output.shape[0]) if output.ndim else 1
    if record.operator.startswith("conv_transpose"):
        return operands["x"].value.numel() * prod(operands["weight"].value.shape[1:]) // batch
    if record.operator.startswith("conv"):
        return output.numel() * prod(operands["weight"].value.shape[1:]) // batch
    if record.operator in {"dense", "matmul"}:
        return output.numel() * next(iter(operands.values())).value.shape[-1] // batch
    return 0


def _sources(record: Record) -> list[Source]:
    return [operand.source for operand in record.operands.values() if operand.source.kind in {"record", "input"}]


def _joins(record: Record) -> bool:
    """Tell whether a record goes on with a layer: it leaves the size as it is, up to axes of length 1."""
    made = [n for n in record.outputs[0].shape[1:] if n > 1]
    return record.operator in JOINED and any(
        [n for n in operand.value.shape[1:] if n > 1] == made
        for operand in record.operands.values()
        if operand.source.kind == "record"
    )


def _kernel(record: Record) -> tuple[int, ...]:
    if "kernel" in record.attributes:
        return tuple(record.attributes["kernel"])
    weight = record.operands.get("weight")
    return tuple(weight.value.shape[2:]) if record.operator.startswith("conv") and weight is not None else ()
