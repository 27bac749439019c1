"""Networks of one's own, by where they are imported from."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

from torch import nn

from convista.errors import ConvistaError

BANDS = ("bands", "in_channels", "in_chans", "n_bands", "num_bands", "n_channels", "input_channels", "in_ch")
"""What the number of bands is called in the signatures of well-known packages …"""
OUTPUTS = (
    "outputs", "classes", "num_classes", "n_classes", "out_channels", "out_chans", "num_outputs", "output_channels",
    "out_ch",
)  # fmt: skip
"""… and that of outputs."""
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


def is_own(name: str) -> bool:
    """Tell whether a name says where to import a network from: ``"package.module:Network"``."""
    return _NAME.fullmatch(name) is not None


def imported(path: str, bands: int, outputs: int, options: Mapping[str, Any]) -> nn.Module:
    """Import a network of one's own and make it. **Its code is run**: only for a name that the user gave or trusts.

    Parameters
    ----------
    path
        ``"module:name"``, of a class or function. The module is looked for in the folder where Python was started,
        before all other places, as it is for a script there.
    bands, outputs
        Given by name where the signature has both under names of `BANDS` and `OUTPUTS`, or takes no two arguments
        by their position; else as the first two arguments.
    options
        Other arguments, by name; one of these names too, if that is how its number is to be given.

    Raises
    ------
    ConvistaError
        If it cannot be imported or called so, or does not give a module.
    """
    module, _, attribute = path.partition(":")
    with _from_here():
        try:
            make: Any = import_module(module)
            for name in attribute.split("."):
                make = getattr(make, name)
        except Exception as error:  # whatever the module's own code raises
            raise _not_imported(path, error) from error
        return made_by(make, path, bands, outputs, options)


def made_by(make: Callable[..., Any], name: str, bands: int, outputs: int, options: Mapping[str, Any]) -> nn.Module:
    """Make a network by a class or function of one's own, as `imported` does; ``name`` is what messages call it."""
    try:
        by_position, by_name = _arguments(make, bands, outputs, options)
        made = make(*by_position, **by_name)
    except Exception as error:  # whatever its own code raises
        raise _not_imported(name, error) from error
    if not isinstance(made, nn.Module):
        raise ConvistaError("models.not_a_module", path=name, kind=type(made).__name__)
    return made


def places_of(network: nn.Module) -> list[str]:
    """Return the folders that a network's modules were imported from and that the import path does not name.

    Another process looks there, too, to make the same network.
    """
    found: dict[str, None] = {}
    for name in {type(module).__module__ for module in network.modules()}:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and name != "__main__":
            above = name.count(".") + (Path(file).stem == "__init__")
            found[str(Path(file).absolute().parents[above])] = None
    return [place for place in found if place not in sys.path]


def _arguments(
    make: Callable[..., Any], bands: int, outputs: int, options: Mapping[str, Any]
) -> tuple[tuple[int, ...], dict[str, Any]]:
    """Return the arguments by position, and those by name."""
    try:
        parameters = signature(make).parameters.values()
    except (TypeError, ValueError):  # it does not tell
        return (bands, outputs), dict(options)
    nameable = [p.name for p in parameters if p.kind in {Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY}]
    named: dict[str, Any] = {}
    for value, names in ((bands, BANDS), (outputs, OUTPUTS)):
        if found := [name for name in names if name in nameable]:
            named[found[0]] = value
    placed = [p for p in parameters if p.kind in {Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD}]
    several = len(placed) >= 2 or any(p.kind == Parameter.VAR_POSITIONAL for p in parameters)
    told = set(options) & {*BANDS, *OUTPUTS}
    if len(named) == 2 or told or not several:
        return (), named | dict(options)
    return (bands, outputs), dict(options)


def _not_imported(path: str, error: Exception) -> ConvistaError:
    reason = str(error).strip().rstrip(".") or type(error).__name__
    return ConvistaError("models.not_imported", path=path, reason=reason.splitlines()[0])


@contextmanager
def _from_here() -> Iterator[None]:
    """Look for modules where Python was started, too."""
    here = str(Path.cwd())
    invalidate_caches()
    sys.path.insert(0, here)
    try:
        yield
    finally:
        if here in sys.path:
            sys.path.remove(here)
