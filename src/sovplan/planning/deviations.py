"""What an economy may really be: its numbers drawn within what is known of them.

Every amount of the tables is drawn from a triangular distribution whose mode is the amount,

    within  low .. high  of its row, where the row gives them,
    within  -5 % .. +5 %  of the amount elsewhere.

Numbers of economy.toml are drawn where [assumptions] gives their low and high.

Not drawn: needs and the least investment, which are what is asked for; gestations, which are whole
years; what is 0 and has no range; shares that are 1; and a load or an output of exactly 1 without
a range, which only says in what a capacity or an activity is counted.

Rows are drawn independently, and a row has the same draw whatever other rows there are. The rows
of one series of supply.csv share their luck: who is wrong about the hours of one year is wrong
about the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.shapes import Sparse, Vector
from sovplan.planning.draws import Drawn, Key, Luck, Maker, ranges_of
from sovplan.records.calendar import Calendar
from sovplan.records.economy import Economy, Goods, Series
from sovplan.records.folder import Folder
from sovplan.records.schema import ACTIVITY, SCHEMAS

_WORKS: Final = "under_construction.csv"


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
    growth, losses, stock_limit, needs_of_moved
        Greatest growth a year (nan without a limit), share lost, greatest stock (inf without a
        limit), and needs of those who have moved, of each good.
    opening
        Activity of each technique in the year before year 1, for limits of growth.
    outside
        Imports less exports outside the list of goods: draws.
    loan
        Most and least drawn in a year, and in all years: three x draws.
    moving
        Most people who move in a year, hours each loses and wins: three x draws.
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
    growth: Drawn
    losses: Drawn
    stock_limit: Drawn
    needs_of_moved: Drawn
    opening: Drawn
    outside: Drawn
    loan: Drawn
    moving: Drawn
    ranged: int = 0
    spread: int = 0

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.stock.shape[-1])


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
        The seed or the number of a draw is out of its range, or an edge of a range of
        economy.toml is no number.
    """
    maker = Maker(folder, luck, {"ranged": 0, "spread": 0}, ranges_of(folder.settings))
    return _drawn_by(maker, economy, calendar)


def as_declared(economy: Economy, calendar: Calendar) -> Deviations:
    """Return one draw in which every number is as declared."""
    return _drawn_by(Maker(Folder({}), None, {"ranged": 0, "spread": 0}, {}), economy, calendar)


def _drawn_by(maker: Maker, economy: Economy, calendar: Calendar) -> Deviations:
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
            _WORKS,
            "capacity",
            _works_keys(maker, economy),
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
        **_of_settings(maker, economy),
        ranged=maker.counted["ranged"],
        spread=maker.counted["spread"],
    )


def _flows(maker: Maker, economy: Economy, role: str, matrix: Sparse) -> Drawn:
    goods, techniques = economy.goods.names, economy.techniques.names
    row, column = matrix.tocoo().coords
    keys = [(techniques[j], goods[g], role) for g, j in zip(row, column, strict=True)]
    return maker.drawn("flows.csv", "amount", keys, matrix.data)


def _building(maker: Maker, economy: Economy) -> Drawn:
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


def _of_plants(maker: Maker, economy: Economy, column: str, values: Vector) -> Drawn:
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


def _works_keys(maker: Maker, economy: Economy) -> list[Key]:
    """Return the keys of the rows of works as they are written: a blank `left` is 0."""
    works = economy.extensions.under_construction
    if works is None:
        return []
    columns = [maker.folder.table(_WORKS).text(head) for head in SCHEMAS[_WORKS].key]
    written = {
        (plant, year, left or "0"): (plant, year, left)
        for plant, year, left in zip(*columns, strict=True)
    }
    names = economy.plants.names
    return [
        written.get((names[plant], str(int(year)), str(int(left))), ())
        for plant, year, left in zip(works.plants, works.years, works.left, strict=True)
    ]


def _of_goods(maker: Maker, goods: Goods, column: str, values: Vector) -> Drawn:
    return maker.drawn("goods.csv", column, [(name,) for name in goods.names], values)


def _supply(maker: Maker, series: Series, kind: str, calendar: Calendar) -> Drawn:
    """Draw the rows of some series and lay them out: names x years x draws."""
    names = [series.names[row] for row in series.rows]
    years = [str(int(year)) for year in series.years]
    keys = [(year, kind, name) for year, name in zip(years, names, strict=True)]
    streams = [(kind, name) for name in names]
    rows = maker.drawn("supply.csv", "amount", keys, series.amounts[:, 0], streams)
    return Series(series.names, series.rows, series.years, rows).over(calendar.years)


def _credit(maker: Maker, economy: Economy, calendar: Calendar) -> Drawn:
    credit, drawn = _supply(maker, economy.credit, "credit", calendar), economy.extensions.credit
    if drawn is not None:
        credit = credit[[name != drawn.series for name in economy.credit.names]]
    return np.asarray(credit.sum(axis=0))


def _of_settings(maker: Maker, economy: Economy) -> dict[str, Drawn]:
    """Draw what the tables of economy.toml say."""
    goods, limits = economy.goods.names, economy.extensions
    outside, credit, moved = limits.trade, limits.credit, limits.migration
    nothing = np.zeros(len(goods))
    growth = np.full(len(goods), np.nan) if limits.growth is None else limits.growth.most
    losses = nothing if limits.losses is None else limits.losses
    trade = [0.0, 0.0] if outside is None else [outside.other_imports, outside.other_exports]
    loan = [np.inf, -np.inf, np.inf]
    if credit is not None:
        loan = [credit.yearly_most, credit.yearly_least, credit.total]
    moving = [0.0, 0.0, 0.0]
    if moved is not None:
        moving = [moved.most_a_year, moved.hours_lost, moved.hours_won]

    def by_good(path: str, values: Vector) -> Drawn:
        return maker.setting([f"{path}.{good}" for good in goods], values)

    def of(table: str, keys: Sequence[str], values: Sequence[float]) -> Drawn:
        return maker.setting([f"{table}.{key}" for key in keys], np.array(values))

    other = of("trade", ("other_imports", "other_exports"), trade)
    return {
        "growth": np.maximum(by_good("growth_limits.most", growth), -1.0),
        "losses": np.clip(by_good("losses", losses), 0.0, 1.0),
        "stock_limit": _stock_limit(maker, economy),
        "needs_of_moved": by_good("migration.needs", nothing if moved is None else moved.needs),
        "opening": _opening(maker, economy),
        "outside": other[0] - other[1],
        "loan": of("credit", ("yearly_most", "yearly_least", "total"), loan),
        "moving": of("migration", ("most_a_year", "hours_lost", "hours_won"), moving),
    }


def _stock_limit(maker: Maker, economy: Economy) -> Drawn:
    """Draw the greatest stocks: units of a good, or the multiple of the opening stock."""
    goods, limit = economy.goods.names, economy.extensions.stock_limit
    if limit is None:
        return np.full((len(goods), maker.draws), np.inf)
    own = maker.setting([f"stock_limits.at_most.{good}" for good in goods], limit)
    table = maker.folder.settings.get("stock_limits", {})
    declared = float(table.get("most_times_opening", 1.0)) or 1.0
    times = maker.setting(["stock_limits.most_times_opening"], np.array([declared])) / declared
    by_multiple = np.array([good not in table.get("at_most", {}) for good in goods])
    return np.where(by_multiple[:, None], limit[:, None] * times, own)


def _opening(maker: Maker, economy: Economy) -> Drawn:
    """Draw the activities of the year before year 1."""
    growth = economy.extensions.growth
    names = economy.techniques.names
    if growth is None:
        return np.zeros((len(names), maker.draws))
    table = str(maker.folder.settings.get("growth_limits", {}).get("opening", "activity.csv"))
    keys = [(name,) for name in names]
    return maker.drawn(table, ACTIVITY.amount, keys, growth.opening)
