"""Early stopping on a real training curve: that of a network with so few patches that it learned them by heart.

``scripts/overfitting.py`` trained it and wrote the file beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.registry import film
from convista.films.training.early_stopping import Epoch, Stop
from convista.films.training.early_stopping import early_stopping as stopping_film
from convista.films.wording import message
from convista.language import Text
from convista.learning import Run
from convista.learning.fitting.history import History

FALLING = ("validation_loss", "rmse", "mae")
"""Numbers of which less is better."""


@film("early-stopping")
def early_stopping(
    run: Run | None = None,
    epochs: Sequence[Mapping[str, float]] | None = None,
    watched: str | None = None,
    patience: int | None = None,
) -> Film:
    """Show when a training stops: the chapter's, that of a run, or any curve.

    Parameters
    ----------
    run
        A run of this package, whose record has its epochs.
    epochs
        Or one dictionary an epoch, with ``"epoch"``, ``"loss"`` and what is watched.
    watched
        What is watched, a name in the epochs; None for the loss of the validation part, or else the accuracy.
    patience
        Epochs without a better one after which to stop; None for 8 or, of a run, its own.

    Raises
    ------
    ConvistaError
        If the epochs have no such number.
    """
    if run is not None:
        epochs = run.record.get("epochs", [])
        patience = run.record.get("recipe", {}).get("patience", 0) if patience is None else patience
    elif epochs is None:
        stored = files("convista.catalogue") / "data" / "overfitting.json"
        about: dict[str, Any] = json.loads(stored.read_text("utf-8"))
        epochs = about["epochs"]
        patience = about["patience"] if patience is None else patience
    known = [*epochs[0]] if epochs else []
    watched = watched or ("validation_loss" if "validation_loss" in known else "accuracy")
    if missing := [name for name in ("epoch", "loss", watched) if name not in known]:
        raise ConvistaError("catalogue.no_such_number", missing=", ".join(missing), known=", ".join(known) or "–")
    told_epochs = [Epoch(int(e["epoch"]), float(e["loss"]), float(e[watched])) for e in epochs]
    rising = watched not in FALLING
    stop = _stop(told_epochs, rising, 8 if patience is None else patience)
    return stopping_film(told_epochs, stop, watched=_name(watched), rising=rising)


def _stop(epochs: Sequence[Epoch], rising: bool, patience: int) -> Stop:
    """Go through the epochs as the training loop does."""
    history, last = History(), 0
    for position, epoch in enumerate(epochs):
        if position and history.stale(patience):
            break
        # The loop counts epochs from 1; here they may begin with the network as it was before.
        history.note({"epoch": position + 1}, epoch.watched if rising else -epoch.watched)
        last = position
    return Stop(max(history.best_epoch - 1, 0), last, patience, history.stale(patience))


def _name(watched: str) -> Text:
    if watched in {"validation_loss", "accuracy"}:
        return message(f"catalogue.watched_{watched}")
    return Text(watched, watched)
