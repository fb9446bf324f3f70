"""The accounts of a year: what is planted in them is found."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.test_simulation import of, run

from sovplan.foundation.errors import IdentityBroken
from sovplan.regimes.scenarios import read_scenario
from sovplan.simulation import Year
from sovplan.society.accounts import check_accounts


@cache
def year() -> Year:
    return run(of("command_1929"), 2)[1]


def check(planted: Year) -> None:
    check_accounts(
        planted.outcome,
        planted.shared,
        planted.books,
        work=(planted.tasks, planted.conduct),
        before=(planted.begun.world, planted.begun.society),
        after=(planted.next.world, planted.next.society),
        growth=read_scenario("two-goods").growth,
    )


def more(values: np.ndarray) -> np.ndarray:
    """Return the same amounts, the greatest of them a millionth larger."""
    found = values.copy()
    found[np.unravel_index(np.argmax(values), values.shape)] *= 1.000001
    return found


def test_the_accounts_of_a_year_close() -> None:
    check(year())


@pytest.mark.parametrize("name", ["made", "used", "people", "stock", "unused"])
def test_a_good_that_comes_from_nowhere_is_found(name: str) -> None:
    changed: dict[str, Any] = {name: more(getattr(year().outcome, name)) + 1e-6}
    outcome = replace(year().outcome, **changed)

    with pytest.raises(IdentityBroken, match="does not close"):
        check(replace(year(), outcome=outcome))


@pytest.mark.parametrize("name", ["opening", "made", "used", "closing"])
def test_a_false_page_of_the_books_is_found(name: str) -> None:
    changed: dict[str, Any] = {name: more(getattr(year().books, name))}
    books = replace(year().books, **changed)

    with pytest.raises(IdentityBroken, match="books of keeper"):
        check(replace(year(), books=books))


def test_a_delivery_without_goods_is_found() -> None:
    links = year().books.links
    books = replace(year().books, links=replace(links, amount=more(links.amount)))

    with pytest.raises(IdentityBroken, match="books of keeper"):
        check(replace(year(), books=books))


def test_more_hours_than_there_are_are_found() -> None:
    outcome = replace(year().outcome, hours=year().outcome.hours * 100)

    with pytest.raises(IdentityBroken, match="hours of skill 1"):
        check(replace(year(), outcome=outcome))


def test_a_plant_that_nobody_built_is_found() -> None:
    start = year().next
    economy = start.world.economy
    grown = replace(economy.plants, capacity=more(economy.plants.capacity))
    world = replace(start.world, economy=replace(economy, plants=grown))

    with pytest.raises(IdentityBroken, match="account of plant"):
        check(replace(year(), next=replace(start, world=world)))


def test_people_and_savings_out_of_nothing_are_found() -> None:
    start = year().next
    society = start.society
    strata = replace(society.strata, people=more(society.strata.people))
    doubled = replace(society.strata, people=society.strata.people * 2.0)
    rich = replace(society, savings=society.savings + 1.0)

    with pytest.raises(IdentityBroken, match="people in the next year"):
        check(replace(year(), next=replace(start, society=replace(society, strata=strata))))
    with pytest.raises(IdentityBroken, match="people in the next year"):
        check(replace(year(), next=replace(start, society=replace(society, strata=doubled))))
    with pytest.raises(IdentityBroken, match="was saved"):
        check(replace(year(), next=replace(start, society=rich)))
