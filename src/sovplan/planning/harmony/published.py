"""The harmony procedure as its program runs it, digit by digit.

One list of products for all years: goods, hours, capacities. A technique takes inputs and makes one
main product and perhaps others. Each turn, with n net outputs and t targets:

    1  harmonies H(n, t) and their slopes H' (a difference over 10^-6); the slope of an input that
       nobody wants for itself becomes (H' + 5 max over its users) / 6, twice over, the value of a
       user being what one unit of the input lets it make
    2  producers of product k shrink by  sigmoid(T (H_k - mean H) / H'_k / n_k)
    3  every technique grows by  sigmoid((worth made - worth used) / worth used) * T * 0.4
    4  all are scaled so that the resource used most is used to 98 %; then every user of a product
       that is short shrinks to 98 % of what there is of it

for 100 turns, T = 0.23, sigmoid(d) = d / (1 + |d|), from activities of a tenth. Nothing tests
whether this comes to rest, and a product of small target and great output is cut to nothing.

Source: program 5yearplan (Cockshott 2018-2019), run of its Java version; method of Cockshott and
Cottrell (1993), ch. 6. The constants below are the program's.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array

from sovplan.foundation.shapes import Flags, Indices, Sparse, Vector
from sovplan.planning.harmony.measure import harmony

TURNS: Final = 100
WARMTH: Final = 0.23
"""T, how far a turn moves."""
BY_GAIN: Final = 0.4
"""Part of T that step 3 uses."""
USED: Final = 0.98
"""Share of what there is that is used."""
BY_USE: Final = 5.0
"""Weight of an input's best use beside its own slope."""
STEP: Final = 1e-6
"""Difference over which slopes are taken, units."""
BEGIN: Final = 0.1
"""Activity of every technique at first, in its standard operation."""
PUT_FOR_ZERO: Final = 1.0 - USED
"""Target of a good that is not wanted."""
OF_RESOURCES: Final = 0.03
"""Target of hours and capacities."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Complex:
    """What the procedure works on: M products, N techniques, per standard operation.

    Parameters
    ----------
    inputs, outputs
        Products x techniques, units.
    main
        The product for which each technique is run.
    given, targets
        What there is of each product beforehand and what is wanted, units; targets above 0.
    resource
        Products that nothing makes.
    for_use
        Products that nobody wants for themselves.
    """

    inputs: Sparse
    outputs: Sparse
    main: Indices
    given: Vector
    targets: Vector
    resource: Flags
    for_use: Flags


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Uses:
    """One entry for each input of a technique that nobody wants for itself.

    `product` the input, `made` what one unit of it lets its technique make, entries x products.
    """

    product: Indices
    made: Sparse


def published(given: Complex) -> Vector:
    """Return the activities at which the procedure stops, in standard operations."""
    uses = _uses(given)
    activity = _rescaled(given, np.full(given.inputs.shape[1], BEGIN))
    for _ in range(TURNS):
        net = net_output(given, activity)
        reached = harmony(net / given.targets)
        mean = reached[~given.resource].mean()
        steep = _slopes(given, uses, net)
        activity = _evened(given, activity, (reached - mean, steep, net))
        steep = _slopes(given, uses, net_output(given, activity))
        made, used = given.outputs.T @ steep, given.inputs.T @ steep
        activity = activity * (1.0 + _sigmoid((made - used) / used) * WARMTH * BY_GAIN)
        activity = _rescaled(given, activity)
    return activity


def net_output(given: Complex, activity: Vector) -> Vector:
    """Return what is left of each product, units."""
    return np.asarray(given.given + given.outputs @ activity - given.inputs @ activity)


def _slopes(given: Complex, uses: _Uses, net: Vector) -> Vector:
    """Return what one more unit of each product is worth, in harmony."""
    ahead = harmony((net + STEP) / given.targets)
    steep = (ahead - harmony(net / given.targets)) / STEP
    for _ in range(2):
        worth = np.asarray(uses.made @ steep)
        best = np.full(len(net), -1e22)
        np.maximum.at(best, uses.product, worth)
        steep = np.where(given.for_use, (steep + BY_USE * best) / (1.0 + BY_USE), steep)
    return steep


def _evened(given: Complex, activity: Vector, state: tuple[Vector, Vector, Vector]) -> Vector:
    """Return activities after those of products in excess harmony have shrunk (step 2)."""
    excess, steep, net = state
    change = WARMTH * excess / steep / np.where(net == 0.0, 1.0, net)
    shrink = np.where(given.resource | given.for_use, 0.0, _sigmoid(change))
    return np.asarray(activity * (1.0 - shrink[given.main]))


def _rescaled(given: Complex, activity: Vector) -> Vector:
    """Return activities scaled to the resources, then to products that are short (step 4)."""
    net = net_output(given, activity)
    there = given.given[given.resource]
    used = (there - net[given.resource]) / there
    activity = activity * (USED / used.max(initial=0.0))
    net = net_output(given, activity)
    if (net >= 0).all():
        return activity
    gross = given.given + given.outputs @ activity
    lacking = np.where(net < 0, USED * gross / np.where(net < 0, gross - net, 1.0), 1.0)
    entries = given.inputs.tocoo()
    product, technique = entries.coords
    foreign = given.main[technique] != product
    shrink = np.ones(len(activity))
    np.minimum.at(shrink, technique[foreign], lacking[product[foreign]])
    return activity * shrink


def _uses(given: Complex) -> _Uses:
    entries = given.inputs.tocoo()
    product, technique = entries.coords
    kept = given.for_use[product]
    product, technique, amount = product[kept], technique[kept], entries.data[kept]
    by_technique = csr_array(csc_array(given.outputs).T)[technique]
    scale = csr_array((1.0 / amount, (np.arange(len(amount)), np.arange(len(amount)))))
    return _Uses(product.astype(np.int64), csr_array(scale @ by_technique))


def _sigmoid(values: Vector) -> Vector:
    return np.asarray(values / (1.0 + np.abs(values)))
