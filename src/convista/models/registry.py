"""The architectures by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from types import MappingProxyType, UnionType
from typing import Any

from torch import nn

from convista.errors import ConvistaError
from convista.models.compact import Compact
from convista.models.lenet import LeNet
from convista.models.mini import Mini
from convista.models.own import imported
from convista.models.resnet import resnet18, resnet34, resnet50
from convista.models.unet_resnet import unet
from convista.models.vgg import vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn
from convista.suggestions import nearest

ARCHITECTURES: Mapping[str, Callable[..., nn.Module]] = MappingProxyType(
    {
        "lenet": LeNet,
        "mini": Mini,
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

LARGEST_PATCH = 4096
"""Rows and columns of a patch, of any network. Whole scenes are mapped by windows, whatever their size."""
LARGEST: Mapping[str, int] = MappingProxyType({"width": 4096, "blocks": 64, "depth": 12, "units": 65_536})
"""The largest value of options that make a network larger: beyond it nothing is trained, and a file that says so
would fill the memory of whoever opens it."""


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
        ``"package.module:Network"``, which is called with the numbers of bands and of outputs, and the options: its
        code is run, see `own.imported`.
    bands
        Number of bands of a patch, or their names.
    classes
        Number of classes, or the classes.
    patch
        Rows and columns of the patches it will be given, `LARGEST_PATCH` at most; None for the architecture's own
        size.
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
    if patch is not None and patch > LARGEST_PATCH:
        raise ConvistaError("models.patch_too_large", patch=patch, largest=LARGEST_PATCH)
    if ":" in name:
        return imported(name, n_bands, n_classes, options)
    if name not in ARCHITECTURES:
        raise ConvistaError(
            "models.unknown", name=name, nearest=nearest(name, ARCHITECTURES)[0], names=", ".join(ARCHITECTURES)
        )
    make = ARCHITECTURES[name]
    parameters = signature(make).parameters
    known = [option for option in parameters if option not in {"bands", "classes", "patch"}]
    for option, value in options.items():
        if option not in known:
            raise ConvistaError("models.unknown_option", option=option, name=name, known=", ".join(known))
        if not _of_its_kind(value, parameters[option].default):
            usual = parameters[option].default
            raise ConvistaError("models.option_of_other_kind", option=option, name=name, value=value, usual=usual)
        if option in LARGEST and value > LARGEST[option]:
            limit = LARGEST[option]
            raise ConvistaError("models.option_too_large", option=option, name=name, value=value, largest=limit)
    if n_bands < 1 or n_classes < 1:
        raise ConvistaError("models.nothing_to_do", bands=n_bands, classes=n_classes)
    return make(n_bands, n_classes, patch=patch, **options)


def _of_its_kind(value: object, usual: object) -> bool:
    """Tell whether a value may stand where the usual one does: whole numbers for whole numbers, words for words."""
    if isinstance(value, bool) or isinstance(usual, bool):
        return type(value) is type(usual)
    kinds: dict[type, type | UnionType] = {int: int, float: int | float, str: str}
    kind = kinds.get(type(usual), object)
    return isinstance(value, kind) and not (isinstance(value, float) and not math.isfinite(value))
