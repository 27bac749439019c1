"""What `scenes.simulated` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "sample_too_small": Text(
        es="Una escena simulada mide al menos 32×32 píxeles, y se pidió {height}×{width}.",
        en="A simulated scene has at least 32×32 pixels, and {height}×{width} was asked for.",
    ),
}
