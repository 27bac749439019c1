"""click's own words, in the language in use."""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.types

from convista.language import current
from convista.language.click import TABLE

MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.types)


def translate_click() -> None:
    """Have click say in the language in use what it would say in English.

    click asks gettext, which wants compiled catalogues on disk; its modules are given the string table instead.
    """
    said: dict[str, str] = {text.en: getattr(text, current()) for text in TABLE.values()}

    def one(message: str) -> str:
        return said.get(message, message)

    def one_or_more(singular: str, plural: str, count: int) -> str:
        return one(singular if count == 1 else plural)

    for module in MODULES:
        for name, function in (("_", one), ("ngettext", one_or_more)):
            if hasattr(module, name):
                setattr(module, name, function)
