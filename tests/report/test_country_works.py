"""The chapter of workplaces: its numbers are those of the run, and it says what is printed."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from tests.lab.rows import PERSONS, few_households

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series
from sovplan.lab.country import country_run, prepared_country
from sovplan.records.run import CountryRun
from sovplan.report.country_works import works_chapter
from sovplan.report.run_series import seen
from sovplan.society.workplaces.figures import GROUPS

REGIMES = ("as_it_was", "command_with_debate")


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


@cache
def run(years: int = 12) -> CountryRun:
    return country_run(prepared_country("ussr-1921", REGIMES, years=years, persons=PERSONS))


@cache
def page(years: int = 12) -> str:
    return str(works_chapter(seen(run(years))).body)


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_the_finding_tells_what_was_reported_and_made_of_the_target() -> None:
    told = words(page())

    for name in REGIMES:
        series_ = "works/fulfilment/industry"
        said = figure(run().values(name, series_, "reported")[1932])
        made = figure(run().values(name, series_, "real")[1932])
        assert f"reported {said} % and made {made} %" in told


def test_reports_and_truth_are_of_the_same_rows() -> None:
    for name in REGIMES:
        for group in GROUPS:
            output, padding = f"works/output/{group}", f"works/padding/{group}"
            said = run().values(name, output, "reported")[1932]
            made, added = (run().values(name, each, "real")[1932] for each in (output, padding))
            assert said == pytest.approx(made * (1.0 + added / 100.0), rel=1e-12)


def test_what_was_printed_stands_beside_the_run_of_history_only() -> None:
    official = series("industry_official").values()
    told = words(page())

    assert say("country_works.past.title") in told
    assert f"{figure(100.0 * official[1932] / official[1928])} officially" in told
    assert say("country_works.past.title") not in words(page(3)), "1928 is not shown"
    other = country_run(prepared_country("ussr-1921", ["nep_kept"], years=9, persons=PERSONS))
    assert say("country_works.past.title") not in words(str(works_chapter(seen(other)).body))


def test_the_first_plan_is_shown_as_printed() -> None:
    told = words(page(3))
    coal = series("coal_plan1_optimal").figures[0].value, series("coal").values()[1932]

    assert f"Coal million tonnes {figure(coal[0])}" in told
    assert figure(100.0 * coal[1] / coal[0]) in told
