"""A draft: one plan, what it is worth, how sure that is, and why it is as it is."""

from dataclasses import dataclass
from typing import Any, Literal, final

import numpy as np

from sovplan.foundation.shapes import (
    GoodsVector,
    GoodsYears,
    PlantsYears,
    PlantsYearsNext,
    ResourcesYears,
    SkillsYears,
    TechniquesYears,
    YearsVector,
)
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.calendar import Calendar
from sovplan.records.economy import Economy

Status = Literal["optimal", "feasible", "infeasible", "unbounded"]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Quantities of a plan, in the units of the economy.

    For every good and year: output - lost + imports + stock of the year before less spoilage
    = used + investment + consumption + public + moved + exports + stock + waste.

    Parameters
    ----------
    activity
        x, techniques x years.
    ordered, capacity
        n, plants x years; K on the first day of each year and of the year after the last.
    output, lost, used, investment
        B x, its losses, A x and I, goods x years.
    imports, exports, stock, consumption, public, moved, waste
        m, e, s, c, P, what people who have moved need besides, and what nothing uses.
    migrants, credit
        v, people who move in the year; d, credit drawn beside the fixed rows, by year.
    labour_used, labour_available, resources_used, resources_available
        L x and H with those who have moved; R x and Q.
    trade_balance
        Foreign money left over in the year.
    """

    activity: TechniquesYears
    ordered: PlantsYears
    capacity: PlantsYearsNext
    output: GoodsYears
    lost: GoodsYears
    used: GoodsYears
    investment: GoodsYears
    imports: GoodsYears
    exports: GoodsYears
    stock: GoodsYears
    consumption: GoodsYears
    public: GoodsYears
    moved: GoodsYears
    waste: GoodsYears
    migrants: YearsVector
    credit: YearsVector
    labour_used: SkillsYears
    labour_available: SkillsYears
    resources_used: ResourcesYears
    resources_available: ResourcesYears
    trade_balance: YearsVector


@final
@dataclass(frozen=True, slots=True, eq=False)
class Valuation:
    """What one more unit of anything is worth, in one unit that `unit` names.

    Parameters
    ----------
    unit
        `objective` or `hours`.
    goods
        Worth of one more unit of a good in a year, goods x years.
    capacity, labour, resources
        Worth of one more unit of capacity, one more hour, one more unit of a resource.
    foreign
        Worth of one more unit of foreign money, by year.
    terminal
        Cost of one more unit of a good asked for by the terminal rule on plants.
    """

    unit: Literal["objective", "hours"]
    goods: GoodsYears
    capacity: PlantsYears
    labour: SkillsYears
    resources: ResourcesYears
    foreign: YearsVector
    terminal: GoodsVector


@final
@dataclass(frozen=True, slots=True)
class Certificate:
    """How far the plan and its prices are from proving each other, in the page's measure.

    Parameters
    ----------
    primal, dual
        Greatest residual of a limit and of a price rule, relative to the greatest term.
    gap
        |primal - dual objective| / max(1e-12, |primal|, |dual|).
    balance
        Greatest relative error of the balances of goods reckoned forward from the plan.
    """

    primal: float
    dual: float
    gap: float
    balance: float


@final
@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the planning problem, by what it is, of what, and when.

    Parameters
    ----------
    kind
        Name of the limit: balance, capacity, labour, resource, trade, floor, target, ...
    name
        The good, plant, skill or resource; '' for foreign money.
    year
        Calendar year, or 0 where the limit holds for all years together.
    amount
        The side of the limit.
    unit
        Unit of the amount.
    """

    kind: str
    name: str
    year: int
    amount: float
    unit: str


@final
@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that binds, and what relaxing it is worth.

    Parameters
    ----------
    price
        In the unit of the objective, for one unit of the limit.
    hours
        In hours of the economy, for one unit of the limit.
    saved
        Hours that one per cent of its amount would save at the price `hours`: a rate near the
        optimum (0.99 of it), and no bound on what it saves in the plan itself. That is told by
        `planning.foremost` for the first limits, which are tried.
    """

    limit: Limit
    price: float
    hours: float
    saved: float


@final
@dataclass(frozen=True, slots=True)
class Change:
    """One limit given way to, in the least change that makes a plan possible."""

    limit: Limit
    to: float
    relative: float


@final
@dataclass(frozen=True, slots=True)
class Conflict:
    """Why no plan is possible, and the least that mends it.

    Parameters
    ----------
    limits
        An irreducible set: together they cannot hold, without any one of them they can.
    changes
        The least change: the limits that give way, and how far.
    short
        Proof that the limits contradict each other (Farkas): valued at the weights of the least
        change, what is there falls short of what is asked by this part of the greatest single
        amount; 0 where no such proof was made.
    """

    limits: tuple[Limit, ...]
    changes: tuple[Change, ...]
    short: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class Unlimited:
    """What an unbounded plan can have without limit: goods and years, and the techniques used."""

    goods: tuple[str, ...]
    years: tuple[int, ...]
    techniques: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A plan put forward, with its reasons.

    Parameters
    ----------
    economy, aims, calendar
        What was declared, what was asked for, and both laid out over the years.
    method
        Name of the planning method.
    status
        optimal, feasible, infeasible or unbounded.
    objective
        Value of the objective; nan without a plan.
    fulfilment
        phi by year; None in a year without target.
    plan, shadow, hours, certificate
        None without a plan. `shadow` is in the unit of the objective, `hours` in hours.
    labour_content
        Hours in one unit of each good in the plan's own mix, goods x years; nan where the mix
        makes the good jointly with others or not at all.
    bindings
        What binds: first what holds the objective, by what one per cent brings, then what costs
        work, by the hours that one per cent saves; by hours only where least labour is the
        objective.
    conflict, unlimited
        Why there is no plan.
    sentences
        What the draft says in words.
    facts
        Further numbers of the draft by name (least and greatest fulfilment, waste, hours).
    """

    economy: Economy
    aims: Aims
    calendar: Calendar
    method: str
    status: Status
    objective: float
    fulfilment: tuple[float | None, ...]
    plan: Plan | None = None
    shadow: Valuation | None = None
    hours: Valuation | None = None
    certificate: Certificate | None = None
    labour_content: GoodsYears | None = None
    bindings: tuple[Binding, ...] = ()
    conflict: Conflict | None = None
    unlimited: Unlimited | None = None
    sentences: tuple[str, ...] = ()
    facts: dict[str, Any] | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the plan."""
        return self.calendar.years

    @property
    def done(self) -> bool:
        """Whether there is a plan."""
        return self.plan is not None

    @property
    def work_unit(self) -> str:
        """Unit of prices in hours and of labour contents: it says where the aims weigh labour."""
        unit = self.economy.hours_unit
        return say("records.draft.weighted", unit=unit) if self.aims.weighs_labour else unit

    @property
    def work(self) -> float:
        """All work of the plan, its kinds added up by the weights of the aims; nan without one."""
        if self.plan is None:
            return float("nan")
        skills = self.economy.techniques.skills
        weights = np.array([self.aims.labour_weights.get(skill, 1.0) for skill in skills])
        return float(weights @ self.plan.labour_used.sum(axis=1))

    def explain(self) -> tuple[str, ...]:
        """Return the draft in plain sentences: what binds, what it costs, why it cannot be."""
        return self.sentences
