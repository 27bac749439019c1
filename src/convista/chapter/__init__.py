"""The chapter: every film by its name, on data of its own or on the caller's."""

from convista.chapter.registry import film, film_names, sections

__all__ = ["film", "film_names", "sections"]
