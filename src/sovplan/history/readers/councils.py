"""Councils as the program pequod-cljs writes them: a text of nested maps, also compressed (.gz).

Each council is a map of named lists and numbers in any order; every map of a kind has the same
names, so that the values of one name, in the order of the file, are a column. The text is read in
pieces that end where a map ends, so that a file of any length takes little memory.

Source: msszczep/pequod-cljs, files dep1exNN (2020).
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
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
_PIECE: Final = 1 << 23
"""Bytes of text read at once."""
_USED: Final = re.compile(
    rb":production-inputs\s*\[\s*\[([^\]]*)\]\s*\[([^\]]*)\]\s*\[([^\]]*)\]\s*\]"
)


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
    lists = {name.decode(): [_joined([])] for names in _LISTS.values() for name in names}
    lists |= {kind: [_joined([])] for kind, _ in _INPUTS}
    for text in _pieces(file):
        # Most of a file is wants: there only their names are looked for.
        for sort in (sort for sort in _NUMBERS if sort in text):
            for name in _NUMBERS[sort]:
                found = re.findall(rb":" + name + rb"\s+([-+.\deE]+)", text)
                numbers[name.decode()].append(np.array(found, dtype=np.float64))
            for name in _LISTS[sort]:
                named = re.findall(rb":" + name + rb"\s*\[([^\]]*)\]", text)
                lists[name.decode()].append(_joined(named))
        used = _USED.findall(text) if b":industry" in text else []
        for place, (kind, _) in enumerate(_INPUTS):
            lists[kind].append(_joined([row[place] for row in used]))
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


def _joined(parts: list[bytes]) -> tuple[Vector, Indices]:
    """Return all numbers of some lists one after the other, and how long each list is."""
    words = [part.split() for part in parts]
    counts = np.array([len(part) for part in words], dtype=np.int64)
    # Python's own float reads a number several times as fast as numpy's readers of text do.
    return np.array([*map(float, chain.from_iterable(words))], dtype=np.float64), counts


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
