"""Multi-year plans of the program 5yearplan, as cases of the planning problem."""

import csv
from pathlib import Path

from tests.independent.case import Case, Row

Table = dict[str, dict[str, float]]

YEAR = 1


def five_year_plan_case(folder: Path) -> Case:
    """Express one reference case of 5yearplan as an economy with aims.

    One technique per product, its activity one unit of output; one plant per (product s,
    industry i) with stock K_si, counted in units of s, so that one unit of s builds one unit of
    it and one unit of activity takes K_si / o_i of it; what is accumulated in a year works in
    the next (gestation 1). Nothing is stored, nothing need be left at the end. The objective is
    the sum of the years' fulfilments, each year weighing 1.

    Parameters
    ----------
    folder
        Holds flows.csv, cap.csv, dep.csv and labtarg.csv, as their README describes them.
    """
    flows, cap, dep, targets = (
        _read(folder / f"{name}.csv") for name in ("flows", "cap", "dep", "labtarg")
    )
    products = list(flows["output"])
    tables: dict[str, list[Row]] = {
        "goods.csv": [
            {"good": s, "title": s, "unit": "units", "stock": 0.0, "spoilage": 1.0}
            for s in products
        ],
        "techniques.csv": [{"technique": i, "title": i} for i in products],
        "flows.csv": [],
        "labour.csv": [],
        "plants.csv": [],
        "building.csv": [],
        "loads.csv": [],
        "supply.csv": [],
        "needs.csv": [],
    }
    for i in products:
        _add_industry(tables, i, {s: flows[s][i] for s in (*products, "labour", "output")})
        for s in products:
            if cap[s][i] > 0:
                _add_plant(tables, s, i, (cap[s][i], dep[s][i], flows["output"][i]))
    for t, year in enumerate(targets.values()):
        supply: Row = {"year": YEAR + t, "kind": "labour", "name": "labour"}
        tables["supply.csv"].append(supply | {"amount": year["labour"]})
        needs: list[Row] = [{"year": YEAR + t, "good": s, "target": year[s]} for s in products]
        tables["needs.csv"] += needs
    settings = {"format": 1, "name": folder.name, "title": folder.name, "year": YEAR}
    return Case(settings, tables, _aims(len(targets)))


def _aims(years: int) -> dict[str, object]:
    return {
        "objective": "common",
        "years": years,
        "year_weights": [1.0] * years,
        "terminal": "none",
        "tie_break": False,
    }


def _add_industry(tables: dict[str, list[Row]], i: str, used: dict[str, float]) -> None:
    """Add what one unit of output takes, labour and goods."""
    hours = used["labour"] / used["output"]
    tables["labour.csv"].append({"technique": i, "skill": "labour", "hours": hours})
    tables["flows.csv"].append({"technique": i, "good": i, "role": "output", "amount": 1.0})
    for s, amount in used.items():
        if s not in {"labour", "output"} and amount > 0:
            row: Row = {"technique": i, "good": s, "role": "input"}
            tables["flows.csv"].append(row | {"amount": amount / used["output"]})


def _add_plant(
    tables: dict[str, list[Row]], s: str, i: str, numbers: tuple[float, float, float]
) -> None:
    stock, wear, unit = numbers
    plant = f"{s} in {i}"
    row: Row = {"plant": plant, "title": plant, "capacity": stock, "wear": wear, "gestation": 1}
    tables["plants.csv"].append(row)
    tables["building.csv"].append({"plant": plant, "good": s, "amount": 1.0})
    tables["loads.csv"].append({"technique": i, "plant": plant, "load": stock / unit})


def _read(path: Path) -> Table:
    """Read a table of numbers with its headings; a line without them is no row."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if len(row) > 1]
    columns = rows[0][1:]
    return {
        row[0]: {name: float(cell) for name, cell in zip(columns, row[1:], strict=True)}
        for row in rows[1:]
    }
