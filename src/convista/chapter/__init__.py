"""The chapter: every film by its name, on data of its own or on the caller's."""

from convista.chapter.own import own_data
from convista.chapter.registry import film, film_data, film_names, sections

__all__ = ["film", "film_data", "film_names", "own_data", "sections"]
