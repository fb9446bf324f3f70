"""Targets by decree: the level reported, a rate of growth, a ratchet; the whole is not checked."""

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sovplan.foundation.shapes import (
    GoodsVector,
    Grid,
    PlantsVector,
    TechniquesVector,
    Vector,
)
from sovplan.foundation.words import say
from sovplan.planning.capital import committed, opening_capacity
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.planning.profiles import drafted
from sovplan.planning.quantities import plan_of
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft, Plan
from sovplan.records.economy import Economy
from sovplan.records.identities import balance_sides
from sovplan.records.purposes import means_of_production
from sovplan.records.returns import Returns


@final
@dataclass(frozen=True, slots=True, eq=False)
class Drive:
    """What a leadership asks for.

    Parameters
    ----------
    heavy, light
        Yearly growth asked of techniques that make means of production
        (`records.purposes`), and of the others.
    ratchet
        lambda: share of what was done beyond a target that is added to the next.
    check
        How far wishes for building are cut to what the plan's own figures allow: 0 not at all,
        1 in full.
    before
        Targets of the year before, by technique; None in the first year.
    """

    heavy: float
    light: float
    ratchet: float
    check: float
    before: TechniquesVector | None = None


def command(returns: Returns, drive: Drive, prices: GoodsVector, years: int) -> Draft:
    """Return a plan from the level reported, for one year.

        T_j = max( (1 + g_j) y_j + lambda (y_j - T'_j)+,  T'_j min(1, C / what all T' take) )

    with T' the targets of the year before: a target that was missed stands as far as the declared
    plants C that it uses allow. Orders are what the same growth asks of plants in the year after.
    Exports, and what foreign money there is for imports, are those of the best plan for building
    (`profiles.drafted`), which the leadership is shown and does not adopt; the money goes to
    materials that the targets lack, then to what building lacks, each good in the same share,
    and then to what the best plan imports. Whether goods, plants and hours suffice for the whole is
    not asked: the plan's balances show on paper what is missing, as waste below zero.

    Parameters
    ----------
    returns
        What was declared, with `done`, what techniques say they did.
    drive
        What is asked for.
    prices
        Published prices.
    years
        Horizon of the plan that is shown.

    Returns
    -------
    Draft
        Status `feasible` if its balances close, else `infeasible`, with a plan in both cases.

    Source: planning from the level reached (Harrison 2007, recalled) and the ratchet of Weitzman
    (1980, Bell Journal of Economics 11(1), 302-308, abstract); rule R06 of the model. That a missed
    target stands, and the order of imports, are choices of ours.
    """
    shown = drafted(returns, "building", prices, years)
    economy = returns.declared
    aims = Aims(name="command", years=1, terminal=None)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    level = _level(returns, shown)
    heavy = means_of_production(economy, level)
    growth = np.where(heavy, drive.heavy, drive.light)
    targets = (1.0 + growth) * level
    if drive.before is not None:
        targets += drive.ratchet * np.maximum(level - drive.before, 0.0)
        targets = np.maximum(targets, standing(economy, drive.before))
    wanted = _orders(economy, targets * (1.0 + growth))
    parts = _Parts(targets, wanted, shown, np.zeros(len(economy.goods)))
    parts = replace(parts, imports=_imports(problem, parts))
    ordered = wanted * _cut(economy, _plan(problem, parts), drive.check)
    plan = _plan(problem, replace(parts, ordered=ordered))
    draft = Draft(
        economy=economy,
        aims=aims,
        calendar=problem.calendar,
        method="command",
        status="feasible" if _missing(economy, plan).max(initial=0.0) <= 1e-9 else "infeasible",
        objective=float("nan"),
        fulfilment=(None,),
        plan=plan,
        hours=None,
    )
    return replace(draft, sentences=_sentences(economy, plan))


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    activity: TechniquesVector
    ordered: PlantsVector
    shown: Draft
    imports: GoodsVector


def _level(returns: Returns, shown: Draft) -> TechniquesVector:
    """Return what techniques did, as far as anyone has said so; else what the first plan has."""
    if returns.done is not None:
        return returns.done
    growth = returns.declared.extensions.growth
    if growth is not None:
        return growth.opening
    assert shown.plan is not None
    return shown.plan.activity[:, 0]


def standing(economy: Economy, before: TechniquesVector) -> TechniquesVector:
    """Return what declared plants allow of the targets of the year before, in the same shares."""
    load = economy.plants.load
    asked = np.asarray(load @ before)
    there = economy.plants.capacity
    ratio = np.divide(there, asked, out=np.ones(len(asked)), where=asked > there)
    least = np.ones(len(before))
    entries = load.tocoo()
    np.minimum.at(least, entries.coords[1], ratio[entries.coords[0]])
    return before * least


def _imports(problem: Problem, parts: _Parts) -> GoodsVector:
    """Return what is imported for targets and building, with the money of the shown plan."""
    economy, shown = problem.economy, parts.shown.plan
    assert shown is not None
    price = np.nan_to_num(economy.goods.import_price)
    most = problem.programme.high[problem.columns["imports"].places][:, 0]
    usual = shown.imports[:, 0]
    money = float(price @ usual)
    nothing = np.zeros_like(usual)
    none = replace(parts, imports=nothing)
    found = nothing
    for ordered in (np.zeros_like(parts.ordered), parts.ordered):
        plan = _plan(problem, replace(none, ordered=ordered))
        lacking = np.where(price > 0, np.maximum(-plan.waste[:, 0], 0.0), 0.0)
        more = np.maximum(np.minimum(lacking, most) - found, 0.0)
        cost = float(price @ more)
        share = min(1.0, money / cost) if cost > 0 else 0.0
        found = found + share * more
        money -= share * cost
    spent = float(price @ usual)
    rest = money / spent if spent > 0 else 0.0
    return np.asarray(np.minimum(found + rest * usual, most))


def _orders(economy: Economy, next_year: TechniquesVector) -> PlantsVector:
    """Return the capacity that next year's targets lack."""
    plants, works = economy.plants, economy.extensions.under_construction
    there = opening_capacity(plants, works, economy, 1)[:, 1]
    lacking = np.maximum(np.asarray(plants.load @ next_year) - there, 0.0)
    built = np.asarray(plants.building.sum(axis=0)).ravel() > 0
    return np.where(built, lacking, 0.0)


def _plan(problem: Problem, parts: _Parts) -> Plan:
    """Return the quantities: exports and consumption as shown, the rest as decreed."""
    shown = parts.shown.plan
    assert shown is not None
    columns = np.zeros(problem.programme.matrix.shape[1])
    given: dict[str, Grid] = {
        "activity": parts.activity[:, None],
        "ordered": parts.ordered[:, None],
        "stock": shown.stock[:, :1],
        "imports": parts.imports[:, None],
        "exports": shown.exports[:, :1],
        "consumption": shown.consumption[:, :1],
        "migrants": shown.migrants[:1],
        "credit": shown.credit[:1],
        "fulfilment": np.array([1e12]),  # consumption is as shown, whatever it is a share of
    }
    for name, values in given.items():
        block = problem.columns.get(name)
        if block is not None:
            columns[block.places] = values
    return plan_of(problem, columns)


def _cut(economy: Economy, plan: Plan, check: float) -> float:
    """Return the share of wished orders that is kept.

    In full check it is what the scarcest good for building allows after all other planned uses.
    """
    sources, uses = balance_sides(economy, plan)
    new = plan.investment - committed(economy, 1)
    left = sources - (uses - plan.waste - new)
    needed = new[:, 0] > 0
    if not needed.any():
        return 1.0
    ratio = float(np.min(left[needed, 0] / new[needed, 0]))
    return 1.0 - check * (1.0 - min(1.0, max(0.0, ratio)))


def _missing(economy: Economy, plan: Plan) -> Vector:
    """Return what the plan lacks of each good on paper, over its uses."""
    _, uses = balance_sides(economy, plan)
    return np.maximum(-plan.waste[:, 0], 0.0) / np.maximum(
        (uses - plan.waste)[:, 0], np.finfo(float).tiny
    )


def _sentences(economy: Economy, plan: Plan) -> tuple[str, ...]:
    missing = _missing(economy, plan)
    short = [int(g) for g in np.argsort(-missing, kind="stable") if missing[g] > 1e-9]
    if not short:
        return (say("command.closes"),)
    most = short[0]
    return (
        say(
            "command.missing",
            count=len(short),
            name=economy.goods.titles[most],
            share=f"{100 * missing[most]:.0f}",
        ),
    )
