"""What a run's file says of the run, apart from the weights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from convista.errors import ConvistaError
from convista.learning.data.fingerprint import LETTERS
from convista.learning.data.statistics import Standardise
from convista.learning.fitting.recipe import renamed
from convista.learning.runs import storage
from convista.learning.runs.fields import Field
from convista.learning.tasks.calibration import UNCALIBRATED, Calibration
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.registry import TASKS
from convista.learning.tasks.target import Target
from convista.learning.tasks.task import Task
from convista.models.registry import LARGEST_PATCH
from convista.scenes import Band, ClassInfo

MOST = 2**31 - 1
_DIGITS = re.compile("[0-3]*")


class Description(NamedTuple):
    """All of a `Run` but its network and its place, under the same names."""

    architecture: str
    options: Mapping[str, Any]
    bands: tuple[Band, ...]
    sensor: str | None
    standardise: Standardise
    patch: int
    label_rule: LabelRule
    task: Task
    record: Mapping[str, Any]


def description_of(path: str | Path) -> Description:
    """Read what the file of a run says, and neither its weights nor what its network would be.

    Raises
    ------
    ConvistaError
        If there is none, or it is damaged, not a run, or says what cannot be.
    """
    stored = storage.look(path)
    return described(stored.about, stored.file)


def described(about: Mapping[str, Any], file: Path) -> Description:
    """Read what `Run.save` wrote; nothing of it is trusted.

    Raises
    ------
    ConvistaError
        If a value is of another kind than it must be, out of range, or does not go with the others.
    """
    said = Field(file, "", dict(about))
    task = TASKS[said["task"].among(TASKS)]
    bands = tuple(map(_band, said["bands"].elements()))
    classes = tuple(map(_class, said["classes"].elements()))
    if not bands or not task.takes(len(classes)):
        told = {"task": task.name, "bands": len(bands), "classes": len(classes)}
        raise ConvistaError("learning.runs.run_at_odds", file=file, **told)
    label_rule = LabelRule(said["label_rule"].among(tuple(LabelRule)))
    features = len(bands) if label_rule.of_pixels else 2 * len(bands)
    _check_record(said["record"], len(bands), features, task.outputs_of(len(classes)))
    return Description(
        architecture=said["architecture"].text(),
        options=said["options"].members(),
        bands=bands,
        sensor=None if said["sensor"].value is None else said["sensor"].text(),
        standardise=_standardise(said, len(bands)),
        patch=said["patch"].whole(1, LARGEST_PATCH),
        label_rule=label_rule,
        task=task(
            classes,
            _calibration(said["calibration"], task.thresholds_of(len(classes))),
            _target(said["target"]) if task.labels_are_values else None,
        ),
        record=_record(said["record"]),
    )


def _band(said: Field) -> Band:
    return Band(
        name=said["name"].text(),
        id=said["id"].text(),
        scale=said["scale"].number(),
        offset=said["offset"].number(),
        dtype=said["dtype"].text(),
        unit=None if said["unit"].value is None else said["unit"].text(),
        nodata=None if said["nodata"].value is None else said["nodata"].number(),
        nodata_stated=_stated(said["nodata_stated"]),
        mask_stated=_stated(said["mask_stated"]),
    )


def _standardise(said: Field, bands: int) -> Standardise:
    mean = [one.number() for one in said["mean"].elements(bands)]
    return Standardise(mean, [one.positive() for one in said["std"].elements(bands)])


def _stated(said: Field) -> bool:
    """Read whether the caller said something; a run of before that was kept does not tell."""
    return said.value is not None and said.flag()


def _class(said: Field) -> ClassInfo:
    red, green, blue = (part.whole(0, 255) for part in said["colour"].elements(3))
    return ClassInfo(said["value"].whole(-MOST, MOST), said["name"].text(), (red, green, blue))


def _target(said: Field) -> Target:
    mean, std, unit = said.elements(3)
    return Target(mean.number(), std.positive(), None if unit.value is None else unit.text())


def _calibration(said: Field, thresholds: int) -> Calibration:
    """Read a calibration; a run of before there was one has none."""
    if said.value is None:
        return UNCALIBRATED
    given = list(said["thresholds"].elements())
    if given:
        given = list(said["thresholds"].elements(thresholds))
    return Calibration(said["temperature"].positive(), tuple(one.share() for one in given))


def _record(said: Field) -> Mapping[str, Any]:
    """Read a record that has been checked; the numbers of its recipe have the names of today."""
    kept = said.members()
    return {**kept, "recipe": renamed(said["recipe"].members())} if "recipe" in kept else kept


def _check_record(said: Field, bands: int, features: int, outputs: int) -> None:
    """See that what others read of the record is as they expect it; what nobody wrote is not missed."""
    kept = said.members()
    for name in ("positive", "attribute"):
        if said[name].value is not None:
            said[name].text()
    for name in ("skip_bad", "by_name"):
        if name in kept:
            said[name].flag()
    if "split" in kept:
        _check_split(said["split"])
    if "epochs" in kept:
        check_epochs(said["epochs"])
    if "recipe" in kept and "patience" in said["recipe"].members():
        said["recipe"]["patience"].whole(0, MOST)
    if "data" in kept:
        _check_data(said["data"], bands, len(said["split"].members().get("scenes", [0])))
    if "baselines" in kept:
        _check_baselines(said["baselines"], features, outputs)
    if "others" in kept:
        for one in said["others"].elements():
            number, text = one.elements(2)
            number.whole(-MOST, MOST)
            text.text()


def check_epochs(said: Field) -> None:
    """See that each epoch has a number and nothing but numbers, the same of all."""
    first: set[str] = set()
    for epoch in said.elements():
        epoch["epoch"].whole(0, MOST)
        for name in epoch.members().keys() | first:
            epoch[name].number()
        first = first or set(epoch.members())


def _check_data(said: Field, bands: int, scenes: int) -> None:
    kind = said["kind"].among(("scene", "scenes", "images"))
    if kind == "images":
        _check_digits(said["assignment"], len(said["images"].text()) // LETTERS)
        return
    each = [said] if kind == "scene" else list(said["scenes"].elements(scenes))
    for one in each:
        rows, columns = (side.whole(1, MOST) for side in one["shape"].elements(2))
        if one["crs"].value is not None:
            one["crs"].text()
        a, b, _, d, e, _ = (number.number() for number in one["transform"].elements(6))
        if a * e == b * d:
            raise one["transform"].wrong("number")
        for pixel in one["pixels"].elements():
            row, column, *values = pixel.elements(2 + bands)
            row.whole(0, rows - 1)
            column.whole(0, columns - 1)
            for value in values:
                value.number()


def _check_baselines(said: Field, features: int, outputs: int) -> None:
    for one in said["mean"].elements(features):
        one.number()
    for one in said["std"].elements(features):
        one.positive()
    for name, rows in (("majority", 1), ("linear", features + 1)):
        for row in said["weights"][name].elements(rows):
            for one in row.elements(outputs):
                one.number()


def _check_split(said: Field) -> None:
    if said["kind"].text() == "scenes":
        for one in said["scenes"].elements():
            _check_split(one)
    elif said["kind"].value == "blocks":
        size = [side.whole(1, MOST) for side in said["shape"].elements(2)]
        block = said["block"].whole(1, MOST)
        rows, columns = (-(-side // block) for side in size)
        for row in said["assignment"].elements(rows):
            _check_digits(row, columns)
    else:
        said["files"].text()
        _check_digits(said["assignment"])


def _check_digits(said: Field, count: int | None = None) -> None:
    text = said.text()
    if not _DIGITS.fullmatch(text) or len(text) != (len(text) if count is None else count):
        raise said.wrong("digits")
