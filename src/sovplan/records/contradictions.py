"""What workplaces declare that cannot both be so, named in pairs with amounts.

Four things are looked for. `most` of a good is what the year could have of it at the very most: the
makers' whole capacity as declared, each technique as if it had plants, hours and resources to
itself, and besides the stock as declared and the cap on imports; it is an upper bound, so what is
found is certain.

1. Counted twice: several declare the same plant (`capacity`) or the same works (`works`), and the
   total is above the books; several declare `stock` of one good, the total is above the books, and
   either two amounts are the same or one of them is what the total has too much (for a count may
   also find more than the books knew). The books are the economy the surveys are merged into.
2. `need`: a user's own norm of a good, at all the activity that it could have, is above `most`.
3. `want`: wants of a good and its public uses are above `most`.
4. `floor`: floors of a good and its public uses are above `most`.

Goods that can be imported without a cap, or that a technique without limit makes, have no `most`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import GoodsVector, TechniquesVector
from sovplan.foundation.words import say
from sovplan.records.economy import Economy
from sovplan.records.workplaces import Workplaces

Kind = Literal["capacity", "works", "stock", "need", "want", "floor"]

_TOLERANCE: Final = 0.05
"""Relative difference that counting explains; below it nothing is called a contradiction."""


@final
@dataclass(frozen=True, slots=True)
class Claim:
    """One row of a survey and whose it is."""

    workplace: str
    kind: str
    technique: str
    name: str
    amount: float

    @property
    def plant(self) -> str:
        """Plant of a row of capacity or works: a technique's own plant bears its name."""
        return self.name or self.technique


@final
@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two declarations that cannot both be so.

    Parameters
    ----------
    kind
        What was looked for; see the head of this module.
    name, unit
        The good or plant, and the unit of the amounts.
    supplier, supplier_amount
        Who makes it, or holds the most of it; what it declares.
    user, user_amount
        Who needs, wants or holds it too; what it declares.
    most
        What there can be of it at most: `most` of the good, or what the books say.
    """

    kind: Kind
    name: str
    unit: str
    supplier: str
    supplier_amount: float
    user: str
    user_amount: float
    most: float

    def __str__(self) -> str:
        """Return it in one sentence."""
        return say(
            f"yearfiles.contradiction.{self.kind}",
            name=self.name,
            unit=self.unit,
            supplier=self.supplier,
            supplied=figure(self.supplier_amount, 4),
            user=self.user,
            used=figure(self.user_amount, 4),
            most=figure(self.most, 4),
        )


def contradictions(
    base: Economy, declared: Economy, workplaces: Workplaces, claims: Sequence[Claim]
) -> tuple[Contradiction, ...]:
    """Return the pairs of declarations that cannot both be so.

    Parameters
    ----------
    base, declared
        The books, and the same with the claims merged into them.
    workplaces
        Who works with which technique.
    claims
        All rows of all surveys.
    """
    found = [*_plants_twice(base, claims), *_stock_twice(base, declared, workplaces, claims)]
    suppliers = _Suppliers.of(declared, workplaces)
    found += _needs(declared, workplaces, claims, suppliers)
    found += _wants(declared, claims, suppliers)
    return tuple(found)


def possible_activity(economy: Economy) -> TechniquesVector:
    """Return the most activity of each technique in year 1 if it had everything to itself.

    Bounded by each plant, kind of labour and resource that it uses; inf where nothing bounds it.
    """
    techniques, plants = economy.techniques, economy.plants
    first = (economy.first_year,)
    most = np.full(len(techniques), np.inf)
    for matrix, available in (
        (plants.load, plants.capacity),
        (techniques.labour, economy.labour.over(first)[:, 0, 0]),
        (techniques.resource_use, economy.resources.over(first)[:, 0, 0]),
    ):
        uses = matrix.tocoo()
        taking = uses.data > 0
        rows, columns = uses.coords[0][taking], uses.coords[1][taking]
        np.minimum.at(most, columns, available[rows] / uses.data[taking])
    return most


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Suppliers:
    """What there can be of each good at most, and which workplace could make the most of it."""

    most: GoodsVector
    names: tuple[str, ...]
    amounts: GoodsVector

    @classmethod
    def of(cls, economy: Economy, workplaces: Workplaces) -> "_Suppliers":
        goods, activity = economy.goods, possible_activity(economy)
        kept = economy.extensions.kept(len(goods))
        made = economy.techniques.outputs.toarray() * kept[:, None]
        with np.errstate(invalid="ignore"):
            made = np.where(made > 0, made * activity, 0.0)
        bought = np.where(economy.importable, goods.import_cap, 0.0)
        most = made.sum(axis=1) + goods.stock * (1.0 - goods.spoilage) + bought
        finite = np.where(np.isfinite(made), made, 0.0)
        by_workplace = finite @ workplaces.share.toarray().T
        first = by_workplace.argmax(axis=1)
        amounts = by_workplace[np.arange(len(goods)), first]
        names = tuple(
            workplaces.names[place] if amount > 0 else say("yearfiles.contradiction.nobody")
            for place, amount in zip(first, amounts, strict=True)
        )
        return cls(most, names, amounts)


def _plants_twice(base: Economy, claims: Sequence[Claim]) -> Iterator[Contradiction]:
    works = base.extensions.under_construction
    books = dict(zip(base.plants.names, base.plants.capacity.tolist(), strict=True))
    begun = dict.fromkeys(base.plants.names, 0.0)
    if works is not None:
        for plant, amount in zip(works.plants, works.capacity.tolist(), strict=True):
            begun[base.plants.names[plant]] += amount
    unit = say("papers.unit.capacity")
    for row_kind, kind, known in (
        ("capacity", "capacity", books),
        ("under_construction", "works", begun),
    ):
        held: dict[str, dict[str, float]] = {}
        for claim in claims:
            if claim.kind == row_kind:
                who = held.setdefault(claim.plant, {})
                who[claim.workplace] = who.get(claim.workplace, 0.0) + claim.amount
        for plant, who in held.items():
            pair = _counted_twice(who, known[plant], explained=False)
            if pair is not None:
                yield _pair("capacity" if kind == "capacity" else "works", plant, unit,
                            pair, who, known[plant])  # fmt: skip


def _stock_twice(
    base: Economy, declared: Economy, workplaces: Workplaces, claims: Sequence[Claim]
) -> Iterator[Contradiction]:
    makes = (workplaces.share @ declared.techniques.outputs.T).toarray() > 0
    place = {name: at for at, name in enumerate(workplaces.names)}
    for at, good in enumerate(base.goods.names):
        who: dict[str, float] = {}
        for claim in claims:
            if claim.kind == "stock" and claim.name == good:
                who[claim.workplace] = who.get(claim.workplace, 0.0) + claim.amount
        pair = _counted_twice(who, float(base.goods.stock[at]), explained=True)
        if pair is not None:
            makers = [name for name in pair if name in place and makes[place[name], at]]
            first = makers[0] if makers else pair[0]
            ordered = (first, pair[1] if pair[0] == first else pair[0])
            unit, books = base.goods.units[at], float(base.goods.stock[at])
            yield _pair("stock", good, unit, ordered, who, books)


def _counted_twice(
    who: dict[str, float], books: float, *, explained: bool
) -> tuple[str, str] | None:
    """Return the two of whom one counts what the other has counted, or None.

    Where no two explain the excess these are the two with the most, unless it must be `explained`.
    """
    total = sum(who.values())
    if len(who) < 2 or total <= books * (1.0 + _TOLERANCE):
        return None
    names = sorted(who, key=lambda name: (-who[name], name))
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            same = who[one] - who[other] <= _TOLERANCE * who[one]
            excess = abs(total - books - who[other]) <= _TOLERANCE * max(books, who[other])
            if who[other] > 0 and (same or excess):
                return one, other
    return None if explained or who[names[1]] == 0 else (names[0], names[1])


def _pair(  # noqa: PLR0917 - the fields of the contradiction
    kind: Literal["capacity", "works", "stock"],
    name: str,
    unit: str,
    pair: tuple[str, str],
    who: dict[str, float],
    books: float,
) -> Contradiction:
    one, other = pair
    return Contradiction(kind, name, unit, one, who[one], other, who[other], books)


def _needs(
    declared: Economy, workplaces: Workplaces, claims: Sequence[Claim], suppliers: _Suppliers
) -> Iterator[Contradiction]:
    goods, techniques = declared.goods.names, declared.techniques.names
    activity, share = possible_activity(declared), workplaces.share.toarray()
    need: dict[tuple[str, str], float] = {}
    for claim in claims:
        if claim.kind == "norm_input":
            column = techniques.index(claim.technique)
            own = share[workplaces.names.index(claim.workplace), column] * activity[column]
            key = (claim.workplace, claim.name)
            need[key] = need.get(key, 0.0) + (claim.amount * own if claim.amount else 0.0)
    for (user, good), amount in need.items():
        at = goods.index(good)
        if np.isfinite(amount) and amount > suppliers.most[at] * (1.0 + _TOLERANCE):
            yield _against("need", declared, suppliers, at, (user, amount))


def _wants(
    declared: Economy, claims: Sequence[Claim], suppliers: _Suppliers
) -> Iterator[Contradiction]:
    needs = declared.needs.over((declared.first_year,))[:, 0, :]
    for kind, field in (("want", 0), ("floor", 1)):
        who: dict[str, dict[str, float]] = {}
        for claim in claims:
            if claim.kind == kind:
                by = who.setdefault(claim.name, {})
                by[claim.workplace] = by.get(claim.workplace, 0.0) + claim.amount
        for good, by in who.items():
            at = declared.goods.names.index(good)
            asked = needs[at, field] + needs[at, 2]
            if asked > suppliers.most[at] * (1.0 + _TOLERANCE):
                user = max(by, key=lambda name: (by[name], name))
                named: Kind = "want" if kind == "want" else "floor"
                yield _against(named, declared, suppliers, at, (user, by[user]))


def _against(
    kind: Kind, declared: Economy, suppliers: _Suppliers, at: int, user: tuple[str, float]
) -> Contradiction:
    name, amount = user
    return Contradiction(
        kind,
        declared.goods.names[at],
        declared.goods.units[at],
        suppliers.names[at],
        float(suppliers.amounts[at]),
        name,
        amount,
        float(suppliers.most[at]),
    )
