"""Numbers that sentences of the page of markets name, from the runs that its tables show."""

import re
from collections.abc import Mapping
from functools import cache

from sovplan.history.series import series
from sovplan.lab.markets import MONEY, TOWNS, famine, without
from sovplan.lab.purses import alone, printed_halves, purse
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.closing import Time, closing
from sovplan.society.nation.measures import measures
from sovplan.society.nation.year import run_nation


def filled(text: str) -> str:
    """Return a text with its numbers put in.

    Raises
    ------
    KeyError
        The text names a number that is not reckoned here.
    """
    return re.sub(r"\{(\w+)\}", lambda at: numbers()[at[1]], text)


@cache
def numbers() -> Mapping[str, str]:
    """Return every number that the sentences name, by name."""
    return {**_towns(), **_scissors(), **_famine(), **_purse(), **_abroad()}


def _towns() -> Mapping[str, str]:
    books = run_nation(country_inputs(), model_parameters())
    at = {(each.year, each.quarter): each.nation for each in books}
    gap = {time: 100.0 * (now["town_demand"] / now["town_goods_got"] - 1.0)
           for time, now in at.items()}  # fmt: skip
    below = [-gap[year, quarter] for year in (1924, 1925) for quarter in (1, 2, 3, 4)]
    near = [abs(value) for time, value in gap.items() if (1926, 3) <= time <= (1928, 4)]
    counted = series("workers_and_employees_1972").values()
    return {
        "workers_1926": f"{at[1926, 4]['workers']:.1f}",
        "workers_1928": f"{at[1928, 4]['workers']:.1f}",
        "counted_1926": f"{counted[1926]:.1f}",
        "counted_1928": f"{counted[1928]:.1f}",
        "demand_near": f"{max(near):.0f}",
        "demand_least": f"{min(below):.0f}",
        "demand_most": f"{max(below):.0f}",
    }


def _scissors() -> Mapping[str, str]:
    end: Time = (1924, 4)
    parameters = model_parameters()
    books = run_nation(country_inputs(), parameters, TOWNS)
    found = closing({(each.year, each.quarter): each.nation for each in books}, end, parameters)
    prices = {name: path[end] for name, path in without().items()}
    return {
        "not_rule": f"{100.0 * (1.0 - found.rule / found.total):.0f}",
        **{name: f"{prices[name]:.2f}" for name in ("free", "credit", "rivals")},
    }


def _famine() -> Mapping[str, str]:
    usual, money = famine(HISTORY), famine(MONEY, TOWNS)
    return {
        "ahead": f"{100.0 * usual.towns[1927, 1]:.0f}",
        "spring": f"{100.0 * usual.behind[1927, 2]:.0f}",
        "spring_money": f"{100.0 * money.behind[1927, 2]:.0f}",
    }


def _purse() -> Mapping[str, str]:
    run, told = purse(), printed_halves()
    lack = [100.0 * run.at[1927, quarter]["village_short"] for quarter in (1, 2, 3)]
    return {
        "lack_least": f"{min(lack):.0f}",
        "lack_most": f"{max(lack):.0f}",
        "uncut_money": f"{purse(uncut=True).autumn:.2f}",
        "uncut": f"{purse(off=TOWNS, uncut=True).autumn:.2f}",
        "autumn_money": f"{run.autumn:.2f}",
        "autumn_usual": f"{purse(HISTORY).autumn:.2f}",
        "half_told": f"{told[1927, 2] / told[1926, 2]:.2f}",
        "hold_low": f"{alone()['hold'][0].autumn:.2f}",
    }


def _abroad() -> Mapping[str, str]:
    found = {}
    for regime in (HISTORY, "left_opposition_1923"):
        inputs = country_inputs(regime)
        found[regime] = measures(run_nation(inputs, model_parameters()), inputs)["other_imports"]
    left = [value for year, value in found["left_opposition_1923"].items() if year >= 1925]
    return {"left": f"{min(left):.0f}", "other_1929": f"{found[HISTORY][1929]:.0f}"}
