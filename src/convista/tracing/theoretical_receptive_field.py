"""How far a layer sees by its architecture alone: from sizes, strides and paddings, whatever the values are.

The exact field of one value, with what the patch's border cuts off, is in `receptive_field.py`. This is what books
give for a layer: r' = r + (k − 1)·d·j and j' = j·s, layer by layer (Araujo et al. 2019), with branches joined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from convista.operators.registry import OPERATORS
from convista.tracing.recording.record import Record, Source


class Reach(NamedTuple):
    """Along one axis: element i of a layer can depend on the inputs from start + i·step on, ``size`` at most."""

    start: Fraction
    base: Fraction
    step: Fraction
    """How many inputs apart the fields of neighbours are on average: the product of the strides so far."""
    grain: Fraction = Fraction(1)
    """How many inputs apart they are where they differ: on a way up again, several neighbours see the same."""
    further: Fraction = Fraction(0)
    """How far windows have reached since ``base``; on a coarse grain they see whole grains."""

    @property
    def size(self) -> Fraction:
        """How many inputs an element sees, at most."""
        return self.base + self.grain * ceil(self.further / self.grain)

    def reaching(self, further: Fraction) -> Reach:
        """Return what a window sees that reaches further."""
        return self._replace(further=self.further + further)

    def refined(self, by: Fraction) -> Reach:
        """Return what is seen after elements have been put between elements."""
        return Reach(self.start, self.size, self.step / by, max(self.grain, self.step if by > 1 else self.grain))


Reaches = tuple[Reach, Reach]
"""Along rows and columns."""

_PIXEL = Reach(Fraction(0), Fraction(1), Fraction(1))


def reaches(records: Sequence[Record]) -> list[Reaches | None]:
    """Return how far each record's elements see; None where a way to the input is not known.

    A layer without rows and columns, as after flattening, sees all that the maps before it saw together.
    """
    found: list[Reaches | None] = []
    for record in records:
        sources = [_source(operand.source, found) for operand in record.operands.values()]
        # What is not made of pixels (a parameter, a number) adds nothing; what is, in an unknown way, hides all.
        known = [source for source in sources if source is not None]
        if not known or _UNKNOWN in known:
            found.append(None)
            continue
        joined = _rows_and_columns([_join([k[axis] for k in known]) for axis in (0, 1)])
        found.append(_through(record, joined))
    return found


_UNKNOWN = (_PIXEL._replace(base=Fraction(-1)),) * 2


def _source(source: Source, found: list[Reaches | None]) -> Reaches | None:
    if source.kind == "input":
        return _PIXEL, _PIXEL
    if source.kind == "record":
        return found[source.record] or _UNKNOWN
    return None


def _through(record: Record, before: Reaches) -> Reaches | None:
    x = next(iter(record.operands.values())).value.shape
    if len(record.outputs[0].shape) != 4:
        # Whatever mixes positions is taken to read all of them.
        return _rows_and_columns([_all(before[axis], x[2 + axis] if len(x) == 4 else 1) for axis in (0, 1)])
    rule = _RULES.get(record.operator)
    if rule is not None:
        return _rows_and_columns([rule(record, before[axis], axis) for axis in (0, 1)])
    # Anything else that keeps rows and columns does so place by place, if it has a definition.
    kept = record.operator in OPERATORS and len(x) == 4 and x[2:] == record.outputs[0].shape[2:]
    return before if kept else None


def _rows_and_columns(both: Sequence[Reach]) -> Reaches:
    return both[0], both[1]


def _join(ways: Sequence[Reach]) -> Reach:
    """Return what is seen over several ways together."""
    start = min(way.start for way in ways)
    end = max(way.start + way.size for way in ways)
    if len(ways) == 1:
        return ways[0]
    return Reach(start, end - start, max(way.step for way in ways), max(way.grain for way in ways))


def _all(seen: Reach, length: int) -> Reach:
    """Return what a whole row of elements sees together."""
    return seen.reaching((length - 1) * seen.step)._replace(step=length * seen.step)


def _window(record: Record, seen: Reach, axis: int) -> Reach:
    given = record.attributes
    kernel = given["kernel"][axis] if "kernel" in given else record.operands["weight"].value.shape[2 + axis]
    before = given.get("padding", ((0, 0), (0, 0)))[axis][0]
    further = (kernel - 1) * given.get("dilation", (1, 1))[axis]
    start = seen.start - before * seen.step
    return seen.reaching(further * seen.step)._replace(start=start, step=seen.step * given["stride"][axis])


def _spread(record: Record, seen: Reach, axis: int) -> Reach:
    given, kernel = record.attributes, record.operands["weight"].value.shape[2 + axis]
    stride, further = given["stride"][axis], (kernel - 1) * given["dilation"][axis]
    before = given["padding"][axis][0]
    # Output i lies in the windows of the inputs from ⌈(i + P − D(K − 1)) / S⌉ to ⌊(i + P) / S⌋.
    first, last = ceil(Fraction(before - further, stride)), floor(Fraction(before, stride))
    reads = max(1, last - first + 1, floor(Fraction(further, stride)) + 1)
    spread = seen.reaching((reads - 1) * seen.step)._replace(start=seen.start + first * seen.step)
    return spread.refined(Fraction(stride))


def _cells(record: Record, seen: Reach, axis: int) -> Reach:
    long, short = (shape[2 + axis] for shape in (record.operands["x"].value.shape, record.outputs[0].shape))
    reads = ceil(Fraction(long, short)) + bool(long % short)
    return seen.reaching((reads - 1) * seen.step)._replace(step=seen.step * Fraction(long, short))


def _nearest(record: Record, seen: Reach, axis: int) -> Reach:
    long, short = (shape[2 + axis] for shape in (record.operands["x"].value.shape, record.outputs[0].shape))
    return seen.refined(Fraction(short, long))


def _linear(record: Record, seen: Reach, axis: int) -> Reach:
    return _nearest(record, seen.reaching(seen.step), axis)


def _margin(record: Record, seen: Reach, axis: int) -> Reach:
    return seen._replace(start=seen.start - record.attributes["margins"][2 + axis][0] * seen.step)


_RULES: dict[str, Callable[[Record, Reach, int], Reach]] = {
    **dict.fromkeys(("conv2d", "max_pool2d", "average_pool2d", "min_pool2d", "sum_pool2d", "l2_pool2d"), _window),
    **dict.fromkeys(("mixed_pool2d", "stochastic_pool2d"), _window),
    **dict.fromkeys(("global_average", "global_max", "adaptive_average", "adaptive_max"), _cells),
    "conv_transpose2d": _spread,
    "resample_nearest": _nearest,
    "resample_linear": _linear,
    "pad": _margin,
}
