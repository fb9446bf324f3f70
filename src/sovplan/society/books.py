"""The books of workplaces: what went from whom to whom, true to the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.shapes import Flags, GoodsVector, Indices, Matrix, Vector
from sovplan.records.economy import Economy
from sovplan.world.production import Outcome
from sovplan.world.state import Workshops

OFFICE: Final = "foreign_trade"
"""The office of foreign trade keeps books as a workplace does: it receives what is imported and
delivers what is exported, and it holds what nobody here makes."""
OUTSIDE: Final = ("works", "public", "abroad")
"""Who takes goods and keeps no books."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Deliveries of a year.

    Parameters
    ----------
    good, supplier, user
        Of each delivery: the good, the keeper of books who delivers, and who takes: keepers, then
        `OUTSIDE`, then people (the last).
    amount
        Units of the good.
    """

    good: Indices
    supplier: Indices
    user: Indices
    amount: Vector


@final
@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """What is so of the goods of each keeper of books: workplaces, then the office of trade.

    All keepers x goods. opening + made + received = used + delivered + sold + closing.

    Parameters
    ----------
    names
        Keepers.
    opening, made, used, closing
        Units; what is lost in store or left unused counts as used.
    links
        Deliveries between keepers and to others.
    """

    names: tuple[str, ...]
    opening: Matrix
    made: Matrix
    used: Matrix
    closing: Matrix
    links: Links


def opening_stocks(economy: Economy, shops: Workshops) -> Matrix:
    """Return who holds the opening stocks: those who make a good, by their share of capacity.

        held_wg = S_g B_gj share_w / sum of the same over all workplaces

    The office of trade holds what nobody makes. Source: a choice of ours.
    """
    makes = _makers(economy, shops)
    total = makes.sum(axis=0)
    part = np.divide(makes, total, out=np.zeros_like(makes), where=total > 0)
    held = np.zeros((len(shops) + 1, len(economy.goods)))
    held[:-1] = part * economy.goods.stock
    held[-1] = np.where(total > 0, 0.0, economy.goods.stock)
    return held


def _makers(economy: Economy, shops: Workshops) -> Matrix:
    outputs = economy.techniques.outputs.T.toarray()[shops.technique]
    return np.asarray(outputs * shops.share[:, None])


def kept_books(economy: Economy, shops: Workshops, outcome: Outcome, held: Matrix) -> Books:
    """Return the books of a year, in which every delivery has two sides.

    Each keeper delivers from what it held and made; what stays in stock and what is lost is shared
    among those who have the good, in proportion:

        there   = held (1 - spoilage) + made (+ imported, for the office)
        closing = stock of all  there / sum of there,      lost: likewise of what is unused
        out     = there - closing - lost

    Everybody uses its own first. Then suppliers and users of a good are matched in the order of
    the list (the north-west corner of the transport problem), so that links change little from year
    to year.

    Parameters
    ----------
    outcome
        What happened.
    held
        Stocks on the first day, keepers x goods.

    Source: bookkeeping; who delivers to whom is a choice of ours.
    """
    names = (*shops.names, OFFICE)
    made, taken = _made_and_taken(economy, shops, outcome)
    there = held * (1.0 - economy.goods.spoilage) + made
    there[-1] += outcome.imports
    total = there.sum(axis=0)
    part = np.divide(there, total, out=np.zeros_like(there), where=total > 0)
    closing, lost = part * outcome.stock, part * outcome.unused
    out = np.maximum(there - closing - lost, 0.0)
    links = _links(economy, outcome, taken, out)
    used = taken + lost + held * economy.goods.spoilage
    return Books(names, held, made, used, closing, links)


def _made_and_taken(economy: Economy, shops: Workshops, outcome: Outcome) -> tuple[Matrix, Matrix]:
    techniques = economy.techniques
    kept = economy.extensions.kept(len(economy.goods))
    activity, yields = outcome.shop_activity, outcome.shop_activity * outcome.shop_yields
    outputs = techniques.outputs.T.toarray()[shops.technique] * yields[:, None] * kept
    inputs = techniques.inputs.T.toarray()[shops.technique] * activity[:, None]
    office = np.zeros((1, len(economy.goods)))
    return np.vstack([outputs, office]), np.vstack([inputs, office])


def _links(economy: Economy, outcome: Outcome, taken: Matrix, out: Matrix) -> Links:
    found = [
        _matched(good, out[:, good], _users(outcome, taken[:, good], good))
        for good in range(len(economy.goods))
    ]
    parts = [np.concatenate([each[place] for each in found]) for place in range(4)]
    return Links(
        parts[0].astype(np.int64), parts[1].astype(np.int64), parts[2].astype(np.int64), parts[3]
    )


def _users(outcome: Outcome, taken: Vector, good: int) -> Vector:
    ends = (outcome.built, outcome.public, outcome.exports, outcome.people)
    return np.concatenate([taken, [float(end[good]) for end in ends]])


def _matched(good: int, supplies: Vector, wants: Vector) -> tuple[np.ndarray, ...]:
    """Match suppliers and users: own use first, then in order (the north-west corner)."""
    keepers = len(supplies)
    own = np.minimum(supplies, wants[:keepers])
    has = np.flatnonzero(own > 1e-12 * supplies.sum())
    rest = np.concatenate([wants[:keepers] - own, wants[keepers:]])
    mine = (np.full(len(has), good), has, has, own[has])
    others = _cornered(good, supplies - own, rest)
    return tuple(np.concatenate(both) for both in zip(mine, others, strict=True))


def _cornered(good: int, supplies: Vector, wants: Vector) -> tuple[np.ndarray, ...]:
    # What one side has is what the other takes, but for rounding.
    total = min(supplies.sum(), wants.sum())
    edges = np.unique(np.concatenate([np.cumsum(supplies), np.cumsum(wants)]))
    edges = edges[(edges > 0) & (edges <= total * (1 + 1e-12))]
    starts = np.concatenate([[0.0], edges[:-1]])
    amount = edges - starts
    middle = starts + amount / 2
    enough = amount > 1e-12 * total
    supplier = np.searchsorted(np.cumsum(supplies), middle[enough])
    user = np.searchsorted(np.cumsum(wants), middle[enough])
    return (
        np.full(int(enough.sum()), good),
        np.minimum(supplier, len(supplies) - 1),
        np.minimum(user, len(wants) - 1),
        amount[enough],
    )


_DUST: Final = 1e-12
"""Amount, relative to all that there is of a good, that is rounding and stands in no book
(numerical)."""


def ledger_rows(books: Books) -> Iterator[tuple[str, str, int, str, float]]:
    """Yield the rows of the books: keeper, entry, good, partner, amount.

    What a keeper takes of its own goods is used and was never delivered.
    """
    dust = _DUST * (books.opening + books.made + books.used + books.closing).sum(axis=0)
    for keeper, entry, good, partner, amount in _all_rows(books):
        if amount > dust[good]:
            yield keeper, entry, good, partner, amount


def _all_rows(books: Books) -> Iterator[tuple[str, str, int, str, float]]:
    count = len(books.names)
    for entry, amounts in (("opening", books.opening), ("made", books.made), ("used", books.used),
                           ("closing", books.closing)):  # fmt: skip
        table = csr_array(amounts).tocoo()
        for keeper, good, amount in zip(*table.coords, table.data, strict=True):
            yield books.names[keeper], entry, int(good), "", float(amount)
    links = books.links
    for good, supplier, user, amount in zip(
        links.good, links.supplier, links.user, links.amount, strict=True
    ):
        giver = books.names[supplier]
        if user < count and user != supplier:
            yield giver, "delivered", int(good), books.names[user], float(amount)
            yield books.names[user], "received", int(good), giver, float(amount)
        elif user == count + len(OUTSIDE):
            yield giver, "sold", int(good), "", float(amount)
        elif user >= count:
            yield giver, "delivered", int(good), OUTSIDE[user - count], float(amount)


def buys_what_it_makes(books: Books) -> Flags:
    """Return the keepers that receive from others a good that they make themselves.

    Their own balance can only be drawn up with what they received.
    """
    keepers, goods = books.made.shape
    received = np.zeros((keepers, goods), dtype=bool)
    links = books.links
    bought = (links.user < keepers) & (links.user != links.supplier)
    received[links.user[bought], links.good[bought]] = True
    return np.asarray((received & (books.made > 0)).any(axis=1))


def shown_goods(books: Books) -> np.ndarray:
    """Return which goods a keeper shows even when its books are closed: what it makes or trades in.

    Keepers x goods. What a keeper buys and uses up is shown only by open books.
    """
    shown = books.made > 0
    shown[-1] = True
    return np.asarray(shown)


def imports_received(imports: GoodsVector) -> Iterator[tuple[str, str, int, str, float]]:
    """Yield the receipts of the office of trade from abroad."""
    for good in np.flatnonzero(imports > 0):
        yield OFFICE, "received", int(good), OUTSIDE[-1], float(imports[good])
