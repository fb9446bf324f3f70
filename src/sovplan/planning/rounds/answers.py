"""What councils answer to prices, in closed form.

A worker council that maximises  p q - sum_j p_j x_j - s e^k  answers

    (1 - c/k - sum b) ln q = ln a + (c/k) ln(c p / (k s)) + sum_j b_j ln(b_j p / p_j)
    x_j = b_j p q / p_j        e = (c p q / (k s))^(1/k)

so ln q is a constant and a fixed combination of ln p: one sparse product a round answers for all.
Where c/k + sum b > 1 the formula gives the point at which profit is least, not greatest; the
published experiments with increasing returns use it all the same (decision record 0007).

A consumer council spends the part w_g of its income on good g: x_g = w_g income / p_g. The price
of a public good is shared by all H councils and the mean of what they state is the demand, so H
drops out and a public good is demanded like any other.

Source: Hahnel (2021), ch. 9 and its program; the forms are those of the reference case.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse import csc_array, csr_array

from sovplan.foundation.shapes import GoodsVector, Grid, Indices, Matrix, Sparse, Vector
from sovplan.planning.rounds.councils import Councils, check


@final
@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What all councils together propose at some prices, by good, units.

    Parameters
    ----------
    supply, demand
        Output and endowment; inputs and what consumers ask for.
    """

    supply: GoodsVector
    demand: GoodsVector

    @property
    def imbalance(self) -> GoodsVector:
        """Imbalance of each good, 1."""
        return imbalance_of(self.supply, self.demand)


def imbalance_of(supply: Grid, demand: Grid) -> Grid:
    """Return |2 (S - D)| / (S + D)."""
    return np.asarray(np.abs(2.0 * (supply - demand)) / (supply + demand))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """What each worker council proposes.

    Parameters
    ----------
    output, effort
        q and e of each council.
    inputs
        x, councils x goods, units.
    """

    output: Vector
    effort: Vector
    inputs: Sparse


@final
@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The councils, made ready to answer to any number of prices.

    Parameters
    ----------
    councils
        Who answers.
    level, slope
        ln q = level + slope ln p: councils, and councils x goods.
    by_good
        Exponents of inputs, goods x councils.
    spent
        What consumers spend on each good, in money; it does not depend on prices.
    """

    councils: Councils
    level: Vector
    slope: Sparse
    by_good: Sparse
    spent: GoodsVector

    def outputs(self, prices: GoodsVector) -> Vector:
        """Return q of each worker council."""
        return np.exp(self.level + self.slope @ np.log(prices))

    def totals(self, prices: GoodsVector) -> Totals:
        """Return what all together would make and use."""
        product: Indices = self.councils.workers.product
        output = self.outputs(prices)
        made = np.bincount(product, output, minlength=len(prices))
        worth = output * prices[product]
        used = (np.asarray(self.by_good @ worth) + self.spent) / prices
        return Totals(made + self.councils.endowment, used)

    def proposals(self, prices: GoodsVector) -> Proposals:
        """Return what each worker council would do."""
        workers = self.councils.workers
        output = self.outputs(prices)
        worth = output * prices[workers.product]
        effort = (workers.effort * worth / (workers.power * workers.cost)) ** (1.0 / workers.power)
        inputs = workers.exponents.copy()
        owner = np.repeat(np.arange(len(workers)), np.diff(inputs.indptr))
        inputs.data = inputs.data * worth[owner] / prices[inputs.indices]
        return Proposals(output, effort, inputs)

    def wishes(self, prices: GoodsVector) -> Matrix:
        """Return what each consumer council asks for, councils x columns; public goods whole."""
        councils = self.councils
        consumers = councils.consumers
        paid = prices[consumers.goods].copy()
        paid[councils.of_kind("public")[consumers.goods]] /= len(consumers)
        return np.asarray(consumers.income[:, None] * consumers.shares() / paid)


def answers_of(councils: Councils) -> Answers:
    """Return councils made ready to answer.

    Raises
    ------
    DataError
        Some council has no single answer.
    """
    check(councils)
    workers, consumers = councils.workers, councils.consumers
    exponents, count = workers.exponents, len(workers)
    owner = np.repeat(np.arange(count), np.diff(exponents.indptr))
    own = workers.returns
    part = workers.effort / workers.power
    rest = 1.0 - own
    logs = np.bincount(owner, exponents.data * np.log(exponents.data), minlength=count)
    level = np.log(workers.scale) + part * np.log(part / workers.cost) + logs
    rows = np.concatenate([owner, np.arange(count)])
    columns = np.concatenate([exponents.indices, workers.product])
    values = np.concatenate([-exponents.data / rest[owner], own / rest])
    slope = csr_array((values, (rows, columns)), shape=exponents.shape)
    slope.sum_duplicates()
    rate = consumers.income / consumers.exponents.sum(axis=1)
    spent = np.zeros(len(councils.goods))
    np.add.at(spent, consumers.goods, rate @ consumers.exponents)
    by_good = csr_array(csc_array(exponents).T)
    return Answers(councils, level / rest, slope, by_good, spent)
