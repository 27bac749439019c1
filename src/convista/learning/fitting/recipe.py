"""The numbers of a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from convista.errors import ConvistaError
from convista.suggestions import hint


@dataclass(frozen=True, repr=False)
class Recipe:
    """The numbers of a training. What is 0 is not done."""

    epochs: int = 12
    epoch_samples: int = 65_536
    """Samples of an epoch, where there are more."""
    batch: int = 256
    optimizer: str = "adamw"
    """``"adamw"``; ``"muon"``, see `Muon`, for long trainings; or ``"sgd"`` with Nesterov's momentum of 0.9."""
    learning_rate: float = 3e-3
    """The highest of the one-cycle schedule."""
    warmup: float = 0.3
    """Share of the training in which the learning rate rises."""
    decay: float = 0.01
    """Weight decay, of weights; not of biases, nor of what normalises."""
    sampling_power: float = 0.5
    """Classes are drawn in proportion to this power of their frequency, so that rare ones are seen at all."""
    prior_power: float = 0.75
    """The network answers as if classes occurred in proportion to this power of their frequency: 1 gives the best
    accuracy, less finds more of the rare classes."""
    smoothing: float = 0.0
    """Share of a label that is given to all classes alike."""
    shift: float = 0.0
    """How far patches are moved at most, as a share of their side; the border is mirrored."""
    cutout: float = 0.0
    """Side of a square that is hidden from each patch, as a share of the patch's."""
    jitter: float = 0.0
    """Spread of the gain and of the offset by which each band of a patch changes, in its standard deviations."""
    mixup: float = 0.0
    """α of the Beta distribution by which pairs of patches are mixed (Zhang et al. 2018)."""
    ema_decay: float = 0.0
    """How much of the running average of the weights is kept at each step; the average is what is kept."""
    patience: int = 0
    """Epochs without a better score after which training ends."""
    validation_samples: int = 20_000
    """Of the validation part, looked at after each epoch, where there are more."""
    device: str = "auto"
    """As Fabric names it: ``"cpu"``, ``"cuda"`` …"""
    precision: str = "auto"
    """As Fabric names it: ``"32-true"``, ``"bf16-mixed"`` …; ``"auto"`` takes bfloat16 where the processor
    computes it and the network is large enough to gain by it."""

    def __repr__(self) -> str:
        own = ((each.name, getattr(self, each.name), each.default) for each in fields(self))
        return f"Recipe({', '.join(f'{name}={value!r}' for name, value, usual in own if value != usual)})"


_OF_MANY: Mapping[str, Any] = {
    "batch": 128,
    "optimizer": "muon",
    "learning_rate": 0.02,
    "warmup": 0.2,
    "decay": 0.05,
    "sampling_power": 1.0,
    "prior_power": 1.0,
    "smoothing": 0.1,
}

RECIPES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "quick": {**_OF_MANY, "epochs": 6, "ema_decay": 0.99},
    "thorough": {**_OF_MANY, "epochs": 24, "ema_decay": 0.998, "shift": 0.1, "cutout": 0.25},
}
"""Numbers that go together. ``"plain"`` is for a first look and small scenes; the others are for thousands of
patches or more: ``"quick"`` for minutes, ``"thorough"`` for accuracy, with regularisation."""

MAY_BE_ZERO = {
    "warmup", "decay", "sampling_power", "prior_power", "smoothing", "shift", "cutout", "jitter", "mixup",
    "ema_decay", "patience",
}  # fmt: skip
SHARES = {"warmup", "smoothing", "shift", "cutout", "ema_decay"}
OPTIMIZERS = ("adamw", "muon", "sgd")
RENAMED: Mapping[str, str] = {
    "rate": "learning_rate",
    "draw": "sampling_power",
    "answer": "prior_power",
    "average": "ema_decay",
}
"""Names that numbers had once, and those that they have: files of before have the former."""


def renamed(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers that a file of any age has, by the names of today."""
    return {RENAMED.get(name, name): value for name, value in numbers.items()}


def recipe_named(name: str) -> dict[str, Any]:
    """Return the numbers of a recipe of `RECIPES`.

    Raises
    ------
    ConvistaError
        If there is none of that name.
    """
    if name not in RECIPES:
        raise ConvistaError("learning.fitting.unknown_recipe", name=name, known=", ".join(RECIPES))
    return dict(RECIPES[name])


PRECISIONS = ("32-true", "64-true", "bf16-mixed", "bf16-true", "16-mixed", "16-true")
"""As Fabric names them."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "precision": ("auto", *PRECISIONS),
    "device": ("auto", "cpu", "cuda", "gpu", "mps"),
}


def recipe_of(numbers: Mapping[str, Any]) -> Recipe:
    """Return the recipe with some numbers of one's own.

    Raises
    ------
    ConvistaError
        If there is no such number, or it is out of range.
    """
    known = asdict(Recipe())
    for name, value in numbers.items():
        if name not in known:
            near = hint(name, known, RENAMED)
            raise ConvistaError("learning.fitting.unknown_number", name=name, hint=near, known=", ".join(known))
        if isinstance(known[name], str):
            continue
        if not isinstance(value, int | float) or value < 0 or (value == 0 and name not in MAY_BE_ZERO):
            raise ConvistaError("learning.number_not_positive", name=name, value=value)
        if name in SHARES and value >= 1:
            raise ConvistaError("learning.fitting.number_not_a_share", name=name, value=value)
    if numbers.get("optimizer", "adamw") not in OPTIMIZERS:
        raise ConvistaError(
            "learning.fitting.unknown_optimizer", name=numbers["optimizer"], known=", ".join(OPTIMIZERS)
        )
    for name, choices in CHOICES.items():
        if (value := numbers.get(name, "auto")) not in choices:
            raise ConvistaError("learning.fitting.unknown_choice", name=name, value=value, known=", ".join(choices))
    return Recipe(**numbers)
