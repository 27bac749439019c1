"""Films of cutting a scene into patches."""
