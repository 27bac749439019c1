"""The size of an output as a formula, in letters and with its numbers, at the right of the title."""

from __future__ import annotations

from convista.films.conv.sweep import Sweep
from convista.films.stage import text
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Words
from convista.films.wording import message
from convista.language import Text

SIZE, LINE, ROOM = 14.0, 17.0, 345.0
TOP = INSIDE.top + text.ASCENT * SIZE


def output_size_formula(sweep: Sweep) -> tuple[Words, ...]:
    """Return ⌊(N + 2P − D(K − 1) − 1) / S⌋ + 1, below it with numbers; a line an axis where they differ."""
    uneven = any(before != after for before, after in sweep.padding)
    letters = f"⌊(N + {'P + P′' if uneven else '2P'} − D·(K − 1) − 1) / S⌋ + 1"
    rows, columns = (_with_numbers(sweep, axis) for axis in (0, 1))
    lines = [Text(letters, letters)]
    if rows == columns:
        lines.append(Text(rows, rows))
    else:
        lines += [
            message("films.conv_sizes.rows", formula=rows),
            message("films.conv_sizes.columns", formula=columns),
        ]
    size = min(text.fitting(line, ROOM, SIZE) for words in lines for line in words)
    return tuple(
        Words(f"size.{n}", (INSIDE.right, TOP + n * LINE), words, size, "text" if n else "muted", "end")
        for n, words in enumerate(lines)
    )


def _with_numbers(sweep: Sweep, axis: int) -> str:
    n, k, s, d = sweep.x.shape[2 + axis], sweep.weight.shape[2 + axis], sweep.stride[axis], sweep.dilation[axis]
    before, after = sweep.padding[axis]
    zeros = f"2·{before}" if before == after else f"{before} + {after}"
    return f"⌊({n} + {zeros} − {d}·({k} − 1) − 1) / {s}⌋ + 1 = {sweep.size[axis]}"
