"""Who goes short when there is less of a good than its users together want.

What is lost of each use is chosen so that the weighted sum of losses is least,

    min  sum over uses of  w_c v_u sum_k 2^k (loss in step k, share of what was wanted)

    within  goods:  there + (outputs - inputs) x + imports  >=  works + public uses + exports
                                                                + people's floors and the rest
            money:  export_price exports + funds + debt  >=  import_price imports

where v_u is the part of a use in the worth of its class at published prices, and the steps are 5,
5, 10, 20 and 60 per cent of what was wanted, each weighing twice the one before, so that a loss is
spread over the members of a class. Weights of classes follow the order of
supply that institutions set: w_c = 10^(priority rank_c), rank 1 for the first class and 0 for
the last. With priority 0 all classes weigh the same.

Two rules were tried before and given up: cutting all users of a short good alike, in a fixed order
of goods or the shortest first, takes seed from the farms when bread is short; in an economy
where everything needs everything, that ends with no output at all.

Source: tiers of users as in rule R01 of the model; the form of losses is that of
`planning.shortage`. It is distribution without error within the weights: an upper bound on how well
a shortage is borne.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, hstack, vstack

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import AnySparse, Flags, GoodsVector, TechniquesVector, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say

ENDS: Final = ("floors", "public", "exports", "people")
CLASSES: Final = ("heavy", "light", "building", *ENDS)
"""Techniques that make means of production (`records.purposes`), the other techniques, works,
people's floors, public uses, exports, and people's consumption above the floors."""
STEPS: Final = (0.05, 0.05, 0.1, 0.2, 0.6)
"""Parts of what was wanted, from the first that is lost to the last (assumed)."""
SPAN: Final = 1.0
"""Decades between the weights of the first and the last class at priority 1 (assumed)."""
_IMPORTS: Final = 1e-4
"""Weight of an import that is not bought, against 1 for all of the last class of uses (assumed): by
itself it counts next to nothing, what it would have been used for counts in full."""
_DEBT: Final = 1e3
"""Weight of foreign money that is missing (assumed): obligations stay unpaid only where nothing
else can give way."""
_LITTLE: Final = 1e-6
"""Weight of what is worth nothing at published prices (numerical)."""
_DUST: Final = 1e-12
"""Amount, relative to the largest of its kind, that nobody wants (numerical)."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Wants:
    """What is wanted of the goods of a year, and what there is besides what is made.

    Parameters
    ----------
    there
        Units of each good at hand besides what is made and imported.
    outputs
        Goods x techniques: what one unit of activity really yields, after losses.
    inputs
        Goods x techniques: what it takes.
    activity
        What techniques would do if nothing were short.
    heavy
        Whether a technique makes means of production.
    works
        Goods x works: what each of the works takes this year.
    ends
        Units of each good wanted by class of `ENDS`.
    imports, import_price, export_price, funds
        Imports wanted; prices (0 where not traded); foreign money besides exports.
    prices
        What a unit of each good is worth, in one unit for all.
    """

    there: GoodsVector
    outputs: AnySparse
    inputs: AnySparse
    activity: TechniquesVector
    heavy: Flags
    works: AnySparse
    ends: Mapping[str, GoodsVector]
    imports: GoodsVector
    import_price: GoodsVector
    export_price: GoodsVector
    funds: float
    prices: GoodsVector

    def uses(self) -> GoodsVector:
        """Return all that is wanted of each good."""
        taken = np.asarray(self.works.sum(axis=1)).ravel() + sum(self.ends.values())
        return np.asarray(self.inputs @ self.activity + taken)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Granted:
    """What everybody gets.

    Parameters
    ----------
    activity
        What techniques do.
    works
        Share of the goods that each of the works gets.
    ends
        Units of each good by class.
    imports
        What is imported.
    debt
        Foreign money missing.
    """

    activity: TechniquesVector
    works: Vector
    ends: dict[str, GoodsVector]
    imports: GoodsVector
    debt: float


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Use:
    """One use: how much of it is wanted, how a unit lost enters the rows, and its weight."""

    name: str
    most: Vector
    relief: AnySparse
    weight: Vector


def share_shortage(wants: Wants, order: tuple[str, ...], priority: float) -> Granted:
    """Return what everybody gets; nobody gets more than was wanted.

    Parameters
    ----------
    wants
        What is wanted, and what there is.
    order
        All of `CLASSES`, the first served first.
    priority
        0 (all alike) to 1 (the weights of the order in full).

    Raises
    ------
    SolverFailed
        The programme of the year has no solution.

    Source: see the head of the module.
    """
    slack = _slack(wants)
    uses = tuple(_uses(wants, order, priority))
    lost = {use.name: np.zeros(len(use.most)) for use in uses}
    if (slack < 0).any():
        lost = _losses(uses, slack)
    ends = {name: wants.ends[name] - lost[name] for name in ENDS}
    return Granted(
        wants.activity - lost["activity"],
        1.0 - lost["works"],
        ends,
        wants.imports - lost["imports"],
        float(lost.get("debt", np.zeros(1))[0]),
    )


def _slack(wants: Wants) -> Vector:
    """Return what is left of each good, then of foreign money, if everybody gets all."""
    made = wants.outputs @ wants.activity
    money = wants.export_price @ wants.ends["exports"] + wants.funds
    return np.append(
        wants.there + made + wants.imports - wants.uses(),
        money - wants.import_price @ wants.imports,
    )


def _uses(wants: Wants, order: tuple[str, ...], priority: float) -> Iterator[_Use]:
    rank = {name: 1.0 - place / (len(order) - 1) for place, name in enumerate(order)}
    weights = {name: 10.0 ** (SPAN * priority * rank[name]) for name in order}
    goods = len(wants.there)
    own = csc_array(np.eye(goods))
    money = csc_array((1, goods))
    net = csc_array(wants.inputs - wants.outputs)
    worth = wants.activity * np.asarray(wants.outputs.T @ wants.prices)
    weight = np.zeros(len(worth))
    for name, chosen in (("heavy", wants.heavy), ("light", ~wants.heavy)):
        weight += weights[name] * _parts(np.where(chosen, worth, 0.0))
    yield _Use("activity", wants.activity, _stacked(net, csc_array((1, net.shape[1]))), weight)
    count = wants.works.shape[1]
    cost = weights["building"] * _parts(np.asarray(wants.works.T @ wants.prices))
    yield _Use("works", np.ones(count), _stacked(csc_array(wants.works), csc_array((1, count))),
               cost)  # fmt: skip
    for name in ENDS:
        paid = csc_array(-wants.export_price[None, :]) if name == "exports" else money
        weight = weights[name] * _parts(wants.ends[name] * wants.prices)
        yield _Use(name, wants.ends[name], _stacked(own, paid), weight)
    bill = csc_array(wants.import_price[None, :])
    yield _Use("imports", wants.imports, _stacked(csc_array(-own), bill), np.full(goods, _IMPORTS))
    if wants.funds < 0:
        relief = csc_array(([1.0], ([goods], [0])), shape=(goods + 1, 1))
        yield _Use("debt", np.array([-wants.funds]), relief, np.array([_DEBT]))


def _parts(worth: Vector) -> Vector:
    """Return parts of a sum, with a little for what is worth nothing."""
    total = worth.sum()
    return worth / total + _LITTLE if total > 0 else np.full(len(worth), _LITTLE)


def _stacked(above: AnySparse, below: AnySparse) -> AnySparse:
    return csc_array(vstack([above, below]))


def _losses(uses: tuple[_Use, ...], slack: Vector) -> dict[str, Vector]:
    """Return what is lost of each use."""
    columns, costs, tops, owners = [], [], [], []
    for use in uses:
        wanted = np.flatnonzero(use.most > _DUST * use.most.max(initial=0.0))
        most = use.most[wanted]
        for step, part in enumerate(STEPS):
            columns.append(csc_array(use.relief[:, wanted]))
            costs.append(2.0**step * use.weight[wanted] / most)
            tops.append(part * most)
            owners.append((use.name, wanted))
    matrix = csc_array(hstack(columns))
    width = matrix.shape[1]
    programme = Programme(
        np.concatenate(costs), matrix, -slack, np.full(len(slack), np.inf),
        np.zeros(width), np.concatenate(tops), maximise=False,
    )  # fmt: skip
    found = solve(programme, engine="simplex")
    if found.answer != "optimal":
        raise SolverFailed(say("world.no_shares", answer=found.answer))
    values = np.clip(found.columns, programme.low, programme.high)
    lost = {use.name: np.zeros(len(use.most)) for use in uses}
    first = 0
    for name, wanted in owners:
        lost[name][wanted] += values[first : first + len(wanted)]
        first += len(wanted)
    return {use.name: np.minimum(lost[use.name], use.most) for use in uses}
