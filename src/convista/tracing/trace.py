"""A traced run: the record of everything that a network did with its inputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, SupportsIndex

import numpy as np
from torch import Tensor

from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.architecture.architecture import MOST, architecture
from convista.language import Text
from convista.learning import Run
from convista.operators import Index, Term
from convista.operators.conv import Conv
from convista.operators.conv_transpose import ConvTranspose
from convista.scenes import Patch
from convista.tracing.explanation.explain import Arrays, Pixel, TracedExplanation, by_effect, explain_record
from convista.tracing.explanation.gradient import Gradients, TracedGradient
from convista.tracing.explanation.values import RecordedValues
from convista.tracing.layer_values import layer_values
from convista.tracing.receptive_field import ReceptiveField, receptive_field
from convista.tracing.recording.layer_filter import no_such_layer
from convista.tracing.recording.record import Record
from convista.tracing.recording.store import Store
from convista.tracing.summary import Layers, condensed, layers
from convista.tracing.verification.result import Verification
from convista.tracing.verification.sample import verify_sample
from convista.tracing.verification.verify import verify


@dataclass(frozen=True, repr=False)
class Trace:
    """Every operator of one run, forward and, where there was a target, backward."""

    records: tuple[Record, ...]
    """In the order in which they ran."""
    inputs: dict[str, Tensor]
    """What the network read, by the names of its arguments: (batch, bands, rows, columns), standardised if a run
    was traced."""
    outputs: dict[str, Tensor]
    """What the network gave, by the way to each tensor: ``"logits"``, ``"aux.0"``; ``""`` for a single one."""
    target: int | None
    """Position of the class whose cross-entropy was differentiated, if that was the target."""
    input_gradients: dict[str, Tensor]
    """Gradient of the target with respect to each input that it depends on."""
    parameter_gradients: dict[str, Tensor]
    """Gradient of the target with respect to each parameter that it depends on."""
    patches: dict[str, Patch]
    """The inputs that were patches, their bands as the network read them; they give pixels their place."""
    run: Run | None
    """The run, where one was traced; it gives the statistics and the classes."""
    store: Store
    """What keeps the values; what it has on disk goes with it."""
    network_records: int
    """How many of the records the network made; those after them say what its outputs mean, and make the target."""
    samples: int
    """How many samples the network read at once."""

    @property
    def input(self) -> Tensor:
        """The first input, most often the only one."""
        return next(iter(self.inputs.values()))

    @property
    def output(self) -> Tensor:
        """The first tensor that the network gave, most often logits (batch, classes).

        Raises
        ------
        ConvistaError
            If it gave none.
        """
        if not self.outputs:
            raise ConvistaError("tracing.no_output")
        return next(iter(self.outputs.values()))

    @property
    def input_gradient(self) -> Tensor | None:
        """Gradient of the target with respect to the first input."""
        return self.input_gradients.get(next(iter(self.inputs)))

    @property
    def patch(self) -> Patch | None:
        """The first input, if it was a patch."""
        return self.patches.get(next(iter(self.inputs)))

    @property
    def credit(self) -> Text | None:
        """What has to be said wherever the patch is shown, see `Scene.credit`."""
        return None if self.patch is None else self.patch.credit

    @property
    def bands(self) -> tuple[str, ...]:
        """Names of the first input's bands, where the run or the patch knows them."""
        return self.bands_of(next(iter(self.inputs)))

    def bands_of(self, name: str) -> tuple[str, ...]:
        """Return the names of an input's bands, where the run or the patch knows them."""
        if self.run is not None:
            return self.run.band_names
        return self.patches[name].band_names if name in self.patches else ()

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __repr__(self) -> str:
        unknown = sum(not record.explained for record in self.records)
        read, gave = (
            ", ".join(str(tuple(t.shape)) for t in tensors.values()) for tensors in (self.inputs, self.outputs)
        )
        count = "1 operator" if len(self) == 1 else f"{len(self)} operators"
        by_function = self.target is None and (self.input_gradients or self.parameter_gradients)
        target = "a function" if by_function else self.target
        return f"<Trace of {count}, {unknown} not explained: {read} → {gave}, target {target}>"

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, layer: str | int) -> Record:
        """Return a record by its name or its position.

        Raises
        ------
        ConvistaError
            If there is none; the message suggests the nearest names.
        """
        if isinstance(layer, SupportsIndex):
            if not -len(self.records) <= int(layer) < len(self.records):
                raise ConvistaError("tracing.no_such_position", position=layer, count=len(self.records))
            return self.records[int(layer)]
        names = [record.name for record in self.records]
        if layer in names:
            return self.records[names.index(layer)]
        raise no_such_layer(layer, names)

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
        return self._explain(self[layer], index, output)

    def explain_path(self, layer: str | int, index: Index) -> Iterator[TracedExplanation | Pixel]:
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
            Name or position of a record, for an element of its output; ``"input"``, or ``"input.radar"`` where
            there are several, for a pixel that the network read; or a parameter's name, such as ``"conv1.weight"``.
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
        source = values.find(self[name].name if isinstance(name, SupportsIndex) else name, output)
        found = Gradients(values, self._arrays, self._follow).explain(source, index)
        if source.kind != "input":
            return found
        pixel = self._pixel(source.name, Term("x", found.index, found.element, None, None, found.element))
        return replace(found, pixel=pixel)

    def gradient_path(self, name: str | int, index: Index) -> Iterator[TracedGradient]:
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

    def receptive_field(self, layer: str | int, index: Index, of_input: str | None = None) -> ReceptiveField:
        """Return the pixels that a value can depend on, how much it does, and where they lie on the ground.

        Parameters are those of `explain`, and the name of the input whose pixels are meant, where there are
        several; None is the first. The field is exact for this input size: branches, strides, dilations and padding
        are followed. That normalisation in training reads the whole batch is not.

        Raises
        ------
        ConvistaError
            As `explain` does, if there is no such input, and if no way leads to its pixels.
        """
        name = next(iter(self.inputs)) if of_input is None else of_input
        if name not in self.inputs:
            raise ConvistaError("tracing.no_such_input", name=name, known=", ".join(self.inputs))
        grid = self.patches[name].grid if name in self.patches else None
        return receptive_field(self.records, self[layer], index, name, grid)

    def layers(self) -> Layers:
        """Return what the network is made of: shape, parameters, multiply-adds and field of each layer.

        The loss, and what else the target is made of, are no layers of it.
        """
        return layers(self.records[: self.network_records], self.samples)

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
            values = layer_values(self.input, self.records, drawn)
            return architecture(drawn, patch, values=values, network=known).shown(**shown)
        record = self[layer]
        record.require_values()
        if isinstance(record.applied, Conv | ConvTranspose) and (bands := self._bands_read(record)):
            shown.setdefault("band_names", bands)
        return film_of(record, **shown)

    def verify(self, sample: int | None = None, seed: int = 0) -> Verification:
        """Recompute values and gradients from the written definitions and report the largest errors.

        Where values were kept in half precision, outputs are recomputed from the rounded operands and compared with
        the rounded outputs; `Verification.tolerance` allows for it. Gradients are then not compared: rounding makes
        equals of numbers that were not, and a maximum sends its gradient to another of them.

        Parameters
        ----------
        sample
            How many elements of each output and gradient to recompute, drawn by chance, and one of each
            parameter's: for networks of which all would take too long or too much memory. None recomputes all.
        seed
            Of that chance.

        Raises
        ------
        ConvistaError
            If the sample is smaller than 1.
        """
        if sample is None:
            found = verify(self._values(), gradients=not self.store.rounds)
        elif sample >= 1:
            rng = np.random.default_rng(seed)
            found = verify_sample(self._values(), sample, rng, gradients=not self.store.rounds)
        else:
            raise ConvistaError("tracing.no_sample", sample=sample)
        return replace(found, rounded=self.store.rounds)

    @cached_property
    def _arrays(self) -> Arrays:
        """Operands as the definitions take them; the last record's are kept for whoever asks for the next value."""
        return lru_cache(maxsize=1)(Record.arrays)

    def _values(self) -> RecordedValues:
        return RecordedValues(self.records, self.input_gradients, self.parameter_gradients)

    def _explain(self, record: Record, index: Index, output: int = 0) -> TracedExplanation:
        return explain_record(record, index, self._arrays, self._follow, self._bands_read(record), output)

    def _bands_read(self, record: Record) -> tuple[str, ...]:
        """Return the names of the channels of the operand ``x``, where it is an input with bands."""
        read = record.operands.get("x")
        return self.bands_of(read.origin.name) if read is not None and read.origin.kind == "input" else ()

    def _follow(self, record: Record, term: Term) -> TracedExplanation | Pixel:
        source = record.operands[term.operand].origin
        if source.kind == "record":
            return self._explain(self.records[source.record], term.index, source.output)
        if source.kind == "input":
            return self._pixel(source.name, term)
        raise ConvistaError("tracing.nothing_before", operand=term.operand, layer=record.name)

    def _pixel(self, name: str, term: Term) -> Pixel:
        # A series is an image of one row, a vector one of one pixel; a volume's last axes are rows and columns.
        _, channel, *place = (0,) * (2 - len(term.index)) + term.index
        row, column = (0, 0, *place)[-2:]
        value, mean, std, x, y, crs = term.value, None, None, None, None, None
        if self.run is not None:
            mean, std = float(self.run.mean[channel]), float(self.run.std[channel])
            value = value * std + mean
        if name in self.patches:
            patch = self.patches[name]
            value = float(patch.values.filled(np.nan)[channel, row, column])
            x, y = patch.grid.coordinates(row, column)
            crs = str(patch.grid.crs) if patch.grid.crs else None
        bands = self.bands_of(name)
        band = bands[channel] if bands else f"band{channel + 1}"
        return Pixel(band, row, column, term.value, value, x, y, crs, mean, std, input=name, index=term.index)
