"""Classical filters as kernels, and how close a learned kernel comes to them.

Kernels are (rows, columns), rows downwards, and are slid without flipping, as `conv` does. Those that find edges
are written so that a positive answer means darker to the right (x) or darker below (y).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb, pi
from typing import Literal

import numpy as np

from convista.errors import ConvistaError
from convista.operators.explanation import Array

Direction = Literal["x", "y"]

_FALLING = np.array([1.0, 0.0, -1.0])
# Cosines that differ by less are the same but for rounding; the plainer match is then named.
_SAME = 1e-9


def sobel(direction: Direction = "x", size: int = 3) -> Array:
    """Smooth by binomial numbers and difference across them: [1, 2, 1] by [1, 0, −1] for size 3 (Sobel 1968).

    ``size`` is odd, 3 or more; larger ones difference the binomial numbers of ``size`` − 2.
    """
    if size < 3 or size % 2 == 0:
        raise ConvistaError("operators.filter_size_not_odd", size=size)
    return _edge(_binomial(size), np.convolve(_binomial(size - 2), _FALLING), direction)


def prewitt(direction: Direction = "x") -> Array:
    """Smooth by [1, 1, 1] and difference across it, 3×3 (Prewitt 1970)."""
    return _edge(np.ones(3), _FALLING, direction)


def scharr(direction: Direction = "x") -> Array:
    """Smooth by [3, 10, 3] and difference across it, 3×3: the direction of an edge is truer (Scharr 2000)."""
    return _edge(np.array([3.0, 10.0, 3.0]), _FALLING, direction)


def laplacian(neighbours: Literal[4, 8] = 4) -> Array:
    """Sum what the neighbours have more than the middle, 3×3: over the 4 nearest, or over all 8."""
    corner = 1.0 if neighbours == 8 else 0.0
    row = [corner, 1.0, corner]
    return np.array([row, [1.0, -float(neighbours), 1.0], row])


def gaussian(size: int, sigma: float) -> Array:
    """Weigh by exp(−(x² + y²) / 2σ²), scaled to a sum of 1.

    ``size`` is in pixels, 1 or more, and so is ``sigma``, σ, more than 0. x and y are counted from the middle.
    """
    x, y = _coordinates(size)
    raised = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return raised / raised.sum()


def gabor(
    size: int,
    wavelength: float,
    orientation: float = 0.0,
    sigma: float | None = None,
    aspect: float = 1.0,
    phase: float = 0.0,
) -> Array:
    """Weigh a wave by a Gaussian: g = exp(−(x'² + γ²·y'²) / 2σ²) · cos(2π·x' / λ + ψ) (Daugman 1985).

    x' = x·cos θ + y·sin θ and y' = −x·sin θ + y·cos θ, with x to the right and y downwards from the middle. This is
    the real part, in the parameters of Petkov and Kruizinga (1997).

    Parameters
    ----------
    size
        Rows and columns in pixels, 1 or more.
    wavelength
        λ, in pixels, 2 or more.
    orientation
        θ, in radians: the direction in which the wave runs, 0 to the right, π/2 downwards.
    sigma
        σ of the Gaussian, in pixels; None for 0.56·λ, about one octave of wavelengths.
    aspect
        γ, by which the Gaussian is narrower along the stripes than across; less than 1 makes them longer.
    phase
        ψ, in radians: 0 for a line, ±π/2 for an edge.
    """
    x, y = _coordinates(size)
    across = x * np.cos(orientation) + y * np.sin(orientation)
    along = y * np.cos(orientation) - x * np.sin(orientation)
    width = 0.56 * wavelength if sigma is None else sigma
    return np.exp(-(across**2 + (aspect * along) ** 2) / (2 * width**2)) * np.cos(
        2 * pi * across / wavelength + phase
    )


def bank(size: int = 3) -> dict[str, Array]:
    """Return the classical kernels of a size by name; those that are 3×3 by definition only where it is 3.

    Gabor kernels have one wave in the kernel, to the right or by 45°, as a line or as an edge: with turns
    by 90° and the sign that makes eight directions. Below size 3 there is only the Gaussian.
    """
    kernels = {"gaussian": gaussian(size, size / 4)}
    if size < 3:
        return kernels
    if size % 2:
        kernels |= {f"sobel_{d}": sobel(d, size) for d in _DIRECTIONS}
    if size == 3:
        kernels |= {f"prewitt_{d}": prewitt(d) for d in _DIRECTIONS}
        kernels |= {f"scharr_{d}": scharr(d) for d in _DIRECTIONS}
        kernels |= {"laplacian_4": laplacian(4), "laplacian_8": laplacian(8)}
    for kind, phase in (("line", 0.0), ("edge", pi / 2)):
        kernels |= {f"gabor_{kind}_{a}": gabor(size, size, a * pi / 180, size / 4, phase=phase) for a in (0, 45)}
    return kernels


@dataclass(frozen=True)
class Match:
    """How close a kernel comes to a classical one, turned and perhaps negated."""

    name: str
    similarity: float
    """Cosine of the angle between the two, as vectors: 0 … 1."""
    rotation: int
    """By how many degrees the classical kernel is turned, against the clock: 0, 90, 180 or 270."""
    sign: int
    """−1 where it is its negative that is alike, else 1."""


def similarity(kernel: Array, classical: Mapping[str, Array]) -> tuple[Match, ...]:
    """Compare a kernel with classical ones of its size, up to sign and turns by 90°; the most alike comes first.

    The kernels are compared as they are, each scaled to length 1. Their means are not taken away: whether a kernel
    answers to plain brightness is part of what it does. Of equally close turns the smallest is named, and of
    equally close kernels the one that is turned least. A kernel of zeros is like none: all similarities are 0.

    Parameters
    ----------
    kernel
        One learned kernel, (size, size).
    classical
        Kernels by name, as `bank` gives them; those of another size are passed over.

    Raises
    ------
    ConvistaError
        If the kernel is not square, or no classical one has its size.
    """
    if kernel.ndim != 2 or kernel.shape[0] != kernel.shape[1]:
        raise ConvistaError("operators.kernel_not_square", shape=kernel.shape)
    alike = [_match(kernel, name, other) for name, other in classical.items() if other.shape == kernel.shape]
    if not alike:
        raise ConvistaError("operators.no_filter_of_this_size", size=len(kernel))
    return tuple(sorted(alike, key=lambda match: (-round(match.similarity / _SAME), match.rotation)))


def _match(kernel: Array, name: str, classical: Array) -> Match:
    best = Match(name, 0.0, 0, 1)
    lengths = float(np.linalg.norm(kernel) * np.linalg.norm(classical))
    for turns in range(4):
        cosine = float((kernel * np.rot90(classical, turns)).sum()) / lengths if lengths else 0.0
        if abs(cosine) > best.similarity + _SAME:
            best = Match(name, min(abs(cosine), 1.0), 90 * turns, 1 if cosine > 0 else -1)
    return best


def _binomial(size: int) -> Array:
    return np.array([comb(size - 1, n) for n in range(size)], dtype=np.float64)


def _edge(smooth: Array, difference: Array, direction: Direction) -> Array:
    across = np.outer(smooth, difference)
    return across if direction == "x" else across.T


def _coordinates(size: int) -> tuple[Array, Array]:
    """Return x and y of each cell, from the middle, which lies between cells where the size is even."""
    line = np.arange(size) - (size - 1) / 2
    return line[None, :], line[:, None]


_DIRECTIONS: tuple[Direction, Direction] = ("x", "y")
