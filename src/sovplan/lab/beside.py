"""Years of an economy in kind with a village beside it: each is given what the other did.

Spring and summer come first; what weather, horses and effort make of a hectare is the yield with
which the economy carries out its plan. What it made, and its harvest, go back to the village for
autumn and winter. At the end of the year animals that were slaughtered or starved are gone from the
economy, and people are as many in village and town as births, deaths and moves left there.
Planners see none of this but in the returns of the next year.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import GoodsVector, TechniquesVector
from sovplan.foundation.words import say
from sovplan.records.economy import Economy
from sovplan.records.findings import nearest
from sovplan.records.run import Point
from sovplan.records.scenario import Scenario, Village
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.simulation import Given, Start, Year, simulate_year
from sovplan.society.nation.beside import FROM_OUTSIDE, KEPT, PLANTS, SOWN, Made, VillageBeside
from sovplan.society.nation.year import Quarter
from sovplan.society.people import Society
from sovplan.world.state import World


@final
@dataclass(frozen=True, slots=True)
class Lived:
    """What a village lived through in a year.

    Parameters
    ----------
    quarters
        The country at the end of its four quarters.
    yields
        Yield of grain by hectare over that of 1928.
    survived
        Share of animals left alive by slaughter and hunger, by kind.
    """

    quarters: tuple[Quarter, ...]
    yields: float
    survived: Mapping[str, float]


@final
class Measure:
    """What the economy made and has, over what it made and had at first.

    Parameters
    ----------
    village
        Which goods and plants stand for what.
    economy
        As given on the first day.
    prices
        Prices of the first day, by which goods of a sector are added up.
    """

    def __init__(self, village: Village, economy: Economy, prices: GoodsVector) -> None:
        names = economy.goods.names
        self._sectors = {
            sector: np.array([names.index(good) for good in goods])
            for sector, goods in village.made.items()
        }
        self._grain = names.index(village.grain)
        self._plants = {
            name: economy.plants.names.index(plant) for name, plant in village.stocks.items()
        }
        self._sown = [economy.techniques.names.index(name) for name in village.sown]
        self._area = self._sown_now(economy)
        self._prices = prices
        self._base = output_before(economy)
        self._first = economy.plants.capacity.copy()

    def made(self, output: GoodsVector) -> Made:
        """Return what was made in a year, by sector and of grain."""
        price, base = self._prices, self._base
        sectors = {
            sector: float(price[goods] @ output[goods] / (price[goods] @ base[goods]))
            for sector, goods in self._sectors.items()
        }
        return Made(sectors, float(output[self._grain] / base[self._grain]))

    def stocks(self, world: World) -> Mapping[str, float]:
        """Return animals and tractors on the first day, and hectares last sown, over the first."""
        there = world.economy.plants.capacity
        rows = {name: float(there[at] / self._first[at]) for name, at in self._plants.items()}
        return {**rows, SOWN: self._sown_now(world.economy) / self._area}

    def _sown_now(self, economy: Economy) -> float:
        return float(activity_before(economy)[self._sown].sum())

    def struck(self, world: World, survived: Mapping[str, float]) -> World:
        """Return the world without the animals that did not live through the year."""
        capacity = world.economy.plants.capacity.copy()
        for kind, share in survived.items():
            capacity[self._plants[kind]] *= share
        plants = replace(world.economy.plants, capacity=capacity)
        return replace(world, economy=replace(world.economy, plants=plants))


def activity_before(economy: Economy) -> TechniquesVector:
    """Return what each technique did in the year before the first.

    Raises
    ------
    DataError
        The economy does not say.
    """
    limits = economy.extensions.growth
    if limits is None:
        raise DataError(say("scenarios.opening", economy=economy.title))
    return limits.opening


def output_before(economy: Economy) -> GoodsVector:
    """Return what was made of each good in the year before the first, after losses."""
    kept = economy.extensions.kept(len(economy.goods))
    return np.asarray(kept * (economy.techniques.outputs @ activity_before(economy)))


def checked_village(scenario: Scenario, economy: Economy, regimes: Iterable[str]) -> None:
    """Check that a village fits its economy and regimes.

    Raises
    ------
    DataError
        A sector, animal, good, plant or regime is missing or unknown, or goods made first are none.
    """
    village = scenario.village
    if village is None:
        return
    for regime in regimes:
        if regime not in village.regimes:
            known = ", ".join(village.regimes)
            raise DataError(
                say("scenarios.regime", scenario=scenario.name, regime=regime, known=known)
            )
    _all_there(scenario, "[village.made]", village.made, FROM_OUTSIDE)
    _all_there(scenario, "[village.stocks]", village.stocks, PLANTS)
    goods = [("village.grain", village.grain)]
    goods += [(f"village.made.{at}", good) for at, row in village.made.items() for good in row]
    plants = [(f"village.stocks.{at}", plant) for at, plant in village.stocks.items()]
    _known(scenario, goods, economy.goods.names)
    sown = [("village.sown", name) for name in village.sown]
    _known(scenario, sown, economy.techniques.names)
    _known(scenario, plants, economy.plants.names)


def _all_there(scenario: Scenario, field: str, found: Iterable[str], wanted: Sequence[str]) -> None:
    if sorted(found) != sorted(wanted):
        known = ", ".join(wanted)
        raise DataError(
            say("scenarios.village_all", scenario=scenario.name, field=field, known=known)
        )


def _known(scenario: Scenario, rows: Iterable[tuple[str, str]], names: Sequence[str]) -> None:
    for field, name in rows:
        if name not in names:
            told = {"field": field, "found": name, "where": scenario.economy}
            near = nearest(name, list(names))
            raise DataError(
                say("scenarios.village_name", scenario=scenario.name, **told, nearest=near)
            )


def years_beside(
    start: Start, given: Iterable[Given], regime: str, prices: GoodsVector
) -> Iterator[tuple[Year, Lived]]:
    """Yield years of an economy and of the village beside it.

    Parameters
    ----------
    start
        First day of the run.
    given
        What each year is given; its scenario has a village.
    regime
        Name of the regime of the planning year.
    prices
        Prices of the first day.

    Raises
    ------
    Broken
        An account of the village does not close.
    """
    rows = iter(given)
    first = next(rows)
    village = first.scenario.village
    if village is None:
        raise TypeError(first.scenario.name)  # a mistake of the program
    measure = Measure(village, start.world.economy, prices)
    inputs = country_inputs(village.regimes[regime])
    beside = VillageBeside(inputs, model_parameters(), start.world.year, OFF)
    for now in chain([first], rows):
        year, people = start.world.year, beside.people
        yields = beside.summer(year, measure.stocks(start.world))
        # What chance and one rate of growth stand for elsewhere is told by the village here.
        scenario = replace(now.scenario, weather={year: yields}, weather_sd=0.0, growth=0.0)
        done = simulate_year(start, replace(now, scenario=scenario))
        quarters = beside.autumn(year, measure.made(done.outcome.made))
        lived = Lived(quarters, yields, beside.survived())
        start = replace(
            done.next,
            world=measure.struck(done.next.world, lived.survived),
            society=peopled(done.next.society, people, beside.people),
        )
        yield replace(done, next=start), lived


def told(both: Iterable[tuple[Year, Lived]], regime: str, points: list[Point]) -> Iterator[Year]:
    """Yield the years of the economy, and note the figures of the village on the way."""
    for year, lived in both:
        points.extend(lived_points(regime, year.book.year, lived))
        yield year


OFF: Final = ("rules.famine",)
"""The rule that is off: its curve was fitted to one famine and to the grain of another model; of
the hunger of this one it knows nothing. Food a head is shown instead."""


def peopled(society: Society, before: tuple[float, float], after: tuple[float, float]) -> Society:
    """Return the people when village and towns have grown or shrunk.

    Strata of peasants follow the village, all others the towns. Who moves leaves savings behind.

    Parameters
    ----------
    before, after
        People of village and town.
    """
    strata = society.strata
    rural, urban = (now / then for now, then in zip(after, before, strict=True))
    rate = np.where(strata.of_class("peasant"), rural, urban)
    return replace(society, strata=replace(strata, people=strata.people * rate))


def lived_points(regime: str, year: int, lived: Lived) -> Iterator[Point]:
    """Yield the figures of a village in a year."""
    last = lived.quarters[-1].nation
    rows = {
        "yield": lived.yields,
        **{f"survived/{kind}": 100.0 * share for kind, share in lived.survived.items()},
        **{name: scale * last[column] for name, (column, scale, _) in SHOWN.items()},
        "taken": sum(quarter.nation["taken"] for quarter in lived.quarters),
        "riots": sum(quarter.nation["riots"] for quarter in lived.quarters),
    }
    for name, value in rows.items():
        yield Point(regime, year, f"village/{name}", float(value), UNITS[name], "real")


SHOWN: Final[Mapping[str, tuple[str, float, str]]] = {
    "village": ("village", 1.0, "million"),
    "towns": ("town", 1.0, "million"),
    "food": ("food_head", 1.0, "kg a head"),
    "town_food": ("town_grain", 1.0, "kg a head"),
    "collectivised": ("collectivised", 100.0, "%"),
    "price": ("charged_price", 1.0, "1913 = 1"),
}
"""Column of the country at the end of the year, factor and unit of each series."""

UNITS: Final[Mapping[str, str]] = {
    "yield": "1928 = 1",
    **{f"survived/{kind}": "%" for kind in KEPT},
    **{name: unit for name, (_, _, unit) in SHOWN.items()},
    "taken": "million tonnes",
    "riots": "disturbances",
}
"""Unit of each series of a village."""
