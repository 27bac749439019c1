"""Transposed convolution: each input value spreads a filter over the output, as a decoder does to grow a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, prod

import numpy as np

from convista.operators.conv import Conv, letters, whole_map
from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach
from convista.operators.sliding import NONE, Axes, Padding, Slices, collect, readers, window
from convista.operators.upstream import element, gradient_explanation, upstream_term, written


@dataclass(frozen=True, kw_only=True)
class ConvTranspose(Operator):
    """Spread each input value over a window of the output: O[b,k, i·S + u·D − P] += x[b,c,i] · w[c,k,u].

    This is what a convolution's gradient does for its input, hence the name.

    Operands
    --------
    x
        Input, (batch, channels, rows, columns); one axis fewer or more for series and volumes.
    weight
        (channels, maps / groups, kernel rows, kernel columns): its first axis is that of the input.
    bias
        One number a map, or None.

    Parameters
    ----------
    padding
        Taken away before and after, for each axis; where the second is negative, so many zeros are added after
        (torch's ``output_padding`` beyond its padding).
    stride, dilation, groups
        As in a convolution.
    """

    names = ("conv_transpose1d", "conv_transpose2d", "conv_transpose3d")
    stride: Axes = (1, 1)
    padding: Padding = NONE
    dilation: Axes = (1, 1)
    groups: int = 1

    @property
    def name(self) -> str:
        """What it is called, by the number of axes."""
        return f"conv_transpose{len(self.stride)}d"

    def value(self, x: Array, weight: Array, bias: Array | None = None) -> Array:
        """Return (batch, maps, rows, columns), (N − 1)·S + D·(K − 1) + 1 − P along each axis."""
        i, u = letters(x)
        pairs = zip(np.split(x, self.groups, axis=1), np.split(weight, self.groups, axis=0), strict=True)
        each = [np.einsum(f"bc{i},ck{u}->bk{i}{u}", s, w, optimize=True) for s, w in pairs]
        shares = np.concatenate(each, axis=1)
        whole = (*shares.shape[:2], *self._spread(x, weight))
        spread = collect(shares, whole, self.stride, ((0, 0),) * len(i), self.dilation)
        out = _cropped(spread, self.padding)
        return out if bias is None else out + bias.reshape(-1, *[1] * len(i))

    def gradient(self, upstream: Array, x: Array, weight: Array, bias: Array | None = None) -> dict[str, Array]:
        """Return the gradients: an input value collects from the window it spread over, which is a convolution.

        ∂x = conv(g, w), and ∂w is that convolution's gradient for its weight, x taking the place of what is
        upstream.
        """
        whole = _cropped(upstream, tuple((-before, -after) for before, after in self.padding))
        around: Padding = ((0, 0),) * (x.ndim - 2)
        back = Conv(stride=self.stride, padding=around, dilation=self.dilation, groups=self.groups)
        gradients = {"x": back.value(whole, weight), "weight": back.gradient(x, whole, weight)["weight"]}
        if bias is not None:
            gradients["bias"] = upstream.sum(axis=(0, *range(2, x.ndim)))
        return gradients

    def explain(self, index: Index, x: Array, weight: Array, bias: Array | None = None) -> Explanation:
        """Take O[b,k,o] apart: one product for each input value whose window covers it."""
        channels, maps, *kernel = weight.shape
        size = (n - sum(p) for n, p in zip(self._spread(x, weight), self.padding, strict=True))
        b, k, *place = inside(index, (x.shape[0], maps * self.groups, *size))
        each = channels // self.groups
        first = k // maps * each
        over = readers(tuple(place), x.shape[2:], tuple(kernel), self.stride, self.padding, self.dilation)
        terms = []
        for c in range(first, first + each):
            for i, u in over:
                read, by = (b, c, *i), (c, k % maps, *u)
                value, factor = float(x[read]), float(weight[by])
                terms.append(Term("x", read, value, factor, by, value * factor))
        formula = f"O[{written((k, *place))}] = Σ x · w[:,{k % maps}] + b[{k}]"
        offset = 0.0 if bias is None else float(bias[k])
        return summed(self.name, (b, k, *place), formula, tuple(terms), offset)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, weight: Array, bias: Array | None = None
    ) -> Explanation:
        """Take one element of a gradient apart.

        An input element hears the window over which it spread, in every map of its group, times the weight that it
        met there. A weight hears every place to which it carried an input element, times that element. A bias hears
        its map.
        """
        index = element(self.name, operand, index, x=x, weight=weight, bias=bias)
        size, maps, each = upstream.shape[2:], weight.shape[1], len(weight) // self.groups
        if operand == "x":
            b, c, *i = index
            first = c // each * maps
            spread = window(tuple(i), size, weight.shape[2:], self.stride, self.padding, self.dilation)
            terms = [
                upstream_term(upstream, (b, first + k, *o), weight[(c, k, *u)], (c, k, *u))
                for k in range(maps)
                for u, o in spread
            ]
            return gradient_explanation(self.name, operand, index, f"∂x[{written((c, *i))}] = Σ g · w[{c}]", terms)
        if operand == "bias":
            (k,) = index
            return gradient_explanation(self.name, operand, index, f"∂b[{k}] = Σ g[{k}]", whole_map(upstream, k))
        c, k, *u = index
        k += c // each * maps
        # As with a convolution's weight, step and spacing change places.
        used = window(tuple(u), size, x.shape[2:], self.dilation, self.padding, self.stride)
        terms = [
            upstream_term(upstream, (b, k, *o), x[(b, c, *i)], (b, c, *i), "x")
            for b in range(len(x))
            for i, o in used
        ]
        return gradient_explanation(self.name, operand, index, f"∂w[{written(index)}] = Σ g[{k}] · x[{c}]", terms)

    def cost(self, operands: Mapping[str, Shape], output: Shape) -> int:
        """Return a product for each element of the input and each weight that spreads it."""
        return prod(operands["x"]) * prod(operands["weight"][1:])

    def window_size(self, operands: Mapping[str, Shape]) -> Shape:
        """Return the size of the kernel."""
        return operands["weight"][2:]

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return how far an element sees that lies in several windows.

        Output i lies in the windows of the inputs from ⌈(i + P − D(K − 1)) / S⌉ to ⌊(i + P) / S⌋.
        """
        stride, (before, _) = self.stride[axis], self.padding[axis]
        further = (operands["weight"][2 + axis] - 1) * self.dilation[axis]
        first, last = ceil(Fraction(before - further, stride)), floor(Fraction(before, stride))
        reads = max(1, last - first + 1, floor(Fraction(further, stride)) + 1)
        spread = seen.reaching((reads - 1) * seen.step)._replace(start=seen.start + first * seen.step)
        return spread.refined(Fraction(stride))

    def _spread(self, x: Array, weight: Array) -> Axes:
        """Return the rows and columns that the windows of all input values cover together."""
        axes = zip(x.shape[2:], weight.shape[2:], self.stride, self.dilation, strict=True)
        return tuple((n - 1) * s + d * (k - 1) + 1 for n, k, s, d in axes)


def _cropped(values: Array, padding: Padding) -> Array:
    """Take a border away from the last axes, or add zeros where its width is negative."""
    lead = values.ndim - len(padding)
    grown = np.pad(values, [(0, 0)] * lead + [(max(0, -before), max(0, -after)) for before, after in padding])
    borders = zip(padding, grown.shape[lead:], strict=True)
    inner: Slices = (..., *(slice(max(0, before), n - max(0, after)) for (before, after), n in borders))
    return grown[inner]
