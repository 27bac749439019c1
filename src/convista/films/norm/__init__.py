"""Films of normalisations."""
