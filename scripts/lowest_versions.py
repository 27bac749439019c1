"""Print the oldest versions that the package allows, as constraints for pip; its extras' too, the developers' not.

    python scripts/lowest_versions.py > oldest.txt && pip install --constraint oldest.txt '.[vector]'

They are read from pyproject.toml, where each stands with its reason; `make test-oldest` installs them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def lowest_versions() -> list[str]:
    """Return ``name==version`` for each requirement.

    Raises
    ------
    ValueError
        If one has no lower bound.
    """
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    extras = {name: asked for name, asked in project["optional-dependencies"].items() if name != "dev"}
    found = []
    for requirement in (*project["dependencies"], *(one for asked in extras.values() for one in asked)):
        name, separator, version = requirement.partition(">=")
        if not separator or not version.replace(".", "").isdigit():
            raise ValueError(f"{requirement}: a lower bound alone is wanted, name>=version")
        found.append(f"{name}=={version}")
    return found


if __name__ == "__main__":
    print("\n".join(lowest_versions()))
