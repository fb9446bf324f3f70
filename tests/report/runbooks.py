"""Books of runs, written and read once."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from tests.report import runs
from tests.report.books import words
from tests.report.page import Node, read

from sovplan.foundation.numbers import figure
from sovplan.records.run import Kind, PlanningRun
from sovplan.report.runbook import run_book

CASES: dict[str, dict[str, Any]] = {
    "one year": {"regimes": 1, "years": 1, "past": False},
    "two regimes": {"regimes": 2, "years": 6},
    "three regimes": {"regimes": 3, "years": 30},
    "bare": {"without": ("people", "returns", "plan_kept", "votes", "hidden", "overstated")},
    "no output": {"without": ("output", "weather")},
    "nothing": {"without": ("",)},
    "own start": {"without": ("people/level",)},
    "reversed": {"levels": runs.reversed_levels()},
}
NAMES = list(CASES)


@cache
def run(name: str) -> PlanningRun:
    return runs.made(**CASES[name])


@cache
def page(name: str) -> Node:
    return read(run_book(run(name), command="sovplan run a&b", digests={"papers": "sha256:00"}))


def section(whole: Node, key: str) -> Node:
    (found,) = [s for s in whole.all("section") if s.attributes["id"] == key]
    return found


def chapter(name: str, key: str) -> Node:
    return section(page(name), key)


def lead(name: str) -> str:
    return words(page(name).one("p", "lead").text)


def tabled(within: Node, caption: str) -> list[list[str]]:
    """Return the rows of the one table whose caption begins so."""
    (found,) = [t for t in within.all("table") if words(t.one("caption").text).startswith(caption)]
    return [[words(cell.text) for cell in row.children] for row in found.all("tr")]


def value(of: PlanningRun, regime: str, series: str, year: int, kind: Kind = "real") -> float:
    return of.values(regime, series, kind)[year]


def path(
    of: PlanningRun, regime: str, series: str, kind: Kind = "real", scale: float = 1.0
) -> list[str]:
    """Return a series as it stands in a column of a table: a cell a year."""
    values = of.values(regime, series, kind)
    return [words(figure(scale * values[y] if y in values else float("nan"))) for y in of.years]


def columns(within: Node, caption: str) -> list[list[str]]:
    """Return the columns of the one table whose caption begins so, without their heads."""
    return [list(column) for column in zip(*tabled(within, caption)[1:], strict=True)]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
