"""Kantorovich's assortment: which machine makes which part, so that most whole sets come out.

    maximise z   subject to   sum_i rate_ik h_ik >= wanted_k z,   sum_k h_ik <= time_i,   h >= 0

h_ik is the time that machine i spends on part k. The proof is a price l_k for each part, the
resolving multipliers: with sum_k l_k wanted_k = 1 no machine can earn more than
time_i max_k l_k rate_ik, so that z cannot exceed the sum of these, whoever found the prices.

Source: Kantorovich (1939), Mathematical methods of organising and planning production, problem A
and appendix 1; English in Management Science 6 (1960), 366-422.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from sovplan.foundation.errors import DataError
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say


@final
@dataclass(frozen=True, slots=True, eq=False)
class Assortment:
    """The best use of machines.

    Parameters
    ----------
    time
        h, machines x parts, in units of the machines' time.
    sets
        z, whole sets.
    multipliers
        l of each part, sets per unit.
    bound
        What z cannot exceed at these multipliers, sets.
    """

    time: Matrix
    sets: float
    multipliers: Vector
    bound: float


def assortment(rates: Matrix, wanted: Vector, time: Vector | None = None) -> Assortment:
    """Return the use of machines that makes most whole sets.

    Parameters
    ----------
    rates
        Parts of each kind that a machine makes in a unit of time, machines x parts.
    wanted
        Parts of each kind in a set, above 0.
    time
        What there is of each machine; one unit if None.

    Raises
    ------
    DataError
        A rate or a time is below 0, or some part cannot be made by any machine.
    """
    machines, parts = rates.shape
    there = np.ones(machines) if time is None else time
    if (rates < 0).any() or (there < 0).any() or not (wanted > 0).all():
        raise DataError(say("assortment.below"))
    if not ((rates * there[:, None]) > 0).any(axis=0).all():
        part = int(np.flatnonzero(~((rates * there[:, None]) > 0).any(axis=0))[0])
        raise DataError(say("assortment.none", part=part + 1))
    made = hstack([csr_array(np.diag(row)) for row in rates])
    spent = csr_array(np.kron(np.eye(machines), np.ones((1, parts))))
    width = machines * parts
    sets = csr_array(np.concatenate([-wanted, np.zeros(machines)])[:, None])
    programme = Programme(
        np.append(np.zeros(width), 1.0),
        csc_array(hstack([vstack([made, spent]), sets])),
        np.concatenate([np.zeros(parts), np.full(machines, -np.inf)]),
        np.concatenate([np.full(parts, np.inf), there]),
        np.zeros(width + 1),
        np.full(width + 1, np.inf),
        maximise=True,
    )
    found = solve(programme)
    multipliers = np.maximum(-found.duals[:parts], 0.0)
    multipliers /= float(multipliers @ wanted)
    return Assortment(
        found.columns[:width].reshape(machines, parts),
        found.objective,
        multipliers,
        bound_of(rates, there, multipliers),
    )


def bound_of(rates: Matrix, time: Vector, multipliers: Vector) -> float:
    """Return the most sets that multipliers with sum_k l_k wanted_k = 1 allow."""
    return float(time @ (rates * multipliers).max(axis=1))
