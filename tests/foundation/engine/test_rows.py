import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.engine import toy

from sovplan.foundation import chance
from sovplan.foundation.engine.rows import Rows, append, settle


def people(ages: list[int]) -> Rows:
    """Return people of some ages; 255 is an empty place."""
    rows = toy.society(len(ages))["people"]
    rows.columns["age"][:] = ages
    rows.columns["region"][:] = np.arange(len(ages)) % 3
    return rows


@given(
    places=st.lists(st.tuples(st.sampled_from([20, 255]), st.booleans()), min_size=1, max_size=60)
)
def test_newborn_take_empty_places_in_order_and_the_rest_go_to_the_end(
    places: list[tuple[int, bool]],
) -> None:
    ages, bears = [age for age, _ in places], np.array([bears for _, bears in places])
    rows = people(ages)
    mothers = [i for i, (age, bear) in enumerate(places) if bear and age != 255]
    free = [i for i, age in enumerate(ages) if age == 255]
    keys = chance.keys_of_newborn("newborn", 1930, rows["key"][mothers])
    regions = rows["region"][mothers].copy()

    late = settle(rows, bears, 0, len(ages), 1930)
    append(rows, late, 1930)

    put = [*free, *range(len(ages), len(ages) + len(mothers))][: len(mothers)]
    assert late.tolist() == mothers[len(free) :]
    assert (rows["key"][put] == keys).all()
    assert (rows["age"][put] == 0).all()
    assert (rows["region"][put] == regions).all()
    assert rows.size == len(ages) + max(len(mothers) - len(free), 0)
    assert rows.here.sum() == sum(age != 255 for age in ages) + len(mothers)


def test_the_sex_of_the_newborn_is_a_lot_of_their_keys() -> None:
    rows = people([20] * 4000)

    append(rows, settle(rows, np.ones(4000, dtype=np.bool_), 0, 4000, 1930), 1930)

    assert rows["sex"][4000:].mean() == pytest.approx(0.5, abs=0.03)
    assert len(np.unique(rows["key"])) == 8000


def test_a_table_with_a_column_too_few_or_of_another_kind_is_refused() -> None:
    columns = people([1, 2]).columns
    with pytest.raises(TypeError, match="columns differ: morale"):
        Rows(toy.PEOPLE, 2, {name: c for name, c in columns.items() if name != "morale"})
    with pytest.raises(TypeError, match="age is not 2 x u1"):
        Rows(toy.PEOPLE, 2, {**columns, "age": columns["age"].astype(np.int64)})
    with pytest.raises(TypeError, match="is not 3 x"):
        Rows(toy.PEOPLE, 3, columns)
