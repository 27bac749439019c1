"""Weights for three bands in a network for any number of bands."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError


def load_adapted(network: nn.Module, weights: Mapping[str, Tensor]) -> list[str]:
    """Load published weights into a network whose bands, or classes, are others in number.

    The first convolution reads bands. Where it has more of them than the weights, the kernel for band c is shared
    out evenly among the bands c, c + C, c + 2C …; where it has fewer, N, band n takes the sum of the kernels for n,
    n + N … So no band is without a kernel, and a patch whose bands are all alike gives the same feature maps as
    before. Parameters that fit are loaded as they are; the last layer is left as it is where it has another number
    of classes. Weights of layers that come after the network's last one are left out, since an encoder is the
    beginning of a classifier.

    Parameters
    ----------
    network
        Changed in place.
    weights
        By the network's own names.

    Returns
    -------
    Names of the parameters that were left as they were.

    Raises
    ------
    ConvistaError
        If a name is missing or strange, or a parameter of another layer than the first and the last does not fit.
    """
    own = network.state_dict()
    missing, strange = sorted(set(own) - set(weights)), sorted(set(weights) - set(own))
    if not missing:
        names = list(weights)
        end = max(map(names.index, own)) + 1
        weights = {name: weights[name] for name in names[:end]}
        strange = sorted(set(weights) - set(own))
    if missing or strange:
        told = {"missing": _few(missing), "strange": _few(strange), "lacking": len(missing), "extra": len(strange)}
        raise ConvistaError("models.other_names", **told)
    layers = [name for name, module in network.named_modules() if isinstance(module, nn.Conv2d | nn.Linear)]
    first, last = f"{layers[0]}.weight", {f"{layers[-1]}.weight", f"{layers[-1]}.bias"}
    kept, left = dict(own), []
    for name, value in weights.items():
        if value.shape == own[name].shape:
            kept[name] = value
        elif name == first and value.shape[0] == own[name].shape[0] and value.shape[2:] == own[name].shape[2:]:
            kept[name] = _spread(value, own[name].shape[1])
        elif name in last:
            left.append(name)
        else:
            raise ConvistaError(
                "models.other_shape", name=name, own=tuple(own[name].shape), given=tuple(value.shape)
            )
    network.load_state_dict(kept)
    return left


def _spread(weight: Tensor, bands: int) -> Tensor:
    """Share kernels out among more bands, or add them up for fewer."""
    given = weight.shape[1]
    goes = torch.zeros(bands, given, dtype=weight.dtype)
    for n in range(max(bands, given)):
        goes[n % bands, n % given] = 1.0
    share = goes / goes.sum(dim=0)
    return torch.einsum("kc...,nc->kn...", weight, share)


def _few(names: list[str]) -> str:
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "") if names else "–"
