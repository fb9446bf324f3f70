"""Tests of all rows together, and of each workplace: which lies show, one after another."""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse.linalg import cg
from scipy.special import chdtrc, chdtri, ndtri

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.shapes import Indices, Vector
from sovplan.foundation.words import say
from sovplan.inspection.books import Books
from sovplan.inspection.neighbourhoods import Block, Neighbourhoods, Strength
from sovplan.inspection.signatures import Signatures
from sovplan.records.documents import GlobalTest


@final
@dataclass(frozen=True, slots=True)
class Shown:
    """One signature that shows beside those found before it.

    Parameters
    ----------
    signature
        Which.
    amount, deviation
        b and its standard deviation, units of the good; below 0 when less is stated than is so.
    z
        b in standard deviations.
    rivals
        Signatures of the same workplace and period that the rows hardly tell from it, with the
        sign that they would have.
    """

    signature: int
    amount: float
    deviation: float
    z: float
    rivals: tuple[tuple[int, float], ...]


def global_test(books: Books) -> GlobalTest:
    """Return the test of all rows together: r' H^-1 r, chi-square if every paper is honest."""
    degrees = len(books.residual)
    if not degrees:
        return GlobalTest(0.0, 0, 1.0)
    # The statistic is as exact as the square of this residual.
    solved, unsettled = cg(books.covariance(), books.residual, rtol=1e-6, maxiter=10 * degrees)
    if unsettled:
        raise SolverFailed(say("inspection.unsettled", rows=degrees))
    statistic = max(0.0, float(books.residual @ solved))
    return GlobalTest(statistic, degrees, float(chdtrc(degrees, statistic)))


def thresholds(signatures: Signatures, level: float) -> tuple[Vector, int]:
    """Return the least |z| that is a finding, by signature, and the number of families.

    A family (a workplace in one period, or over all periods) with k signatures that look
    different has a chance of at most `level` to show any of them by honest error alone (Sidak).
    """
    number = np.unique(signatures.family, return_inverse=True)[1].reshape(-1)
    own = signatures.seen & (signatures.alike == np.arange(len(signatures)))
    count = np.bincount(number[own], minlength=int(number.max()) + 1 if len(number) else 0)
    two_sided = -np.expm1(np.log1p(-level) / np.maximum(count, 1))
    return -ndtri(two_sided / 2)[number], int((count > 0).sum())


def identify(near: Neighbourhoods, least: Vector) -> list[Shown]:
    """Return what shows, the strongest first, each beside those before it.

    The strongest signature is taken to be there; its size is left open in all neighbourhoods that
    it reaches, and the next strongest is looked for, until none is above its threshold.
    """
    signatures = near.signatures
    alone = near.strength()
    pull, weight = alone[0].copy(), alone[1].copy()
    fitted: dict[int, list[int]] = {}
    blocks: dict[int, Block] = {}
    found: list[Shown] = []
    excess = _excess(signatures, alone, least, np.arange(len(signatures)))
    while len(excess):
        best = int(np.argmax(excess))
        if excess[best] <= 0:
            return found
        found.append(_shown(near, best, pull, weight))
        for workplace in near.touching(best).tolist():
            fitted.setdefault(workplace, []).append(best)
            if workplace not in blocks:
                blocks[workplace] = near.block(workplace)
            changed = blocks[workplace].lies
            strength = near.beside(blocks[workplace], fitted[workplace], alone)
            pull[changed], weight[changed] = strength
            excess[changed] = _excess(signatures, strength, least, changed)
    return found


def _excess(signatures: Signatures, strength: Strength, least: Vector, which: Indices) -> Vector:
    """Return how far |z| is above its threshold, of the signatures that are tested."""
    tested = (signatures.alike[which] == which) & (strength[1] > 0)
    return np.where(tested, np.abs(_z(*strength)) - least[which], -np.inf)


def _z(pull: Vector, weight: Vector) -> Vector:
    return np.divide(pull, np.sqrt(weight), out=np.zeros(len(pull)), where=weight > 0)


def _shown(near: Neighbourhoods, best: int, pull: Vector, weight: Vector) -> Shown:
    own = near.lies(int(near.signatures.workplace[best]))
    family = own[near.signatures.family[own] == near.signatures.family[best]]
    z = _z(pull[family], weight[family])
    top = pull[best] / np.sqrt(weight[best])
    # Twice the drop of the log-likelihood that the 95 % interval of one number allows.
    close = family[(z**2 >= top**2 - chdtri(1, 0.05)) & (family != best)]
    order = close[np.argsort(-np.abs(_z(pull[close], weight[close])), kind="stable")]
    return Shown(
        best,
        amount=float(pull[best] / weight[best]),
        deviation=float(1 / np.sqrt(weight[best])),
        z=float(top),
        rivals=tuple((int(k), float(np.sign(pull[k]))) for k in order),
    )
