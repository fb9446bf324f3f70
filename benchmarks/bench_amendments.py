"""What costing an amendment takes beside solving the plan anew.

    python benchmarks/bench_amendments.py [GOODS [YEARS [AMENDMENTS]]]

A generated economy with three techniques for each good, plants of limited capacity and one kind of
labour, by default 200 goods x 600 techniques x 5 years. Each amendment raises what people get of
one good by 5 % in every year. By turns in one run: one cold solve of the plan (the programme built
beforehand, as a draft solves it first), and for each amendment its parts. Prints medians of the
processor's seconds (the machine is shared), their share of the cold solve, and the load.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np

from sovplan.foundation.solver import solve
from sovplan.planning.amending.answers import best_overall, least_change, payer
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.ground import Ground, ground_of
from sovplan.planning.amending.price import exact_price, work_price
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

RISE = 5.0
PARTS = (
    "exact cost, marginal price, range",
    "cost in hours, tie-break",
    "best overall",
    "least change",
    "payer named",
)
T = TypeVar("T")


def economy(goods: int, seed: int = 1) -> Economy:
    """Return a generated economy: inputs from six goods, plants built of two of twenty goods."""
    rng = np.random.default_rng(seed)
    names = [f"g{n:03d}" for n in range(goods)]
    tables: dict[str, list[dict[str, object]]] = {"techniques": [], "flows": [], "labour": []}
    for good in names:
        base = rng.choice(goods, size=6, replace=False)
        for kind in range(3):
            add_technique(tables, rng, names, (good, f"{good}_{kind}", base))
    wants = rng.uniform(20, 60, goods)
    tables |= {
        "goods": [{"good": name, "unit": "units", "spoilage": 1} for name in names],
        "supply": [{"year": 1, "kind": "labour", "name": "work", "amount": goods * 90.0}],
        "needs": [
            {"year": 1, "good": name, "target": float(want), "floor": 0.3 * float(want)}
            for name, want in zip(names, wants, strict=True)
        ],
    }
    named = {f"{name}.csv": Table.of(f"{name}.csv", rows) for name, rows in tables.items()}
    return economy_of(Folder({"format": 1, "name": "generated", "year": 1}, named))


def add_technique(
    tables: dict[str, list[dict[str, object]]],
    rng: np.random.Generator,
    names: list[str],
    made: tuple[str, str, np.ndarray],
) -> None:
    """Add a technique that makes a good from some others."""
    good, name, base = made
    capacity = float(rng.uniform(40, 90))
    tables["techniques"].append(
        {"technique": name, "capacity": capacity, "wear": 0.05, "gestation": 1}
    )
    flows = tables["flows"]
    flows.append({"technique": name, "good": good, "role": "output", "amount": 1})
    flows += [
        {"technique": name, "good": names[n], "role": "input", "amount": float(amount)}
        for n, amount in zip(base, rng.uniform(0.01, 0.12, len(base)), strict=True)
        if names[n] != good
    ]
    kinds = rng.choice(min(20, len(names)), size=2, replace=False)
    flows += [
        {"technique": name, "good": names[n], "role": "capital", "amount": float(amount)}
        for n, amount in zip(kinds, rng.uniform(0.1, 0.5, 2), strict=True)
    ]
    hours = float(rng.uniform(0.5, 2))
    tables["labour"].append({"technique": name, "skill": "work", "hours": hours})


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def parts_of(ground: Ground, amendment: Amendment) -> list[float]:
    """Return the seconds of each part of costing an amendment."""
    demands = demands_of(ground, [amendment])
    first, exact = timed(partial(exact_price, ground, demands, 1.0))
    hours, work = timed(partial(work_price, ground, demands, 1.0, exact.solution.objective))
    best, answer = timed(partial(best_overall, ground, exact, work))
    near, least = timed(partial(least_change, ground, demands, 1.0))
    pays, paid = timed(partial(payer, ground, demands, 1.0, amendment))
    assert exact.marginal.at_least <= exact.cost + 1e-9 * abs(ground.objective)
    worst = max(one.primal for one in (answer, least, paid) if one is not None)
    assert worst <= 1e-7, worst
    return [first, hours, best, near, pays]


def aims_of(objective: str, goods: tuple[str, ...], years: int) -> Aims:
    weights = {name: 1.0 + n % 7 for n, name in enumerate(goods)}
    if objective == "weighted":
        return Aims(years=years, objective="weighted", weights=weights)
    return Aims(years=years)


def main() -> None:
    goods, years, count = (
        int(word) for word in [*sys.argv[1:], *("200", "5", "12")[len(sys.argv) - 1 :]]
    )
    found = economy(goods)
    print(f"{goods} goods x {3 * goods} techniques x {years} years; load {os.getloadavg()[0]:.1f}")
    for objective in ("ray", "weighted"):
        aims = aims_of(objective, found.goods.names, years)
        ready, ground = timed(partial(ground_of, Returns(found), aims))
        programme = ground.problem.programme
        rows, columns = programme.matrix.shape
        cold, parts = [], []
        for place in np.linspace(0, goods - 1, count).astype(int):
            cold.append(timed(partial(solve, programme))[0])
            payers = tuple(found.goods.names[(place + n) % goods] for n in (1, 2, 3))
            clause = Clause("raise", (found.goods.names[place],), "consumption", by=RISE)
            parts.append(parts_of(ground, Amendment("more", (clause,), paid_by=payers)))
        alone = statistics.median(cold)
        print(
            f"\n`{objective}`, {rows:,} rows x {columns:,} columns, load {os.getloadavg()[0]:.1f};"
        )
        print(f"draft made ready for amendments in {ready:.1f} s\n")
        print("| step | median | share of a cold solve |\n| --- | --- | --- |")
        print(f"| cold solve | {alone:.2f} s | 1 |")
        for n, name in enumerate(PARTS):
            spent = statistics.median(part[n] for part in parts)
            print(f"| {name} | {spent:.3f} s | {spent / alone:.3f} |")
        whole = statistics.median(sum(part) for part in parts)
        print(f"| all of these | {whole:.3f} s | {whole / alone:.3f} |")


if __name__ == "__main__":
    main()
