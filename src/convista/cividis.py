"""The colour map cividis: from dark blue to yellow, even to eyes that confuse red and green.

Nuñez, Anderton and Renslow (2018), "Optimizing colormaps with consideration for color vision deficiency".
"""

from __future__ import annotations

RGB = tuple[int, int, int]

CIVIDIS: tuple[RGB, ...] = (
    (0, 34, 78),
    (0, 49, 112),
    (42, 63, 109),
    (67, 78, 108),
    (87, 93, 109),
    (106, 108, 113),
    (125, 124, 120),
    (145, 139, 120),
    (165, 156, 116),
    (188, 174, 108),
    (210, 192, 96),
    (233, 211, 78),
    (254, 232, 56),
)
"""Of matplotlib's, the ends and what lies at each twelfth between them: it takes a third of a second to load."""
