"""Draws to the person: the right number, the lowest ranks, and nobody made or lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.tables import EMPTY
from sovplan.society.persons.crowd import Crowd
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

    who = draw.first("trial", draw.who(found.here), wanted)

    drawn = int(found["weight"][who].sum())
    assert drawn == min(wanted, before)
    assert draw.missing.get("trial", 0) == wanted - drawn
    assert int(found["weight"].sum()) == before
    assert len(set(who.tolist())) == len(who)
    assert len(np.unique(found["key"])) == found.size == len(persons) + draw.parted


@given(PERSONS, st.integers(1, 20_000))
def test_the_lowest_ranks_come_first(persons: list[tuple[int, int]], wanted: int) -> None:
    found = rows(persons)
    draw = Drawing(found, 1930)
    who = draw.first("trial", draw.who(found.here), wanted)

    left = np.setdiff1d(np.arange(found.size), who)
    if len(who) and len(left):
        assert found["rank_lot"][who].max() <= found["rank_lot"][left].min()


@pytest.mark.parametrize("share", [0.0003, 0.02, 0.4, 0.97, 1.2])
@pytest.mark.parametrize("kind", ["marks", "places", "given ranks"])
def test_a_large_crowd_is_drawn_as_if_all_were_put_in_order(kind: str, share: float) -> None:
    luck = np.random.default_rng(7)
    many = 40_000
    found = rows([(int(w), int(r)) for w, r in luck.integers((1, 0), (900, 40), (many, 2))])
    found["sex"][:] = luck.integers(0, 2, many)
    found["age"][luck.random(many) < 0.1] = EMPTY
    marks = found["rank_lot"] < 0.9
    wanted = int(share * int(found["weight"][marks & found.here & (found["sex"] > 0)].sum()))
    draw = Drawing(found, 1930)
    crowd = draw.who(marks) if kind == "marks" else Crowd(found, np.flatnonzero(marks & found.here))
    rank = (lambda those: those["rank_lot"] * 2.0) if kind == "given ranks" else "rank_lot"
    open_to = np.flatnonzero(marks & found.here & (found["sex"] > 0))
    order = open_to[np.argsort(found["rank_lot"][open_to], kind="stable")]
    reached = np.cumsum(found["weight"][order], dtype=np.int64)

    who = draw.first("trial", crowd, wanted, rank, lambda those: those["sex"] > 0)

    whole = int(np.searchsorted(reached, wanted, side="right"))
    assert who[:whole].tolist() == order[:whole].tolist()
    assert len(who) == whole + draw.parted
    assert draw.persons(who) == min(wanted, int(reached[-1]))


def test_the_dead_are_neither_counted_nor_drawn() -> None:
    found = rows([(5, 1), (7, 2), (9, 3)])
    found["age"][0] = EMPTY
    draw = Drawing(found, 1930)
    crowd = draw.who(found["weight"] > 0)

    assert crowd.persons == 16
    assert draw.first("trial", crowd, 16).tolist() == [1, 2]


def test_a_large_crowd_is_put_in_order_only_where_it_must_and_drawn_alike() -> None:
    # One heavy row last: the likely number of rows does not reach, all are put in order.
    light = [(1, place % 40) for place in range(5000)]
    found = rows([*light, (1_000_000, 40)])

    draw = Drawing(found, 1930)
    who = draw.first("trial", draw.who(found.here), 5500)

    assert int(found["weight"][who].sum()) == 5500
    assert set(range(5000)) < set(who.tolist())


def test_who_has_no_chance_is_never_drawn() -> None:
    found = rows([(5, 1), (7, 2)])
    found["rank_lot"][0] = NEVER
    draw = Drawing(found, 1930)

    assert draw.first("trial", draw.who(found.here), 9).tolist() == [1]
    assert draw.missing == {"trial": 2}
