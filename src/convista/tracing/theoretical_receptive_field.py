"""How far a layer sees by its architecture alone: from sizes, strides and paddings, whatever the values are.

The exact field of one value, with what the patch's border cuts off, is in `receptive_field.py`. This is what books
give for a layer: r' = r + (k − 1)·d·j and j' = j·s, layer by layer, r being the field's size, j the pixels between
neighbouring elements, and k, s, d kernel, stride and dilation. With its first pixel carried along, branches are
joined by the smallest interval that holds the fields of all (Araujo, Norris & Sim 2019, "Computing receptive fields
of convolutional neural networks", https://doi.org/10.23915/distill.00021). Numbers are fractions, since a
transposed convolution or an interpolation puts elements between pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from convista.operators.reach import Reach
from convista.tracing.recording.record import Origin, Record

Reaches = tuple[Reach, Reach]
"""Along rows and columns."""

_PIXEL = Reach(Fraction(0), Fraction(1), Fraction(1))


def reaches(records: Sequence[Record]) -> list[Reaches | None]:
    """Return how far each record's elements see; None where a way to the input is not known.

    A layer without rows and columns, as after flattening, sees all that the maps before it saw together.
    """
    found: list[Reaches | None] = []
    for record in records:
        sources = [_source(operand.origin, found) for operand in record.operands.values()]
        # What is not made of pixels (a parameter, a number) adds nothing; what is, in an unknown way, hides all.
        known = [source for source in sources if source is not None]
        if not known or _UNKNOWN in known:
            found.append(None)
            continue
        joined = _rows_and_columns([_join([k[axis] for k in known]) for axis in (0, 1)])
        found.append(_through(record, joined))
    return found


_UNKNOWN = (_PIXEL._replace(base=Fraction(-1)),) * 2


def _source(source: Origin, found: list[Reaches | None]) -> Reaches | None:
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
    if not record.explained:
        return None
    output = tuple(record.outputs[0].shape)
    rows, columns = (record.definition.reach(before[axis], axis, record.shapes, output) for axis in (0, 1))
    return None if rows is None or columns is None else (rows, columns)


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
