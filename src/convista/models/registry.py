"""The architectures by name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any

from torch import nn

from convista.errors import ConvistaError
from convista.models.compact import Compact
from convista.models.lenet import LeNet
from convista.models.resnet import resnet18, resnet34, resnet50
from convista.models.unet_resnet import unet
from convista.models.vgg import vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn

ARCHITECTURES: Mapping[str, Callable[..., nn.Module]] = MappingProxyType(
    {
        "lenet": LeNet,
        "compact": Compact,
        "resnet18": resnet18,
        "resnet34": resnet34,
        "resnet50": resnet50,
        "vgg11": vgg11,
        "vgg11_bn": vgg11_bn,
        "vgg13": vgg13,
        "vgg13_bn": vgg13_bn,
        "vgg16": vgg16,
        "vgg16_bn": vgg16_bn,
        "unet": unet,
    }
)
"""What makes each network: ``make(bands, classes, *, patch=None, **options)``."""

OF_PIXELS = frozenset({"unet"})
"""The architectures that answer for every pixel; the others answer once for a patch."""


def create_model(
    name: str,
    bands: int | Sequence[str],
    classes: int | Sequence[object],
    *,
    patch: int | None = None,
    **options: Any,
) -> nn.Module:
    """Make an untrained network.

    Parameters
    ----------
    name
        A name of `ARCHITECTURES`, such as ``"lenet"`` or ``"resnet18"``; or where to import one's own from, as
        ``"package.module:Network"``, which is called with the numbers of bands and of outputs, and the options.
    bands
        Number of bands of a patch, or their names.
    classes
        Number of classes, or the classes.
    patch
        Rows and columns of the patches it will be given; None for the architecture's own size.
    **options
        The architecture's own choices, such as ``width=2`` of LeNet.

    Returns
    -------
    A module that takes (batch, bands, patch, patch) and gives logits, (batch, classes); those of `OF_PIXELS` give
    (batch, classes, patch, patch).

    Raises
    ------
    ConvistaError
        If there is no such architecture, it has no such option, or a number is out of range.
    """
    n_bands, n_classes = (n if isinstance(n, int) else len(n) for n in (bands, classes))
    if ":" in name:
        return imported(name, n_bands, n_classes, options)
    if name not in ARCHITECTURES:
        raise ConvistaError("models.unknown", name=name, nearest=_nearest(name), names=", ".join(ARCHITECTURES))
    make = ARCHITECTURES[name]
    parameters = signature(make).parameters
    known = [option for option in parameters if option not in {"bands", "classes", "patch"}]
    for option, value in options.items():
        if option not in known:
            raise ConvistaError("models.unknown_option", option=option, name=name, known=", ".join(known))
        if not _of_its_kind(value, parameters[option].default):
            usual = parameters[option].default
            raise ConvistaError("models.option_of_other_kind", option=option, name=name, value=value, usual=usual)
    if n_bands < 1 or n_classes < 1:
        raise ConvistaError("models.nothing_to_do", bands=n_bands, classes=n_classes)
    return make(n_bands, n_classes, patch=patch, **options)


def imported(path: str, bands: int, classes: int, options: Mapping[str, Any]) -> nn.Module:
    """Make a network of one's own.

    Parameters
    ----------
    path
        ``"module:name"``, of a class or function; the module is looked for where Python was started, too.

    Raises
    ------
    ConvistaError
        If it cannot be imported or called so, or does not give a module.
    """
    module, _, attribute = path.partition(":")
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        made = getattr(import_module(module), attribute)(bands, classes, **options)
    except (ImportError, AttributeError, TypeError) as error:
        raise ConvistaError("models.not_imported", path=path, reason=str(error).rstrip(".")) from error
    finally:
        sys.path.remove(here)
    if not isinstance(made, nn.Module):
        raise ConvistaError("models.not_a_module", path=path, kind=type(made).__name__)
    return made


def _of_its_kind(value: object, usual: object) -> bool:
    """Tell whether a value may stand where the usual one does: whole numbers for whole numbers, words for words."""
    kinds: dict[type, type | UnionType] = {int: int, float: int | float, str: str}
    kind = kinds.get(type(usual), object)
    return isinstance(value, kind)


def _nearest(name: str) -> str:
    nearest: list[str] = get_close_matches(name, ARCHITECTURES, n=1, cutoff=0.0)
    return nearest[0]
