"""The formula of a neuron under the stage: its symbols typeset, and the numbers that they stand for."""

from __future__ import annotations

from convista.films.dense.layer import DenseLayer
from convista.films.dense.symbols import Symbols
from convista.films.stage.marks import Formula, Words
from convista.films.stage.typeset import Line, Part, Tex, Written
from convista.films.wording import as_written, bracketed, equality, written
from convista.language import Text

COLOURS = {"row": "window", "is": "muted", "sum of": "muted", "times": "muted", "plus": "muted"}


class NeuronFormula:
    """z[j] = Σ W[j,:] ⊙ x + b[j] and what the activation makes of it: of any neuron in the same places."""

    def __init__(self, layer: DenseLayer, symbols: Symbols, decimals: int) -> None:
        self._layer, self._symbols, self._decimals = layer, symbols, decimals
        all_of_it = [self._standing(j, summed=True, biased=True, activated=True) for j in layer.neurons]
        self._line = Line(
            [Part(key, [one[key] for one in all_of_it], COLOURS.get(key, "text")) for key in all_of_it[0]]
        )

    def drawn(
        self, neuron: int, *, summed: bool = True, biased: bool = True, activated: bool = True
    ) -> tuple[Words | Formula, ...]:
        """Return the formula of a neuron, and of its numbers those that are known."""
        return self._line.drawn(self._standing(neuron, summed=summed, biased=biased, activated=activated))

    def _standing(self, j: int, *, summed: bool, biased: bool, activated: bool) -> dict[str, Written]:
        s, layer, decimals = self._symbols, self._layer, self._decimals
        standing: dict[str, Written] = {
            "name": Tex(rf"{s.tex('z')}[{j + 1}]"),
            "is": Tex("="),
            "sum of": Tex(r"\Sigma"),
            "row": Tex(rf"{s.tex('W')}[{j + 1}{{,}}:]"),
            "times": Tex(r"\odot"),
            "x": Tex(s.tex("x")),
            "plus": Tex("+"),
            "b": Tex(rf"{s.tex('b')}[{j + 1}]"),
        }
        value, parts = layer.explain(j).value, (layer.summed(j), layer.explain(j).bias)
        equals = equality(sum(as_written(part, decimals) for part in parts), value, decimals)
        if summed:
            standing["sum"] = _after("=", written(parts[0], decimals))
            standing["bias"] = _after("+", bracketed(parts[1], decimals))
        if biased:
            standing["total"] = _after(equals, written(value, decimals))
        if activated and layer.activation is not None:
            name = f"     {s.line('a')}[{j + 1}] ="
            standing["after"] = Text(*(f"{name} {line}" for line in written(layer.activated(j), decimals)))
        return standing


def _after(sign: str, number: Text) -> Text:
    return Text(*(f" {sign} {line}" for line in number))
