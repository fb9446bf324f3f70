"""Write docs/understand/markets.md: money of towns and village, scissors, goods famine, trade.

.venv/bin/python -m tools.markets_page
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from math import isnan
from pathlib import Path
from typing import Final

from tools.markets_numbers import filled
from tools.markets_words import HEAD, PARTS, SHIPPED, WEAK
from tools.village_purse import parts as purse_parts

from sovplan.foundation.numbers import figure
from sovplan.history.past import pasts
from sovplan.history.series import series
from sovplan.lab.codings import effects_in
from sovplan.lab.markets import (
    MONEY,
    SHORT,
    TOWNS,
    famine,
    famines,
    least_share,
    pressure,
    without,
)
from sovplan.lab.switches import effects, effects_of
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.closing import Time, closing
from sovplan.society.nation.measures import measures
from sovplan.society.nation.year import run_nation

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "understand" / "markets.md"

_QUARTERS: Final[tuple[Time, ...]] = tuple(
    (year, quarter) for year in (1925, 1926, 1927, 1928) for quarter in (1, 2, 3, 4)
)
_SECOND: Final = "second_coding"
_CASES: Final = {
    "all": "as it was",
    "free": "no control of prices from 1924",
    "credit": "no control, and trusts lose their credit",
    "rivals": "no control, and trusts compete",
    "harvest": "as it was, a normal harvest in 1924",
}
_YEARS: Final = (1926, 1928, 1930, 1931, 1932, 1933, 1935, 1937, 1940)
_COLUMNS: Final = {
    "town_short": ("short in towns, %", 100.0), "free_over": ("free price", 1.0),
    "queue_hours": ("queue, hours a week", 1.0), "overhang": ("money kept, milliard", 1.0),
    "private_trade": ("private trade, %", 100.0), "shadow_share": ("second economy, %", 100.0),
    "theft_share": ("stolen, %", 100.0), "exports_gold": ("exports", 1.0),
    "imports_gold": ("imports", 1.0), "machinery_share": ("machines, % of imports", 100.0),
}  # fmt: skip
_OTHERS: Final = ("as_it_was", "nep_kept", "left_opposition_1923", "no_collectivisation",
                  "trade_open")  # fmt: skip


def page() -> str:
    """Return the page as it should stand."""
    parts = [HEAD, SHIPPED, *_moved(), "", PARTS["scissors"], *_closing(), "", *_without(), "",
             PARTS["famine"], *_famine(), "", *_strike(), "", PARTS["towns"], *purse_parts(), "",
             PARTS["shops"], *_years(), "",
             PARTS["trade"], *_abroad(), "", WEAK]  # fmt: skip
    return filled("\n".join(parts)).rstrip() + "\n"


def _moved() -> Iterator[str]:
    given = country_inputs(MONEY)
    towns = effects_of(run_nation(given, model_parameters(), TOWNS), given)
    runs = (effects(), towns, effects_in(MONEY))
    yield "| figure | `as_it_was` | money of towns alone | `as_it_was_money` |"
    yield "| --- | ---: | ---: | ---: |"
    for field in fields(towns):
        cells = " | ".join(f"{getattr(each, field.name):.4g}" for each in runs)
        yield f"| {field.name.replace('_', ' ')} | {cells} |"


def _closing() -> Iterator[str]:
    yield "| run, to | change | goods | grain | price rule | share of the rule |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for regime in (HISTORY, MONEY):
        books = run_nation(country_inputs(regime), model_parameters(), TOWNS)
        at = {(each.year, each.quarter): each.nation for each in books}
        for until in ((1924, 2), (1924, 4), (1925, 4)):
            found = closing(at, until, model_parameters())
            cells = [found.total, found.goods, found.grain, found.rule]
            numbers = " | ".join(f"{100.0 * value:.1f}" for value in cells)
            share = 100.0 * found.rule / found.total
            name = "money of towns" if regime == MONEY else regime
            yield f"| {name}, {until[0]} q{until[1]} | {numbers} | {share:.0f} % |"


def _without() -> Iterator[str]:
    times: tuple[Time, ...] = ((1923, 4), (1924, 2), (1924, 4), (1925, 4))
    yield "| price charged, 1913 = 1 | " + " | ".join(f"{y} q{q}" for y, q in times) + " |"
    yield "| --- | " + " | ".join("---:" for _ in times) + " |"
    for name, prices in without().items():
        yield f"| {_CASES[name]} | " + " | ".join(f"{prices[t]:.2f}" for t in times) + " |"


def _famine() -> Iterator[str]:
    usual, money, all_runs = famine(HISTORY), famine(MONEY, TOWNS), famines()
    yield (
        "| quarter | `as_it_was`: set price | in towns | money of towns: set price "
        f"| 27 runs, least to most | above {100.0 * SHORT:.0f} % in |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for time in _QUARTERS:
        behind = [each.behind[time] for each in all_runs]
        cells = [usual.behind[time], usual.towns[time], money.behind[time]]
        numbers = " | ".join(f"{100.0 * value:.0f} %" for value in cells)
        spread = f"{100.0 * min(behind):.0f} to {100.0 * max(behind):.0f} %"
        many = sum(value > SHORT for value in behind)
        yield f"| {time[0]} q{time[1]} | {numbers} | {spread} | {many} |"
    yield ""
    yield (
        "The least part of income spent on goods that leaves more than 5 % behind the set price, "
        f"all else as shipped: {_least((1926, 4))} in the last quarter of 1926, "
        f"{_least((1927, 2))} in the second of 1927, {_least((1927, 4))} in the last of 1927 "
        "(shipped: 0.45, range 0.35 to 0.55)."
    )


def _least(time: Time) -> str:
    found = least_share(time)
    return "no value up to 0.9" if isnan(found) else f"{found:.2f}"


def _strike() -> Iterator[str]:
    runs = famines()
    yield "Grain taken in October to December 1927 over that of 1926:"
    yield ""
    yield "| run | with withholding | without (`rules.grain_strike` off) |"
    yield "| --- | ---: | ---: |"
    for name, regime in (("`as_it_was`", HISTORY), ("money of towns", MONEY)):
        kept, silent = (famine(regime, [*TOWNS, *off]) for off in ((), ("rules.grain_strike",)))
        yield f"| {name} | {kept.autumn:.2f} | {silent.autumn:.2f} |"
    low, high = (end(each.autumn for each in runs) for end in (min, max))
    yield f"| the 27 runs of the ranges | {low:.2f} to {high:.2f} | |"
    yield ""
    hopes = [f"{pressure(regime, (1928, 1)):.2f} in `{regime}`" for regime in (HISTORY, MONEY)]
    ratios = [_market(grain) for grain in ("rye", "wheat")]
    yield (
        f"In January to March 1928 grain is worth {' and '.join(hopes)} times what the state pays "
        f"(R21); the market paid {ratios[0]:.2f} times the state price of rye and {ratios[1]:.2f} "
        "of wheat in January (series `rye_price_market`, `wheat_price_market` over the official)."
    )
    yield ""
    bare = {each: famine(each, off, {"hold_floor": 0.0}).autumn
            for each, off in ((HISTORY, TOWNS), (MONEY, TOWNS), (_SECOND, ()))}  # fmt: skip
    floored = famine(_SECOND).autumn
    yield (
        "The withholding of `as_it_was` hangs on a floor that the equation of the specification "
        "has not and its trial has: peasants never reckon with goods below the price charged "
        "(`hold_floor`, 1). Without it (0) the ratio above would be "
        f"{bare[HISTORY]:.2f} in `as_it_was` and {bare[MONEY]:.2f} with money of towns; in "
        f"`{_SECOND}` it is {floored:.2f} with the floor and {bare[_SECOND]:.2f} without. In "
        "these runs goods were charged above their clearing price in that autumn, so that without "
        "the floor little is to be hoped for."
    )


def _market(grain: str) -> float:
    market, official = (series(f"{grain}_price_{kind}").values() for kind in ("market", "official"))
    return market[1928] / official[1928]


def _years() -> Iterator[str]:
    found = _found(HISTORY)
    heads = [title for title, _ in _COLUMNS.values()]
    yield "| year | " + " | ".join(heads) + " |"
    yield "| --- | " + " | ".join("---:" for _ in heads) + " |"
    for year in _YEARS:
        cells = [_beside(found, name, year, scale) for name, (_, scale) in _COLUMNS.items()]
        yield f"| {year} | " + " | ".join(cells) + " |"


def _beside(found: Mapping[str, Mapping[int, float]], name: str, year: int, scale: float) -> str:
    past = next((p.values()[year] for p in pasts().get(name, ()) if year in p.values()), None)
    said = figure(scale * found[name][year])
    return said if past is None else f"{said} / {figure(past)}"


def _abroad() -> Iterator[str]:
    heads = ("regime", "least left for other imports, 1925-40", "in", "machines, % of imports 1932",
             "product 1940")  # fmt: skip
    yield f"| {' | '.join(heads)} |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for regime in _OTHERS:
        found = _found(regime)
        rest = {year: value for year, value in found["other_imports"].items() if year >= 1925}
        least = min(rest, key=rest.__getitem__)
        share = 100.0 * found["machinery_share"][1932]
        product = effects_in(regime).product_1940
        yield f"| `{regime}` | {rest[least]:.0f} | {least} | {share:.0f} | {product:.0f} |"


def _found(regime: str) -> Mapping[str, Mapping[int, float]]:
    inputs = country_inputs(regime)
    return measures(run_nation(inputs, model_parameters()), inputs)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
