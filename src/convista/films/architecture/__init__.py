"""Films of whole networks, and of what their layers see."""
