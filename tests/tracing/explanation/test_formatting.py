"""Explanations as text: aligned, in both languages, every number the explanation's own."""

from __future__ import annotations

import json
import math

import numpy as np
import torch
from torch import Tensor, nn

from convista import language
from convista.tracing import trace
from convista.tracing.explanation.formatting import MOST, as_json, format_explanation


def tiny() -> nn.Module:
    conv = nn.Conv2d(1, 1, 2)
    conv.load_state_dict({"weight": torch.tensor([[[[1.0, -2.0], [0.5, 0.25]]]]), "bias": torch.tensor([0.125])})
    return nn.Sequential(conv, nn.ReLU())


RECORDED = trace(tiny(), np.array([[[1.0, 2.0], [3.0, 4.0]]], np.float32))


def test_every_term_is_written_and_aligned() -> None:
    assert format_explanation(RECORDED.explain("0", (0, 0, 0))).splitlines() == [
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
    lines = format_explanation(RECORDED.explain("0", (0, 0, 0)), top=1).splitlines()
    assert lines[1].split() == ["x[0,", "0,", "1]", "2,0000", "×", "−2,0000", "=", "−4,0000"]
    assert lines[2].split() == ["otros", "términos:", "3", "3,5000"]
    assert lines[3].split() == ["sesgo", "0,1250"]


def test_json_holds_the_same_numbers() -> None:
    record = json.loads(json.dumps(as_json(RECORDED.explain("0", (0, 0, 0)))))
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


class Twice(nn.Module):
    """Reads its input twice: as it is, and doubled by a weight."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 1, bias=False)
        nn.init.constant_(self.conv.weight, 2.0)

    def forward(self, x: Tensor) -> Tensor:
        doubled: Tensor = self.conv(x)
        return doubled * x


BACKWARD = trace(Twice(), np.array([[[1.0, 3.0]]], np.float32), lambda output: output.sum())


def test_a_gradient_names_its_upstream_values_and_its_shares() -> None:
    assert format_explanation(BACKWARD.explain_gradient("input", (0, 0, 1))).splitlines() == [
        "∂input[0, 0, 1]   conv2d + multiply   ∂input = ∂x(conv) + ∂y(mul)",
        "  ∂conv[0, 0, 1]  3.0000  ×  2.0000  =   6.0000",
        "  ∂mul[0, 0, 1]   1.0000  ×  6.0000  =   6.0000",
        "  sum                                   12.0000",
        "  of that, through conv (∂x[0,0,1] = Σ g · w[:,0]): 6.0000",
        "  of that, through mul (∂y = Σ g · x): 6.0000",
        "  by definition 12.000000; autograd computed 12.000000",
        "pixel   band band1, row 0, column 1 of the patch",
        "  value 3.0000",
    ]


def test_a_gradient_in_spanish_up_to_the_target() -> None:
    language.use("es")
    steps = [
        format_explanation(step, 1).splitlines() for step in BACKWARD.gradient_path("conv.weight", (0, 0, 0, 0))
    ]
    assert [step[0] for step in steps] == [
        "∂conv.weight[0, 0, 0]   conv2d   ∂w[0,0,0,0] = Σ g[0] · x[0]",
        "∂conv[0, 0, 1]   multiply   ∂x = Σ g · y",
        "∂mul[0, 0, 1]   sum   ∂x = g",
        "sum   el objetivo, que vale 20,000000: su gradiente respecto de sí mismo es 1",
    ]
    assert steps[0][-2:] == [
        "  según la definición 10,000000; autograd calculó 10,000000",
        "  el valor mismo es 2,0000",
    ]


def test_a_gradient_that_autograd_was_not_asked_for() -> None:
    model = Twice()
    model.conv.weight.requires_grad_(False)
    frozen = trace(model, np.ones((1, 1, 1), np.float32), lambda output: output.sum())
    text = format_explanation(frozen.explain_gradient("conv.weight", (0, 0, 0, 0)))
    assert "by definition 1.000000; autograd did not compute it" in text


def test_json_of_a_gradient() -> None:
    step = BACKWARD.explain_gradient("input", (0, 0, 1))
    record = json.loads(json.dumps(as_json(step)))
    assert [(share["layer"], share["operand"], share["total"]) for share in record["shares"]] == [
        ("conv", "x", 6.0),
        ("mul", "y", 6.0),
    ]
    assert [(term["layer"], term["output"], term["operand"]) for term in record["terms"]] == [
        ("conv", 0, "upstream"),
        ("mul", 0, "upstream"),
    ]
    assert (record["gradient_of"], record["value"], record["element"], record["is_target"]) == (
        "input",
        12,
        3,
        False,
    )
    assert record["pixel"]["column"] == 1


def test_json_has_no_nan_at_any_depth() -> None:
    model = nn.Conv2d(1, 1, 1)
    nn.init.constant_(model.weight, math.inf)
    record = as_json(trace(model, np.ones((1, 1, 1), np.float32)).explain(0, (0, 0, 0)))
    assert json.dumps(record, allow_nan=False)
    assert record["terms"][0]["factor"] is None


def test_a_pixel_without_a_place() -> None:
    pixel = RECORDED.explain("0", (0, 0, 0)).terms[3].follow()
    assert format_explanation(pixel).splitlines() == [
        "pixel   band band1, row 1, column 1 of the patch",
        "  value 4.0000",
    ]
    assert as_json(pixel)["x"] is None


def test_very_small_numbers_keep_their_digits() -> None:
    model = nn.Conv2d(1, 1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1e-6)
    text = format_explanation(trace(model, np.ones((1, 1, 1), np.float32)).explain(0, (0, 0, 0)))
    assert "1.00·10^−6" in text


def test_print_shows_the_arithmetic_that_the_command_line_shows() -> None:
    explained = RECORDED.explain("0", (0, 0, 0))
    assert str(explained) == format_explanation(explained)
    assert str(explained.terms[3].follow()) == format_explanation(explained.terms[3].follow())
    gradient = BACKWARD.explain_gradient("input", (0, 0, 1))
    assert str(gradient) == format_explanation(gradient)
    assert str(list(BACKWARD.gradient_path("input", (0, 0, 1)))[-1]).startswith("sum   the target, 20.000000")
    language.use("es")
    assert "según la definición −0,375000" in str(explained)


def test_print_shows_the_largest_of_many_terms_and_repr_none() -> None:
    recorded = trace(nn.Conv2d(64, 2, 3), torch.randn(1, 64, 3, 3), lambda output: output.sum())
    explained = recorded.explain(0, (0, 0, 0))
    assert str(explained) == format_explanation(explained, MOST)
    assert "other terms: 556" in str(explained)
    shown = {
        "explanation": explained,
        "term": explained.terms[0],
        "pixel": explained.terms[0].follow(),
        "gradient": recorded.explain_gradient("input", (0, 1, 1)),
        "share": recorded.explain_gradient("input", (0, 1, 1)).shares[0],
        "upstream": recorded.explain_gradient("input", (0, 1, 1)).terms[0],
        "plain": recorded[0].definition.explain((0, 0, 0, 0), **recorded[0].arrays()),
        "operator": recorded[0].definition,
        "operand": recorded[0].operands["weight"],
        "record": recorded[0],
        "trace": recorded,
        "verification": recorded.verify(),
        "layers": recorded.layers(),
        "layer": recorded.layers()[0],
        "field": recorded.receptive_field(0, (0, 0, 0)),
    }
    for name, one in shown.items():
        assert len(repr(one)) < 120, (name, repr(one))
        assert "\n" not in repr(one)
    assert repr(shown["term"]).startswith("<x[0, 0, 0, 0] = ")
    assert repr(shown["upstream"]).startswith("<∂conv2d[0, 0, 0, 0] = 1 × ")
    assert repr(shown["plain"]).startswith("<conv2d[0, 0, 0, 0] = ")
    assert repr(shown["operand"]) == "<Operand (2, 64, 3, 3) of parameter weight>"
    assert repr(shown["verification"]).endswith(", passed>")
    assert repr(shown["verification"]).startswith("<Verification of 2 operators, 0 not explained: error ")
    assert repr(shown["layer"]) == "<Layer conv2d: conv2d → (2, 1, 1), 1154 parameters, 1152 multiply-adds>"
