"""Results of runs of the country that are typed by hand, in the manual and in the book, are so."""

import re
from functools import cache
from pathlib import Path

import pytest
from tools import told_luck, told_page

from sovplan.foundation.words import say
from sovplan.history.past import pasts
from sovplan.lab.collapse import from_1917, starts
from sovplan.lab.country import as_it_was
from sovplan.lab.runs import prepared, run_all, run_of
from sovplan.lab.switches import STATED, Effects, effects, effects_of
from sovplan.lab.validate import as_shipped
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.year import Quarter, run_nation

DOCS = Path(__file__).resolve().parents[2] / "docs"
LOWER = "quotas of 1930-33 lower by 15 %"


def told(text: str, pattern: str) -> list[float]:
    """Return the numbers of a sentence, whatever its line breaks."""
    found = re.search(pattern, " ".join(text.split()))
    assert found is not None, f"it no longer says: {pattern}"
    return [float(each.replace(",", "")) for each in found.groups()]


@cache
def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@cache
def second_coding() -> Effects:
    inputs = country_inputs("second_coding")
    return effects_of(run_nation(inputs, model_parameters()), inputs)


# ---- docs/do/country.md --------------------------------------------------------------------------


def test_the_two_runs_join_as_badly_as_the_manual_says() -> None:
    text = page("do/country.md")
    herd, horses, store = (starts()[name] for name in ("herd", "horses", "grain_store"))

    assert "herd is half again as large as" in " ".join(text.split())
    assert herd[0] / herd[1] == pytest.approx(1.5, abs=0.05)
    assert "horses are two fifths more, and the store of grain is empty" in " ".join(text.split())
    assert horses[0] / horses[1] == pytest.approx(1.4, abs=0.05)
    assert store[0] == 0.0
    (famine, printed) = told(text, r"comes out at (\d+) million where about (\d+) are estimated")
    assert famine == round(from_1917()["excess_deaths"][1921])
    assert printed == round(printed_of("excess_deaths", 1921))
    (model, history) = told(text, r"product a head of 1918 at (\d+) where (\d+) was printed")
    assert model == round(from_1917()["product_head"][1918])
    assert history == round(printed_of("product_head", 1918))
    assert from_1917()["product"][1928] > 100.0  # "its own 1928 lies above that"


def printed_of(measure: str, year: int) -> float:
    return next(past.values()[year] for past in pasts()[measure] if year in past.values())


def test_deaths_of_the_decade_reach_as_far_as_the_manual_says() -> None:
    least, most = told(
        page("do/country.md"),
        r"from (\d+) million over the decade in that case to (\d+) in the",
    )
    assert least == round(effects(LOWER).excess)
    assert most == round(second_coding().excess)


def test_workplaces_are_as_many_as_the_manual_says() -> None:
    (rows,) = told(page("do/country.md"), r"some ([\d,]+) are given targets")
    assert f"{rows:,.0f}" == told_luck.told()["works_rows"]


# ---- the book ------------------------------------------------------------------------------------


def test_the_book_warns_of_deaths_with_the_numbers_of_the_model() -> None:
    assert LOWER in {case.name for case in STATED}
    usual, lower = told(
        say("country.hunger.warning", edge=4, count=6),
        r"lower by 15 per cent in 1930-33 brings the deaths of the decade from (\d+) to (\d+)",
    )
    assert usual == round(effects().excess)
    assert lower == round(effects(LOWER).excess)


# ---- what pages say in words ---------------------------------------------------------------------


def real(name: str, year: int) -> float:
    return told_page.run().values("as_it_was", name, "real")[year]


def test_shortage_of_towns_is_nought_when_the_manual_says_so() -> None:
    text = " ".join(page("understand/persons.md").split())
    assert "shortage of towns, which is nought in 1923-25 and in 1929-30" in text
    nought = {year for year in range(1921, 1931) if real("town_short", year) < 0.5}
    assert nought == {1923, 1924, 1925, 1929, 1930}


def test_unrest_is_most_when_the_manual_says_so() -> None:
    text = " ".join(page("understand/village.md").split())
    assert "disturbances (R39 on one national mean of force), which are most in 1929" in text
    assert max(range(1921, 1941), key=lambda year: real("riots", year)) == 1929


def why(pattern: str) -> str:
    """Return what the page of patterns says of one that is missed."""
    line = re.search(rf"^- \*\*{pattern}\*\*: (.*)$", page("understand/patterns.md"), re.M)
    assert line is not None
    return line[1]


def in_year(year: int) -> list[Quarter]:
    return [each for each in as_it_was() if each.year == year]


def test_what_is_said_of_patterns_that_are_missed_is_so() -> None:
    riots = [sum(each.nation["riots"] for each in in_year(year)) for year in (1929, 1930)]
    told_of = why("V17")
    peak, after = told(told_of, r"more in 1929 \((\d+)\) than in 1930 \((\d+)\)")
    assert [peak, after] == [round(each, -1) for each in riots]
    outside = [100.0 * (1.0 - in_year(1929)[at].nation["collectivised"]) for at in (2, 3)]
    autumn, then = told(told_of, r"autumn \((\d+) %\) than in the quarter itself \((\d+) %\)")
    assert [autumn, then] == [round(each) for each in outside]
    assert "0.47, acts" in told_of
    assert in_year(1929)[3].nation["coll_pressure_announced"] == 0.47
    (start,) = told(why("V14"), r"starts 1921 with ([\d.]+) million")
    assert start == country_inputs().start["horses"].value


def test_procurement_that_is_missed_is_as_the_page_says() -> None:
    text = why("V09")
    model, counted, quota = told(
        text,
        r"1929/30 alone: ([\d.]+) for ([\d.]+) million tonnes. The quota of that year is ([\d.]+) ",
    )
    (found,) = [each for each in as_shipped() if each.pattern.id == "V09"]
    (scored,) = [each for each in found.points if each.point.label == "1929/30"]
    assert scored.model is not None
    assert scored.point.target is not None
    assert [model, counted] == [round(scored.model, 1), round(scored.point.target, 1)]
    assert quota == in_year(1929)[3].nation["quota_share"]


def test_what_is_said_of_switches_is_so() -> None:
    famine = told(page("look-up/switches.md"), r"so its 6.1 million are ([\d.]+) here")
    assert famine == [round(effects().famine, 1)]
    known = model_parameters()
    best = told(page("look-up/switches.md"), r"their best is at ([\d.]+) times capacity")
    assert best == [round(1.0 + known["t_a"] / (2.0 * known["t_b"]), 2)]


def test_a_village_beside_a_plan_comes_to_what_the_manual_says() -> None:
    tasks = prepared("ussr-1928-village", ["command_1929"], years=4, people=200)
    run = run_of(tasks, run_all(tasks))
    text = page("do/run.md")

    (harvest,) = told(text, r"harvest of 1932 is about (\d+) million tonnes")
    assert harvest == pytest.approx(
        run.values("command_1929", "output/grain", "real")[1932], rel=0.1
    )
    least, most = told(text, r"build few tractors, (\d+) to (\d+) thousand a year where")
    made = run.values("command_1929", "output/tractors", "real").values()
    assert all(least <= each <= most for each in made)
