"""Convolution as networks compute it: a sum of products over a window that slides without flipping the kernel.

One definition serves images (rows, columns), series and volumes: i and u below stand for one position an axis.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach
from convista.operators.sliding import NONE, Axes, Padding, collect, output_size, pad, readers, window, windows
from convista.operators.upstream import element, gradient_explanation, upstream_term, written

# Letters of the sums below: places of the output, and of the kernel.
_PLACE, _KERNEL = "ijl", "uvw"


@dataclass(frozen=True, kw_only=True)
class Conv(Operator):
    """Slide each filter over the input: O[b,k,i] = Σ_c,u x[b,c, i·S + u·D] · w[k,c,u] + bias[k].

    Operands
    --------
    x
        Input, (batch, channels, rows, columns); one axis fewer or more for series and volumes.
    weight
        Filters, (filters, channels / groups, kernel rows, kernel columns).
    bias
        One number a filter, or None.

    Parameters
    ----------
    stride, padding, dilation
        For each axis: step of the window, zeros around the input, distance between the elements it reads.
    groups
        The channels and the filters are divided into so many groups that know nothing of each other.
    """

    names = ("conv1d", "conv2d", "conv3d")
    stride: Axes = (1, 1)
    padding: Padding = NONE
    dilation: Axes = (1, 1)
    groups: int = 1

    @property
    def name(self) -> str:
        """What it is called, by the number of axes."""
        return f"conv{len(self.stride)}d"

    def value(self, x: Array, weight: Array, bias: Array | None = None) -> Array:
        """Return the feature maps, (batch, filters, rows, columns) as `output_size` says.

        Raises
        ------
        ConvistaError
            If the kernel is larger than the padded input.
        """
        i, u = letters(x)
        seen = windows(pad(x, self.padding), weight.shape[2:], self.stride, self.dilation)
        shares = zip(np.split(seen, self.groups, axis=1), np.split(weight, self.groups, axis=0), strict=True)
        out = np.concatenate([np.einsum(f"bc{i}{u},kc{u}->bk{i}", s, w, optimize=True) for s, w in shares], axis=1)
        return out if bias is None else out + bias.reshape(-1, *[1] * len(i))

    def gradient(self, upstream: Array, x: Array, weight: Array, bias: Array | None = None) -> dict[str, Array]:
        """Return the gradients for x, weight and bias.

        A weight is used at every position of its window, so its gradient sums over all of them:
        ∂w[k,c,u] = Σ_b,i g[b,k,i] · x[b,c, i·S + u·D]. An input element collects from every window that read it:
        ∂x[b,c, i·S + u·D] += g[b,k,i] · w[k,c,u].
        """
        i, u = letters(x)
        padded = pad(x, self.padding)
        seen = windows(padded, weight.shape[2:], self.stride, self.dilation)
        parts = ((seen, 1), (weight, 0), (upstream, 1))
        to_x, to_weight = [], []
        for s, w, g in zip(*(np.split(part, self.groups, axis) for part, axis in parts), strict=True):
            to_weight.append(np.einsum(f"bc{i}{u},bk{i}->kc{u}", s, g, optimize=True))
            to_x.append(np.einsum(f"bk{i},kc{u}->bc{i}{u}", g, w, optimize=True))
        sent = np.concatenate(to_x, axis=1)
        gradients = {
            "x": collect(sent, padded.shape, self.stride, self.padding, self.dilation),
            "weight": np.concatenate(to_weight, axis=0),
        }
        if bias is not None:
            gradients["bias"] = np.einsum(f"bk{i}->k", upstream)
        return gradients

    def explain(self, index: Index, x: Array, weight: Array, bias: Array | None = None) -> Explanation:
        """Take O[b,k,i] apart: one product for each element of the window that lies inside the input.

        Padding adds zeros, which add nothing, so they are not among the terms.
        """
        filters, channels, *kernel = weight.shape
        size = output_size(x.shape[2:], tuple(kernel), self.stride, self.padding, self.dilation)
        b, k, *place = inside(index, (x.shape[0], filters, *size))
        first = k // (filters // self.groups) * channels
        seen = window(tuple(place), x.shape[2:], tuple(kernel), self.stride, self.padding, self.dilation)
        terms = []
        for c in range(channels):
            for u, at in seen:
                read, by = (b, first + c, *at), (k, c, *u)
                value, factor = float(x[read]), float(weight[by])
                terms.append(Term("x", read, value, factor, by, value * factor))
        formula = f"O[{written((k, *place))}] = Σ x · w[{k}] + b[{k}]"
        offset = 0.0 if bias is None else float(bias[k])
        return summed(self.name, (b, k, *place), formula, tuple(terms), offset)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, weight: Array, bias: Array | None = None
    ) -> Explanation:
        """Take one element of a gradient apart.

        An input element hears each window that read it, in every map of its group, times the weight that met it
        there. A weight hears every place at which it was used, times the input that it met; padding, being 0, is no
        term. A bias hears its whole map.
        """
        index = element(self.name, operand, index, x=x, weight=weight, bias=bias)
        size, kernel = upstream.shape[2:], weight.shape[2:]
        filters, channels = len(weight) // self.groups, weight.shape[1]
        if operand == "x":
            b, c, *at = index
            group, own = divmod(c, channels)
            met = readers(tuple(at), size, kernel, self.stride, self.padding, self.dilation)
            terms = [
                upstream_term(upstream, (b, k, *i), weight[(k, own, *u)], (k, own, *u))
                for k in range(group * filters, (group + 1) * filters)
                for i, u in met
            ]
            return gradient_explanation(
                self.name, operand, index, f"∂x[{written((c, *at))}] = Σ g · w[:,{own}]", terms
            )
        k, *rest = index
        if operand == "bias":
            return gradient_explanation(self.name, operand, index, f"∂b[{k}] = Σ g[{k}]", whole_map(upstream, k))
        own, *u = rest
        c = k // filters * channels + own
        # One element of the kernel meets what a window would that has its step and its spacing the other way round.
        used = window(tuple(u), x.shape[2:], size, self.dilation, self.padding, self.stride)
        terms = [
            upstream_term(upstream, (b, k, *i), x[(b, c, *at)], (b, c, *at), "x")
            for b in range(len(x))
            for i, at in used
        ]
        return gradient_explanation(self.name, operand, index, f"∂w[{written(index)}] = Σ g[{k}] · x[{c}]", terms)

    def cost(self, operands: Mapping[str, Shape], output: Shape) -> int:
        """Return a product for each element of the output and each weight of its filter."""
        return prod(output) * prod(operands["weight"][1:])

    def window_size(self, operands: Mapping[str, Shape]) -> Shape:
        """Return the size of the kernel."""
        return operands["weight"][2:]

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return how far the windows see."""
        kernel, (before, _) = operands["weight"][2 + axis], self.padding[axis]
        return seen.by_windows(kernel, self.stride[axis], before, self.dilation[axis])


def whole_map(upstream: Array, channel: int) -> list[Term]:
    """Return what a bias hears: every upstream value of its map, in every sample."""
    places = itertools.product(range(len(upstream)), np.ndindex(upstream.shape[2:]))
    return [upstream_term(upstream, (b, channel, *i)) for b, i in places]


def letters(x: Array) -> tuple[str, str]:
    """Return the letters that stand for places of the output and of the kernel in a sum over x's axes."""
    return _PLACE[: x.ndim - 2], _KERNEL[: x.ndim - 2]
