"""The stage of the way back through one dense layer: δ beside δ·aᵀ and W, and what goes on below W."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from convista.films.backprop.passage import Passage
from convista.films.film import FAST, SLOW, Beat
from convista.films.script import QUICK, beat
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import Plate, Written, window
from convista.films.wording import as_written, bracketed, decimals_for, enough_digits, message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.descent import sgd

SIDE = 54.0
"""Width of the column δ, and of the largest cells."""
TALLEST = 36.0
GAP = 22.0
SLOWLY = 3
"""How many elements of a product are seen one by one, slowly."""
LISTED = 4
"""How many products an equation lists."""


class BackLayer:
    """A dense layer on the way back, of one sample: what it read, its weights, and the error that it heard.

    ``gate`` is what the ReLU before it read, (inputs,); None where nothing is gated and the error is not followed.
    """

    def __init__(self, number: int, passage: Passage, before: Passage | None) -> None:
        self.number, self._passage = number, passage
        self._operands = passage.operands
        self.delta: Array = passage.upstream[0]
        self.read: Array = passage.operands["x"][0]
        self.weight: Array = passage.operands["weight"]
        gradients = passage.definition.gradient(passage.upstream, **passage.operands)
        self.to_weight: Array = gradients["weight"]
        """∂W = δ·aᵀ, (neurons, inputs)."""
        self.to_input: Array = gradients["x"][0]
        """Wᵀδ, (inputs,)."""
        self.gate: Array | None = None if before is None else before.operands["x"][0]
        self.gated: Array | None = None
        """The error before the ReLU, (inputs,)."""
        if before is not None:
            self.gated = before.definition.gradient(gradients["x"], before.operands["x"])["x"][0]

    def factors(self, operand: str, *index: int) -> list[tuple[float, float]]:
        """Return what an element of a gradient is summed from: upstream values and what each is multiplied by."""
        at = index if operand == "weight" else (0, *index)
        explained = self._passage.definition.explain_gradient(operand, at, self._passage.upstream, **self._operands)
        return [(term.value, float(term.factor or 0.0)) for term in explained.terms]


class BackwardStage:
    """δ at the left, ∂W = δ·aᵀ with a above it, and W with Wᵀδ below it."""

    def __init__(self, layer: BackLayer) -> None:
        self._layer, n = layer, layer.number
        neurons, inputs = layer.weight.shape
        wide = min(SIDE, (STAGE.width - 2 * SIDE - 3 * GAP / 2) / (2 * inputs))
        tall = min(TALLEST, (STAGE.height - 2 * TALLEST - 64) / neurons)
        top = STAGE.top + TALLEST + 30
        bottom = top + tall * neurons
        left, right = STAGE.left + SIDE + GAP / 2, STAGE.right - wide * inputs
        lines = {"delta": f"δ{n}", "read": f"a{n - 1}ᵀ", "dW": f"∂W{n} = δ{n}·a{n - 1}ᵀ", "again": f"δ{n}"}
        lines |= {"W": f"W{n}", "back": f"W{n}ᵀ·δ{n}", "gate": f"z{n - 1}", "gated": f"δ{n - 1}"}
        self._names = {key: Text(line, line) for key, line in lines.items()}
        self._plates = {
            "delta": _plate("delta", layer.delta[:, None], Box(STAGE.left, top, STAGE.left + SIDE, bottom)),
            "read": _plate(
                "read", layer.read[None], Box(left, STAGE.top, left + wide * inputs, STAGE.top + TALLEST)
            ),
            "dW": _plate("dW", layer.to_weight, Box(left, top, left + wide * inputs, bottom)),
            "again": _plate(
                "again", layer.delta[:, None], Box(right - GAP / 2 - SIDE, top, right - GAP / 2, bottom)
            ),
            "W": _plate("W", layer.weight, Box(right, top, STAGE.right, bottom)),
            "back": _plate(
                "back", layer.to_input[None], Box(right, bottom + 34, STAGE.right, bottom + 34 + TALLEST)
            ),
        }
        if layer.gated is None:
            self._plates.pop("back")

    def outer(self) -> list[Beat]:
        """Return ∂W being filled, row by row: each element is one error times one input."""
        layer, plate = self._layer, self._plates["dW"]
        neurons, inputs = layer.to_weight.shape
        first = _strongest(np.abs(layer.to_weight[0]), SLOWLY)
        lines = {(0, i): self._product(0, i) for i in first}
        beats = [
            beat(
                self._still(outer=lambda r, c, place=place: (r, c) in {(0, k) for k in first[: place + 1]}),  # type: ignore[misc]
                self._plates["delta"].marked("by", 0, 0), self._plates["read"].marked("of", 0, i),
                plate.outlined([(0, i)]), _line(lines[0, i], lines.values()), seconds=SLOW.sum,
            )
            for place, i in enumerate(first)
        ]  # fmt: skip
        for j in range(neurons):
            still = self._still(outer=lambda r, _, j=j: r <= j)  # type: ignore[misc]
            row = plate.marked("row", j, 0, 1, inputs)
            beats.append(beat(still, self._plates["delta"].marked("by", j, 0), row, seconds=3 * QUICK))
        beats.append(beat(self._still(outer=True), seconds=FAST.end))
        return beats

    def back(self) -> list[Beat]:
        """Return Wᵀδ being filled, column by column: each input hears all the errors that it had a part in."""
        layer, plate = self._layer, self._plates["back"]
        neurons, inputs = layer.weight.shape
        lines = [self._heard(i) for i in range(inputs)]
        beats = []
        for i in range(inputs):
            still = self._still(outer=True, back=lambda _, c, i=i: c <= i)  # type: ignore[misc]
            column = window("column", self._plates["W"].span(0, i, neurons, 1), "backward")
            pace = SLOW.sum if i < SLOWLY else 3 * QUICK
            beats.append(beat(still, column, plate.outlined([(0, i)]), _line(lines[i], lines), seconds=pace))
        beats.append(beat(self._still(outer=True, back=True), _line(lines[-1], lines), seconds=FAST.end))
        return beats

    def gating(self) -> list[Beat]:
        """Return the error before the ReLU: nothing goes back where what the ReLU read was not positive."""
        n, place, layer = self._layer.number, self._plates["back"], self._layer
        gate, gated = np.asarray(layer.gate), np.asarray(layer.gated)
        above = self._plates["dW"].box
        room = Box(above.left, place.box.top, above.right, place.box.bottom)
        read, error = _plate("gate", gate[None], room), _plate("gated", gated[None], place.box, layer.to_input)
        closed = [(0, int(c)) for c in np.flatnonzero(gate <= 0)]
        names = [_name(read, f"z{n - 1}"), _name(error, f"δ{n - 1} = W{n}ᵀ·δ{n} ⊙ [z{n - 1} > 0]")]
        words = Text(f"δ{n - 1} = W{n}ᵀ·δ{n} ⊙ [z{n - 1} > 0]", f"δ{n - 1} = W{n}ᵀ·δ{n} ⊙ [z{n - 1} > 0]")
        still, after = self._still(outer=True, back=True), self._still(outer=True)
        shut = read.outlined(closed, "backward")
        return [
            beat(still, read.drawn(), names[:1], shut, seconds=SLOW.end),
            beat(
                after, read.drawn(), names, error.drawn(), shut, error.outlined(closed, "backward"),
                _line(words, [words]), seconds=SLOW.end,
            ),
        ]  # fmt: skip

    def update(self, j: int, i: int, rate: float) -> list[Beat]:
        """Return one weight before and after its step against the gradient."""
        layer, name = self._layer, f"W{self._layer.number}[{j},{i}]"
        before, slope = layer.weight[j, i], layer.to_weight[j, i]
        moved = layer.weight.copy()
        moved[j, i] = sgd(before, slope, rate=rate)
        least = max(3, decimals_for([before, slope, moved[j, i]]))
        fine = decimals_for([rate])
        decimals, equals = enough_digits(
            moved[j, i], lambda digits: digits(before) - as_written(rate, fine) * digits(slope), least
        )
        numbers = (
            written(before, decimals),
            written(rate, fine),
            bracketed(slope, decimals),
            written(moved[j, i], decimals),
        )
        lines = zip(*numbers, strict=True)
        words = Text(*(f"{name} ← {a} − {b}·{c} {equals} {d}" for a, b, c, d in lines))
        symbols = Text(f"{name} ← {name} − η·∂{name}", f"{name} ← {name} − η·∂{name}")
        still = self._still(outer=True)
        marked = (*self._plates["dW"].marked("slope", j, i), *self._plates["W"].marked("weight", j, i))
        new = _plate("W", moved, self._plates["W"].box, layer.weight)
        changed = {mark.key: mark for mark in new.drawn()}
        after = [changed.get(mark.key, mark) for mark in still]
        return [
            beat(still, marked, _line(symbols, [symbols, words]), seconds=SLOW.end),
            beat(after, marked, new.outlined([(j, i)]), _line(words, [symbols, words]), seconds=SLOW.end),
        ]

    def _still(self, *, outer: Written | bool = False, back: Written | bool = False) -> list[Mark]:
        """Return the arrays: those being made as far as is told."""
        marks: list[Mark] = []
        for key, plate in self._plates.items():
            so_far = {"dW": outer, "back": back}.get(key, True)
            if key == "back" and so_far is False:
                continue
            marks.append(plate.named(self._names[key], plate.box.width + 40, _colour(key)))
            marks += plate.drawn(None if so_far is True else _nothing if so_far is False else so_far)
        return marks

    def _product(self, j: int, i: int) -> Text:
        """Return one element of ∂W as the product that it is."""
        n, ((error, value),) = self._layer.number, self._layer.factors("weight", j, i)
        result = self._layer.to_weight[j, i]
        decimals, equals = enough_digits(
            result, lambda digits: digits(error) * digits(value), decimals_for([error, value, result])
        )
        numbers = written(error, decimals), bracketed(value, decimals), written(result, decimals)
        name = f"∂W{n}[{j},{i}] = δ{n}[{j}]·a{n - 1}[{i}]"
        return Text(*(f"{name} = {a}·{b} {equals} {c}" for a, b, c in zip(*numbers, strict=True)))

    def _heard(self, i: int) -> Text:
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
        return Text(*(f"(W{n}ᵀ·δ{n})[{i}] = {a} {equals} {b}" for a, b in both))


def _plate(key: str, values: Array, room: Box, like: Array | None = None) -> Plate:
    return Plate(key, room, values, like=like, cell=(SIDE, TALLEST), square=False)


def _name(plate: Plate, line: str) -> Mark:
    return plate.named(Text(line, line), plate.box.width + 40, _colour(plate.key))


def _colour(key: str) -> str:
    """Return the colour of a name: what comes back is red."""
    return "muted" if key in {"read", "W", "gate"} else "backward"


def _nothing(_row: int, _column: int) -> bool:
    return False


def _strongest(sizes: Array, count: int) -> list[int]:
    """Return the places of the largest, in order of place."""
    return sorted(np.argsort(-sizes, kind="stable")[:count].tolist())


def _line(words: Text, ever: Iterable[Text]) -> list[Mark]:
    return [Equation([Slot("line", list(ever))]).write("line", words)]
