"""Convolutions 3 × 3 with a quarter of the multiplications: Winograd's minimal filtering.

Lavin & Gray (2016), "Fast algorithms for convolutional neural networks", F(4 × 4, 3 × 3): 4 × 4 outputs at a time
from a tile of 6 × 6 inputs, Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, with d the inputs and g the kernel. Along one axis, 4
outputs of a kernel of 3 take 4 + 3 − 1 = 6 products in place of 12 (Winograd 1980, "Arithmetic complexity of
computations"), by values of polynomials at the points 0, 1, −1, 2, −2 and infinity; along both, 36 in place of 144.

Summed over channels, each of the 36 is a matrix product, (tiles, channels) · (channels, filters), in which the time
goes. The sums before and after are written out, since few of the factors of Bᵀ and Aᵀ are other than 0 and 1. The
result is that of the definition but for rounding: a few millionths of the largest value, where the plain way has
one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.torch_private import has_onednn_linear, has_pre_hooks, onednn_linear

OUT, IN = 4, 6
"""Rows and columns of a tile of outputs, and of the inputs that it reads."""
FEWEST_CHANNELS = 128
"""With fewer, read or made, the sums take as long as the multiplications that they save."""
FEWEST_TILES = 96
"""With fewer in a batch, the matrices are too narrow, and their transformed weights outweigh what they are for."""
TILES = 128
"""Worked on at a time, so that what lies between two steps stays in the processor's cache."""
# One row for each of the six points: the polynomial of a kernel's row there, over what interpolation divides by.
G = ((1 / 4, 0, 0), (-1 / 6, -1 / 6, -1 / 6), (-1 / 6, 1 / 6, -1 / 6), (1 / 24, 1 / 12, 1 / 6),
     (1 / 24, -1 / 12, 1 / 6), (0, 0, 1))  # fmt: skip
CONSTANT = IN + 1
"""The one of the 36 products that every output has once: what is added to it is added to all."""


class WinogradConv2d(nn.Conv2d):
    """A convolution computed so wherever a batch is large enough; made of a plain one by `use_winograd`."""

    def forward(self, x: Tensor) -> Tensor:
        """Return what the plain convolution gives, but for rounding."""
        (top, left), (rows, columns) = _pair(self.padding), x.shape[-2:]
        height, width = rows + 2 * top - 2, columns + 2 * left - 2
        tiles = -(-height // OUT) * -(-width // OUT)
        # Tiles that reach beyond the output are computed whole: of an output of 5 × 5, 4 tiles of 16 for 25 values.
        wasted = 2 * height * width < tiles * OUT**2
        if x.ndim != 4 or wasted or len(x) * tiles < FEWEST_TILES or torch.is_autocast_enabled("cpu"):
            return super().forward(x)
        return convolved(x, self._kernels(), self.bias, (top, left), max(1, TILES // tiles))

    def _kernels(self) -> Tensor:
        """Transform the weights when they are first needed, once for all threads."""
        with _transforming:
            # In the module's dictionary, not as a buffer, so that the network's state is what it was.
            if "_transformed" not in self.__dict__:
                self.__dict__["_transformed"] = transform(self.weight.detach())
        made: Tensor = self.__dict__["_transformed"]
        return made


_transforming = threading.Lock()


def use_winograd(network: nn.Module) -> None:
    """Have the convolutions of a network that gain by it computed so, in place; its weights are to stay."""
    for module in network.modules():
        if type(module) is nn.Conv2d and _gains(module):
            module.__class__ = WinogradConv2d


def _gains(conv: nn.Conv2d) -> bool:
    plain = conv.kernel_size == (3, 3) and conv.stride == (1, 1) and conv.dilation == (1, 1) and conv.groups == 1
    padded = conv.padding_mode == "zeros" and conv.padding != "valid"
    wide = min(conv.in_channels, conv.out_channels) >= FEWEST_CHANNELS
    here = conv.weight.device.type == "cpu" and conv.weight.dtype == torch.float32
    # A hook before the forward may make the weights anew, as weight norm does; they are transformed only once.
    return plain and padded and wide and here and not has_pre_hooks(conv)


def _pair(padding: str | tuple[int, ...]) -> tuple[int, int]:
    return (1, 1) if isinstance(padding, str) else (padding[0], padding[1])


def transform(weight: Tensor) -> Tensor:
    """Return G g Gᵀ of each kernel, (36, filters, channels), of weights (filters, channels, 3, 3)."""
    g = torch.tensor(G, dtype=weight.dtype)
    # G g Gᵀ of all kernels as one matrix product: row by row, vec(G g Gᵀ) = (G ⊗ G) vec(g).
    made = torch.kron(g, g) @ weight.permute(2, 3, 0, 1).reshape(9, -1)
    return made.view(IN * IN, *weight.shape[:2])


def convolved(x: Tensor, transformed: Tensor, bias: Tensor | None, padding: tuple[int, int], few: int) -> Tensor:
    """Return the convolution, (batch, filters, rows, columns), of a batch, a few samples at a time."""
    # Tiles begin every OUT rows and columns and share IN − OUT = 2 with the next, as the kernel's two further rows.
    (top, left), (rows, columns), filters = padding, x.shape[-2:], transformed.shape[1]
    height, width = rows + 2 * top - 2, columns + 2 * left - 2
    down, across = -(-height // OUT), -(-width // OUT)
    below, right = (down * OUT + 2 - rows - top), (across * OUT + 2 - columns - left)
    # Channels last, so that the channels of a tile's element, which the matrix products sum over, lie side by side.
    padded = functional.pad(x, (left, right, top, below)).permute(0, 2, 3, 1).contiguous()
    made = x.new_empty(len(x), down * OUT, across * OUT, filters)
    for first in range(0, len(x), few):
        some = padded[first : first + few]
        n, channels = len(some), some.shape[3]
        # Bᵀ d B in two steps, rows and then columns. Slice k holds the k-th row of every tile at once, so that the
        # tiles, which overlap, are never copied out.
        by_rows = x.new_empty(IN, n, down, across * OUT + 2, channels)
        _before([some[:, k : k + down * OUT - 3 : OUT] for k in range(IN)], by_rows)
        tiles = x.new_empty(IN, IN, n, down, across, channels)
        _before([by_rows[:, :, :, k : k + across * OUT - 3 : OUT] for k in range(IN)], tiles.transpose(0, 1))
        flat = tiles.view(IN * IN, n * down * across, channels)
        # Aᵀ M A likewise, each column of products as soon as it is there.
        summed = x.new_empty(OUT, IN, n, down, across, filters)
        for column in range(IN):
            products = [
                _product(flat[k], transformed[k], bias if k == CONSTANT else None).view(summed.shape[2:])
                for k in range(column, IN * IN, IN)
            ]
            _after(products, summed[:, column])
        # The outputs of a tile go straight to where they belong in the map: OUT rows of it by OUT columns.
        target = made[first : first + n].view(n, down, OUT, across, OUT, filters)
        _after(summed.unbind(1), target.permute(4, 2, 0, 1, 3, 5))
    return made[:, :height, :width].permute(0, 3, 1, 2)


def _product(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Return x · weightᵀ + bias, for the 36 products."""
    product = onednn_linear if x.dtype == torch.float32 and has_onednn_linear() else functional.linear
    return product(x, weight, bias)


def _before(d: Sequence[Tensor], out: Tensor) -> None:
    """Apply Bᵀ: six from six.

    Its rows for the points 1 and −1, and for 2 and −2, differ in the sign of the odd terms alone, which are summed
    once for both.
    """
    even, odd = torch.add(d[4], d[2], alpha=-4), torch.add(d[3], d[1], alpha=-4)
    torch.add(even, odd, out=out[1])
    torch.sub(even, odd, out=out[2])
    torch.sub(d[4], d[2], out=even)
    torch.sub(d[3], d[1], out=odd)
    torch.add(even, odd, alpha=2, out=out[3])
    torch.sub(even, odd, alpha=2, out=out[4])
    torch.add(d[4], d[2], alpha=-5, out=out[0]).add_(d[0], alpha=4)
    torch.add(d[5], d[3], alpha=-5, out=out[5]).add_(d[1], alpha=4)


def _after(m: Sequence[Tensor], out: Tensor) -> None:
    """Apply Aᵀ: four from six; again sums and differences of the points 1 and −1, 2 and −2, serve twice."""
    near, far = m[1] + m[2], m[3] + m[4]
    torch.add(m[0], near, out=out[0]).add_(far)
    torch.add(near, far, alpha=4, out=out[2])
    torch.sub(m[1], m[2], out=near)
    torch.sub(m[3], m[4], out=far)
    torch.add(near, far, alpha=2, out=out[1])
    torch.add(near, far, alpha=8, out=out[3]).add_(m[5])
