"""Films of what a network did: the same builders, fed from the record of a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any, Protocol

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.registry import OPERATORS_FILMED
from convista.operators import Array

PER_SAMPLE = ("x", "mask", "chosen", "rows", "columns")
"""Operands of which each sample has its own: what is read, and what was drawn by chance for it."""


class Recorded(Protocol):
    """What a film reads of a record of a trace."""

    name: str

    @property
    def operator(self) -> str:
        """The operator's name."""

    @property
    def definition(self) -> Any:
        """The operator with its numbers."""

    def arrays(self) -> Mapping[str, Array]:
        """Return the operands, float64, by the names that the definition gives them."""


@dataclass
class OneSample:
    """The record of a batch as if one of its samples had come alone; its name says which: ``conv1[2]``."""

    name: str
    operator: str
    definition: Any
    operands: Mapping[str, Array]

    @classmethod
    def of(cls, record: Recorded, sample: int) -> OneSample:
        """Choose a sample, counted from 0.

        Raises
        ------
        ConvistaError
            If there is no such sample.
        """
        arrays, own = record.arrays(), slice(sample, sample + 1)
        samples = len(arrays["x"])
        if not 0 <= sample < samples:
            raise ConvistaError("films.maps.no_such_sample", sample=sample, last=samples - 1)
        name = f"{record.name}[{sample}]" if samples > 1 else record.name
        chosen = {
            operand: values[own] if operand in PER_SAMPLE and len(values) == samples else values
            for operand, values in arrays.items()
        }
        return cls(name, record.operator, record.definition, chosen)

    def arrays(self) -> Mapping[str, Array]:
        """Return the operands, with a batch of one."""
        return self.operands


def film_of(
    record: Recorded,
    *,
    size: tuple[int, int] = (960, 540),
    language: str | None = None,
    theme: str = "dark",
    **data: Any,
) -> Film:
    """Show how a traced operator came to its output.

    Parameters
    ----------
    record
        A record of a trace: ``trace["conv1"]``.
    size, language, theme
        How it is shown, as in `Film.shown`.
    **data
        What of it is shown, such as ``channel=``, the feature map, and ``sample=`` of a batch, both counted from 0;
        ``band_names=`` where the input channels are bands. Films of normalisations and of softmax show the batch.

    Raises
    ------
    ConvistaError
        If there is no film of this operator, or the record has nothing of what is asked for.
    """
    if record.operator not in OPERATORS_FILMED:
        filmed = ", ".join(OPERATORS_FILMED)
        raise ConvistaError("films.no_film_of", layer=record.name, operator=record.operator, filmed=filmed)
    build, of_a_batch = OPERATORS_FILMED[record.operator]
    takes = [*signature(build).parameters][1:]
    alone = not of_a_batch and "sample" not in takes
    if alone:
        takes.append("sample")
    if unknown := sorted(set(data) - set(takes)):
        shown = {"layer": record.name, "unknown": ", ".join(unknown), "takes": ", ".join(takes) or "–"}
        raise ConvistaError("films.no_such_option", **shown)
    read: Recorded = OneSample.of(record, data.pop("sample", 0)) if alone else record
    return build(read, **data).shown(size=size, language=language, theme=theme)
