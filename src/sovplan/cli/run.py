"""``sovplan run``: the planning year, again and again, under one regime or several."""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Final, final

import numpy as np
import typer

from sovplan.cli.new import AsJson
from sovplan.cli.screen import answer, answering, columns, document, note, signed
from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.shapes import GoodsVector
from sovplan.foundation.words import say
from sovplan.history.economies import folder_path
from sovplan.history.series import goods_series, series
from sovplan.planning.profiles import drafted
from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.parameters import Parameters
from sovplan.records.returns import Returns
from sovplan.records.run import Course, Event, Point, Run
from sovplan.records.scenario import Scenario
from sovplan.records.store import check_run, write_run
from sovplan.records.tables import read_folder
from sovplan.records.yearbook import Yearbook
from sovplan.regimes.parameters import read_parameters
from sovplan.regimes.regime import Regime, read_regime
from sovplan.regimes.scenarios import read_scenario
from sovplan.report.course import events_of, given_points, points_of
from sovplan.report.runbook import run_book
from sovplan.report.runfiles import KIND, run_files
from sovplan.simulation import Given, first_day, simulate_years
from sovplan.society.life import prices_of
from sovplan.society.opening import given_economy, opened

_HORIZON: Final = 5


@final
@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """All that one regime is run with; what goes to another process and comes back."""

    regime: Regime
    scenario: Scenario
    economy: Economy
    prices: GoodsVector
    parameters: Parameters
    seed: int
    voters: int


@final
@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What one regime came to."""

    course: Course
    points: tuple[Point, ...]
    events: tuple[Event, ...]
    books: tuple[Yearbook, ...]


@answering
def run(  # noqa: PLR0917 - the options are the contract of the command
    scenario: Annotated[str, typer.Argument(help=say("cli.run.scenario"))],
    regime: Annotated[list[str] | None, typer.Option(help=say("cli.run.regime"))] = None,
    years: Annotated[int | None, typer.Option(help=say("cli.run.years"))] = None,
    people: Annotated[int, typer.Option(min=1, help=say("cli.run.people"))] = 2000,
    seed: Annotated[int, typer.Option(min=0, help=say("cli.run.seed"))] = 1,
    threads: Annotated[int, typer.Option(min=1, help=say("cli.run.threads"))] = 2,
    out: Annotated[Path | None, typer.Option(help=say("cli.run.out"))] = None,
    as_json: AsJson = False,
) -> None:
    """Run a scenario."""
    if out is not None:
        check_run(out, KIND)
    if years is not None and not 1 <= years <= _LONGEST:
        raise DataError(say("cli.run.years_range", found=years, most=_LONGEST))
    began = time.perf_counter()
    tasks = prepared(scenario, regime, years, people, seed)
    done = _run_all(tasks, threads)
    found = _run_of(tasks, done)
    if out is not None:
        _write(out, found, tasks, done)
    if as_json:
        document(_json(found))
    else:
        _print(found, time.perf_counter() - began)
    if out is not None:
        note(say("cli.run.wrote", path=out))
        note(str(out / "report.html"))


_LONGEST: Final = 100
"""Years that a run may have."""


def prepared(
    name: str, regimes: list[str] | None, years: int | None, people: int, seed: int
) -> list[Task]:
    """Return what each regime of a scenario is run with."""
    scenario = read_scenario(name)
    found = [read_regime(each) for each in regimes or scenario.regimes]
    names = [regime.name for regime in found]
    for each in names:
        if names.count(each) > 1:
            raise DataError(say("cli.run.twice", name=each))
    if years is not None:
        scenario = replace(scenario, years=years)
    economy = given_economy(economy_of(read_folder(folder_path(scenario.economy))), scenario)
    prices = opening_prices(economy)
    parameters = read_parameters()
    return [Task(each, scenario, economy, prices, parameters, seed, people) for each in found]


def opening_prices(economy: Economy) -> GoodsVector:
    """Return the prices of the first day: hours in a unit, by an even draft of honest returns."""
    count = len(economy.goods)
    draft = drafted(Returns(economy), "even", np.ones(count), _HORIZON)
    return prices_of(draft, np.ones(count))


def _run_all(tasks: list[Task], threads: int) -> list[Done]:
    """Run each regime, in processes of their own where that is asked for."""
    if threads == 1 or len(tasks) == 1:
        return [run_regime(task) for task in tasks]
    # New processes, not copies of this one: libraries have begun threads of their own here. The
    # first regime runs in this one.
    others = min(threads, len(tasks)) - 1
    with ProcessPoolExecutor(others, mp_context=get_context("spawn")) as pool:
        elsewhere = [pool.submit(run_regime, task) for task in tasks[1:]]
        return [run_regime(tasks[0]), *(each.result() for each in elsewhere)]


def run_regime(task: Task) -> Done:
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
    for year, now in zip(simulate_years(first_day(world, society), given), given, strict=True):
        points += points_of(regime.name, year, now)
        events += events_of(regime.name, year)
        adopted[year.book.year] = year.adopted
        books.append(year.book)
        _tell(say("cli.run.progress", regime=regime.name, year=year.book.year))
    _tell("")
    institutions = {year: now.institutions for year, now in zip(when, given, strict=True)}
    course = Course(regime.name, regime.title, regime.summary, institutions, adopted)
    return Done(course, tuple(points), tuple(events), tuple(books))


def _run_of(tasks: list[Task], done: list[Done]) -> Run:
    scenario, seed = tasks[0].scenario, tasks[0].seed
    years = sorted({year for one in done for year in one.course.adopted})
    points = [
        *(point for one in done for point in one.points),
        *given_points(scenario, iter(years), seed),
        *_history(scenario, years),
    ]
    events = sorted((event for one in done for event in one.events), key=lambda e: e.year)
    return Run(scenario, seed, tuple(one.course for one in done), tuple(points), tuple(events))


def _history(scenario: Scenario, years: list[int]) -> list[Point]:
    """Return what was printed of the same goods in the same years."""
    found = []
    for good, (name, factor) in goods_series(scenario.economy).items():
        values = series(name)
        for year, value in values.values().items():
            if year in years:
                point = Point("", year, f"output/{good}", value * factor, values.unit, "historical")
                found.append(point)
    return found


def _write(out: Path, found: Run, tasks: list[Task], done: list[Done]) -> None:
    command = " ".join([
        "sovplan run", Path(tasks[0].scenario.name).name,
        *(f"--regime {task.regime.name}" for task in tasks),
        f"--years {tasks[0].scenario.years} --people {tasks[0].voters} --seed {found.seed}",
    ])  # fmt: skip
    books = {one.course.name: one.books for one in done}
    page = run_book(found, command=command, regimes=[task.regime for task in tasks])
    files = {"report.html": page.encode()}
    contents = run_files(found, tasks[0].parameters, books, (tasks[0].economy, command), files)
    write_run(out, contents, KIND)


def _json(found: Run) -> dict[str, object]:
    return {
        "scenario": found.scenario.name,
        "seed": found.seed,
        "years": list(found.years),
        "regimes": [course.name for course in found.courses],
        "series": [
            {
                "regime": p.regime, "year": p.year, "series": p.series,
                "value": p.value, "unit": p.unit, "kind": p.kind,
            }
            for p in found.points
        ],
        "events": [
            {"regime": e.regime, "year": e.year, "rule": e.rule, "text": e.text}
            for e in found.events
        ],
    }  # fmt: skip


def _print(found: Run, seconds: float) -> None:
    last = found.years[-1]
    head = [say("cli.run.head", year=last), *(course.name for course in found.courses)]
    rows = [
        (say("cli.run.row.kept"), [_mean(found, c.name, "plan_kept") for c in found.courses]),
        (say("cli.run.row.over"), [_mean(found, c.name, "overstated") for c in found.courses]),
        (
            say(f"cli.run.row.{_consumption(found)}".replace("/", ".")),
            [_last(found, c.name, last) for c in found.courses],
        ),
        (say("cli.run.row.false"), [_sum(found, c.name, "false") for c in found.courses]),
        (say("cli.run.row.found"), [_sum(found, c.name, "found") for c in found.courses]),
        (say("cli.run.row.accused"), [_sum(found, c.name, "accused") for c in found.courses]),
    ]
    answer(columns(head, [(name, *values) for name, values in rows]))
    answer(signed("done", say("cli.run.done", seconds=f"{seconds:.1f}")))


def _mean(found: Run, regime: str, name: str) -> str:
    values = list(found.values(regime, name, "real").values())
    return percent(sum(values) / len(values)) if values else "–"


def _last(found: Run, regime: str, year: int) -> str:
    """Return what a head had, over its least needs where the economy says what these are."""
    value = found.values(regime, _consumption(found), "real").get(year, float("nan"))
    return percent(value)


def _consumption(found: Run) -> str:
    levels = any(point.series == "people/level" for point in found.points)
    return "people/level" if levels else "people/consumption"


def _sum(found: Run, regime: str, name: str) -> str:
    return figure(sum(found.values(regime, f"returns/{name}", "real").values()))


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
