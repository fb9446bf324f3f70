"""Councils as the program pequod-cljs writes them, also compressed (.gz).

Each council is a map of named lists and numbers; `pequod` reads them into columns, and here the
columns become councils.

Source: msszczep/pequod-cljs, files dep1exNN (2020).
"""

from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Indices, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.pequod import Columns, Sort, read_columns
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
_INPUTS: Final[tuple[tuple[Kind, str], ...]] = (
    ("intermediate", "input-exponents"),
    ("nature", "nature-exponents"),
    ("labour", "labor-exponents"),
)
"""The three lists of inputs in their order, and the names of their exponents."""
_USED: Final = "production-inputs"
"""Name of the three lists of inputs."""
_WANTED: Final[tuple[tuple[Kind, str], ...]] = (
    ("private", "utility-exponents"),
    ("public", "public-good-exponents"),
)
"""The goods that consumers ask for, and the names of their exponents."""
_CONSUMERS: Final = Sort(("income",), {name: 1 for _, name in _WANTED})
_WORKERS: Final = Sort(
    ("industry", "product", "a", "c", "s", "du"),
    {_USED: len(_INPUTS)} | {name: 1 for _, name in _INPUTS},
)
_MOST: Final = 1_000_000
"""Goods of a kind above which a number is taken for a slip."""


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
    columns = read_columns(file, (_CONSUMERS, _WORKERS))
    size = _sizes(columns, file)
    starts = np.concatenate([[0], np.cumsum([size[kind] for kind in KINDS])])
    first = {kind: int(place) for kind, place in zip(KINDS, starts, strict=False)}
    goods = tuple(f"{kind} {place + 1}" for kind in KINDS for place in range(size[kind]))
    kinds = tuple(kind for kind in KINDS for _ in range(size[kind]))
    given = np.where(np.isin(np.array(kinds), ("nature", "labour")), float(endowment), 0.0)
    people = _consumers(columns, first, file)
    return Councils(goods, kinds, given, _workers(columns, first, len(goods)), people)


def _consumers(columns: Columns, first: dict[Kind, int], file: Path) -> Consumers:
    """Return all consumer councils, private goods first."""
    parts = [columns.lists.pop((name, 0), []) for _, name in _WANTED]
    lengths = [np.unique(np.concatenate([[], *(counts for _, counts in part)])) for part in parts]
    if any(len(found) != 1 for found in lengths):
        raise DataError(say("readers.councils.consumers", path=file.name))
    private, public = (int(found[0]) for found in lengths)
    ends = np.cumsum([len(counts) for _, counts in parts[0]])
    goods = [first["private"] + np.arange(private), first["public"] + np.arange(public)]
    wants = np.empty((ends[-1], private + public))
    for end in ends[::-1]:
        # Each part is let go as soon as it is copied, so that they never lie there twice.
        (own, counts), (shared, _) = (part.pop() for part in parts)
        rows = wants[end - len(counts) : end]
        rows[:, :private] = own.reshape(len(counts), private)
        rows[:, private:] = shared.reshape(len(counts), public)
    return Consumers(np.concatenate(goods), wants, columns.number("income"))


def _sizes(columns: Columns, file: Path) -> dict[Kind, int]:
    """Return how many goods of each kind there are, all numbers of goods once checked."""
    size: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for place, (kind, name) in enumerate(_INPUTS):
        counts = columns.counts(_USED, place)
        if not len(counts) or (counts != columns.counts(name)).any():
            raise DataError(say("readers.councils.workers", path=file.name))
        used = columns.values(_USED, place)
        _check(used, np.repeat(np.arange(len(counts)), counts), _USED, (1, _MOST), file)
        size[kind] = int(used.max(initial=0.0))
    industry, product = columns.number("industry"), columns.number("product")
    each = np.arange(len(product))
    _check(industry, each, "industry", (0, len(_PRODUCTS) - 1), file)
    _check(product, each, "product", (1, _MOST), file)
    for place, made in enumerate(_PRODUCTS):
        size[made] = max(size[made], int(product[industry == place].max(initial=0.0)))
    for kind, name in _WANTED:
        size[kind] = max(size[kind], int(columns.counts(name).max(initial=0)))
    return size


def _check(
    numbers: Vector, councils: Indices, name: str, limits: tuple[int, int], file: Path
) -> None:
    """Refuse what is no whole number within limits."""
    least, most = limits
    wrong = np.flatnonzero((numbers % 1 != 0) | (numbers < least) | (numbers > most))
    if len(wrong):
        which = {"name": name, "value": f"{numbers[wrong[0]]:.10g}", "least": least, "most": most}
        council = int(councils[wrong[0]]) + 1
        raise DataError(say("readers.councils.whole", path=file.name, council=council, **which))


def _workers(columns: Columns, first: dict[Kind, int], width: int) -> Workers:
    scale, effort, cost, power = (columns.number(name) for name in ("a", "c", "s", "du"))
    each = np.arange(len(scale))
    rows = [np.repeat(each, columns.counts(name)) for _, name in _INPUTS]
    goods = [
        first[kind] + columns.values(_USED, place).astype(np.int64) - 1
        for place, (kind, _) in enumerate(_INPUTS)
    ]
    values = [columns.values(name) for _, name in _INPUTS]
    exponents = csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(goods))),
        shape=(len(each), width),
    )
    starts = np.array([first[kind] for kind in _PRODUCTS])
    made = columns.number("product").astype(np.int64) - 1
    product = starts[columns.number("industry").astype(np.int64)] + made
    return Workers(product, exponents, scale, effort, power, cost)
