"""An economy as the published harmony procedure sees it, and the plan that it means by its answer.

Products, year by year: goods, hours of each kind, resources, capacity of each plant. A technique
is worked in the amount that fills its opening plants. One unit of capacity ordered takes C and
makes (1 - wear)^k in the k-th year after it is ready. There is no store, no trade and no terminal
rule.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import GoodsYears, Grid, Indices, Vector
from sovplan.foundation.words import say
from sovplan.planning.capital import committed, opening_capacity
from sovplan.planning.coefficients import opening_activity
from sovplan.planning.harmony.measure import harmony
from sovplan.planning.harmony.published import (
    OF_RESOURCES,
    PUT_FOR_ZERO,
    TURNS,
    Complex,
    net_output,
    published,
)
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.planning.standing import put_forward
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns

_NAMED: Final = 3


def harmony_published(
    returns: Returns, aims: Aims | None = None, *, years: int | None = None
) -> Draft:
    """Return the plan of the published harmony procedure, held against every limit.

    Parameters
    ----------
    returns
        What was declared; every technique works in plants with an opening capacity, and every
        good that is wanted or used can be made.
    aims
        What the plan is for; the economy's own needs and the defaults if None. Floors and the
        terminal rule are not known to the procedure.
    years
        Number of years in place of that of the aims.

    Returns
    -------
    Draft
        Status `feasible`, or `infeasible` with the limits that its answer breaks. `facts` holds
        `harmony`, total harmony over goods and years, with 0.02 in place of targets of 0.

    Raises
    ------
    PlanningError
        The economy has what the procedure does not know.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    _refuse(problem)
    found = complex_of(problem)
    activity = published(found.made)
    net = net_output(found.made, activity)[found.goods]
    total = float(harmony(net / found.made.targets[found.goods]).sum())
    told = (say("harmony.published", turns=TURNS, total=figure(total, 5)),)
    columns = _columns(problem, found, activity, net)
    return put_forward(problem, columns, "harmony-published", told=told, facts={"harmony": total})


@final
@dataclass(frozen=True, slots=True, eq=False)
class Translated:
    """The complex of an economy, and where its parts stand.

    Parameters
    ----------
    made
        The complex.
    goods
        Product of each good and year.
    standard
        Activity of each technique in one standard operation.
    worked, ordered
        Column of each technique and year; of each plant and year, -1 in the last.
    """

    made: Complex
    goods: Indices
    standard: Vector
    worked: Indices
    ordered: Indices


def _refuse(problem: Problem) -> None:
    """Do nothing if the procedure knows everything that matters in the economy."""
    economy, calendar = problem.economy, problem.calendar
    techniques, plants = economy.techniques, economy.plants
    most = opening_activity(economy)
    free = [techniques.names[j] for j in np.flatnonzero(~np.isfinite(most) | (most <= 0))]
    made = np.asarray(techniques.outputs.sum(axis=1)).ravel() > 0
    asked = (calendar.target + calendar.public + calendar.output_target).sum(axis=1)
    used: Vector = np.asarray(techniques.inputs.sum(axis=1) + plants.building.sum(axis=1)).ravel()
    bought = [economy.goods.names[g] for g in np.flatnonzero(~made & (asked + used > 0))]
    slow = [plants.names[p] for p in np.flatnonzero(plants.gestation > 1)]
    none = [
        name
        for name, amounts in (
            *zip(techniques.skills, calendar.labour, strict=True),
            *zip(techniques.resources, calendar.resources, strict=True),
        )
        if not (amounts > 0).all()
    ]
    for reason, names in (("plants", free), ("bought", bought), ("slow", slow), ("none", none)):
        if names:
            words = ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
            raise PlanningError(say(f"harmony.lacks.{reason}", names=words))


def complex_of(problem: Problem) -> Translated:
    """Return what the procedure works on.

    Goods come first, year by year with the hours and resources of the year, then capacities.
    """
    economy, calendar = problem.economy, problem.calendar
    horizon, plants = len(calendar.years), economy.plants
    counts = (len(economy.goods), *calendar.labour.shape[:1], *calendar.resources.shape[:1])
    width = sum(counts)
    products = np.arange(width * horizon).reshape(horizon, width).T
    goods, hours, resources = np.split(products, np.cumsum(counts)[:-1])
    held = width * horizon + np.arange(len(plants) * horizon).reshape(len(plants), horizon)
    standard = opening_activity(economy)
    inputs, outputs = _Entries(), _Entries()
    worked = np.arange(len(economy.techniques) * horizon).reshape(-1, horizon)
    for t in range(horizon):
        for matrix, rows in (
            (economy.techniques.inputs, goods),
            (economy.techniques.labour, hours),
            (economy.techniques.resource_use, resources),
            (plants.load, held),
        ):
            inputs.put(matrix.tocoo(), rows[:, t], worked[:, t], standard)
        outputs.put(economy.techniques.outputs.tocoo(), goods[:, t], worked[:, t], standard)
    ordered = np.full((len(plants), horizon), -1)
    orders = np.arange(len(plants) * (horizon - 1))
    ordered[:, :-1] = worked.size + orders.reshape(len(plants), horizon - 1)
    for t in range(horizon - 1):
        inputs.put(plants.building.tocoo(), goods[:, t], ordered[:, t], np.ones(len(plants)))
        for later in range(t + 1, horizon):
            kept = (1.0 - plants.wear) ** (later - t - 1)
            outputs.add(held[:, later], ordered[:, t], kept)
    shape = (held.size + products.size, worked.size + orders.size)
    return Translated(
        Complex(
            inputs.matrix(shape),
            outputs.matrix(shape),
            _main(problem, (goods, held), shape[1], (worked, ordered)),
            *_amounts(problem, (goods, hours, resources, held)),
        ),
        goods,
        standard,
        worked,
        ordered,
    )


def _main(
    problem: Problem, rows: tuple[Indices, Indices], width: int, columns: tuple[Indices, Indices]
) -> Indices:
    """Return the product for which each technique is run: its first one."""
    (goods, held), (worked, ordered) = rows, columns
    outputs = problem.economy.techniques.outputs.tocoo()
    first = np.full(len(problem.economy.techniques), len(problem.economy.goods))
    np.minimum.at(first, outputs.coords[1], outputs.coords[0])
    main = np.zeros(width, dtype=np.int64)
    main[worked] = goods[first]
    main[ordered[:, :-1]] = held[:, 1:]
    return main


def _amounts(
    problem: Problem, rows: tuple[Indices, Indices, Indices, Indices]
) -> tuple[Vector, Vector, np.ndarray, np.ndarray]:
    """Return what there is, what is wanted, what nothing makes and what nobody wants for itself."""
    economy, calendar, (goods, hours, resources, held) = problem.economy, problem.calendar, rows
    size, horizon = held.size + goods.size + hours.size + resources.size, goods.shape[1]
    given, targets = np.zeros(size), np.full(size, OF_RESOURCES)
    given[goods] = -calendar.public - committed(economy, horizon)
    given[goods[:, 0]] += (1.0 - economy.goods.spoilage) * economy.goods.stock
    given[hours], given[resources] = calendar.labour, calendar.resources
    works = economy.extensions.under_construction
    given[held] = opening_capacity(economy.plants, works, economy, horizon)[:, :horizon]
    wanted = np.maximum(calendar.target, calendar.floor)
    targets[goods] = np.where(wanted > 0, wanted, PUT_FOR_ZERO)
    nothing = np.zeros(size, dtype=bool)
    nothing[hours], nothing[resources], nothing[held[:, 0]] = True, True, True
    for_use = nothing.copy()
    for_use[held] = True
    return given, targets, nothing, for_use


def _columns(problem: Problem, found: Translated, activity: Vector, net: GoodsYears) -> Vector:
    """Return the columns of the planning problem; what is left of a good is consumed."""
    columns = np.zeros(len(problem.programme.cost))
    built = np.zeros(found.ordered.shape)
    built[:, :-1] = activity[found.ordered[:, :-1]]
    high = problem.programme.high[problem.columns["consumption"].places]
    values: dict[str, Grid] = {
        "activity": found.standard[:, None] * activity[found.worked],
        "ordered": built,
        "consumption": np.clip(net, 0.0, high),
    }
    for name, amounts in values.items():
        columns[problem.columns[name].places] = amounts
    return columns


class _Entries:
    """Collects entries of a matrix of products x techniques."""

    def __init__(self) -> None:
        self.rows: list[Indices] = []
        self.columns: list[Indices] = []
        self.values: list[Vector] = []

    def put(self, matrix: object, rows: Indices, columns: Indices, scale: Vector) -> None:
        """Add a matrix whose rows and columns stand at some places, its columns scaled."""
        row, column = matrix.coords  # type: ignore[attr-defined]
        self.add(rows[row], columns[column], matrix.data * scale[column])  # type: ignore[attr-defined]

    def add(self, rows: Indices, columns: Indices, values: Vector) -> None:
        """Add single entries."""
        self.rows.append(rows)
        self.columns.append(columns)
        self.values.append(values)

    def matrix(self, shape: tuple[int, int]) -> csr_array[np.float64]:
        """Return the matrix."""
        places = (np.concatenate(self.rows), np.concatenate(self.columns))
        return csr_array((np.concatenate(self.values), places), shape=shape)
