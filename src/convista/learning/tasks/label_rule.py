"""What of a patch its label speaks of."""

from __future__ import annotations

from enum import StrEnum

from convista.errors import ConvistaError


class LabelRule(StrEnum):
    """What of a patch its label speaks of; a text of the same name in runs and messages."""

    CENTRE = "centre"
    """The class or the value of its centre."""
    MAJORITY = "majority"
    """The class most frequent among its labelled pixels, the first of them where several are."""
    PRESENT = "present"
    """Every class that occurs in it."""
    PIXELS = "pixels"
    """Each of its pixels."""
    IMAGE = "image"
    """The image that it is, whole."""

    @property
    def of_pixels(self) -> bool:
        """Whether each pixel is asked for, so that answers and targets have rows and columns."""
        return self is LabelRule.PIXELS

    @property
    def of_scenes(self) -> bool:
        """Whether patches are cut from scenes; images are patches already."""
        return self is not LabelRule.IMAGE


def rule_named(name: str) -> LabelRule:
    """Return the label rule of scenes of a name; ConvistaError if there is none."""
    if name not in (known := [rule for rule in LabelRule if rule.of_scenes]):
        raise ConvistaError("learning.tasks.unknown_rule", rule=name, rules=", ".join(known))
    return LabelRule(name)
