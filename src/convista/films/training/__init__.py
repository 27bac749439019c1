"""Films of what a training does."""
