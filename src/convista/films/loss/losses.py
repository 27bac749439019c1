"""Losses as a film: the curve of each, the prediction that moves on it, and the gradient as its tangent."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.loss.stage import FROM, TO, Loss, LossStage, Moment
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.loss import CrossEntropy
from convista.operators.loss_binary import BinaryCrossEntropyLogits
from convista.operators.loss_dice import BinaryDice
from convista.operators.loss_focal import BinaryFocal
from convista.operators.loss_regression import Huber, Mae, Mse

MOVES = 8
"""Short straight ways between two rests, along the curve."""


def losses_film(
    *,
    target: float = 1.0,
    delta: float = 1.0,
    gamma: float = 2.0,
    others: tuple[float, ...] = (0.5, -0.5),
    name: str = "losses",
) -> Film:
    """Show seven losses, each with its gradient, while a prediction moves.

    Parameters
    ----------
    target
        What the losses of regression want, −3.5 … 3.5.
    delta
        δ, where Huber's loss goes from a parabola to a line; more than 0.
    gamma
        γ of the focal loss; 0 or more.
    others
        Logits of the other classes of the cross-entropy of several classes.

    Raises
    ------
    ConvistaError
        If a number is out of its range, or there is no other class.
    """
    if not FROM <= target <= TO or not delta > 0 or not gamma >= 0 or not others or not np.isfinite(others).all():
        raise ConvistaError("films.losses.data", target=target, delta=delta, gamma=gamma, others=others)
    losses, script = _losses(target, delta, gamma, others), Script(name, message("films.losses.title"))
    for n, loss in enumerate(losses):
        rests = _rests(loss)
        stage = LossStage(loss, rests)
        if n == 0:
            asked, narrated = message("films.losses.question"), message("films.losses.narrated_question")
            script.step(asked, beat(stage.at(Moment(rests[0])), seconds=SLOW.end), narration=narrated)
        script.step(message(f"films.losses.{loss.key}", **loss.given), *_moving(stage, rests))
    script.step(message("films.losses.end"), beat(stage.at(Moment(rests[-1])), seconds=SLOW.end))
    return script.film()


def _rests(loss: Loss) -> tuple[float, ...]:
    """Return where the prediction stands still: at both ends, at what is wanted, and half way there."""
    wanted = 1.0 if loss.target is None else loss.target
    return tuple(sorted({FROM, (FROM + wanted) / 2, wanted, TO}))


def _moving(stage: LossStage, rests: tuple[float, ...]) -> list[Beat]:
    """Return the prediction on its way from rest to rest."""
    beats = [beat(stage.at(Moment(rests[0])), seconds=SLOW.end, travel=TRAVEL)]
    for start, end in pairwise(rests):
        ways = np.linspace(start, end, MOVES + 1)[1:-1].tolist()
        beats += [beat(stage.at(Moment(x, rests=False)), seconds=TICK / 2, travel=TICK) for x in ways]
        beats.append(beat(stage.at(Moment(end)), seconds=SLOW.end, travel=SHORT))
    return beats


def _losses(target: float, delta: float, gamma: float, others: tuple[float, ...]) -> list[Loss]:
    def wanted(x: float) -> dict[str, Array]:
        return {"x": np.array([x]), "target": np.array([target])}

    def true(x: float) -> dict[str, Array]:
        return {"x": np.array([x]), "target": np.array([1.0])}

    def classes(x: float) -> dict[str, Array]:
        return {"x": np.array([[x, *others]]), "target": np.array([0])}

    def region(x: float) -> dict[str, Array]:
        return {"x": np.array([[[x, 2.0, -1.0, -2.0]]]), "target": np.array([[[1.0, 1.0, 0.0, 0.0]]])}

    given: dict[str, Text] = {"target": written(target), "delta": written(delta), "gamma": written(gamma)}
    return [
        Loss("mse", Mse(), wanted, "x", target, given),
        Loss("mae", Mae(), wanted, "x", target, given),
        Loss("huber", Huber(delta=delta), wanted, "x", target, given),
        Loss("binary", BinaryCrossEntropyLogits(), true, "z", None, given),
        Loss("classes", CrossEntropy(), classes, "z", None, given),
        Loss("focal", BinaryFocal(gamma=gamma), true, "z", None, given),
        Loss("dice", BinaryDice(), region, "z", None, given),
    ]
