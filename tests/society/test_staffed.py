"""Officials are as many as institutions say, and nobody and no money is lost on the way."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_simulation import begun, of, run, village

from sovplan.society.people import Society, staffed


@cache
def people() -> Society:
    economy, scenario = village()
    return begun(economy, scenario, of("command_1929"), 1).society


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_people_and_savings_are_kept(first: float, then: float) -> None:
    before = staffed(people(), first)
    rich = staffed(before, then)
    after = rich.strata

    assert after.people.sum() == pytest.approx(before.strata.people.sum(), rel=1e-12)
    assert rich.savings.sum() == pytest.approx(before.savings.sum(), rel=1e-12)
    assert (after.people >= -1e-9).all()
    town = ~after.of_class("peasant")
    officials = after.of_class("official")
    share = after.people[officials].sum() / after.people[town].sum()
    assert share == pytest.approx(then, abs=1e-12)


def test_who_moves_takes_mean_savings_along() -> None:
    society = people()
    known = replace(society, savings=society.strata.people * 3.0)
    moved = staffed(known, 0.5)

    np.testing.assert_allclose(moved.savings, moved.strata.people * 3.0, rtol=1e-12)


def test_a_run_has_the_officials_of_its_institutions() -> None:
    institutions = replace(of("command_1929"), officials_share=0.3)
    strata = run(institutions, 2)[1].begun.society.strata
    town = ~strata.of_class("peasant")

    assert strata.people[strata.of_class("official")].sum() / strata.people[town].sum() == (
        pytest.approx(0.3, rel=1e-12)
    )
