"""Cumulated investment and the plants made of it, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.errors import DataError
from sovplan.history.readers.base_year import BaseYear
from sovplan.history.readers.capital import Park, cumulated, revalued, with_plants
from sovplan.history.readers.notes import Assumption
from sovplan.records.folder import Folder, Table

UTILISATION = Assumption(0.8, 0.5, 1.0, "capacity", "for the test")


def folder() -> Folder:
    goods = Table.of("goods.csv", [{"good": "brick"}, {"good": "plank"}])
    techniques = Table.of(
        "techniques.csv",
        [{"technique": "mill", "title": "Mill"}, {"technique": "choir", "title": "Choir"}],
    )
    return Folder({}, {"goods.csv": goods, "techniques.csv": techniques})


def year() -> BaseYear:
    none = np.zeros(2)
    return BaseYear(2000, ("mill", "choir"), np.array([40.0, 3.0]), ("brick", "plank"), *[none] * 7)


def test_the_stock_is_what_is_left_of_each_year() -> None:
    left = cumulated(np.array([10.0, 20.0]), wear=0.5, growth_before=0.0)

    # 10 / 0.5 = 20 before; (20 * 0.5 + 10) * 0.5 + 20 = 30
    assert left == pytest.approx(30.0)


@given(st.floats(0.01, 0.5), st.floats(0.0, 0.1), st.integers(1, 40), st.floats(1.0, 1e6))
def test_steady_investment_leaves_a_stock_in_a_constant_ratio(
    wear: float, growth: float, years: int, first: float
) -> None:
    investment = np.array([first * (1 + growth) ** year for year in range(years)])

    left = cumulated(investment, wear, growth)

    assert left * (wear + growth) / (1 + growth) == pytest.approx(investment[-1], rel=1e-9)


def test_without_wear_or_growth_no_earlier_stock_can_be_told() -> None:
    with pytest.raises(DataError, match="add up to nothing"):
        cumulated(np.array([1.0]), 0.0, 0.0)


def test_amounts_are_revalued_to_the_last_year() -> None:
    # prices rise by 10 % in the second year and by 50 % in the third
    found = revalued(np.array([100.0, 110.0, 150.0]), np.array([np.nan, 100.0, 100.0]))

    np.testing.assert_allclose(found, [165.0, 165.0, 150.0])


def test_a_plant_holds_the_capital_of_its_branch_at_the_stated_use_of_capacity() -> None:
    park = Park(
        code="works",
        title="works",
        goods=("brick", "plank"),
        branches=("mill", "choir"),
        built=np.array([[100.0, 0.0], [50.0, 0.0]]),
        wear=np.array([0.05, 0.0]),
        gestation=2,
        low=0.5,
        high=2.0,
        note="counted",
    )

    found = with_plants(folder(), year(), [park], UTILISATION)

    plants, building = found.table("plants.csv"), found.table("building.csv")
    assert plants.text("plant") == ("mill.works",)
    assert plants.text("title") == ("Mill: works",)
    assert [plants.numbers(head)[0] for head in ("capacity", "wear", "gestation")] == [50, 0.05, 2]
    assert [plants.numbers(head)[0] for head in ("low", "high")] == [40, 80]
    np.testing.assert_allclose(building.numbers("amount"), [2.0, 1.0])
    np.testing.assert_allclose(building.numbers("low"), [1.0, 0.5])
    np.testing.assert_allclose(building.numbers("high"), [4.0, 2.0])
    assert found.table("loads.csv").text("technique") == ("mill",)


@pytest.mark.parametrize(
    ("goods", "branches", "words"),
    [
        (("brick", "glass"), ("mill", "choir"), "glass is built into works but is no good"),
        (("brick", "plank"), ("choir", "forge"), "forge holds works but is no technique"),
    ],
)
def test_unknown_goods_and_branches_of_capital_are_refused(
    goods: tuple[str, ...], branches: tuple[str, ...], words: str
) -> None:
    park = Park("works", "works", goods, branches, np.ones((2, 2)), np.zeros(2))

    with pytest.raises(DataError, match=words):
        with_plants(folder(), year(), [park], UTILISATION)
