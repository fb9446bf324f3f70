"""Balances that are kept up to date: the cost of a change follows the change.

x = A x + f is known; f changes by d. What is missing, r = d at first, is pushed to the goods that
lack it and their inputs take its place:

    while some |r_i| > e x_i:   x_i += r_i,   r := r - r_i (unit i) + r_i A_i   for those i

Only goods that lack something are touched. Where a change reaches everything, as universal goods
make it do, the push costs more than to solve anew; after three passes' worth of entries it does so.

Source: local pushing, Andersen, Chung and Lang (2006), FOCS, 475-486, for a matrix that is not
stochastic; the measurement behind the rule stands in the benchmarks.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array

from sovplan.foundation.linear import solve_system
from sovplan.foundation.shapes import GoodsVector, Indices, Sparse
from sovplan.planning.coefficients import gross_output

CLOSE: Final = 1e-9
"""Part of its output that a good may lack at the end."""
_PASSES: Final = 3
"""Passes' worth of entries after which the whole is solved anew."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Updated:
    """Gross output after a change.

    Parameters
    ----------
    output
        x, units.
    touched
        Entries of the coefficients that were read, those of a new solution included.
    anew
        Whether all was solved anew.
    """

    output: GoodsVector
    touched: int
    anew: bool


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
        least = close * max(float(np.abs(output).mean()), float(np.abs(change).max(initial=0.0)))
        most, touched = _PASSES * self.inputs.nnz, 0
        active: Indices = np.flatnonzero(change).astype(np.int64)
        while len(active):
            entries, goods = _recipes(self.inputs, active)
            touched += len(entries)
            if touched > most:
                return Updated(self._anew(change), touched + self.inputs.nnz, anew=True)
            pushed = missing[active]
            output[active] += pushed
            missing[active] = 0.0
            used = self.inputs.data[entries] * pushed[goods]
            rows = self.inputs.indices[entries]
            np.add.at(missing, rows, used)
            reached = np.unique(rows)
            large = np.maximum(close * np.abs(output[reached]), least * close)
            active = reached[np.abs(missing[reached]) > large].astype(np.int64)
        return Updated(output, touched, anew=False)

    def _anew(self, change: GoodsVector) -> GoodsVector:
        rest = eye_array(self.inputs.shape[0], format="csr") - csr_array(self.inputs)
        return self.output + solve_system(csr_array(rest), change.astype(np.float64))


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
