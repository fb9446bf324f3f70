"""What an amended plan has to keep, written out from the draft and the clauses alone.

Nothing here asks the code under test: limits are those of the planning problem, floors those of
the calendar, and what a clause asks for is reckoned from the plan of the draft.
"""

import numpy as np

from sovplan.planning.amending.answers import Answer
from sovplan.planning.amending.ground import Ground
from sovplan.planning.coefficients import main_products
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.draft import Plan


def worst_of(found: Ground, amendment: Amendment, part: float, answer: Answer) -> dict[str, float]:
    """Return the greatest violation of each kind of limit, relative to what it is of."""
    return {
        "rows": _rows(found, amendment, answer),
        "bounds": _bounds(found, amendment, answer),
        "floors": _below(answer.plan.consumption, found.problem.calendar.floor),
        "clauses": max(_clause(found, one, part, answer.plan) for one in amendment.clauses),
        "protected": _protected(found, amendment.protect, answer.plan),
        "payers": _payers(found, amendment, part, answer) if answer.kind == "payer" else 0.0,
    }


def _below(values: np.ndarray, least: np.ndarray) -> float:
    size = np.maximum(np.maximum(np.abs(values), np.abs(least)), 1.0)
    return float(((least - values) / size).max(initial=0.0))


def _goods(amendment: Amendment, *, raised: bool, of: str) -> set[str]:
    return {
        clause.names[0] for clause in amendment.clauses
        if clause.kind in {"raise", "lower", "good", "per_head"} and clause.of == of
        and raised == (clause.kind == "raise" or clause.least is not None)
    }  # fmt: skip


def _rows(found: Ground, amendment: Amendment, answer: Answer) -> float:
    """Every row of the problem but targets of what is lowered and waste of what is raised."""
    problem, columns = found.problem, answer.columns
    free = {
        "target": _goods(amendment, raised=False, of="consumption"),
        "output_target": _goods(amendment, raised=False, of="output"),
        "no_waste": _goods(amendment, raised=True, of="consumption"),
    }
    programme = problem.programme
    low, high = programme.row_low.copy(), programme.row_high.copy()
    for block, goods in free.items():
        if block in problem.rows:
            places = problem.rows[block].places.ravel()
            gone = places[np.isin(problem.rows[block].names, sorted(goods))]
            (high if block == "no_waste" else low)[gone] = (
                np.inf if block == "no_waste" else -np.inf
            )
    rows = np.asarray(programme.matrix @ columns)
    # Public use that is given up is there for others.
    rows[problem.rows["balance"].places] += answer.given_up
    size = np.maximum(abs(programme.matrix) @ np.abs(columns), 1.0)
    below = np.where(np.isfinite(low), low - rows, 0.0)
    above = np.where(np.isfinite(high), rows - high, 0.0)
    return float((np.maximum(below, above) / size).max(initial=0.0))


def _bounds(found: Ground, amendment: Amendment, answer: Answer) -> float:
    problem, columns = found.problem, answer.columns
    low, high = problem.programme.low.copy(), problem.programme.high.copy()
    places, goods = problem.columns["consumption"].places, problem.economy.goods.names
    for name in _goods(amendment, raised=False, of="consumption"):
        at = goods.index(name)
        low[places[at]] = problem.calendar.floor[at]
    if answer.kind == "payer":
        paying = np.isin(goods, amendment.paid_by)
        low[places[paying]] = problem.calendar.floor[paying]
    for name in _goods(amendment, raised=True, of="consumption"):
        high[places[goods.index(name)]] = np.inf
    size = np.maximum(np.abs(columns), 1.0)
    return float((np.maximum(low - columns, columns - high) / size).max(initial=0.0))


def _clause(found: Ground, clause: Clause, part: float, plan: Plan) -> float:
    """Return how far a plan is from what a part of a clause asks for."""
    before, after = (_counted(found, clause, each) for each in (found.plan, plan))
    sense = 1.0 if clause.kind == "raise" or clause.least is not None else -1.0
    wanted = before * (1.0 + sense * (clause.by or 0.0) / 100.0)
    size = np.maximum(np.abs(before), np.abs(after))
    if clause.kind == "share":
        wanted, size = np.zeros_like(before), _all_of(found, clause, plan)
    elif clause.by is None:
        wanted = np.full_like(before, clause.amount)
    meets = sense * (before - wanted) >= -1e-9 * np.maximum(np.abs(wanted), np.abs(before))
    asked = np.where(meets, wanted, before + part * (wanted - before))
    off = sense * (asked - after) / np.maximum(np.maximum(size, np.abs(asked)), 1.0)
    years = found.problem.calendar.years
    chosen = [clause.year is None or clause.year == year for year in years]
    return float(off[chosen].max(initial=0.0))


def _counted(found: Ground, clause: Clause, plan: Plan) -> np.ndarray:
    economy = found.problem.economy
    if clause.kind == "share":
        product, goods = main_products(economy), economy.goods.names
        inside = np.isin(np.array(goods)[product], clause.names)
        made = _of_techniques(found, clause, plan)
        return np.asarray(made[inside].sum(axis=0) - clause.amount * made.sum(axis=0))
    if clause.kind == "hours":
        skills = [clause.names[0] in {"all", skill} for skill in economy.techniques.skills]
        hours = np.asarray(economy.techniques.labour @ plan.activity)
        return np.asarray(hours[skills].sum(axis=0))
    good = economy.goods.names.index(clause.names[0])
    if clause.of == "output":
        made = np.asarray(economy.techniques.outputs @ plan.activity)
        return np.asarray(made[good])
    return np.asarray(getattr(plan, clause.of)[good])


def _all_of(found: Ground, clause: Clause, plan: Plan) -> np.ndarray:
    return np.asarray(_of_techniques(found, clause, plan).sum(axis=0))


def _of_techniques(found: Ground, clause: Clause, plan: Plan) -> np.ndarray:
    """Return the hours of each technique, or its output in the labour content of the draft."""
    techniques = found.problem.economy.techniques
    if clause.of == "labour":
        return np.asarray(techniques.labour.sum(axis=0)).ravel()[:, None] * plan.activity
    content = found.content
    return np.asarray(techniques.outputs.T @ content) * plan.activity


def _protected(found: Ground, goods: tuple[str, ...], plan: Plan) -> float:
    kept = np.isin(found.problem.economy.goods.names, goods)
    return _below(plan.consumption[kept], found.plan.consumption[kept])


def _payers(found: Ground, amendment: Amendment, part: float, answer: Answer) -> float:
    """Nobody gets less but of the goods that pay and of what the clauses lower themselves."""
    goods, calendar = found.problem.economy.goods.names, found.problem.calendar
    lowered = _goods(amendment, raised=False, of="consumption")
    others = ~np.isin(goods, [*amendment.paid_by, *lowered])
    worst = _below(answer.plan.consumption[others], found.plan.consumption[others])
    may = np.isin(goods, amendment.paid_by)[:, None] & amendment.public_pays
    given = np.maximum(answer.given_up - np.where(may, calendar.public, 0.0), -answer.given_up)
    size = max(float(calendar.public.max(initial=0.0)), 1.0)
    return max(worst, float(given.max(initial=0.0)) / size) * float(part > 0)
