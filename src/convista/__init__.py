"""convista runs convolutional networks on satellite imagery, and shows why every number is what it is.

Everything public is named here and loaded when it is first used: importing the package loads neither torch nor
rasterio.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convista.catalogue import film as film
    from convista.errors import ConvistaError as ConvistaError
    from convista.learning import open_run as open_run
    from convista.learning import train as train
    from convista.mapping import predict as predict
    from convista.models import create_model as create_model
    from convista.scenes import open_labels as open_labels
    from convista.scenes import open_scene as open_scene
    from convista.scenes import sample_scene as sample_scene

    # Not of `tracing`: that has a module of this name too, and a type checker may take the one for the other.
    from convista.tracing.recording.tracer import trace as trace

__version__ = "0.1.0"

_ROOMS = {
    "ConvistaError": "errors",
    "create_model": "models",
    "film": "catalogue",
    "open_labels": "scenes",
    "open_run": "learning",
    "open_scene": "scenes",
    "predict": "mapping",
    "sample_scene": "scenes",
    "trace": "tracing",
    "train": "learning",
}

__all__ = ["__version__", *_ROOMS]  # noqa: PLE0604  names, spelt out above


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
