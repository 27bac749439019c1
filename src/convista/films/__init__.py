"""Films: explanations drawn step by step, and written as GIF or PNG."""

from convista.films.film import Beat, Film, Step
from convista.films.traced import film_of

__all__ = ["Beat", "Film", "Step", "film_of"]
