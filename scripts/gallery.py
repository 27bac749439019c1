"""Draw the gallery anew: the last step of every film into docs/films/, and the list of docs/films.md.

    python scripts/gallery.py        # or: make gallery

The pictures are under test (tests/films/test_chapter.py): look at every one that changes before it is committed.
"""

from __future__ import annotations

from pathlib import Path

from convista import language
from convista.catalogue import CATALOGUE, film_names
from convista.cli.filming.many import Order, make_all
from convista.language import say

DOCS = Path(__file__).parents[1] / "docs"
FOLDER, PAGE = DOCS / "films", DOCS / "films.md"
MARK = "<!-- What follows is written by scripts/gallery.py. -->\n"


def listed() -> str:
    """Return the page's list: sections, and each film with what it shows, in both languages, and its picture."""
    lines = []
    for section, entries in CATALOGUE.items():
        title = f"catalogue.section_{section.lower()}"
        lines += [f"## {section}. {say(title, language='en')} · {say(title, language='es')}", ""]
        for entry in entries:
            about = entry.about
            lines += [f"### {entry.name}", "", say(about, language="en"), "", f"*{say(about, language='es')}*", ""]
            lines += [f"![{entry.name}, last step](films/{entry.name}.png)", ""]
    return "\n".join(lines)


def main() -> None:
    """Write pictures and list; pictures of films that are gone are removed."""
    language.use("en")
    names = film_names()
    for picture in FOLDER.glob("*.png"):
        if picture.stem not in names:
            picture.unlink()
    shown = {"size": (960, 540), "theme": "dark"}
    make_all([Order(name, [(FOLDER / f"{name}.png", False)], None, shown) for name in names])
    head, _, _ = PAGE.read_text("utf-8").partition(MARK)
    PAGE.write_text(head + MARK + "\n" + listed(), "utf-8")


if __name__ == "__main__":
    main()
