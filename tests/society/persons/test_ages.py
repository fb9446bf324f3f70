"""Ages and other numbers that stood in the text of rules are set, and move who persons are."""

import hashlib
from functools import cache

import numpy as np
import pytest
from tests.society.persons.lives import books, setting

from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation import ages
from sovplan.society.people_rules import life
from sovplan.society.people_rules.founders import AGES
from sovplan.society.persons import start
from sovplan.society.persons.year import Persons

ROWS = 3000
YEARS = range(1921, 1925)
ENDS = {each.name: (each.low, each.high) for each in model_parameter_table()}


@cache
def after(name: str = "", at: int = 0) -> str:
    """Return the digest of persons after some years with a parameter at an end of its range."""
    changed = {name: ENDS[name][at]} if name else {}
    persons = Persons(setting(ROWS, changed=changed), "arrays")
    for year in YEARS:
        list(persons.live(year, books()[year]))
    people = persons.rows["people"]
    found = b"".join(people[name].tobytes() for name in sorted(people.columns))
    return hashlib.sha256(found).hexdigest()


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("work_from", 0), ("work_to", 0), ("party_from", 1), ("party_to", 0),
        ("move_young_from", 1), ("move_young_to", 0), ("move_school_from", 0),
        ("hire_young_to", 0), ("study_from", 1), ("study_taken_to", 0), ("study_school", 1),
        ("jail_from", 0), ("jail_to", 0), ("pupil_from", 1), ("pupil_to", 0), ("course_from", 0),
        ("course_to", 0), ("hunger_child_to", 0), ("hunger_youth_to", 1), ("hunger_old_from", 1),
        ("bear_from", 1), ("bear_to", 0), ("die_young_to", 0), ("war_from", 1), ("war_to", 0),
        ("start_war_to", 0), ("start_women_else", 0), ("start_school_from", 1),
        ("start_reader_from", 0), ("girls", 0), ("die_child", 0), ("die_young", 0),
        ("die_base", 0), ("die_old", 0), ("die_rise", 0), ("die_women", 0), ("b_age", 0),
        ("b_width", 0), ("move_loss", 0), ("mor_goods", 0), ("mor_say", 0), ("mor_back", 0),
        ("bel_school", 0),
    ],
)  # fmt: skip
def test_a_number_at_an_end_of_its_range_moves_persons(name: str, end: int) -> None:
    assert model_parameters()[name] != ENDS[name][end]
    assert after(name, end) != after()


def test_ages_at_the_start_are_those_of_the_deaths_that_are_set() -> None:
    usual = model_parameters()
    before, after_ = (start.pyramid({**usual, "die_child": rate}) for rate in (0.2, 0.25))

    # Who outlives the first year is as many fewer as die in it: (1 - 0.25 - c) / (1 - 0.2 - c).
    common = usual["die_base"] + usual["die_old"]
    assert (after_ / before)[1:] == pytest.approx((0.75 - common) / (0.8 - common))


def test_nobody_outlives_the_age_that_is_set() -> None:
    given = {name: model_parameters()[name] for name in life.death_rate.parameters}

    assert life.death_rate.law(age=106, sex=0, **{**given, "die_all_from": 106.0}) == 1.0
    assert life.death_rate.law(age=106, sex=0, **given) != 1.0


def test_years_of_few_births_are_those_that_are_set() -> None:
    usual = model_parameters()
    shorter = ages.pyramid(100.0, 1921, {**usual, "war_births_from": 1915.0})
    before = ages.pyramid(100.0, 1921, usual)

    # Who was born in 1914 is six at the start of 1921, and no longer one of few.
    ratio = shorter / before
    assert ratio[6] / ratio[5] == pytest.approx(1.0 / usual["start_war_births"])
    assert ratio[7] == pytest.approx(ratio[5])


def test_the_country_reads_the_life_table_that_is_set() -> None:
    usual = model_parameters()
    more = {**usual, "die_base": 0.012}
    people = [ages.pyramid(100.0, 1921, each) for each in (usual, more)]

    assert people[1][60:].sum() < people[0][60:].sum()
    assert people[1].sum() == pytest.approx(100.0)


def test_the_war_takes_the_ages_that_are_set() -> None:
    heads = np.ones(AGES)
    given = {name: model_parameters()[name] for name in ages.a_year_older.parameters}
    flows = {"births_village": 1.0, "births_town": 0.0, "deaths_village": 0.0, "deaths_town": 0.0,
             "excess_deaths": 0.0, "lost_village": 1.0, "lost_town": 0.0,
             "war_deaths": 1.0}  # fmt: skip
    older, *_ = ages.a_year_older.law(ages_people=heads, **flows, **{**given, "war_to": 40.0})

    assert older[46] == 1.0
    assert older[36] < 1.0
