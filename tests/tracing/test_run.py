"""Tracing a run: bands by name, classes by name, pixels back in the units of the scene."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from convista.errors import ConvistaError
from convista.learning import Run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.registry import task_named
from convista.learning.tasks.regression import Regression
from convista.models import create_model
from convista.scenes import ClassInfo, Patch, sample_scene
from convista.tracing import Pixel, trace
from convista.tracing.explanation.formatting import format_explanation

BANDS = ("nir", "red")
CLASSES = tuple(ClassInfo(n, name, (n, n, n)) for n, name in enumerate(("water", "forest", "town"), start=1))


@pytest.fixture(scope="module")
def patch() -> Patch:
    return sample_scene(3, height=64, width=64).scene.patch((16, 24, 32, 32))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def run(patch: Patch) -> Run:
    torch.manual_seed(0)
    return Run(
        network=create_model("lenet", BANDS, CLASSES).eval(),
        architecture="lenet",
        options={},
        bands=tuple(patch.bands[patch.band_names.index(name)] for name in BANDS),
        sensor=None,
        standardise=Standardise([0.3, 0.1], [0.1, 0.05]),
        patch=32,
        label_rule=LabelRule.CENTRE,
        task=Multiclass(CLASSES),
    )


def test_bands_are_taken_by_name(run: Run, patch: Patch) -> None:
    recorded = trace(run, patch)
    nir = patch.values[patch.band_names.index("nir")].filled(np.nan)
    expected = np.nan_to_num((nir - 0.3) / 0.1)
    np.testing.assert_allclose(recorded.input[0, 0].numpy(), expected, atol=1e-5)
    red = patch.band_names.index("red")
    with pytest.raises(ConvistaError, match="needs the band nir, and the patch has red"):
        trace(run, replace(patch, values=patch.values[[red]], bands=(patch.bands[red],)))


def test_a_run_with_a_class_as_target_is_filmed_as_without(run: Run, patch: Patch) -> None:
    with_target, without = trace(run, patch, target="forest"), trace(run, patch)
    assert with_target.layers() == without.layers()
    assert [step.caption for step in with_target.film().steps] == [step.caption for step in without.film().steps]


def test_a_class_is_a_target_by_name(run: Run, patch: Patch) -> None:
    assert trace(run, patch, "town").target == 2
    with pytest.raises(ConvistaError, match=r"no class “forst”\. The nearest name: forest"):
        trace(run, patch, "forst")


def test_the_pixel_is_the_scenes_own(run: Run, patch: Patch) -> None:
    explanation = trace(run, patch).explain("conv1", (0, 10, 12))
    assert explanation.bands == BANDS
    pixel = explanation.terms[0].follow()
    assert isinstance(pixel, Pixel)
    assert pixel.band == "nir"
    assert pixel.value == float(patch.values[patch.band_names.index("nir"), 10, 12])
    assert pixel.network_value == pytest.approx((pixel.value - 0.3) / 0.1, abs=1e-5)
    assert (pixel.x, pixel.y) == patch.coordinates(10, 12)
    assert "nir[10, 12]" in format_explanation(explanation)
    assert "standardised: (" in format_explanation(pixel)


def test_the_softmax_is_recorded_without_a_target(run: Run, patch: Patch) -> None:
    assert trace(run, patch)["softmax"].output.sum().item() == pytest.approx(1)


def test_a_run_may_be_named_by_its_path(run: Run, patch: Patch, tmp_path: Path) -> None:
    run.save(tmp_path)
    assert torch.equal(trace(tmp_path, patch).output, trace(run, patch).output)


def test_the_first_row_of_a_band_has_a_row(run: Run, patch: Patch) -> None:
    assert "nir[0, 0]" in format_explanation(trace(run, patch).explain("conv1", (0, 0, 0)))


@pytest.mark.parametrize("task", ["multiclass", "binary", "multilabel", "segmentation"])
def test_the_task_says_what_outputs_mean_and_what_its_loss_is(task: str, run: Run, patch: Patch) -> None:
    torch.manual_seed(0)
    classes = CLASSES[:2] if task == "binary" else CLASSES
    meant = task_named(task)(classes)
    if task == "segmentation":
        network: torch.nn.Module = torch.nn.Conv2d(2, 3, 1)
    else:
        network = create_model("lenet", BANDS, meant.outputs)
    asked = replace(run, network=network.eval(), task=meant)
    recorded = trace(asked, patch, "forest")
    record = recorded["softmax" if task in {"multiclass", "segmentation"} else "sigmoid"]
    last = record.output if task != "binary" else torch.cat([1 - record.output, record.output], dim=1)
    torch.testing.assert_close(last, meant.answers(recorded.output))
    wanted = {
        "multiclass": torch.tensor([1]),
        "binary": torch.tensor([1]),
        "multilabel": torch.tensor([[-1, 1, -1]]),
        "segmentation": torch.ones(1, 32, 32, dtype=torch.long),
    }[task]
    torch.testing.assert_close(recorded.records[-1].output, meant.loss(recorded.output, wanted))
    assert recorded.verify().passed(1e-4)
    assert list(recorded.gradient_path("input", (0, 9, 9)))[-1].is_target


def test_a_regression_has_no_probabilities_and_no_class_as_target(run: Run, patch: Patch) -> None:
    asked = replace(run, network=create_model("lenet", BANDS, 1).eval(), task=Regression())
    assert not {"softmax", "sigmoid"} & {record.operator for record in trace(asked, patch)}
    assert trace(asked, patch, lambda output: output[0, 0]).records[-1].output.numel() == 1
    with pytest.raises(ConvistaError, match="no class “forest”"):
        trace(asked, patch, "forest")
