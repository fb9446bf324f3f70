"""What is read off the books of the country: one row a year, in natural units or 1928 = 100."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final, TypeAlias

import numpy as np

from sovplan.history.nation import NationInputs
from sovplan.society.nation.production import Vector
from sovplan.society.nation.year import Quarter

Yearly: TypeAlias = Mapping[int, float]
"""One number a year."""

BASE: Final = 1928
_INDUSTRY: Final = (2, 3, 5)
"""Heavy goods, machines, light goods: building is no part of industry."""
_HARVEST: Final = 3
"""Quarter of the harvest."""
_STOCKS: Final = {
    "harvest": "harvest",
    "herd": "herd",
    "horses": "horses",
    "towns": "town",
    "consumption": "consumption",
    "collectivised": "collectivised",
    "excess_deaths": "excess_deaths",
    "village_food": "food_head",
    "private_trade": "private_trade_share",
    "coordination": "coordination",
    "wealth_mean": "wealth_mean",
    "wealth_spread": "wealth_spread",
    "overhang": "overhang",
    "shadow_share": "shadow_share",
    "officials_cut": "officials_cut",
}
"""Columns of the last quarter by measure."""
_MEANS: Final = (
    "town_income", "town_demand", "town_short", "queue_hours", "unspent", "theft_share",
    "got_closed", "got_priority", "got_worker", "got_employee", "got_dependant",
    "exports_gold", "imports_gold", "machinery_share", "other_imports", "trade_terms",
    "grain_for_machines", "import_share", "smuggled_share",
)  # fmt: skip
"""Columns that are shown as the mean of the quarters."""


def measures(books: Sequence[Quarter], inputs: NationInputs) -> Mapping[str, Yearly]:
    """Return the yearly figures of a run.

    Parameters
    ----------
    books
        Quarters of the run.
    inputs
        Its inputs: coefficients and prices.

    Returns
    -------
    Mapping
        By measure. Levels, as roubles or heads: `product` (at prices of 1928 to that year, near
        those of 1937 after it), `industry`, `consumption` (an index a head); `investment` is a
        share of product at prices of 1928, `taken` the grain of July to June that follows the
        harvest (not known for the last year), `moved` who went to towns less who came back,
        `slaughtered` animals killed by fear and neglect, `deaths` those that the model books in the
        year: July to June. The rest stands in million heads, million tonnes or shares.
    """
    years = inputs.years
    last = {year: _of(books, year)[-1].nation for year in years}
    found: dict[str, Yearly] = {
        name: {year: last[year][column] for year in years} for name, column in _STOCKS.items()
    }
    at_1928, found["product"], found["industry"] = _output(books, inputs)
    found["investment"] = {
        year: float(np.mean([q.nation["investment"] for q in _of(books, year)])) / at_1928[year]
        for year in years
    }
    found["people"] = {year: last[year]["village"] + last[year]["town"] for year in years}
    found["deaths"] = {y: last[y]["deaths_village"] + last[y]["deaths_town"] for y in years}
    found["births"] = {y: last[y]["births_village"] + last[y]["births_town"] for y in years}
    sown = by_quarter(books, "sown")
    found["sown"] = {year: sown[year, _HARVEST] for year in years}
    found["moved"] = {
        year: sum(q.nation["moved"] - q.nation["returned"] for q in _of(books, year))
        for year in years
    }
    found["slaughtered"] = {
        year: sum(q.nation["herd_killed"] for q in _of(books, year)) for year in years
    }
    found["taken"] = _agricultural(books, "taken", years)
    found |= {name: _mean_of(books, itemgetter(name), years) for name in _MEANS}
    found["free_over"] = _mean_of(
        books, lambda now: now["free_price"] / now["charged_price"], years
    )
    return found


def _output(books: Sequence[Quarter], inputs: NationInputs) -> tuple[Yearly, Yearly, Yearly]:
    """Return product at prices of 1928, product as it is shown, and industry.

    What users spoil of inputs that fail is output that replaces output: no product.
    """
    years, prices = inputs.years, np.array(inputs.sectors["price_1937"])
    added = 1.0 - np.array(inputs.coefficients).sum(axis=0)
    later = added * prices
    output = {year: _mean(_of(books, year)) for year in years}
    spoiled = {year: _mean(_of(books, year), "spoiled") for year in years}
    at_1928 = {y: float((added * output[y]).sum() - spoiled[y].sum()) for y in years}
    at_1937 = {y: float((later * output[y]).sum() - (prices * spoiled[y]).sum()) for y in years}
    # The two indices meet in 1928, so one series serves.
    link = at_1928[BASE] / at_1937[BASE]
    product = {year: at_1928[year] if year <= BASE else at_1937[year] * link for year in years}
    chosen = list(_INDUSTRY)
    return at_1928, product, {y: float((later * output[y])[chosen].sum()) for y in years}


def by_quarter(books: Iterable[Quarter], column: str) -> Mapping[tuple[int, int], float]:
    """Return a column of the nation by year and quarter."""
    return {(each.year, each.quarter): each.nation[column] for each in books}


def index(levels: Yearly, base: int = BASE) -> Yearly:
    """Return levels over that of the base year, times 100."""
    return {year: 100.0 * level / levels[base] for year, level in levels.items()}


def _of(books: Iterable[Quarter], year: int) -> list[Quarter]:
    return [each for each in books if each.year == year]


def _mean_of(
    books: Sequence[Quarter], read: Callable[[Mapping[str, float]], float], years: range
) -> Yearly:
    return {
        year: float(np.mean([read(each.nation) for each in _of(books, year)])) for year in years
    }


def _mean(quarters: Sequence[Quarter], column: str = "output") -> Vector:
    return np.asarray(np.mean([each.sectors[column] for each in quarters], axis=0))


def _agricultural(books: Iterable[Quarter], column: str, years: range) -> Yearly:
    """Return the sum from July to June, under the year in which it begins."""
    quarters = by_quarter(books, column)
    return {
        year: quarters[year, 3] + quarters[year, 4] + quarters[year + 1, 1] + quarters[year + 1, 2]
        for year in years
        if year + 1 in years
    }
