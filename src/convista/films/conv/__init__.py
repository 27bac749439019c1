"""Films of convolutions."""
