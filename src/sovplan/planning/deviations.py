"""What an economy may really be: its numbers drawn within what is known of them.

Every amount of the tables is drawn from a triangular distribution whose mode is the amount,

    within  low .. high  of its row, where the row gives them,
    within  -5 % .. +5 %  of the amount elsewhere.

Not drawn: needs, which are what is asked for; numbers of economy.toml; gestations, which are whole
years; what is 0 and has no range; shares that are 1; and a load or an output of exactly 1 without
a range, which only says in what a capacity or an activity is counted.

Rows are drawn independently, and a row has the same draw whatever other rows there are. The rows
of one series of supply.csv share their luck: who is wrong about the hours of one year is wrong
about the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.chance import uniform
from sovplan.foundation.shapes import Sparse, Vector
from sovplan.records.calendar import Calendar
from sovplan.records.economy import Economy, Goods, Series
from sovplan.records.folder import Folder, Table
from sovplan.records.schema import SCHEMAS

Drawn: TypeAlias = NDArray[np.float64]
"""Numbers of which the last axis counts draws."""

SPREAD: Final = 0.05
"""Relative range of an amount whose row gives none."""
_ANY_YEAR: Final = 0
"""A number is drawn once for all years of a plan: its stream of chance has no year."""

Key: TypeAlias = tuple[str, ...]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Deviations:
    """An economy in a number of draws; the last axis of every array counts draws.

    Parameters
    ----------
    inputs, outputs, labour, resource_use, load, building
        Values of the entries of the economy's sparse matrices, in the order of their data.
    capacity, wear, works
        Of each plant, and of each row of works under construction.
    stock, spoilage, import_price, export_price, import_cap, export_cap
        Of each good; a price that is not there is 0.
    hours, resources
        H and Q: names x years x draws.
    credit
        F: years x draws.
    ranged, spread
        How many numbers were drawn within a range of their row, and within 5 %.
    """

    inputs: Drawn
    outputs: Drawn
    labour: Drawn
    resource_use: Drawn
    load: Drawn
    building: Drawn
    capacity: Drawn
    wear: Drawn
    works: Drawn
    stock: Drawn
    spoilage: Drawn
    import_price: Drawn
    export_price: Drawn
    import_cap: Drawn
    export_cap: Drawn
    hours: Drawn
    resources: Drawn
    credit: Drawn
    ranged: int = 0
    spread: int = 0

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.stock.shape[-1])


@final
@dataclass(frozen=True, slots=True)
class Luck:
    """Root of all luck, 0 to 2^64 - 1, and the numbers of the draws wanted, 0 to 131071."""

    seed: int
    draws: tuple[int, ...]


def deviations(economy: Economy, folder: Folder, calendar: Calendar, luck: Luck) -> Deviations:
    """Draw an economy within what is known of its numbers.

    Parameters
    ----------
    economy, folder
        The economy, and the tables it was built from with their columns low and high.
    calendar
        Years over which supplies are laid out.
    luck
        Which draws; one is the same whichever others are asked for.

    Raises
    ------
    DataError
        The seed or the number of a draw is out of its range.
    """
    maker = _Maker(folder, luck, {"ranged": 0, "spread": 0})
    return _drawn_by(maker, economy, calendar)


def as_declared(economy: Economy, calendar: Calendar) -> Deviations:
    """Return one draw in which every number is as declared."""
    return _drawn_by(_Maker(Folder({}), None, {"ranged": 0, "spread": 0}), economy, calendar)


def _drawn_by(maker: "_Maker", economy: Economy, calendar: Calendar) -> Deviations:
    techniques, plants, goods = economy.techniques, economy.plants, economy.goods
    names, works = techniques.names, economy.extensions.under_construction
    return Deviations(
        inputs=_flows(maker, economy, "input", techniques.inputs),
        outputs=_flows(maker, economy, "output", techniques.outputs),
        labour=maker.entries("labour.csv", techniques.labour, techniques.skills, names),
        resource_use=maker.entries(
            "resources.csv", techniques.resource_use, techniques.resources, names
        ),
        load=maker.entries("loads.csv", plants.load, plants.names, names),
        building=_building(maker, economy),
        capacity=_of_plants(maker, economy, "capacity", plants.capacity),
        wear=_of_plants(maker, economy, "wear", plants.wear),
        works=maker.drawn(
            "under_construction.csv",
            "capacity",
            _works_keys(economy),
            np.zeros(0) if works is None else works.capacity,
        ),
        stock=_of_goods(maker, goods, "stock", goods.stock),
        spoilage=_of_goods(maker, goods, "spoilage", goods.spoilage),
        import_price=_of_goods(maker, goods, "import_price", np.nan_to_num(goods.import_price)),
        export_price=_of_goods(maker, goods, "export_price", np.nan_to_num(goods.export_price)),
        import_cap=_of_goods(maker, goods, "import_cap", goods.import_cap),
        export_cap=_of_goods(maker, goods, "export_cap", goods.export_cap),
        hours=_supply(maker, economy.labour, "labour", calendar),
        resources=_supply(maker, economy.resources, "resource", calendar),
        credit=_credit(maker, economy, calendar),
        ranged=maker.counted["ranged"],
        spread=maker.counted["spread"],
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """Draws the numbers of tables; without luck each number is as declared, in one draw."""

    folder: Folder
    luck: Luck | None
    counted: dict[str, int]

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
            return np.repeat(values[:, None], len(self.luck.draws), axis=1)
        spread = np.repeat(values[:, None], len(self.luck.draws), axis=1)
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
        source = self.folder.table(table)
        where = _rows(source, SCHEMAS[table].key)
        places = np.array([where.get(key, -1) for key in keys], dtype=np.int64)
        least, most = np.full((2, len(values)), np.nan)
        if len(source) and column == SCHEMAS[table].amount:
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


def _flows(maker: _Maker, economy: Economy, role: str, matrix: Sparse) -> Drawn:
    goods, techniques = economy.goods.names, economy.techniques.names
    row, column = matrix.tocoo().coords
    keys = [(techniques[j], goods[g], role) for g, j in zip(row, column, strict=True)]
    return maker.drawn("flows.csv", "amount", keys, matrix.data)


def _building(maker: _Maker, economy: Economy) -> Drawn:
    """Draw what plants are built of: building.csv, or flows.csv for a technique's own plant."""
    goods, plants, matrix = economy.goods.names, economy.plants.names, economy.plants.building
    row, column = matrix.tocoo().coords
    shared = column < len(maker.folder.table("plants.csv"))
    pairs = [(plants[p], goods[g]) for g, p in zip(row, column, strict=True)]
    own = [(*pair, "capital") for pair in pairs]
    return np.where(
        shared[:, None],
        maker.drawn("building.csv", "amount", _only(pairs, shared), matrix.data),
        maker.drawn("flows.csv", "amount", _only(own, ~shared), matrix.data),
    )


def _of_plants(maker: _Maker, economy: Economy, column: str, values: Vector) -> Drawn:
    """Draw a number of plants: plants.csv, or techniques.csv for a technique's own plant."""
    keys = [(name,) for name in economy.plants.names]
    shared = np.arange(len(keys)) < len(maker.folder.table("plants.csv"))
    return np.where(
        shared[:, None],
        maker.drawn("plants.csv", column, _only(keys, shared), values),
        maker.drawn("techniques.csv", column, _only(keys, ~shared), values),
    )


def _only(keys: Sequence[Key], chosen: NDArray[np.bool_]) -> list[Key]:
    return [key if keep else () for key, keep in zip(keys, chosen, strict=True)]


def _works_keys(economy: Economy) -> list[Key]:
    works = economy.extensions.under_construction
    if works is None:
        return []
    names = economy.plants.names
    return [(names[p], str(int(year))) for p, year in zip(works.plants, works.years, strict=True)]


def _of_goods(maker: _Maker, goods: Goods, column: str, values: Vector) -> Drawn:
    return maker.drawn("goods.csv", column, [(name,) for name in goods.names], values)


def _supply(maker: _Maker, series: Series, kind: str, calendar: Calendar) -> Drawn:
    """Draw the rows of some series and lay them out: names x years x draws."""
    names = [series.names[row] for row in series.rows]
    years = [str(int(year)) for year in series.years]
    keys = [(year, kind, name) for year, name in zip(years, names, strict=True)]
    streams = [(kind, name) for name in names]
    rows = maker.drawn("supply.csv", "amount", keys, series.amounts[:, 0], streams)
    return Series(series.names, series.rows, series.years, rows).over(calendar.years)


def _credit(maker: _Maker, economy: Economy, calendar: Calendar) -> Drawn:
    credit, drawn = _supply(maker, economy.credit, "credit", calendar), economy.extensions.credit
    if drawn is not None:
        credit = credit[[name != drawn.series for name in economy.credit.names]]
    return np.asarray(credit.sum(axis=0))
