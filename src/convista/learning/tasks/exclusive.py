"""What tasks that ask for one class out of several have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from convista.learning.scores.charts import draw_confusion, draw_reliability
from convista.learning.scores.scoring import ClassScore
from convista.learning.tasks.class_task import ClassTask
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.prediction import ExclusiveProbabilities


@dataclass(frozen=True, repr=False)
class ExclusiveTask(ClassTask):
    """A question that one class answers: targets are its position, whole numbers, (batch, …)."""

    label_rules: ClassVar[tuple[LabelRule, ...]] = (
        LabelRule.CENTRE, LabelRule.MAJORITY, LabelRule.PIXELS, LabelRule.IMAGE,
    )  # fmt: skip
    by_class: ClassVar[bool] = True

    @property
    def prediction(self) -> ExclusiveProbabilities:
        """The probability of each class."""
        return ExclusiveProbabilities(self.classes, self.calibration.threshold)

    def score(self) -> ClassScore:
        """Return an empty `ClassScore`."""
        return ClassScore(self.prediction)

    def draw(self, report: Mapping[str, Any], folder: Path) -> list[Path]:
        """Draw ``confusion.png`` and ``reliability.png``."""
        return [
            draw_confusion(report, folder / "confusion.png"),
            draw_reliability(report, folder / "reliability.png"),
        ]
