"""What a score is compared with: answers that need no network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from convista.learning.data.scene_samples import SceneSamples
from convista.learning.scores import baseline
from convista.learning.tasks.label_rule import LabelRule
from convista.scenes import open_scene


@pytest.mark.parametrize("rule", [LabelRule.CENTRE, LabelRule.PIXELS])
def test_no_more_is_looked_at_than_it_says(
    rule: LabelRule, land: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = SceneSamples(open_scene(land[0]), land[1], patch=8, block=16, rule=rule)
    seen: list[NDArray[np.float32]] = []
    fitted = baseline._fitted

    def watched(task: object, features: NDArray[np.float32], targets: NDArray[np.int64]) -> object:
        seen.append(features)
        assert len(targets) == len(features)
        return fitted(task, features, targets)  # type: ignore[arg-type]

    monkeypatch.setattr(baseline, "_fitted", watched)
    monkeypatch.setattr(baseline, "MOST", 300)
    told = baseline.baselines(samples, "test")
    assert [len(features) for features in seen] == [300, 300]
    assert len(np.unique(seen[1], axis=0)) > 250  # of many patches, not all of one
    assert told["linear"]["accuracy"] > told["majority"]["accuracy"] + 0.2
