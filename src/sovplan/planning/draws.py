"""Numbers drawn within what is known of them: one triangular distribution for each.

Rows are drawn independently, and a row has the same draw whatever other rows there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.chance import uniform
from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Sparse, Vector
from sovplan.foundation.words import say
from sovplan.records.folder import Folder, Table
from sovplan.records.schema import ACTIVITY, SCHEMAS

Drawn: TypeAlias = NDArray[np.float64]
"""Numbers of which the last axis counts draws."""

SPREAD: Final = 0.05
"""Relative range of an amount whose row gives none."""
_ANY_YEAR: Final = 0
"""A number is drawn once for all years of a plan: its stream of chance has no year."""

Key: TypeAlias = tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Luck:
    """Root of all luck, 0 to 2^64 - 1, and the numbers of the draws wanted, 0 to 131071."""

    seed: int
    draws: tuple[int, ...]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Maker:
    """Draws the numbers of tables; without luck each number is as declared, in one draw."""

    folder: Folder
    luck: Luck | None
    counted: dict[str, int]
    ranges: Mapping[str, tuple[float, float]]

    def entries(
        self, table: str, matrix: Sparse, rows: Sequence[str], columns: Sequence[str]
    ) -> Drawn:
        """Draw the entries of a matrix whose table has the columns' name first."""
        row, column = matrix.tocoo().coords
        keys = [(columns[int(c)], rows[int(r)]) for r, c in zip(row, column, strict=True)]
        return self.drawn(table, SCHEMAS[table].amount, keys, matrix.data)

    def drawn(
        self,
        table: str,
        column: str,
        keys: Sequence[Key],
        values: Vector,
        streams: Sequence[Key] | None = None,
    ) -> Drawn:
        """Draw numbers of one column of a table.

        Parameters
        ----------
        table, column
            Where they stand.
        keys
            Key of the row of each number; a number whose row is not there is not drawn.
        values
            The numbers as declared.
        streams
            Names of the streams of luck if they are not the keys.
        """
        if self.luck is None:
            return np.asarray(values, dtype=np.float64)[:, None]
        low, high = self._range(table, column, keys, values)
        moving = low < high
        if not moving.any():
            return np.repeat(values[:, None], self.draws, axis=1)
        spread = np.repeat(values[:, None], self.draws, axis=1)
        persons = np.array([_person(key) for key in streams or keys], dtype=np.int64)[moving]
        rule = f"stress {table} {column}"
        for place, draw in enumerate(self.luck.draws):
            luck = uniform(self.luck.seed, rule, _ANY_YEAR, persons, draw)
            spread[moving, place] = triangular(luck, low[moving], values[moving], high[moving])
        return spread

    def _range(
        self, table: str, column: str, keys: Sequence[Key], values: Vector
    ) -> tuple[Vector, Vector]:
        """Return the least and the greatest value of each number; they are equal if it is fixed."""
        source, schema = self.folder.table(table), SCHEMAS.get(table, ACTIVITY)
        where = _rows(source, schema.key)
        places = np.array([where.get(key, -1) for key in keys], dtype=np.int64)
        least, most = np.full((2, len(values)), np.nan)
        if len(source) and column == schema.amount:
            least = np.where(places >= 0, source.numbers("low")[places], np.nan)
            most = np.where(places >= 0, source.numbers("high")[places], np.nan)
        given = np.isfinite(least) | np.isfinite(most)
        about = SPREAD * np.abs(np.where(np.isfinite(values), values, 0.0))
        fixed = (places < 0) | (~given & ((values == 0.0) | ~np.isfinite(values)))
        fixed |= ~given & _counts(table, column, keys, values)
        low = np.where(np.isfinite(least), least, values - about)
        high = np.where(np.isfinite(most), most, values + about)
        if column in {"wear", "spoilage"}:
            high = np.minimum(high, 1.0)
            fixed |= values >= 1.0
        low, high = np.where(fixed, values, low), np.where(fixed, values, high)
        drawn = low < high
        self.counted["ranged"] += int((drawn & given).sum())
        self.counted["spread"] += int((drawn & ~given).sum())
        return low, high

    def setting(self, paths: Sequence[str], values: Vector) -> Drawn:
        """Draw numbers of economy.toml, those that have a range among the assumptions.

        Parameters
        ----------
        paths
            Name of each number, as in `growth_limits.most.cement`.
        values
            The numbers as declared.
        """
        if self.luck is None:
            return np.asarray(values, dtype=np.float64)[:, None]
        edges = np.array([self.ranges.get(path, (np.nan, np.nan)) for path in paths])
        edges = edges.reshape(len(paths), 2)
        given = np.isfinite(values) & np.isfinite(edges).any(axis=1)
        low, high = np.where(given[:, None] & np.isfinite(edges), edges, values[:, None]).T
        moving = low < high
        self.counted["ranged"] += int(moving.sum())
        spread = np.repeat(np.asarray(values, dtype=np.float64)[:, None], self.draws, axis=1)
        persons = np.array([_person((path,)) for path in paths], dtype=np.int64)[moving]
        for place, draw in enumerate(self.luck.draws):
            luck = uniform(self.luck.seed, "stress economy.toml", _ANY_YEAR, persons, draw)
            spread[moving, place] = triangular(luck, low[moving], values[moving], high[moving])
        return spread

    @property
    def draws(self) -> int:
        """Number of draws; one without luck."""
        return 1 if self.luck is None else len(self.luck.draws)


def ranges_of(settings: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Return low and high of the numbers of economy.toml, by the path of the number.

    A range stands in [assumptions] under the path, written in quotes or as tables in tables; one
    of the two may be left out.

    Raises
    ------
    DataError
        An edge of a range is no number.
    """
    return dict(_ranges("", settings.get("assumptions", {})))


def _ranges(path: str, table: object) -> Iterator[tuple[str, tuple[float, float]]]:
    if not isinstance(table, Mapping):
        return
    if path and ("low" in table or "high" in table):
        yield path, (_edge(path, table, "low"), _edge(path, table, "high"))
    for key, part in table.items():
        yield from _ranges(f"{path}.{key}" if path else str(key), part)


def _edge(path: str, table: Mapping[str, Any], edge: str) -> float:
    value = table.get(edge, np.nan)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(say("robust.no_number", path=path, edge=edge, found=value))
    return float(value)


def triangular(luck: Vector, low: Vector, mode: Vector, high: Vector) -> Vector:
    """Return the value of a triangular distribution that has a share `luck` of it below.

    A mode outside low .. high is taken to be the nearer of the two.
    """
    peak = np.clip(mode, low, high)
    below = (peak - low) / (high - low)
    left = low + np.sqrt(luck * (high - low) * (peak - low))
    right = high - np.sqrt((1.0 - luck) * (high - low) * (high - peak))
    return np.where(luck < below, left, right)


def _counts(table: str, column: str, keys: Sequence[Key], values: Vector) -> NDArray[np.bool_]:
    """Tell the numbers that only say in what an activity or a capacity is counted."""
    unit = np.array([column == "load" or key[-1:] == ("output",) for key in keys], dtype=bool)
    return np.asarray(unit & (values == 1.0) & (table in {"loads.csv", "flows.csv"}))


def _rows(table: Table, heads: Sequence[str]) -> dict[Key, int]:
    columns = [table.text(head) for head in heads]
    return {key: row for row, key in enumerate(zip(*columns, strict=True))}


def _person(key: Key) -> int:
    return int.from_bytes(
        blake2b("\x1f".join(key).encode(), digest_size=8).digest(), "little", signed=True
    )
