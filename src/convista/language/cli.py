"""What `cli` says."""

from convista.language import Text

TABLE: dict[str, Text] = {}
