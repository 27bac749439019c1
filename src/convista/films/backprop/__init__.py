"""Films of the way back."""
