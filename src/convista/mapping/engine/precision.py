"""Which precision a map is computed in, where nobody says."""

from __future__ import annotations

import torch

from convista.errors import ConvistaError
from convista.learning.fitting.precision import reduced_is_worth_it
from convista.learning.tasks.prediction import Quantities
from convista.mapping.map_model import MapModel

PRECISIONS = ("float32", "bfloat16", "auto")


def check_precision(name: str) -> None:
    """See that a precision is one of those that a map is computed in; ConvistaError if not."""
    if name not in PRECISIONS:
        raise ConvistaError("mapping.unknown_precision", precision=name, known=", ".join(PRECISIONS))


def chosen(model: MapModel, device: torch.device) -> str:
    """Return ``"bfloat16"`` where the processor and the network gain by it, else ``"float32"``.

    Values, whose digits count, stay in float32.
    """
    if isinstance(model.prediction, Quantities):
        return "float32"
    patch = torch.zeros(1, len(model.band_names), model.patch, model.patch)
    return "bfloat16" if reduced_is_worth_it(model.network, patch, device.type) else "float32"
