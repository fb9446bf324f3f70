"""Input-output coefficients with one mix of techniques a good, and what follows from them.

    gross output      x = A x + f          labour content   v = v A + l
    by hand           x_q = f + A f + A^2 f + ... + A^q f

Source: Miller and Blair (2009), Input-Output Analysis, ch. 2; condition of productiveness, Hawkins
and Simon (1949), Econometrica 17, 245-248; bounds of the spectral radius, Collatz (1942),
Mathematische Zeitschrift 48, 221-226.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array, eye_array
from scipy.sparse.csgraph import connected_components

from sovplan.foundation.errors import DataError, NotProductive
from sovplan.foundation.linear import solve_system
from sovplan.foundation.shapes import (
    Flags,
    GoodsVector,
    Indices,
    Sparse,
    TechniquesVector,
    Vector,
)
from sovplan.foundation.words import say
from sovplan.records.economy import Economy
from sovplan.records.findings import nearest

_CLOSE: Final = 1e-10
"""Distance of the two bounds of a spectral radius at which it is known."""
_STEPS: Final = 20_000
"""Most steps of the power iteration."""
_REST: Final = 1e-14
"""Change of a turn, relative to the greatest output, at which outputs are at rest."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """One mix of techniques for each good.

    Parameters
    ----------
    goods
        Names of the G goods.
    made
        Which goods some technique makes; the others are given or bought, and their columns are 0.
    inputs, labour
        A, goods x goods, units of input per unit of the good; l, skills x goods, hours per unit.
    shares
        Part of its good that each technique makes, 1.
    product
        Index of the good that each technique makes, of joint products its main one.
    activity
        Activity of each technique for one unit of its good that is left after losses.
    besides
        Goods x goods: what comes of other goods, after losses, with one unit of each.
    """

    goods: tuple[str, ...]
    made: Flags
    inputs: Sparse
    labour: Sparse
    shares: TechniquesVector
    product: Indices
    activity: TechniquesVector
    besides: Sparse

    def activities(self, output: GoodsVector) -> TechniquesVector:
        """Return the activity of each technique for an output of each good."""
        return np.asarray(self.activity * output[self.product])


@final
@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """Gross output after so many rounds of reckoning by hand.

    Parameters
    ----------
    count
        q: how often inputs of inputs were followed.
    output
        x_q, units.
    missing
        Part of each good's gross output not found yet, 1; 0 where nothing is made.
    """

    count: int
    output: GoodsVector
    missing: GoodsVector

    @property
    def worst(self) -> float:
        """Greatest part of a good's gross output not found yet."""
        return float(self.missing.max(initial=0.0))


def mix_of(economy: Economy, shares: Mapping[str, float] | None = None) -> Mix:
    """Return the coefficients of an economy with one mix of techniques for each good.

    Parameters
    ----------
    economy
        What is declared. A technique with several products counts as a maker of its main one, and
        brings the others besides (by-product technology).
    shares
        Part of its good that a technique makes, by name; techniques not named make what is left
        in proportion to their opening capacities. Where one of them has no limit of capacity,
        those without a limit make it in equal parts.

    Raises
    ------
    DataError
        A share names no technique, is below 0, or those of a good do not add up to 1.
    """
    techniques = economy.techniques
    outputs, product = csc_array(techniques.outputs), main_products(economy)
    kept = economy.extensions.kept(len(economy.goods))
    parts = _shares(economy, product, dict(shares or {}))
    # A good whose output is lost whole cannot be had: no activity gives a unit of it.
    main = main_outputs(economy, product)
    left = kept[product] * main
    activity = np.divide(parts, left, out=np.zeros_like(parts), where=left > 0)
    owner = csr_array(
        (np.ones(len(product)), (np.arange(len(product)), product)),
        shape=(len(product), len(economy.goods)),
    )
    per_unit = diags_array(activity) @ owner
    made = np.asarray(owner.sum(axis=0)).ravel() > 0
    return Mix(
        economy.goods.names,
        made,
        csr_array(techniques.inputs @ per_unit),
        csr_array(techniques.labour @ per_unit),
        parts,
        product,
        activity,
        csr_array(diags_array(kept) @ _others(csr_array(outputs), product) @ per_unit),
    )


def main_products(economy: Economy) -> Indices:
    """Return the good that each technique mainly makes: of which it makes the greatest part.

    Parts are those of all output at opening capacities, equal makers where there is no limit; of
    equal parts the first good counts.
    """
    outputs = csc_array(economy.techniques.outputs)
    most = opening_activity(economy)
    most = np.where(np.isfinite(most) & (most > 0), most, 1.0)
    made = csr_array(outputs @ diags_array(most))
    total: Vector = np.asarray(made.sum(axis=1)).ravel()
    part = csc_array(
        diags_array(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)) @ made
    )
    return np.array(
        [
            part.indices[start:stop][np.argmax(np.round(part.data[start:stop], 12))]
            for start, stop in pairwise(part.indptr)
        ],
        dtype=np.int64,
    )


def main_outputs(economy: Economy, product: Indices) -> TechniquesVector:
    """Return what a unit of each technique makes of its main product."""
    chosen = csc_array(
        (np.ones(len(product)), (product, np.arange(len(product)))),
        shape=economy.techniques.outputs.shape,
    )
    return np.asarray(chosen.multiply(economy.techniques.outputs).sum(axis=0)).ravel()


def _others(outputs: Sparse, product: Indices) -> Sparse:
    """Return what techniques make besides their main products."""
    entries = outputs.tocoo()
    good, technique = entries.coords
    kept = product[technique] != good
    return csr_array((entries.data[kept], (good[kept], technique[kept])), shape=outputs.shape)


def with_besides(mix: Mix, final_use: GoodsVector, wanted: GoodsVector) -> GoodsVector:
    """Return what has to be made of each good as a main product, where others come with it.

        x = max( A x + f - C x,  wanted - C x,  0 )        C what comes besides

    Found by turns. A good that nobody makes mainly has what must be had of it elsewhere.

    Raises
    ------
    NotProductive
        The turns do not come to rest: goods use up as much as is made of them.
    """
    found, damped = np.zeros(len(final_use)), 1.0
    for turn in range(_STEPS):
        besides = np.asarray(mix.besides @ found)
        need = np.asarray(mix.inputs @ found) + final_use
        new = np.maximum(np.maximum(need, np.where(mix.made, wanted, 0.0)) - besides, 0.0)
        change = float(np.abs(new - found).max(initial=0.0))
        if not np.isfinite(change):
            break
        found = found + damped * (new - found)
        if change <= _REST * max(float(found.max(initial=0.0)), 1e-300):
            return np.asarray(found)
        if turn == _STEPS // 10:
            # Two makers that each bring the other's good can go to and fro.
            damped = 0.5
    raise NotProductive(mix.goods[place] for place in np.flatnonzero(found == found.max()))


def gross_output(inputs: Sparse, final_use: GoodsVector, goods: Sequence[str]) -> GoodsVector:
    """Return x of  x = A x + f.

    Parameters
    ----------
    inputs
        A, goods x goods, not negative.
    final_use
        f, units.
    goods
        Names, for the error.

    Raises
    ------
    NotProductive
        Some goods use up as much as is made of them; they are named.
    """
    _check_productive(inputs, goods)
    return solve_system(_left_over(inputs), np.asarray(final_use, dtype=np.float64))


def labour_contents(inputs: Sparse, labour: GoodsVector, goods: Sequence[str]) -> GoodsVector:
    """Return v of  v = v A + l: the hours in one unit of each good, direct and indirect.

    Parameters
    ----------
    inputs
        A, goods x goods, not negative.
    labour
        l, hours per unit.
    goods
        Names, for the error.

    Raises
    ------
    NotProductive
        Some goods use up as much as is made of them; they are named.
    """
    _check_productive(inputs, goods)
    return solve_system(csr_array(_left_over(inputs).T), np.asarray(labour, dtype=np.float64))


def by_hand(
    inputs: Sparse, final_use: GoodsVector, output: GoodsVector, counts: Sequence[int]
) -> tuple[Rounds, ...]:
    """Return gross output after each of some numbers of rounds, x_q = f + A f + ... + A^q f.

    Parameters
    ----------
    inputs
        A, goods x goods.
    final_use, output
        f and the true x, units.
    counts
        The numbers q, rising.
    """
    found, added, reached = [], np.asarray(final_use, dtype=np.float64), 0
    total = added.copy()
    for count in counts:
        for _ in range(count - reached):
            added = np.asarray(inputs @ added)
            total = total + added
        reached = count
        gap = np.maximum(output - total, 0.0)
        missing = np.divide(gap, output, out=np.zeros_like(gap), where=output > 0)
        found.append(Rounds(count, total.copy(), missing))
    return tuple(found)


def spectral_radius(inputs: Sparse) -> float:
    """Return the greatest eigenvalue of a matrix that is not negative; below 1 it is productive."""
    return max((radius for _, radius in _blocks(inputs)), default=0.0)


def unproductive(inputs: Sparse) -> Indices:
    """Return the goods that, made with one another, use up as much as is made of them."""
    found = [goods for goods, radius in _blocks(inputs) if radius >= 1.0 - 10 * _CLOSE]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _blocks(inputs: Sparse) -> Iterator[tuple[Indices, float]]:
    """Yield goods that all need one another, and the spectral radius of their coefficients."""
    matrix = csr_array(inputs)
    count, block = connected_components(matrix, directed=True, connection="strong")
    order = np.argsort(block, kind="stable")
    edges = np.searchsorted(block[order], np.arange(count + 1))
    for start, stop in pairwise(edges):
        goods = order[start:stop].astype(np.int64)
        yield goods, _radius(csr_array(matrix[goods][:, goods]))


def _radius(block: Sparse) -> float:
    """Return the spectral radius of an irreducible block, between bounds that close in.

    Adding the unit matrix keeps the iteration from going round in circles.
    """
    if block.shape[0] == 1:
        return float(block.sum())
    vector = np.ones(block.shape[0])
    low = high = 0.0
    for _ in range(_STEPS):
        new = np.asarray(block @ vector) + vector
        ratio = new / vector
        low, high = float(ratio.min()), float(ratio.max())
        if high - low <= _CLOSE * high:
            break
        vector = new / new.max()
    return (low + high) / 2.0 - 1.0


def _check_productive(inputs: Sparse, goods: Sequence[str]) -> None:
    """Do nothing if one unit of every good can be left over."""
    try:
        output = solve_system(_left_over(inputs), np.ones(inputs.shape[0]))
    except RuntimeError:
        output = np.zeros(inputs.shape[0])
    if (output >= 1.0 - 1e-6).all():
        return
    wrong = unproductive(inputs)
    if not len(wrong):
        wrong = np.flatnonzero(output < 1.0 - 1e-6)
    raise NotProductive(goods[place] for place in wrong)


def _left_over(inputs: Sparse) -> Sparse:
    return csr_array(eye_array(inputs.shape[0], format="csr") - csr_array(inputs))


def _shares(economy: Economy, product: Indices, given: dict[str, float]) -> TechniquesVector:
    names = economy.techniques.names
    for name, share in given.items():
        if name not in names:
            near = nearest(name, names)
            raise DataError(say("balances.unknown", name=name, nearest=near))
        if not share >= 0:
            raise DataError(say("balances.below", name=name, share=share))
    capacity = opening_activity(economy) * main_outputs(economy, product)
    shares = np.array([given.get(name, np.nan) for name in names])
    for good in np.unique(product):
        makers = np.flatnonzero(product == good)
        fixed = makers[~np.isnan(shares[makers])]
        free = makers[np.isnan(shares[makers])]
        left = 1.0 - float(shares[fixed].sum())
        if left < -1e-9 or (not len(free) and left > 1e-9):
            name = economy.goods.names[good]
            raise DataError(say("balances.shares", good=name, total=1.0 - left))
        shares[free] = max(left, 0.0) * _in_proportion(capacity[free])
    return shares


def _in_proportion(capacity: TechniquesVector) -> TechniquesVector:
    unlimited = ~np.isfinite(capacity)
    size = unlimited.astype(np.float64) if unlimited.any() else capacity
    if not size.sum() > 0:
        size = np.ones(len(capacity))
    return size / size.sum() if len(size) else size


def opening_activity(economy: Economy) -> TechniquesVector:
    """Return the greatest activity of each technique at opening capacities; inf without a limit.

    A plant that several techniques share is counted whole for each of them.
    """
    most = np.full(len(economy.techniques), np.inf)
    load = economy.plants.load.tocoo()
    plant, technique = load.coords
    np.minimum.at(most, technique, economy.plants.capacity[plant] / load.data)
    return most
