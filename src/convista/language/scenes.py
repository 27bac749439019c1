"""What `scenes` says."""

from convista.language import Text

TABLE: dict[str, Text] = {}
