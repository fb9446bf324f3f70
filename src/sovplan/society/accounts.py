"""The accounts of a year, held against each other before the next begins."""

from typing import Final

import numpy as np

from sovplan.foundation.errors import IdentityBroken
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.records.tasks import Tasks
from sovplan.society.books import Books
from sovplan.society.people import Society
from sovplan.society.shared import Shared
from sovplan.world.capability import hours_there
from sovplan.world.production import Conduct, Outcome
from sovplan.world.state import Works, World

TOLERANCE: Final = 1e-9
"""Error of an account, relative to the greatest amount that enters it (numerical)."""


def check_accounts(
    outcome: Outcome,
    shared: Shared,
    books: Books,
    *,
    work: tuple[Tasks, Conduct],
    before: tuple[World, Society],
    after: tuple[World, Society],
    growth: float,
) -> None:
    """Hold the accounts of a year against each other.

    - goods: stock less spoilage + made + imported = used + built in + public + exported + for
      people + stock + unused;
    - people: what strata consumed is what came to people;
    - books: opening + made + received = used + delivered + sold + closing for every keeper, and
      all keepers together are the economy;
    - hours: no more were worked than there are;
    - plants and animals: capacity less wear + works + orders = capacity and works of the next year;
    - number of people: of each group as it was, times 1 and the growth of the scenario;
    - savings: as the next year begins with them.

    Incomes against goods sold are checked where they are shared out (`Shared.check`).

    Parameters
    ----------
    outcome, shared, books
        What happened, who got what, and the books of it.
    work
        Tasks, and how they were gone about.
    before, after
        World and society on the first day of this year and of the next.
    growth
        By how much people are to grow in the year.

    Raises
    ------
    IdentityBroken
        An account misses by more than 1e-9 of the greatest amount in it: a mistake of the program.
    """
    (world, society), (next_world, next_society), (tasks, conduct) = before, after, work
    wanted = np.maximum(outcome.wanted, 0.0)
    sources = outcome.kept + outcome.made + outcome.imports
    uses = outcome.used + outcome.built + outcome.public + outcome.exports + outcome.people
    _agree("goods", sources, uses + outcome.stock + outcome.unused, wanted)
    _agree("people", shared.consumption.sum(axis=0), outcome.people, wanted)
    _check_books(books, world, outcome)
    there = hours_there(world.economy, conduct.day, tasks.migrants)
    _agree("hours", np.maximum(outcome.hours, there), there, there)
    _check_plants(world, tasks, outcome, next_world)
    heads = society.strata.people * (1.0 + growth)
    _agree("heads", next_society.strata.people, heads, heads)
    _agree("savings", next_society.savings, shared.saved, shared.opening + shared.pay)


def _check_books(books: Books, world: World, outcome: Outcome) -> None:
    keepers, goods = books.opening.shape
    links = books.links
    moved = np.zeros((keepers, goods))
    # What a keeper takes of its own goods is used, and no delivery to itself in the account.
    np.add.at(moved, (links.supplier, links.good), links.amount)
    own = links.user < keepers
    np.add.at(moved, (links.user[own], links.good[own]), -links.amount[own])
    received = np.zeros((keepers, goods))
    received[-1] = outcome.imports
    sides = books.opening + books.made + received, books.used + moved + books.closing
    size = np.maximum(outcome.wanted, world.economy.goods.stock)
    _agree("books", *sides, np.broadcast_to(size, sides[0].shape))
    for name, parts, whole in (
        ("opened", books.opening, world.economy.goods.stock),
        ("made", books.made, outcome.made),
        ("closed", books.closing, outcome.stock),
    ):
        _agree(name, parts.sum(axis=0), whole, size)


def _check_plants(world: World, tasks: Tasks, outcome: Outcome, following: World) -> None:
    plants = world.economy.plants
    count = len(plants)
    begun = plants.capacity * (1.0 - plants.wear) + _total(world.works, count) + tasks.ordered
    now = following.economy.plants.capacity + _total(outcome.works, count)
    _agree("plants", now, begun, plants.capacity)


def _total(works: Works, plants: int) -> Vector:
    found = np.bincount(works.plants, weights=works.capacity, minlength=plants)
    return found.astype(np.float64)


def _agree(
    account: str, one: Vector | Matrix, other: Vector | Matrix, size: Vector | Matrix
) -> None:
    """Raise if two sides differ by more than rounding of the greatest amount."""
    greatest = np.maximum(np.maximum(np.abs(one), np.abs(other)), size)
    apart = np.abs(one - other)
    # Put this way round, what is no number is wrong too.
    wrong = ~(apart <= TOLERANCE * greatest)
    if wrong.any():
        place = tuple(int(axis[0]) for axis in np.nonzero(wrong))
        words = {"one": f"{one[place]:.12g}", "other": f"{other[place]:.12g}"}
        where = ", ".join(str(index + 1) for index in place)
        raise IdentityBroken(say(f"accounts.{account}", place=where, **words))
