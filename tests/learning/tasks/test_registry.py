"""Tasks and label rules are types: whatever depends on which it is asks it, and compares no names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from inspect import isabstract
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convista
from convista.cli.options import training
from convista.errors import ConvistaError
from convista.learning.tasks.label_rule import LabelRule, rule_named
from convista.learning.tasks.prediction import ExclusiveProbabilities, IndependentProbabilities
from convista.learning.tasks.registry import TASKS
from convista.learning.tasks.task import Task
from convista.scenes import ClassInfo

CLASSES = tuple(ClassInfo(n, f"c{n}", (0, 0, 0)) for n in (1, 4, 9))


def kinds(task: type[Any]) -> Iterator[type[Any]]:
    """Yield the package's own tasks that derive from one and can be asked."""
    for kind in task.__subclasses__():
        yield from kinds(kind)
        if not isabstract(kind) and kind.__module__.startswith("convista."):
            yield kind


def test_every_task_is_listed_by_its_name_and_the_command_line_knows_it() -> None:
    assert set(TASKS.values()) == set(kinds(Task))
    assert all(name == task.name for name, task in TASKS.items())
    assert tuple(TASKS) == training.TASKS
    assert tuple(rule for rule in LabelRule if rule.of_scenes) == training.RULES


def test_no_module_compares_the_name_of_a_task_or_a_rule() -> None:
    names = {*TASKS, *LabelRule}
    for path in Path(convista.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare):
                compared = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
                assert not compared & names - {"image"}, f"{path}:{node.lineno}"  # films have one, too


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_what_a_task_takes_it_can_be_asked(task: type[Task]) -> None:
    (count,) = (count for count in (3, 2, 0) if task.takes(count) and not (count == 2 and task.takes(3)))
    asked = task(CLASSES[:count])
    assert asked.outputs == task.outputs_of(count)
    assert task.thresholds_of(count) in {0, asked.outputs}
    assert len(asked.prediction.names) in {asked.outputs, count}
    assert task.usual_rule in task.label_rules or task.label_rules == (LabelRule.PIXELS,)
    known = asked.known(np.array([task.unknown, 1]))
    assert known.tolist() == [False, True]


def test_a_rule_of_scenes_is_known_by_name() -> None:
    assert rule_named("pixels") is LabelRule.PIXELS
    assert LabelRule.PIXELS.of_pixels
    for name in ("corner", "image"):
        with pytest.raises(ConvistaError, match=f"There is no label rule “?.?{name}"):
            rule_named(name)


def test_a_class_is_said_from_its_threshold_on() -> None:
    two = np.array([[0.6, 0.4], [0.7, 0.3], [0.71, 0.29]])
    assert ExclusiveProbabilities(CLASSES[:2], 0.3).said(two).tolist() == [1, 1, 0]
    three = np.array([[0.2, 0.5, 0.3], [0.4, 0.4, 0.2]])
    assert ExclusiveProbabilities(CLASSES, 0.9).said(three).tolist() == [1, 0]
    assert IndependentProbabilities(CLASSES, (0.1, 0.6, 0.3)).said(three[:1]).tolist() == [[True, False, True]]
    assert IndependentProbabilities(CLASSES).said(three[:1]).tolist() == [[False, True, False]]
