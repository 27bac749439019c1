"""The font that drawn text needs, cut down to its letters and written into the file itself."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from convista.films.stage.text import font_path

FAMILY = "convista"
"""The name under which a file knows the font it carries."""
STYLE = (
    f"text{{font-family:{FAMILY},'DejaVu Sans',sans-serif;font-kerning:none;font-variant-ligatures:none;"
    "text-rendering:geometricPrecision;white-space:pre}"
)
"""Letters at their own advances, as `text.width` counts them; the advances of digits are all the same."""


@lru_cache(16)
def face(letters: frozenset[str]) -> str:
    """Return a style rule that carries DejaVu Sans with these letters only, without hints, kerning or ligatures."""
    # Only files that carry the font pay for the library that cuts it.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = Options(layout_features=[], hinting=False, name_IDs=[], drop_tables=["kern", "FFTM", "GPOS", "GSUB"])
    file = BytesIO()
    # The font keeps its own date, not that of the cut: the same film is the same file.
    with TTFont(font_path(), lazy=True, recalcTimestamp=False) as font:
        cut = Subsetter(options)
        cut.populate(unicodes=[ord(letter) for letter in sorted(letters)])
        cut.subset(font)
        font.flavor = "woff"
        font.save(file)
    data = b64encode(file.getvalue()).decode()
    return f"@font-face{{font-family:{FAMILY};src:url(data:font/woff;base64,{data}) format('woff')}}"
