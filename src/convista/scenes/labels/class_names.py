"""Names that somebody gives to classes: one for each, in order, or by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convista.errors import ConvistaError
from convista.language import listed

ClassNames = Sequence[str] | Mapping[int, str]


class SharedNames(dict[int, str]):
    """Names by number for several files, or for those of a run: a file need not have all of these classes."""

    def __repr__(self) -> str:
        return f"<SharedNames {listed([f'{number} {name}' for number, name in self.items()])}>"


def name_classes(source: str, own: Mapping[int, str], given: ClassNames | None) -> dict[int, str]:
    """Return the name of each class, by its number.

    Parameters
    ----------
    source
        What messages call where the classes are from.
    own
        What the classes are called where nobody names them, in their order.
    given
        A name for each class, in the same order; or of some, by number; None for none. Of `SharedNames` those of
        other classes are left aside.

    Raises
    ------
    ConvistaError
        If there are more or fewer names than classes, one is of a class that is not there, or two would be alike.
    """
    there = ", ".join(str(n) if name == str(n) else f"{n} {name}" for n, name in own.items())
    if isinstance(given, SharedNames):
        new = {number: name for number, name in given.items() if number in own}
    elif isinstance(given, Mapping):
        if strange := [f"{number} {name}" for number, name in given.items() if number not in own]:
            raise ConvistaError(
                "scenes.labels.class_names_strange",
                source=source,
                named=", ".join(strange),
                count=len(strange),
                values=there,
            )
        new = dict(given)
    elif given is not None:
        if len(given) != len(own):
            raise ConvistaError(
                "scenes.labels.count_of_classes", source=source, count=len(own), values=there, names=len(given)
            )
        new = dict(zip(own, given, strict=True))
    else:
        new = {}
    full = {**own, **new}
    names = list(full.values())
    if twice := [name for name in dict.fromkeys(new.values()) if names.count(name) > 1]:
        raise ConvistaError("scenes.labels.class_names_repeated", source=source, names=", ".join(twice))
    return full
