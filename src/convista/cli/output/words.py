"""click's own words, in the language in use."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from convista import language

CATALOGUES = Path(language.__file__).parent / "click"


def translate_click() -> None:
    """Have gettext, which click asks for its words, give those of the language in use.

    gettext takes the language from the environment, where processes begun from here find it, too.
    """
    gettext.bindtextdomain("click", str(CATALOGUES))
    gettext.textdomain("click")
    os.environ["LANGUAGE"] = language.current()
