"""From an economy back to what can be written: the inverse of `assembly`."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np

from sovplan.foundation.shapes import Sparse, Vector
from sovplan.records.economy import Economy, Series
from sovplan.records.extensions import Extensions, Migration
from sovplan.records.folder import Folder, Table
from sovplan.records.settings import FORMAT

_OPENING: Final = "activity.csv"

Row = dict[str, object]


def folder_of(economy: Economy) -> Folder:
    """Return a folder from which `economy_of` builds the same economy.

    The folder is the same for economies that are the same, however they were written: every plant
    stands in plants.csv, blanks that mean 0 are 0, and remarks are not kept.
    """
    works = economy.extensions.under_construction
    growth = economy.extensions.growth
    tables = {
        "goods.csv": list(_goods(economy)),
        "techniques.csv": list(_techniques(economy)),
        "flows.csv": [*_flows(economy, "input"), *_flows(economy, "output")],
        "labour.csv": list(_labour(economy)),
        "resources.csv": list(_resources(economy)),
        "supply.csv": [*_supply(economy, "labour"), *_supply(economy, "resource"),
                       *_supply(economy, "credit")],
        "needs.csv": list(_needs(economy)),
        "plants.csv": list(_plants(economy)),
        "building.csv": list(_building(economy)),
        "loads.csv": list(_loads(economy)),
    }  # fmt: skip
    if works is not None:
        tables["under_construction.csv"] = [
            {
                "plant": economy.plants.names[plant],
                "year": int(year),
                "capacity": float(capacity),
                "left": int(left) or "",
            }
            for plant, year, capacity, left in zip(
                works.plants, works.years, works.capacity, works.left, strict=True
            )
        ]
    if growth is not None:
        tables[_OPENING] = [
            {"technique": name, "activity": float(amount)}
            for name, amount in zip(economy.techniques.names, growth.opening, strict=True)
        ]
    return Folder(
        _settings(economy), {name: Table.of(name, rows) for name, rows in tables.items() if rows}
    )


def _settings(economy: Economy) -> dict[str, Any]:
    settings: dict[str, Any] = dict(economy.notes)
    own = {
        "title": (economy.title, economy.name),
        "first_year": (economy.first_year, economy.year),
        "units": (economy.units, {}),
    }
    for key, (value, default) in own.items():
        if key in settings or value != default:
            settings[key] = value
    settings |= {"format": FORMAT, "name": economy.name, "year": economy.year}
    return settings | dict(_extensions(economy))


def _extensions(economy: Economy) -> Iterator[tuple[str, Any]]:
    limits: Extensions = economy.extensions
    goods = economy.goods.names
    for key, value in (("trade", limits.trade), ("credit", limits.credit)):
        if value is not None:
            yield key, {field.name: getattr(value, field.name) for field in fields(value)}
    if limits.migration is not None:
        yield "migration", _migration(economy, limits.migration)
    if limits.growth is not None:
        most = _by_good(goods, limits.growth.most)
        yield "growth_limits", {"opening": _OPENING, "most": most}
    if limits.stock_limit is not None:
        yield "stock_limits", {"at_most": _by_good(goods, limits.stock_limit)}
    if limits.least_investment is not None:
        yield "least_investment", _by_good(goods, limits.least_investment)
    if limits.losses is not None:
        yield "losses", _by_good(goods, limits.losses)


def _migration(economy: Economy, moved: Migration) -> dict[str, Any]:
    return {
        "from": economy.labour.names[moved.from_skill],
        "to": economy.labour.names[moved.to_skill],
        "most_a_year": moved.most_a_year,
        "hours_lost": moved.hours_lost,
        "hours_won": moved.hours_won,
        "needs": _by_good(economy.goods.names, moved.needs),
    }


def _by_good(goods: Sequence[str], amounts: Vector) -> dict[str, float]:
    pairs = zip(goods, amounts.tolist(), strict=True)
    return {good: amount for good, amount in pairs if np.isfinite(amount)}


def _goods(economy: Economy) -> Iterator[Row]:
    goods = economy.goods
    for place, name in enumerate(goods.names):
        yield {
            "good": name,
            "title": goods.titles[place],
            "unit": goods.units[place],
            "stock": goods.stock[place],
            "spoilage": goods.spoilage[place],
            "import_price": goods.import_price[place],
            "export_price": goods.export_price[place],
            "import_cap": _or_blank(goods.import_cap[place]),
            "export_cap": _or_blank(goods.export_cap[place]),
        }


def _techniques(economy: Economy) -> Iterator[Row]:
    techniques = economy.techniques
    for name, title, region in zip(
        techniques.names, techniques.titles, techniques.regions, strict=True
    ):
        yield {"technique": name, "title": title, "region": region}


def _flows(economy: Economy, role: str) -> Iterator[Row]:
    techniques, goods = economy.techniques, economy.goods.names
    matrix = techniques.inputs if role == "input" else techniques.outputs
    for good, technique, amount in _entries(matrix):
        yield {
            "technique": techniques.names[technique],
            "good": goods[good],
            "role": role,
            "amount": amount,
        }


def _labour(economy: Economy) -> Iterator[Row]:
    techniques = economy.techniques
    for skill, technique, hours in _entries(techniques.labour):
        yield {
            "technique": techniques.names[technique],
            "skill": techniques.skills[skill],
            "hours": hours,
        }


def _resources(economy: Economy) -> Iterator[Row]:
    techniques = economy.techniques
    for resource, technique, amount in _entries(techniques.resource_use):
        yield {
            "technique": techniques.names[technique],
            "resource": techniques.resources[resource],
            "amount": amount,
        }


def _supply(economy: Economy, kind: str) -> Iterator[Row]:
    series = {"labour": economy.labour, "resource": economy.resources, "credit": economy.credit}
    for name, year, (amount,) in _rows(series[kind]):
        yield {"year": year, "kind": kind, "name": name, "amount": amount}


def _needs(economy: Economy) -> Iterator[Row]:
    for good, year, (target, floor, public) in _rows(economy.needs):
        wanted = {"target": target, "floor": floor, "public": public}
        yield {"year": year, "good": good, **wanted, "kind": "consumption"}
    for good, year, (target, base) in _rows(economy.outputs_wanted):
        yield {"year": year, "good": good, "target": target, "kind": "output", "base": base}


def _plants(economy: Economy) -> Iterator[Row]:
    plants = economy.plants
    for place, name in enumerate(plants.names):
        yield {
            "plant": name,
            "title": plants.titles[place],
            "capacity": plants.capacity[place],
            "wear": plants.wear[place],
            "gestation": int(plants.gestation[place]),
        }


def _building(economy: Economy) -> Iterator[Row]:
    plants, goods = economy.plants, economy.goods.names
    for good, plant, amount in _entries(plants.building):
        yield {"plant": plants.names[plant], "good": goods[good], "amount": amount}


def _loads(economy: Economy) -> Iterator[Row]:
    plants, techniques = economy.plants, economy.techniques.names
    for plant, technique, load in _entries(plants.load):
        yield {"technique": techniques[technique], "plant": plants.names[plant], "load": load}


def _entries(matrix: Sparse) -> Iterator[tuple[int, int, float]]:
    """Yield the entries of a matrix, column by column."""
    entries = matrix.tocoo()
    rows, columns = entries.coords
    order = np.lexsort((rows, columns))
    for place in order[entries.data[order] != 0]:
        yield int(rows[place]), int(columns[place]), float(entries.data[place])


def _rows(series: Series) -> Iterator[tuple[str, int, list[float]]]:
    for place, year, amounts in zip(series.rows, series.years, series.amounts, strict=True):
        yield series.names[place], int(year), amounts.tolist()


def _or_blank(cap: float) -> float | None:
    return None if np.isinf(cap) else float(cap)
