"""A counted year as the tables of an economy's folder."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sovplan.foundation.shapes import Flags, TechniquesVector, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.base_year import BaseYear
from sovplan.history.readers.notes import Assumption
from sovplan.history.readers.signs import Counted
from sovplan.history.readers.terms import Terms
from sovplan.records.folder import Cells, Folder, Table

CREDIT = "trade_balance"
"""Name of the series of foreign credit."""


def folder_of(counted: Counted, terms: Terms) -> Folder:
    """Return the economy whose first year repeats the year that was counted."""
    settings: dict[str, Any] = {
        "format": 1,
        "name": terms.name,
        "title": terms.title,
        "year": terms.year,
        "first_year": terms.year if terms.first_year is None else terms.first_year,
        "licence": terms.licence,
        "sources": terms.sources,
        "notes": terms.notes,
        "units": {
            "hours": terms.hours_unit,
            "activity": say("readers.units.activity", unit=terms.unit),
            "value": terms.unit,
            "foreign_prices": terms.unit,
        },
    }
    made = (
        _goods(counted, terms),
        _techniques(counted),
        _flows(counted),
        _labour(counted),
        _resources(counted),
        _supply(counted, terms),
        _needs(counted, terms),
    )
    filled = {key: value for key, value in settings.items() if value != ""}
    return Folder(filled, {table.name: table for table in made if len(table)}, terms.name)


def year_of(counted: Counted, year: int) -> BaseYear:
    """Return the counted year as activities and a balance of each good."""
    amounts = counted.by_role
    given = sum(counted.supplied.values(), np.zeros(len(counted.goods)))
    makers = [*(label.code for label in counted.branches), *_givers(counted)]
    given_each = [float(v[row]) for v in counted.supplied.values() for row in np.flatnonzero(v)]
    return BaseYear(
        year=year,
        techniques=tuple(makers),
        activity=np.concatenate([counted.activity, given_each]),
        goods=tuple(label.code for label in counted.goods),
        made=counted.outputs.sum(axis=1) + given,
        imported=amounts["imports"],
        from_stock=amounts["drawn"],
        used_in_production=counted.inputs.sum(axis=1),
        consumed=amounts["target"],
        fixed_uses=counted.fixed(),
        exported=amounts["exports"],
    )


def table_of(name: str, columns: Mapping[str, Sequence[str] | Vector]) -> Table:
    """Return a table from whole columns; texts and arrays of one length."""
    cells: dict[str, Cells] = {
        head: column if isinstance(column, np.ndarray) else tuple(column)
        for head, column in columns.items()
    }
    count = len(next(iter(cells.values())))
    return Table(name, cells, range(2, count + 2), name)


def blank_where(unused: Flags, amounts: Vector) -> Vector:
    """Return the amounts with a blank wherever a condition holds."""
    found: Vector = np.where(unused, np.nan, amounts)
    return found


def _goods(counted: Counted, terms: Terms) -> Table:
    bought, sold = counted.by_role["imports"], counted.by_role["exports"]
    drawn = counted.by_role["drawn"]
    price, cap = terms.export_price.value, terms.trade_cap.value
    return table_of(
        "goods.csv",
        {
            "good": [label.code for label in counted.goods],
            "title": [label.title for label in counted.goods],
            "unit": [terms.unit] * len(counted.goods),
            "stock": blank_where(drawn == 0, drawn),
            "spoilage": np.where(counted.storable, 0.0, 1.0),
            "import_price": blank_where(bought == 0, np.ones_like(bought)),
            "export_price": blank_where(sold == 0, np.full_like(sold, price)),
            "import_cap": blank_where(bought == 0, cap * bought),
            "export_cap": blank_where(sold == 0, cap * sold),
        },
    )


def _givers(counted: Counted) -> list[str]:
    return [
        f"{use}.{counted.goods[row].code}"
        for use, vector in counted.supplied.items()
        for row in np.flatnonzero(vector)
    ]


def _techniques(counted: Counted) -> Table:
    titles = [
        say("readers.writing.giver", use=use, good=counted.goods[row].title)
        for use, vector in counted.supplied.items()
        for row in np.flatnonzero(vector)
    ]
    names = [label.code for label in counted.branches]
    columns = {
        "technique": names + _givers(counted),
        "title": [label.title for label in counted.branches] + titles,
    }
    regions = [label.region for label in counted.branches]
    if any(regions):
        columns["region"] = regions + [""] * len(titles)
    return table_of("techniques.csv", columns)


def _flows(counted: Counted) -> Table:
    goods = [label.code for label in counted.goods]
    branches = [label.code for label in counted.branches]
    names: list[str] = []
    used: list[str] = []
    roles: list[str] = []
    amounts: list[Vector] = []
    for role, matrix in (("output", counted.outputs), ("input", counted.inputs)):
        column, row = np.nonzero(matrix.T)
        names += [branches[place] for place in column]
        used += [goods[place] for place in row]
        roles += [role] * len(row)
        amounts.append(matrix[row, column] / counted.activity[column])
    givers = _givers(counted)
    names += givers
    used += [goods[row] for v in counted.supplied.values() for row in np.flatnonzero(v)]
    roles += ["output"] * len(givers)
    amounts.append(np.ones(len(givers)))
    return table_of(
        "flows.csv",
        {"technique": names, "good": used, "role": roles, "amount": np.concatenate(amounts)},
    )


def _labour(counted: Counted) -> Table:
    return _per_activity("labour.csv", ("skill", "hours"), counted, counted.hours)


def _resources(counted: Counted) -> Table:
    table = _per_activity("resources.csv", ("resource", "amount"), counted, counted.resources)
    givers = _givers(counted)
    return table_of(
        "resources.csv",
        {
            "technique": [*table.text("technique"), *givers],
            "resource": [*table.text("resource"), *givers],
            "amount": np.concatenate([table.numbers("amount"), np.ones(len(givers))]),
        },
    )


def _per_activity(
    file: str, heads: tuple[str, str], counted: Counted, totals: Mapping[str, TechniquesVector]
) -> Table:
    rows = [
        (label.code, name, total[place] / counted.activity[place])
        for name, total in totals.items()
        for place, label in enumerate(counted.branches)
        if total[place] != 0
    ]
    columns: dict[str, Sequence[str] | Vector] = {
        "technique": [row[0] for row in rows],
        heads[0]: [row[1] for row in rows],
        heads[1]: np.array([row[2] for row in rows], dtype=np.float64),
    }
    return table_of(file, columns)


def _supply(counted: Counted, terms: Terms) -> Table:
    amounts = counted.by_role
    credit = amounts["imports"].sum() - terms.export_price.value * amounts["exports"].sum()
    rows: list[dict[str, object]] = []
    for name, total in counted.hours.items():
        for year, factor, low, high in _grown(terms, terms.labour_growth):
            hours = float(total.sum())
            row = {"year": year, "kind": "labour", "name": name, "amount": hours * factor}
            rows.append(row | _range(hours, low, high))
    for name, total in counted.resources.items():
        row = {"year": terms.year, "kind": "resource", "name": name, "amount": float(total.sum())}
        rows.append(row)
    given = [float(v[row]) for v in counted.supplied.values() for row in np.flatnonzero(v)]
    for name, amount in zip(_givers(counted), given, strict=True):
        rows.append({"year": terms.year, "kind": "resource", "name": name, "amount": amount})
    if credit != 0:
        row = {"year": terms.year, "kind": "credit", "name": CREDIT, "amount": float(credit)}
        rows.append(row)
    return Table.of("supply.csv", rows)


def _needs(counted: Counted, terms: Terms) -> Table:
    wanted, public = counted.by_role["target"], counted.by_role["public"]
    once = counted.by_role["once"]
    rows: list[dict[str, object]] = []
    for year, factor, low, high in _grown(terms, terms.growth, also=bool(once.any())):
        fixed = public * factor + (once if year == terms.year else 0.0)
        for place in np.flatnonzero(wanted + public + once):
            target = float(wanted[place])
            row = {"year": year, "good": counted.goods[place].code, "target": target * factor}
            row["public"] = float(fixed[place])
            rows.append(row | (_range(target, low, high) if target else {}))
    return Table.of("needs.csv", rows)


def _grown(
    terms: Terms, growth: Assumption, *, also: bool = False
) -> list[tuple[int, float, float, float]]:
    """Return year, factor, and lowest and highest factor; only years that differ from the last."""
    moves = growth.value != 0
    years = terms.years if moves else int(also)
    return [
        (
            terms.year + ahead,
            (1 + growth.value) ** ahead,
            (1 + growth.low) ** ahead,
            (1 + growth.high) ** ahead,
        )
        for ahead in range(years + 1)
    ]


def _range(amount: float, low: float, high: float) -> dict[str, object]:
    if low == high:
        return {"low": None, "high": None}
    return {"low": amount * low, "high": amount * high}
