"""The tasks, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from convista.errors import ConvistaError
from convista.learning.tasks.binary import Binary
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.multilabel import Multilabel
from convista.learning.tasks.regression import Regression
from convista.learning.tasks.segmentation import Segmentation
from convista.learning.tasks.task import Task

TASKS: Mapping[str, type[Task]] = MappingProxyType(
    {task.name: task for task in (Multiclass, Binary, Multilabel, Regression, Segmentation)}
)


def task_named(name: str) -> type[Task]:
    """Return the task of a name; ConvistaError if there is none."""
    if name not in TASKS:
        raise ConvistaError("learning.tasks.unknown_task", task=name, tasks=", ".join(TASKS))
    return TASKS[name]
