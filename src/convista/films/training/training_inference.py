"""Training and inference side by side, on one patch: what differs, pass by pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.films.film import LAST, SLOW, Film
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.imagery import fitted, photo
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Circle, Mark, Polyline, Rectangle, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.scenes.composite import Pixels

LABELS = 156.0
"""Width of the names of the rows."""
Names = Sequence[str | Text]
ROWS = ("augmentation", "dropout", "batch_norm", "gradients", "output")
TOPS = {"augmentation": 108.0, "dropout": 232.0, "batch_norm": 268.0, "gradients": 304.0, "output": 330.0}
PHOTO = 100.0
BARS = Box(0, 336, 0, 412)
"""Between which heights the bars of the answer stand."""
LARGE = 240.0
"""The patch before it is passed on."""
LABEL, BELOW = 14.0, 18.0
"""Size of letters, and from one line of a class's name to the next."""


class PatchPass(NamedTuple):
    """What happened to the patch on one way through the network."""

    pixels: Pixels
    """The patch as it entered."""
    dropped: tuple[int, int] | None
    """How many values dropout left out, and of how many; None where there is no dropout."""
    mean: float | None
    """What the first batch norm took from its first channel; None where there is none."""
    gradients: int
    """Parameters that a gradient came back to."""
    probabilities: tuple[float, ...]
    """Of the classes."""


def training_inference(
    training: Sequence[PatchPass], inference: Sequence[PatchPass], *, class_names: Names
) -> Film:
    """Compare passes of one patch in training with passes in inference.

    Parameters
    ----------
    training, inference
        As many of each, up to three.
    class_names
        What the probabilities are of.

    Raises
    ------
    ConvistaError
        If there are not as many, or the probabilities are not of these classes.
    """
    if not 1 <= len(training) == len(inference) <= 3:
        raise ConvistaError("films.training_inference.passes", training=len(training), inference=len(inference))
    if any(len(passage.probabilities) != len(class_names) for passage in (*training, *inference)):
        raise ConvistaError("films.training_inference.classes", classes=len(class_names))
    script = Script("training-vs-inference", message("films.training_inference.title"))
    whole = inference[0].pixels
    large = fitted((whole.shape[0], whole.shape[1]), STAGE.middle(LARGE, LARGE))
    script.step(message("films.training_inference.begin"), beat([photo("patch", large, whole)], seconds=SLOW.end))
    shown: list[Mark] = [*_heads(len(training))]
    pulses: dict[str, Mark] = {}
    for row in ROWS:
        shown += _name(row)
        first = row == ROWS[0]
        beats = [beat(shown, [photo("patch", large, whole)] if first else pulses.values(), seconds=SLOW.row)]
        for n in range(len(training)):
            sources = {}
            for mode, passage in (("training", training[n]), ("inference", inference[n])):
                shown += _cell(row, mode, n, len(training), passage, class_names)
                if row == "output":  # bars grow from their line
                    low = [_lowered(mark) for mark in shown if mark.key.startswith(f"output.{mode}.{n}.bar.")]
                    beats[-1] = beats[-1]._replace(marks=(*beats[-1].marks, *low))
                pulses[f"{mode}.{n}"] = _pulse(row, mode, n, len(training))
                if first:
                    sources[f"{row}.{mode}.{n}"] = "patch"
            waiting = [photo("patch", large, whole)] if first and n + 1 < len(training) else []
            beats.append(beat(shown, waiting, pulses.values(), travel=TRAVEL, born_from=sources))
        script.step(_caption(row, training), *beats)
    script.step(message("films.training_inference.end"), beat(shown, seconds=LAST))
    return script.film()


def _lowered(bar: Mark) -> Mark:
    assert isinstance(bar, Rectangle)
    return bar._replace(box=bar.box._replace(top=bar.box.bottom - 1))


def _pulse(row: str, mode: str, n: int, count: int) -> Circle:
    """Return how far a pass has come."""
    y = TOPS[row] + PHOTO + 8 if row == "augmentation" else BARS.top if row == "output" else TOPS[row] - 5
    return Circle(
        f"pulse.{mode}.{n}", (_column(mode, n, count)[0] + 2, y), 4.0, "curve" if mode == "training" else "window"
    )


def _column(mode: str, n: int, count: int) -> tuple[float, float]:
    """Return where the column of a pass begins and how wide it is."""
    wide = (STAGE.width - LABELS) / 2
    start = STAGE.left + LABELS + (mode == "inference") * wide
    each = (wide - 16) / count
    return start + 12 + n * each, each


def _heads(count: int) -> list[Mark]:
    marks: list[Mark] = []
    for mode, colour in (("training", "curve"), ("inference", "window")):
        left, each = _column(mode, 0, count)
        middle = left + each * count / 2
        marks.append(Words(f"{mode}.name", (middle, 92), message(f"films.training_inference.{mode}"), 17, colour))
    x = _column("inference", 0, count)[0] - 6
    return [*marks, Polyline("between", ((x, 78), (x, 446)), "line", 1.5)]


def _name(row: str) -> list[Mark]:
    words = message(f"films.training_inference.row_{row}")
    size = min(text.fitting(line, LABELS - 4, LABEL) for line in words)
    y = {"augmentation": TOPS[row] + PHOTO / 2, "output": BARS.bottom - 34}.get(row, TOPS[row])
    return [Words(f"row.{row}", (STAGE.left, y), words, size, "muted", "start")]


def _cell(row: str, mode: str, n: int, count: int, passage: PatchPass, class_names: Names) -> list[Mark]:
    left, each = _column(mode, n, count)
    key, middle, room = f"{row}.{mode}.{n}", left + each / 2, each - 8
    if row == "augmentation":
        box = fitted(
            (passage.pixels.shape[0], passage.pixels.shape[1]),
            Box(middle - min(PHOTO, room) / 2, TOPS[row], middle + min(PHOTO, room) / 2, TOPS[row] + PHOTO),
        )
        return [photo(key, box, passage.pixels)]
    if row == "output":
        return _bars(key, left + 4, each - 12, passage.probabilities, class_names)
    words = _fact(row, passage)
    size = min(text.fitting(line, room, 15) for line in words)
    return [Words(key, (middle, TOPS[row]), words, size, "text")]


def _fact(row: str, passage: PatchPass) -> Text:
    """Write one number of a pass; a dash where the network has no such layer."""
    if row == "gradients":
        return written(float(passage.gradients))
    if row == "dropout" and passage.dropped is not None:
        return message("films.training_inference.dropped", dropped=passage.dropped[0], count=passage.dropped[1])
    if row == "batch_norm" and passage.mean is not None:
        return Text(*(f"μ = {line}" for line in written(passage.mean, max(3, decimals_for([passage.mean])))))
    return Text("–", "–")


def _bars(key: str, left: float, width: float, values: Sequence[float], class_names: Names) -> list[Mark]:
    """Draw the probabilities as bars, the largest with its number and the name of its class."""
    each = width / len(values)
    best = max(range(len(values)), key=lambda n: values[n])
    marks: list[Mark] = [Rectangle(f"{key}.ground", Box(left, BARS.bottom, left + width, BARS.bottom + 1), "line")]
    tall = BARS.height - 16
    for n, value in enumerate(values):
        box = Box(left + n * each + 1, BARS.bottom - max(1.0, tall * value), left + (n + 1) * each - 1, BARS.bottom)
        marks.append(Rectangle(f"{key}.bar.{n}", box, "window" if n == best else "muted"))
    at = left + (best + 0.5) * each, BARS.bottom - tall * values[best] - 5
    given = class_names[best]
    name = given if isinstance(given, Text) else Text(given, given)
    number = written(100 * values[best], 1)
    shown = Text(*(f"{line} %" for line in number))
    half = text.width(shown.en, LABEL) / 2
    x = min(max(at[0], left + half), left + width - half)
    marks.append(Words(f"{key}.number", (x, at[1]), shown, LABEL, "text"))
    return [*marks, *_class(f"{key}.class", left + width / 2, width, name)]


def _class(key: str, x: float, width: float, name: Text) -> list[Mark]:
    """Write the name of a class below its bars, in two lines where it has no room in one."""
    broken = [text.lines(line, LABEL, width) for line in name]
    if len(broken[0]) != len(broken[1]) or len(broken[0]) > 2:
        broken = [[line] for line in name]
    y, marks = BARS.bottom + BELOW, list[Mark]()
    for n, (spanish, english) in enumerate(zip(*broken, strict=True)):
        size = min(text.fitting(line, width, LABEL) for line in (spanish, english))
        marks.append(Words(f"{key}.{n}" if n else key, (x, y + BELOW * n), Text(spanish, english), size, "text"))
    return marks


def _caption(row: str, training: Sequence[PatchPass]) -> Text:
    first = training[0]
    if row == "gradients":
        return message("films.training_inference.gradients", count=first.gradients)
    if row == "dropout":
        return message("films.training_inference.dropout", count=first.dropped[1] if first.dropped else 0)
    same = len({passage.probabilities for passage in training}) == 1
    return message(f"films.training_inference.{'output_same' if row == 'output' and same else row}")
