"""The film of losses."""
