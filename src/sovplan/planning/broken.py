"""Which limits a plan that was not drawn up under them would break, and by how much.

How much is told as a share of the limit that stands beside it: 22 against 24 is short by 8.3 %.
Where that limit is 0 it is a share of what a year at the turnover of all goods takes.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.shapes import Vector
from sovplan.foundation.words import say
from sovplan.planning.explain import limit_words
from sovplan.planning.labels import Labelled, labels_of
from sovplan.planning.problem import Problem
from sovplan.planning.quantities import capacity_of
from sovplan.records.draft import Change, Draft

_SEEN: Final = 1e-9
"""Relative size from which a violation is told from rounding."""
_MOST: Final = 8
"""Broken limits that are told in sentences."""


def broken_limits(problem: Problem, columns: Vector) -> tuple[Change, ...]:
    """Return every limit that the columns break and what they come to, the most broken first."""
    reached = np.asarray(problem.programme.matrix @ columns)
    found = []
    for label in labels_of(problem):
        value = float((reached if label.where == "row" else columns)[label.place])
        over = value - label.limit.amount if label.upper else label.limit.amount - value
        if over <= _SEEN * _size(label, value):
            continue
        if label.limit.kind == "capacity":
            found.append(_overloaded(problem, columns, label))
        else:
            found.append(Change(label.limit, value, over / (abs(label.limit.amount) or label.size)))
    return tuple(sorted(found, key=lambda change: (-change.relative, change.limit.year)))


def broken_words(draft: Draft, changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield broken limits in words, and how many more there are."""
    for change in changes[:_MOST]:
        yield say(
            "balances.exceeded.limit",
            limit=limit_words(draft, change.limit),
            needed=figure(change.to),
            amount=figure(change.limit.amount),
            unit=f" {change.limit.unit}".rstrip(),
            apart=_apart(change),
        )
    if len(changes) > _MOST:
        yield say("balances.exceeded.rest", count=len(changes) - _MOST)


def _apart(change: Change) -> str:
    """Return by what share a plan falls short of a limit, or goes beyond it."""
    side = "beyond" if change.to > change.limit.amount else "short"
    of = "year" if change.limit.amount == 0 else "limit"
    return say(f"balances.exceeded.{side}_{of}", share=percent(change.relative))


def _overloaded(problem: Problem, columns: Vector, label: Labelled) -> Change:
    """Return an overload against the capacity that is there with the orders of the plan."""
    limit = label.limit
    economy, year = problem.economy, problem.calendar.years.index(limit.year)
    plant = economy.plants.names.index(limit.name)
    ordered, activity = problem.take("ordered", columns), problem.take("activity", columns)
    there = float(capacity_of(economy, ordered)[plant, year])
    used = float(np.asarray(economy.plants.load @ activity[:, year])[plant])
    beyond = (used - there) / (there if there > 0 else label.size)
    return Change(replace(limit, amount=there), used, beyond)


def _size(label: Labelled, value: float) -> float:
    return max(label.size, abs(label.limit.amount), abs(value))
