"""What a film shows of a network of the caller's: a trace, or a run and the patch that it is to be shown on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from convista.catalogue.given import Datum
from convista.errors import ConvistaError
from convista.films.film import Film
from convista.language import listed

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.tracing import Record, Trace

Data = dict[str, Any]
Build = Callable[[Data], Film]
"""Makes a film of the data that its builder takes."""

_TRACE = Datum("trace", "trace", "Trace", None, optional=True)
_RUN = Datum("run", "run", "Run", None, optional=True)
_PATCH = Datum("patch", "any", "Patch", None, optional=True)
_TARGET = Datum("target", "any", "Target", None, optional=True)
_LAYER = Datum("layer", "word", "str", None, optional=True)


def _named(*data: Datum) -> Mapping[str, Datum]:
    return {datum.name: datum for datum in data}


class NoNetwork:
    """A film that shows no network of the caller's."""

    takes: Mapping[str, Datum] = {}
    """By what the film is told of the network; patch and target are as `convista.trace` takes them."""

    def film(self, name: str, data: Data, build: Build) -> Film:
        """Make the film of that name; what the data say of a network has become what is to be shown.

        Raises
        ------
        ConvistaError
            If something belongs to data that are not given, or the network cannot run on the patch.
        """
        del name
        return build(data)


class Traced(NoNetwork):
    """A film of what a trace recorded: the caller's, or that of the caller's run on a patch."""

    takes = _named(_TRACE, _RUN, _PATCH)

    def _traced(self, name: str, data: Data) -> tuple[Trace | None, Data]:
        """Return the trace that trace, run, patch and target are, None without any; and the other data."""
        asked = set(self.takes) - {"layer"}
        given = {key: data[key] for key in self.takes if key in asked and data.get(key) is not None}
        others = {key: value for key, value in data.items() if key not in asked}
        if not given:
            return None, others
        if "trace" in given:
            if len(given) > 1:
                beside = ", ".join(key for key in given if key != "trace")
                raise ConvistaError("catalogue.trace_and_run", name=name, others=beside)
            return given["trace"], others
        if "run" not in given:
            raise ConvistaError("catalogue.patch_without_run", name=name, given=", ".join(given))
        if "patch" not in given:
            raise ConvistaError("catalogue.run_without_patch", name=name)
        return self._trace_run(**given), others

    def _trace_run(self, run: Run, patch: Any) -> Trace:
        from convista.tracing import trace  # noqa: PLC0415  most films need no network

        return trace(run, patch)


class WholeNetwork(Traced):
    """A film of a whole network."""

    def film(self, name: str, data: Data, build: Build) -> Film:
        """Make the film of the caller's trace, if there is one."""
        traced, others = self._traced(name, data)
        return build(others if traced is None else others | {"trace": traced})


class WayBack(WholeNetwork):
    """A film of gradients: of the target that is given, or of the class that the run gives."""

    takes = _named(_TRACE, _RUN, _PATCH, _TARGET)

    def _trace_run(self, run: Run, patch: Any, target: Any = None) -> Trace:
        from convista.tracing import trace  # noqa: PLC0415

        return trace(run, patch, _likeliest(run, trace(run, patch)) if target is None else target)


class OneLayer(Traced):
    """A film of one layer, which does one of these operators."""

    takes = _named(_TRACE, _RUN, _PATCH, _LAYER)

    def __init__(self, *operators: str) -> None:
        self.operators = operators

    def film(self, name: str, data: Data, build: Build) -> Film:
        """Make the film of the caller's layer, if there is one."""
        traced, others = self._traced(name, data)
        wanted = others.pop("layer", None)
        if traced is not None:
            return traced.film(self._fitting(name, traced, wanted).position, **others)
        if wanted is not None:
            raise ConvistaError("catalogue.layer_of_what", name=name, layer=wanted)
        return build(others)

    def _fitting(self, name: str, traced: Iterable[Record], wanted: str | None) -> Record:
        """Return the layer of that name, or the only one that there is; ConvistaError if it is not one."""
        fitting = [record for record in traced if record.operator in self.operators]
        chosen = [record for record in fitting if wanted is None or record.name == wanted]
        if len(chosen) == 1:
            return chosen[0]
        shown = ", ".join(record.name for record in fitting)
        asked = {"name": name, "layer": wanted, "operators": ", ".join(self.operators), "fitting": shown}
        if not fitting:
            found = listed([f"{record.name} ({record.operator})" for record in traced], most=20)
            raise ConvistaError("catalogue.no_layer_for", **asked, found=found)
        raise ConvistaError("catalogue.which_layer" if wanted is None else "catalogue.other_layer", **asked)


class TrainedAndAsked(NoNetwork):
    """A film that trains a network on a patch, and asks it."""

    takes = _named(_RUN, _PATCH)

    def film(self, name: str, data: Data, build: Build) -> Film:
        """Make the film of the network of the caller's run, if there is one."""
        if "run" not in data:
            return build(data)
        run: Run = data["run"]
        if data.get("patch") is None:
            raise ConvistaError("catalogue.run_without_patch", name=name)
        from convista.learning.tasks.multiclass import Multiclass  # noqa: PLC0415  most films need no network

        if type(run.task) is not Multiclass:  # there is no such film of segmentation, which is one
            raise ConvistaError("catalogue.one_class_of_several", name=name, task=run.task.name)
        values: Any = getattr(data["patch"], "values", data["patch"])
        usual = {"class_names": [info.name for info in run.classes] or None, "band_names": run.band_names}
        others = {key: value for key, value in data.items() if key != "run"}
        return build(usual | others | {"network": run.network, "patch": run.standardise(values).numpy()})


def _likeliest(run: Run, traced: Trace) -> Any:
    """Return the class that a run says of a patch, of several the most probable; of a regression, its value."""
    from convista.learning.tasks.prediction import Quantities  # noqa: PLC0415
    from convista.tracing.explanation.target import value_at  # noqa: PLC0415

    prediction = run.task.prediction
    if isinstance(prediction, Quantities):
        return value_at(None)
    return int(prediction.foremost(run.task.answers(traced.output).numpy())[0])
