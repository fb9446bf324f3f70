"""Sums over blocks of persons are those over all of them, and the dead are in none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.rows import BLOCK, Rows
from sovplan.foundation.engine.tables import EMPTY
from sovplan.society.classes import CLASSES, OFFICIAL, OTHER, PRISONER, STUDENT, WORKER
from sovplan.society.persons.accounts import Ledger
from sovplan.society.persons.figures import quantiles
from sovplan.society.persons.tables import BRANCHES, CLASS, NATION, PEOPLE, TOWN
from sovplan.society.persons.tally import Census, tallied

MANY = BLOCK + 5000


@pytest.fixture(scope="module")
def people() -> Rows:
    """Return persons who are anything at all, some of them dead, in two blocks."""
    luck = np.random.default_rng(3)
    columns = {each.name: luck.integers(0, 100, MANY).astype(each.dtype) for each in PEOPLE.kept}
    for name, codes in (("stratum", 9), ("home", 6), ("branch", 7), ("place", 2), ("sex", 2),
                        ("works", 2), ("dies", 2), ("literate", 2)):  # fmt: skip
        columns[name] = luck.integers(0, codes, MANY).astype(columns[name].dtype)
    columns["income"] = luck.integers(0, 90_000, MANY).astype(np.int32)
    columns["age"][luck.random(MANY) < 0.2] = EMPTY
    columns["key"] = np.arange(MANY, dtype=np.uint64)
    return Rows(PEOPLE, MANY, columns)


def total(people: Rows, mask: np.ndarray, name: str = "") -> int:
    """Return persons, or the sum of a column over them, reckoned from all rows at once."""
    weight = people["weight"].astype(np.int64) * (mask & people.here)
    return int((weight * (people[name].astype(np.int64) if name else 1)).sum())


def test_a_tally_counts_the_living_of_all_blocks(people: Rows) -> None:
    found = tallied(people)
    works, lives = people["works"] > 0, people["dies"] == 0
    points, home, state = people["points"] > 0, people["home"], people["stratum"]
    students, members = (state == STUDENT) & lives, (people["party"] > 0) & lives
    all_of_them = np.ones(MANY, dtype=np.bool_)

    assert found["hired"] == total(people, works)
    assert found["skill"] == total(people, works, "skill")
    assert found["officials"] == total(people, works & (home == OFFICIAL))
    assert found["hours"] == total(people, works & points, "hours")
    assert found["penal"] == total(people, people["penal"] > 0)
    assert found["left"] == total(people, points & (home != OTHER), "leaves")
    assert found["leaves"] == total(people, points & (people["hours"] > 0), "leaves")
    assert found["savings"] == total(people, people["place"] == TOWN, "savings")
    assert found["old_read"] == total(people, (people["age"] >= 9) & (people["literate"] > 0))
    assert found["morale"] == total(people, people["age"] >= 15, "morale")
    assert found["students/posts"] == total(people, students & (people["origin"] > WORKER))
    assert found["prisoners"] == total(people, (state == PRISONER) & lives)
    assert found["party_workers"] == total(people, members & (home == WORKER))
    for code in range(len(BRANCHES)):
        there = works & (people["branch"] == code)
        assert found.branches[code] == total(people, there)
        assert found.women[code] == total(people, there & (people["sex"] > 0))
    for code in range(len(CLASSES)):
        assert found.had[code] == total(people, (state == code) & (home == code), "goods")
    assert found.earners.sum() == total(people, works & (people["income"] > 0))
    assert (found.pay * found.earners).sum() == total(people, works, "income")
    assert total(people, all_of_them) < people["weight"].sum()


def test_a_census_counts_the_living_of_all_blocks(people: Rows) -> None:
    found = Census.of(people)
    state, older = people["stratum"], people["age"] > 0

    for code in range(len(CLASSES)):
        for place in (0, 1):
            there = (state == code) & (people["place"] == place)
            assert found.heads[place, code] == total(people, there)
        assert found.grown[code] == total(people, (state == code) & older)
        assert found.had[code] == total(people, state == code, "goods")
    assert found.savings == total(people, state >= 0, "savings")


def test_a_ledger_counts_the_living_of_all_blocks(people: Rows) -> None:
    above = {name: Rows(each, 1, {c.name: np.ones(1, c.dtype) for c in each.kept})
             for name, each in (("nation", NATION), ("class", CLASS))}  # fmt: skip
    found = Ledger.of(1930, {"people": people, **above}, 1.0)

    assert found.people == total(people, people["age"] >= 0)
    for name, flow in found.flows.items():
        assert flow == total(people, people["age"] >= 0, name)


@given(st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(1, 900)), min_size=1),
       st.floats(0.01, 1.0))  # fmt: skip
def test_a_quantile_is_the_least_number_up_to_which_the_share_lies(
    persons: list[tuple[int, int]], share: float
) -> None:
    numbers, weights = (np.array(each) for each in zip(*persons, strict=True))
    (found,) = quantiles(numbers, weights, (share,))
    wanted = share * weights.sum()

    assert found in numbers
    assert weights[numbers <= found].sum() >= wanted
    assert weights[numbers < found].sum() < wanted
