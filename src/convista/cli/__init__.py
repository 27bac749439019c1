"""The command line: one command a file, found by name, loaded when it is called."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

from convista import language
from convista.errors import ConvistaError, ConvistaWarning


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process: 0 done, 1 a defect, 2 the user's mistake, 130 stopped by Ctrl-C."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console that is not UTF-8 must not turn a minus sign into a crash; a closed one is None.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    language.use(_language(given))
    sys.exit(_run(given))


def _run(given: list[str]) -> int:
    # click is imported after the language is known: the texts of the commands are made as they are defined.
    import click

    from convista.cli.commands import convista
    from convista.cli.output.words import translate_click

    translate_click()
    try:
        with _notes_told():
            ended = convista.main(given, prog_name="convista", standalone_mode=False)
    except ConvistaError as error:
        return _fail("cli.error", 2, error, given)
    except click.UsageError as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        print(language.say("cli.stopped"), file=sys.stderr)
        return 130
    except (OSError, MemoryError) as error:
        key = "cli.out_of_memory" if isinstance(error, MemoryError) else "cli.system_error"
        return _fail(key, 1, error, given)
    except Exception as error:
        return _fail("cli.defect", 1, error, given)
    return ended if isinstance(ended, int) else 0


@contextmanager
def _notes_told() -> Iterator[None]:
    """Print what the package wants known as lines of their own, each once; leave other warnings to Python."""
    told: set[str] = set()
    plain = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if not issubclass(category, ConvistaWarning):
            plain(message, category, *place, **more)
        elif str(message) not in told:
            told.add(str(message))
            print(language.say("cli.note", note=message), file=sys.stderr)

    with warnings.catch_warnings():
        warnings.simplefilter("always", ConvistaWarning)
        warnings.showwarning = show
        yield


def _fail(key: str, code: int, error: Exception, given: list[str]) -> int:
    if "--debug" in given:
        raise error
    print(language.say(key, error=error, kind=type(error).__name__), file=sys.stderr)
    return code


def _language(given: list[str]) -> str | None:
    """Read ``--lang`` before anything is said; a wrong value is left for the option itself to refuse."""
    for before, argument in zip(["", *given], given, strict=False):
        name, _, value = argument.partition("=")
        asked = value if name == "--lang" else argument if before == "--lang" else None
        if asked in language.LANGUAGES:
            return asked
    return None
