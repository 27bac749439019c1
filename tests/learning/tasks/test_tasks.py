"""Each task's loss is torch's where everything is known, and knows nothing of what is not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch.nn import functional

from convista.errors import ConvistaError
from convista.learning.tasks.registry import TASKS, task_named
from convista.scenes import ClassInfo

CLASSES = tuple(ClassInfo(n, f"c{n}", (0, 0, 0)) for n in (1, 4, 9))


@pytest.mark.parametrize("shape", [(6,), (6, 4, 5)])
def test_multiclass(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    task = task_named("multiclass")(CLASSES)
    output, target = torch.randn(6, 3, *shape[1:]), torch.randint(0, 3, shape)
    torch.testing.assert_close(
        task.loss(output, target, 0.1), functional.cross_entropy(output, target, label_smoothing=0.1)
    )
    partly = target.clone()
    partly[::2] = -1
    torch.testing.assert_close(task.loss(output, partly), functional.cross_entropy(output[1::2], target[1::2]))
    assert task.loss(output, torch.full_like(target, -1)) == 0
    torch.testing.assert_close(task.answers(output).sum(dim=1), torch.ones(shape))


@pytest.mark.parametrize("shape", [(6,), (6, 4, 5)])
def test_binary(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    task = task_named("binary")(CLASSES[:2])
    output, target = torch.randn(6, 1, *shape[1:]), torch.randint(0, 2, shape)
    plain = functional.binary_cross_entropy_with_logits(output[:, 0], target.float())
    torch.testing.assert_close(task.loss(output, target), plain)
    target[0] = -1
    torch.testing.assert_close(
        task.loss(output, target),
        functional.binary_cross_entropy_with_logits(output[1:, 0], target[1:].float()),
    )
    answers = task.answers(output)
    torch.testing.assert_close(answers[:, 1], torch.sigmoid(output[:, 0]))
    torch.testing.assert_close(answers.sum(dim=1), torch.ones(shape))
    with pytest.raises(ConvistaError, match="A binary task tells two classes apart and here there are 3"):
        task_named("binary")(CLASSES)


def test_multilabel() -> None:
    torch.manual_seed(0)
    task = task_named("multilabel")(CLASSES)
    output, target = torch.randn(6, 3), torch.randint(0, 2, (6, 3))
    torch.testing.assert_close(
        task.loss(output, target), functional.binary_cross_entropy_with_logits(output, target.float())
    )
    torch.testing.assert_close(task.answers(output), torch.sigmoid(output))


@pytest.mark.parametrize("shape", [(6,), (6, 4, 5)])
def test_regression(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    task = task_named("regression")(())
    output, target = torch.randn(6, 1, *shape[1:]), 2 * torch.randn(shape)
    target[2] = torch.nan
    known = [0, 1, 3, 4, 5]
    output.requires_grad_()
    loss = task.loss(output, target)
    torch.testing.assert_close(loss, functional.huber_loss(output[known, 0], target[known]))
    loss.backward()  # type: ignore[no-untyped-call]
    assert output.grad is not None
    assert torch.isfinite(output.grad).all()
    assert (output.grad[2] == 0).all()


def test_unknown_tasks_list_those_there_are() -> None:
    with pytest.raises(
        ConvistaError, match=f"There is no task “detection”. Choose one of these: {', '.join(TASKS)}"
    ):
        task_named("detection")(CLASSES)


@pytest.mark.parametrize("name", TASKS)
def test_every_task_scores_what_it_answers(name: str) -> None:
    task = task_named(name)(CLASSES[:2] if name == "binary" else CLASSES)
    output = torch.randn(8, task.outputs)
    wanted: dict[str, NDArray[Any]] = {
        "multilabel": np.ones((8, 3), np.int64),
        "regression": np.zeros(8, np.float32),
    }
    score = task.score()
    score.add(task.answers(output).numpy(), wanted.get(name, np.zeros(8, np.int64)), np.arange(8))
    assert set(score.interval()) == set(score.told)
    assert score.report()["samples"] == (24 if name == "multilabel" else 8)
