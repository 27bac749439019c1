"""The run that comes with the package is small, is what its script makes, and is as good as it says."""

from __future__ import annotations

import runpy
from copy import deepcopy
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import pytest
import torch

from convista import open_run
from convista.catalogue.story import FILE, story_run
from convista.learning import Run, evaluate
from convista.models import Mini
from convista.scenes import example_labels, example_scene

SCRIPT = Path(__file__).parents[2] / "scripts" / "example_run.py"


def test_the_file_is_small_and_opens_as_any_run() -> None:
    with as_file(files("convista.catalogue") / "data" / FILE) as path:
        assert path.stat().st_size < 300_000
        run = open_run(path)
    assert (run.architecture, run.patch, run.band_names) == ("mini", 10, example_scene().band_names)
    assert [each.name for each in run.classes] == [each.name for each in example_labels().classes]
    assert sum(weights.numel() for weights in run.network.parameters()) == run.record["parameters"] == 729
    run.check(example_scene())


def test_it_is_as_good_as_it_says_on_blocks_that_training_never_saw() -> None:
    told = evaluate(story_run(), example_scene(), labels=example_labels())
    assert told["part"] == "test"
    assert told["accuracy"] == pytest.approx(story_run().record["report"]["accuracy"], abs=2e-4)
    assert 0.97 <= told["accuracy"] < 0.98
    assert min(each["recall"] for each in told["per_class"]) > 0.95
    assert max(each["accuracy"] for each in told["baselines"].values()) < told["accuracy"]
    assert "97 %" in str(story_run.__doc__)


def test_its_probabilities_are_the_softmax_of_what_it_gives() -> None:
    run, patches = story_run(), torch.randn(5, 4, 10, 10)
    torch.testing.assert_close(run.answers(patches), run.network(patches).softmax(1))


def test_its_seed_is_chosen_by_the_validation_part_alone() -> None:
    script, run = runpy.run_path(str(SCRIPT)), story_run()
    patches = script["validation_patches"]()
    unscored = replace(run, record={name: told for name, told in run.record.items() if name != "report"})
    merit = script["merit"](unscored, patches)
    assert merit == script["merit"](run, patches)
    assert merit.active == 4 + 10 + 10 + 7
    assert merit.macro_f1 == max(epoch["macro_f1"] for epoch in run.record["epochs"])
    silenced = deepcopy(run.network)
    assert isinstance(silenced, Mini)
    with torch.no_grad():
        silenced.dense1.bias[2] = -1e6
    assert script["merit"](replace(run, network=silenced), patches).active == merit.active - 1


@pytest.mark.slow
def test_the_script_makes_it_again() -> None:
    trained, seed = runpy.run_path(str(SCRIPT))["trained"], story_run().record["seed"]
    made: Run = trained(seed)
    again: Run = trained(seed)
    for one, other in zip(made.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)
    # Another kind of processor rounds otherwise, and a training makes much of little.
    ours, shipped = (run.record["report"]["accuracy"] for run in (made, story_run()))
    assert ours == pytest.approx(shipped, abs=0.01)
