"""All films, for what holds of each: made once a process; one of each family is in the fast part of the suite."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import pytest

from convista.catalogue import film, film_names
from convista.films import Film

IN_THE_FAST_PART = {
    "patches-mosaic", "filters", "conv-step-by-step", "activation-relu", "activation-softmax", "pool-max",
    "flatten-classic", "dense-10-7", "losses", "backprop-dense", "gradient-descent", "normalisation",
    "receptive-field", "architecture-lenet",
}  # fmt: skip
assert set(film_names()) >= IN_THE_FAST_PART


def every_film(*, failing: Collection[str] = ()) -> pytest.MarkDecorator:
    """Give a test the name of each film; of those that fail yet, it must fail."""
    assert set(failing) <= set(film_names())
    names = []
    for name in film_names():
        marks = [] if name in IN_THE_FAST_PART else [pytest.mark.slow]
        marks += [pytest.mark.xfail(strict=True)] if name in failing else []
        names.append(pytest.param(name, marks=marks))
    return pytest.mark.parametrize("name", names)


@cache
def made(name: str) -> Film:
    return film(name, language="es")
