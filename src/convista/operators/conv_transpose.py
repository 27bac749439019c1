"""Transposed convolution: each input value spreads a filter over the output, as a decoder does to grow a map."""

from __future__ import annotations

import numpy as np

from convista.operators.conv import conv, conv_gradient, letters, whole_map
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.sliding import NONE, Axes, Padding, Slices, collect, readers, window
from convista.operators.upstream import element, gathered, heard, written


def conv_transpose(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> Array:
    """Spread each input value over a window of the output: O[b,k, i·S + u·D − P] += x[b,c,i] · w[c,k,u].

    This is what a convolution's gradient does for its input, hence the name.

    Parameters
    ----------
    x
        Input, (batch, channels, rows, columns); one axis fewer or more for series and volumes.
    weight
        (channels, maps / groups, kernel rows, kernel columns): its first axis is that of the input.
    bias
        One number a map, or None.
    padding
        Taken away before and after, for each axis; where the second is negative, so many zeros are added after
        (torch's ``output_padding`` beyond its padding).

    Returns
    -------
    (batch, maps, rows, columns), (N − 1)·S + D·(K − 1) + 1 − P along each axis.
    """
    i, u = letters(x)
    pairs = zip(np.split(x, groups, axis=1), np.split(weight, groups, axis=0), strict=True)
    shares = np.concatenate([np.einsum(f"bc{i},ck{u}->bk{i}{u}", s, w, optimize=True) for s, w in pairs], axis=1)
    whole = (*shares.shape[:2], *_spread(x, weight, stride, dilation))
    out = _cropped(collect(shares, whole, stride, ((0, 0),) * len(i), dilation), padding)
    return out if bias is None else out + bias.reshape(-1, *[1] * len(i))


def conv_transpose_gradient(
    upstream: Array,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> dict[str, Array]:
    """Return the gradients: an input value collects from the window it spread over, which is a convolution.

    ∂x = conv(g, w), and ∂w is that convolution's gradient for its weight, x taking the place of what is upstream.
    """
    whole = _cropped(upstream, tuple((-before, -after) for before, after in padding))
    around: Padding = ((0, 0),) * (x.ndim - 2)
    back = conv(whole, weight, stride=stride, padding=around, dilation=dilation, groups=groups)
    through = conv_gradient(x, whole, weight, stride=stride, padding=around, dilation=dilation, groups=groups)
    gradients = {"x": back, "weight": through["weight"]}
    if bias is not None:
        gradients["bias"] = upstream.sum(axis=(0, *range(2, x.ndim)))
    return gradients


def explain_conv_transpose(
    index: Index,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> Explanation:
    """Take O[b,k,o] apart: one product for each input value whose window covers it."""
    channels, maps, *kernel = weight.shape
    size = (n - sum(p) for n, p in zip(_spread(x, weight, stride, dilation), padding, strict=True))
    b, k, *place = inside(index, (x.shape[0], maps * groups, *size))
    each = channels // groups
    first = k // maps * each
    terms = []
    for c in range(first, first + each):
        for i, u in readers(tuple(place), x.shape[2:], tuple(kernel), stride, padding, dilation):
            read, by = (b, c, *i), (c, k % maps, *u)
            value, factor = float(x[read]), float(weight[by])
            terms.append(Term("x", read, value, factor, by, value * factor))
    formula = f"O[{written((k, *place))}] = Σ x · w[:,{k % maps}] + b[{k}]"
    offset = 0.0 if bias is None else float(bias[k])
    return summed(f"conv_transpose{len(place)}d", (b, k, *place), formula, tuple(terms), offset)


def explain_conv_transpose_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> Explanation:
    """Take one element of a gradient of `conv_transpose` apart.

    An input element hears the window over which it spread, in every map of its group, times the weight that it met
    there. A weight hears every place to which it carried an input element, times that element. A bias hears its
    map.
    """
    name = f"conv_transpose{x.ndim - 2}d"
    index = element(name, operand, index, x=x, weight=weight, bias=bias)
    size, maps, each = upstream.shape[2:], weight.shape[1], len(weight) // groups
    if operand == "x":
        b, c, *i = index
        first = c // each * maps
        spread = window(tuple(i), size, weight.shape[2:], stride, padding, dilation)
        terms = [
            heard(upstream, (b, first + k, *o), weight[(c, k, *u)], (c, k, *u))
            for k in range(maps)
            for u, o in spread
        ]
        return gathered(name, operand, index, f"∂x[{written((c, *i))}] = Σ g · w[{c}]", terms)
    if operand == "bias":
        return gathered(name, operand, index, f"∂b[{index[0]}] = Σ g[{index[0]}]", whole_map(upstream, index[0]))
    c, k, *u = index
    k += c // each * maps
    # As with a convolution's weight, step and spacing change places.
    used = window(tuple(u), size, x.shape[2:], dilation, padding, stride)
    terms = [heard(upstream, (b, k, *o), x[(b, c, *i)], (b, c, *i), "x") for b in range(len(x)) for i, o in used]
    return gathered(name, operand, index, f"∂w[{written(index)}] = Σ g[{k}] · x[{c}]", terms)


def _spread(x: Array, weight: Array, stride: Axes, dilation: Axes) -> Axes:
    """Return the rows and columns that the windows of all input values cover together."""
    axes = zip(x.shape[2:], weight.shape[2:], stride, dilation, strict=True)
    return tuple((n - 1) * s + d * (k - 1) + 1 for n, k, s, d in axes)


def _cropped(values: Array, padding: Padding) -> Array:
    """Take a border away from the last axes, or add zeros where its width is negative."""
    lead = values.ndim - len(padding)
    grown = np.pad(values, [(0, 0)] * lead + [(max(0, -before), max(0, -after)) for before, after in padding])
    borders = zip(padding, grown.shape[lead:], strict=True)
    inner: Slices = (..., *(slice(max(0, before), n - max(0, after)) for (before, after), n in borders))
    return grown[inner]


CONV_TRANSPOSE1D, CONV_TRANSPOSE2D, CONV_TRANSPOSE3D = (
    Operator(
        f"conv_transpose{n}d",
        conv_transpose,
        conv_transpose_gradient,
        explain_conv_transpose,
        explain_conv_transpose_gradient,
    )
    for n in (1, 2, 3)
)
