"""What `tracing` says."""

from convista.language import Text

TABLE: dict[str, Text] = {}
