"""A linear programme written row by row over named unknowns, then solved as dense matrices."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog

Key = tuple[str | int, ...]
Sum = defaultdict[Key, float]
Array = NDArray[np.float64]
Status = Literal["optimal", "infeasible", "unbounded"]

FREE = (0.0, np.inf)
OPTIMAL, INFEASIBLE = 0, 2


def total() -> Sum:
    """Return an empty sum: coefficients by unknown, added up as they come."""
    return defaultdict(float)


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """What a programme comes to.

    Parameters
    ----------
    status
        Optimal, infeasible or unbounded.
    objective
        The optimum in the objective's own direction; None unless optimal.
    """

    status: Status
    objective: float | None = None


def agree(first: Answer, second: Answer) -> bool:
    """Tell whether two answers have one status and one objective, to 1e-6 relative.

    Objectives within 1e-7 of each other agree also near 0: solvers promise no more there.
    """
    if first.objective is None or second.objective is None:
        return first.status == second.status
    return math.isclose(first.objective, second.objective, rel_tol=1e-6, abs_tol=1e-7)


@final
@dataclass(slots=True)
class Programme:
    """Rows over unknowns, each unknown at least 0 unless bounded otherwise."""

    columns: dict[Key, int] = field(default_factory=dict)
    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    below: list[tuple[Sum, float]] = field(default_factory=list)
    equal: list[tuple[Sum, float]] = field(default_factory=list)

    def at_most(self, row: Sum, limit: float) -> None:
        """Demand that the row is at most `limit`."""
        self._name(row)
        self.below.append((row, limit))

    def at_least(self, row: Sum, limit: float) -> None:
        """Demand that the row is at least `limit`."""
        self.at_most(defaultdict(float, {key: -value for key, value in row.items()}), -limit)

    def equals(self, row: Sum, value: float) -> None:
        """Demand that the row equals `value`."""
        self._name(row)
        self.equal.append((row, value))

    def bound(self, key: Key, low: float, high: float) -> None:
        """Keep one unknown between two numbers (infinite: no bound)."""
        self._name({key: 1.0})
        self.bounds[key] = (low, high)

    def maximise(self, aim: Sum) -> Answer:
        """Return the status and the greatest value of the aim.

        An unbounded answer is given only where some point meets all rows, since a solver's
        presolve may take one for the other.
        """
        self._name(aim)
        found = self._solve(aim, -1.0)
        if found.status == OPTIMAL:
            return Answer("optimal", 0.0 - float(found.fun))
        anywhere = self._solve(total(), 0.0)
        if anywhere.status == INFEASIBLE:
            return Answer("infeasible")
        if anywhere.status == OPTIMAL and self._has_ray(aim):
            return Answer("unbounded")
        message = f"no answer: {found.message}; without an aim: {anywhere.message}"
        raise ArithmeticError(message)

    def minimise(self, aim: Sum) -> Answer:
        """Return the status and the least value of the aim."""
        answer = self.maximise(defaultdict(float, {key: -value for key, value in aim.items()}))
        if answer.objective is None:
            return answer
        return Answer(answer.status, 0.0 - answer.objective)

    def _name(self, row: Mapping[Key, float]) -> None:
        for key in row:
            self.columns.setdefault(key, len(self.columns))

    def _solve(self, aim: Sum, sign: float) -> OptimizeResult[Any]:
        bounds = [self.bounds.get(key, FREE) for key in self.columns]
        below = np.array([limit for _, limit in self.below])
        equal = np.array([value for _, value in self.equal])
        return self._minimum(sign * self._matrix([(aim, 0.0)])[0], below, equal, bounds)

    def _has_ray(self, aim: Sum) -> bool:
        """Tell whether some direction improves the aim for ever, by a bounded programme."""
        bounds = []
        for key in self.columns:
            low, high = self.bounds.get(key, FREE)
            bounds.append((-float(np.isinf(low)), float(np.isinf(high))))
        below, equal = np.zeros(len(self.below)), np.zeros(len(self.equal))
        found = self._minimum(-self._matrix([(aim, 0.0)])[0], below, equal, bounds)
        return bool(found.status == OPTIMAL and -found.fun > 1e-7)

    def _minimum(
        self, cost: Array, below: Array, equal: Array, bounds: list[tuple[float, float]]
    ) -> OptimizeResult[Any]:
        return linprog(
            cost,
            A_ub=self._matrix(self.below),
            b_ub=below,
            A_eq=self._matrix(self.equal),
            b_eq=equal,
            bounds=bounds,
            method="highs",
            options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
        )

    def _matrix(self, rows: list[tuple[Sum, float]]) -> Array:
        matrix = np.zeros((len(rows), len(self.columns)))
        for i, (row, _) in enumerate(rows):
            for key, value in row.items():
                matrix[i, self.columns[key]] = value
        return matrix
