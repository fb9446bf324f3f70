"""Persons one by one and cohorts of persons: the same rules, the same law."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import ks_2samp

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.cohorts import chance
from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.engine import Engine
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import rule
from sovplan.foundation.engine.tables import Births, Column, Count, Reference, Table
from sovplan.regimes.parameters import read_parameters
from sovplan.society.people_rules import life
from sovplan.society.people_rules.numbers import trial_values
from sovplan.society.people_rules.tables import RATES

PEOPLE, YEARS, RUNS, HUNGER, WOMEN = 3000, 3, 80, 0.2, 0.488
OUTPUTS = ("people", "births", "deaths", "children", "women")
VALUES = trial_values(read_parameters())
CELL = Table(
    "cell",
    (
        Column("hunger", "real", "f8"),
        Column("births", "whole", "i8", "flow"),
        Column("deaths", "whole", "i8", "flow"),
    ),
)
PERSONS = Table(
    "people",
    (
        Column("age", "whole", "u1"),
        Column("sex", "whole", "u1"),
        Column("dies", "whole", "u1", "passing", high=1),
        Column("bears", "whole", "u1", "passing", high=1),
    ),
    references=(
        Reference("cell", "cell", ()),
        Reference("rates", "rates", (("sex", 2), ("age", 256))),
    ),
    key="key",
    empty="age",
    births=Births("bears", "newborn", lots={"sex": WOMEN}, constants={"age": 0}),
)


def composition() -> Composition:
    rules = (life.death_rate, life.birth_rate, life.death, life.birth, life.birthday)
    counts = (Count("cell.births", "bears", "people", "renew"),
              Count("cell.deaths", "dies", "people", "renew"))  # fmt: skip
    return compose(rules, (PERSONS, CELL, RATES), counts)


def start() -> NDArray[np.int64]:
    """Return how many persons of each sex (2) and age (256) there are, the same in all runs."""
    luck = np.random.default_rng(5)
    ages = np.minimum(luck.exponential(24.0, PEOPLE), 90).astype(int)
    return np.array([np.bincount(ages[sex::2], minlength=256) for sex in (0, 1)])


def outputs(cells: NDArray[np.int64], births: int, deaths: int) -> tuple[int, ...]:
    return (int(cells.sum()), births, deaths, int(cells[:, :15].sum()), int(cells[1].sum()))


def persons(engine: Engine, seed: int) -> tuple[int, ...]:
    """Run every person; return the last year's population and all births and deaths."""
    codes = np.repeat(np.arange(512), start().ravel())
    sex, age = (codes // 256).astype(np.uint8), (codes % 256).astype(np.uint8)
    columns: dict[str, NDArray[Any]] = {
        "age": age.copy(),
        "sex": sex.copy(),
        "key": np.arange(len(age), dtype=np.uint64),
    }
    grid = np.arange(512)
    blank: dict[str, NDArray[Any]] = {
        "age": (grid % 256).astype(np.uint8), "sex": (grid // 256).astype(np.uint8),
        "death": np.zeros(512), "birth": np.zeros(512),
    }  # fmt: skip
    one: dict[str, NDArray[Any]] = {
        "hunger": np.full(1, HUNGER), "births": np.zeros(1, np.int64),
        "deaths": np.zeros(1, np.int64),
    }  # fmt: skip
    tables = {
        "people": Rows(PERSONS, len(age), columns),
        "cell": Rows(CELL, 1, one),
        "rates": Rows(RATES, 512, blank),
    }  # fmt: skip
    births, deaths = 0, 0
    for year in range(YEARS):
        engine.year(tables, Given(seed, year, VALUES))
        births += int(tables["cell"]["births"][0])
        deaths += int(tables["cell"]["deaths"][0])
    rows = tables["people"]
    cells = np.zeros((2, 256), dtype=np.int64)
    np.add.at(cells, (rows["sex"][rows.here], rows["age"][rows.here]), 1)
    return outputs(cells, births, deaths)


def chances(values: Mapping[str, float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return chances to die and to bear by sex and age, from the rules of persons."""
    dying, bearing = np.zeros((2, 256)), np.zeros((2, 256))
    for sex, age in np.ndindex(2, 120):
        rates: dict[str, float] = {}
        for each in (life.death_rate, life.birth_rate):
            asked = {name: values[name] for name in each.parameters}
            (rates[each.name],) = np.atleast_1d(each.law(age=age, sex=sex, **asked))
        hunger = {"cell_hunger": HUNGER}
        dying[sex, age] = chance(life.death, "dying", {
            "age": age, "rates_death": rates["death_rate"], **hunger,
            **{name: values[name] for name in life.death.parameters}})  # fmt: skip
        bearing[sex, age] = chance(life.birth, "bearing", {
            "rates_birth": rates["birth_rate"], "dies": 0, **hunger,
            "f_hunger": values["f_hunger"]})  # fmt: skip
    return dying, bearing


def cohorts(seed: int, dying: NDArray[np.float64], bearing: NDArray[np.float64]) -> tuple[int, ...]:
    """Run numbers of persons by sex and age, with binomial draws."""
    luck, cells, births, deaths = np.random.default_rng(seed), start(), 0, 0
    for _ in range(YEARS):
        left = cells - luck.binomial(cells, dying)
        born = int(luck.binomial(left, bearing).sum())
        births, deaths = births + born, deaths + int((cells - left).sum())
        girls = int(luck.binomial(born, WOMEN))
        cells = np.roll(left, 1, axis=1)
        cells[:, 0] = born - girls, girls
    return outputs(cells, births, deaths)


def least_p(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return the least p of Kolmogorov and Smirnov over all outputs, corrected after Holm."""
    found = sorted(float(ks_2samp(one[:, i], other[:, i]).pvalue) for i in range(len(OUTPUTS)))
    return min(p * (len(found) - rank) for rank, p in enumerate(found))


def test_cohorts_have_the_law_of_persons() -> None:
    dying, bearing = chances(VALUES)
    engine = Engine(composition(), "arrays")

    one = np.array([persons(engine, seed) for seed in range(RUNS)])
    other = np.array([cohorts(seed, dying, bearing) for seed in range(RUNS)])

    assert least_p(one, other) > 0.01
    wrong = np.array([cohorts(seed, np.minimum(1.1 * dying, 1.0), bearing) for seed in range(RUNS)])
    assert least_p(one, wrong) < 0.01, "a tenth more deaths would not have been seen"


def test_a_rule_with_two_limits_has_no_one_chance() -> None:
    @rule("X", step="renew", table="people", reads=(), draws=("u",), writes=("x",), source="none")
    def two(u: float) -> int:
        """Three things by one draw."""
        return 0 if u < 0.2 else 1 if u < 0.7 else 2

    with pytest.raises(ValueError, match="more than one limit"):
        chance(two, "u", {})
