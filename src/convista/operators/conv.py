"""Convolution as networks compute it: a sum of products over a window that slides without flipping the kernel.

One definition serves images (rows, columns), series and volumes: i and u below stand for one position an axis.
"""

from __future__ import annotations

import itertools

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.sliding import NONE, Axes, Padding, collect, output_size, pad, readers, window, windows
from convista.operators.upstream import element, gathered, heard, written

# Letters of the sums below: places of the output, and of the kernel.
_PLACE, _KERNEL = "ijl", "uvw"


def conv(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> Array:
    """Slide each filter over the input: O[b,k,i] = Σ_c,u x[b,c, i·S + u·D] · w[k,c,u] + bias[k].

    Parameters
    ----------
    x
        Input, (batch, channels, rows, columns); one axis fewer or more for series and volumes.
    weight
        Filters, (filters, channels / groups, kernel rows, kernel columns).
    bias
        One number a filter, or None.
    stride, padding, dilation
        For each axis: step of the window, zeros around the input, distance between the elements it reads.
    groups
        The channels and the filters are divided into so many groups that know nothing of each other.

    Returns
    -------
    Feature maps, (batch, filters, rows, columns) as `output_size` says.

    Raises
    ------
    ConvistaError
        If the kernel is larger than the padded input.
    """
    i, u = letters(x)
    seen = windows(pad(x, padding), weight.shape[2:], stride, dilation)
    shares = zip(np.split(seen, groups, axis=1), np.split(weight, groups, axis=0), strict=True)
    out = np.concatenate([np.einsum(f"bc{i}{u},kc{u}->bk{i}", s, w, optimize=True) for s, w in shares], axis=1)
    return out if bias is None else out + bias.reshape(-1, *[1] * len(i))


def conv_gradient(
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
    """Return the gradients of `conv`.

    A weight is used at every position of its window, so its gradient sums over all of them:
    ∂w[k,c,u] = Σ_b,i g[b,k,i] · x[b,c, i·S + u·D]. An input element collects from every window that read it:
    ∂x[b,c, i·S + u·D] += g[b,k,i] · w[k,c,u].
    """
    i, u = letters(x)
    padded = pad(x, padding)
    seen = windows(padded, weight.shape[2:], stride, dilation)
    shares = zip(
        *(np.split(part, groups, axis) for part, axis in ((seen, 1), (weight, 0), (upstream, 1))), strict=True
    )
    to_x, to_weight = [], []
    for s, w, g in shares:
        to_weight.append(np.einsum(f"bc{i}{u},bk{i}->kc{u}", s, g, optimize=True))
        to_x.append(np.einsum(f"bk{i},kc{u}->bc{i}{u}", g, w, optimize=True))
    gradients = {
        "x": collect(np.concatenate(to_x, axis=1), padded.shape, stride, padding, dilation),
        "weight": np.concatenate(to_weight, axis=0),
    }
    if bias is not None:
        gradients["bias"] = np.einsum(f"bk{i}->k", upstream)
    return gradients


def explain_conv(
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
    """Take O[b,k,i] apart: one product for each element of the window that lies inside the input.

    Padding adds zeros, which add nothing, so they are not among the terms.
    """
    filters, channels, *kernel = weight.shape
    size = output_size(x.shape[2:], tuple(kernel), stride, padding, dilation)
    b, k, *place = inside(index, (x.shape[0], filters, *size))
    first = k // (filters // groups) * channels
    terms = []
    for c in range(channels):
        for u, at in window(tuple(place), x.shape[2:], tuple(kernel), stride, padding, dilation):
            read, by = (b, first + c, *at), (k, c, *u)
            value, factor = float(x[read]), float(weight[by])
            terms.append(Term("x", read, value, factor, by, value * factor))
    formula = f"O[{written((k, *place))}] = Σ x · w[{k}] + b[{k}]"
    offset = 0.0 if bias is None else float(bias[k])
    return summed(f"conv{len(place)}d", (b, k, *place), formula, tuple(terms), offset)


def explain_conv_gradient(
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
    """Take one element of a gradient of `conv` apart.

    An input element hears each window that read it, in every map of its group, times the weight that met it there.
    A weight hears every place at which it was used, times the input that it met; padding, being 0, is no term. A
    bias hears its whole map.
    """
    name = f"conv{x.ndim - 2}d"
    index = element(name, operand, index, x=x, weight=weight, bias=bias)
    size, kernel = upstream.shape[2:], weight.shape[2:]
    filters, channels = len(weight) // groups, weight.shape[1]
    if operand == "x":
        b, c, *at = index
        group, own = divmod(c, channels)
        met = readers(tuple(at), size, kernel, stride, padding, dilation)
        terms = [
            heard(upstream, (b, k, *i), weight[(k, own, *u)], (k, own, *u))
            for k in range(group * filters, (group + 1) * filters)
            for i, u in met
        ]
        return gathered(name, operand, index, f"∂x[{written((c, *at))}] = Σ g · w[:,{own}]", terms)
    k, *rest = index
    if operand == "bias":
        return gathered(name, operand, index, f"∂b[{k}] = Σ g[{k}]", whole_map(upstream, k))
    own, *u = rest
    c = k // filters * channels + own
    # One element of the kernel meets what a window would that has its step and its spacing the other way round.
    used = window(tuple(u), x.shape[2:], size, dilation, padding, stride)
    terms = [heard(upstream, (b, k, *i), x[(b, c, *at)], (b, c, *at), "x") for b in range(len(x)) for i, at in used]
    return gathered(name, operand, index, f"∂w[{written(index)}] = Σ g[{k}] · x[{c}]", terms)


def whole_map(upstream: Array, channel: int) -> list[Term]:
    """Return what a bias hears: every upstream value of its map, in every sample."""
    places = itertools.product(range(len(upstream)), np.ndindex(upstream.shape[2:]))
    return [heard(upstream, (b, channel, *i)) for b, i in places]


def letters(x: Array) -> tuple[str, str]:
    """Return the letters that stand for places of the output and of the kernel in a sum over x's axes."""
    return _PLACE[: x.ndim - 2], _KERNEL[: x.ndim - 2]


CONV1D, CONV2D, CONV3D = (
    Operator(f"conv{n}d", conv, conv_gradient, explain_conv, explain_conv_gradient) for n in (1, 2, 3)
)
