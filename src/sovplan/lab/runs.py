"""A scenario run under one regime or several: what each is run with, and what it comes to.

tasks = prepared("ussr-1928", years=3)
run = run_of(tasks, run_all(tasks))
run.values("renewed_councils", "plan_kept", "real")  # by year
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Final, TypeAlias, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import GoodsVector
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path
from sovplan.history.series import goods_series, series
from sovplan.lab.beside import checked_village, told, years_beside
from sovplan.planning.profiles import drafted
from sovplan.records.assembly import economy_of
from sovplan.records.canon import digest
from sovplan.records.economy import Economy
from sovplan.records.parameters import Parameters
from sovplan.records.returns import Returns
from sovplan.records.run import Course, Event, PlanningRun, Point, Run
from sovplan.records.scenario import Scenario
from sovplan.records.tables import read_folder
from sovplan.records.yearbook import Yearbook
from sovplan.regimes.earlier import read_earlier
from sovplan.regimes.regime import Regime, read_regime
from sovplan.regimes.scenarios import read_scenario
from sovplan.report.course import events_of, given_points, points_of
from sovplan.simulation import Given, Year, first_day, simulate_years
from sovplan.society.life import prices_of
from sovplan.society.opening import given_economy, opened

Tell: TypeAlias = Callable[[str, int], None]
"""What is called with a regime's name and a year when the year is done."""

_HORIZON: Final = 5

LONGEST: Final = 100
"""Years that a run may have."""
SEED: Final = 1
"""Root of the luck where none is asked for."""
VOTERS: Final = 2000
"""People whose votes are drawn where no number is asked for."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """All that one regime is run with; what goes to another process and comes back.

    `economy_digest` is that of the economy as it was read, before the scenario lengthened it.
    """

    regime: Regime
    scenario: Scenario
    economy: Economy
    prices: GoodsVector
    parameters: Parameters
    seed: int
    voters: int
    economy_digest: str


@final
@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What one regime came to."""

    course: Course
    points: tuple[Point, ...]
    events: tuple[Event, ...]
    books: tuple[Yearbook, ...]


def prepared(
    name: str,
    regimes: Sequence[str] = (),
    *,
    years: int | None = None,
    people: int | None = None,
    seed: int | None = None,
) -> list[Task]:
    """Return what each regime of a scenario is run with.

    Parameters
    ----------
    name
        Name of a shipped scenario, or the path of a file.
    regimes
        Names of regimes, or paths; those of the scenario without any.
    years
        Years to run, 1 to 100; those of the scenario without.
    people
        Number of voters; without, that of the run that wrote the scenario, or 2000.
    seed
        Root of all luck; without, that of the run that wrote the scenario, or 1.

    Raises
    ------
    DataError
        A name is unknown, a file holds mistakes, a regime is asked for twice, or `years` is out of
        its range.
    """
    if years is not None and not 1 <= years <= LONGEST:
        raise DataError(say("cli.run.years_range", found=years, most=LONGEST))
    scenario, earlier = read_scenario(name), read_earlier(name)
    asked = regimes or [earlier.regime(each) for each in scenario.regimes]
    found = [read_regime(each) for each in asked]
    names = [regime.name for regime in found]
    for each in names:
        if names.count(each) > 1:
            raise DataError(say("cli.run.twice", name=each))
    if years is not None:
        scenario = replace(scenario, years=years)
    read = economy_of(read_folder(folder_path(scenario.economy)))
    economy = given_economy(read, scenario)
    checked_village(scenario, economy, names)
    prices, parameters = opening_prices(economy), earlier.in_force()
    root = _first(seed, earlier.seed, SEED)
    voters = _first(people, earlier.voters, VOTERS)
    given = (scenario, economy, prices, parameters, root, voters, digest(read))
    return [Task(each, *given) for each in found]


def _first(asked: int | None, kept: int | None, usual: int) -> int:
    return next(number for number in (asked, kept, usual) if number is not None)


def opening_prices(economy: Economy) -> GoodsVector:
    """Return the prices of the first day: hours in a unit, by an even draft of honest returns."""
    count = len(economy.goods)
    draft = drafted(Returns(economy), "even", np.ones(count), _HORIZON)
    return prices_of(draft, np.ones(count))


def nobody(regime: str, year: int) -> None:
    """Tell nobody that a year is done."""


def run_all(tasks: Sequence[Task], threads: int = 1, tell: Tell = nobody) -> list[Done]:
    """Run each regime, in processes of their own where that is asked for.

    Parameters
    ----------
    tasks
        One for each regime.
    threads
        Processes that may run at once, this one counted. Results do not depend on it.
    tell
        Called when a year is done; with more than one process a function that can be sent to them.
    """
    if threads == 1 or len(tasks) == 1:
        return [run_regime(task, tell) for task in tasks]
    # New processes, not copies of this one: libraries have begun threads of their own here. The
    # first regime runs in this one.
    others = min(threads, len(tasks)) - 1
    with ProcessPoolExecutor(others, mp_context=get_context("spawn")) as pool:
        elsewhere = [pool.submit(run_regime, task, tell) for task in tasks[1:]]
        return [run_regime(tasks[0], tell), *(each.result() for each in elsewhere)]


def run_regime(task: Task, tell: Tell = nobody) -> Done:
    """Run all years of one regime."""
    regime, scenario = task.regime, task.scenario
    first = task.economy.first_year
    when = range(first, first + scenario.years)
    # A regime begins in its own first year; a scenario of another time takes what came first.
    given = [
        Given(
            regime.in_force(max(year, regime.first_year)),
            task.parameters, scenario, task.seed, task.voters,
        )
        for year in when
    ]  # fmt: skip
    world, society = opened(task.economy, scenario, given[0].institutions, task.prices, task.seed)
    points: list[Point] = []
    events: list[Event] = []
    adopted, books = {}, []
    start = first_day(world, society)
    done: Iterator[Year]
    if scenario.village is None:
        done = simulate_years(start, given)
    else:
        both = years_beside(start, given, regime.name, task.prices)
        done = told(both, regime.name, points)
    for year, now in zip(done, given, strict=True):
        points += points_of(regime.name, year, now)
        events += events_of(regime.name, year)
        adopted[year.book.year] = year.adopted
        books.append(year.book)
        tell(regime.name, year.book.year)
    institutions = {year: now.institutions for year, now in zip(when, given, strict=True)}
    course = Course(regime.name, regime.title, regime.summary, institutions, adopted)
    return Done(course, tuple(points), tuple(events), tuple(books))


def run_of(tasks: Sequence[Task], done: Sequence[Done]) -> PlanningRun:
    """Return what all regimes came to, beside what was given to all and what was printed."""
    scenario, seed = tasks[0].scenario, tasks[0].seed
    years = sorted({year for one in done for year in one.course.adopted})
    points = [
        *(point for one in done for point in one.points),
        *given_points(scenario, iter(years), seed),
        *_history(scenario, years),
    ]
    events = sorted((event for one in done for event in one.events), key=lambda e: e.year)
    return Run(scenario, seed, tuple(one.course for one in done), tuple(points), tuple(events))


def _history(scenario: Scenario, years: list[int]) -> Iterator[Point]:
    """Yield what was printed of the same goods in the same years."""
    for good, (name, factor) in goods_series(scenario.economy).items():
        values = series(name)
        for year, value in values.values().items():
            if year in years:
                unit = values.unit
                yield Point("", year, f"output/{good}", value * factor, unit, "historical")
