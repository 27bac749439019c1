"""The one error of the package that a user can mend."""

from __future__ import annotations

from convista.language import current, find


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
        template: str = getattr(find(self.key), current())
        return template.format(**self.values)
