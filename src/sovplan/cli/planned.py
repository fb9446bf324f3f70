"""``sovplan run`` of the planning year, again and again, under one regime or several."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from sovplan.cli.country import run_json
from sovplan.cli.screen import answer, columns, document, note, signed
from sovplan.cli.written import command_of, wrote
from sovplan.foundation.numbers import percent, whole
from sovplan.foundation.words import say
from sovplan.lab.again import unlike
from sovplan.lab.runs import Done, Task, prepared, run_all, run_of
from sovplan.records.run import PlanningRun
from sovplan.records.runfolder import KIND
from sovplan.records.store import check_run, write_run
from sovplan.regimes.earlier import read_earlier
from sovplan.report.run_given import Origin
from sovplan.report.runbook import run_book
from sovplan.report.runfiles import run_files

Sizes: TypeAlias = tuple[int | None, int | None, int | None]
"""Years, people and seed; None where the scenario says them."""


def run_planned(
    scenario: str, regimes: Sequence[str], sizes: Sizes, threads: int, out: Path | None, *,
    as_json: bool,
) -> None:  # fmt: skip
    """Run the planning year and say what came of it."""
    years, people, seed = sizes
    tasks = prepared(scenario, regimes, years=years, people=people, seed=seed)
    if out is not None:
        check_run(out, KIND)
    before = command_of(out)
    began = time.perf_counter()
    for remark in unlike(read_earlier(scenario), tasks):
        note(signed("look", remark, err=True))
    done = run_all(tasks, threads, _tell)
    _clear()
    found = run_of(tasks, done)
    if out is not None:
        _write(out, found, tasks, done)
    if as_json:
        document(run_json(found))
    else:
        _print(found, time.perf_counter() - began)
    if out is not None:
        wrote(out, before)


def _write(out: Path, found: PlanningRun, tasks: list[Task], done: list[Done]) -> None:
    first, regimes = tasks[0], [task.regime for task in tasks]
    command = " ".join([
        "sovplan run", Path(first.scenario.name).name,
        *(f"--regime {regime.name}" for regime in regimes),
        f"--years {first.scenario.years} --people {first.voters} --seed {found.seed}",
    ])  # fmt: skip
    books = {one.course.name: one.books for one in done}
    page = run_book(found, command=command, regimes=regimes)
    files = {"report.html": page.encode()}
    origin = Origin(first.economy_digest, first.parameters, regimes, first.voters, command)
    contents = run_files(found, origin, books, files)
    write_run(out, contents, KIND)


def _print(found: PlanningRun, seconds: float) -> None:
    first, last = found.years[0], found.years[-1]
    head = [say("cli.run.head", first=first, last=last), *(c.name for c in found.courses)]
    rows = [
        (say("cli.run.row.kept"), [_mean(found, c.name, "plan_kept") for c in found.courses]),
        (say("cli.run.row.over"), [_mean(found, c.name, "overstated") for c in found.courses]),
        (
            say(f"cli.run.row.{_consumption(found)}".replace("/", "."), year=last),
            [_last(found, c.name, last) for c in found.courses],
        ),
        (say("cli.run.row.false"), [_sum(found, c.name, "false") for c in found.courses]),
        (say("cli.run.row.found"), [_sum(found, c.name, "found") for c in found.courses]),
        (say("cli.run.row.accused"), [_sum(found, c.name, "accused") for c in found.courses]),
    ]
    answer(columns(head, [(name, *values) for name, values in rows]))
    answer(signed("done", say("cli.run.done", seconds=f"{seconds:.1f}")))


def _mean(found: PlanningRun, regime: str, name: str) -> str:
    values = list(found.values(regime, name, "real").values())
    return percent(sum(values) / len(values)) if values else "–"


def _last(found: PlanningRun, regime: str, year: int) -> str:
    """Return what a head had, over its least needs where the economy says what these are."""
    value = found.values(regime, _consumption(found), "real").get(year, float("nan"))
    return percent(value)


def _consumption(found: PlanningRun) -> str:
    levels = any(point.series == "people/level" for point in found.points)
    return "people/level" if levels else "people/consumption"


def _sum(found: PlanningRun, regime: str, name: str) -> str:
    return whole(sum(found.values(regime, f"returns/{name}", "real").values()))


def _tell(regime: str, year: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{say('cli.run.progress', regime=regime, year=year)}")
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
