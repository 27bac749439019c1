"""Films, and what films traced operators, are found by a decorator beside the function that makes them.

A registry is a mapping of which nothing need be listed anywhere else: asked for a name, it loads the modules of its
packages whose source has that name in quotes, which one of their decorators then gives it; walked through, it loads
them all. A single film thus waits for its own module, and for torch only if it needs a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from convista.films.film import Film

T = TypeVar("T")
Build = TypeVar("Build", bound=Callable[..., Film])


class Registry(Mapping[str, T]):
    """What the modules of some packages register, by name.

    Parameters
    ----------
    *packages
        Searched in this order, with the packages inside them.
    """

    def __init__(self, *packages: str) -> None:
        self._packages = packages
        self._entries: dict[str, T] = {}

    def also_in(self, package: str) -> None:
        """Search a package after the others."""
        self._packages = (*self._packages, package)

    def add(self, name: str, entry: T) -> None:
        """Register something; ValueError if the name is another's."""
        if name in self._entries:
            raise ValueError(f"{name!r} is registered twice: {self._entries[name]} and {entry}")
        self._entries[name] = entry

    def __getitem__(self, name: str) -> T:
        for module, source in self._modules():
            if name in self._entries:
                break
            if f'"{name}"' in source:
                import_module(module)
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> list[str]:
        """Return every name, in the alphabet's order: the order in which modules are loaded has no meaning."""
        for module, _ in self._modules():
            import_module(module)
        return sorted(self._entries)

    def _modules(self) -> Iterator[tuple[str, str]]:
        for package in self._packages:
            yield from _sources(package)


@cache
def _sources(package: str) -> list[tuple[str, str]]:
    """Return the modules of a package and of those inside it, in the order of their names, each with its source."""
    (folder,) = map(Path, import_module(package).__path__)
    modules = {path: path.relative_to(folder).with_suffix("") for path in sorted(folder.rglob("[!_]*.py"))}
    return [(".".join((package, *module.parts)), path.read_text("utf-8")) for path, module in modules.items()]


class Network(Protocol):
    """What a film shows of a network of the caller's."""

    @property
    def takes(self) -> Mapping[str, Any]:
        """By what the film is told of the network."""

    def film(self, name: str, data: dict[str, Any], build: Callable[[dict[str, Any]], Film]) -> Film:
        """Make the film of that name, by a function of data that say nothing of a network any more."""


class RegisteredFilm(NamedTuple):
    """A film that can be had by its name."""

    build: Callable[..., Film]
    operators: tuple[str, ...]
    """It can also be made of one layer of a network, which does one of these."""
    network: Network | None
    """What else it shows of a network."""


class RegisteredOperator(NamedTuple):
    """What makes a film of the record of a traced operator."""

    build: Callable[..., Film]
    of_a_batch: bool
    """Whether the film shows all samples together."""


FILMS: Registry[RegisteredFilm] = Registry("convista.films")
"""By the film's name, such as ``"pool-max"``; `convista.catalogue` adds its own."""
OPERATORS_FILMED: Registry[RegisteredOperator] = Registry("convista.films")
"""By the operator's name, such as ``"max_pool2d"``."""


def film(name: str, *operators: str, network: Network | None = None) -> Callable[[Build], Build]:
    """Register a function of arrays, with an example as their default, as the film of that name.

    Its place in the chapter is in `convista.catalogue.contents`, what it is about in the language's
    ``catalogue/films.py``.

    Parameters
    ----------
    name
        As people ask for it: ``"pool-max"``.
    *operators
        The film can be made of a layer of the caller's network as well, of one of these operators, by the function
        that `of_operators` registers for it.
    network
        What else the film shows of a network, which the function is handed.
    """

    def registered(build: Build) -> Build:
        FILMS.add(name, RegisteredFilm(build, operators, network))
        return build

    return registered


def of_operators(*names: str, of_a_batch: bool = False) -> Callable[[Build], Build]:
    """Register a function of a record of a trace as what films these operators.

    Parameters
    ----------
    *names
        As `convista.operators.registry.OPERATORS` has them.
    of_a_batch
        Whether the function shows all samples of a batch; else it is given the record of a single one.
    """

    def registered(build: Build) -> Build:
        for name in names:
            OPERATORS_FILMED.add(name, RegisteredOperator(build, of_a_batch))
        return build

    return registered
