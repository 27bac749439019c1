"""Muon: an optimiser that turns the steps of convolutions into orthogonal matrices.

Jordan et al. (2024), "Muon: an optimizer for hidden layers in neural networks": the momentum of a matrix of
weights, U·S·Vᵀ, is replaced by about U·Vᵀ. That is the steepest step there is of a given spectral norm (Bernstein &
Newhouse 2024, "Old optimizer, new norm: an anthology"), where a plain gradient is the steepest of a given Euclidean
length.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""a, b, c of x ← a·x + b·x³ + c·x⁵, which Jordan et al. tuned for speed: the slope a at 0 is steep, so that small
singular values grow fast; in return the iteration does not settle at 1, but moves about it, 0.7 … 1.2."""
ROUNDS = 5
"""Enough for singular values from about two thousandths of the norm on: 3.4445⁵ is 485."""
SAME_SIZE = 0.2
"""Root mean square of AdamW's usual step, which an orthogonal one is brought to (Liu et al. 2025)."""


class Muon(torch.optim.Optimizer):
    """Muon for filters (Jordan et al. 2024), AdamW (Loshchilov and Hutter 2019) for everything else.

    A convolution's weights are a matrix with a row for each filter. What its gradient says is mostly about a few
    directions; of the step that momentum makes of it, all directions become about equally long, so that the rare
    ones are learned as well.

    Parameters
    ----------
    groups
        As torch's optimisers take them, with ``"orthogonal": True`` for those of filters, (filters, …).
    lr
        Learning rate, AdamW's for both: orthogonal steps are scaled to the size of its own.
    betas
        What is kept of the mean of gradients, which is Muon's momentum, and of the mean of their squares.
    eps
        Added to AdamW's denominator.
    """

    def __init__(
        self,
        groups: Iterable[dict[str, Any]],
        lr: float,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        defaults = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": 0.0, "orthogonal": False}
        super().__init__(groups, defaults)

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]  # nothing is asked twice
        """Move every parameter that has a gradient."""
        del closure
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                step = _orthogonal_step if group["orthogonal"] else _adaptive_step
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.sub_(step(parameter.grad, self.state[parameter], group), alpha=group["lr"])


def _orthogonal_step(gradient: Tensor, state: dict[str, Tensor], group: dict[str, Any]) -> Tensor:
    """Return Muon's step, with Nesterov's momentum, for a learning rate of 1."""
    if not state:
        state["mean"] = torch.zeros_like(gradient)
    kept: float = group["betas"][0]
    state["mean"].lerp_(gradient, 1 - kept)
    # Nesterov's momentum: where the mean will be if the next gradient is like this one.
    matrix = gradient.lerp(state["mean"], kept).flatten(1)
    # The root mean square of an orthogonal matrix's elements is 1 / √(longer side).
    scale: float = SAME_SIZE * max(matrix.shape) ** 0.5
    return orthogonal(matrix).view(gradient.shape) * scale


def _adaptive_step(gradient: Tensor, state: dict[str, Tensor], group: dict[str, Any]) -> Tensor:
    """Return AdamW's step for a learning rate of 1."""
    if not state:
        state |= {
            "mean": torch.zeros_like(gradient),
            "squares": torch.zeros_like(gradient),
            "number": torch.zeros(()),
        }
    kept, kept_squares = map(float, group["betas"])
    # Both means begin at 0, and are divided by the weight that they have gathered since (Kingma & Ba 2015).
    state["number"] += 1
    state["mean"].lerp_(gradient, 1 - kept)
    state["squares"].mul_(kept_squares).addcmul_(gradient, gradient, value=1 - kept_squares)
    size = (state["squares"] / (1 - kept_squares ** state["number"])).sqrt() + group["eps"]
    step: Tensor = state["mean"] / (1 - kept ** state["number"]) / size
    return step


def orthogonal(matrix: Tensor) -> Tensor:
    """Return a matrix with the same singular vectors, whose singular values are all near 1, about 0.7 … 1.2.

    Newton and Schulz's iteration X ← (a + b·G + c·G²)·X with G = X·Xᵀ, with the coefficients of Jordan et al.: fast
    rather than exact. It only multiplies, and leaves U and V as they are: on each singular value it acts as the
    polynomial of `COEFFICIENTS`.

    Parameters
    ----------
    matrix
        Any two axes; float32.
    """
    wide = matrix if len(matrix) <= matrix.shape[1] else matrix.T
    # By the Frobenius norm, which is above the spectral one: the iteration converges from singular values up to 1.
    start = wide / (torch.linalg.matrix_norm(wide) + 1e-7)
    a, b, c = COEFFICIENTS
    gram, same = start @ start.T, torch.eye(len(start), dtype=start.dtype, device=start.device)
    # With P = a + b·G + c·G², X becomes P·X and G becomes P·G·P. So the factors are multiplied first, which are
    # square, of the shorter side, and the long X only once, in the end.
    whole = same
    for _ in range(ROUNDS):
        factor = a * same + b * gram + c * gram @ gram
        whole, gram = factor @ whole, factor @ gram @ factor
    made: Tensor = whole @ start
    return made if wide is matrix else made.T


def groups_of(network: nn.Module, decay: float) -> list[dict[str, Any]]:
    """Return a network's parameters as groups: filters, other weights, and what only shifts or scales."""
    filters = [p for p in network.parameters() if p.ndim > 2]
    weights = [p for p in network.parameters() if p.ndim == 2]
    others = [p for p in network.parameters() if p.ndim <= 1]
    return [
        {"params": filters, "weight_decay": decay, "orthogonal": True},
        {"params": weights, "weight_decay": decay},
        {"params": others, "weight_decay": 0.0},
    ]
