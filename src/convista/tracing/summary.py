"""What a network is made of, as a trace saw it: shapes, parameters, multiply-adds, and how far layers see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from convista.language import say
from convista.tables import aligned
from convista.tracing.recording.record import Origin, Record
from convista.tracing.theoretical_receptive_field import Reaches, reaches


@dataclass(frozen=True, repr=False)
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
    multiply_adds: int | None
    """For one sample: products of convolutions, dense layers and matrices, as in attention, each with its addition;
    no others. None if it does something whose products nobody can count."""
    field: tuple[int, int] | None
    """Rows and columns of its receptive field, before the patch's border cuts anything off; None if not known."""
    reads: tuple[int, ...]
    """Positions of the layers that it reads, −1 for the input."""

    def __repr__(self) -> str:
        work = "unknown" if self.multiply_adds is None else self.multiply_adds
        costs = f"{self.parameters} parameters, {work} multiply-adds"
        return f"<Layer {self.name}: {self.operator} → {self.shape}, {costs}>"


class Layers(tuple[Layer, ...]):
    """The layers of a network, in the order in which they ran; `print` shows them as a table."""

    def __repr__(self) -> str:
        parameters, work = sum(layer.parameters for layer in self), _added(layer.multiply_adds for layer in self)
        count = "1 layer" if len(self) == 1 else f"{len(self)} layers"
        return f"<{count}: {parameters} parameters, {'unknown' if work is None else work} multiply-adds>"

    def __str__(self) -> str:
        head = tuple(
            say(f"tracing.layer_{key}") for key in ("name", "operator", "shape", "parameters", "work", "field")
        )
        whole = (say("tracing.total"), "", "", *_counts(self), "")
        rows = [head, *(_row(layer) for layer in self), whole]
        return "\n".join(aligned(rows, words=2, indent=""))


def _row(layer: Layer) -> tuple[str, ...]:
    field = "–" if layer.field is None else "×".join(map(str, layer.field))
    kernel = "×".join(map(str, layer.kernel))
    shape = "×".join(map(str, layer.shape or (1,)))
    return layer.name, f"{layer.operator} {kernel}".rstrip(), shape, *_counts([layer]), field


def _counts(some: Sequence[Layer]) -> tuple[str, str]:
    work = _added(layer.multiply_adds for layer in some)
    return str(sum(layer.parameters for layer in some)), say("tracing.unknown") if work is None else str(work)


def _added(counts: Iterable[int | None]) -> int | None:
    """Return a sum, which is not known if one of its parts is not."""
    known = list(counts)
    return None if None in known else sum(count for count in known if count is not None)


def layers(records: Sequence[Record], samples: int = 1) -> Layers:
    """Return the layers of a network in the order in which they ran, for a run of so many samples.

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
    return Layers(
        _layer(n, group, owner, seen[group[-1].position], counted, samples) for n, group in enumerate(groups)
    )


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
                multiply_adds=_added(layer.multiply_adds for layer in members),
                field=last.field,
                reads=tuple(sorted(reads)),
            )
        )
    return tuple(merged)


def _layer(
    position: int, group: list[Record], owner: dict[int, int], seen: Reaches | None, counted: set[str], samples: int
) -> Layer:
    first, last = group[0], group[-1]
    reads = {-1 if s.kind == "input" else owner[s.record] for r in group for s in _sources(r)}
    parameters = 0
    for record in group:
        for value, source in record.operands.values():
            if source.learned and source.name not in counted:
                counted.add(source.name)
                parameters += value.numel()
    work = _added(record.multiply_adds for record in group)
    return Layer(
        name=first.name,
        operator=first.operator,
        last=last.name,
        operators=tuple(record.operator for record in group),
        shape=tuple(last.outputs[0].shape[1:]),
        kernel=first.definition.window_size(first.shapes) if first.explained else (),
        parameters=parameters,
        multiply_adds=None if work is None else work // max(1, samples),
        field=None if seen is None else (ceil(seen[0].size), ceil(seen[1].size)),
        reads=tuple(sorted(reads - {position})),
    )


def _sources(record: Record) -> list[Origin]:
    return [operand.origin for operand in record.operands.values() if operand.origin.kind in {"record", "input"}]


def _joins(record: Record) -> bool:
    """Tell whether a record goes on with a layer: it leaves the size as it is, up to axes of length 1."""
    made = [n for n in record.outputs[0].shape[1:] if n > 1]
    return (
        record.explained
        and record.definition.finishes_a_layer
        and any(
            [n for n in operand.value.shape[1:] if n > 1] == made
            for operand in record.operands.values()
            if operand.origin.kind == "record"
        )
    )
