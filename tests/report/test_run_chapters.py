"""The sections of the plan book of a run, held against the points and papers they are made of."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from tests.report import runs
from tests.report.books import words
from tests.report.page import read
from tests.report.runbooks import chapter, columns, path, run, section, tabled, value

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.ranged import PROVENANCES
from sovplan.records.run import Event, Kind
from sovplan.regimes.regime import read_regime
from sovplan.report.run_bound import bindings_of, lacks, middle_year, slender
from sovplan.report.run_flows import first_year
from sovplan.report.run_found import most_false
from sovplan.report.run_hero import chosen_good
from sovplan.report.run_series import seen
from sovplan.report.run_sources import provenances
from sovplan.report.runbook import run_book

KINDS: tuple[Kind, ...] = ("planned", "reported", "real")


def test_who_decides_follows_from_values_and_not_from_the_place() -> None:
    rows = tabled(chapter("two regimes", "who"), "Who takes each step")
    turned = run("two regimes")
    first, second = turned.courses
    swapped = replace(turned, courses=(
        replace(first, institutions=second.institutions),
        replace(second, institutions=first.institutions),
    ))  # fmt: skip
    other = tabled(section(read(run_book(swapped)), "who"), "Who takes each step")

    assert say("runbook.decide.imposed") == rows[3][2] == other[3][1]
    assert "Schulze" in rows[3][1]
    assert [row[1:3] for row in rows[2:]] == [row[2:0:-1] for row in other[2:]]


def test_what_changed_is_listed_and_what_did_not_is_said() -> None:
    who = chapter("two regimes", "who")

    assert "Nothing changed under North." in words(who.text)
    assert tabled(who, "South: institutions that changed")[1] == [
        "1952", say("runbook.institution.police_power"), "0.2", "0.9",
    ]  # fmt: skip


def test_votes_are_those_of_the_points() -> None:
    of, votes = run("two regimes"), chapter("two regimes", "votes")
    rows = tabled(votes, "North")
    drafts = ("consumption", "building")

    for row in rows[1:]:
        shares = [value(of, "north", f"votes/{d}", int(row[0])) for d in drafts]
        assert row[2:] == [words(percent(share)) for share in shares]
    same = sum(of.values("north", "votes/consumption", "real")[y] >= 0.5 for y in of.years)
    assert f"In {same} of {len(of.years)} years" in words(votes.text)
    assert "Nobody voted" in words(votes.text)


def test_results_stand_beside_their_plans() -> None:
    of, goods = run("two regimes"), chapter("two regimes", "goods")
    year = of.years[-1]

    for course, label in zip(of.courses, ("North", "South"), strict=True):
        rows = tabled(goods, f"{label}: plan and result")
        for row, good in zip(rows[1:], runs.GOODS, strict=True):
            plan, said, so = (
                value(of, course.name, f"output/{good}", year, kind) for kind in KINDS
            )
            expected = [figure(plan), figure(said), figure(so), percent(so / plan)]
            assert row[1:] == [words(text) for text in expected]
    (drawn,) = [svg for svg in goods.all("svg") if "North as per cent" in
                svg.attributes.get("aria-label", "")]  # fmt: skip
    shares = {
        100 * value(of, "north", f"output/{g}", year)
        / value(of, "north", f"output/{g}", year, "planned") for g in runs.GOODS
    }  # fmt: skip
    assert {words(t.text) for t in drawn.all("text", "tb")} >= {figure(share) for share in shares}


@pytest.mark.parametrize(("name", "best"), [("two regimes", "North"), ("reversed", "South")])
def test_who_made_most_is_read_off_the_numbers(name: str, best: str) -> None:
    finding = words(chapter(name, "goods").all("strong")[1].text)

    assert f"{best} made most of 2" in finding
    assert finding.count("made most of none") == 1


def test_what_bound_is_that_of_the_adopted_plan_of_the_middle_year() -> None:
    of, bound = run("two regimes"), chapter("two regimes", "bound")
    year = middle_year(seen(of))
    north, south = (course.adopted[year] for course in of.courses)

    rows = tabled(bound, "North: what bound")
    expected = [words(figure(b.saved)) for b in bindings_of(north, year)][:8]
    assert [row[1] for row in rows[1:]] == expected
    assert expected
    assert south.hours is None
    assert [row[1] for row in tabled(bound, "South: what")[1:]] == [
        words(percent(share)) for _, share in lacks(south)
    ]
    assert words(say("runbook.bound.unpriced")) in words(bound.text)


@pytest.mark.parametrize("name", ["two regimes", "reversed", "three regimes"])
def test_squares_can_be_counted(name: str) -> None:
    of, found = run(name), chapter(name, "found")
    year = most_false(seen(of))

    for course, panel in zip(of.courses, found.all("div", "panel"), strict=True):
        drawn = Counter(
            kind for rect in panel.all("rect") for kind in rect.classes & {"bar", "ring", "x"}
        )
        states = {"bar": "found", "ring": "missed", "x": "accused"}
        for kind, state in states.items():
            assert drawn[kind] == value(of, course.name, f"returns/{state}", year)


def test_a_square_stands_for_several_where_there_are_too_many() -> None:
    of = run("two regimes")
    points = tuple(
        replace(p, value=100 * p.value) if p.series.startswith("returns/") else p for p in of.points
    )
    found = section(read(run_book(replace(of, points=points))), "found")

    second = words(found.one("figcaption").text)
    each = int(re.findall(r"One square is (\d+) returns", second)[0])
    assert each > 1
    most = max(len(panel.all("rect")) for panel in found.all("div", "panel"))
    assert 100 < most <= 12 * 18 + 2


def test_people_are_those_of_the_points_group_by_group() -> None:
    of, people = run("two regimes"), chapter("two regimes", "people")
    last = of.years[-1]
    ends = tabled(people, "Each group")

    for group in runs.GROUPS:
        for caption, series, scale in (
            ("consumption per head", "level", 100.0),
            ("least needs covered", "needs", 100.0),
            ("hours a person in queues", "queue", 1.0),
            ("pay of a head", "pay", 1.0),
            ("consumption from closed shops", "privileged", 100.0),
        ):
            found = columns(people, f"{group.title()}: {caption}")[1:]
            of_all = [path(of, c.name, f"people/{series}/{group}", "real", scale)
                      for c in of.courses]  # fmt: skip
            assert found == of_all
    shares = {"level", "consumption", "needs", "privileged"}
    for place, series in enumerate(
        ("number", "level", "consumption", "needs", "queue", "pay", "privileged"), 2
    ):
        write = percent if series in shares else figure
        expected = [write(value(of, c.name, f"people/{series}/{g}", last))
                    for g in runs.GROUPS for c in of.courses]  # fmt: skip
        assert [row[place] for row in ends[1:]] == [words(text) for text in expected]


@pytest.mark.parametrize("name", ["two regimes", "reversed"])
def test_who_had_most_and_least_is_read_off_the_numbers(name: str) -> None:
    of = run(name)
    said = words(chapter(name, "people").all("strong")[0].text).split("; ")

    for course, clause in zip(of.courses, said, strict=True):
        last = of.years[-1]
        ends = [value(of, course.name, f"people/level/{g}", last) for g in runs.GROUPS]
        assert f"Clerks most ({words(figure(100 * max(ends)))})" in clause
        assert f"Farmers least ({words(figure(100 * min(ends)))})" in clause


def test_groups_are_compared_in_level_only_where_the_run_holds_a_common_scale() -> None:
    said = words(chapter("own start", "people").all("figcaption")[0].text)

    assert "against their own start" in said
    assert "cannot be compared in level" in said
    assert "the same for all groups and regimes" in words(
        chapter("two regimes", "people").all("figcaption")[0].text)  # fmt: skip


def test_needs_queues_and_closed_shops_are_said_as_the_numbers_have_them() -> None:
    of, people = run("two regimes"), chapter("two regimes", "people")
    found = {words(node.text).split(" in ")[0]: words(node.text) for node in people.all("strong")}

    queues = [value(of, "north", f"people/queue/{g}", of.years[-1]) for g in runs.GROUPS]
    said = f"under North Farmers stood longest, {words(figure(max(queues)))} hours a person"
    assert said in found["Queues"]
    assert f"least of any group was {words(figure(min(queues)))}" in found["Queues"]
    assert "under North nobody was served apart" in found["Closed shops"]
    assert words(f"under South they gave Clerks {percent(0.3)} of") in found["Closed shops"]
    needs = words(percent(value(of, "south", "people/needs/smiths", of.years[-1])))
    assert f"under South: {needs} for all groups" in found["Least needs covered"]


def test_groups_that_have_the_same_are_said_to_have_the_same() -> None:
    of = run("two regimes")
    points = tuple(
        replace(p, value=1.1) if p.series.startswith("people/level/") else p for p in of.points
    )
    people = section(read(run_book(replace(of, points=points))), "people")
    said = words(people.all("strong")[0].text)

    assert said.count("all the same (110)") == 2


def test_flows_are_those_of_the_first_year_of_the_last_plan() -> None:
    of, flows = run("two regimes"), chapter("two regimes", "flows")
    cut = first_year(of.courses[0].adopted[of.years[-1]])

    assert cut.years == (of.years[-1],)
    assert cut.plan is not None
    assert cut.plan.capacity.shape[1] == 2
    assert cut.plan.output.shape[1] == cut.plan.labour_used.shape[1] == 1
    assert f"Of 100 hours worked in {of.years[-1]}" in words(flows.text)
    assert words(say("runbook.flows.unpriced")) in words(flows.text)


def test_events_stand_in_their_year_and_with_their_regime() -> None:
    rows = tabled(chapter("two regimes", "events"), "Events by year")

    assert "A good harvest in the hills" in rows[1][1]
    assert "and 2 more" in rows[1][2]
    assert rows[-1][2] == "Grain ran short in the north"
    assert rows[-1][3] == "Grain ran short in the south"
    assert rows[3][2] == "–"
    assert rows[3][3] == "1 institution changes: see who decided what."
    every = tabled(chapter("two regimes", "events"), "Every event")
    assert len(every) - 1 == len(run("two regimes").events)


def test_what_happens_again_is_counted_and_not_told_again() -> None:
    old = run("two regimes")
    again = [Event("north", year, "R15", "Bread is short") for year in old.years]
    book = section(read(run_book(replace(old, events=(*old.events, *again)))), "events")
    rows = tabled(book, "Events by year")

    assert "Bread is short" in rows[1][2] or "more" in rows[1][2]
    assert [row[2] for row in rows[2:-1]] == ["As in the year before: Bread is short"] * 4


def test_rounding_is_shown_as_nothing_and_chooses_no_figure() -> None:
    old = run("two regimes")
    year = old.years[-1]
    points = tuple(
        replace(point, value=1e-15)
        if (point.regime, point.series, point.kind, point.year)
        == ("south", "output/tools", "real", year)
        else point
        for point in old.points
    )
    found = seen(replace(old, points=points))

    assert found.at("south", "output/tools", year) == 0.0
    assert found.at("south", "output/tools", year - 1) == seen(old).at(
        "south", "output/tools", year - 1
    )
    assert chosen_good(found) == chosen_good(seen(old))


def test_stocks_on_paper_far_above_those_in_store_are_spoken_of() -> None:
    old = run("two regimes")
    told = "at least half as much again on paper as in store"

    def supply(on_paper: float) -> str:
        points = [
            replace(
                point,
                value=on_paper if (point.regime, point.kind) == ("south", "reported") else 1.0,
            )
            if point.series == "stock/grain"
            else replace(point, value=1.0)
            if point.series.startswith("stock/")
            else point
            for point in old.points
        ]
        return words(section(read(run_book(replace(old, points=tuple(points)))), "supply").text)

    assert told not in supply(1.4)
    assert f"Under South 1 good has {told}: Grain (1.6 against 1 sacks)" in supply(1.6)
    assert f"Under South 1 good has {told}: Grain (40 against 1 sacks)" in supply(40.0)


def test_what_bound_in_each_year_is_the_first_of_that_years_plan() -> None:
    of, bound = run("two regimes"), chapter("two regimes", "bound")
    rows = tabled(bound, "What bound most in each year")

    for row, year in zip(rows[1:], of.years, strict=True):
        north, south = (course.adopted[year] for course in of.courses)
        assert (
            f"would save most, at most {words(figure(bindings_of(north, year)[0].saved))}" in row[1]
        )
        assert words(percent(lacks(south)[0][1])) in row[2]


def test_a_price_that_cannot_hold_for_one_per_cent_is_left_out() -> None:
    of = run("two regimes")
    year = middle_year(seen(of))
    draft = of.courses[0].adopted[year]
    firm = bindings_of(draft, year)
    assert draft.plan is not None
    work = float(draft.plan.labour_used.sum())
    steep = replace(draft, bindings=(replace(firm[0], saved=work), *draft.bindings))

    assert bindings_of(steep, year) == firm
    assert slender(steep, year) == slender(draft, year) + 1


@pytest.mark.parametrize(
    ("key", "said"),
    [("found", "runbook.found.none"), ("people", "runbook.people.none"),
     ("people", "runbook.queue.none"), ("votes", "runbook.votes.lost")],
)  # fmt: skip
def test_what_the_run_does_not_hold_is_said(key: str, said: str) -> None:
    assert words(say(said)) in words(chapter("bare", key).text)


def test_how_sure_the_values_are_is_counted_by_kind() -> None:
    regime = read_regime("command_1929")
    of = run("two regimes")
    known = replace(regime, name="north")
    counts = provenances(regime, range(1929, 1931))
    turned = replace(regime, articles=regime.articles[::-1])
    shown = section(read(run_book(of, regimes=[known])), "sources")

    first = {a.institution: a.provenance for a in regime.articles if a.since <= 1929}
    later = [a for a in regime.articles if a.since == 1930]
    assert sum(counts.values()) == len(first) + len(later)
    assert provenances(turned, range(1929, 1931)) == counts
    assert provenances(turned, [1931]) == provenances(regime, [1931])
    expected = provenances(known, of.years)
    assert tabled(shown, "Values of institutions")[1] == [
        "North", *(str(expected[kind]) for kind in PROVENANCES),
    ]  # fmt: skip
    assert words(say("runbook.sources.no_articles")) in words(chapter("bare", "sources").text)


def test_only_regimes_in_which_people_vote_are_said_never_to_have_been() -> None:
    said = words(chapter("two regimes", "sources").text)

    assert "What is said of North rests on programmes" in said


def test_the_command_and_the_digests_can_be_copied() -> None:
    codes = [node.text for node in chapter("two regimes", "machines").all("code")]

    assert codes[0] == "sovplan run a&b"
    assert "sha256:00" in codes
