"""Results of plans as per cent of them, one row each: what was reported and what is so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from sovplan.foundation.numbers import figure
from sovplan.report.run_drawing import styled
from sovplan.report.svg import Html, Px, drawing, linear, mark, rule, short, words

_ROW: Final = 25
"""Height of a row, px."""


@final
@dataclass(frozen=True, slots=True)
class Result:
    """What came of one plan, in per cent of it; None where it is not known."""

    name: str
    reported: Px | None
    real: Px


def results(label: str, rows: Sequence[Result], limit: Px, *, left: Px = 158) -> Html:
    """Draw results as per cent of the plan, which is the line at 100.

    A result beyond the right edge is drawn at the edge with an arrow; its number stands beside it.
    """
    width, height = 340.0, 34.0 + _ROW * len(rows)
    x = linear(0, limit, left, width - 44)
    body: list[str] = []
    for tick in range(0, int(limit) + 1, 50):
        kind = "zero" if tick == 0 else "ref" if tick == 100 else "grid"
        body.append(rule(kind, (x(tick), 22), (x(tick), height - 4)))
        name = f"{tick} %" if tick == 0 else str(tick)
        body.append(words(f"mid {'tb' if tick == 100 else 't2'}", x(tick), 14, name))
    for i, row in enumerate(rows):
        y = 36.0 + _ROW * i
        body.append(words("end", left - 10, y + 4, short(row.name, left - 10)))
        body.append(rule("grid", (left, y), (x(limit), y)))
        so = x(min(row.real, limit))
        if row.reported is not None:
            said = x(min(row.reported, limit))
            low, wide = min(so, said), abs(so - said)
            size = f'x="{low:.1f}" y="{y - 4:.1f}" width="{wide:.1f}" height="8"'
            body.append(f'<rect {size} fill="url(#hatch)"/>')
            hint = f"{row.name}: {figure(row.reported)} %"
            body.append(styled("reported", mark("reported", said, y, 4.4, hint)))
        body.append(styled("real", mark("real", so, y, 3.2, f"{row.name}: {figure(row.real)} %")))
        beyond = " →" if row.real > limit else ""
        body.append(words("tb end", width - 2, y + 4, figure(row.real) + beyond))
    return drawing(width, height, label, body)
