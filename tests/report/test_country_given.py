"""What is given to a run of the country is drawn, tabled and named as given; nothing else is."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape

import pytest
from tests.lab.rows import PERSONS, few_households
from tests.report.page import Node, read

from sovplan.foundation.words import say
from sovplan.history.nation import QUARTERS, NationInputs
from sovplan.lab.country import country_run, prepared_country
from sovplan.records.run import CountryRun
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.report.country_book import country_book
from sovplan.report.run_drawing import MINI, Axis, Stroke, paths
from sovplan.society.given import GIVEN, TARGETS, given_years, targets

YEARS = range(1917, 1941)
MOVED = {"s_fear": 0.1, "mu_cartel": 1.5, "eps_d": 0.7}
"""Numbers of rules, put at other places of their ranges."""
LEAST = 3
"""Different values from which on a series that repeats a path does not do so by chance."""


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


@cache
def run(seed: int = 1, *, moved: bool = False) -> CountryRun:
    parameters = MOVED if moved else {}
    tasks = prepared_country(
        "russia-1917", ["as_it_was"], seed=seed, persons=PERSONS, parameters=parameters
    )
    return country_run(tasks)


@cache
def book() -> str:
    tasks = prepared_country("russia-1917", ["as_it_was", "nep_kept"], persons=PERSONS)
    return country_book(country_run(tasks), [task.regime for task in tasks])


def real(found: CountryRun) -> Mapping[str, Mapping[int, float]]:
    series: dict[str, dict[int, float]] = defaultdict(dict)
    for point in found.points:
        if point.regime and point.kind == "real":
            series[point.series][point.year] = point.value
    return series


def by_year(inputs: NationInputs, name: str) -> dict[int, float]:
    return {
        year: sum(inputs.at(year, quarter)[name] for quarter in QUARTERS) / len(QUARTERS)
        for year in YEARS
    }


def repeats(values: Mapping[int, float], path: Mapping[int, float]) -> bool:
    """Return whether a series is a path times one number, in all its years."""
    if len({round(path[year], 6) for year in values}) < LEAST:
        return False
    ratios = {values[year] / path[year] for year in values if path[year]}
    zero = all(not values[year] for year in values if not path[year])
    return zero and bool(ratios) and max(ratios) - min(ratios) < 1e-3 * max(map(abs, ratios))


def test_a_series_that_repeats_a_path_is_declared_as_given() -> None:
    inputs = country_inputs("as_it_was", YEARS[0])
    every = {name: by_year(inputs, name) for name in inputs.about}

    found = {
        series
        for series, values in real(run()).items()
        if any(values.values()) and any(repeats(values, path) for path in every.values())
    }
    assert found <= set(GIVEN)
    assert {"persons/students", "unrest/real_wage", "bodies/appointed"} <= found


def test_nothing_that_happens_in_a_run_moves_what_is_given() -> None:
    given = given_years(country_inputs("as_it_was", YEARS[0]), YEARS)
    here, there = real(run()), real(run(7, moved=True))

    for series, years in given.items():
        for year in years & set(here[series]):
            # Shares of whole persons round with the draw; so do settlements that join in 1929.
            assert there[series][year] == pytest.approx(here[series][year], rel=0.05), series
    for series in ("product", "persons/turnover", "kolkhoz/farms", "harvest"):
        assert here[series][1935] != there[series][1935]


def test_what_a_monopoly_plans_is_given_and_what_is_bought_freely_is_not() -> None:
    years = range(1921, 1941)
    history, free = (
        given_years(country_inputs(name), years) for name in ("as_it_was", "trade_open")
    )
    assert history["machinery_share"] == frozenset(years)
    assert frozenset(range(1924, 1929)).isdisjoint(free["machinery_share"])
    assert 1930 in free["machinery_share"]
    assert free["exports_gold"] == frozenset(years)


def test_the_price_of_the_state_is_given_while_it_rules_and_the_price_charged_never_is() -> None:
    history, kept = (
        targets(country_inputs(name, 1917), YEARS)["price"] for name in ("as_it_was", "nep_kept")
    )

    assert {year for year, _ in history} == {*range(1917, 1921), *range(1924, 1941)}
    assert {year for year, _ in kept} == {*range(1917, 1921), *range(1924, 1928)}, "control ends"
    assert (history[1924, 1], history[1924, 4], history[1925, 1]) == (1.45, 1.45, 1.32)
    assert not any(series.startswith("price/") for series in GIVEN)
    assert not targets(country_inputs("as_it_was"), YEARS[4:], ("rules.scissors",))


def test_the_price_charged_goes_to_that_of_the_state_as_the_book_says() -> None:
    inputs, found = country_inputs("as_it_was", 1917), real(run())
    path = targets(inputs, YEARS)["price"]
    speed = model_parameters()[TARGETS["price"].speed]

    for year in (1924, 1927, 1929):
        for quarter in (2, 3, 4):
            before, now = (found[f"price/{each}"][year] for each in (quarter - 1, quarter))
            goal = path[year, quarter]
            assert now == pytest.approx(before * (goal / before) ** speed)


def test_the_price_of_the_state_stands_beside_the_price_charged() -> None:
    chapter = next(s for s in read(book()).all("section") if s.attributes["id"] == "prices")
    listing = chapter.all("table")[0]
    heads = [head.text for head in listing.one("thead").all("th")]
    rows = {row.all("th")[0].text: [cell.text for cell in row.all("td")]
            for row in listing.one("tbody").all("tr")}  # fmt: skip
    charged, state = (
        heads.index(f"As it was: {name}") - 1 for name in ("charged", "price of the state, given")
    )

    for time, given, found in (("1920 q4", "1", "1"), ("1923 q4", "–", "2.58"),
                               ("1924 q2", "1.45", "1.51"), ("1926 q1", "1.3", "1.3")):  # fmt: skip
        assert float(rows[time][charged]) == pytest.approx(float(found), abs=0.011)
        assert rows[time][state] == given
    assert "goes 74 per cent of the way to it in a quarter" in unescape(chapter.text)


def test_sizes_of_collective_farms_are_given_from_the_drive_on() -> None:
    inputs = (country_inputs(name) for name in ("as_it_was", "nep_kept"))
    drive, kept = (given_years(each, range(1921, 1941))["kolkhoz/size"] for each in inputs)

    assert drive == frozenset(range(1929, 1941))
    assert kept == frozenset()


def test_coordination_is_given_to_1920_and_found_after_it() -> None:
    chapter = next(s for s in read(book()).all("section") if s.attributes["id"] == "collapse")
    title = say("country.measure.coordination")
    panel = next(p for p in chapter.all("div", "panel") if p.one("h3").text == title)
    listing = next(t for t in chapter.all("table") if t.one("caption").text.startswith(title))
    rows = {row.all("th")[0].text: [cell.text for cell in row.all("td")]
            for row in listing.one("tbody").all("tr")}  # fmt: skip

    assert len(panel.all("g", "k-given")) == 1
    assert panel.all("g", "r-a")
    heads = [head.text for head in listing.one("thead").all("th")]
    assert heads[1:] == [say("runbook.given.all"), "As it was", "NEP kept"]
    for year in range(1917, 1929):
        given, *found = rows[str(year)]
        assert (given == "–") == (year > 1920)
        assert [each == "–" for each in found] == [year <= 1920] * 2


def drawn_as_given(figure: Node) -> bool:
    return any("twin" in path.classes for svg in figure.all("svg")
               if svg.attributes.get("role") == "img" for path in svg.all("path"))  # fmt: skip


def test_every_figure_with_something_given_says_so_in_key_and_table_and_no_other_does() -> None:
    figures = read(book()).all("figure")
    key = say("runbook.key.given")
    given = [figure for figure in figures if drawn_as_given(figure)]

    assert len(given) > 6
    for figure in figures:
        in_key = any(key == item.text for ul in figure.all("ul", "key") for item in ul.all("li"))
        heads = [head.text for table in figure.all("table") for head in table.all("th")]
        in_table = any("iven" in head for head in heads)
        assert (in_key, in_table) == (drawn_as_given(figure),) * 2


def test_the_guide_says_what_given_is() -> None:
    guide = next(s for s in read(book()).all("section") if s.attributes["id"] == "guide")

    assert say("runbook.key.given") in [li.text for li in guide.all("ul", "key")[0].all("li")]
    assert "Given: put into the run and not found by it, a double line" in guide.text


def test_a_line_is_double_as_far_as_it_is_given_and_goes_on_from_there() -> None:
    flags = [True, True, False, False]
    drawn = str(paths("", [1, 2, 3, 4], [Stroke(0, [1.0, 2.0, 3.0, 2.0], given=flags)],
                      Axis(MINI, 3.0)))  # fmt: skip
    lines = re.findall(r'<path class="ln( twin)?" d="M([^"]+)"', drawn)

    assert [bool(twin) for twin, _ in lines] == [True, False]
    assert [len(d.split("L")) for _, d in lines] == [2, 3]
    assert lines[0][1].split("L")[-1] == lines[1][1].split("L")[0]


def test_a_headline_over_what_is_given_names_no_regime() -> None:
    words = unescape(book())
    finding = re.search(r"<strong>(Exports, at most: [^<]+)</strong>", words)

    assert finding is not None
    assert "given to all regimes" in finding[1]
    assert "under" not in finding[1]


def test_no_book_from_1917_speaks_of_the_base_of_one_from_1921() -> None:
    assert book().count("1928 as it was = 100") == 0
    assert book().count("made in 1928 of as it was, run from 1921, = 100") >= 3
