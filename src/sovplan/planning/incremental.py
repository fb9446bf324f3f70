"""Balances that are kept up to date: the cost of a change follows the change.

x = A x + f is known; f changes by d. What is missing, r = d at first, is pushed to the goods that
lack it and their inputs take its place:

    while some |r_i| > e x_i:   x_i += r_i,   r := r - r_i (unit i) + r_i A_i   for those i

Only goods that lack something are touched. Where a change reaches everything, as universal goods
make it do, looking for them costs more than it saves: after three passes' worth of entries all
goods are swept at once.

Source: local pushing, Andersen, Chung and Lang (2006), FOCS, 475-486, for a matrix that is not
stochastic; the measurement behind the rule stands in the benchmarks.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array

from sovplan.foundation.shapes import GoodsVector, Indices, Sparse
from sovplan.planning.coefficients import gross_output

CLOSE: Final = 1e-9
"""Part of its output that a good may lack when the push ends; its inputs lack as little in turn."""
_PASSES: Final = 3
"""Passes' worth of entries after which all goods are swept."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Updated:
    """Gross output after a change.

    Parameters
    ----------
    output
        x, units.
    touched
        Entries of the coefficients that were read.
    everywhere
        Whether the change went so far that all goods were swept.
    """

    output: GoodsVector
    touched: int
    everywhere: bool


@final
@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """A balance that can be changed.

    Parameters
    ----------
    inputs
        A by column, goods x goods: the recipe of each good together.
    output
        x of the final use it was made for, units.
    """

    inputs: csc_array[np.float64]
    output: GoodsVector

    def changed(self, change: GoodsVector, close: float = CLOSE) -> Updated:
        """Return gross output after final use has changed.

        Parameters
        ----------
        change
            d, units, of either sign.
        close
            Part of its output that a good may lack at the end.
        """
        output, missing = self.output.copy(), change.astype(np.float64)
        most, touched = _PASSES * self.inputs.nnz, 0
        small = _least(output)
        active: Indices = np.flatnonzero(change).astype(np.int64)
        while len(active):
            entries, goods = _recipes(self.inputs, active)
            touched += len(entries)
            if touched > most:
                passes, output = self._swept(output, missing, close)
                return Updated(output, touched + passes * self.inputs.nnz, everywhere=True)
            pushed = missing[active].copy()
            output[active] += pushed
            missing[active] = 0.0
            used = self.inputs.data[entries] * pushed[goods]
            rows = self.inputs.indices[entries]
            np.add.at(missing, rows, used)
            reached = np.unique(rows)
            large = close * np.maximum(np.abs(output[reached]), small)
            active = reached[np.abs(missing[reached]) > large].astype(np.int64)
        return Updated(output, touched, everywhere=False)

    def _swept(
        self, output: GoodsVector, missing: GoodsVector, close: float
    ) -> tuple[int, GoodsVector]:
        """Return how many passes over all recipes it takes to find the rest, and the output."""
        passes = 0
        while (np.abs(missing) > close * np.maximum(np.abs(output), _least(output))).any():
            output = output + missing
            missing = np.asarray(self.inputs @ missing)
            passes += 1
        return passes, output


def balance_of(inputs: Sparse, final_use: GoodsVector, goods: tuple[str, ...]) -> Balance:
    """Return the balance of a final use, ready to be changed.

    Raises
    ------
    NotProductive
        Some goods use up as much as is made of them.
    """
    return Balance(csc_array(inputs), gross_output(inputs, final_use, goods))


def _recipes(inputs: csc_array[np.float64], goods: Indices) -> tuple[Indices, Indices]:
    """Return the places of all entries of some columns, and to which of them each belongs."""
    starts = inputs.indptr[goods].astype(np.int64)
    counts = np.diff(inputs.indptr)[goods].astype(np.int64)
    owner = np.repeat(np.arange(len(goods)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return starts[owner] + within, owner


def _least(output: GoodsVector) -> float:
    """Return the size below which an output counts as this: a millionth of the mean."""
    return 1e-6 * max(float(np.abs(output).mean()), 1e-300)
