"""Drawn economies of the class of the program 5yearplan: S goods, a technique each, five years.

As in the cases of that program: 1 to 3 units of 5.7 inputs on average, 2 to 7 units of capital of
5.1 kinds that cannot move between techniques, 1 to 9 hours, 7 per cent wear, targets that grow by
1 per cent a year and hours by 2 per cent.
"""

import numpy as np

from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

YEARS, WEAR = 5, 0.07
AIMS = Aims(
    objective="common", years=YEARS, year_weights=(1.0,) * YEARS, terminal=None, tie_break=False
)


def plants(
    held: np.ndarray, made: np.ndarray, names: list[str]
) -> dict[str, list[dict[str, object]]]:
    """Return the rows of plants: one for each kind of capital of each technique."""
    rows: dict[str, list[dict[str, object]]] = {}
    for table in ("plants.csv", "building.csv", "loads.csv"):
        rows[table] = []
    for i, j in zip(*np.nonzero(held), strict=True):
        plant, amount = f"{names[i]} in {names[j]}", float(held[i, j])
        size = {"capacity": amount, "wear": WEAR, "gestation": 1}
        rows["plants.csv"].append({"plant": plant} | size)
        rows["building.csv"].append({"plant": plant, "good": names[i], "amount": 1})
        load = {"technique": names[j], "plant": plant, "load": float(amount / made[j])}
        rows["loads.csv"].append(load)
    return rows


def drawn(goods: int, seed: int = 1) -> Returns:
    """Return a drawn economy as returns."""
    chance = np.random.default_rng(seed)
    shape = (goods, goods)
    used = np.where(chance.random(shape) < 5.7 / goods, chance.integers(1, 4, shape), 0)
    held = np.where(chance.random(shape) < 5.1 / goods, chance.integers(2, 8, shape), 0)
    hours, wanted = chance.integers(1, 10, goods), chance.uniform(3, 16, goods)
    made = used.sum(axis=1) + WEAR * held.sum(axis=1) + wanted
    there = [float(hours.sum() * 1.02 ** (t + 1)) for t in range(YEARS)]
    names = [f"g{place}" for place in range(goods)]
    rows: dict[str, list[dict[str, object]]] = {
        "goods.csv": [{"good": name, "spoilage": 1} for name in names],
        "techniques.csv": [{"technique": name} for name in names],
        "labour.csv": [
            {"technique": name, "skill": "work", "hours": float(hours[i] / made[i])}
            for i, name in enumerate(names)
        ],
        "flows.csv": [
            {"technique": name, "good": name, "role": "output", "amount": 1} for name in names
        ],
        "supply.csv": [
            {
                "year": 1 + t,
                "kind": "labour",
                "name": "work",
                "amount": there[t],
            }
            for t in range(YEARS)
        ],
        "needs.csv": [
            {"year": 1 + t, "good": name, "target": float(wanted[i] * 1.01**t)}
            for t in range(YEARS)
            for i, name in enumerate(names)
        ],
    }
    for i, j in zip(*np.nonzero(used), strict=True):
        amount = float(used[i, j] / made[j])
        row = {"technique": names[j], "good": names[i], "role": "input", "amount": amount}
        rows["flows.csv"].append(row)
    rows |= plants(held, made, names)
    tables = {name: Table.of(name, of) for name, of in rows.items()}
    return Returns(economy_of(Folder({"format": 1, "name": "drawn", "year": 1}, tables)))


def problem(returns: Returns) -> Problem:
    """Return its planning problem."""
    economy = returns.declared
    return problem_of(economy, AIMS, calendar_of(economy, AIMS))
