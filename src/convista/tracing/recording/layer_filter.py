"""Which records of a trace keep their values: all, or those of the layers that the user names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from convista.errors import ConvistaError
from convista.suggestions import nearest


class LayerFilter:
    """The layers whose values are kept.

    Parameters
    ----------
    patterns
        Names of records, paths of modules (with everything inside), or patterns of them: ``"conv1"``, ``"layer4"``,
        ``"layer?.0.conv*"``, ``"*.relu"``. A name that ends in ``#2`` chooses every call of that name. None is all.
    """

    def __init__(self, patterns: Sequence[str] | str | None) -> None:
        given = [patterns] if isinstance(patterns, str) else patterns
        self._patterns = None if given is None else {pattern: pattern.partition("#")[0] for pattern in given}
        self._found: set[str] = set()

    def takes(self, name: str, module: str) -> bool:
        """Tell whether a call keeps its values: its own name is chosen, or a module that it lies in."""
        if self._patterns is None:
            return True
        parts = module.split(".")
        names = {name, *(".".join(parts[:n]) for n in range(1, len(parts) + 1))}
        matched = {
            given for given, plain in self._patterns.items() if any(fnmatchcase(one, plain) for one in names)
        }
        self._found |= matched
        return bool(matched)

    def check(self, names: Iterable[str]) -> None:
        """See that each pattern has chosen something, among all names of the run.

        Raises
        ------
        ConvistaError
            If one has not; the message suggests the nearest names.
        """
        for pattern in self._patterns or ():
            if pattern not in self._found:
                raise no_such_layer(pattern, names)
        if self._patterns is not None and not self._patterns:
            raise ConvistaError("tracing.no_layers")


def no_such_layer(layer: object, names: Iterable[str]) -> ConvistaError:
    """Make the error that names the layers nearest to one that does not exist."""
    near = nearest(str(layer), names)
    return ConvistaError("tracing.no_such_layer", layer=layer, near=", ".join(near), count=len(near))
