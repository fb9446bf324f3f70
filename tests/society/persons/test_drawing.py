"""Draws to the person: the right number, the lowest ranks, and nobody made or lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.rows import Rows
from sovplan.society.persons.drawing import Drawing
from sovplan.society.persons.tables import NEVER, PEOPLE

PERSONS = st.lists(st.tuples(st.integers(1, 900), st.integers(0, 40)), min_size=1, max_size=60)


def rows(persons: list[tuple[int, int]]) -> Rows:
    """Return rows with weights and ranks; ranks repeat."""
    columns = {each.name: np.zeros(len(persons), dtype=each.dtype) for each in PEOPLE.kept}
    columns["key"] = np.arange(len(persons), dtype=np.uint64)
    columns["weight"][:] = [weight for weight, _ in persons]
    columns["rank_lot"][:] = [rank / 40 for _, rank in persons]
    return Rows(PEOPLE, len(persons), columns)


@given(PERSONS, st.integers(0, 30_000))
def test_as_many_are_drawn_as_are_wanted_and_nobody_is_made_or_lost(
    persons: list[tuple[int, int]], wanted: int
) -> None:
    found = rows(persons)
    before = int(found["weight"].sum())
    draw = Drawing(found, 1930)

    who = draw.first("trial", found.here, wanted)

    drawn = int(found["weight"][who].sum())
    assert drawn == min(wanted, before)
    assert draw.missing.get("trial", 0) == wanted - drawn
    assert int(found["weight"].sum()) == before
    assert len(set(who.tolist())) == len(who)
    assert len(np.unique(found["key"])) == found.size == len(persons) + draw.parted


@given(PERSONS, st.integers(1, 20_000))
def test_the_lowest_ranks_come_first(persons: list[tuple[int, int]], wanted: int) -> None:
    found = rows(persons)
    who = Drawing(found, 1930).first("trial", found.here, wanted)

    left = np.setdiff1d(np.arange(found.size), who)
    if len(who) and len(left):
        assert found["rank_lot"][who].max() <= found["rank_lot"][left].min()


def test_a_large_crowd_is_put_in_order_only_where_it_must_and_drawn_alike() -> None:
    # One heavy row last: twice the likely number of rows does not reach, all are put in order.
    light = [(1, place % 40) for place in range(5000)]
    found = rows([*light, (1_000_000, 40)])

    who = Drawing(found, 1930).first("trial", found.here, 5500)

    assert int(found["weight"][who].sum()) == 5500
    assert set(range(5000)) < set(who.tolist())


def test_who_has_no_chance_is_never_drawn() -> None:
    found = rows([(5, 1), (7, 2)])
    found["rank_lot"][0] = NEVER
    draw = Drawing(found, 1930)

    assert draw.first("trial", found.here, 9).tolist() == [1]
    assert draw.missing == {"trial": 2}
