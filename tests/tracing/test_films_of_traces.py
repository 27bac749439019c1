"""Every film that takes a trace takes one with a target as well, and shows the network, not the loss beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.registry import OPERATORS_FILMED
from convista.language import LANGUAGES
from convista.tracing import Trace, trace
from tests.films.reading import assert_laid_out, texts

TAKE_A_TRACE = (
    "architecture-lenet", "architecture-vgg", "architecture-resnet", "architecture-unet",
    "cnn-stages", "receptive-field", "activation-maps",
)  # fmt: skip
Target = Callable[[Any], Tensor] | int | None


def small() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(4 * 5 * 6, 7), nn.ReLU(), nn.Linear(7, 3),
    ).eval()  # fmt: skip


def traced(target: Target) -> Trace:
    return trace(small(), torch.randn(1, 3, 10, 12, generator=torch.manual_seed(1)), target)


TARGETS: dict[str, Target] = {"class": 2, "function": lambda output: output[0, 1]}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", TAKE_A_TRACE)
def test_a_film_of_a_trace_is_the_same_with_a_target(name: str, target: str) -> None:
    with_target, without = (film(name, trace=traced(t)) for t in (TARGETS[target], None))
    assert len(with_target.steps) == len(without.steps)
    for language in LANGUAGES:
        for one, other in zip(with_target.steps, without.steps, strict=True):
            assert texts(one.marks, language) == texts(other.marks, language)
            assert_laid_out(one.marks, language)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_a_trace_films_itself_with_a_target(target: str) -> None:
    with_target, without = traced(TARGETS[target]), traced(None)
    assert with_target.layers() == without.layers()
    assert [step.caption for step in with_target.film().steps] == [step.caption for step in without.film().steps]
    for record in without:
        if record.operator in OPERATORS_FILMED:
            one, other = with_target.film(record.name), without.film(record.name)
            assert [texts(s.marks, "en") for s in one.steps] == [texts(s.marks, "en") for s in other.steps]


class ItsOwnLoss(nn.Module):
    """Gives one number for the batch, as detectors do in training; or one for each sample."""

    def __init__(self, of_each: bool) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4, 1)
        self.of_each = of_each

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.fc(self.conv(x).relu().mean((2, 3))).squeeze(1)
        return y if self.of_each else y.square().mean()


@pytest.mark.parametrize("of_each", [True, False])
@pytest.mark.parametrize("target", [None, lambda output: output.sum()])
def test_a_network_that_ends_in_one_number_is_drawn(of_each: bool, target: Target) -> None:
    torch.manual_seed(0)
    recorded = trace(ItsOwnLoss(of_each), torch.randn(2, 3, 8, 8), target)
    assert recorded.layers()[-1].shape == ()
    for made in (recorded.film(), film("cnn-stages", trace=recorded)):
        for language in LANGUAGES:
            for step in made.steps:
                assert_laid_out(step.marks, language)
    assert texts(recorded.film().steps[-2].marks, "en")["fact.output"] == "1"


@pytest.mark.parametrize("shape", [(2, 6), (2, 3, 4, 5, 6)])
def test_networks_of_other_inputs_are_drawn(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Flatten(), nn.Linear(torch.Size(shape[1:]).numel(), 4), nn.ReLU(), nn.Linear(4, 3))
    made = trace(network, torch.randn(shape), 1).film()
    assert len(made.steps) == 2 + len(trace(network, torch.randn(shape)).layers())
    for step in made.steps:
        assert_laid_out(step.marks, "en")


def test_one_stage_is_still_refused_with_a_target() -> None:
    network = nn.Sequential(nn.Conv2d(3, 2, 1), nn.Conv2d(2, 2, 1))
    recorded = trace(network, torch.randn(1, 3, 8, 8), lambda output: output.mean())
    with pytest.raises(ConvistaError, match="does not have two stages"):
        film("cnn-stages", trace=recorded)
