"""The year that a table describes, held against every limit of the economy made from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import GoodsVector, TechniquesVector, Vector
from sovplan.foundation.words import say
from sovplan.records.folder import Folder, Table

BALANCE = (
    "made",
    "imported",
    "from_stock",
    "used_in_production",
    "consumed",
    "fixed_uses",
    "exported",
)
"""Columns of the material balance: three sources, then four uses."""

_SUPPLIED = {
    "labour": ("labour.csv", "skill", "hours"),
    "resource": ("resources.csv", "resource", "amount"),
}


@final
@dataclass(frozen=True, slots=True, eq=False)
class BaseYear:
    """Activities and material balance of a year.

    Parameters
    ----------
    year
        Calendar year.
    techniques, activity
        Activity of each technique.
    goods
        Codes of the goods.
    made, imported, from_stock
        Sources of each good, units of the good.
    used_in_production, consumed, fixed_uses, exported
        Its uses; `fixed_uses` are administration, defence, investment and additions to stock.
    """

    year: int
    techniques: tuple[str, ...]
    activity: TechniquesVector
    goods: tuple[str, ...]
    made: GoodsVector
    imported: GoodsVector
    from_stock: GoodsVector
    used_in_production: GoodsVector
    consumed: GoodsVector
    fixed_uses: GoodsVector
    exported: GoodsVector

    @property
    def residual(self) -> GoodsVector:
        """Sources less uses of each good."""
        sources = self.made + self.imported + self.from_stock
        return sources - (self.used_in_production + self.consumed + self.fixed_uses + self.exported)

    def tables(self) -> tuple[Table, Table]:
        """Return the tables activity_YEAR.csv and balance_YEAR.csv."""
        activity = Table(
            f"activity_{self.year}.csv",
            {"technique": self.techniques, "activity": self.activity},
            file=f"activity_{self.year}.csv",
        )
        columns = {name: getattr(self, name) for name in BALANCE}
        balance = Table(
            f"balance_{self.year}.csv",
            {"good": self.goods, **columns, "residual": self.residual},
            file=f"balance_{self.year}.csv",
        )
        return activity, balance


def year_of_tables(activity: Table, balance: Table, year: int) -> BaseYear:
    """Return the year that two tables describe, as `BaseYear.tables` made them."""
    sources = [balance.numbers(name) for name in BALANCE]
    return BaseYear(
        year,
        activity.text("technique"),
        activity.numbers("activity"),
        balance.text("good"),
        *sources,
    )


def planned_from(folder: Folder, year: int) -> Folder:
    """Return the same economy with another first year, so that a plan can be asked for that year.

    Opening stocks and capacities stay as they are written.
    """
    return Folder({**folder.settings, "first_year": year}, folder.tables, folder.origin)


def violations(folder: Folder, base: BaseYear) -> dict[str, float]:
    """Return by how much the year breaks each kind of limit of the economy, as a share.

    Each limit is rebuilt from the tables of the folder, row by row, so that what was written is
    what is judged. A violation is divided by the larger side of its limit; 0 means kept.

    Parameters
    ----------
    folder
        The economy with its rows of the year.
    base
        The year as it was carried out.

    Returns
    -------
    dict
        Greatest violation of `goods`, `needs`, `capacity`, `labour`, `resources`, `trade`, `stocks`
        and `caps`.

    Raises
    ------
    DataError
        The year names a good or technique that the economy does not have.
    """
    activity = _lookup(base.techniques, base.activity, folder.table("techniques.csv"), "technique")
    goods = folder.table("goods.csv")
    order = _lookup(base.goods, np.arange(len(base.goods), dtype=np.float64), goods, "good")
    place = {name: int(row) for name, row in order.items()}
    used, made = _flow(folder, activity, place, "input"), _flow(folder, activity, place, "output")
    consumed, fixed = _needed(folder, base.year, place)
    sources = made + base.imported + base.from_stock
    uses = used + base.consumed + base.fixed_uses + base.exported
    rows = [place[name] for name in goods.text("good")]
    kept = 1.0 - np.nan_to_num(goods.numbers("spoilage"))
    stock = (kept * np.nan_to_num(goods.numbers("stock")))[np.argsort(rows)]
    wanted = np.concatenate([consumed, fixed])
    given = np.concatenate([base.consumed, base.fixed_uses])
    return {
        "goods": _excess(uses, sources),
        "needs": _excess(wanted, given),
        "capacity": _excess(*_loads(folder, activity)),
        "labour": _supply(folder, base.year, activity, "labour"),
        "resources": _supply(folder, base.year, activity, "resource"),
        "trade": _trade(folder, base, rows),
        "stocks": _excess(base.from_stock, stock),
        "caps": _caps(goods, base, rows),
    }


def _lookup(names: Sequence[str], values: Vector, known: Table, head: str) -> Mapping[str, float]:
    found = dict(zip(names, values.tolist(), strict=True))
    missing = set(known.text(head)) ^ set(found)
    if missing:
        raise DataError(say("readers.base_year.names", file=known.file, names=min(missing)))
    return found


def _flow(
    folder: Folder, activity: Mapping[str, float], place: Mapping[str, int], role: str
) -> GoodsVector:
    flows, total = folder.table("flows.csv"), np.zeros(len(place))
    rows = zip(
        flows.text("technique"),
        flows.text("good"),
        flows.text("role"),
        flows.numbers("amount").tolist(),
        strict=True,
    )
    for technique, good, of_role, amount in rows:
        if of_role == role:
            total[place[good]] += amount * activity[technique]
    return total


def _needed(folder: Folder, year: int, place: Mapping[str, int]) -> tuple[GoodsVector, GoodsVector]:
    needs = folder.table("needs.csv")
    fields = (needs.numbers("target"), needs.numbers("floor"), needs.numbers("public"))
    consumed, fixed = np.zeros(len(place)), np.zeros(len(place))
    for row in np.flatnonzero(needs.numbers("year") == year):
        target, floor, public = (np.nan_to_num(field[row]) for field in fields)
        consumed[place[needs.text("good")[row]]] = max(target, floor)
        fixed[place[needs.text("good")[row]]] = public
    return consumed, fixed


def _loads(folder: Folder, activity: Mapping[str, float]) -> tuple[Vector, Vector]:
    techniques, plants = folder.table("techniques.csv"), folder.table("plants.csv")
    loads = folder.table("loads.csv")
    names = plants.text("plant")
    load = dict.fromkeys(names, 0.0)
    for technique, plant, amount in zip(
        loads.text("technique"), loads.text("plant"), loads.numbers("load").tolist(), strict=True
    ):
        load[plant] += amount * activity[technique]
    own = np.array([activity[name] for name in techniques.text("technique")])
    capacity = techniques.numbers("capacity")
    limited = ~np.isnan(capacity)
    return (
        np.concatenate([np.array([load[name] for name in names]), own[limited]]),
        np.concatenate([plants.numbers("capacity"), capacity[limited]]),
    )


def _supply(folder: Folder, year: int, activity: Mapping[str, float], kind: str) -> float:
    file, head, amount = _SUPPLIED[kind]
    supply, table = folder.table("supply.csv"), folder.table(file)
    used: dict[str, float] = {}
    rows = zip(table.text("technique"), table.text(head), table.numbers(amount), strict=True)
    for technique, name, each in rows:
        used[name] = used.get(name, 0.0) + float(each) * activity[technique]
    given = {
        name: float(value)
        for of_kind, name, of_year, value in zip(
            supply.text("kind"),
            supply.text("name"),
            supply.numbers("year"),
            supply.numbers("amount"),
            strict=True,
        )
        if of_kind == kind and of_year == year
    }
    names = list(used)
    return _excess(
        np.array([used[name] for name in names]), np.array([given.get(name, 0.0) for name in names])
    )


def _trade(folder: Folder, base: BaseYear, rows: Sequence[int]) -> float:
    goods, supply = folder.table("goods.csv"), folder.table("supply.csv")
    credit = np.array([kind == "credit" for kind in supply.text("kind")], dtype=bool)
    in_year = supply.numbers("year") == base.year
    bought = np.nan_to_num(goods.numbers("import_price")) @ base.imported[rows]
    sold = np.nan_to_num(goods.numbers("export_price")) @ base.exported[rows]
    lent = supply.numbers("amount")[credit & in_year].sum() if len(supply) else 0.0
    size = max(abs(bought), abs(sold), abs(lent), 1e-300)
    return float(max(0.0, bought - sold - lent) / size)


def _caps(goods: Table, base: BaseYear, rows: Sequence[int]) -> float:
    worst = 0.0
    for traded, price, cap in (
        (base.imported, "import_price", "import_cap"),
        (base.exported, "export_price", "export_cap"),
    ):
        most = np.nan_to_num(goods.numbers(cap), nan=np.inf)
        most[np.isnan(goods.numbers(price))] = 0.0
        limited = np.isfinite(most)
        worst = max(worst, _excess(traded[rows][limited], most[limited]))
    return worst


def _excess(used: Vector, given: Vector) -> float:
    """Return the greatest share by which something used exceeds what is given."""
    size = np.maximum(np.maximum(np.abs(used), np.abs(given)), 1e-300)
    return float(np.max(np.maximum(used - given, 0.0) / size, initial=0.0))
