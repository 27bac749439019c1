"""Films of activations."""
