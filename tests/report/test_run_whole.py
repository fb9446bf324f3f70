"""The whole economy, shops, stocks, trade and history in the plan book of a run."""

from dataclasses import replace

from tests.report import runs
from tests.report.books import words
from tests.report.page import read
from tests.report.runbooks import chapter, columns, page, path, run, section, tabled, value

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Kind
from sovplan.report.runbook import run_book


def test_the_whole_economy_is_that_of_the_points() -> None:
    of, whole = run("two regimes"), chapter("two regimes", "whole")
    kinds: list[tuple[str, str, Kind, float]] = [
        ("Output at the prices", "output_worth", "real", 1.0),
        ("Plan kept, real", "plan_kept", "real", 100.0),
        ("Plan kept, reported", "plan_kept", "reported", 100.0),
        ("Reported less real", "overstated", "real", 100.0),
        ("Built in", "investment_share", "real", 100.0),
        ("Made but not used", "unused", "real", 100.0),
        ("Capacity not declared", "hidden", "real", 100.0),
        ("Hours worked of those there are: work", "labour/work", "real", 100.0),
        ("Foreign debt", "debt", "real", 1.0),
    ]

    for caption, series, kind, scale in kinds:
        expected = [path(of, c.name, series, kind, scale) for c in of.courses]
        assert columns(whole, caption)[1:] == expected
    finding = words(whole.one("strong").text)
    for course, label in zip(of.courses, ("North", "South"), strict=True):
        worth = of.values(course.name, "output_worth", "real")
        first, last = worth[of.years[0]], worth[of.years[-1]]
        said = f"under {label} {figure(last)} hours, {percent(last / first)} of 1950"
        assert words(said) in finding


def test_debt_is_a_panel_only_where_anything_is_owed() -> None:
    old = run("two regimes")
    points = tuple(replace(p, value=0.0) if p.series == "debt" else p for p in old.points)
    free = words(section(read(run_book(replace(old, points=points))), "whole").text)

    assert "No foreign debt in any year under North and South." in free
    assert "Foreign debt" not in free
    assert "Foreign debt" in words(chapter("two regimes", "whole").text)


def test_what_was_short_and_what_it_cost_are_those_of_the_points() -> None:
    of, supply = run("two regimes"), chapter("two regimes", "supply")

    for good in runs.GOODS:
        short = [path(of, c.name, f"shortage/{good}", "real", 100.0) for c in of.courses]
        assert columns(supply, f"{good.title()}: share missing")[1:] == short
        price = [path(of, c.name, f"price/{good}") for c in of.courses]
        assert columns(supply, f"{good.title()}: price in open shops")[1:] == price
    found = [words(node.text) for node in supply.all("strong")]
    most = words(percent(value(of, "south", "shortage/tools", of.years[-1])))
    assert f"under North nothing; under South 2 of 2 goods, most Tools ({most})" in found[0]
    assert "under North 2 of 2 rose and 0 fell; under South 0 of 2 rose and 2 fell" in found[1]


def test_nothing_is_short_where_nothing_is_missing() -> None:
    old = run("two regimes")
    points = tuple(
        replace(p, value=0.0) if p.series.startswith("shortage/") else p for p in old.points
    )
    supply = section(read(run_book(replace(old, points=points))), "supply")

    assert words(say("runbook.short.nothing")) in words(supply.text)


def test_consumption_stocks_and_trade_are_those_of_the_last_year() -> None:
    of, supply = run("two regimes"), chapter("two regimes", "supply")
    last = of.years[-1]
    heads: list[tuple[str, tuple[tuple[str, Kind], ...]]] = [
        ("People’s consumption", (("consumption", "planned"), ("consumption", "real"))),
        ("Stocks at the end", (("stock", "real"), ("stock", "reported"))),
    ]

    for caption, pairs in heads:
        rows = tabled(supply, caption)
        for row, good in zip(rows[1:], runs.GOODS, strict=True):
            expected = [value(of, c.name, f"{name}/{good}", last, kind)
                        for c in of.courses for name, kind in pairs]  # fmt: skip
            assert row[1:] == [words(figure(v)) for v in expected]
    (tools,) = tabled(supply, "Trade of")[1:]
    assert tools[1:] == ["3", "0", "3", "0"]


def test_historical_series_name_their_sources() -> None:
    old = run("two regimes")
    early = {year: year - 20 for year in old.years}
    courses = tuple(
        replace(
            course,
            institutions={early[y]: value for y, value in course.institutions.items()},
            adopted={early[y]: draft for y, draft in course.adopted.items()},
        )
        for course in old.courses
    )
    points = tuple(replace(point, year=early[point.year]) for point in old.points)
    scenario = replace(old.scenario, economy="ussr-1928")
    book = read(run_book(replace(old, scenario=scenario, courses=courses, points=points)))

    source = words(book.all("figure")[0].all("p", "source")[0].text)
    assert "History: Wheatcroft, S. G.; Davies, R. W. 1994." in source
    rows = tabled(section(book, "sources"), "Historical series in this book")
    assert [row[0] for row in rows[1:]] == ["Grain", *["Consumption per head"] * (len(rows) - 2)]
    assert rows[1][3] == "printed"
    unnamed = words(page("two regimes").all("figure")[0].text)
    assert words(say("runbook.past.unnamed")) in unnamed
