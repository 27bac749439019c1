"""What a layer makes of a whole scene, as a map at the layer's own resolution."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from convista.errors import ConvistaError
from convista.learning import Progress, Run, silent
from convista.mapping.engine.device import AUTO
from convista.mapping.engine.distributed import Workers
from convista.mapping.engine.execution import run_job
from convista.mapping.engine.job import Job
from convista.mapping.engine.tiling import Tiling
from convista.mapping.features.layer_geometry import span_of
from convista.mapping.map_model import MapModel, as_map_model, map_model
from convista.mapping.outputs.rasters import products_of
from convista.mapping.prediction import OVERLAP, check_asked
from convista.models.feature_extraction import LayerOutput
from convista.scenes import Scene


def map_activations(
    model: MapModel | Run | str | Path,
    scene: Scene,
    layer: str,
    out: str | Path,
    *,
    channels: Sequence[int] | None = None,
    overlap: float = OVERLAP,
    precision: str = "float32",
    device: str = AUTO,
    by_name: bool = False,
    workers: Workers = 1,
    restart: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write the channels of a layer over a whole scene as a Cloud Optimized GeoTIFF, float32, a band for each.

    Windows of the patch's size cover the scene, and what the layer makes of them is blended where they overlap. A
    pixel of the map is an element of the layer: as large as the layer's step, and centred where the element's
    receptive field is.

    Parameters
    ----------
    model, scene, overlap, precision, device, by_name, workers, restart, progress
        As in `predict`; ``"auto"`` is float32, since these are values.
    layer
        Its path in the network, such as ``"conv1"`` or ``"layer2.0.relu"``.
    out
        The map, ``.tif`` or ``.tiff``.
    channels
        Which channels, counted from 0; None for all.

    Raises
    ------
    ConvistaError
        As `predict` does; and if there is no such layer or channel, or the layer has no rows and columns, or its
        elements do not lie a whole number of pixels apart.
    """
    there = check_asked(out, precision, device, overlap=overlap)
    asked = as_map_model(model)
    asked.check(scene, by_name)
    inner = asked.run.network if asked.run is not None else asked.network
    cut = LayerOutput(inner, layer)
    try:
        whole = _as_values(cut, asked, layer)
        chosen = tuple(range(whole.outputs) if channels is None else channels)
        if wrong := [n for n in chosen if not 0 <= n < whole.outputs]:
            raise ConvistaError("mapping.no_such_channel", channel=wrong[0], layer=layer, count=whole.outputs)
        cut.channels = chosen
        span = span_of(cut, len(asked.band_names), asked.patch)
        if span is None:
            raise ConvistaError("mapping.layer_not_on_pixels", layer=layer, patch=asked.patch)
        values = _as_values(cut, asked, layer, chosen)
        layout = Tiling(scene.shape, asked.patch, overlap, span.step, span.elements, span.first)
        products = products_of(values, None, 0.5, confidence=False)
        precision = "bfloat16" if precision == "bfloat16" else "float32"
        job = Job(
            values, scene, layout, products, fine=False, precision=precision, device=str(there),
            origin=asked.fingerprint(), options={"layer": layer, "channels": list(chosen), "overlap": overlap},
        )  # fmt: skip
        return run_job(job, Path(out), workers=workers, restart=restart, progress=progress)
    finally:
        cut.release()


def _as_values(cut: LayerOutput, asked: MapModel, layer: str, channels: Sequence[int] = ()) -> MapModel:
    try:
        return map_model(
            cut, asked.band_names, patch=asked.patch, mean=asked.mean.tolist(), std=asked.std.tolist(),
            names=[f"{layer} {n}" for n in channels], title=f"{asked.title}, {layer}", any_size=True,
        )  # fmt: skip
    except ConvistaError as error:
        if error.key == "mapping.no_map_of_answers":
            raise ConvistaError("mapping.layer_without_rows", layer=layer) from error
        raise
