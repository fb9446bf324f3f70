"""Random planning problems with the extensions that the economy ussr-1928 uses."""

from random import Random

import numpy as np

from tests.independent.case import Case, Row
from tests.independent.cases import Sketch, four_digits, sketch_of
from tests.independent.given import number

EXTENSIONS = (
    "under_construction", "trade", "credit", "migration",
    "growth_limits", "stock_limits", "least_investment", "losses",
)  # fmt: skip


def random_extended_case(seed: int) -> Case:
    """Return a case with about half of the extensions, those that suit it."""
    sketch = sketch_of(Random(f"extended {seed}"))
    draw = {
        "under_construction": _draw_works,
        "trade": _draw_trade,
        "credit": _draw_credit,
        "migration": _draw_migration,
        "growth_limits": _draw_growth_limits,
        "stock_limits": _draw_stock_limits,
        "least_investment": _draw_least_investment,
        "losses": _draw_losses,
    }
    for name in EXTENSIONS:
        if sketch.likely(0.5):
            draw[name](sketch)
    return sketch.case()


def _draw_works(sketch: Sketch) -> None:
    """Draw works ready on the first day of year 2 at the soonest, of year T + 1 at the latest."""
    rows: list[Row] = []
    for plant in sketch.tables.get("plants.csv", []):
        if sketch.likely(0.6):
            year = sketch.first + sketch.rng.randint(1, sketch.years)
            capacity = four_digits(number(plant, "capacity") * sketch.between(0.05, 0.5))
            rows.append({"plant": plant["plant"], "year": year, "capacity": capacity})
    if rows:
        sketch.tables["under_construction.csv"] = rows


def _size(sketch: Sketch) -> float:
    """Return what final demand is worth at a world price of 1."""
    return sum(d / s for d, s in zip(sketch.demand, sketch.scale, strict=True))


def _draw_trade(sketch: Sketch) -> None:
    sketch.settings["trade"] = {
        "other_imports": four_digits(_size(sketch) * sketch.between(0, 0.3)),
        "other_exports": four_digits(_size(sketch) * sketch.between(0.05, 0.5)),
    }


def _draw_credit(sketch: Sketch) -> None:
    size = _size(sketch)
    most = four_digits(size * sketch.between(0.1, 1))
    sketch.settings["credit"] = {
        "series": "line of credit",
        "yearly_most": most,
        "yearly_least": -four_digits(size * sketch.between(0.1, 1)),
        "total": four_digits(most * sketch.between(0, 1.5)),
    }
    for year in range(sketch.first, sketch.first + sketch.years):
        row: Row = {"year": year, "kind": "credit", "name": "line of credit"}
        row["amount"] = four_digits(size * sketch.between(0.05, 0.4))
        sketch.tables["supply.csv"].append(row)


def _draw_migration(sketch: Sketch) -> None:
    """Draw a move from one skill to another that is scarce without it."""
    if len(sketch.skills) < 2:
        return
    leave, come = sketch.rng.sample(sketch.skills, 2)
    scarcity = sketch.between(0.5, 0.85)
    for row in sketch.tables["supply.csv"]:
        if row["name"] == come:
            row["amount"] = four_digits(number(row, "amount") * scarcity)
            won = number(row, "amount") * sketch.between(0.05, 0.3)
    table = {
        "from": leave,
        "to": come,
        "most_a_year": sketch.between(0.2, 2),
        "hours_lost": four_digits(won * sketch.between(0.2, 0.8)),
        "hours_won": four_digits(won),
    }
    good = sketch.rng.randrange(len(sketch.goods))
    needs = {sketch.goods[good]: four_digits(sketch.demand[good] * sketch.between(0.01, 0.08))}
    sketch.settings["migration"] = table | {"needs": needs}


def _draw_growth_limits(sketch: Sketch) -> None:
    name = f"activity_{sketch.first - 1}.csv"
    rows: list[Row] = []
    for technique, activity in zip(sketch.techniques, sketch.activity, strict=True):
        before = four_digits(activity * sketch.between(0.6, 1.1))
        rows.append({"technique": technique, "activity": before})
    most = {good: sketch.between(0.02, 0.4) for good in sorted(sketch.some(sketch.goods, 3))}
    sketch.tables[name] = rows
    sketch.settings["growth_limits"] = {"opening": name, "most": most}


def _draw_stock_limits(sketch: Sketch) -> None:
    """Draw a ceiling on stocks, and by-products that must be stored where they are not used."""
    sketch.settings["stock_limits"] = {"most_times_opening": sketch.between(1.2, 4)}
    makers = [(row["technique"], row["good"]) for row in _outputs(sketch)]
    several = [way for way, _ in makers if sum(way == other for other, _ in makers) > 1]
    by_products = {str(good) for way, good in makers if way in several}
    if by_products and sketch.likely(0.7):
        sketch.aims["no_waste"] = sorted(by_products)
        for row in sketch.tables["goods.csv"]:
            if row["good"] in by_products:
                size = sketch.demand[sketch.goods.index(str(row["good"]))]
                row["stock"] = four_digits(size * sketch.between(0.1, 0.6))


def _outputs(sketch: Sketch) -> list[Row]:
    return [row for row in sketch.tables["flows.csv"] if row["role"] == "output"]


def _draw_least_investment(sketch: Sketch) -> None:
    """Draw a part of what keeps up the plants, of the goods built into them."""
    upkeep = dict.fromkeys(sketch.goods, 0.0)
    plants = {row["plant"]: row for row in sketch.tables.get("plants.csv", [])}
    for row in sketch.tables.get("building.csv", []):
        plant = plants[row["plant"]]
        worn = number(plant, "capacity") * number(plant, "wear")
        upkeep[str(row["good"])] += worn * number(row, "amount")
    kept = {good: amount for good, amount in upkeep.items() if amount > 0}
    if kept:
        sketch.settings["least_investment"] = {
            good: four_digits(kept[good] * sketch.between(0.2, 1.5))
            for good in sorted(sketch.some(list(kept), 2))
        }


def _draw_losses(sketch: Sketch) -> None:
    made = np.flatnonzero(sketch.amounts("output").any(axis=1))
    goods = sketch.some([sketch.goods[g] for g in made], 3)
    sketch.settings["losses"] = {good: sketch.between(0.005, 0.1) for good in sorted(goods)}
