"""The catalogue: every film by its name, on data of its own or on the caller's."""

from convista.catalogue.films import CATALOGUE, film, film_names, find

__all__ = ["CATALOGUE", "film", "film_names", "find"]
