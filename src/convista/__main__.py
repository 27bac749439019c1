"""``python -m convista``, where the command itself is not on the path."""

from convista.cli import main

main()
