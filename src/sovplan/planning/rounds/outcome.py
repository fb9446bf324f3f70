"""What rounds of councils came to: the course, the plan they were made into, and both as papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.words import say
from sovplan.planning.rounds.councils import Councils
from sovplan.planning.rounds.procedure import MOST, Course, rounds
from sovplan.planning.rounds.repair import Repair, repaired, sentences

UNTIL: Final = 0.05
"""Share below which every imbalance must be; the book reports 0.05 and 0.03."""
PERCENT: Final = 100.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Rounds, and the feasible plan that their last proposals were made into.

    Parameters
    ----------
    name
        Name of the councils.
    until
        Share below which every imbalance had to be, 1.
    course
        The rounds.
    repair
        The plan; None where the proposals cannot be made to fit.
    why
        Why there is no plan; "" where there is one.
    """

    name: str
    until: float
    course: Course
    repair: Repair | None
    why: str = ""

    @property
    def done(self) -> bool:
        """Whether the rounds came below the share and their proposals make a plan."""
        return self.course.first_below(self.until) is not None and self.repair is not None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The outcome in words, the answer first."""
        last = f"{PERCENT * self.course.worst[-1]:.2f}"
        words = {"count": len(self.course), "until": f"{PERCENT * self.until:g}", "worst": last}
        told = []
        if self.course.first_below(self.until) is None:
            told.append(say("rounds.never", **words))
        else:
            told.append(say("rounds.below", **words))
        if self.repair is None:
            return (*told, self.why)
        # The first sentence of the repair tells the rounds again.
        return (*told, *sentences(self.course, self.repair)[1:])


def outcome_of(councils: Councils, name: str, until: float = UNTIL, most: int = MOST) -> Outcome:
    """Hold rounds and make a plan of what they end with.

    Parameters
    ----------
    councils
        Who proposes.
    name
        Name of the councils, for the papers.
    until
        Share below which every imbalance must be, 1.
    most
        Rounds after which the board gives up.

    Raises
    ------
    DataError
        Some council has no single answer.
    """
    course = rounds(councils, until=until, most=most)
    try:
        return Outcome(name, until, course, repaired(course))
    except PlanningError as error:
        return Outcome(name, until, course, None, str(error))


def round_rows(found: Outcome) -> list[dict[str, Any]]:
    """Return a row for each round: its worst imbalance, and the good that it is of."""
    course = found.course
    goods = course.answers.councils.goods
    return [
        {"round": number, "worst_imbalance": float(each.max()), "good": goods[int(each.argmax())]}
        for number, each in enumerate(course.imbalance, 1)
    ]


def good_rows(found: Outcome) -> list[dict[str, Any]]:
    """Return a row for each good: last price and proposals, and what the plan gives."""
    course, repair = found.course, found.repair
    councils = course.answers.councils
    columns: dict[str, Sequence[Any]] = {
        "good": councils.goods,
        "kind": councils.kinds,
        "price": course.asked[-1].tolist(),
        "proposed_supply": course.supply[-1].tolist(),
        "proposed_demand": course.demand[-1].tolist(),
    }
    if repair is not None:
        columns |= {
            "part": repair.part.tolist(),
            "supply": repair.supply.tolist(),
            "uses": repair.uses.tolist(),
            "waste": np.maximum(repair.supply - repair.uses, 0.0).tolist(),
        }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def work_rows(found: Outcome) -> list[dict[str, Any]]:
    """Return a row for each worker council: what it makes, and how much of it in the plan."""
    workers, goods = found.course.answers.councils.workers, found.course.answers.councils.goods
    output = [] if found.repair is None else found.repair.output.tolist()
    return [
        {"council": number, "product": goods[made], "output": each}
        for number, (made, each) in enumerate(
            zip(workers.product.tolist(), output, strict=False), 1
        )
    ]


def document_of(found: Outcome) -> dict[str, Any]:
    """Return an outcome as one document for machines; shares are of 1, amounts in units."""
    course, repair = found.course, found.repair
    councils = course.answers.councils
    cost = None
    if repair is not None:
        cost = {
            "consumption_lost": repair.cost,
            "worst_loss": float(repair.loss.max(initial=0.0)),
            "mean_loss": float(repair.loss.mean()),
            "most_wasted": float(repair.waste.max()),
        }
    return {
        "councils": found.name,
        "method": "rounds",
        "status": "feasible" if found.done else "infeasible",
        "until": found.until,
        "rounds": len(course),
        "worker_councils": len(councils.workers),
        "consumer_councils": len(councils.consumers),
        "worst_imbalance": course.worst.tolist(),
        "repair": cost,
        "goods": good_rows(found),
        "explain": list(found.sentences),
    }
