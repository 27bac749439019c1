"""Training: from labelled data to a run."""

from __future__ import annotations

import time
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
from convista.learning.data.sources import Data, gather
from convista.learning.data.statistics import Standardise, band_statistics
from convista.learning.fitting.callbacks import callbacks_of
from convista.learning.fitting.checkpoint import Checkpoint
from convista.learning.fitting.loop import fit
from convista.learning.fitting.specification import Specification, shows_arguments, specify
from convista.learning.progress import Progress, silent
from convista.learning.runs import storage
from convista.learning.runs.run import Run
from convista.learning.scores.baseline import fitted_baselines
from convista.learning.scores.calibration import calibrate
from convista.learning.scores.evaluation import report
from convista.learning.scores.hard_errors import most_confident_mistakes
from convista.learning.scores.pictures import draw_run
from convista.models import create_model
from convista.models.probing import check_output_form, check_trainable
from convista.scenes import Band


@shows_arguments()
def train(
    data: Data,
    model: str = "lenet",
    *,
    out: str | Path | None = None,
    resume: bool = False,
    progress: Progress = silent,
    **arguments: Any,
) -> Run:
    """Train a network on labelled patches, and score it on those kept apart.

    Parameters
    ----------
    data, model
        As of `Specification`.
    out
        Where to save the run, see `Run.save`; None to save nothing.
    resume
        Whether to go on from where an earlier call with the same arguments was cut off, if one was: the result is
        that of one that was not. If it was not cut off, its run is returned.
    progress
        Told how far the work is.
    **arguments
        What else a `Specification` has, such as ``labels=`` or ``task=``, and numbers of the `Recipe`, such as
        ``epochs=20``.

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
    return run_training(specify(data, model, **arguments), out=out, resume=resume, progress=progress)


def run_training(
    specification: Specification,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    progress: Progress = silent,
) -> Run:
    """Make the run that is specified, or return the one that was made already, as `train` does."""
    began = time.monotonic()
    with nullcontext() if out is None else storage.prepared(out):
        checkpoint = None if out is None else Checkpoint(out, specification, resume=resume)
        samples = gather(specification, progress)
        if checkpoint is not None:
            checkpoint.check_samples(samples)
            if checkpoint.finished is not None:
                return checkpoint.finished
        run = _fitted(specification, samples, checkpoint, progress)
        seconds = round(time.monotonic() - began, 1)
        run = replace(run, record={**run.record, **specification.reading, "seconds": seconds})
        return run if checkpoint is None or processes.rank() else _saved(run, samples, checkpoint, specification)


def _fitted(
    specification: Specification, samples: Samples, checkpoint: Checkpoint | None, progress: Progress
) -> Run:
    """Train on samples, calibrate, score, and return the run."""
    network, standardise = _untrained(samples, specification)
    end_to_end = nn.Sequential(standardise, network)
    recipe, seed = specification.recipe, specification.seed
    folder = None if checkpoint is None else checkpoint.path.parent
    with torch.random.fork_rng(), callbacks_of(specification, folder) as callbacks:
        torch.manual_seed(seed)
        history = fit(
            network,
            standardise,
            samples,
            recipe,
            seed=seed,
            progress=progress,
            checkpoint=checkpoint,
            callbacks=callbacks,
        )
    task = replace(samples.task, calibration=calibrate(end_to_end, samples))
    fitted = fitted_baselines(samples)
    record = {
        "data": samples.fingerprint,
        "split": samples.split,
        "seed": seed,
        "recipe": asdict(recipe),
        **asdict(history),
        "parameters": sum(p.numel() for p in network.parameters()),
        "report": report(end_to_end, samples, task, fitted=fitted, progress=progress),
        "baselines": fitted.about(),
        "others": [(c.value, c.name) for c in samples.others],
        "versions": {name: version(name) for name in ("convista", "torch", "numpy")},
    }
    return Run(
        network=network,
        architecture=specification.model,
        options=specification.options,
        bands=tuple(map(_as_stated, samples.bands)),
        sensor=samples.sensor,
        standardise=standardise,
        patch=samples.patch,
        label_rule=samples.label_rule,
        task=task,
        record=record,
    )


def _as_stated(band: Band) -> Band:
    """Return what a run keeps of a band: no datum is what the caller said, since a scene's files say their own."""
    said = band.nodata_stated and band.nodata is not None and isfinite(band.nodata)
    return band if said else replace(band, nodata=None, nodata_stated=False)


def _saved(run: Run, samples: Samples, checkpoint: Checkpoint, specification: Specification) -> Run:
    """Save a run where its checkpoint is, which is taken away once nothing is left to go on with."""
    run = replace(run, source=run.save(checkpoint.run))
    if specification.pictures:
        mistakes = most_confident_mistakes(run.end_to_end, samples, run.task)
        draw_run(run, mistakes, checkpoint.path.parent)
    record = run.record
    if record["diverged"]:
        numbers = {"epoch": len(record["epochs"]) + 1, "rate": record["recipe"]["learning_rate"]}
        raise ConvistaError("learning.diverged", **numbers, best=record["best_epoch"], file=run.source)
    if not record["interrupted"]:
        checkpoint.remove()
    return run


def _untrained(samples: Samples, specification: Specification) -> tuple[nn.Module, Standardise]:
    """Return a new network, and what standardises its input by the statistics of the training part."""
    for part in ("train", "validation"):
        if len(samples.parts[part]) == 0:
            key = "learning.empty_part" if samples.label_rule.of_scenes else "learning.empty_part_of_images"
            raise ConvistaError(key, part=say(f"learning.part_{part}"), patch=samples.patch)
    outputs = samples.task.outputs
    with torch.random.fork_rng():
        torch.manual_seed(specification.seed)
        bands, patch, pixels = len(samples.bands), samples.patch, samples.label_rule.of_pixels
        network = create_model(specification.model, bands, outputs, patch=patch, **specification.options)
        if ":" in specification.model:
            check_output_form(network, bands, patch, outputs, pixels=pixels)
        check_trainable(network, bands, patch)
    return network, Standardise(*band_statistics(samples.training_values()))
