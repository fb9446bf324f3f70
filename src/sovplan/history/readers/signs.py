"""An account without negative cells: what each of them means is put on the other side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, GoodsVector, Matrix, TechniquesVector, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.labels import Label
from sovplan.history.readers.notes import Moved
from sovplan.history.readers.terms import Role, Terms


@final
@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A year in amounts that are nowhere negative.

    Parameters
    ----------
    goods, branches
        Labels of the G goods and J branches that take part.
    inputs, outputs
        G x J, amounts of the year.
    activity
        Output of each branch as published, J.
    by_role
        Final uses and what goes beside them, G each: `target` and `public` recur every year,
        `once` is a fixed use of this year only, `exports`, `imports`, and `drawn` from stock.
    supplied
        Supplies by final users, by name of the use, G each.
    storable
        Goods whose stock did change in the year.
    hours, resources
        Totals of the year by branch, J each.
    dropped
        Branches without output and goods without any flow.
    """

    goods: tuple[Label, ...]
    branches: tuple[Label, ...]
    inputs: Matrix
    outputs: Matrix
    activity: TechniquesVector
    by_role: Mapping[str, GoodsVector]
    supplied: Mapping[str, GoodsVector]
    storable: Flags
    hours: Mapping[str, TechniquesVector]
    resources: Mapping[str, TechniquesVector]
    dropped: tuple[str, ...]

    def import_only(self) -> tuple[str, ...]:
        """Return the goods that no branch makes and that are imported."""
        alone = (self.outputs.sum(axis=1) == 0) & (self.by_role["imports"] > 0)
        return tuple(self.goods[row].code for row in np.flatnonzero(alone))

    def made(self) -> GoodsVector:
        """Return what branches make and final users supply of each good."""
        total: Vector = self.outputs.sum(axis=1) + sum(
            self.supplied.values(), np.zeros(len(self.goods))
        )
        return total

    def fixed(self) -> GoodsVector:
        """Return all fixed uses of the year."""
        return self.by_role["public"] + self.by_role["once"]


def nonnegative(
    account: SupplyUse, terms: Terms, *, plans_investment: bool
) -> tuple[Counted, tuple[Moved, ...]]:
    """Return the account with every negative cell on the other side, and the list of those cells.

    Parameters
    ----------
    account
        At basic prices.
    terms
        Roles of the final uses.
    plans_investment
        Whether investment is left to the plan after this year.

    Raises
    ------
    DataError
        A final use has no role, or a branch without output uses or employs something.
    """
    moved: list[Moved] = []
    output = account.output()
    kept = output > 0
    _check_idle(account, kept)
    goods = [label.code for label in account.products]
    branches = [label.code for label in account.industries]
    returned = _negative(account.use, _noting(moved, "input", goods, branches))
    taken_back = _negative(account.make.T, _noting(moved, "output", goods, branches))
    inputs = np.maximum(account.use, 0.0) + taken_back
    outputs = np.maximum(account.make.T, 0.0) + returned
    by_role, supplied, storable = _final(account, terms, moved, plans_investment=plans_investment)
    by_role["imports"] += _not_made(inputs, outputs, by_role, supplied)
    alive = np.maximum.reduce([inputs.sum(axis=1), outputs.sum(axis=1), *by_role.values()]) > 0
    alive |= np.any([vector > 0 for vector in supplied.values()], axis=0) if supplied else False
    counted = Counted(
        goods=tuple(np.array(account.products, dtype=object)[alive]),
        branches=tuple(np.array(account.industries, dtype=object)[kept]),
        inputs=inputs[np.ix_(alive, kept)],
        outputs=outputs[np.ix_(alive, kept)],
        activity=output[kept],
        by_role={role: vector[alive] for role, vector in by_role.items()},
        supplied={use: vector[alive] for use, vector in supplied.items()},
        storable=storable[alive],
        hours={name: vector[kept] for name, vector in account.hours.items()},
        resources={name: vector[kept] for name, vector in account.resources.items()},
        dropped=(
            *(branches[row] for row in np.flatnonzero(~kept)),
            *(goods[row] for row in np.flatnonzero(~alive)),
        ),
    )
    return counted, tuple(moved)


def _final(
    account: SupplyUse, terms: Terms, moved: list[Moved], *, plans_investment: bool
) -> tuple[dict[str, GoodsVector], dict[str, GoodsVector], Flags]:
    goods = [label.code for label in account.products]
    zero = np.zeros(len(goods))
    by_role = {
        name: zero.copy() for name in ("target", "public", "once", "exports", "imports", "drawn")
    }
    supplied: dict[str, GoodsVector] = {}
    changed = np.zeros(len(goods), dtype=bool)
    where: dict[Role, str] = {
        "target": "target",
        "public": "public",
        "investment": "once" if plans_investment else "public",
        "stocks": "once",
        "exports": "exports",
    }
    for use, vector in account.final.items():
        role = terms.role(use)
        by_role[where[role]] += np.maximum(vector, 0.0)
        kind = role if role in {"stocks", "exports"} else "use"
        less = _negative(vector[:, None], _noting(moved, kind, goods, [use]))[:, 0]
        if role == "stocks":
            by_role["drawn"] += less
            changed |= vector != 0
        elif role == "exports":
            by_role["imports"] += less
        elif less.any():
            supplied[use] = less
    less = _negative(account.imports[:, None], _noting(moved, "imports", goods, ["imports"]))[:, 0]
    by_role["public"] += less
    by_role["imports"] += np.maximum(account.imports, 0.0)
    never = np.array([code in account.not_stored for code in goods], dtype=bool)
    return by_role, supplied, (changed & ~never) | (by_role["drawn"] > 0)


def _not_made(
    inputs: Matrix,
    outputs: Matrix,
    by_role: Mapping[str, GoodsVector],
    supplied: Mapping[str, GoodsVector],
) -> GoodsVector:
    """Return what must be imported of goods that nobody makes, beyond what the table imports."""
    uses = inputs.sum(axis=1) + sum(by_role[use] for use in ("target", "public", "once", "exports"))
    sources = sum(supplied.values(), by_role["imports"] + by_role["drawn"])
    return np.where(outputs.sum(axis=1) == 0, np.maximum(uses - sources, 0.0), 0.0)


def _negative(matrix: Matrix, note: Callable[[int, int, float], None]) -> Matrix:
    less = np.maximum(-matrix, 0.0)
    for row, column in np.argwhere(less > 0):
        note(int(row), int(column), float(less[row, column]))
    return less


def _noting(
    moved: list[Moved], kind: str, goods: list[str], others: list[str]
) -> Callable[[int, int, float], None]:
    def note(row: int, column: int, amount: float) -> None:
        moved.append(Moved(kind, goods[row], others[column], amount))

    return note


def _check_idle(account: SupplyUse, kept: Flags) -> None:
    busy = np.abs(account.use).sum(axis=0) + np.abs(account.make).sum(axis=1)
    for vector in (*account.hours.values(), *account.resources.values()):
        busy = busy + np.abs(vector)
    for row in np.flatnonzero(~kept & (busy > 0)):
        raise DataError(say("readers.signs.no_output", branch=account.industries[row].code))
