"""Networks of one's own: what they answer is found by asking them once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from convista.errors import ConvistaError
from convista.learning import Run, open_run, train, train_seeds
from convista.models import create_model

NETS = """
import torch
from torch import nn
from torch.nn import functional as F

class pixels(nn.Module):
    def __init__(self, in_channels, num_classes):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(in_channels, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.head = nn.Conv2d(4, num_classes, 1)
    def forward(self, x):
        return self.head(self.first(x))

class reversed_names(pixels):
    def __init__(self, num_classes, in_channels):
        super().__init__(in_channels, num_classes)

class alone(pixels):
    def __init__(self, bands, outputs):
        super().__init__(bands, 1)

class one_band(pixels):
    def __init__(self):
        super().__init__(1, 3)

class seven(pixels):
    def __init__(self, bands, outputs):
        super().__init__(bands, 7)

class coarse(pixels):
    def forward(self, x):
        return super().forward(x)[:, :, ::4, ::4]

class several(pixels):
    def forward(self, x):
        return {"out": super().forward(x), "aux": None}

class auxiliary(pixels):
    def forward(self, x):
        made = super().forward(x)
        return (made, made) if self.training else made

class labels(pixels):
    def forward(self, x):
        return super().forward(x).argmax(1, keepdim=True)

class squeezed(alone):
    def forward(self, x):
        return super().forward(x)[:, 0]

class patches(nn.Module):
    def __init__(self, *, num_classes=10, in_chans=3, kernel=3):
        super().__init__()
        self.first, self.last = nn.Conv2d(in_chans, 4, kernel), nn.Linear(4, num_classes)
    def forward(self, x):
        return self.last(self.first(x).relu().mean((2, 3)))

class large(patches):
    def __init__(self, bands, outputs):
        super().__init__(num_classes=outputs, in_chans=bands, kernel=21)

class normalised(nn.Module):
    def __init__(self, bands, outputs):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.LazyBatchNorm1d(), nn.LazyLinear(outputs))
    def forward(self, x):
        return self.layers(x)

class lazy(nn.Module):
    def __init__(self, bands, outputs):
        super().__init__()
        self.layers = nn.Sequential(nn.LazyConv2d(4, 3), nn.Flatten(), nn.LazyLinear(outputs))
    def forward(self, x):
        return self.layers(x)

class unflattened(nn.Module):
    def __init__(self, bands, outputs):
        super().__init__()
        self.layers = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(bands, outputs, 1))
    def forward(self, x):
        return self.layers(x)

class unlearned(nn.Module):
    def __init__(self, bands, outputs):
        super().__init__()
        self.outputs = outputs
    def forward(self, x):
        return x.mean((1, 2, 3))[:, None].expand(-1, self.outputs)

class otherwise(nn.Module):
    def __init__(self, bands, outputs):
        super().__init__()
        self.layer = nn.Linear(1, 1)
    def forward(self, x):
        return x.no_such_thing

def raises(bands, outputs):
    raise KeyError("weights")
"""
FEW = {"epochs": 1, "epoch_samples": 64, "validation_samples": 64, "batch": 16, "patch": 8}


@pytest.fixture(autouse=True)
def nets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mynets.py").write_text(NETS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "mynets", raising=False)


def trained(land: tuple[Path, Path], name: str, **asked: Any) -> Run:
    return train(land[0], f"mynets:{name}", labels=land[1], **{**FEW, **asked})


@pytest.mark.parametrize(
    ("name", "task", "rule"),
    [
        ("pixels", "segmentation", "pixels"),
        ("reversed_names", "segmentation", "pixels"),
        ("patches", "multiclass", "centre"),
        ("normalised", "multiclass", "centre"),
        ("lazy", "multiclass", "centre"),
    ],
)
def test_task_and_rule_follow_from_what_it_answers(
    land: tuple[Path, Path], tmp_path: Path, name: str, task: str, rule: str
) -> None:
    run = trained(land, name, out=tmp_path / "run")
    assert (run.task.name, run.label_rule) == (task, rule)
    again = open_run(tmp_path / "run", f"mynets:{name}")
    patches = torch.randn(2, 2, 8, 8)
    assert torch.equal(again.answers(patches), run.answers(patches))


def test_a_single_output_learns_two_classes_or_values(land: tuple[Path, Path]) -> None:
    values = land[1].with_name("values.tif")
    run = train(land[0], "mynets:alone", labels=values, task="regression", **FEW)  # type: ignore[arg-type]
    assert (run.task.name, run.label_rule) == ("regression", "pixels")
    with pytest.raises(ConvistaError, match=r"A binary task tells two classes apart and here there are 3"):
        trained(land, "alone")
    run = trained(land, "alone", positive="7")
    assert (run.task.name, run.label_rule) == ("binary", "pixels")


def test_the_usual_patch_is_that_of_what_it_answers_for(land: tuple[Path, Path]) -> None:
    assert trained(land, "patches", patch=None).patch == 16
    with pytest.raises(ConvistaError, match=r"blocks of 128×128 pixels"):
        trained(land, "pixels", patch=None)


@pytest.mark.slow
def test_seeds_and_going_on_make_the_same_network(land: tuple[Path, Path], tmp_path: Path) -> None:
    asked: dict[str, Any] = {"labels": land[1], "out": tmp_path / "runs", "seeds": (0, 1), **FEW}
    first = train_seeds(land[0], "mynets:pixels", **asked)
    again = train_seeds(land[0], "mynets:pixels", **asked, resume=True)
    for one, other in zip(first.runs, again.runs, strict=True):
        assert all(
            torch.equal(a, b) for a, b in zip(one.network.parameters(), other.network.parameters(), strict=True)
        )
    with pytest.raises(
        ConvistaError, match=r"is of another training, with other values of: model, options, task\."
    ):
        train_seeds(land[0], "lenet", **{**asked, "patch": 16}, resume=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "several",
            r"several gives dict \(out, aux\), and it must give one tensor\. Wrap it in a module that picks",
        ),
        ("auxiliary", r"auxiliary gives tuple \(Tensor, Tensor\) while it is trained and \(3, 8, 8\) afterwards"),
        ("coarse", r"answers a patch of 8×8 with 2×2 answers, and to learn from every pixel it takes one for each"),
        ("seven", r"seven gives 7 numbers for an answer, and here it takes 3\."),
        ("labels", r"labels gives numbers of type int64, and it must give the scores of the classes \(logits\)"),
        ("squeezed", r"with a tensor of size \(1, 8, 8\)\. It must be \(1, outputs\), or \(1, outputs, 8, 8\)"),
        ("unflattened", r"with a tensor of size \(1, 2, 1, 1\)\. It must be \(1, outputs\)"),
        ("one_band", r"of 2 bands and 8×8 pixels: .*\. Its number of bands is 1: choose as many \(bands"),
        ("large", r"8×8 pixels: .*\. It runs on one of 32×32: give a side that it was made for \(patch, --patch\)"),
        ("unlearned", r"unlearned has no parameter to learn"),
        ("otherwise", r"of 2 bands and 8×8 pixels: .*no_such_thing.*Give the bands and the side"),
        ("raises", r"The network mynets:raises cannot be made: 'weights'\. It takes a module that Python finds"),
    ],
)
def test_what_it_answers_amiss_is_told(land: tuple[Path, Path], name: str, message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        trained(land, name)


def test_a_rule_that_does_not_fit_is_told(land: tuple[Path, Path], images: Path) -> None:
    with pytest.raises(
        ConvistaError, match=r"“mynets:pixels” answers for every pixel, and the label rule “centre”"
    ):
        trained(land, "pixels", label_rule="centre")
    with pytest.raises(ConvistaError, match=r"“mynets:patches” answers once a patch, and the label rule “pixels”"):
        trained(land, "patches", label_rule="pixels")
    with pytest.raises(ConvistaError, match=r"pixels answers for every pixel, and it is asked once a patch"):
        train(images, "mynets:pixels", epochs=1)


def test_arguments_are_given_by_name_where_they_have_one() -> None:
    network = create_model("mynets:reversed_names", 4, 2)
    assert network.first[0].in_channels == 4  # type: ignore[index,union-attr]
    network = create_model("mynets:patches", 4, 2, kernel=5)
    assert network.first.weight.shape == (4, 4, 5, 5)  # type: ignore[union-attr]
    assert network.last.out_features == 2  # type: ignore[union-attr]
    assert create_model("mynets:patches", 4, 2, in_chans=7).first.in_channels == 7  # type: ignore[union-attr]
