"""The equations under the way back through a dense layer: symbols typeset, and the numbers that they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convista.films.backprop.layer import BackLayer
from convista.films.stage.marks import Formula, Words
from convista.films.stage.typeset import Line, Part, Tex, Written
from convista.films.wording import as_written, bracketed, decimals_for, enough_digits, message, written
from convista.language import Text

LISTED = 4
"""How many products an equation lists."""
Marks = tuple[Words | Formula, ...]


class LayerEquations:
    """The equations of one layer."""

    def __init__(self, layer: BackLayer) -> None:
        self._layer, n = layer, layer.number
        self._read = "x" if n == 1 else f"a_{{{n - 1}}}"

    def product(self, j: int, i: int) -> Marks:
        """Return one element of ∂W as the product that it is."""
        n, ((error, value),) = self._layer.number, self._layer.factors("weight", j, i)
        result = self._layer.to_weight[j, i]
        decimals, equals = enough_digits(
            result, lambda digits: digits(error) * digits(value), decimals_for([error, value, result])
        )
        numbers = written(error, decimals), bracketed(value, decimals), written(result, decimals)
        worked = Text(*(f" = {a}·{b} {equals} {c}" for a, b, c in zip(*numbers, strict=True)))
        return _line(
            {
                "name": Tex(rf"\partial W_{{{n}}}[{j + 1}{{,}}{i + 1}] ="),
                "error": Tex(rf"\delta_{{{n}}}[{j + 1}]"),
                "read": Tex(rf"\cdot\ {self._read}[{i + 1}]"),
                "worked": worked,
            }
        )

    def heard(self, i: int) -> Marks:
        """Return what an input hears: the sum of the errors, each times the weight between them."""
        n, pairs, result = self._layer.number, self._layer.factors("x", i), self._layer.to_input[i]
        decimals, equals = decimals_for([result, *(number for pair in pairs for number in pair)]), "="
        if len(pairs) > LISTED:
            listed = message("films.backprop.sum_of", count=len(pairs))
        else:
            decimals, equals = enough_digits(
                result, lambda digits: sum(digits(a) * digits(b) for a, b in pairs), decimals
            )
            products = [(bracketed(a, decimals), bracketed(b, decimals)) for a, b in pairs]
            listed = Text(*(" + ".join(f"{a[k]}·{b[k]}" for a, b in products) for k in range(2)))
        both = zip(listed, written(result, decimals), strict=True)
        worked = Text(*(f" = {a} {equals} {b}" for a, b in both))
        name = Tex(rf"(W_{{{n}}}^T\,\delta_{{{n}}})[{i + 1}]")
        return _line({"name": name, "worked": worked})

    def gate(self) -> Marks:
        """Return what the gate lets pass."""
        n = self._layer.number
        return _line(
            {
                "name": Tex(rf"\delta_{{{n - 1}}} ="),
                "heard": Tex(rf"W_{{{n}}}^T\,\delta_{{{n}}}"),
                "gate": Tex(rf"\odot\ [\,z_{{{n - 1}}} > 0\,]"),
            }
        )

    def update(self, j: int, i: int, rate: float, moved: float, *, done: bool) -> Marks:
        """Return the step of one weight: symbols, and its numbers once it is done."""
        n, before, slope = self._layer.number, self._layer.weight[j, i], self._layer.to_weight[j, i]
        fine = decimals_for([rate])
        decimals, equals = enough_digits(
            moved,
            lambda digits: digits(before) - as_written(rate, fine) * digits(slope),
            max(3, decimals_for([before, slope, moved])),
        )
        numbers = (
            written(before, decimals),
            written(rate, fine),
            bracketed(slope, decimals),
            written(moved, decimals),
        )
        worked = Text(*(f"     {a} − {b}·{c} {equals} {d}" for a, b, c, d in zip(*numbers, strict=True)))
        name = rf"W_{{{n}}}[{j + 1}{{,}}{i + 1}]"
        standing: dict[str, Written] = {
            "name": Tex(rf"{name}\ \leftarrow\ {name} - \eta\,\cdot"),
            "slope": Tex(rf"\partial {name}"),
            "worked": worked,
        }
        return _line(standing, standing if done else [key for key in standing if key != "worked"])


COLOURS = {"error": "backward", "heard": "backward", "slope": "backward"}


def _line(standing: Mapping[str, Written], shown: Sequence[str] | Mapping[str, Written] | None = None) -> Marks:
    """Return a line of its own, or some parts of it."""
    line = Line([Part(key, [words], COLOURS.get(key, "text")) for key, words in standing.items()])
    return line.drawn({key: words for key, words in standing.items() if shown is None or key in shown})
