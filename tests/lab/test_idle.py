"""Parameters that are set and reach nothing: told from declarations, and true."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.cli.country import idle_remarks
from sovplan.lab import folding
from sovplan.lab.country import country_run, prepared_country
from sovplan.lab.folding import reaching
from sovplan.lab.idle import idle
from sovplan.lab.readers import read_outside, readers
from sovplan.regimes.countries import COUNTRY_REGIMES
from sovplan.regimes.model import model_parameter_table
from sovplan.report.country_book import changed, country_book
from tests.society.nation.test_anywhere import within

SOURCES = Path(folding.__file__).parent.parent
ABOUT = {each.name: each for each in model_parameter_table()}
SETTABLE = tuple(name for name in readers() if name in ABOUT)


def remarks(values: Mapping[str, float], *regimes: str, off: tuple[str, ...] = ()) -> list[str]:
    return idle_remarks(prepared_country("ussr-1921", regimes, off=off, parameters=values))


def silent(name: str, regime: str, first: str = "ussr-1921", off: tuple[str, ...] = ()) -> bool:
    task = prepared_country(first, [regime], off=off)[0]
    return bool(idle(name, task.scenario, task.regime))


# ---- what is told --------------------------------------------------------------------------------


def test_who_reads_it_and_why_it_reaches_nothing_is_told() -> None:
    (said,) = remarks({"plan_dissolution": 0.3}, "as_it_was")
    assert said == (
        "`plan_dissolution` moves no number of this run: rule R02 (dissolution) reads it and makes "
        "nothing of it, since `plan_abolished` is 0 in all years."
    )


def test_regimes_in_which_it_reaches_nothing_are_named() -> None:
    (said,) = remarks({"herd_max_k": 75.0}, "as_it_was", "nep_kept")
    assert said.startswith("`herd_max_k` moves no number under `nep_kept`: rule R23 (herd) reads")


def test_a_rule_that_is_turned_off_is_named_with_its_switch() -> None:
    assert remarks({"storm": 0.1}, "as_it_was") == []
    (said,) = remarks({"storm": 0.1}, "as_it_was", off=("rules.haste",))
    assert said.endswith("rule R05 (haste) reads it and is turned off (`rules.haste`).")


def test_of_two_causes_that_are_each_enough_both_are_named() -> None:
    (said,) = remarks({"plan_dissolution": 0.3}, "as_it_was", off=("rules.dissolution",))
    assert said.endswith(
        "is turned off (`rules.dissolution`); turned on, it would make nothing of it either, since "
        "`plan_abolished` is 0 in all years."
    )
    (said,) = remarks({"mig_forced": 1.0}, "nep_kept")
    assert said.endswith(
        "makes nothing of it, since `migration_force` is 0 in all years and `coll_force` is 0 in "
        "all years; each of these is enough."
    )


def test_a_number_that_is_set_may_be_the_cause_for_another() -> None:
    first, *more = remarks({"light_from": 1930.0, "light_trend": 0.0}, "as_it_was")
    assert first.startswith("`light_from` moves no number of this run: rule")
    assert first.endswith("makes nothing of it, since the number `light_trend` is 0.")
    assert not more


def test_what_the_towns_with_money_read_beside_history_is_no_cause() -> None:
    (said,) = remarks({"cash_speed": 0.3}, "as_it_was", off=("rules.village_money",))
    assert said.endswith("rule R14 (village purse) reads it and is turned off "
                         "(`rules.village_money`).")  # fmt: skip


def test_a_number_that_is_that_of_the_package_is_told_and_not_called_a_change() -> None:
    usual = ABOUT["s_fear"].value
    said = remarks({"s_fear": usual}, "as_it_was")
    assert said == ["`s_fear` is set to 0.22, its number in the package: that changes nothing."]
    tasks = prepared_country("ussr-1921", ["as_it_was"], parameters={"s_fear": usual, "s_new": 0.7})
    assert [each.split("`")[1] for each in changed(tasks[0].scenario)] == ["s_new"]


def test_regimes_that_differ_in_the_cause_have_a_sentence_each() -> None:
    here, there = remarks({"bonus_effort": 0.01}, "as_it_was", "nep_kept")
    assert here.startswith("`bonus_effort` moves no number under `as_it_was`: rule R06")
    assert there.startswith("`bonus_effort` moves no number under `nep_kept`: rule R06")
    assert "bonus_form" in there
    assert "bonus_form" not in here


@pytest.mark.parametrize(
    ("name", "value"),
    [("s_new", 0.7), ("f_death", 0.6), ("household", 5.0), ("goods_of_village", 0.8)],
)
def test_nothing_is_said_of_what_moves_something(name: str, value: float) -> None:
    # The last: towns with money stand beside history, whose own towns have none.
    assert remarks({name: value}, "as_it_was") == []


def test_the_book_says_it_beside_the_values_that_were_set() -> None:
    tasks = prepared_country(
        "ussr-1921", ["as_it_was"], years=2, persons=1000, households=500,
        parameters={"plan_dissolution": 0.3},
    )  # fmt: skip
    page = country_book(
        country_run(tasks), [each.regime for each in tasks], idle=idle_remarks(tasks)
    )
    changed = page.index("Changed in this run: <code>plan_dissolution</code>")
    assert changed < page.index("<code>plan_dissolution</code> moves no number of this run")


# ---- what a run shows ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"plan_dissolution": 0.3},
        {"bonus_effort": 0.01, "bonus_reach": 0.3},
        {"s_fear": ABOUT["s_fear"].value},
    ],
)
def test_a_run_in_which_what_was_set_reaches_nothing_is_that_of_history(
    values: Mapping[str, float],
) -> None:
    usual, other = (
        prepared_country(
            "ussr-1921", ["as_it_was"], years=3, persons=1000, households=500, parameters=each
        )
        for each in ({}, values)
    )
    found = country_run(other)

    assert other[0].is_history
    assert found.values("as_it_was", "deaths", "real")
    assert found.values("as_it_was", "food/volga", "real")
    assert found.points == country_run(usual).points


@pytest.mark.parametrize(
    "values",
    [
        {"s_new": 0.7},
        {"plan_dissolution": 0.3, "s_new": 0.7},
        {"light_from": 1930.0, "light_trend": 0.0},
    ],
)
def test_a_run_in_which_one_number_may_reach_something_is_not(
    values: Mapping[str, float],
) -> None:
    assert not prepared_country("ussr-1921", ["as_it_was"], parameters=values)[0].is_history


# ---- whether it is true --------------------------------------------------------------------------


@settings(max_examples=2)
@given(seed=st.integers(0, 10**9))
def test_what_is_said_to_reach_nothing_moves_no_number(seed: int) -> None:
    draw = Random(seed)
    first, regime = draw.choice(("ussr-1921", "russia-1917")), draw.choice(COUNTRY_REGIMES)
    names = draw.sample(SETTABLE, len(SETTABLE))
    name = next(each for each in names if silent(each, regime, first))
    about = ABOUT[name]

    def came(value: float) -> object:
        values = {"s_new": 0.7, name: value}  # so that neither run is that of history
        return country_run(
            prepared_country(first, [regime], years=12, persons=1000, households=500,
                             parameters=values)
        ).points  # fmt: skip

    assert came(about.value) == came(within(draw, about.low, about.high)), name


# ---- how a text is read --------------------------------------------------------------------------


def product(rate: float, on: float, level: float) -> float:
    pull = rate * on
    return level + max(pull, 0.0)


def branches(rate: float, on: float, level: float) -> tuple[float, float]:
    kept = rate if on > 0.0 else 1.0
    if on > 0.0 and level > 0.0:
        doubled = 2.0 * rate
        kept = doubled - rate
    return kept, level


def early(rate: float, on: float, level: float) -> float:
    if level > rate:
        return 0.0
    return on


def looped(rate: float, on: float, level: float) -> float:
    for _ in range(2):
        level += rate * on
    return level


@pytest.mark.parametrize(
    ("law", "known", "expected"),
    [
        (product, {"on": 0.0}, {"level"}),
        (product, {"on": 1.0}, {"level", "rate"}),
        (product, {"rate": -1.0, "on": 2.0}, {"level"}),
        (branches, {"on": 0.0}, {"level"}),
        (branches, {"on": 1.0}, {"level", "rate"}),
        (branches, {}, {"level", "on", "rate"}),
        (early, {"on": 0.0}, {"level", "rate"}),
        (early, {"level": 0.0, "rate": 1.0}, {"on"}),
    ],
)
def test_arguments_that_reach_what_is_written(
    law: Callable[..., object], known: Mapping[str, float], expected: set[str]
) -> None:
    found = reaching(law, known)
    assert found is not None
    assert set(found) == expected


def test_where_the_text_does_not_tell_nothing_is_claimed() -> None:
    assert reaching(looped, {"on": 0.0}) is None


def test_what_is_no_rule_and_reads_a_parameter_is_known() -> None:
    found = set()
    for folder in ("society", "lab"):
        for file in (SOURCES / folder).rglob("*.py"):
            text = file.read_text("utf-8")
            found |= set(re.findall(r'(?:parameters|given|values)\["(\w+)"\]', text))
    assert found & set(ABOUT) <= read_outside()
