"""Councils as the program pequod-cljs writes them: a text of nested maps, also compressed (.gz).

Each council is a map of named lists and numbers in any order; every map of a kind has the same
names, so that the values of one name, in the order of the file, are a column. The text is read in
pieces that end where a map ends, so that a file of any length takes little memory.

Source: msszczep/pequod-cljs, files dep1exNN (2020).
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Indices, Matrix, Vector
from sovplan.foundation.words import say
from sovplan.planning.rounds.councils import (
    ENDOWMENT,
    KINDS,
    Consumers,
    Councils,
    Kind,
    Workers,
)
from sovplan.records.tables import read_numbers

_PRODUCTS: Final[tuple[Kind, ...]] = ("private", "intermediate", "public")
"""What the numbers 0, 1, 2 under :industry mean."""
_INPUTS: Final[tuple[tuple[Kind, bytes], ...]] = (
    ("intermediate", b"input-exponents"),
    ("nature", b"nature-exponents"),
    ("labour", b"labor-exponents"),
)
"""The three lists of inputs in their order, and the names of their exponents."""
_NUMBERS: Final = {
    b":income": (b"income",),
    b":industry": (b"industry", b"product", b"a", b"c", b"s", b"du"),
}
"""Names of numbers by a name that only councils of the same sort have."""
_LISTS: Final = {
    b":income": (b"utility-exponents", b"public-good-exponents"),
    b":industry": tuple(name for _, name in _INPUTS),
}
_BLANK: Final = 0x20
"""Bytes up to this one, the space, are blanks."""
_PIECE: Final = 1 << 23
"""Bytes of text read at once."""
_USED: Final = b"production-inputs"
"""Name of the list of the three lists of inputs."""
_LONGEST: Final = 24
"""Bytes after a colon that are looked at, above the length of any name."""


def read_councils(file: Path, endowment: float = ENDOWMENT) -> Councils:
    """Read councils.

    Parameters
    ----------
    file
        A text of nested maps, or one compressed with gzip.
    endowment
        Units of each natural resource and each kind of labour; the file does not say.

    Raises
    ------
    DataError
        The file is not there or not such a text.
    """
    columns = _read(file)
    size = _sizes(columns, file)
    starts = np.concatenate([[0], np.cumsum([size[kind] for kind in KINDS])])
    first = {kind: int(place) for kind, place in zip(KINDS, starts, strict=False)}
    goods = tuple(f"{kind} {place + 1}" for kind in KINDS for place in range(size[kind]))
    kinds = tuple(kind for kind in KINDS for _ in range(size[kind]))
    given = np.where(np.isin(np.array(kinds), ("nature", "labour")), float(endowment), 0.0)
    wanted = np.concatenate([first[kind] + np.arange(size[kind]) for kind in ("private", "public")])
    people = Consumers(wanted, _wants(columns, file), columns.numbers["income"])
    return Councils(goods, kinds, given, _workers(columns, first, len(goods)), people)


@final
@dataclass(slots=True, eq=False)
class _Columns:
    """Values by name: one number a council; lists one after the other, and their lengths."""

    numbers: dict[str, Vector]
    lists: dict[str, tuple[Vector, Indices]]


def _read(file: Path) -> _Columns:
    """Return all columns of a file."""
    nothing = np.zeros(0)
    numbers = {name.decode(): [nothing] for names in _NUMBERS.values() for name in names}
    none = nothing, np.zeros(0, dtype=np.int64)
    lists = {name.decode(): [none] for names in _LISTS.values() for name in names}
    lists |= {kind: [none] for kind, _ in _INPUTS}
    for piece in _pieces(file):
        text = _Text(piece)
        for sort in (sort for sort in _NUMBERS if sort in piece):
            for name in _NUMBERS[sort]:
                numbers[name.decode()].append(text.numbers(name))
            for name in _LISTS[sort]:
                lists[name.decode()].append(text.lists(name))
        if b":industry" in piece:
            for place, (kind, _) in enumerate(_INPUTS):
                lists[kind].append(text.lists(_USED, 1 + place))
    return _Columns(
        {name: np.concatenate(parts) for name, parts in numbers.items()},
        {
            name: (
                np.concatenate([values for values, _ in parts]),
                np.concatenate([counts for _, counts in parts]),
            )
            for name, parts in lists.items()
        },
    )


@final
class _Text:
    """A piece of text, and where its names and brackets stand."""

    def __init__(self, piece: bytes) -> None:
        """Find every name, bracket and end of a value."""
        self.piece = piece + b" " * _LONGEST
        self.bytes = np.frombuffer(self.piece, dtype=np.uint8)
        self.opens = np.flatnonzero(self.bytes == ord("["))
        self.closes = np.flatnonzero(self.bytes == ord("]"))
        begins = np.flatnonzero(self.bytes[:-_LONGEST] == ord(":")) + 1
        self.ends = np.sort(np.concatenate([begins - 1, np.flatnonzero(self.bytes == ord("}"))]))
        around = begins[:, None] + np.arange(_LONGEST)
        self.begins, self.names = begins, self.bytes[around]

    def _after(self, name: bytes) -> Indices:
        """Return the places right after a name, wherever it stands."""
        letters = np.frombuffer(name + b" ", dtype=np.uint8)
        same = (self.names[:, : len(name)] == letters[:-1]).all(axis=1)
        # A longer name begins like it; a list may stand against its name.
        following = self.names[:, len(name)]
        same &= (following <= _BLANK) | (following == ord("["))
        return np.asarray(self.begins[same] + len(name), dtype=np.int64)

    def numbers(self, name: bytes) -> Vector:
        """Return the number after each time a name stands there."""
        after = self._after(name)
        ends = self.ends[np.minimum(np.searchsorted(self.ends, after), len(self.ends) - 1)]
        return self._between(after, ends)[0]

    def lists(self, name: bytes, further: int = 0) -> tuple[Vector, Indices]:
        """Return the numbers of the list after each time a name stands there, and how many."""
        first = np.searchsorted(self.opens, self._after(name)) + further
        starts = self.opens[np.minimum(first, len(self.opens) - 1)] + 1
        return self._between(starts, self.closes[np.searchsorted(self.closes, starts)])

    def _between(self, starts: Indices, ends: Indices) -> tuple[Vector, Indices]:
        """Return all numbers between some places, and how many stand in each stretch."""
        if not len(starts):
            return np.zeros(0), np.zeros(0, dtype=np.int64)
        pairs = zip(starts.tolist(), ends.tolist(), strict=True)
        inside = b" ".join([self.piece[start:end] for start, end in pairs]) + b" "
        closed = np.cumsum(ends + 1 - starts)
        letters = np.frombuffer(inside, dtype=np.uint8)
        blank = (letters <= _BLANK) | (letters == ord(","))
        begins = np.flatnonzero(~blank[1:] & blank[:-1]) + 1
        if not blank[0]:
            begins = np.concatenate([[0], begins])
        counts = np.diff(np.searchsorted(begins, closed), prepend=0)
        return read_numbers(inside), counts.astype(np.int64)


def _pieces(file: Path) -> Iterator[bytes]:
    """Yield the text in pieces that end where a map ends."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        rest = b""
        with gzip.open(file, "rb") if packed else file.open("rb") as stream:
            while read := stream.read(_PIECE):
                whole, end, begun = (rest + read).rpartition(b"}")
                rest = begun
                yield whole + end
        yield rest
    except (OSError, EOFError) as error:
        raise DataError(say("readers.councils.missing", path=file.name)) from error


def _wants(columns: _Columns, file: Path) -> Matrix:
    """Return the exponents of all consumer councils, private goods first."""
    income = columns.numbers["income"]
    private, counts = columns.lists.pop("utility-exponents")
    public, others = columns.lists.pop("public-good-exponents")
    same = len(np.unique(counts)) == 1 and len(np.unique(others)) == 1
    if not same or not len(income) == len(counts) == len(others):
        raise DataError(say("readers.councils.consumers", path=file.name))
    both = np.empty((len(income), int(counts[0] + others[0])))
    both[:, : counts[0]] = private.reshape(len(income), -1)
    both[:, counts[0] :] = public.reshape(len(income), -1)
    return both


def _sizes(columns: _Columns, file: Path) -> dict[Kind, int]:
    """Return how many goods of each kind there are."""
    numbers, lists = columns.numbers, columns.lists
    councils = {len(column) for name, column in numbers.items() if name != "income"}
    for kind, name in _INPUTS:
        counts, sizes = lists[kind][1], lists[name.decode()][1]
        councils |= {len(counts)}
        if len(counts) != len(sizes) or (counts != sizes).any():
            raise DataError(say("readers.councils.workers", path=file.name))
    if len(councils) != 1 or councils == {0}:
        raise DataError(say("readers.councils.workers", path=file.name))
    size: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for kind, _ in _INPUTS:
        size[kind] = int(lists[kind][0].max(initial=0.0))
    for place, made in enumerate(_PRODUCTS):
        most = numbers["product"][numbers["industry"] == place].max(initial=0.0)
        size[made] = max(size[made], int(most))
    wanted: tuple[tuple[Kind, str], ...] = (
        ("private", "utility-exponents"),
        ("public", "public-good-exponents"),
    )
    for final_kind, listed in wanted:
        size[final_kind] = max(size[final_kind], int(lists[listed][1].max(initial=0)))
    return size


def _workers(columns: _Columns, first: dict[Kind, int], width: int) -> Workers:
    numbers, lists = columns.numbers, columns.lists
    count = len(numbers["a"])
    rows = [np.repeat(np.arange(count), lists[kind][1]) for kind, _ in _INPUTS]
    places = [first[kind] + lists[kind][0].astype(np.int64) - 1 for kind, _ in _INPUTS]
    values = [lists[name.decode()][0] for _, name in _INPUTS]
    exponents = csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(places))),
        shape=(count, width),
    )
    starts = np.array([first[kind] for kind in _PRODUCTS])
    product = starts[numbers["industry"].astype(np.int64)] + numbers["product"].astype(np.int64) - 1
    return Workers(product, exponents, numbers["a"], numbers["c"], numbers["du"], numbers["s"])
