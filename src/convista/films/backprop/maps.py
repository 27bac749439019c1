"""What the film of the way back through a convolution reads: its arrays, routes and sums, from the definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.backprop.passage import Passage
from convista.films.stage.marks import Mark
from convista.films.stage.typeset import Line, Part, Tex, Written
from convista.films.wording import bracketed, decimals_for, enough_digits, message, written
from convista.language import Text
from convista.operators import Array, Explanation

Place = tuple[int, int]
LISTED = 4
"""How many products an equation lists."""


def in_a_row(passages: Sequence[Passage]) -> tuple[Passage, Passage, Passage] | None:
    """Return the first convolution of one sample that a ReLU and a max-pooling follow, with these; None without."""
    for n, conv in enumerate(passages):
        following = [passage.operator for passage in passages[n : n + 3]]
        if following == ["conv2d", "relu", "max_pool2d"] and len(conv.output) == 1:
            return conv, passages[n + 1], passages[n + 2]
    return None


class Route(NamedTuple):
    """Where the error of one pooled value goes."""

    place: Place
    """In the pooled map."""
    window: list[Place]
    """What the window read, from its first element to its last."""
    winner: Place | None
    """The largest of it; None where there is none, as among missing values."""


class WeightLine:
    """The equation of one weight's gradient: its products, and then their sum."""

    def __init__(self, symbol: Tex, products: Text, total: Text) -> None:
        self._standing: dict[str, Written] = {"name": symbol, "products": products, "total": total}
        parts = Part("name", [symbol], "backward"), Part("products", [products]), Part("total", [total])
        self._line = Line(parts)

    def begun(self) -> tuple[Mark, ...]:
        """Return the products whose sum it is."""
        return self._line.drawn({key: self._standing[key] for key in ("name", "products")})

    def ended(self) -> tuple[Mark, ...]:
        """Return the products and their sum."""
        return self._line.drawn(self._standing)


class BackMaps:
    """One feature map on the way back: pooled, activated, convolved; and one channel of the kernel that made it."""

    def __init__(self, conv: Passage, relu: Passage, pool: Passage, channel: int) -> None:
        self._conv, self._pool, self.channel = conv, pool, channel
        self.activated: Array = pool.operands["x"][0, channel]
        self.pooled: Array = pool.upstream[0, channel]
        """The error of the pooled map."""
        routed = pool.definition.gradient(pool.upstream, **pool.operands)["x"]
        self.routed: Array = routed[0, channel]
        self.read: Array = relu.operands["x"][0, channel]
        """z, what the ReLU read."""
        self.delta: Array = relu.definition.gradient(routed, relu.operands["x"])["x"][0, channel]
        gradients = conv.definition.gradient(conv.upstream, **conv.operands)["weight"][channel]
        slice_ = int(np.abs(gradients).reshape(len(gradients), -1).sum(1).argmax())
        self._slice = slice_
        self.to_kernel: Array = gradients[slice_]
        """∂K, of the channel of the kernel with the largest gradients."""
        groups = conv.definition.groups
        first = channel // (len(conv.operands["weight"]) // groups) * conv.operands["weight"].shape[1]
        self.band = first + slice_
        """The input channel that this part of the kernel reads."""
        self.image: Array = conv.operands["x"][0, self.band]
        self.weights: list[Place] = list(np.ndindex(*self.to_kernel.shape))
        self._explained: dict[Place, Explanation] = {}
        self.routes = [self._route(at) for at in np.ndindex(*self.pooled.shape)]

    def explain(self, weight: Place) -> Explanation:
        """Return why the gradient of one weight is what it is: one term for each place where it was used."""
        if weight not in self._explained:
            self._explained[weight] = self._conv.definition.explain_gradient(
                "weight",
                (self.channel, self._slice, *weight),
                self._conv.upstream,
                **self._conv.operands,
            )
        return self._explained[weight]

    def met(self, weight: Place, place: Place) -> Place | None:
        """Return the pixel that a weight met when the value at a place of the map was made; None for padding."""
        for term in self.explain(weight).terms:
            if term.index[2:] == place and term.factor_index is not None:
                return term.factor_index[2], term.factor_index[3]
        return None

    def seen(self, weight: Place) -> tuple[int, int, int, int]:
        """Return the block of pixels that a weight met: its first row and column, and how many of each."""
        pixels = [term.factor_index[2:] for term in self.explain(weight).terms if term.factor_index is not None]
        rows, columns = [pixel[0] for pixel in pixels], [pixel[1] for pixel in pixels]
        return min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1

    def line(self, n: int) -> WeightLine:
        """Return the equation of one weight's gradient; products with an error of 0 are left out."""
        weight = self.weights[n]
        explained = self.explain(weight)
        heard = [term for term in explained.terms if term.value != 0]
        pairs = [(term.value, term.factor or 0.0) for term in heard]
        decimals, equals = decimals_for([explained.value]), "="
        if 0 < len(heard) <= LISTED:
            least = decimals_for([explained.value, *(number for pair in pairs for number in pair)])
            decimals, equals = enough_digits(
                explained.value, lambda digits: sum(digits(a) * digits(b) for a, b in pairs), least
            )
            products = [(bracketed(a, decimals), bracketed(b, decimals)) for a, b in pairs]
            listed = Text(*(" + ".join(f"{a[k]}·{b[k]}" for a, b in products) for k in range(2)))
        else:
            listed = message("films.backprop_conv.sum_of", count=len(explained.terms))
        total = written(explained.value, decimals)
        symbol = Tex(rf"\partial K[{weight[0] + 1}{{,}}{weight[1] + 1}]")
        worked = Text(*(f" = {line}" for line in listed))
        return WeightLine(symbol, worked, Text(*(f" {equals} {line}" for line in total)))

    def _route(self, place: Place) -> Route:
        explained = self._pool.definition.explain((0, self.channel, *place), **self._pool.operands)
        won = [(t.index[2], t.index[3]) for t in explained.terms if t.factor]
        return Route(place, [(t.index[2], t.index[3]) for t in explained.terms], won[0] if won else None)
