"""The one error of the package that a user can mend, and the one warning: what it did that a user should know."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

from convista.language import current, fill, printable


class ConvistaError(Exception):
    """A mistake in what the user gave: what is wrong, why, and what to do.

    Parameters
    ----------
    key
        Name of the message in the string table, such as ``"scenes.no_such_band"``.
    **values
        What the message's placeholders stand for.

    The text is made when it is read, in the language then in use. The command line prints it and ends with
    exit code 2; anything else that is raised is a defect of the package.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return _filled(self.key, self.values)


class ConvistaWarning(UserWarning):
    """Something that is not wrong, and that a user should know: what was left out, and why.

    Parameters
    ----------
    key, **values
        As of `ConvistaError`.

    In Python it is a warning like any other; the command line prints it as one line.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return _filled(self.key, self.values)


def note(key: str, /, **values: object) -> None:
    """Tell the user something, as a `ConvistaWarning`."""
    warnings.warn(ConvistaWarning(key, **values), stacklevel=3)


def _filled(key: str, values: Mapping[str, object]) -> str:
    return printable(fill(key, current(), values))
