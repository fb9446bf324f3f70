"""The whole sheet: every amendment costed, which fit together, and what was voted on shares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import Vector
from sovplan.planning.amending.amended import Elastic, elastic
from sovplan.planning.amending.answers import (
    Answer,
    best_overall,
    carried,
    least_change,
    payer,
    plan_with,
)
from sovplan.planning.amending.answersheet import answer_sheet, binding_words, head_years
from sovplan.planning.amending.demands import Demands, demands_of
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.joint import check_count, joint, refuted
from sovplan.planning.amending.measures import uncounted
from sovplan.planning.amending.price import (
    Exact,
    WorkPrice,
    exact_price,
    price_if_possible,
    work_price,
)
from sovplan.planning.amending.proof import proof_of
from sovplan.planning.amending.sentences import clause_words, sentences_of, up_to_words
from sovplan.planning.amending.shares import shared_plan
from sovplan.planning.certificate import Contradiction
from sovplan.records.amendments import Amendment, Amendments, Clause, VotedShare
from sovplan.records.costing import (
    AnswerSheet,
    BranchShare,
    ClashSheet,
    Costing,
    PriceTag,
    Refuted,
    ShareSheet,
    Sheet,
    UnitPrice,
    Variant,
)

_NONE: Final = 1e-6
"""Part below which nothing of an amendment can be met."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Backed:
    """A programme with columns and prices that prove something of it.

    Parameters
    ----------
    name
        `AMENDMENT.KIND`.
    programme, columns, duals, unit
        As `sovplan.planning.amending.proof` reads them.
    """

    name: str
    programme: Programme
    columns: Vector
    duals: Vector
    unit: float = 1.0


def sheet_of(
    ground: Ground, asked: Amendments, *, tell: Callable[[str], None] = lambda _: None
) -> tuple[Sheet, tuple[Backed, ...]]:
    """Return the sheet of a file of clauses, and the proofs behind it.

    Parameters
    ----------
    ground
        The draft.
    asked
        Amendments and voted shares.
    tell
        Told the name of each amendment before it is costed.

    Raises
    ------
    DataError
        A clause raises or lowers by per cent what the draft has nothing of; or there are more
        amendments than can be held against each other.
    """
    check_count(asked.amendments)
    backed: list[Backed] = []
    costings = []
    for amendment in asked.amendments:
        tell(amendment.name)
        costings.append(costing_of(ground, amendment, backed))
    problem = ground.problem
    sheet = Sheet(
        economy=problem.economy.name,
        aims=problem.aims.name,
        years=problem.calendar.years,
        objective_name=problem.aims.objective,
        objective=ground.objective,
        heads=head_years(ground) / len(problem.calendar.years),
        hours_unit=problem.economy.hours_unit,
        costings=tuple(costings),
        shares=_shared(ground, asked.shares, backed) if asked.shares else None,
    )
    told = [
        amendment
        for amendment, costing in zip(asked.amendments, costings, strict=True)
        if not costing.gave_up
    ]
    if len(told) > 1:
        tell("")
        try:
            sheet = _with_joint(ground, sheet, told, backed)
        except SolverFailed as failed:
            sheet = replace(sheet, joint_gave_up=str(failed), complete=False)
    return replace(sheet, sentences=tuple(sentences_of(ground.draft, sheet))), tuple(backed)


def costing_of(ground: Ground, amendment: Amendment, backed: list[Backed]) -> Costing:
    """Return what one amendment costs; its proofs are added to those behind the sheet.

    Where the solver gives up, that is said of this amendment, or of this answer, and the others
    stand.
    """
    try:
        return _costing(ground, amendment, backed)
    except SolverFailed as failed:
        clauses = tuple(clause_words(ground.problem.economy, one) for one in amendment.clauses)
        return Costing(
            amendment.name,
            amendment.reason,
            amendment.sponsors,
            clauses,
            up_to="",
            met_by_draft=False,
            theta=float("nan"),
            binds=(),
            refuted=None,
            price=None,
            answers=(),
            gave_up=str(failed),
        )


def _costing(ground: Ground, amendment: Amendment, backed: list[Backed]) -> Costing:
    demands = demands_of(ground, [amendment])
    exact = price_if_possible(ground, demands, 1.0) if demands.moves.any() else None
    whole = exact is not None or not demands.moves.any()
    found = Elastic(1.0) if whole else elastic(ground, demands, asked=False)
    binds: tuple[str, ...] = ()
    refutation = None
    if not found.whole and found.programme is not None and found.solution is not None:
        binds = binding_words(ground, found.programme, found.solution)
        refutation = refuted(ground, demands, found)
        _back(backed, f"{amendment.name}.theta", found)
    part = 0.0 if found.part < _NONE else found.part
    costing = Costing(
        amendment.name,
        amendment.reason,
        amendment.sponsors,
        tuple(
            clause_words(ground.problem.economy, clause, uncounted(ground, clause))
            for clause in amendment.clauses
        ),
        up_to_words(amendment, part),
        not demands.moves.any(),
        part,
        binds,
        _refuted(refutation),
        None,
        (),
    )
    if not part or costing.met_by_draft:
        return costing
    exact = exact or exact_price(ground, demands, found.safe)
    work = work_price(ground, demands, found.safe, exact.solution.objective)
    answers = _answers(ground, demands, found.safe, amendment, prices=(exact, work), backed=backed)
    price = _price(ground, amendment, exact, work)
    return replace(costing, price=price, answers=answers)


def _answers(
    ground: Ground,
    demands: Demands,
    part: float,
    amendment: Amendment,
    *,
    prices: tuple[Exact, WorkPrice],
    backed: list[Backed],
) -> tuple[AnswerSheet, ...]:
    exact, work = prices
    best = best_overall(ground, exact, work)
    found: list[AnswerSheet] = []
    kinds: dict[str, Callable[[], Answer | None]] = {
        "least_change": lambda: least_change(ground, demands, part),
        "best_overall": lambda: best,
    }
    if amendment.paid_by:
        kinds["payer"] = lambda: payer(ground, demands, part, amendment)
    for name, asked in kinds.items():
        possible = 0.0
        try:
            answer = asked()
            if answer is None and name == "payer":
                possible = carried(ground, demands, part, amendment)
        except SolverFailed as failed:
            found.append(AnswerSheet(name, done=False, possible=0.0, gave_up=str(failed)))
            continue
        if answer is None:
            found.append(AnswerSheet(name, done=False, possible=possible))
            continue
        sheet = answer_sheet(ground, demands, answer, _raised(ground, amendment))
        if name == "best_overall":
            binds = binding_words(ground, exact.programme, exact.solution)
            sheet = replace(sheet, binds=binds)
        found.append(sheet)
        backed.append(_backed(f"{amendment.name}.{name}", answer))
    return tuple(found)


def _price(ground: Ground, amendment: Amendment, exact: Exact, work: WorkPrice) -> PriceTag:
    marginal = exact.marginal
    heads = head_years(ground)
    units = [
        UnitPrice(number, clause.names[0], _unit(ground, clause),
                  marginal.unit.get((amendment.name, number), 0.0))
        for number, clause in enumerate(amendment.clauses, 1)
        if clause.kind != "share"
    ]  # fmt: skip
    return PriceTag(
        exact.cost,
        work.hours,
        work.level,
        60.0 * work.hours / heads,
        marginal.at_least,
        marginal.low,
        marginal.high,
        tuple(units),
    )


def _raised(ground: Ground, amendment: Amendment) -> str:
    """Return the title of the first thing that an amendment is on."""
    goods, name = ground.problem.economy.goods, amendment.clauses[0].names[0]
    return goods.titles[goods.names.index(name)] if name in goods.names else name


def _unit(ground: Ground, clause: Clause) -> str:
    economy = ground.problem.economy
    if clause.kind == "hours":
        return economy.hours_unit
    return economy.goods.units[economy.goods.names.index(clause.names[0])]


def _with_joint(
    ground: Ground, sheet: Sheet, amendments: Sequence[Amendment], backed: list[Backed]
) -> Sheet:
    found = joint(ground, amendments)
    clashes = []
    for clash in found.clashes:
        names = tuple(amendments[n].name for n in clash.members)
        if clash.elastic.programme is None or clash.elastic.solution is None:
            continue
        binds = binding_words(ground, clash.elastic.programme, clash.elastic.solution)
        refutation = _refuted(clash.refutation)
        clashes.append(ClashSheet(names, clash.elastic.part, binds, refutation))
        if len(names) > 1:
            _back(backed, f"{'+'.join(names)}.theta", clash.elastic)
    variants = []
    if found.clashes:
        for members in found.variants:
            chosen = [amendments[n] for n in members]
            variant = _variant(ground, chosen, backed)
            if variant is not None:
                variants.append(variant)
    return replace(
        sheet,
        clashes=tuple(clashes),
        variants=tuple(variants),
        largest_sets=found.sets,
        complete=found.complete,
    )


def _variant(ground: Ground, chosen: Sequence[Amendment], backed: list[Backed]) -> Variant | None:
    """Return the best plan with a set of amendments; None where it is not possible by itself."""
    demands = demands_of(ground, chosen)
    if not elastic(ground, demands).whole:
        return None
    exact = exact_price(ground, demands, 1.0)
    work = work_price(ground, demands, 1.0, exact.solution.objective)
    answer = best_overall(ground, exact, work)
    names = tuple(amendment.name for amendment in chosen)
    backed.append(_backed(f"{'+'.join(names)}.variant", answer))
    sponsors = sum(amendment.sponsors for amendment in chosen)
    return Variant(names, sponsors, answer_sheet(ground, demands, answer))


def _shared(ground: Ground, voted: Sequence[VotedShare], backed: list[Backed]) -> ShareSheet:
    found = shared_plan(ground, voted)
    plan = plan_with(ground, found.columns)
    nothing = np.zeros_like(plan.consumption)
    programme, solution = found.programme, found.solution
    answer = Answer(
        "best_overall",
        plan,
        found.columns,
        found.limits,
        primal_residual(found.limits, found.columns),
        proof_of(programme, solution.columns, solution.duals, unit=1.0),
        programme,
        solution.columns,
        solution.duals,
        nothing,
    )
    backed.append(Backed("shares.nearest", programme, solution.columns, solution.duals))
    names = [*(vote.branch for vote in voted), ""]
    share = np.array([vote.share for vote in voted])
    share = np.append(share, max(0.0, 1.0 - share.sum()))
    branches = tuple(
        BranchShare(name, float(share[n]), _tuple(found.before[n]), _tuple(found.shares[n]))
        for n, name in enumerate(names)
    )
    apart, before = (
        float(0.5 * np.abs(values - share[:, None]).sum(axis=0).mean())
        for values in (found.shares, found.before)
    )
    binds = binding_words(ground, programme, solution) if apart > 1e-6 else ()
    sheet = replace(answer_sheet(ground, None, answer), kind="shares")
    return ShareSheet(branches, apart, before, binds, sheet)


def _tuple(values: Vector) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _back(backed: list[Backed], name: str, found: Elastic) -> None:
    if found.programme is not None and found.solution is not None:
        solution = found.solution
        backed.append(Backed(name, found.programme, solution.columns, solution.duals))


def _backed(name: str, answer: Answer) -> Backed:
    return Backed(name, answer.proved, answer.solved, answer.prices, answer.unit)


def _refuted(found: Contradiction | None) -> Refuted | None:
    return None if found is None else Refuted(found.asked, found.had, found.short)
