"""A text of maps as the program pequod-cljs writes it, read into columns.

A map names numbers and lists, `{:income 5000 :wants [0.1 0.2] :inputs [[1 2] [] [3]]}`, in any
order. Every map of a sort has the same names, so that the values of one name, in the order of the
file, are a column; nothing is kept by map. One piece of text is unpacked while those before it are
read, so that a file of any length takes little memory.

Source: msszczep/pequod-cljs, files dep1exNN (2020).
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, final

import numpy as np

from sovplan.foundation.shapes import Indices, Vector
from sovplan.history.readers.pequod_text import Key, Piece, pieces

_WAITING: Final = 2
"""Pieces that may wait to be read while the next is unpacked."""


@final
@dataclass(frozen=True, slots=True)
class Sort:
    """What every map of a sort has.

    Parameters
    ----------
    numbers
        Names of numbers.
    lists
        Names of lists of numbers; with a number above 1, of lists of so many lists of numbers.
    """

    numbers: tuple[str, ...]
    lists: Mapping[str, int]

    def __iter__(self) -> Iterator[str]:
        """Yield all names."""
        yield from self.numbers
        yield from self.lists


@final
@dataclass(slots=True, eq=False)
class Columns:
    """Values by name, in parts that follow one another.

    Parameters
    ----------
    numbers
        One number a map.
    lists
        By name and place among the lists of that name: the numbers of all maps one after the
        other, and how many each map has.
    """

    numbers: dict[str, list[Vector]] = field(default_factory=dict)
    lists: dict[Key, list[tuple[Vector, Indices]]] = field(default_factory=dict)

    def number(self, name: str) -> Vector:
        """Return the number of each map."""
        return np.concatenate(self.numbers.get(name) or [np.zeros(0)])

    def values(self, name: str, place: int = 0) -> Vector:
        """Return the numbers of all lists of a name, one after the other."""
        return np.concatenate(
            [np.zeros(0), *(part for part, _ in self.lists.get((name, place), ()))]
        )

    def counts(self, name: str, place: int = 0) -> Indices:
        """Return how many numbers the list of each map has."""
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *(part for _, part in self.lists.get((name, place), ()))])

    def add(self, others: "Columns") -> None:
        """Let the parts of another piece follow."""
        for name, part in others.numbers.items():
            self.numbers.setdefault(name, []).extend(part)
        for key, lists in others.lists.items():
            self.lists.setdefault(key, []).extend(lists)


def read_columns(file: Path, sorts: tuple[Sort, ...]) -> Columns:
    """Read all maps of a file.

    Parameters
    ----------
    file
        The text, or the text compressed with gzip.
    sorts
        Which maps there are; they have no name in common.

    Raises
    ------
    DataError
        There is no such file, it is damaged, or a map lacks a name of its sort, has it twice, or
        has under it what is no number or no such list.
    """
    columns = Columns()
    begun: deque[Future[Columns]] = deque()
    with ThreadPoolExecutor(1) as reader:
        for text, start in pieces(file):
            begun.append(reader.submit(_columns, text, start, file, sorts))
            if len(begun) > _WAITING:
                columns.add(begun.popleft().result())
        for piece in begun:
            columns.add(piece.result())
    return columns


def _columns(text: bytes, start: int, file: Path, sorts: tuple[Sort, ...]) -> Columns:
    """Return what one piece of the text holds, which begins at byte `start` of the whole."""
    piece = Piece(text, start, file)
    words: dict[Key, tuple[Indices, Indices]] = {}
    for sort in sorts:
        found = {name: piece.where(name) for name in sort}
        if any(map(len, found.values())):
            piece.check_each_once(found)
            for name in sort.numbers:
                words[name, -1] = piece.number_after(name, found[name])
            for name, many in sort.lists.items():
                for place, lists in enumerate(piece.lists_after(name, found[name], many)):
                    words[name, place] = lists
    columns = Columns()
    read = piece.read({key: _runs(*spans) for key, spans in words.items()})
    for (name, place), (starts, stops) in words.items():
        if place < 0:
            columns.numbers[name] = [read[name, place]]
        else:
            columns.lists[name, place] = [(read[name, place], stops - starts)]
    return columns


def _runs(starts: Indices, stops: Indices) -> Indices:
    """Return all whole numbers from each start to before its stop, one run after the other."""
    counts = stops - starts
    total = np.cumsum(counts)
    return np.asarray(np.repeat(starts - total + counts, counts) + np.arange(counts.sum()))
