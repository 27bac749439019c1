"""What turns the outputs of a trained network into answers that can be trusted."""

from __future__ import annotations

from typing import NamedTuple


class Calibration(NamedTuple):
    """What turns the outputs of a trained network into answers; fitted on the validation part by `calibrate`."""

    temperature: float = 1.0
    """Outputs are divided by it before they become probabilities (Guo et al. 2017)."""
    thresholds: tuple[float, ...] = ()
    """Probability from which on a class is said: the second of a binary task, or each of several at once. Where
    there are none, that is one half, or the most probable class is said."""

    @property
    def threshold(self) -> float:
        """Of two classes, the probability from which on the second is said."""
        return self.thresholds[0] if self.thresholds else 0.5


UNCALIBRATED = Calibration()
