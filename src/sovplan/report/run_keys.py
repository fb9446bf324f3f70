"""Keys of drawings of runs: which line, mark and square is of what, and headings of panels."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.words import say
from sovplan.report.parts import element, joined, listed, text
from sovplan.report.run_drawing import COLOURS, double, styled
from sovplan.report.run_squares import Count, square
from sovplan.report.svg import Html, Kind, mark

_SIGNS: Final = "●■▲×"
"""Marks of regimes as letters."""


def regime_name(place: int, label: str, *, wraps: bool = False) -> Html:
    """Return the name of a regime with its mark; one that stands in a narrow place may wrap."""
    coloured = place < len(COLOURS)
    if coloured and not wraps:
        return element("span", text(label), f"reg {COLOURS[place]}")
    sign = Html(f'<span aria-hidden="true">{_SIGNS[min(place, len(_SIGNS) - 1)]} </span>')
    return element("b", joined([sign, text(label)]), f"r-{COLOURS[place]}" if coloured else "")


def regimes_key(labels: Sequence[str], *, history: bool = False, given: bool = False) -> Html:
    """Return which mark is of which regime, of what was put in and of history where drawn."""
    items = [regime_name(place, label) for place, label in enumerate(labels)]
    if given:
        items.append(_item(_sample("given"), say("runbook.key.given")))
    if history:
        items.append(_item(_sample("historical"), say("runbook.key.historical")))
    return listed(items, "key")


def kinds_key(kinds: Sequence[Kind], *, hatched: bool = False) -> Html:
    """Return which line and mark is of what; always in the same order."""
    order: tuple[Kind, ...] = ("plan", "reported", "real", "given", "historical")
    items = [_item(_sample(kind), say(f"runbook.key.{kind}")) for kind in order if kind in kinds]
    if hatched:
        box = Html('<rect x="6" y="1" width="26" height="12" fill="url(#hatch)"/>')
        items.append(_item(box, say("runbook.key.gap")))
    return listed(items, "key")


def squares_key() -> Html:
    """Return what each square says."""
    states: tuple[Count, ...] = ("found", "missed", "accused")
    return listed(
        (_item(square(state, 12, 0.5), say(f"runbook.key.{state}")) for state in states), "key"
    )


def _sample(kind: Kind) -> Html:
    line = (
        double([(1.0, 7.0), (37.0, 7.0)]) if kind == "given" else '<path class="ln" d="M1 7H37"/>'
    )
    return styled(kind, Html(f"{line}{mark(kind, 19, 7, 3)}"))


def _item(drawn: Html, name: str) -> Html:
    return joined([Html(f'<svg viewBox="0 0 38 14" aria-hidden="true">{drawn}</svg>'), text(name)])


def sub(title: str, second: str) -> Html:
    """Return the heading of a second row of panels."""
    quiet = element("span", text(second), "quiet")
    return element("p", joined([element("b", text(title)), Html(" "), quiet]), "sub")
