"""The engine: a scene is tiled, streamed through a network, and kept strip by strip in a journal."""
