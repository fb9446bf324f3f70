"""Random planning problems, small and full of corners, the same for a seed everywhere."""

from dataclasses import dataclass, field
from random import Random
from typing import Any, final

import numpy as np

from tests.independent.case import Case, Row
from tests.independent.given import HORIZON, given_of, number

OBJECTIVES = ("ray", "ray", "ray", "common", "common", "weighted", "labour")
SCALES = (0.1, 1.0, 1.0, 10.0, 100.0)


def random_case(seed: int) -> Case:
    """Return a case of the plain problem: 2-6 goods, 2-8 techniques, 1-5 years."""
    return sketch_of(Random(f"plain {seed}")).case()


@final
@dataclass(slots=True)
class Sketch:
    """A case being drawn, and the even state around which its numbers are drawn."""

    rng: Random
    goods: list[str]
    techniques: list[str]
    skills: list[str]
    resources: list[str]
    shared: list[str]
    years: int
    first: int
    boundless: bool  # a technique for every good that nothing limits
    settings: dict[str, Any]
    objective: str
    scale: list[float]
    demand: list[float] = field(default_factory=list)  # final demand of the even state
    activity: list[float] = field(default_factory=list)  # activities that meet it
    tables: dict[str, list[Row]] = field(default_factory=dict)
    aims: dict[str, Any] = field(default_factory=dict)
    aims_needs: list[Row] | None = None

    def case(self) -> Case:
        """Return what has been drawn so far."""
        return Case(self.settings, self.tables, self.aims, self.aims_needs)

    def likely(self, share: float) -> bool:
        """Return True in this share of draws."""
        return self.rng.random() < share

    def between(self, low: float, high: float) -> float:
        """Return a number of four digits."""
        return four_digits(self.rng.uniform(low, high))

    def some(self, names: list[str], most: int) -> list[str]:
        """Return one to `most` of the names, in no order."""
        return self.rng.sample(names, self.rng.randint(1, min(most, len(names))))

    def amounts(self, role: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return A or B."""
        table = np.zeros((len(self.goods), len(self.techniques)))
        for row in self.tables["flows.csv"]:
            if row["role"] == role:
                j = self.techniques.index(str(row["technique"]))
                table[self.goods.index(str(row["good"])), j] = number(row, "amount")
        return table


def four_digits(value: float) -> float:
    """Round to four significant digits, as returns are written."""
    return float(f"{value:.4g}")


def sketch_of(rng: Random) -> Sketch:
    """Draw a case that is feasible more often than not."""
    goods = [f"good{g}" for g in range(rng.randint(2, 6))]
    techniques = max(2, min(8, len(goods) + rng.choice((-1, 0, 0, 1, 1, 2, 3))))
    year = rng.choice((1928, 1950, 2024))
    objective = rng.choice(OBJECTIVES)
    first = year + rng.choice((0, 0, 1, 2))
    sketch = Sketch(
        rng=rng,
        goods=goods,
        techniques=[f"way{j}" for j in range(techniques)],
        skills=[f"skill{k}" for k in range(rng.randint(1, 3))],
        resources=[f"land{r}" for r in range(rng.randint(0, 2))],
        shared=[f"works{p}" for p in range(rng.choice((0, 1, 2, 2, 3, 4)))],
        years=rng.randint(1, 5),
        first=first,
        boundless=objective in {"ray", "common"} and rng.random() < 0.05,
        settings={"format": 1, "name": "random", "title": "A random economy", "year": year},
        objective=objective,
        scale=[rng.choice(SCALES) for _ in goods],
    )
    if first != year or sketch.likely(0.5):
        sketch.settings["first_year"] = first
    sketch.settings |= {"licence": "none", "units": {"hours": "hours"}}
    _draw_flows(sketch)
    _settle(sketch)
    _draw_goods(sketch)
    _draw_work(sketch)
    _draw_plants(sketch)
    _draw_supply(sketch)
    _draw_aims(sketch)
    _draw_needs(sketch)
    return sketch


def _draw_flows(sketch: Sketch) -> None:
    """Draw inputs and outputs: way j makes good j, then ways at random."""
    rng, rows = sketch.rng, []
    for j, technique in enumerate(sketch.techniques):
        main = j if j < len(sketch.goods) else rng.randrange(len(sketch.goods))
        outputs = {main: 1.0 if sketch.likely(0.4) else sketch.between(0.5, 2)}
        inputs = {
            rng.randrange(len(sketch.goods)): sketch.between(0.02, 0.3)
            for _ in range(rng.randint(0, 3))
        }
        if sketch.likely(0.25):
            outputs.setdefault(rng.randrange(len(sketch.goods)), sketch.between(0.1, 0.6))
        if sketch.likely(0.25):
            inputs[main] = sketch.between(0.02, 0.25)
        for role, flows in (("output", outputs), ("input", inputs)):
            for g, amount in flows.items():
                row: Row = {"technique": technique, "good": sketch.goods[g], "role": role}
                rows.append(row | {"amount": four_digits(amount * sketch.scale[g])})
    rng.shuffle(rows)
    sketch.tables["flows.csv"] = rows


def _settle(sketch: Sketch) -> None:
    """Find activities of the first makers of each good that meet a final demand."""
    made = min(len(sketch.goods), len(sketch.techniques))
    sketch.demand = [scale * sketch.between(2, 20) for scale in sketch.scale]
    net = (sketch.amounts("output") - sketch.amounts("input"))[:made, :made]
    first = np.linalg.solve(net, sketch.demand[:made])
    rest = [sketch.between(0.2, 5) for _ in sketch.techniques[made:]]
    sketch.activity = [four_digits(max(0.5, float(x))) for x in first] + rest


def _draw_goods(sketch: Sketch) -> None:
    rows: list[Row] = []
    for g, good in enumerate(sketch.goods):
        unmade = g >= len(sketch.techniques)
        price, size = sketch.between(1, 10) / sketch.scale[g], sketch.demand[g]
        row: Row = {"good": good, "title": good.title(), "unit": "t", "stock": 0.0}
        if sketch.likely(0.55):
            row["stock"] = four_digits(size * sketch.between(0.05, 1.2))
        row["spoilage"] = sketch.rng.choice((0.0, 0.0, 1.0, sketch.between(0.02, 0.4)))
        if unmade or sketch.likely(0.4):
            row["import_price"] = four_digits(price)
            if sketch.likely(0.4):
                row["import_cap"] = four_digits(size * sketch.between(0.02, 0.6))
        if sketch.likely(0.45):
            row["export_price"] = four_digits(price * sketch.between(0.3, 0.9))
            if sketch.likely(0.5):
                row["export_cap"] = four_digits(size * sketch.between(0, 0.6))
        rows.append(row)
    sketch.tables["goods.csv"] = rows


def _draw_work(sketch: Sketch) -> None:
    """Draw labour and resources per unit of activity."""
    labour: list[Row] = []
    resources: list[Row] = []
    for technique in sketch.techniques:
        if sketch.boundless:
            continue
        for skill in sketch.some(sketch.skills, 2):
            hours = sketch.between(0.2, 3)
            labour.append({"technique": technique, "skill": skill, "hours": hours})
        if sketch.resources and sketch.likely(0.5):
            for resource in sketch.some(sketch.resources, 2):
                amount = sketch.between(0.1, 2)
                resources.append({"technique": technique, "resource": resource, "amount": amount})
    sketch.tables["labour.csv"] = labour
    sketch.tables["resources.csv"] = resources


def _draw_plants(sketch: Sketch) -> None:
    """Draw the long form (plants shared, several to a technique) and the short form, mixed."""
    loads: list[Row] = []
    techniques: list[Row] = []
    used = dict.fromkeys(sketch.shared, 0.0)
    for technique, activity in zip(sketch.techniques, sketch.activity, strict=True):
        row: Row = {"technique": technique, "title": technique.title()}
        if sketch.shared and not sketch.boundless and sketch.likely(0.6):
            for plant in sketch.some(sketch.shared, 3):
                load = 1.0 if sketch.likely(0.3) else sketch.between(0.3, 3)
                loads.append({"technique": technique, "plant": plant, "load": load})
                used[plant] += load * activity
        else:
            row |= _draw_own_plant(sketch, technique, activity)
        techniques.append(row)
    sketch.tables["techniques.csv"] = techniques
    if sketch.shared:
        sketch.tables["loads.csv"] = loads
        _draw_shared_plants(sketch, used)


def _draw_own_plant(sketch: Sketch, technique: str, activity: float) -> Row:
    """Draw what a technique with its own plant says of it; sometimes that it has no limit."""
    for good, amount in _building(sketch).items():
        flow: Row = {"technique": technique, "good": good, "role": "capital"}
        sketch.tables["flows.csv"].append(flow | {"amount": amount})
    if sketch.boundless or sketch.likely(0.25):
        return {}
    return {"capacity": four_digits(activity * sketch.between(0.85, 1.6))} | _age(sketch)


def _draw_shared_plants(sketch: Sketch, used: dict[str, float]) -> None:
    plants: list[Row] = []
    building: list[Row] = []
    for plant in sketch.shared:
        capacity = four_digits((used[plant] or 5.0) * sketch.between(0.85, 1.5))
        plants.append({"plant": plant, "title": plant, "capacity": capacity} | _age(sketch))
        for good, amount in _building(sketch).items():
            building.append({"plant": plant, "good": good, "amount": amount})
    sketch.tables |= {"plants.csv": plants, "building.csv": building}


def _age(sketch: Sketch) -> Row:
    wear = 0.0 if sketch.likely(0.1) else sketch.between(0.01, 0.2)
    return {"wear": wear, "gestation": sketch.rng.choice((1, 1, 2, 3))}


def _building(sketch: Sketch) -> dict[str, float]:
    if sketch.likely(0.05):
        return {}
    goods = sketch.some(sketch.goods, 2)
    scale = {good: sketch.scale[sketch.goods.index(good)] for good in goods}
    return {good: four_digits(scale[good] * sketch.between(0.05, 0.7)) for good in goods}


def _series_years(sketch: Sketch, starts: tuple[int, ...]) -> list[int]:
    """Return years with a row: a first one around the plan's first year, some later ones."""
    start = sketch.first + sketch.rng.choice(starts)
    later = range(sketch.first + 1, sketch.first + sketch.years + 1)
    more = [year for year in later if year > start and sketch.likely(0.35)]
    return [start, *more]


def _draw_supply(sketch: Sketch) -> None:
    """Draw hours and resources around what the even state takes, and foreign credit."""
    rows: list[Row] = []
    for kind, names, table in (
        ("labour", sketch.skills, "labour.csv"),
        ("resource", sketch.resources, "resources.csv"),
    ):
        for name in names:
            amount = (_used(sketch, table, name) or 10.0) * sketch.between(0.85, 1.6)
            for year in _series_years(sketch, (0, 0, -1, -2)):
                rows.append({"year": year, "kind": kind, "name": name, "amount": amount})
                amount *= sketch.between(0.95, 1.15)
    size = sum(d / s for d, s in zip(sketch.demand, sketch.scale, strict=True))
    for name in ("loan", "aid")[: sketch.rng.choice((0, 1, 1, 2))]:
        for year in _series_years(sketch, (0, -1, -2, 1)):
            amount = size * sketch.between(-0.1, 1)
            rows.append({"year": year, "kind": "credit", "name": name, "amount": amount})
    for row in rows:
        row["amount"] = four_digits(number(row, "amount"))
    sketch.tables["supply.csv"] = rows


def _used(sketch: Sketch, table: str, name: str) -> float:
    """Return how much of a skill or resource the even state takes."""
    used = 0.0
    for row in sketch.tables[table]:
        if name in (row.get("skill"), row.get("resource")):
            j = sketch.techniques.index(str(row["technique"]))
            amount = "hours" if table == "labour.csv" else "amount"
            used += number(row, amount) * sketch.activity[j]
    return used


def _draw_needs(sketch: Sketch) -> None:
    """Draw the economy's needs and those of the aims, until some year of the plan has a target."""
    late = sketch.years > 1 and sketch.likely(0.15)
    starts = (1, 1, 2) if late else (0, 0, 0, -1, -2, 1, 2)
    wanted = False
    while not wanted:
        sketch.tables["needs.csv"] = _need_rows(sketch, starts)
        sketch.aims_needs = _replaced_rows(sketch) or None
        given = given_of(sketch.case())
        wanted = bool(given.target.any() or given.output_target.any())


def _need_rows(sketch: Sketch, starts: tuple[int, ...]) -> list[Row]:
    rows: list[Row] = []
    for good in sketch.goods:
        place: Row = {"good": good}
        if sketch.likely(0.8):
            years = _series_years(sketch, starts)
            rows += [{"year": year} | place | _need(sketch, good) for year in years]
        if sketch.objective != "weighted" and sketch.likely(0.2):
            years = _series_years(sketch, starts)
            rows += [{"year": year} | place | _output_need(sketch, good) for year in years]
    return rows


def _replaced_rows(sketch: Sketch) -> list[Row]:
    """Draw other numbers for some rows of the economy, and a row that it does not have."""
    rows: list[Row] = []
    old = sketch.tables["needs.csv"] if sketch.likely(0.5) else []
    for row in old:
        if sketch.likely(0.3):
            need = _output_need if row.get("kind") == "output" else _need
            good = str(row["good"])
            rows.append({"year": row["year"], "good": good} | need(sketch, good))
    year = sketch.first + sketch.years - 1
    if sketch.likely(0.3) and not any(row["year"] == year for row in rows):
        good = sketch.rng.choice(sketch.goods)
        rows.append({"year": year, "good": good} | _need(sketch, good))
    return rows


def _need(sketch: Sketch, good: str) -> Row:
    """Draw a row of consumption; a floor above its target now and then."""
    size = sketch.demand[sketch.goods.index(good)]
    need: Row = {}
    if sketch.likely(0.85):
        low, high = (0.3, 1.2) if sketch.objective == "labour" else (0.5, 1.6)
        need["target"] = four_digits(size * sketch.between(low, high))
    if sketch.likely(0.6):
        high = 1.1 if sketch.likely(0.12) else 0.55
        need["floor"] = four_digits(size * sketch.between(0.05, high))
    if sketch.likely(0.3):
        need["public"] = four_digits(size * sketch.between(0.01, 0.15))
    if sketch.likely(0.3):
        need["kind"] = "consumption"
    return need


def _output_need(sketch: Sketch, good: str) -> Row:
    need: Row = {"kind": "output"}
    output = sketch.amounts("output") @ np.array(sketch.activity)
    size = float(output[sketch.goods.index(good)]) or sketch.demand[sketch.goods.index(good)]
    target = size * sketch.between(0.4, 1.4)
    need["target"] = four_digits(target)
    if sketch.likely(0.6):
        need["base"] = four_digits(target * sketch.between(0.2, 0.7))
    return need


def _draw_aims(sketch: Sketch) -> None:
    aims, years = sketch.aims, sketch.years
    if sketch.objective != "ray" or sketch.likely(0.5):
        aims["objective"] = sketch.objective
    if years != HORIZON or sketch.likely(0.5):
        aims["years"] = years
    if sketch.likely(0.25):
        aims["no_waste"] = sketch.some(sketch.goods, 2)
    if sketch.likely(0.25):
        aims["floors"] = {"multiple": [sketch.between(0.8, 1.4) for _ in range(years)]}
    _draw_weights(sketch)
    _draw_terminal(sketch)


def _draw_weights(sketch: Sketch) -> None:
    aims, rng = sketch.aims, sketch.rng
    if sketch.objective == "common":
        if not sketch.boundless and sketch.likely(0.6):
            aims["cap"] = sketch.between(0.3, 1.5)
        if sketch.likely(0.5):
            aims["year_weights"] = [sketch.between(0.2, 2) for _ in range(sketch.years)]
    if sketch.objective == "weighted":
        weighed = sorted(rng.sample(range(len(sketch.goods)), rng.randint(1, len(sketch.goods))))
        aims["weights"] = {
            sketch.goods[g]: four_digits(sketch.between(0.5, 5) / sketch.scale[g]) for g in weighed
        }
    if sketch.objective == "labour" and sketch.likely(0.6):
        aims["labour_weights"] = {s: sketch.between(0.5, 3) for s in sketch.some(sketch.skills, 2)}


def _draw_terminal(sketch: Sketch) -> None:
    kind = sketch.rng.choice(("default", "number", "number", "table", "none"))
    if kind == "number":
        sketch.aims["terminal"] = sketch.rng.choice((0, 0.02, 0.05, sketch.between(0, 0.1)))
    if kind == "none":
        sketch.aims["terminal"] = "none"
    if kind == "table":
        named = sorted(sketch.some(sketch.goods, len(sketch.goods)))
        sketch.aims["terminal"] = {good: sketch.between(0, 0.12) for good in named}
