"""Explanations as text: aligned, in both languages, every number the explanation's own."""

from __future__ import annotations

import json

import numpy as np
import torch
from torch import nn

from convista import language
from convista.tracing import trace
from convista.tracing.writing import as_record, write


def tiny() -> nn.Module:
    conv = nn.Conv2d(1, 1, 2)
    conv.load_state_dict({"weight": torch.tensor([[[[1.0, -2.0], [0.5, 0.25]]]]), "bias": torch.tensor([0.125])})
    return nn.Sequential(conv, nn.ReLU())


RECORDED = trace(tiny(), np.array([[[1.0, 2.0], [3.0, 4.0]]], np.float32))


def test_every_term_is_written_and_aligned() -> None:
    assert write(RECORDED.explain("0", (0, 0, 0))).splitlines() == [
        "0[0, 0, 0]   conv2d   O[0,0,0] = Σ x · w[0] + b[0]",
        "  x[0, 0, 0]  1.0000  ×   1.0000  =   1.0000",
        "  x[0, 0, 1]  2.0000  ×  −2.0000  =  −4.0000",
        "  x[0, 1, 0]  3.0000  ×   0.5000  =   1.5000",
        "  x[0, 1, 1]  4.0000  ×   0.2500  =   1.0000",
        "  bias                                0.1250",
        "  sum                                −0.3750",
        "  by definition −0.375000; the network computed −0.375000",
    ]


def test_only_the_largest_terms_in_spanish() -> None:
    language.use("es")
    lines = write(RECORDED.explain("0", (0, 0, 0)), top=1).splitlines()
    assert lines[1].split() == ["x[0,", "0,", "1]", "2,0000", "×", "−2,0000", "=", "−4,0000"]
    assert lines[2].split() == ["otros", "3", "términos", "3,5000"]
    assert lines[3].split() == ["sesgo", "0,1250"]


def test_json_holds_the_same_numbers() -> None:
    record = json.loads(json.dumps(as_record(RECORDED.explain("0", (0, 0, 0)))))
    assert record["value"] == -0.375
    assert record["terms"][1] == {
        "operand": "x",
        "index": [0, 0, 0, 1],
        "value": 2.0,
        "factor": -2.0,
        "factor_index": [0, 0, 0, 1],
        "factor_operand": "weight",
        "contribution": -4.0,
    }


def test_a_pixel_without_a_place() -> None:
    pixel = RECORDED.explain("0", (0, 0, 0)).terms[3].follow()
    assert write(pixel).splitlines() == ["pixel   band band1, row 1, column 1 of the patch", "  value 4.0000"]
    assert as_record(pixel)["x"] is None


def test_very_small_numbers_keep_their_digits() -> None:
    model = nn.Conv2d(1, 1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1e-6)
    text = write(trace(model, np.ones((1, 1, 1), np.float32)).explain(0, (0, 0, 0)))
    assert "1.00·10^−6" in text
