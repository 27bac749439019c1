"""The table of operators in the documentation, made from what the tests saw."""

from __future__ import annotations

import re
from pathlib import Path

from convista.operators.registry import OPERATORS
from tests.operators.against_torch import PARTS, SEEN

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "operators.md"
READING = ROOT / "src" / "convista" / "tracing" / "reading"
FILMED = {
    "conv1d": "conv-step-by-step",
    "conv2d": "conv-step-by-step",
    "conv_transpose2d": "conv-transpose",
    "dense": "dense-flatten-10",
    "relu": "activation-relu",
    "leaky_relu": "activation-leaky-relu",
    "sigmoid": "activation-sigmoid",
    "tanh": "activation-tanh",
    "elu": "activation-elu",
    "silu": "activation-swish",
    "gelu": "activation-gelu",
    "gelu_tanh": "activation-gelu",
    "max_pool2d": "pool-max",
    "average_pool2d": "pool-average",
    "global_average": "pool-global-average",
    "global_max": "pool-global-max",
    "adaptive_average": "pool-adaptive-average",
    "adaptive_max": "pool-adaptive-max",
    "spatial_pyramid_pool2d": "pool-spp",
    "min_pool2d": "pool-min",
    "sum_pool2d": "pool-sum",
    "l2_pool2d": "pool-l2",
    "mixed_pool2d": "pool-mixed",
    "stochastic_pool2d": "pool-stochastic",
    "fractional_max_pool2d": "pool-fractional",
    "softmax": "activation-softmax",
    **dict.fromkeys(("relu6", "softplus", "hardswish", "mish", "prelu", "log_softmax"), "of a trace"),
    "reshape": "flatten-classic",
    "flatten_classic": "flatten-classic",
    "flatten_global": "flatten-global",
    "flatten_blocks": "flatten-blocks",
    **dict.fromkeys(("batch_norm", "layer_norm", "group_norm", "instance_norm"), "normalisation"),
    **dict.fromkeys(("dropout", "identity"), "dropout"),
}
"""Films there are; the others come with the chapter."""

HEAD = """# Operators

Every operator has a definition in NumPy, a gradient with respect to every input and parameter, and explanations of
each value and of each element of a gradient. The figures are the largest differences that the tests saw between
them and torch in float64, over all shapes and settings tried, relative to the largest value (or to 1 where that is
larger). `make operators` writes this page.

| operator | defined in | value | gradient | explanation | gradient explained | traced | film |
|---|---|---|---|---|---|---|---|
"""


def write() -> None:
    """Write the page; an operator that no test compared with torch has no figures."""
    sources = "".join(path.read_text("utf-8") for path in READING.glob("*.py"))
    rows = []
    for name, operator in OPERATORS.items():
        stem = operator.__module__.rpartition(".")[2]
        errors = SEEN.get(name)
        figures = [f"{errors[part]:.0e}" if errors else "–" for part in PARTS]
        traced = "yes" if re.search(rf"\b{operator.__name__}\b", sources) else "–"
        rows.append(
            f"| `{name}` | `operators/{stem}.py` | {' | '.join(figures)} | {traced} | {FILMED.get(name, 'later')} |"
        )
    TABLE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
