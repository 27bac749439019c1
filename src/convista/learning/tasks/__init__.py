"""Tasks: what a network is asked, one a file, and what of a patch its label speaks of."""
