"""An answer as voters see it: what changes most, hours, imports, whose work grows and shrinks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import GoodsYears, Indices, Vector
from sovplan.planning.amending.amended import values_of
from sovplan.planning.amending.answers import Answer, plan_with
from sovplan.planning.amending.demands import Demands, heads_of
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.setaside import beyond_use, kept, struck_in
from sovplan.planning.coefficients import main_products
from sovplan.planning.foremost import thing_and_years, things_of
from sovplan.planning.standing import shares_of
from sovplan.planning.valuation import bounds_of
from sovplan.records.certainty import Proved
from sovplan.records.costing import AnswerSheet, Moved, Rate
from sovplan.records.draft import Plan
from sovplan.records.identities import balance_error

FEWER: Final = 5
"""Things that bind told at most."""
_SEEN: Final = 1e-7
"""Change told from rounding, as a share of an amount."""
_DUST: Final = 1e-9
"""The same as a share of the whole that the amount is part of."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Amounts by name in the draft and in an amended plan, all years together.

    `whole` is what a change is rounding beside: all that there is of a good, or all hours.
    """

    names: Sequence[str]
    titles: Sequence[str]
    units: Sequence[str]
    before: Vector
    after: Vector
    whole: Vector


def answer_sheet(
    ground: Ground, demands: Demands | None, answer: Answer, raised: str = ""
) -> AnswerSheet:
    """Return what voters see of an answer; `raised` is what rates of exchange are of."""
    economy, plan, draft = ground.problem.economy, answer.plan, ground.plan
    heads = head_years(ground)
    return AnswerSheet(
        kind=answer.kind,
        done=True,
        objective=_aim(ground, demands, answer.columns, plan),
        fulfilment=_fulfilment(ground, demands, plan),
        struck=struck_in(ground, demands, plan),
        beyond_use=beyond_use(ground, plan, heads),
        goods=moved(_of_goods(ground, draft.consumption, plan.consumption), heads),
        outputs=_outputs(ground, plan),
        activities_changed=_activities(ground, plan),
        public=moved(_of_goods(ground, draft.public, plan.public), heads),
        hours=moved(_by_branch(ground, plan), heads),
        regions=moved(_by_region(ground, plan), heads),
        imports=moved(_of_goods(ground, draft.imports, plan.imports), heads),
        work=_work(ground, plan, heads),
        techniques=moved(_by_technique(ground, plan), heads),
        rates=_rates(ground, demands, answer, raised),
        proof=Proved(answer.primal, answer.proof.dual, answer.proof.gap,
                     balance_error(economy, plan)),
    )  # fmt: skip


def binding_words(ground: Ground, programme: Programme, solution: Solution) -> tuple[str, ...]:
    """Return in words what holds the solution of a programme, those first that hold it most."""
    width = len(ground.columns)
    problem = replace(ground.problem, programme=programme)
    if problem.aims.objective == "labour":
        problem = replace(problem, aims=replace(problem.aims, objective="ray"))
    plan = (
        ground.plan if not solution.columns.any() else plan_with(ground, solution.columns[:width])
    )
    bindings = [bound.binding for bound in bounds_of(problem, solution, None, plan)]
    things = things_of(bindings, "price")
    return tuple(thing_and_years(ground.draft, thing) for thing in things[:FEWER])


def head_years(ground: Ground) -> float:
    """Return the heads of [population] total, added up over the years of the plan; nan without."""
    economy, years = ground.problem.economy, ground.problem.calendar.years
    return float(heads_of(economy, "total", years).sum())


def moved(series: Series, heads: float) -> tuple[Moved, ...]:
    """Return the amounts that change, those first that change most as a share of the draft's."""
    size = np.maximum(np.abs(series.before), np.abs(series.after))
    relative = np.abs(series.after - series.before) / np.where(size > 0, size, 1.0)
    # Shares that are equal but for rounding stay in the order of the economy.
    first = sorted(_changed(series).tolist(), key=lambda at: -round(float(relative[at]), 9))
    return tuple(_moved(series, place, heads) for place in first)


def _moved(series: Series, place: int, heads: float) -> Moved:
    # What is rounding beside the whole is nothing.
    whole = _DUST * float(np.broadcast_to(series.whole, series.before.shape)[place])
    before, after = (
        amount if abs(amount) > whole else 0.0
        for amount in (float(series.before[place]), float(series.after[place]))
    )
    return Moved(
        series.names[place],
        series.titles[place],
        series.units[place],
        before,
        after,
        (after - before) / heads,
    )


def _changed(series: Series) -> Indices:
    """Return the places of changes that are not rounding, of the amount or beside its whole."""
    change = np.abs(series.after - series.before)
    amount = np.maximum(np.abs(series.before), np.abs(series.after))
    return np.flatnonzero(change > np.maximum(_SEEN * amount, _DUST * series.whole))


def _of_goods(ground: Ground, before: GoodsYears, after: GoodsYears) -> Series:
    """Return amounts of goods, all years together, beside all that there is of each good."""
    goods, plan = ground.problem.economy.goods, ground.plan
    there = (plan.output + plan.imports).sum(axis=1)
    whole = np.maximum(there, ground.problem.economy.turnover())
    return Series(
        goods.names, goods.titles, goods.units, before.sum(axis=1), after.sum(axis=1), whole
    )


def _outputs(ground: Ground, plan: Plan) -> tuple[Moved, ...]:
    """Return outputs that are targets, in the years in which they are."""
    calendar = ground.problem.calendar
    counted = calendar.output_target > 0
    series = _of_goods(ground, ground.plan.output * counted, plan.output * counted)
    heads = heads_of(ground.problem.economy, "total", calendar.years)
    found = []
    for line in moved(series, 1.0):
        years = counted[ground.problem.economy.goods.names.index(line.name)]
        known = () if years.all() else tuple(np.array(calendar.years)[years].tolist())
        found.append(replace(line, head=line.change / float(heads[years].sum()), years=known))
    return tuple(found)


def _hours(ground: Ground, plan: Plan) -> Vector:
    """Return the hours of each technique, all years together."""
    per_unit: Vector = np.asarray(ground.problem.economy.techniques.labour.sum(axis=0)).ravel()
    return np.asarray(per_unit * plan.activity.sum(axis=1))


def _by_branch(ground: Ground, plan: Plan) -> Series:
    goods = ground.problem.economy.goods
    product = main_products(ground.problem.economy)
    before, after = (
        np.bincount(product, _hours(ground, p), len(goods)).astype(np.float64)
        for p in (ground.plan, plan)
    )
    unit = ground.problem.economy.hours_unit
    return Series(
        goods.names, goods.titles, (unit,) * len(goods), before, after, _all_hours(ground)
    )


def _by_region(ground: Ground, plan: Plan) -> Series:
    economy = ground.problem.economy
    regions = [region for region in dict.fromkeys(economy.techniques.regions) if region]
    before, after = (
        np.array([
            _hours(ground, p)[[of == region for of in economy.techniques.regions]].sum()
            for region in regions
        ])
        for p in (ground.plan, plan)
    )  # fmt: skip
    units = (economy.hours_unit,) * len(regions)
    return Series(regions, regions, units, before, after, _all_hours(ground))


def _by_technique(ground: Ground, plan: Plan) -> Series:
    economy = ground.problem.economy
    techniques = economy.techniques
    units = (economy.hours_unit,) * len(techniques)
    before, after = (_hours(ground, p) for p in (ground.plan, plan))
    return Series(techniques.names, techniques.titles, units, before, after, _all_hours(ground))


def _all_hours(ground: Ground) -> Vector:
    """Return all hours of the draft: one number that every line of hours is part of."""
    return np.array([float(ground.plan.labour_used.sum())])


def _work(ground: Ground, plan: Plan, heads: float) -> Moved:
    unit = ground.problem.economy.hours_unit
    before, after = (float(p.labour_used.sum()) for p in (ground.plan, plan))
    return Moved("", "", unit, before, after, (after - before) / heads)


def _activities(ground: Ground, plan: Plan) -> int:
    before, after = ground.plan.activity, plan.activity
    size = np.maximum(np.maximum(before, after), 1e-9 * before.max(axis=1, initial=1.0)[:, None])
    return int((np.abs(after - before) > _SEEN * size).sum())


def _aim(ground: Ground, demands: Demands | None, columns: Vector, plan: Plan) -> float:
    """Return what a plan reaches of the aim; of a common share, the least share of any target."""
    objective = ground.problem.aims.objective
    if objective not in {"ray", "common"}:
        return float(ground.problem.programme.cost @ columns)
    shares = _shares(ground, demands, plan)
    if objective == "ray":
        return float(shares.min())
    weights = ground.problem.programme.cost[ground.problem.columns["fulfilment"].places]
    shares = np.where(np.isfinite(shares), shares, 0.0)
    cap = ground.problem.programme.high[ground.problem.columns["fulfilment"].places]
    return float(weights @ np.minimum(shares, cap))


def _fulfilment(ground: Ground, demands: Demands | None, plan: Plan) -> tuple[float | None, ...]:
    shares = _shares(ground, demands, plan)
    return tuple(float(share) if np.isfinite(share) else None for share in shares)


def _shares(ground: Ground, demands: Demands | None, plan: Plan) -> Vector:
    """Return the least share of any target by year; struck ones do not count."""
    problem, calendar = ground.problem, ground.problem.calendar
    target = kept(ground, demands, "target", calendar.target)
    output = kept(ground, demands, "output_target", calendar.output_target)
    counted = replace(problem, calendar=replace(calendar, target=target, output_target=output))
    return shares_of(counted, plan.activity, plan.consumption)


def _rates(
    ground: Ground, demands: Demands | None, answer: Answer, raised: str
) -> tuple[Rate, ...]:
    """Return what one unit of what is raised costs in each good that pays, where one is raised."""
    if demands is None or answer.kind != "payer":
        return ()
    moves = np.flatnonzero(demands.moves)
    clauses = {(demands.places[n].amendment, demands.places[n].clause) for n in moves}
    won = float(np.abs(values_of(demands, answer.columns) - demands.present)[moves].sum())
    if len(clauses) != 1 or won <= 0:
        return ()
    goods = ground.problem.economy.goods
    lost = (ground.plan.consumption - answer.plan.consumption + answer.given_up).sum(axis=1)
    size = _SEEN * np.maximum(ground.plan.consumption.sum(axis=1), 1e-300)
    return tuple(
        Rate(raised, goods.names[good], float(lost[good]), won)
        for good in np.flatnonzero(lost > size)
    )
