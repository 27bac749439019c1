"""A traced run: the record of everything a network did with one patch."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from torch import Tensor

from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.architecture import MOST, architecture
from convista.learning import Run
from convista.operators import Index, Term
from convista.scenes import Patch
from convista.tracing.explain import Arrays, Pixel, TracedExplanation, by_effect, explain_record
from convista.tracing.gradient import Gradients, TracedGradient
from convista.tracing.receptive_field import ReceptiveField, receptive_field
from convista.tracing.record import Record
from convista.tracing.summary import Layer, condensed, layers
from convista.tracing.values import Values
from convista.tracing.verify import Verification, verify


@dataclass(frozen=True, repr=False)
class Trace:
    """Every operator of one run, forward and, where there was a target, backward."""

    records: tuple[Record, ...]
    """In the order in which they ran."""
    input: Tensor
    """What the network read: (batch, bands, rows, columns), standardised if a run was traced."""
    output: Tensor
    """What the network gave, most often logits (batch, classes)."""
    target: int | None = None
    """Position of the class whose cross-entropy was differentiated, if that was the target."""
    input_gradient: Tensor | None = None
    """Gradient of the target with respect to the input."""
    parameter_gradients: dict[str, Tensor] = field(default_factory=dict)
    """Gradient of the target with respect to each parameter that it depends on."""
    patch: Patch | None = None
    """The patch, its bands as the network read them, where the input was one; it gives pixels their place."""
    run: Run | None = None
    """The run, where one was traced; it gives the statistics and the classes."""

    @property
    def bands(self) -> tuple[str, ...]:
        """Names of the input's bands, where the run or the patch knows them."""
        if self.run is not None:
            return self.run.band_names
        return self.patch.band_names if self.patch is not None else ()

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __repr__(self) -> str:
        unknown = sum(not record.explained for record in self.records)
        return (
            f"<Trace of {len(self)} operators, {unknown} not explained: "
            f"{tuple(self.input.shape)} → {tuple(self.output.shape)}, target {self.target}>"
        )

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, layer: str | int) -> Record:
        """Return a record by its name or its position.

        Raises
        ------
        ConvistaError
            If there is none; the message suggests the nearest names.
        """
        if isinstance(layer, int):
            if not -len(self.records) <= layer < len(self.records):
                raise ConvistaError("tracing.no_such_position", position=layer, count=len(self.records))
            return self.records[layer]
        names = [record.name for record in self.records]
        if layer in names:
            return self.records[names.index(layer)]
        near = difflib.get_close_matches(layer, names, n=4, cutoff=0.3) or names[:4]
        raise ConvistaError("tracing.no_such_layer", layer=layer, near=", ".join(near))

    def explain(self, layer: str | int, index: Index, output: int = 0) -> TracedExplanation:
        """Take one value apart into terms, recomputed in float64 from the written definition.

        Parameters
        ----------
        layer
            Name or position of a record.
        index
            Position in its output, counted from 0: (channel, row, column) of a feature map, (class,) of logits.
            The batch position stands in front and may be left out where there is one sample.
        output
            Which output, from 0, where the operator gives several, as a split does.

        Raises
        ------
        ConvistaError
            If there is no such layer or position, or no definition covers the operator.
        """
        return self._explain(self[layer], tuple(index), output)

    def way(self, layer: str | int, index: Index) -> Iterator[TracedExplanation | Pixel]:
        """Explain a value, then the value behind its largest term, and so on, down to a pixel.

        The way ends early where the largest term was made by nothing in the run, or where there are no terms, as in
        a margin of zeros.
        """
        step: TracedExplanation | Pixel = self.explain(layer, index)
        yield step
        while isinstance(step, TracedExplanation) and step.terms:
            try:
                step = step.terms[by_effect(step)[0]].follow()
            except ConvistaError:
                return
            yield step

    def explain_gradient(self, name: str | int, index: Index, output: int = 0) -> TracedGradient:
        """Take the gradient of the target with respect to one value apart, into what it hears from upstream.

        Parameters
        ----------
        name
            Name or position of a record, for an element of its output; ``"input"``, for a pixel as the network read
            it; or the name of a parameter, such as ``"conv1.weight"``.
        index
            Position in that output, input or parameter, counted from 0: (band, row, column) of the input. The batch
            position of outputs and inputs stands in front and may be left out where there is one sample.
        output
            Which output of the record, from 0, where the operator gives several.

        Returns
        -------
        The sum over all operators that read the value, recomputed in float64 from their definitions and from the
        gradients recorded at their outputs. A parameter of a module that is called twice hears both calls.

        Raises
        ------
        ConvistaError
            If there is no such value, the run had no target or one that does not depend on it, or an operator
            without a definition read it.
        """
        values = self._values()
        source = values.find(self[name].name if isinstance(name, int) else name, output)
        found = Gradients(values, self._arrays, self._follow).explain(source, tuple(index))
        if source.kind != "input":
            return found
        pixel = self._pixel(Term("x", found.index, found.element, None, None, found.element))
        return replace(found, pixel=pixel)

    def gradient_way(self, name: str | int, index: Index) -> Iterator[TracedGradient]:
        """Explain a gradient, then the upstream gradient of its largest term, and so on, up to the target.

        The way ends early where an operator without a definition read the value, or where there are no terms, as of
        a pixel that no window reads.
        """
        step = self.explain_gradient(name, index)
        yield step
        while step.terms:
            try:
                step = step.terms[by_effect(step)[0]].follow()
            except ConvistaError:
                return
            yield step

    def receptive_field(self, layer: str | int, index: Index) -> ReceptiveField:
        """Return the pixels that a value can depend on, how much it does, and where they lie on the ground.

        Parameters are those of `explain`. The field is exact for this input size: branches, strides, dilations and
        padding are followed. That normalisation in training reads the whole batch is not.

        Raises
        ------
        ConvistaError
            As `explain` does, and if no way leads to pixels.
        """
        grid = None if self.patch is None else self.patch.grid
        return receptive_field(self.records, self[layer], tuple(index), grid)

    def layers(self) -> tuple[Layer, ...]:
        """Return what the network is made of: shape, parameters, multiply-adds and field of each layer."""
        return layers(self.records)

    def film(self, layer: str | int | None = None, **shown: Any) -> Film:
        """Show how a record came to its output, or the whole network layer by layer, as a film.

        Parameters
        ----------
        layer
            Name or position of a record; None for the network.
        **shown
            What of a record, such as ``channel=3``, and how: ``size``, ``language`` and ``theme``; see
            `convista.films.film_of`. A network of many layers is drawn by its modules.

        Raises
        ------
        ConvistaError
            If there is no such layer, no film of its operator, or nothing of what is asked for.
        """
        if layer is None:
            known = None if self.run is None else self.run.architecture
            drawn, patch = condensed(self.layers(), MOST), tuple(self.input.shape[1:])
            return architecture(drawn, patch, network=known).shown(**shown)
        record = self[layer]
        if record.operator.startswith("conv") and self.bands and record.operands["x"].source.kind == "input":
            shown.setdefault("band_names", self.bands)
        return film_of(record, **shown)

    def verify(self) -> Verification:
        """Recompute every value and gradient from the written definitions and report the largest errors."""
        return verify(self._values())

    @cached_property
    def _arrays(self) -> Arrays:
        """Operands as the definitions take them; the last record's are kept for whoever asks for the next value."""
        return lru_cache(maxsize=1)(Record.arrays)

    def _values(self) -> Values:
        inputs = {} if self.input_gradient is None else {"": self.input_gradient}
        return Values(self.records, inputs, self.parameter_gradients)

    def _explain(self, record: Record, index: Index, output: int = 0) -> TracedExplanation:
        read = record.operands.get("x")
        bands = self.bands if read is not None and read.source.kind == "input" else ()
        return explain_record(record, index, self._arrays, self._follow, bands, output)

    def _follow(self, record: Record, term: Term) -> TracedExplanation | Pixel:
        source = record.operands[term.operand].source
        if source.kind == "record":
            return self._explain(self.records[source.record], term.index, source.output)
        if source.kind == "input":
            return self._pixel(term)
        raise ConvistaError("tracing.nothing_before", operand=term.operand, layer=record.name)

    def _pixel(self, term: Term) -> Pixel:
        _, channel, row, column = term.index
        value, mean, std, x, y, crs = term.value, None, None, None, None, None
        if self.run is not None:
            mean, std = float(self.run.mean[channel]), float(self.run.std[channel])
            value = value * std + mean
        if self.patch is not None:
            value = float(self.patch.values.filled(np.nan)[channel, row, column])
            x, y = self.patch.grid.coordinates(row, column)
            crs = str(self.patch.grid.crs) if self.patch.grid.crs else None
        band = self.bands[channel] if self.bands else f"band{channel + 1}"
        return Pixel(band, row, column, term.value, value, x, y, crs, mean, std)
