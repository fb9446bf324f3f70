"""Money of the village on the page of markets: its account, the goods famine, the grain strike."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tools.markets_words import PURSE

from sovplan.lab.markets import MONEY, SHORT, TOWNS
from sovplan.lab.purses import (
    FALL,
    HOUSEHOLD,
    Purse,
    alone,
    circulation,
    corners,
    printed_halves,
    purse,
)
from sovplan.regimes.countries import HISTORY
from sovplan.regimes.model import model_parameter_table
from sovplan.society.nation.closing import Time

_QUARTERS: Final[tuple[Time, ...]] = tuple(
    (year, quarter) for year in (1926, 1927, 1928) for quarter in (1, 2, 3, 4)
)
_HALVES: Final = {
    (1926, 2): "July to December 1926", (1927, 1): "January to June 1927",
    (1927, 2): "July to December 1927", (1928, 1): "January to June 1928",
}  # fmt: skip
_FLOWS: Final = {
    "village_grain_pay": "state, for grain", "village_raw_pay": "state, for raw stuffs",
    "village_town_pay": "towns", "village_tax": "taxes, loans",
    "village_bought": "goods bought", "village_elsewhere": "elsewhere",
}  # fmt: skip
_YEARS: Final = (1925, 1926, 1927, 1928)
_STRIKE: Final = "rules.grain_strike"


def parts() -> Iterator[str]:
    """Yield the lines of the part on money of the village."""
    yield PURSE["head"]
    yield from _numbers()
    yield ""
    yield from _account()
    yield ""
    yield PURSE["famine"]
    yield from _quarters()
    yield ""
    yield from _halves()
    yield ""
    yield PURSE["strike"]
    yield from _causes()
    yield ""
    yield from _ranges()
    yield ""
    yield from _alone()
    yield ""
    yield PURSE["read"]


def _numbers() -> Iterator[str]:
    known = {each.name: each for each in model_parameter_table()}
    yield "| number | value | range | meaning and source |"
    yield "| --- | ---: | ---: | --- |"
    for name in ("grain_roubles", "raw_of_goods", "food_of_towns", "work_of_towns",
                 "goods_of_village", "cash_wanted", "cash_speed"):  # fmt: skip
        each = known[name]
        yield (f"| `{name}` | {each.value:g} | {each.low:g} to {each.high:g} | {each.meaning}, "
               f"{each.unit}: {each.source} |")  # fmt: skip


def _account() -> Iterator[str]:
    run = purse()
    heads = [*_FLOWS.values(), "purse, end of September", "of money in circulation"]
    yield "Milliard roubles of the calendar year, run at the middle of the ranges:"
    yield ""
    yield f"| year | {' | '.join(heads)} |"
    yield "| --- | " + " | ".join("---:" for _ in heads) + " |"
    for year in _YEARS:
        flows = [sum(run.at[year, q][name] for q in (1, 2, 3, 4)) / 4.0 for name in _FLOWS]
        time = (year, 3)
        most = circulation().get(time)
        share = "" if most is None else f"{100.0 * run.cash(time) / most:.0f} %"
        cells = [*(f"{value:.2f}" for value in (*flows, run.cash(time))), share]
        yield f"| {year} | {' | '.join(cells)} |"


def _quarters() -> Iterator[str]:
    usual, run = purse(HISTORY), purse()
    yield (
        "| quarter | roubles a household | short in the village | 64 corners, least to most "
        "| grain delivered, `as_it_was` | with money | kept back, `as_it_was` | with money |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for time in _QUARTERS:
        now, before = run.at[time], usual.at[time]
        short = [each.at[time]["village_short"] for each in corners()]
        household = 1000.0 * HOUSEHOLD * now["village_cash"] / now["village"]
        cells = [
            f"{household:.0f}", _percent(now["village_short"]),
            f"{_percent(min(short))} to {_percent(max(short))}",
            f"{before['taken']:.2f}", f"{now['taken']:.2f}",
            _percent(before["hold_share"]), _percent(now["hold_share"]),
        ]  # fmt: skip
        yield f"| {time[0]} q{time[1]} | {' | '.join(cells)} |"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _halves() -> Iterator[str]:
    runs = (purse(HISTORY), purse(MONEY, TOWNS), purse())
    yield "Grain delivered by half-year, million tonnes (printed: `grain_procurement_half_year`):"
    yield ""
    yield "| half-year | `as_it_was` | money of towns | and of the village | printed |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for time, name in _HALVES.items():
        year, half = time
        quarters = (3, 4) if half == 2 else (1, 2)
        cells = [*(each.taken(year, *quarters) for each in runs), printed_halves()[time]]
        yield f"| {name} | {' | '.join(f'{value:.2f}' for value in cells)} |"


def _causes() -> Iterator[str]:
    yield "| October to December 1927 over 1926 | money of towns alone | and of the village |"
    yield "| --- | ---: | ---: |"
    cases: tuple[tuple[str, tuple[str, ...], bool, bool], ...] = (
        ("as shipped", (), False, False),
        ("nothing withheld (`rules.grain_strike` off)", (_STRIKE,), False, False),
        ("price of grain not cut in 1927", (), True, False),
        ("price not cut, nothing withheld", (_STRIKE,), True, False),
        ("taxes paid evenly over the year", (), False, True),
        ("price not cut, taxes paid evenly", (), True, True),
    )
    for name, off, uncut, even in cases:
        pair = [purse(off=(*also, *off), uncut=uncut, even=even).autumn for also in (TOWNS, ())]
        yield f"| {name} | {pair[0]:.2f} | {pair[1]:.2f} |"


def _ranges() -> Iterator[str]:
    usual, even = (purse(), *corners()), (purse(even=True), *corners(even=True))
    fits: Sequence[tuple[str, Callable[[Purse], bool]]] = (
        (f"the village lacks more than {_percent(SHORT)} in a quarter of 1927", _famine),
        (f"the autumn of 1927 falls to {FALL:g} of 1926 or below", _strike),
        ("July to December 1926 within 20 % of print", _near),
        ("the purse never above all money in circulation", _covered),
        ("famine, and 1926 near print", lambda run: _famine(run) and _near(run)),
        ("famine and strike, and 1926 near print",
         lambda run: _famine(run) and _strike(run) and _near(run)),
    )  # fmt: skip
    yield (f"Of {len(usual)} runs (the middle and the 64 corners of six numbers), and of as many "
           "with taxes paid evenly over the year:")  # fmt: skip
    yield ""
    yield ("| what is asked | runs | autumn of 1927 over 1926 in them | taxes evenly: runs "
           "| autumn in them |")  # fmt: skip
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, asked in fits:
        pair = [[run.autumn for run in runs if asked(run)] for runs in (usual, even)]
        cells = [f"{len(found)} | {min(found):.2f} to {max(found):.2f}" for found in pair]
        yield f"| {name} | {' | '.join(cells)} |"
    near = [run.taken(1927, 3, 4) / run.taken(1926, 3, 4) for run in (*usual, *even) if run.near]
    told = printed_halves()
    yield ""
    yield (
        f"Where 1926 is near print, July to December 1927 brings {min(near):.2f} to "
        f"{max(near):.2f} of a year before; printed is {told[1927, 2] / told[1926, 2]:.2f}."
    )


def _famine(run: Purse) -> bool:
    return run.famine


def _strike(run: Purse) -> bool:
    return run.strike


def _near(run: Purse) -> bool:
    return run.near


def _covered(run: Purse) -> bool:
    return run.covered


def _alone() -> Iterator[str]:
    known = {each.name: each for each in model_parameter_table()}
    yield "One number at an end of its range, all else as shipped:"
    yield ""
    yield ("| number | ends | autumn of 1927 over 1926 | July to December 1926, million tonnes "
           "| most short in the village in 1927 |")  # fmt: skip
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, pair in alone().items():
        about = known[name]
        cells = [
            f"{about.low:g}, {about.high:g}",
            ", ".join(f"{run.autumn:.2f}" for run in pair),
            ", ".join(f"{run.taken(1926, 3, 4):.2f}" for run in pair),
            ", ".join(_percent(run.shortest) for run in pair),
        ]
        yield f"| `{name}` | {' | '.join(cells)} |"
