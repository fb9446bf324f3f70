"""The plan book of a run: whole, closed, true on its first screen, and blind to names."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.report import runs
from tests.report.books import words
from tests.report.page import read
from tests.report.runbooks import (
    CASES,
    NAMES,
    columns,
    lead,
    mean,
    page,
    path,
    run,
    tabled,
    value,
)

from sovplan.foundation.numbers import figure, percent
from sovplan.records.run import Event, Kind, Run
from sovplan.report.run_series import seen
from sovplan.report.runbook import run_book

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HOSTILE = "</style><script>alert(1)</script>\"' onerror=&lt; {name}"


# ---- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_book_asks_nothing_of_the_network(name: str) -> None:
    for node in page(name).walk():
        assert node.tag not in {"link", "img", "iframe", "object", "base", "form"}
        for key in ("src", "href", "action", "data"):
            assert node.attributes.get(key, "#").startswith("#")
    places = re.findall(r"url\(([^)]*)\)", page(name).one("style").text)
    assert places
    assert all(place.startswith('"data:font/woff2;base64,') for place in places)


@pytest.mark.parametrize("name", NAMES)
def test_headings_go_down_one_step_at_a_time_and_ids_are_unique(name: str) -> None:
    nodes = list(page(name).walk())

    levels = [int(node.tag[1]) for node in nodes if node.tag in HEADINGS]
    ids = Counter(node.attributes["id"] for node in nodes if "id" in node.attributes)
    links = {a.attributes["href"].removeprefix("#") for a in page(name).all("a")}
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert set(ids.values()) == {1}
    assert links <= set(ids)
    assert 'fill="url(#hatch)"' not in run_book(run(name)) or ids["hatch"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_finding_a_source_and_its_table(name: str) -> None:
    for drawn in page(name).all("figure"):
        assert words(drawn.one("strong").text)
        assert drawn.all("p", "source")
        assert drawn.one("details").all("table")
        for svg in drawn.all("svg"):
            named = svg.attributes.get("aria-hidden") == "true" or svg.attributes["aria-label"]
            assert named


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_left_open_and_no_section_is_empty(name: str) -> None:
    whole = page(name)

    for text in whole.one("main").texts():
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b|\{[a-z_]+\}", text), text
    for each in whole.all("section"):
        assert len(words(each.text)) > len(words(each.all("h2")[0].text))


def test_the_same_run_gives_the_same_text() -> None:
    assert run_book(run("two regimes")) == run_book(runs.made(**CASES["two regimes"]))


def test_nothing_in_a_run_becomes_markup() -> None:
    tame, plain = run("two regimes"), page("two regimes")
    courses = tuple(replace(c, title=f"{c.title} {HOSTILE}", summary=HOSTILE) for c in tame.courses)
    groups = tuple(replace(g, title=f"{g.title} {HOSTILE}") for g in tame.scenario.groups)
    scenario = replace(tame.scenario, title=HOSTILE, people_unit=HOSTILE, groups=groups)
    points = tuple(replace(point, unit=HOSTILE) for point in tame.points)
    events = tuple(replace(event, text=HOSTILE, rule=HOSTILE) for event in tame.events)
    wild = read(run_book(replace(
        tame, scenario=scenario, courses=courses, points=points, events=events
    ), command=HOSTILE, digests={HOSTILE: HOSTILE}))  # fmt: skip

    assert len(wild.all("script")) == len(plain.all("script")) == 1
    assert {n.tag for n in wild.walk()} <= {n.tag for n in plain.walk()}
    assert HOSTILE in words(wild.text)


# ---- names ---------------------------------------------------------------------------------------


def test_the_book_knows_nothing_of_the_names_of_regimes() -> None:
    new = {"north": "aaaaa", "south": "bbbbb", "North": "Aaaaa", "South": "Bbbbb"}

    def renamed(text: str) -> str:
        return re.sub("|".join(new), lambda found: new[found.group()], text)

    old = run("two regimes")
    courses = tuple(
        replace(c, name=renamed(c.name), title=renamed(c.title), summary=renamed(c.summary))
        for c in old.courses
    )
    points = tuple(replace(point, regime=renamed(point.regime)) for point in old.points)
    events = tuple(Event(renamed(e.regime), e.year, e.rule, renamed(e.text)) for e in old.events)
    scenario = replace(old.scenario, regimes=tuple(map(renamed, old.scenario.regimes)))
    book = run_book(Run(scenario, old.seed, courses, points, events))

    assert book == renamed(run_book(old))


def test_regimes_with_the_same_short_title_are_told_apart() -> None:
    old = run("two regimes")
    alike = replace(old, courses=tuple(replace(c, title="Same: other") for c in old.courses))

    assert list(seen(alike).labels.values()) == ["north", "south"]


# ---- the first screen ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two regimes", "reversed", "three regimes", "own start"])
def test_the_sentence_says_what_the_points_say_of_each_regime_alike(name: str) -> None:
    of = run(name)
    said = lead(name).rstrip(".").split("; ")

    assert len(said) == len(of.courses) + 1
    for course, clause in zip(of.courses, said, strict=False):
        kept = mean(list(of.values(course.name, "plan_kept", "real").values()))
        lie = mean(list(of.values(course.name, "overstated", "real").values()))
        base = "people/consumption" if name == "own start" else "people/level"
        index = of.values(course.name, base, "real")
        assert words(f"made {percent(round(kept, 3))} of what was planned") in clause
        over = percent(abs(round(lie, 3)))
        assert words(f"reported {over} {'more' if lie > 0 else 'less'}") in clause
        assert words(percent(round(index[of.years[-1]], 3))) in clause
        least = min(index, key=lambda year: (index[year], year))
        if least != of.years[-1]:
            assert words(f"{percent(round(index[least], 3))} at worst ({least})") in clause
        else:
            assert "the worst year" in clause
        assert ("least needs" in clause) == (name != "own start")


def test_the_worst_year_is_named_wherever_it_lies() -> None:
    old = run("two regimes")
    points = tuple(
        replace(p, value=0.123) if (p.regime, p.series, p.year) == ("north", "people/level", 1953)
        else p for p in old.points
    )  # fmt: skip
    whole = read(run_book(replace(old, points=points)))

    said = words(whole.one("p", "lead").text).split("; ")
    assert words(f"{percent(0.123)} at worst (1953)") in said[0]
    assert "In 1953;" in words(whole.one("div", "first").text)


def test_the_sentence_ends_with_who_made_most_whoever_it_is() -> None:
    end, turned = (lead(name).rsplit("; ", 1)[1] for name in ("two regimes", "reversed"))

    assert end == "of 2 goods in 1955, North made most of 2, South made most of 0."
    assert turned == "of 2 goods in 1955, North made most of 0, South made most of 2."
    assert "most of" not in lead("one year")


def test_a_good_that_one_regime_alone_makes_is_made_most_there() -> None:
    old = run("two regimes")
    points = tuple(
        replace(p, value=0.0) if (p.regime, p.series) == ("north", "output/tools") else p
        for p in old.points
    )
    said = words(read(run_book(replace(old, points=points))).one("p", "lead").text)

    assert "North made most of 1, South made most of 1" in said


def test_the_sentence_turns_with_the_numbers() -> None:
    said, turned = lead("two regimes").split("; "), lead("reversed").split("; ")

    assert "the worst year" not in said[0]
    assert "the worst year" in said[1]
    assert "the worst year" in turned[0]
    assert "the worst year" not in turned[1]


@pytest.mark.parametrize("name", ["two regimes", "three regimes", "own start"])
def test_each_number_of_the_first_screen_is_that_of_the_points(name: str) -> None:
    of, whole = run(name), page(name)
    base = "people/consumption" if name == "own start" else "people/level"

    numbers = [words(n.text) for n in whole.all("span", "big")]
    kept = [percent(round(mean(list(of.values(c.name, "plan_kept", "real").values())), 3))
            for c in of.courses]  # fmt: skip
    lies = [percent(round(mean(list(of.values(c.name, "overstated", "real").values())), 3))
            for c in of.courses]  # fmt: skip
    least = [figure(100 * min(of.values(c.name, base, "real").values())) for c in of.courses]
    assert numbers == [words(text) for text in (*kept, *lies, *least)]
    first = whole.one("div", "first")
    assert words(first.text).count(f"No band: one run, seed {of.seed}.") == 1


def test_what_people_had_stands_in_the_first_figure_with_the_sources_that_disagree() -> None:
    of, drawn = run("two regimes"), page("two regimes").all("figure")[0]
    had = columns(drawn, "Consumption per head of all people")
    told = columns(drawn, "Consumption per head as others reckoned it")

    assert had[1:] == [path(of, name, "people/level", "real", 100.0) for name in ("north", "south")]
    assert told[1:] == [
        path(of, "", f"people/printed{end}", "historical", 100.0) for end in ("", "/other")
    ]
    assert "Consumption per head, 1949 = 100." in words(drawn.text)
    labels = [words(t.text) for t in drawn.all("text", "lbl")]
    assert [t for t in labels if t.startswith("or ")] == ["or 81.6 (1952)"]


def test_no_panel_of_what_people_had_has_points_on_another_base() -> None:
    panels = page("two regimes").all("figure")[0].all("svg")
    (printed,) = [p for p in panels if p.attributes.get("aria-label", "").startswith(
        "Consumption per head as others reckoned it")]  # fmt: skip
    had = [p for p in panels if "least needs of a head" in p.attributes.get("aria-label", "")]

    assert len(had) == 2
    assert all("k-historical" not in kind for p in had for g in p.all("g") for kind in g.classes)
    assert {kind for g in printed.all("g") for kind in g.classes} >= {"k-historical"}


def test_a_third_regime_has_a_colour_of_its_own() -> None:
    classes = Counter(kind for g in page("three regimes").walk() for kind in g.classes)

    assert classes["r-c"] > 0
    assert classes["three-up"] == 2


def test_the_figure_has_plan_report_truth_and_history_of_one_good() -> None:
    of, whole = run("two regimes"), page("two regimes")
    rows = tabled(whole.all("figure")[0], "Grain: output")

    kinds: tuple[Kind, ...] = ("planned", "reported", "real")
    for row in rows[1:]:
        year = int(row[0])
        expected = [value(of, c.name, "output/grain", year, k) for c in of.courses for k in kinds]
        past = of.values("", "output/grain", "historical").get(year)
        assert row[1:] == [words(figure(v)) for v in (*expected, past if past else float("nan"))]
    classes = Counter(kind for g in whole.all("figure")[0].all("g") for kind in g.classes)
    assert classes["k-historical"] > 0
    assert classes["k-plan"] > 0


def test_no_history_is_drawn_where_there_is_none() -> None:
    book = run_book(run("one year"))

    assert '<g class="k-historical">' not in book
    assert "guest" not in words(page("one year").one("main").text)
