"""Films: explanations drawn step by step, and written as GIF or PNG."""

from convista.films.film import Beat, Film, Step
from convista.films.registry import film, film_names

__all__ = ["Beat", "Film", "Step", "film", "film_names"]
