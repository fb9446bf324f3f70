"""How strongly each signature shows, in the rows of its own workplace.

For the rows in which a workplace has a hand, with g the signature and H the covariance there,

    z = g' H^-1 r / sqrt(g' H^-1 g),    b = g' H^-1 r / (g' H^-1 g)

z is standard normal if every paper is honest, whatever rows are chosen. The rows of one workplace
hold nearly all that is to be known of its papers, and they are few: what its test costs does not
depend on the size of the federation.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, diags_array
from scipy.sparse.linalg import splu

from sovplan.foundation.shapes import Indices, Matrix, Sparse, Vector
from sovplan.inspection.batches import add_strength
from sovplan.inspection.books import Books, Kind
from sovplan.inspection.signatures import Signatures

_TILE: Final = 30_000
"""Rows of neighbourhoods treated at once, which bounds the memory that is needed."""

_UNKNOWN: Final = 1e-6
"""Least share of what a signature shows that must be left beside those already found."""

Strength: TypeAlias = tuple[Vector, Vector]
"""g' H^-1 r and g' H^-1 g of some signatures."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of one workplace.

    Parameters
    ----------
    rows
        Rows of the books.
    lies
        Its signatures.
    signs
        Its signatures x rows.
    solve
        H^-1 times columns.
    """

    rows: Indices
    lies: Indices
    signs: Sparse
    solve: Callable[[Matrix], Matrix]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhoods:
    """The rows in which each workplace has a hand.

    Parameters
    ----------
    books, signatures
        What is tested.
    signs
        The signatures' rows, by row.
    row, starts
        Rows of the books, those of one workplace after those of another, and where those of each
        begin.
    hands
        Rows x workplaces, above 0 where a workplace has a hand in a row.
    members, firsts
        Signatures in the order of their workplaces, and where those of each begin.
    """

    books: Books
    signatures: Signatures
    signs: Sparse
    row: Indices
    starts: Indices
    hands: Sparse
    members: Indices
    firsts: Indices

    @classmethod
    def around(cls, books: Books, signatures: Signatures) -> "Neighbourhoods":
        """Return the neighbourhoods of all workplaces."""
        count, owner = len(books.sheet.names), books.columns.workplace
        ownership = coo_array(
            (np.ones(len(owner)), (np.arange(len(owner)), owner)), shape=(len(owner), count)
        )
        hands = csr_array(abs(books.matrix) @ csr_array(ownership))
        by_workplace = csc_array(hands)
        by_workplace.sort_indices()
        members = np.argsort(signatures.workplace, kind="stable")
        return cls(
            *(books, signatures, csr_array(signatures.rows)),
            *(by_workplace.indices.astype(np.int64), by_workplace.indptr.astype(np.int64), hands),
            *(members, np.searchsorted(signatures.workplace[members], np.arange(count + 1))),
        )

    def lies(self, workplace: int) -> Indices:
        """Return the signatures of a workplace."""
        return self.members[self.firsts[workplace] : self.firsts[workplace + 1]]

    def touching(self, signature: int) -> Indices:
        """Return the workplaces that have a hand in a row that a signature changes."""
        column = slice(*self.signatures.rows.indptr[signature : signature + 2])
        rows = self.signatures.rows.indices[column]
        return np.unique(self.hands[rows].indices).astype(np.int64)

    def strength(self) -> Strength:
        """Return the strength of each signature by itself."""
        count = len(self.signatures)
        pull, weight = np.zeros(count), np.zeros(count)
        for first, last in self._tiles():
            rows, owner = self._rows(first, last)
            covariance = _covariance(self.books, rows, owner)
            own = self.members[self.firsts[first] : self.firsts[last]]
            signs = _own(self.signs[rows], owner, self.signatures.workplace, own)
            links, rest = _apart(self.books, rows)
            residual = self.books.residual[rows]
            # Links share no statement with each other, so they are solved for by division.
            between = csr_array(covariance[rest][:, links])
            noise = covariance.diagonal()[links]
            linked, scaled = signs[links], csr_array(between @ diags_array(1 / noise))
            alone = linked.T @ (residual[links] / noise), linked.power(2).T @ (1 / noise)
            part = np.asarray(alone[0]), np.asarray(alone[1])
            add_strength(
                csr_array(covariance[rest][:, rest] - scaled @ between.T),
                residual[rest] - scaled @ residual[links],
                csr_array(signs[rest] - scaled @ linked),
                part,
            )
            pull[own], weight[own] = part
        return pull, weight

    def block(self, workplace: int) -> "Block":
        """Return what is solved for in the rows of a workplace, whatever is fitted there."""
        rows, owner = self._rows(workplace, workplace + 1)
        lies = self.lies(workplace)
        own = _own(self.signs[rows], owner, self.signatures.workplace, lies)
        covariance = csc_array(_covariance(self.books, rows, owner))
        return Block(rows, lies, csr_array(own.T), splu(covariance).solve)

    def beside(self, block: "Block", fitted: Sequence[int], alone: Strength) -> Strength:
        """Return the strength of the signatures of a workplace beside those fitted.

        With F the fitted signatures, whose sizes are left open, H^-1 becomes
        H^-1 - H^-1 F (F' H^-1 F)^-1 F' H^-1.

        Parameters
        ----------
        block
            That of the workplace.
        fitted
            Signatures (of any workplace) that are left open in its rows.
        alone
            Strength of all signatures by themselves.
        """
        columns = np.empty((len(block.rows), 1 + len(fitted)))
        columns[:, 0] = self.books.residual[block.rows]
        for place, lie in enumerate(fitted, start=1):
            columns[:, place] = self._sign(lie, block.rows)
        solved = block.solve(columns)
        meeting = np.asarray(block.signs @ solved[:, 1:])
        inner = columns[:, 1:].T @ solved
        # What is found twice over has no size of its own: the shortest solution leaves it out.
        sizes = np.linalg.pinv(inner[:, 1:], rcond=1e-10, hermitian=True)
        through = meeting @ sizes
        first = alone[0][block.lies], alone[1][block.lies]
        pull = first[0] - through @ inner[:, 0]
        weight = first[1] - np.einsum("ij,ij->i", through, meeting)
        left = weight > _UNKNOWN * first[1]
        return np.where(left, pull, 0.0), np.where(left, weight, 0.0)

    def _sign(self, lie: int, rows: Indices) -> Vector:
        """Return a signature in some rows, in rising order, made as long as 1 in all of them."""
        signatures = self.signatures
        part = slice(*signatures.rows.indptr[lie : lie + 2])
        places = signatures.rows.indices[part]
        at = np.minimum(np.searchsorted(rows, places), len(rows) - 1)
        within = rows[at] == places
        found = np.zeros(len(rows))
        found[at[within]] = signatures.rows.data[part][within] / signatures.size[lie]
        return found

    def _rows(self, first: int, last: int) -> tuple[Indices, Indices]:
        """Return the rows of a range of workplaces, and whose each is."""
        counts = np.diff(self.starts[first : last + 1])
        rows = self.row[self.starts[first] : self.starts[last]]
        return rows, np.repeat(np.arange(first, last), counts)

    def _tiles(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of workplaces with a bounded number of rows."""
        first, count = 0, len(self.starts) - 1
        while first < count:
            within = np.searchsorted(self.starts, self.starts[first] + _TILE, side="right")
            last = min(max(int(within) - 1, first + 1), count)
            yield first, last
            first = last


def _covariance(books: Books, rows: Indices, owner: Indices) -> Sparse:
    """Return H of each workplace's rows; rows of different workplaces do not meet."""
    terms = coo_array(books.matrix[rows])
    row, column = terms.coords
    width = len(books.columns)
    own, place = np.unique(owner[row] * width + column, return_inverse=True)
    spread = terms.data * np.sqrt(books.columns.variance[column])
    shape = (len(rows), len(own))
    apart = csr_array(coo_array((spread, (row, np.asarray(place).reshape(-1))), shape=shape))
    return csr_array(apart @ apart.T + diags_array(books.variance[rows]))


def _own(signs: Sparse, owner: Indices, workplace: Indices, chosen: Indices) -> Sparse:
    """Return the chosen signatures in the rows of their own workplaces."""
    terms = coo_array(signs)
    row, column = terms.coords
    kept = owner[row] == workplace[column]
    order = np.argsort(chosen)
    place = order[np.searchsorted(chosen[order], column[kept])]
    cells = (terms.data[kept], (row[kept], place))
    return csr_array(coo_array(cells, shape=(signs.shape[0], len(chosen))))


def _apart(books: Books, rows: Indices) -> tuple[Indices, Indices]:
    """Return which rows are links and which are not."""
    link = books.rows.kind[rows] == int(Kind.LINK)
    return np.flatnonzero(link), np.flatnonzero(~link)
