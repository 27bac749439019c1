"""Films: explanations drawn step by step, and written in every medium."""

from convista.films.durations import read_cues
from convista.films.export.document import open_film
from convista.films.film import Beat, Film, Step
from convista.films.traced import film_of

__all__ = ["Beat", "Film", "Step", "film_of", "open_film", "read_cues"]
