"""Training: from labelled data to a run."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, replace
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any

import torch
from torch import nn

from convista.errors import ConvistaError
from convista.language import say
from convista.learning import processes
from convista.learning.data.samples import Samples
from convista.learning.data.sources import Data, Truth, gather
from convista.learning.data.statistics import Standardise, band_statistics
from convista.learning.fitting.callbacks import Wanted, keeping
from convista.learning.fitting.checkpoint import Checkpoint
from convista.learning.fitting.loop import fit
from convista.learning.fitting.specification import Lesson, about_samples, check_samples, lesson_of
from convista.learning.progress import Progress, Watch, silent, unwatched
from convista.learning.runs import storage
from convista.learning.runs.run import Run
from convista.learning.scores.baseline import fitted_baselines
from convista.learning.scores.calibration import calibrate
from convista.learning.scores.evaluation import report
from convista.learning.scores.hard_errors import most_confident_mistakes
from convista.learning.scores.pictures import draw_run
from convista.learning.tasks.own_network import answers_of_own, count_of_bands
from convista.models import create_model
from convista.models.probing import check_answer, check_trainable
from convista.scenes import Band


def train(
    data: Data,
    model: str = "lenet",
    *,
    labels: Truth | None = None,
    bands: Sequence[str] | None = None,
    patch: int | None = None,
    task: str | None = None,
    label_rule: str | None = None,
    positive: str | None = None,
    attribute: str | None = None,
    options: Mapping[str, Any] | None = None,
    block: int | None = None,
    lists: Mapping[str, str | Path] | None = None,
    skip_bad: bool = False,
    by_name: bool = False,
    split_seed: int = 0,
    seed: int = 0,
    out: str | Path | None = None,
    progress: Progress = silent,
    watch: Watch = unwatched,
    pictures: bool = False,
    snapshots: bool | Sequence[str] = False,
    tensorboard: bool = False,
    resume: bool = False,
    **recipe: Any,
) -> Run:
    """Train a network on labelled patches, and score it on those kept apart.

    Parameters
    ----------
    data
        A scene (opened, or its file), several, each with its own grid and CRS, or a folder with one folder of
        images a class.
    model
        Name of the architecture, or of a network of one's own, ``"package.module:Network"``, see `create_model`.
    labels
        Raster of classes, file of polygons or points, or, for a regression, raster of values (opened, or its file);
        of several scenes, one for each. On another grid it is brought to the scene's: classes by the nearest pixel,
        values averaged or interpolated.
    bands
        Names of the bands to use; None for all.
    patch
        Rows and columns of a scene's patches, 16 if None. Images are patches as they are.
    task
        What is asked: ``"multiclass"``, ``"binary"``, ``"multilabel"``, ``"regression"`` or ``"segmentation"``, see
        `tasks`; None for segmentation by a model that answers for every pixel, else multiclass. A network of one's
        own is asked once, by an empty patch, what it answers for; one that gives a single number whatever it is
        asked for learns a binary task.
    label_rule
        What of a scene's patch its label speaks of, see `SceneSamples`: ``"centre"`` or ``"majority"``,
        ``"present"`` for several labels, ``"pixels"``; None for the one that suits task and model.
    positive
        Of a binary task: the name of the class that is told from all others.
    attribute
        Of polygons or points: what of each its class is; None where there is no doubt.
    options
        The architecture's own choices, see `create_model`; what is not given is as in `lesson.OPTIONS`.
    block
        Rows and columns of the blocks by which a scene is split into training, validation and test; None for 128,
        or fewer where the scene is small.
    lists
        Split of images by lists, see `ImageSamples`; None for a random one.
    skip_bad
        Whether images that cannot be read are left out, instead of being an error.
    by_name
        Of several scenes: whether the names of their bands are enough, see `SeveralScenes`.
    split_seed
        Of the split. It is not ``seed``, so that trainings with other seeds are scored on the same samples.
    seed
        Of everything else that is random. Same seed, data, kind of processor and number of threads:
        same run. (Which precision it was is in ``record["precision"]``.)
    out
        Where to save the run, see `Run.save`; None to save nothing.
    progress
        Told how far the work is.
    watch
        Shown the network before the first epoch and after each, so that its weights can be kept.
    pictures
        Whether to draw how it went and where the network errs, and to log every epoch, beside the run: see
        `draw_run` and `write_log`.
    snapshots
        Whether to keep the weights of the first convolution and its normalisation before the first epoch and after
        each, beside the run; or of which layers, see `Snapshots`.
    tensorboard
        Whether to log every epoch for TensorBoard, too, which is an extra; see `tensorboard_log`.
    resume
        Whether to go on from where an earlier call with the same arguments was cut off, if one was: the result is
        that of one that was not. If it was not cut off, its run is returned.
    **recipe
        Numbers of the training, such as ``epochs=20``; see `Recipe`.

    Returns
    -------
    The run, with the weights of the epoch that was best on the validation part, calibrated on that part too. Its
    ``record["report"]`` is the score on the test part, which nothing was chosen by. Interrupted (Ctrl-C) after its
    first epoch, training ends with the best so far, and can be gone on with; before, nothing is left behind. While
    it lasts, a file ``checkpoint.safetensors`` in ``out`` has all it takes to go on after the last whole epoch.

    Under ``torchrun`` the processes share the work of each step, on one machine or several; the first saves the
    run.

    Raises
    ------
    ConvistaError
        If the data, the model or a number of the recipe will not do, the run cannot be saved, or the loss is no
        longer a finite number. After the first epoch, the best until then is saved all the same.
    """
    began = time.monotonic()
    found = None
    if ":" in model and labels is not None:
        found = answers_of_own(model, data, count_of_bands(data, bands), patch, task, options or {})
    lesson = lesson_of(model, task, label_rule, options, recipe, seed, found)
    with nullcontext() if out is None else storage.prepared(out):
        checkpoint = None if out is None else Checkpoint(out, lesson.about, resume=resume)
        finished = lesson.finished(checkpoint.run) if checkpoint is not None and checkpoint.done_before else None
        samples = gather(
            data,
            labels=labels,
            bands=bands,
            patch=patch,
            task=lesson.task,
            rule=lesson.rule,
            positive=positive,
            attribute=attribute,
            block=block,
            lists=lists,
            seed=split_seed,
            skip_bad=skip_bad,
            by_name=by_name,
            progress=progress,
        )
        if finished is not None:
            check_samples(samples, finished)
            return finished
        asked = {"positive": positive, "attribute": attribute, "skip_bad": skip_bad, "split_seed": split_seed}
        asked["by_name"] = by_name
        wanted = Wanted(pictures, snapshots, tensorboard)
        run = _learned(lesson, samples, checkpoint, wanted, progress, watch)
        run = replace(run, record={**run.record, **asked, "seconds": round(time.monotonic() - began, 1)})
        return run if checkpoint is None or processes.rank() else _saved(run, samples, checkpoint, pictures)


def _learned(
    lesson: Lesson,
    samples: Samples,
    checkpoint: Checkpoint | None,
    wanted: Wanted,
    progress: Progress,
    watch: Watch,
) -> Run:
    """Train on samples, calibrate, score, and return the run."""
    if checkpoint is not None:
        checkpoint.check(**about_samples(samples))
    network, standardise = _untrained(samples, lesson)
    end_to_end = nn.Sequential(standardise, network)
    folder = None if checkpoint is None else checkpoint.path.parent
    with torch.random.fork_rng(), keeping(folder, lesson.recipe.epochs, wanted, watch) as kept:
        torch.manual_seed(lesson.seed)
        course = fit(
            network,
            standardise,
            samples,
            lesson.recipe,
            seed=lesson.seed,
            progress=progress,
            checkpoint=checkpoint,
            keeping=kept,
        )
    task = replace(samples.task, calibration=calibrate(end_to_end, samples))
    fitted = fitted_baselines(samples)
    record = {
        "data": samples.fingerprint,
        "split": samples.split,
        "seed": lesson.seed,
        "recipe": asdict(lesson.recipe),
        **asdict(course),
        "parameters": sum(p.numel() for p in network.parameters()),
        "report": report(end_to_end, samples, task, fitted=fitted, progress=progress),
        "baselines": fitted.about(),
        "others": [(c.value, c.name) for c in samples.others],
        "versions": {name: version(name) for name in ("convista", "torch", "numpy")},
    }
    return Run(
        network=network,
        architecture=lesson.model,
        options=lesson.options,
        bands=tuple(map(_kept, samples.bands)),
        sensor=samples.sensor,
        standardise=standardise,
        patch=samples.patch,
        label_rule=samples.label_rule,
        task=task,
        record=record,
    )


def _kept(band: Band) -> Band:
    """Return what a run keeps of a band: no datum is what the caller said, since a scene's files say their own."""
    said = band.nodata_stated and band.nodata is not None and isfinite(band.nodata)
    return band if said else replace(band, nodata=None, nodata_stated=False)


def _saved(run: Run, samples: Samples, checkpoint: Checkpoint, pictures: bool) -> Run:
    """Save a run where its checkpoint is, which is taken away once nothing is left to go on with."""
    run = replace(run, source=run.save(checkpoint.run))
    if pictures:
        mistakes = most_confident_mistakes(run.end_to_end, samples, run.task)
        draw_run(run, mistakes, checkpoint.path.parent)
    record = run.record
    if record["diverged"]:
        numbers = {"epoch": len(record["epochs"]) + 1, "rate": record["recipe"]["learning_rate"]}
        raise ConvistaError("learning.diverged", **numbers, best=record["best_epoch"], file=run.source)
    if not record["interrupted"]:
        checkpoint.remove()
    return run


def _untrained(samples: Samples, lesson: Lesson) -> tuple[nn.Module, Standardise]:
    """Return a new network, and what standardises its input by the statistics of the training part."""
    for part in ("train", "validation"):
        if len(samples.parts[part]) == 0:
            key = "learning.empty_part" if samples.label_rule.of_scenes else "learning.empty_part_of_images"
            raise ConvistaError(key, part=say(f"learning.part_{part}"), patch=samples.patch)
    outputs = samples.task.outputs
    with torch.random.fork_rng():
        torch.manual_seed(lesson.seed)
        bands, patch, pixels = len(samples.bands), samples.patch, samples.label_rule.of_pixels
        network = create_model(lesson.model, bands, outputs, patch=patch, **lesson.options)
        if ":" in lesson.model:
            check_answer(network, bands, patch, outputs, pixels=pixels)
            check_trainable(network, bands, patch)
    return network, Standardise(*band_statistics(samples.training_values()))
