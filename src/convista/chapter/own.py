"""Films of a network of the caller's own: of a trace, or of a run and the patch that it is to be shown on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from convista.chapter.given import Datum
from convista.errors import ConvistaError
from convista.language import listed

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.tracing import Record, Trace

LAYERS: Mapping[str, Collection[str]] = {
    "conv-step-by-step": ("conv2d", "conv1d"),
    "conv-transpose": ("conv_transpose2d",),
    "activation-relu": ("relu",),
    "activation-leaky-relu": ("leaky_relu",),
    "activation-sigmoid": ("sigmoid",),
    "activation-tanh": ("tanh",),
    "activation-elu": ("elu",),
    "activation-gelu": ("gelu", "gelu_tanh"),
    "activation-swish": ("silu",),
    "activation-softmax": ("softmax", "log_softmax"),
    "pool-max": ("max_pool2d",),
    "pool-average": ("average_pool2d",),
    "pool-global-max": ("global_max",),
    "pool-global-average": ("global_average",),
    "pool-min": ("min_pool2d",),
    "pool-sum": ("sum_pool2d",),
    "pool-l2": ("l2_pool2d",),
    "pool-stochastic": ("stochastic_pool2d",),
    "pool-fractional": ("fractional_max_pool2d",),
    "pool-adaptive-max": ("adaptive_max",),
    "pool-adaptive-average": ("adaptive_average",),
    "pool-mixed": ("mixed_pool2d",),
    "pool-spp": ("spatial_pyramid_pool2d",),
    "flatten-classic": ("reshape", "flatten_classic"),
    "flatten-global": ("flatten_global",),
    "flatten-blocks": ("flatten_blocks",),
    "dense-flatten-10": ("dense",),
    "dense-10-7": ("dense",),
    "normalisation": ("batch_norm", "layer_norm", "group_norm", "instance_norm"),
    "dropout": ("dropout",),
}
"""For each film of one layer, the operators that it shows."""
OF_THE_WAY_BACK = ("backprop-flow", "backprop-dense", "backprop-conv")
"""Films that need a target."""
COMPARED = "training-vs-inference"
OF_A_TRACE = (
    *("activation-maps", "receptive-field", *OF_THE_WAY_BACK, "cnn-stages"),
    *("architecture-lenet", "architecture-vgg", "architecture-resnet", "architecture-unet"),
)
OWN: Mapping[str, Datum] = {
    "trace": Datum("trace", "trace", "Trace", None, optional=True),
    "run": Datum("run", "run", "Run", None, optional=True),
    "patch": Datum("patch", "any", "Patch", None, optional=True),
    "target": Datum("target", "any", "Target", None, optional=True),
    "layer": Datum("layer", "word", "str", None, optional=True),
}
"""By what a film is told of the caller's network; patch and target are as `trace` takes them."""


def own_data(name: str) -> dict[str, Datum]:
    """Return by which data a film shows a network of the caller's; none where it shows no network."""
    taken: tuple[str, ...] = ()
    if name == COMPARED:
        taken = "run", "patch"
    elif name in OF_THE_WAY_BACK:
        taken = "trace", "run", "patch", "target"
    elif name in OF_A_TRACE:
        taken = "trace", "run", "patch"
    elif name in LAYERS:
        taken = "trace", "run", "patch", "layer"
    return {given: OWN[given] for given in taken}


def layer_of(name: str, data: dict[str, Any]) -> tuple[Trace, Record] | None:
    """Take out of the data of a film of one layer which layer that is; None where it shows the chapter's.

    Raises
    ------
    ConvistaError
        If the trace has no such layer, several and none is named, or something belongs to data that are not given.
    """
    if name not in LAYERS:
        return None
    wanted = data.pop("layer", None)
    traced = _trace_of(name, data)
    if traced is None:
        if wanted is not None:
            raise ConvistaError("chapter.layer_of_what", name=name, layer=wanted)
        return None
    fitting = [record for record in traced if record.operator in LAYERS[name]]
    chosen = [record for record in fitting if wanted is None or record.name == wanted]
    if len(chosen) == 1:
        return traced, chosen[0]
    shown = ", ".join(record.name for record in fitting)
    asked = {"name": name, "layer": wanted, "operators": ", ".join(LAYERS[name]), "fitting": shown}
    if not fitting:
        found = listed([f"{record.name} ({record.operator})" for record in traced], most=20)
        raise ConvistaError("chapter.no_layer_for", **asked, found=found)
    raise ConvistaError("chapter.which_layer" if wanted is None else "chapter.other_layer", **asked)


def with_own(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a film as its builder takes them: a run and a patch have become what is to be shown.

    Raises
    ------
    ConvistaError
        If something belongs to data that are not given, or the network cannot run on the patch.
    """
    if name == COMPARED and "run" in data:
        return _compared(name, data)
    if name in OF_A_TRACE and (traced := _trace_of(name, data)) is not None:
        return data | {"trace": traced}
    return data


def _trace_of(name: str, data: dict[str, Any]) -> Trace | None:
    """Take trace, run, patch and target out of the data and return the trace that they are; None without any."""
    asked = {key: data.pop(key, None) for key in own_data(name) if key != "layer"}
    given = {key: value for key, value in asked.items() if value is not None}
    if not given:
        return None
    if "trace" in given:
        if len(given) > 1:
            others = ", ".join(key for key in given if key != "trace")
            raise ConvistaError("chapter.trace_and_run", name=name, others=others)
        traced: Trace = given["trace"]
        return traced
    if "run" not in given:
        raise ConvistaError("chapter.patch_without_run", name=name, given=", ".join(given))
    if "patch" not in given:
        raise ConvistaError("chapter.run_without_patch", name=name)
    from convista.tracing import trace  # noqa: PLC0415  most films need no network

    run, patch, target = given["run"], given["patch"], given.get("target")
    if target is None and name in OF_THE_WAY_BACK:
        target = _likeliest(run, trace(run, patch))
    return trace(run, patch, target)


def _likeliest(run: Run, traced: Trace) -> Any:
    """Return the class that a run gives a patch; of a regression, its value."""
    from convista.tracing.explanation.target import value_at  # noqa: PLC0415

    if run.task == "regression":
        return value_at(None)
    answers = run.asked.answers(traced.output)[0]
    if len(answers) == 1:
        return int(answers[0] >= run.calibration.threshold)
    return int(answers.argmax())


def _compared(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return network and patch of a run for the film that trains and asks it."""
    run: Run = data.pop("run")
    if data.get("patch") is None:
        raise ConvistaError("chapter.run_without_patch", name=name)
    if run.task != "multiclass":
        raise ConvistaError("chapter.one_class_of_several", name=name, task=run.task)
    values = getattr(data["patch"], "values", data["patch"])
    names = {"class_names": [info.name for info in run.classes] or None, "band_names": run.band_names}
    return names | data | {"network": run.network, "patch": run.standardise(values).numpy()}
