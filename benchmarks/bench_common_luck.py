"""How much the same luck for both regimes sharpens a comparison.

    python benchmarks/bench_common_luck.py [SCENARIO] [SEEDS] [YEARS]

Two regimes are run with the same seeds. The variance of the difference of a number between them is
held against the variance that it would have with seeds of its own for each: Var X + Var Y. First
two councils that differ in one value, as a study of that value would compare them; then councils
and command.
"""

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from sovplan.lab.runs import Task, prepared, run_regime
from sovplan.regimes.catalogue import FOLDER
from sovplan.regimes.regime import read_regime

SERIES = ("output_worth", "people/consumption")
PAIRS = (
    ("renewed_councils", "longer_day"),
    ("renewed_councils", "councils_isolated"),
    ("renewed_councils", "command_1929"),
)
LONGER = ("value = 0.87\nlow = 0.8", "value = 0.95\nlow = 0.8")


def last_year(task: Task) -> dict[str, float]:
    """Return the numbers of the last year of a run."""
    done = run_regime(task)
    last = max(point.year for point in done.points)
    return {
        p.series: p.value
        for p in done.points
        if p.year == last and p.kind == "real" and p.series in SERIES
    }


def longer_day() -> Any:  # noqa: ANN401 - a regime
    """Return the councils with a legal day of 7.1 in place of 6.5 hours."""
    text = (FOLDER / "renewed_councils.toml").read_text("utf-8")
    assert text.count(LONGER[0]) == 1
    text = text.replace(*LONGER).replace('name = "renewed_councils"', 'name = "longer_day"', 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "longer_day.toml"
        path.write_text(text, "utf-8")
        return read_regime(path)


def main() -> None:
    scenario = sys.argv[1] if len(sys.argv) > 1 else "ussr-1928"
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    years = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    base = prepared(scenario, ["renewed_councils"], years=years, people=500, seed=1)[0]
    names = sorted({name for pair in PAIRS for name in pair})
    regimes = {n: longer_day() if n == "longer_day" else read_regime(n) for n in names}
    tasks = [
        replace(base, regime=regimes[name], seed=seed)
        for name in names
        for seed in range(1, seeds + 1)
    ]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(last_year, tasks))
    table = {
        (name, series): np.array([found[i * seeds + k][series] for k in range(seeds)])
        for i, name in enumerate(names)
        for series in SERIES
    }
    print(f"{scenario}, {years} years, {seeds} seeds: variance of the difference in the last year,")
    print("same luck over luck of its own for each\n")
    print("| regimes | number | same | of its own | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for one, other in PAIRS:
        for series in SERIES:
            x, y = table[one, series], table[other, series]
            same, own = np.var(x - y, ddof=1), np.var(x, ddof=1) + np.var(y, ddof=1)
            cells = f"{same:.3g} | {own:.3g} | {same / own:.2g}"
            print(f"| {one} against {other} | {series} | {cells} |")


if __name__ == "__main__":
    main()
