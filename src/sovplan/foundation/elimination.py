"""Normal equations of a linear programme whose rows fall into small groups and a few common ones.

    (A T A' + D) y = r,       T, D diagonal, not negative

Rows of a plan are of two sorts. Limits of one plant or one want in all its years meet other limits
of their sort in few columns: they are *local* and fall into small groups. The others, above all the
balances of goods, meet everywhere: they are *common*. Groups are eliminated one by one, many at
once; what is left over the common rows (Schur complement) is dense and factored by Cholesky.
Columns in very many local rows (the fulfilment of a year is in every want) would make one group of
all: they are taken out and put back as a correction of low rank.

Source: Schur complements of block-angular normal equations, Birge and Qi (1988), Management Science
34, 1472-1479; Woodbury's formula.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csc_array, csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from sovplan.foundation.shapes import AnySparse, Flags, Indices, Matrix, Vector

_GREATEST: Final = 64
"""Rows of a group above which its rows count as common."""
_WIDE: Final = 24
"""Local rows that a column is in from which it is taken out."""
_DENSE: Final = 0.02
"""Share of entries in the common rows from which their product is reckoned densely."""
_HELD: Final = (1e-14, 1e-12, 1e-10, 1e-8)
"""Parts of a diagonal entry that are added to it against rounding, the first that does."""
_GRADIENTS: Final = 12
"""Most steps of conjugate gradients after the factors were used once."""
CLOSE: Final = 1e-11
"""Residual of the equations, relative to their greatest side, that is always close enough."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Groups of like size, padded with -1 and zeros: rows and columns of each, and their entries.

    Parameters
    ----------
    own, common
        Places of each group among the local rows, and of the rows that share a column with it among
        the common ones.
    columns
        Columns of each group.
    inner, outer
        Entries in own rows and in common rows: groups x rows x columns.
    """

    own: Indices
    common: Indices
    columns: Indices
    inner: np.ndarray
    outer: np.ndarray


@final
class _Places:
    """Where the entries of small matrices of groups stand in one sparse matrix, found once."""

    def __init__(self, sides: list[tuple[Indices, Indices]], shape: tuple[int, int]) -> None:
        """Find the places from rows and columns of each group, -1 where it has fewer."""
        self.shape = shape
        self.there = [(r >= 0)[:, :, None] & (c >= 0)[:, None, :] for r, c in sides]
        rows = [np.broadcast_to(r[:, :, None], (*r.shape, c.shape[1])) for r, c in sides]
        columns = [np.broadcast_to(c[:, None, :], (*r.shape, c.shape[1])) for r, c in sides]
        none = np.zeros(0, dtype=np.int64)
        row = np.concatenate([none, *(r[t] for r, t in zip(rows, self.there, strict=True))])
        column = np.concatenate([none, *(c[t] for c, t in zip(columns, self.there, strict=True))])
        self.order = np.lexsort((column, row))
        self.columns = column[self.order].astype(np.int32)
        counts = np.bincount(row, minlength=shape[0])
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def filled(self, parts: list[np.ndarray]) -> csr_array:
        """Return the matrix whose groups hold these entries."""
        entries = [part[there] for part, there in zip(parts, self.there, strict=True)]
        data = np.concatenate([np.zeros(0), *entries])[self.order]
        return csr_array((data, self.columns, self.starts), shape=self.shape)


@final
class _Sums:
    """Where the entries of small matrices of groups are added in one dense matrix, found once."""

    def __init__(self, groups: list[Indices], height: int) -> None:
        """Find the places from the rows of each group, which are its columns too."""
        self.there = [(g >= 0)[:, :, None] & (g >= 0)[:, None, :] for g in groups]
        places = [g[:, :, None] * height + g[:, None, :] for g in groups]
        self.places = [place[t] for place, t in zip(places, self.there, strict=True)]

    def take(self, flat: Vector, parts: list[np.ndarray]) -> None:
        """Subtract the entries of the groups from the matrix, given row after row."""
        for part, there, place in zip(parts, self.there, self.places, strict=True):
            np.subtract.at(flat, place, part[there])


@final
class NormalEquations:
    """The structure of a matrix, found once; then factored and solved for many diagonals."""

    def __init__(self, matrix: AnySparse, local: Flags) -> None:
        """Find groups among the rows that may be local."""
        by_column = csc_array(matrix)
        self.matrix, self.turned = csr_array(matrix), csr_array(by_column.T)
        counts = np.bincount(self.matrix[np.flatnonzero(local)].indices, minlength=matrix.shape[1])
        self.wide, narrow = np.flatnonzero(counts > _WIDE), counts <= _WIDE
        label = _labels(self.matrix, local, narrow)
        local = label >= 0
        self.local, self.common = np.flatnonzero(local), np.flatnonzero(~local)
        grouped = np.bincount(self.matrix[self.local].indices, minlength=matrix.shape[1]) > 0
        self.alone = np.flatnonzero(narrow & ~grouped)
        self.shared = csr_array(csc_array(self.matrix[self.common])[:, self.alone])
        self.wide_part = by_column[:, self.wide].toarray()
        self.groups = _grouped(by_column, label, self.common, narrow)
        height = max(len(self.common), 1)
        self.dense: Matrix | None = None
        if self.shared.nnz > _DENSE * height * max(self.shared.shape[1], 1):
            self.dense = self.shared.toarray()
        sizes = len(self.local), len(self.common)
        self.within = _Places([(g.own, g.own) for g in self.groups], (sizes[0], sizes[0]))
        self.among = _Sums([g.common for g in self.groups], sizes[1])
        self.over = _Places([(g.common, g.own) for g in self.groups], (sizes[1], sizes[0]))
        self.residual, self.close = 0.0, CLOSE

    def factor(self, columns: Vector, rows: Vector) -> None:
        """Factor for the diagonals T of columns and D of rows, both above 0."""
        self.scale, self.added = columns, rows
        whole = self._alone(columns[self.alone])
        own_rows, parts = rows[self.local], []
        for group in self.groups:
            part = _inverted(group, columns, own_rows)
            count = group.columns.shape[1]
            across = group.outer @ part[:, :count]
            taken = across[:, :, :count] @ group.outer.transpose(0, 2, 1)
            parts.append((part[:, count:, count:], across[:, :, count:], taken))
        inverses, acrosses, takens = ([part[k] for part in parts] for k in range(3))
        self.among.take(whole.reshape(-1), takens)
        self.inverse, self.across = self.within.filled(inverses), self.over.filled(acrosses)
        whole[np.diag_indices_from(whole)] += rows[self.common]
        before = np.diagonal(whole).copy()
        self._put_back_wide(whole, columns[self.wide])
        self.factors = _held(whole, before)

    def _put_back_wide(self, whole: Matrix, scale: Vector) -> None:
        """Eliminate wide columns after the groups: whole + B K^-1 B'."""
        local, common = self.wide_part[self.local], self.wide_part[self.common]
        self.inside = self.inverse @ local
        self.small = np.diag(1.0 / scale) + local.T @ self.inside
        self.bridge = common - self.across @ local
        if len(scale):
            whole += self.bridge @ np.linalg.solve(self.small, self.bridge.T)

    def solve(self, right: Vector) -> Vector:
        """Return y of  (A T A' + D) y = r, by conjugate gradients from the factors."""
        found = self._once(right)
        left = right - self.times(found)
        size = float(np.abs(right).max(initial=0.0))
        along: Vector = np.zeros(len(right))
        weight = 1.0
        for turn in range(_GRADIENTS):
            if float(np.abs(left).max(initial=0.0)) <= self.close * size:
                break
            near = self._once(left)
            now = float(left @ near)
            if not now > 0:
                break
            before = along if turn else np.zeros(len(right))
            along = np.asarray(near + now / weight * before, dtype=np.float64)
            weight = now
            across = self.times(along)
            bend = float(along @ across)
            if not bend > 0:
                break
            found = np.asarray(found + now / bend * along)
            left = np.asarray(left - now / bend * across)
        self.residual = float(np.abs(left).max(initial=0.0)) / max(size, 1e-300)
        return found

    def times(self, y: Vector) -> Vector:
        """Return (A T A' + D) y."""
        return np.asarray(self.matrix @ (self.scale * (self.turned @ y)) + self.added * y)

    def _once(self, right: Vector) -> Vector:
        """Solve by the factors alone: groups, wide columns, common rows, and back."""
        found, wide = np.zeros(len(right)), self.wide_part[self.local]
        half = self.inverse @ right[self.local]
        side = right[self.common] - self.across @ right[self.local]
        pull: Vector = np.zeros(len(self.wide))
        if len(pull):
            pull = np.asarray(np.linalg.solve(self.small, wide.T @ half), np.float64)
            side = side - self.bridge @ pull
        among = cho_solve(self.factors, side, check_finite=False)
        near = half - self.across.T @ among
        if len(pull):
            pull = pull + np.linalg.solve(self.small, self.bridge.T @ among)
            near = near - self.inside @ pull
        found[self.common], found[self.local] = among, near
        return found

    def _alone(self, scale: Vector) -> Matrix:
        if self.dense is not None:
            half = self.dense * np.sqrt(scale)
            return half @ half.T
        return np.asarray((self.shared @ diags_array(scale) @ self.shared.T).toarray())


def _inverted(group: _Groups, columns: Vector, rows: Vector) -> np.ndarray:
    """Return the inverses of  (-1/T  A'; A  D)  of each group.

    Where T is great and D small this keeps what  A T A' + D  would lose in rounding.
    """
    count, height = group.columns.shape[1], group.own.shape[1]
    whole = np.zeros((len(group.own), count + height, count + height))
    part = np.where(group.columns >= 0, -1.0 / columns[group.columns], -1.0)
    added = np.where(group.own >= 0, rows[group.own], 1.0)
    whole[:, :count, count:] = group.inner.transpose(0, 2, 1)
    whole[:, count:, :count] = group.inner
    np.einsum("gii->gi", whole)[...] = np.concatenate([part, added], axis=1)
    return np.linalg.inv(whole)


def _held(whole: Matrix, before: Vector) -> tuple[Matrix, bool]:
    """Return Cholesky factors, each diagonal entry held up by a part of what it was before.

    What was subtracted from an entry leaves its rounding behind, a part of its former size.
    """
    diagonal = np.diagonal(whole).copy()
    for held in _HELD:
        whole[np.diag_indices_from(whole)] = diagonal + held * before
        try:
            return cho_factor(whole, lower=True, check_finite=False)
        except np.linalg.LinAlgError:
            continue
    raise np.linalg.LinAlgError


def _labels(matrix: AnySparse, local: Flags, narrow: Flags) -> Indices:
    """Return the group of each row that may be local, -1 for rows that are common after all."""
    label, rows = np.full(matrix.shape[0], -1), np.flatnonzero(local)
    if not len(rows):
        return label
    kept = csr_array(csc_array(matrix[rows])[:, np.flatnonzero(narrow)])
    kept.data = np.ones_like(kept.data)
    found = connected_components(csr_array(kept @ kept.T), directed=False)[1]
    small = np.bincount(found)[found] <= _GREATEST
    label[rows[small]] = np.unique(found[small], return_inverse=True)[1]
    return label


@final
class _Listing:
    """Which items stand in which group, and where among them."""

    def __init__(self, group: Indices, item: Indices, count: int) -> None:
        """List pairs once, sorted."""
        self.span = int(item.max(initial=-1)) + 1
        self.keys = np.unique(group * self.span + item)
        self.group, self.item = np.divmod(self.keys, max(self.span, 1))
        self.sizes = np.bincount(self.group, minlength=count)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def at(self, group: Indices, item: Indices) -> Indices:
        """Return the place of each item in its group."""
        return np.searchsorted(self.keys, group * self.span + item) - self.starts[group]

    def padded(self, members: Indices) -> Indices:
        """Return the items of some groups, -1 where a group has fewer than the greatest."""
        width = int(self.sizes[members].max(initial=0))
        steps = np.arange(width)[None, :]
        there = steps < self.sizes[members][:, None]
        places = self.starts[members][:, None] + np.where(there, steps, 0)
        return np.where(there, self.item[np.minimum(places, max(len(self.item) - 1, 0))], -1)


def _kinds(sizes: Indices) -> Indices:
    """Return a number for each group, the same where all three sizes are alike within four."""
    kinds = np.where(sizes > 0, np.ceil(np.log2(np.maximum(sizes, 1)) / 2.0) + 1, 0)
    return np.asarray(np.unique(kinds, axis=0, return_inverse=True)[1].ravel(), dtype=np.int64)


def _grouped(matrix: AnySparse, label: Indices, common: Indices, narrow: Flags) -> list[_Groups]:
    """Return the groups, those of like size together."""
    entries = matrix.tocoo()
    row, column = entries.coords
    kept = narrow[column]
    row, column, value = row[kept], column[kept], entries.data[kept]
    own = label[row] >= 0
    group_of = np.full(matrix.shape[1], -1)
    group_of[column[own]] = label[row[own]]
    inside = group_of[column] >= 0
    row, column, value, own = row[inside], column[inside], value[inside], own[inside]
    group = group_of[column]
    place = np.full(matrix.shape[0], -1)
    place[common] = np.arange(len(common))
    count = int(label.max(initial=-1)) + 1
    rows = np.flatnonzero(label >= 0)
    place[rows] = np.arange(len(rows))
    listings = (
        _Listing(label[rows], place[rows], count),
        _Listing(group[~own], place[row[~own]], count),
        _Listing(group, column.astype(np.int64), count),
    )
    sizes = np.column_stack([listing.sizes for listing in listings])
    of_kind = _kinds(sizes)
    found = []
    for kind in np.unique(of_kind[sizes[:, 0] > 0]):
        members = np.flatnonzero((of_kind == kind) & (sizes[:, 0] > 0))
        position = np.full(count, -1)
        position[members] = np.arange(len(members))
        rows_in, shared_in, columns_in = (listing.padded(members) for listing in listings)
        inner = np.zeros((*rows_in.shape, columns_in.shape[1]))
        outer = np.zeros((*shared_in.shape, columns_in.shape[1]))
        for part, rows_of, listing, filled in (
            (own, place[row], listings[0], inner),
            (~own, place[row], listings[1], outer),
        ):
            here = part & (position[group] >= 0)
            g = group[here]
            at = (position[g], listing.at(g, rows_of[here]), listings[2].at(g, column[here]))
            filled[at] = value[here]
        found.append(_Groups(rows_in, shared_in, columns_in, inner, outer))
    return found
