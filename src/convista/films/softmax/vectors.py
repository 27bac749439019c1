"""What a film of a softmax reads: the vectors along an axis, and the explanation of each share."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from convista.errors import ConvistaError
from convista.films.wording import decimals_for, message
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.softmax import LogSoftmax, Softmax

LINES, CLASSES = 4, 6
"""How many vectors, and how many logits of each, are shown with their numbers."""


class Vectors:
    """The vectors of logits along one axis.

    Parameters
    ----------
    operator
        Softmax, or its logarithm, along one axis.
    x
        Logits, of any shape.
    class_names
        A name for each logit of a vector; None counts them.

    Raises
    ------
    ConvistaError
        If there is no such axis, nothing along it, or another number of names.
    """

    def __init__(
        self, operator: Softmax | LogSoftmax, x: Array, class_names: tuple[str | Text, ...] | None = None
    ) -> None:
        axis = operator.axis
        if not x.size:
            raise ConvistaError("films.softmax.empty", shape=x.shape)
        if not -x.ndim <= axis < x.ndim:
            raise ConvistaError("films.softmax.no_such_axis", axis=axis, shape=x.shape, last=x.ndim - 1)
        self.x, self.axis, self.operator = x.astype(np.float64), axis % x.ndim, operator
        self.count = x.shape[self.axis]
        """Logits in each vector."""
        if class_names is not None and len(class_names) != self.count:
            raise ConvistaError("films.softmax.names", names=len(class_names), classes=self.count)
        self._names = class_names
        others = [n for a, n in enumerate(x.shape) if a != self.axis]
        self.all = int(np.prod(others))
        """How many vectors there are."""
        chosen = np.unique(np.linspace(0, self.all - 1, min(LINES, self.all)).round().astype(int))
        self.lines = [tuple(int(i) for i in np.unravel_index(n, others)) if others else () for n in chosen]
        """Those shown, by their indices on the other axes."""
        self.shown = self._likeliest()
        """The logits shown, by their index along the axis."""
        self.hidden = [k for k in range(self.count) if k not in self.shown]
        self.decimals = decimals_for(self.raw.ravel().tolist())
        self.upright = x.ndim == 2 and self.axis == 0
        """Whether a vector is a column of the matrix."""

    @property
    def logarithm(self) -> bool:
        """Whether the logarithm is taken as well."""
        return isinstance(self.operator, LogSoftmax)

    @cached_property
    def raw(self) -> Array:
        """The logits shown, a vector a row."""
        return np.array([[self.x[self.index(n, k)] for k in self.shown] for n in range(len(self.lines))])

    @cached_property
    def made(self) -> Array:
        """What the operator makes of them."""
        return np.array(
            [
                [self.operator.explain(self.index(n, k), self.x).value for k in self.shown]
                for n in range(len(self.lines))
            ]
        )

    def index(self, n: int, k: int) -> tuple[int, ...]:
        """Return the index of a logit of a vector shown."""
        line = self.lines[n]
        return (*line[: self.axis], k, *line[self.axis :])

    def explain(self, n: int, k: int) -> Explanation:
        """Return why a share is what it is."""
        if (n, k) not in self._explained:
            self._explained[n, k] = Softmax(axis=self.axis).explain(self.index(n, k), self.x)
        return self._explained[n, k]

    @cached_property
    def _explained(self) -> dict[tuple[int, int], Explanation]:
        return {}

    def largest(self, n: int) -> float:
        """Return m, the largest logit of a vector."""
        return self.explain(n, self.shown[0]).notes["m"]

    def total(self, n: int) -> float:
        """Return the sum of a vector's exponentials."""
        return self.explain(n, self.shown[0]).total

    def share(self, n: int, k: int) -> float:
        """Return a probability."""
        return float(self._shares[self.index(n, k)])

    def ties(self, n: int) -> int:
        """Return how many classes share the largest probability of a vector."""
        return sum(self.share(n, k) == max(self.share(n, j) for j in range(self.count)) for k in range(self.count))

    def rest(self, n: int) -> tuple[float, float]:
        """Return the sums of the exponentials and of the shares that are not shown."""
        raised = (self.explain(n, self.shown[0]).terms[k].contribution for k in self.hidden)
        return sum(raised), sum(self.share(n, k) for k in self.hidden)

    def name(self, k: int) -> Text:
        """Return what a logit stands for."""
        if self._names is not None:
            name = self._names[k]
            return name if isinstance(name, Text) else Text(name, name)
        return message("films.softmax.class", number=k + 1)

    def line_name(self, n: int) -> Text:
        """Return how a vector is called."""
        if self.x.ndim != 2:
            numbers = ",".join(str(place + 1) for place in self.lines[n]) or "1"
            return message("films.softmax.vector", number=numbers if len(self.lines[n]) == 1 else f"({numbers})")
        return message(f"films.softmax.{'column' if self.upright else 'row'}", number=self.lines[n][0] + 1)

    @cached_property
    def _shares(self) -> Array:
        return Softmax(axis=self.axis).value(self.x)

    def _likeliest(self) -> list[int]:
        """Return the logits with the largest shares in the vectors shown, in order."""
        best = [
            max(np.nan_to_num(self.share(n, k), nan=1.0) for n in range(len(self.lines))) for k in range(self.count)
        ]
        return sorted(np.argsort(-np.array(best), kind="stable")[:CLASSES].tolist())
