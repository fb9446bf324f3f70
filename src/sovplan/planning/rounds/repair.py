"""A plan out of proposals that do not quite fit, and what the fitting costs.

Rounds end while some goods are still asked for in excess of what would be made: such proposals are
no plan. Here every use of good g, in works and by consumers, gets the same part r_g of what it
asked for. Works with fewer inputs make less, at the effort they proposed:

    q_i(r) = q_i prod_j r_j^b_ij,      r_g = min(1, (endowment_g + sum_i makes g q_i(r)) / D_g)

Starting from r = 1 the parts only fall, so that they come to the greatest parts that fit. What
is then left over of other goods is waste and is counted.

A council that gets the parts r of what it asked for is as well off as with the part
prod_g r_g^w_g of its income at the same prices (w its shares of spending); the rest is the cost.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.shapes import GoodsVector, Vector
from sovplan.foundation.words import say
from sovplan.planning.rounds.answers import Answers
from sovplan.planning.rounds.prices import Ratio
from sovplan.planning.rounds.procedure import Course, rounds

_STILL: Final = 1e-14
"""Relative change of the parts at which they have come to rest."""
_MOST: Final = 10_000
"""Turns after which the parts are said not to come to rest."""
_BALANCED: Final = 1e-9
"""Worst imbalance at which proposals are taken to fit exactly."""
_ROUNDS: Final = 3_000
"""Most rounds towards exact balance."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """A feasible plan and what it cost to make it so.

    Parameters
    ----------
    part
        r of each good: what every use gets of what it asked for, 1.
    output
        q of each worker council, units.
    supply, uses
        What there is of each good and what is used, units; nowhere is more used than there is.
    asked, given
        What consumers asked for and get, at the prices of the proposals, money.
    loss
        Part of its income that would make up each consumer council's loss, 1.
    """

    part: GoodsVector
    output: Vector
    supply: GoodsVector
    uses: GoodsVector
    asked: float
    given: float
    loss: Vector

    @property
    def cost(self) -> float:
        """Worth of consumption asked for and not given, over what was asked for, 1."""
        return max(0.0, 1.0 - self.given / self.asked)

    @property
    def waste(self) -> GoodsVector:
        """Part of each good that nobody uses, 1."""
        return np.asarray((self.supply - self.uses) / self.supply)


def repaired(course: Course) -> Repair:
    """Return the proposals of the last round, made to fit.

    Raises
    ------
    PlanningError
        The parts do not come to rest above 0: works that lack inputs starve each other.
    """
    answers, prices = course.answers, course.asked[-1]
    councils, demand = answers.councils, course.demand[-1]
    workers = councils.workers
    proposed = answers.outputs(prices)
    part, output, supply = np.ones(len(prices)), proposed, course.supply[-1]
    for _ in range(_MOST):
        fitting = np.minimum(part, supply / demand)
        still = float(np.max(1.0 - fitting / part)) <= _STILL
        part = fitting
        if still:
            break
        if not part.min() > 1e-6:
            raise PlanningError(say("rounds.starved", good=councils.goods[int(part.argmin())]))
        output = proposed * np.exp(workers.exponents @ np.log(part))
        supply = councils.endowment + np.bincount(workers.product, output, minlength=len(prices))
    else:
        raise PlanningError(say("rounds.starved", good=councils.goods[int(part.argmin())]))
    shares = councils.consumers.shares()
    loss = -np.expm1(shares @ np.log(part[councils.consumers.goods]))
    uses = np.minimum(part * demand, supply)
    asked, given = float(answers.spent.sum()), float(answers.spent @ part)
    return Repair(part, output, supply, uses, asked, given, loss)


def balance(answers: Answers, course: Course) -> Course:
    """Return the rounds that go on from a course until proposals fit to nine digits.

    They use the ratio of demand to supply, which the program's steps, with their floor of a
    thousandth, cannot reach. The repaired plan is held against it; it is where the rounds would
    end, and not an optimum: a public good is supplied by the mean of what councils state, which
    few of them wished for.

    Raises
    ------
    PlanningError
        Some councils have increasing returns, so that their answers are not their best, or prices
        do not settle.
    """
    most = float(answers.councils.workers.returns.max())
    if most >= 1.0:
        raise PlanningError(say("rounds.increasing", returns=most))
    found = rounds(answers, until=_BALANCED, rule=Ratio(), prices=course.prices, most=_ROUNDS)
    if found.first_below(_BALANCED) is None:
        raise PlanningError(say("rounds.unsettled", count=_ROUNDS))
    return found


def distance(repair: Repair, course: Course, best: Course) -> Vector:
    """Return how much worse off each consumer council is than in exact balance, as income, 1.

    1 - prod_g (x_g / x*_g)^w_g, with x what it gets and x* what it gets in balance.
    """
    councils = course.answers.councils
    goods = councils.consumers.goods
    ratio = repair.part * best.asked[-1] / course.asked[-1]
    return np.asarray(-np.expm1(councils.consumers.shares() @ np.log(ratio[goods])))


def effort_ratio(course: Course, best: Course) -> float:
    """Return what all effort costs in balance over what it costs at the proposals, 1.

    Effort is that of the proposals; s e^k = c p q / k at the proposed output q.
    """
    workers = course.answers.councils.workers

    def cost(found: Course) -> float:
        output, price = found.answers.outputs(found.asked[-1]), found.asked[-1][workers.product]
        return float((workers.effort / workers.power * price * output).sum())

    return cost(best) / cost(course)


def sentences(course: Course, repair: Repair, best: Course | None = None) -> tuple[str, ...]:
    """Return what the rounds came to and what the repair cost, in words."""
    scarce, left = int(repair.part.argmin()), int(repair.waste.argmax())
    names = course.answers.councils.goods
    words = {"left": names[left], "waste": f"{100 * float(repair.waste[left]):.2f}"}
    told = [say("rounds.ended", count=len(course), worst=f"{100 * course.worst[-1]:.2f}")]
    if repair.part[scarce] < 1.0:
        words |= {
            "count": str(int((repair.part < 1.0).sum())),
            "good": names[scarce],
            "part": f"{100 * (1 - repair.part[scarce]):.2f}",
            "cost": f"{100 * repair.cost:.3f}",
            "worst": f"{100 * float(repair.loss.max(initial=0.0)):.3f}",
        }
        told.append(say("rounds.repaired", **words))
    else:
        told.append(say("rounds.fits", **words))
    if best is not None:
        away = distance(repair, course, best)
        told.append(
            say(
                "rounds.distance",
                mean=f"{100 * float(away.mean()):.3f}",
                worst=f"{100 * float(away.max()):.3f}",
                count=len(best),
                effort=f"{100 * effort_ratio(course, best):.1f}",
            )
        )
    return tuple(told)
