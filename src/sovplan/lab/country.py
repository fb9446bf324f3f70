"""Runs of the whole country in seven sectors: a scenario under some regimes, and what is read off.

tasks = prepared_country("ussr-1921", ["as_it_was", "nep_kept"])
run = country_run(tasks)
run.values("nep_kept", "product", "real")  # by year, 1928 as it was = 100
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from types import MappingProxyType
from typing import Final, TypeAlias, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import QUARTERS, NationInputs
from sovplan.history.past import pasts
from sovplan.lab.events import events_of, losses_given
from sovplan.lab.idle import moving
from sovplan.lab.layers import layer_points, layer_switches, layer_units
from sovplan.lab.loops import compiling
from sovplan.lab.markets import MONEY
from sovplan.lab.production import UNITS as CARRIED
from sovplan.lab.production import production_points
from sovplan.lab.purses import purse_points
from sovplan.lab.readers import check_numbers, check_switches
from sovplan.lab.unrest import UNITS as OF_UNREST
from sovplan.lab.unrest import unrest_points
from sovplan.records.findings import ended
from sovplan.records.run import CountryRun, Course, Event, Point, Run
from sovplan.records.scenario import Country
from sovplan.regimes.countries import (
    HISTORY,
    CountryRegime,
    country_inputs,
    read_country_regime,
)
from sovplan.regimes.model import changed_parameters, model_parameters
from sovplan.regimes.scenarios import read_country, scenario_path
from sovplan.society.layers import Setting
from sovplan.society.nation.measures import BASE, Yearly, by_quarter, measures
from sovplan.society.nation.order import switches
from sovplan.society.nation.year import Quarter, run_nation

_NOTHING: Final[Mapping[str, float]] = MappingProxyType({})

INDICES: Final = ("product", "product_head", "industry", "consumption")
"""Measures that are shown over those of 1928 as it was."""
SHARES: Final = (
    "investment", "collectivised", "private_trade",
    "town_short", "theft_share", "shadow_share", "machinery_share", "import_share",
)  # fmt: skip
"""Measures that are shown in per cent."""
CATEGORIES: Final = (
    "got_closed", "got_priority", "got_worker", "got_employee", "got_dependant"
)  # fmt: skip
"""Goods a head by category of ration."""
QUARTERLY: Final[Mapping[str, str]] = {
    "price": "charged_price",
    "clearing": "clearing_price",
    "delivered": "taken",
    "riots": "riots",
    "behind": "shortage",
    "queue": "town_short",
    "kept_back": "hold_share",
    "village_goods": "village_goods",
    "net_grain": "net_grain",
    "lacking": "village_short",
}
"""Columns of the nation that are shown by quarter, by series."""
UNITS: Final[Mapping[str, str]] = {
    **dict.fromkeys(INDICES, "1928 as it was = 100"),
    **dict.fromkeys(SHARES, "%"),
    **dict.fromkeys(("harvest", "taken", "delivered"), "million tonnes"),
    **dict.fromkeys(("towns", "people", "births", "deaths", "excess_deaths", "moved"), "million"),
    **dict.fromkeys(("price", "clearing"), "1913 = 1"),
    "sown": "million hectares",
    "coordination": "of full coordination",
    **dict.fromkeys(("herd", "slaughtered"), "million cattle units"),
    "horses": "million",
    "village_food": "kg a head",
    "riots": "disturbances",
    **dict.fromkeys(("behind", "queue", "kept_back", "lacking"), "share"),
    **dict.fromkeys(("town_income", "town_demand", "village_goods"), "milliard roubles of 1926/27"),
    "net_grain": "million tonnes",
    "overhang": "milliard roubles",
    "officials_cut": "million roubles of 1926/27",
    "queue_hours": "hours a person a week",
    "free_over": "state price = 1",
    **dict.fromkeys(CATEGORIES, "roubles of 1926/27 a head"),
    **dict.fromkeys(("exports_gold", "imports_gold", "other_imports"), "million gold roubles"),
    "trade_terms": "1928 = 1",
    "grain_for_machines": "t for 1000 gold roubles",
}
"""Unit of each series."""
HUNGER: Final = ("excess_deaths", "deaths")
"""Measures that are shown of history only."""
LEAST_PERSONS: Final = 1000
"""Rows below which too few stand for the small classes."""
LEAST_HOUSEHOLDS: Final = 500
"""Rows of households below which too few stand for the smallest region."""
MANY: Final = 65536
"""Rows of persons from which a run is long enough for compiled loops."""
_HARVEST: Final = 3
"""Quarter of the harvest."""


@final
@dataclass(frozen=True, slots=True)
class CountryTask:
    """What one regime of the country is run with."""

    scenario: Country
    regime: CountryRegime
    inputs: NationInputs

    @property
    def is_history(self) -> bool:
        """Whether it is the run of history: its institutions, all rules, and the package's numbers.

        Numbers that are set and reach nothing do not make it another.
        """
        first = self.inputs.years.start
        if self.scenario.off or self.inputs.values != country_inputs(HISTORY, first).values:
            return False
        return not moving(self.scenario, self.regime)


def prepared_country(  # noqa: PLR0913 - what may be asked of a run
    name: str,
    regimes: Sequence[str] = (),
    *,
    years: int | None = None,
    off: Sequence[str] = (),
    seed: int | None = None,
    parameters: Mapping[str, float] = _NOTHING,
    persons: int | None = None,
    households: int | None = None,
    beyond: bool = False,
) -> list[CountryTask]:
    """Return what each regime of a scenario of the country is run with.

    Parameters
    ----------
    name
        Name of a shipped scenario, or the path of a file.
    regimes
        Names of regimes, or paths; those of the scenario without any.
    years
        Years that are shown, from the first; those of the scenario without.
    off
        Switches of rules that are turned off, beside those of the scenario.
    seed
        Root of the luck of rows, that of the scenario without; quarters have none.
    parameters
        Values put in place of those of the package and of the scenario, by name.
    persons
        Rows that stand for all people; those of the scenario without.
    households
        Rows that stand for all households of the village; those of the scenario without.
    beyond
        Whether parameters may lie outside their ranges, where the model promises nothing.

    Raises
    ------
    DataError
        A name, switch or parameter is unknown, a parameter lies outside its range or is read by
        no rule, a file holds mistakes, a regime is asked for twice, the scenario does not have so
        many years, or persons or households are too few.
    """
    scenario = read_country(name)
    _check_file(name, scenario, beyond=beyond)
    if years is not None:
        if not 1 <= years <= scenario.years:
            raise DataError(say("cli.run.years_range", found=years, most=scenario.years))
        scenario = replace(scenario, years=years)
    found = [read_country_regime(each) for each in regimes or scenario.regimes]
    names = [regime.name for regime in found]
    for each in names:
        if names.count(each) > 1:
            raise DataError(say("cli.run.twice", name=each))
    first = scenario.first_year
    scenario = replace(
        _sized(scenario, persons, households),
        seed=scenario.seed if seed is None else seed,
        off=tuple(dict.fromkeys((*scenario.off, *off))),
        parameters={**scenario.parameters, **parameters},
    )
    check_switches(scenario.off)
    check_numbers(scenario.parameters, beyond=beyond)
    return [CountryTask(scenario, each, country_inputs(each, first)) for each in found]


def _check_file(name: str, scenario: Country, *, beyond: bool) -> None:
    """Do nothing if switches and parameters of a scenario's own file are right; name it if not."""
    try:
        check_switches(scenario.off)
        check_numbers(scenario.parameters, beyond=beyond)
    except DataError as wrong:
        what = ended(str(wrong))
        raise DataError(say("scenarios.wrong", file=scenario_path(name).name, what=what)) from None


def _sized(scenario: Country, persons: int | None, households: int | None) -> Country:
    """Return a scenario with the numbers of rows that are asked for."""
    people = scenario.people if persons is None else persons
    if people < LEAST_PERSONS:
        raise DataError(say("country.few_persons", found=people, least=LEAST_PERSONS))
    farms = scenario.households if households is None else households
    if farms < LEAST_HOUSEHOLDS:
        raise DataError(say("country.few_households", found=farms, least=LEAST_HOUSEHOLDS))
    return replace(scenario, people=people, households=farms)


def country_run(
    tasks: Sequence[CountryTask],
    threads: int = 1,
    meanwhile: Callable[[], object] = tuple,
) -> CountryRun:
    """Return what all regimes came to, beside what was printed.

    Parameters
    ----------
    tasks
        What each regime is run with.
    threads
        Regimes that may run at once, each in a process; where there are fewer regimes, kinds of
        rows of one regime. Results do not depend on it.
    meanwhile
        Something else that is done here before others are waited for.
    """
    scenario = tasks[0].scenario
    years = _years(scenario)
    points: list[Point] = []
    events: list[Event] = []
    # For a few persons NumPy is as good.
    with compiling(min(threads, len(tasks))) if scenario.people >= MANY else nullcontext():
        for found, happened in _all_lived(tasks, threads, meanwhile):
            points += found
            events += happened
    points += _history(years)
    events += losses_given(tasks[0].inputs, years)
    courses = tuple(
        Course(task.regime.name, task.regime.title, " ".join(task.regime.summary.split()), {}, {})
        for task in tasks
    )
    return Run(
        scenario, scenario.seed, courses, tuple(points), tuple(sorted(events, key=lambda e: e.year))
    )


Came: TypeAlias = tuple[list[Point], list[Event]]
"""What came of one regime."""


def _all_lived(
    tasks: Sequence[CountryTask], threads: int, meanwhile: Callable[[], object]
) -> Iterator[Came]:
    """Yield what came of each regime, in their order; the first one is run here."""
    others = min(threads, len(tasks)) - 1
    each_has = max(threads // (others + 1), 1)
    if not others:
        meanwhile()
        yield from (_lived(each, each_has) for each in tasks)
        return
    with ProcessPoolExecutor(others, mp_context=get_context("spawn")) as pool:
        elsewhere = [pool.submit(_lived_elsewhere, each.scenario, each.regime, each_has)
                     for each in tasks[1:]]  # fmt: skip
        yield _lived(tasks[0], each_has)
        meanwhile()
        for each in elsewhere:
            yield each.result()


def _lived_elsewhere(scenario: Country, regime: CountryRegime, threads: int) -> Came:
    inputs = country_inputs(regime, scenario.first_year)
    return _lived(CountryTask(scenario, regime, inputs), threads)


def _lived(task: CountryTask, threads: int) -> Came:
    scenario, name = task.scenario, task.regime.name
    # Ranges were looked at when the run was prepared.
    parameters, years = changed_parameters(scenario.parameters, beyond=True), _years(scenario)
    of_rows = frozenset(scenario.off) & frozenset(layer_switches())
    books = run_nation(task.inputs, parameters, set(scenario.off) & set(switches()))
    rows = shown(measures(books, task.inputs))
    is_history = task.is_history
    if not is_history:
        # Without regions and their quotas deaths of hunger are not compared between regimes.
        rows = {series: row for series, row in rows.items() if series not in HUNGER}
    setting = Setting(
        task.inputs, parameters, scenario.seed, of_rows, scenario.people, scenario.households,
        threads, tuple(each for each in as_it_was() if each.year == BASE),
    )  # fmt: skip
    points = [
        *_points(name, rows, years),
        *_quarters(name, books, years),
        *_reported(name, books, years),
        *production_points(name, books, parameters, years),
        *unrest_points(name, books, years),
        *layer_points(name, setting, books, years, is_history=is_history),
    ]
    if name == HISTORY:
        quarterly = set(scenario.off) & set(switches())
        given = country_inputs(MONEY, scenario.first_year)
        points += purse_points(name, given, parameters, sorted(quarterly), years)
    return points, list(events_of(task.regime, task.inputs, rows, years))


def _years(scenario: Country) -> range:
    return range(scenario.first_year, scenario.first_year + scenario.years)


def shown(found: Mapping[str, Yearly]) -> dict[str, Yearly]:
    """Return measures as they are shown: indices on 1928 as it was, shares in per cent."""
    rows = {**found, "product_head": _per_head(found)}
    base = _base()
    for name in INDICES:
        rows[name] = {year: 100.0 * value / base[name] for year, value in rows[name].items()}
    for name in SHARES:
        rows[name] = {year: 100.0 * value for year, value in rows[name].items()}
    return {name: row for name, row in rows.items() if name in UNITS}


def _per_head(found: Mapping[str, Yearly]) -> Yearly:
    return {year: value / found["people"][year] for year, value in found["product"].items()}


@cache
def as_it_was() -> tuple[Quarter, ...]:
    """Return the quarters from 1921 on in the run of history with all rules."""
    return tuple(run_nation(country_inputs(HISTORY), model_parameters()))


@cache
def _base() -> Mapping[str, float]:
    """Return the levels of 1928 in the run of history with all rules."""
    inputs = country_inputs(HISTORY)
    found = measures(as_it_was(), inputs)
    rows = {**found, "product_head": _per_head(found)}
    return {name: rows[name][BASE] for name in INDICES}


def _points(regime: str, rows: Mapping[str, Yearly], years: range) -> Iterator[Point]:
    for name, row in rows.items():
        for year, value in row.items():
            if year in years:
                yield Point(regime, year, name, float(value), UNITS[name], "real")


def _quarters(regime: str, books: Sequence[Quarter], years: range) -> Iterator[Point]:
    for name, column in QUARTERLY.items():
        for (year, quarter), value in by_quarter(books, column).items():
            if year in years:
                series = f"{name}/{quarter}"
                yield Point(regime, year, series, float(value), UNITS[name], "real")
    riots = by_quarter(books, QUARTERLY["riots"])
    for year in years:
        total = sum(riots[year, quarter] for quarter in QUARTERS)
        yield Point(regime, year, "riots", float(total), UNITS["riots"], "real")


def _reported(regime: str, books: Sequence[Quarter], years: range) -> Iterator[Point]:
    """Yield the harvests that peasants reported while grain was requisitioned."""
    for each in books:
        if each.year in years and each.quarter == _HARVEST and each.nation["requisition"]:
            told = float(each.nation["harvest_reported"])
            yield Point(regime, each.year, "harvest", told, UNITS["harvest"], "reported")


def _history(years: range) -> Iterator[Point]:
    units = {**layer_units(), **UNITS, **CARRIED, **OF_UNREST}
    for measure, found in pasts().items():
        for past in found:
            for year, value in past.values().items():
                # Rows that do not live in this run have no history beside them.
                if year in years and measure in units:
                    yield Point("", year, measure, value, units[measure], "historical")
