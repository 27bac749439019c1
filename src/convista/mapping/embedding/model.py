"""Vectors in place of answers: what a network decides by, as a map or a search uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace

import torch
from torch import Tensor, nn

from convista.learning.tasks.prediction import Quantities
from convista.mapping.map_model import MapModel, probe_output
from convista.models.feature_extraction import BeforeHead, head_of, mean_over_places


class WithAnswers(nn.Module):
    """The vector of each patch and what the network says of it, side by side: (batch, numbers + outputs)."""

    def __init__(self, before: BeforeHead) -> None:
        super().__init__()
        self.before = before

    def forward(self, x: Tensor) -> Tensor:
        """Return both; answers for every pixel are averaged over the patch."""
        vectors, answers = self.before.both(x)
        return torch.cat([vectors, mean_over_places(answers)], dim=1)


class AveragedOverPatch(nn.Module):
    """A network whose answers are vectors, asked for one a patch."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, numbers)."""
        return mean_over_places(self.network(x))


def is_embedding(model: MapModel) -> bool:
    """Whether a model's answers are vectors themselves: several values without a unit."""
    prediction = model.prediction
    return isinstance(prediction, Quantities) and len(prediction.names) > 1 and prediction.unit is None


def answers_or_vectors(model: MapModel, embeddings: bool) -> AbstractContextManager[MapModel]:
    """Give what a map is made by: a model as it is, or its vectors, one a pixel where there are such."""
    return vectors_of(model, whole=False) if embeddings else nullcontext(model)


@contextmanager
def vectors_of(model: MapModel, *, whole: bool = True, answers: bool = False) -> Iterator[MapModel]:
    """Give a model that answers with the network's vectors, and takes its hook away from the network in the end.

    The vector is what the network's head reads (`head_of`), or its answers where those are an embedding.

    Parameters
    ----------
    model
        What is asked for vectors.
    whole
        Whether there is one vector a patch, even if the network answers for every pixel.
    answers
        Whether the answers follow each vector, unless they are the vector; then there is one a patch.

    Raises
    ------
    ConvistaError
        If the network has no head.
    """
    if is_embedding(model):
        yield _answering(model, AveragedOverPatch(model.network)) if whole and model.step is not None else model
        return
    head = head_of(model.network, len(model.band_names), model.patch)
    before = BeforeHead(model.network, head, whole=whole or answers)
    try:
        yield _answering(model, WithAnswers(before) if answers else before)
    finally:
        before.release()


def _answering(model: MapModel, network: nn.Module) -> MapModel:
    outputs, step = probe_output(network, len(model.band_names), model.patch)
    names = tuple(f"v{n}" for n in range(outputs))
    return replace(model, network=network, prediction=Quantities(names), step=step)
