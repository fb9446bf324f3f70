"""No run of the package writes numbers of two units under one name of a series."""

import pytest

from sovplan.lab.country import country_run, prepared_country
from sovplan.lab.runs import prepared, run_all, run_of
from sovplan.records.run import AnyRun
from sovplan.regimes.scenarios import is_country, scenario_titles

NAMES = [name for name, _ in scenario_titles()]


def made(name: str) -> AnyRun:
    """Run a scenario over all its years: of some, history has a figure in two only."""
    if is_country(name):
        return country_run(prepared_country(name, persons=1000, households=1000))
    tasks = prepared(name, people=100)
    return run_of(tasks, run_all(tasks))


@pytest.mark.parametrize("name", NAMES)
def test_a_series_is_counted_in_one_unit_whatever_its_kind(name: str) -> None:
    units: dict[str, set[str]] = {}
    for point in made(name).points:
        units.setdefault(point.series, set()).add(point.unit)

    assert {series: found for series, found in units.items() if len(found) > 1} == {}
