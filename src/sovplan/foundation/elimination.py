"""Normal equations of a linear programme most of whose rows fall into small cells.

    (A T A' + D) y = r       is       (-1/T  A'; A  D) (x; y) = (0; r),       T, D diagonal, above 0

Unknowns of the system at the right are eliminated floor by floor. *Cells*: rows of one plant in its
years, or of one want, with the columns that are in no other cell (orders of that plant). *Links*:
columns that join a few cells, in groups (activity of one technique, which all its plants limit).
What is left is dense and factored by Cholesky: *common* rows, above all the balances of goods, and
*wide* columns, which join very many cells (the fulfilment of a year is in every want).

Cells keep both their columns and their rows: where T is great and D small,  A T A' + D  would lose
in rounding what tells them apart.

Source: Schur complements of block-angular systems, Birge and Qi (1988), Management Science 34,
1472-1479; quasi-definite systems can be eliminated in any order, Vanderbei (1995), SIAM Journal on
Optimization 5, 100-113.
"""

from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array

from sovplan.foundation.blocks import Floor, Held, Listing, joined, summed
from sovplan.foundation.remainder import Alone, Remainder
from sovplan.foundation.shapes import AnySparse, Indices, Vector
from sovplan.foundation.sorts import sorts_of

_CELL, _LINK, _REST, _ALONE = range(4)
_ROUNDS: Final = 8
"""Most rounds of refinement."""
CLOSE: Final = 1e-11
"""Residual of the equations, relative to their greatest side, that is always close enough."""


@final
class NormalEquations:
    """The structure of a matrix, found once; then factored and solved for many diagonals."""

    def __init__(self, matrix: AnySparse, cell: Indices) -> None:
        """Find floors from the cell of each row, -1 for rows that are common."""
        self.matrix, self.turned = csr_array(matrix), csr_array(csc_array(matrix).T)
        sorts = sorts_of(self.matrix, cell)
        height, width = matrix.shape
        self.common, self.wide = np.flatnonzero(sorts.cell < 0), np.flatnonzero(sorts.wide)
        self.left = left = np.concatenate([width + self.common, self.wide])
        self.end = np.full(width + height, -1)
        self.end[left] = np.arange(len(left))
        self.rest = Remainder(len(self.common), len(self.wide))
        none = np.full(height, -1)
        block = np.concatenate([sorts.inner, sorts.cell]), np.concatenate([sorts.group, none])
        level = np.full(width + height, _ALONE)
        for number, there in enumerate((block[0] >= 0, block[1] >= 0, self.end >= 0)):
            level[there] = number
        self.level, self.alone = level, np.flatnonzero(level == _ALONE)
        entries = self.matrix.tocoo()
        row, column = (part.astype(np.int64) for part in entries.coords)
        row = row + width
        self.cells, self.groups = _floors(
            np.concatenate([row, column]), np.concatenate([column, row]), level, block
        )
        self._put(row, column, entries.data)
        self.only = csr_array(csc_array(self.matrix[self.common])[:, self.alone])
        self.only_turned = csr_array(self.only.T)
        self.pairs = Alone(self.only)
        self._lead_up()
        self._hold()
        self.residual, self.close = 0.0, CLOSE

    def _put(self, row: Indices, column: Indices, value: Vector) -> None:
        """Put the entries of the system, both ways, where they stand."""
        one, other = np.concatenate([row, column]), np.concatenate([column, row])
        value, first, second = np.tile(value, 2), self.level[one], self.level[other]
        self.fixed = []
        for number, floor in ((_CELL, self.cells), (_LINK, self.groups)):
            here = (first == number) & (second >= number) & (second < _ALONE)
            held = np.zeros(floor.length)
            held[floor.place(one[here], other[here])] = value[here]
            self.fixed.append(held)
        here = (first == _REST) & (second == _REST) & (one >= other)
        self.crossing = value[here]
        self.crossed = self.rest.place(self.end[one[here]], self.end[other[here]])

    def _lead_up(self) -> None:
        """Find where what floors take from those above stands there."""
        self.to_groups: list[Indices] = []
        self.from_cells: list[Indices] = []
        self.from_groups: list[Indices] = []
        of_groups = [np.zeros(0, np.int64)]
        of_rest = [self.crossed, self.pairs.places]
        for floor, taken in ((self.cells, self.from_cells), (self.groups, self.from_groups)):
            for kind in floor.kinds:
                shape = (*kind.border.shape, kind.border.shape[1])
                one = np.broadcast_to(kind.border[:, :, None], shape).ravel()
                other = np.broadcast_to(kind.border[:, None, :], shape).ravel()
                there = (one >= 0) & (other >= 0)
                if floor is self.cells:
                    linked = np.flatnonzero(there & (self.level[one] == _LINK))
                    self.to_groups.append(linked)
                    of_groups.append(self.groups.place(one[linked], other[linked]))
                ends = self.end[one], self.end[other]
                there &= (ends[0] >= 0) & (ends[1] >= 0) & self.rest.once(*ends)
                taken.append(np.flatnonzero(there))
                of_rest.append(self.rest.place(ends[0][there], ends[1][there]))
        self.of_groups = np.concatenate(of_groups)
        self.of_rest = np.concatenate([*of_rest, self.rest.diagonal])
        height = self.rest.height
        diagonal = (self.of_rest < self.rest.bridged) & (self.of_rest % (height + 1) == 0)
        self.steep = np.flatnonzero(diagonal)
        self.of_steep = self.of_rest[self.steep] // (height + 1)

    def _hold(self) -> None:
        """Find where the factors of floors stand in sparse matrices."""
        cells, links = self.cells.order, self.groups.order
        of_cell, of_link = np.full(len(self.end), -1), np.full(len(self.end), -1)
        of_cell[cells], of_link[links] = np.arange(len(cells)), np.arange(len(links))
        above = np.where(self.end >= 0, self.end + len(links), of_link)
        kinds = [[(k.own, k.own) for k in f.kinds] for f in (self.cells, self.groups)]
        across = [[(k.own, k.border) for k in f.kinds] for f in (self.cells, self.groups)]
        high = len(links) + len(self.left)
        self.cell_own = Held(kinds[0], of_cell, of_cell, len(cells))
        self.cell_across = Held(across[0], of_cell, above, high)
        self.group_own = Held(kinds[1], of_link, of_link, len(links))
        self.group_across = Held(across[1], of_link, self.end, len(self.left))

    def factor(self, columns: Vector, rows: Vector) -> None:
        """Factor for the diagonals T of columns and D of rows, both above 0."""
        self.scale, self.added = columns, rows
        # The last one stands where a block has fewer unknowns than the greatest of its kind.
        diagonal = np.concatenate([-1.0 / columns, rows, [1.0]])
        entries = self.fixed[0]
        entries[self.cells.diagonal] = diagonal[self.cells.unknown]
        own, across, taken = self.cells.eliminated(entries)
        self.cell_own.fill(own)
        self.cell_across.fill(across)
        moved = -joined(taken, self.to_groups)
        left = [self.crossing, self.pairs.added(columns[self.alone])]
        left.append(-joined(taken, self.from_cells))
        entries = self.fixed[1] + summed(self.of_groups, moved, self.groups.length)
        entries[self.groups.diagonal] += diagonal[self.groups.unknown]
        own, across, taken = self.groups.eliminated(entries)
        self.group_own.fill(own)
        self.group_across.fill(across)
        left.append(-joined(taken, self.from_groups))
        weights = np.concatenate([*left, rows[self.common], -1.0 / columns[self.wide]])
        sizes = np.abs(weights[self.steep])
        self.rest.factor(
            summed(self.of_rest, weights, self.rest.length),
            summed(self.of_steep, sizes, self.rest.height),
            self.pairs.further(columns[self.alone]),
        )

    def solve(self, above: Vector, below: Vector) -> tuple[Vector, Vector]:
        """Return x and y of  -x / T + A' y = f,  A x + D y = g,  refined as far as is asked."""
        x, y = np.zeros(len(above)), np.zeros(len(below))
        off, lack, self.residual = above, below, float("inf")
        for _ in range(_ROUNDS):
            more_x, more_y = self._once(off, lack)
            more_x, more_y = x + more_x, y + more_y
            far = above + more_x / self.scale - self.turned @ more_y
            short = below - self.matrix @ more_x - self.added * more_y
            wrong = max(
                _most(far) / max(_most(above), _most(more_y), 1e-300),
                _most(short) / max(_most(below), _most(more_x), 1e-300),
            )
            if not wrong < self.residual:
                break
            x, y, off, lack, self.residual = more_x, more_y, far, short, wrong
            if wrong <= self.close:
                break
        return x, y

    def _once(self, above: Vector, below: Vector) -> tuple[Vector, Vector]:
        """Solve by the factors alone: cells, groups, what is left, and back."""
        right = np.concatenate([above, below])
        own, linked, alone = right[self.cells.order], right[self.groups.order], right[self.alone]
        higher = self.cell_across.turned @ own
        count = len(linked)
        linked = linked - higher[:count]
        side = right[self.left] - higher[count:] - self.group_across.turned @ linked
        side[: len(self.common)] += self.only @ (self.scale[self.alone] * alone)
        end = self.rest.solve(side)
        links = self.group_own.matrix @ linked - self.group_across.matrix @ end
        near = self.cell_own.matrix @ own
        near -= self.cell_across.matrix @ np.concatenate([links, end])
        found = np.empty(len(right))
        found[self.cells.order], found[self.groups.order], found[self.left] = near, links, end
        back = self.only_turned @ end[: len(self.common)]
        found[self.alone] = self.scale[self.alone] * (back - alone)
        return found[: len(above)], found[len(above) :]


def _most(values: Vector) -> float:
    return float(np.abs(values).max(initial=0.0))


def _floors(
    one: Indices, other: Indices, level: Indices, block: tuple[Indices, Indices]
) -> tuple[Floor, Floor]:
    """Return cells and groups, from pairs of unknowns that meet, given both ways."""
    own = []
    for of in block:
        there = np.flatnonzero(of >= 0)
        own.append(Listing(of[there], there, int(of.max(initial=-1)) + 1))
    here = (level[one] == _CELL) & ((level[other] == _LINK) | (level[other] == _REST))
    beyond = Listing(block[0][one[here]], other[here], len(own[0].sizes))
    linked = level[beyond.item] == _LINK
    parent = np.full(len(own[0].sizes), -1)
    parent[beyond.block[linked]] = block[1][beyond.item[linked]]
    of_rest = ~linked & (parent[beyond.block] >= 0)
    here = (level[one] == _LINK) & (level[other] == _REST)
    further = Listing(
        np.concatenate([block[1][one[here]], parent[beyond.block[of_rest]]]),
        np.concatenate([other[here], beyond.item[of_rest]]),
        len(own[1].sizes),
    )
    return Floor(own[0], beyond, block[0]), Floor(own[1], further, block[1])
