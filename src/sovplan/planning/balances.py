"""The method of balances: what it takes to meet every target, with one mix of techniques a good.

For each year, with f the targets, floors, fixed uses, building and what stores lose,

    x = A x + f,    activity of technique j = share of j in its good * x / what a unit of j yields

Every plant is renewed by equal orders each year, so that it meets the terminal rule by itself;
stocks stay as they are; nothing is exported; goods that nobody makes are imported. The result is
held against every limit of the planning problem: it is a plan (`feasible`), or it names what is
exceeded.

Source: the page of the planning problem, "Parts"; Montias (1959), Planning with material balances
in Soviet-type economies, American Economic Review 49, 963-985, for the rounds by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import Flags, GoodsYears, PlantsYears, TechniquesYears, Vector
from sovplan.foundation.words import say
from sovplan.planning.broken import broken_limits, broken_words
from sovplan.planning.capital import committed, growth_of, opening_capacity, order_counts
from sovplan.planning.coefficients import (
    Mix,
    Rounds,
    by_hand,
    gross_output,
    mix_of,
    with_besides,
)
from sovplan.planning.content import labour_content
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import fulfilment_of
from sovplan.planning.problem import Problem
from sovplan.planning.quantities import investment_of, plan_of
from sovplan.planning.standing import distance_facts, distance_words, put_forward
from sovplan.planning.valuation import facts_of
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Conflict, Draft
from sovplan.records.returns import Returns

_FITS: Final = 1e-9
"""Residual, relative, up to which a plan counts as one that breaks no limit."""
_SHARE: Final = 1e-7
"""Width at which the search for a share of the targets ends."""
COUNTS: Final = (1, 2, 3, 5)
"""Rounds by hand whose error a draft states."""


def balances(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    shares: Mapping[str, float] | None = None,
    fit: bool = True,
) -> Draft:
    """Return the plan that just meets every target with a given mix of techniques.

    Where that would break limits it meets the greatest even share of the targets that breaks none.

    Parameters
    ----------
    returns
        What was declared. Of a technique with several products the main one counts as made and
        the others as coming with it.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.
    shares
        Part of its good that a technique makes, by name; the others by opening capacity.
    fit
        Whether to look for a share of the targets that fits where the whole does not.

    Returns
    -------
    Draft
        Status `feasible` with the plan and without prices, or `infeasible` with the limits that
        the targets would break. `facts` holds the error of 1, 2, 3 and 5 rounds by hand in the
        first year.

    Raises
    ------
    NotProductive
        Goods use up as much as is made of them.
    DataError
        The aims cannot be pursued in this economy, or a share is wrong.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    mix = mix_of(economy, shares)
    need = need_of(problem, mix)
    columns = columns_of(problem, need)
    broken = broken_limits(problem, columns)
    if broken and fit:
        share = fitting_share(problem, mix)
        if share > 0:
            return _fitted(problem, mix, share, need)
    draft = Draft(
        economy=economy,
        aims=aims,
        calendar=problem.calendar,
        method="balances",
        status="infeasible" if broken else "feasible",
        objective=float("nan") if broken else float(problem.programme.cost @ columns),
        fulfilment=fulfilment_of(problem, columns),
    )
    facts: dict[str, Any] = {"rounds": {found.count: found.worst for found in need.rounds}}
    if broken:
        limits = tuple(change.limit for change in broken)
        draft = replace(
            draft,
            fulfilment=(None,) * len(draft.years),
            conflict=Conflict(limits, broken),
            facts=facts,
        )
    else:
        plan = plan_of(problem, columns)
        content, by_hours = labour_content(economy, aims, plan, None)
        facts |= facts_of(plan) | {"content_by_hours": by_hours}
        facts["primal"] = primal_residual(problem.programme, columns)
        facts |= distance_facts(problem, draft.objective)
        draft = replace(draft, plan=plan, labour_content=content, facts=facts)
    return replace(draft, sentences=tuple(_sentences(draft)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What the targets take: output and imports by good, activities, orders, consumption."""

    mix: Mix
    output: GoodsYears
    activity: TechniquesYears
    ordered: PlantsYears
    consumption: GoodsYears
    share: float
    rounds: tuple[Rounds, ...]


def fitting_share(problem: Problem, mix: Mix) -> float:
    """Return the greatest even share of the targets, up to all, whose balances break no limit.

    0 where there is none, or where the aims ask for all of the targets.
    """
    if problem.aims.objective not in {"ray", "common"}:
        return 0.0

    def fits(share: float) -> bool:
        columns = columns_of(problem, need_of(problem, mix, share))
        return primal_residual(problem.programme, columns) <= _FITS

    low, high = 0.0, 1.0
    while high - low > _SHARE:
        middle = (low + high) / 2.0
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _fitted(problem: Problem, mix: Mix, share: float, whole: Need) -> Draft:
    """Return the draft of the balances of a share of the targets."""
    columns = columns_of(problem, need_of(problem, mix, share))
    errors = {found.count: found.worst for found in whole.rounds}
    told = (
        say("balances.reached.fitted", share=percent(share)),
        _by_hand_words(errors, problem.calendar.years[0]),
    )
    return put_forward(problem, columns, "balances", told=told, facts={"rounds": errors})


def need_of(problem: Problem, mix: Mix, most: float = 1.0) -> Need:
    """Return what the targets take with a mix of techniques, or a share of them."""
    economy, aims, calendar = problem.economy, problem.aims, problem.calendar
    goods = economy.goods
    # A cap on fulfilment is the only reason not to meet a target whole.
    share = most if aims.objective != "common" or aims.cap is None else min(most, aims.cap)
    consumption = np.maximum(share * calendar.target, calendar.floor)
    ordered = _orders(problem)
    final_use = consumption + calendar.public + investment_of(economy.plants, ordered)
    final_use += committed(economy, final_use.shape[1])
    final_use += (goods.spoilage * goods.stock)[:, None]
    wanted = calendar.output_base + share * (calendar.output_target - calendar.output_base)
    wanted *= economy.extensions.kept(len(goods))[:, None]
    years = range(len(calendar.years))
    output = np.column_stack([_at_least(mix, final_use[:, t], wanted[:, t]) for t in years])
    activity = np.column_stack([mix.activities(output[:, t]) for t in years])
    first = np.maximum(output[:, 0] - mix.inputs @ output[:, 0], 0.0)
    rounds = by_hand(mix.inputs, first, output[:, 0], COUNTS)
    return Need(mix, output, activity, ordered, consumption, share, rounds)


def _at_least(mix: Mix, final_use: Vector, wanted: Vector) -> Vector:
    """Return the least x with  x >= A x + f  and  x >= what output is wanted.

    That is  x = max(A x + f, wanted): goods whose need is below what is wanted of them have that
    as their output, the others follow; what is left over is waste. Source: policy iteration,
    Howard (1960), which ends because no output falls from turn to turn.
    """
    if mix.besides.nnz:
        return with_besides(mix, final_use, wanted)
    given = np.zeros(len(final_use), dtype=bool)
    while True:
        output = _with_given(mix, final_use, np.where(given, wanted, 0.0), given)
        need = np.asarray(mix.inputs @ output) + final_use
        above = mix.made & (wanted > need * (1.0 + 1e-12))
        if (above == given).all():
            return output
        given = above


def _with_given(mix: Mix, final_use: Vector, output: Vector, given: Flags) -> Vector:
    """Return x with  x = A x + f  for all goods but those whose output is given."""
    free = np.flatnonzero(~given)
    found = output.copy()
    if len(free):
        among = mix.inputs[free][:, free]
        names = [mix.goods[place] for place in free]
        needed = final_use[free] + np.asarray(mix.inputs @ output)[free]
        found[free] = gross_output(among, needed, names)
    return found


def _orders(problem: Problem) -> PlantsYears:
    """Return equal orders in every year with which each plant meets the terminal rule by itself.

    Without a terminal rule plants are kept as they are.
    """
    economy, horizon = problem.economy, len(problem.calendar.years)
    plants, works = economy.plants, economy.extensions.under_construction
    rho = 0.0 if problem.aims.terminal is None else problem.aims.terminal
    growth = growth_of(rho, economy.goods.names)
    building = plants.building.tocoo()
    good, plant = building.coords
    fastest = np.full(len(plants), -1.0)
    np.maximum.at(fastest, plant, growth[good])
    opening = plants.capacity.copy()
    there = opening_capacity(plants, works, economy, horizon)[:, horizon].copy()
    if works is not None:
        np.add.at(opening, works.plants, works.capacity)
        later = works.years - economy.first_year > horizon
        np.add.at(there, works.plants[later], works.capacity[later])
    missing = np.maximum((1.0 + np.maximum(fastest, 0.0)) ** horizon * opening - there, 0.0)
    counts = order_counts(plants, horizon).sum(axis=1)
    built = np.bincount(plant, minlength=len(plants)) > 0
    yearly = np.where(built, missing / counts, 0.0)
    return np.repeat(yearly[:, None], horizon, axis=1)


def columns_of(problem: Problem, need: Need) -> Vector:
    """Return the columns of the planning problem that the balances stand for."""
    economy, programme = problem.economy, problem.programme
    horizon, goods = len(problem.calendar.years), economy.goods
    # A good that cannot be imported at all is left short: its balance names it.
    bought = ~need.mix.made & economy.importable & (goods.import_cap > 0)
    imports = np.where(bought[:, None], need.output, 0.0)
    values = {
        "activity": need.activity,
        "ordered": need.ordered,
        "stock": np.repeat(goods.stock[:, None], horizon, axis=1),
        "imports": imports,
        "consumption": need.consumption,
    }
    columns = np.zeros(len(programme.cost))
    for name, amounts in values.items():
        columns[problem.columns[name].places] = amounts
    phi = problem.columns["fulfilment"].places
    columns[phi] = np.minimum(need.share, programme.high[phi])
    drawn = economy.extensions.credit
    if drawn is not None:
        trade = problem.rows["trade"].places
        missing = programme.row_low[trade] - np.asarray(programme.matrix @ columns)[trade]
        columns[problem.columns["credit"].places] = np.clip(
            missing, drawn.yearly_least, drawn.yearly_most
        )
    return columns


def _sentences(draft: Draft) -> Iterator[str]:
    if draft.conflict is not None:
        changes = draft.conflict.changes
        yield say("balances.exceeded.opening", count=len(changes))
        yield from broken_words(draft, changes)
    else:
        yield say("balances.reached.all", first=draft.years[0], last=draft.years[-1])
        hours = figure(float((draft.facts or {}).get("hours", 0.0)))
        yield distance_words(draft, (draft.facts or {})["best"])
        yield say("balances.reached.hours", hours=hours, unit=draft.economy.hours_unit)
    yield _by_hand_words((draft.facts or {})["rounds"], draft.years[0])


def _by_hand_words(errors: Mapping[int, float], year: int) -> str:
    parts = {"first": percent(errors[1]), "third": percent(errors[3]), "fifth": percent(errors[5])}
    return say("balances.reached.rounds", **parts, year=year)
