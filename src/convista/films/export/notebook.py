"""A film as the output of a notebook's cell: a packed player over a poster that needs neither scripts nor trust."""

from __future__ import annotations

import gzip
from base64 import b64encode
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from convista.films.export import html, png
from convista.language import say

if TYPE_CHECKING:
    from convista.films.film import Film

LIMIT = 2_000_000
"""Bytes of a packed player, at most: a notebook keeps its outputs in one file, and every save writes it."""
POSTER = 960, 540
"""Pixels of a poster, at most."""
CONTROLS = 48
"""Pixels that the player needs below the stage."""

UNPACK = """<!doctype html><meta charset="utf-8"><script>
const bytes = Uint8Array.from(atob("PACKED"), (letter) => letter.charCodeAt(0));
new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text().then((page) => {
  document.open();
  document.write(page);
  document.close();
});
</script>"""
"""A page that becomes the one packed in it. Where it cannot, it stays empty, and the poster is seen through it."""


def encode(film: Film) -> str:
    """Return the cell's HTML.

    Notebooks that are not trusted take scripts, frames and positions out of it: what is left is the picture of the
    last step with its title. The player is packed, since quotes take six bytes each inside an attribute; a film
    whose player would take more than `LIMIT` has only the poster, and how to see the film.
    """
    title: str = escape(getattr(film.title, film.language))
    width, height = film.size
    packed = b64encode(gzip.compress(html.encode(film), mtime=0)).decode()
    fits = len(packed) <= LIMIT
    key = "poster" if fits else "too_large_for_notebook"
    told = escape(say(f"films.export.{key}", language=film.language, name=film.name))
    poster = f'<img src="data:image/png;base64,{_poster(film)}" alt="{title}" title="{title}" style="width:100%">'
    note = f"<p>{told}</p>"
    if not fits:
        return f'<div style="max-width:{width}px">{poster}{note}</div>'
    page = escape(UNPACK.replace("PACKED", packed))
    style = "position:absolute;inset:0;width:100%;height:100%;border:0"
    frame = f'<iframe srcdoc="{page}" title="{title}" style="{style}"></iframe>'
    shape = f"position:relative;max-width:{width}px;aspect-ratio:{width}/{height + CONTROLS};overflow:hidden"
    return f'<div style="{shape}">{poster}{note}{frame}</div>'


def _poster(film: Film) -> str:
    """Draw the last step, no larger than `POSTER`."""
    size = min(film.size[0], POSTER[0]), min(film.size[1], POSTER[1])
    return b64encode(png.encode(replace(film, size=size))).decode()
