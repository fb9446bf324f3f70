"""How long the published procedures take on their own published cases.

    python benchmarks/bench_published.py FOLDER

FOLDER holds the reference cases below `data/reference`. The least of three runs, in
seconds, beside what is recorded of the origin where anything is. Last, the cost of keeping balances
up to date: entries read and seconds for changes of one, ten and a hundred goods of a drawn economy
of 100,000, beside solving it anew.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, eye_array
from scipy.sparse.linalg import bicgstab

from sovplan.planning.harmony.corrected import harmony
from sovplan.planning.harmony.translate import harmony_published
from sovplan.planning.incremental import Balance
from sovplan.planning.receding.windows import receding

# The tests' own readers of the published tables stand beside this folder.
sys.path.insert(0, str(Path(__file__).parents[1]))

RUNS = 3
WINDOWS = {"spain": (2, 1, 6, 1.3), "sweden": (5, 3, 15, 2.3)}
"""Horizon, revised, count, and the seconds recorded for the program Economic-Planning."""


def least(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def economy(goods: int) -> csr_array[np.float64]:
    """Return recipes of 18 goods, mostly near by, a fifth among 200 that everything uses."""
    chance = np.random.default_rng(1)
    column = np.repeat(np.arange(goods), 18)
    near = (column + chance.integers(1, 60, len(column))) % goods
    common = chance.integers(0, min(200, goods), len(column))
    row = np.where(chance.random(len(column)) < 0.2, common, near)
    values = chance.lognormal(0, 1, len(column))
    matrix = csr_array((values, (row, column)), shape=(goods, goods))
    matrix.sum_duplicates()
    total = np.asarray(matrix.sum(axis=0)).ravel()
    matrix.data *= (0.55 / total)[matrix.indices]
    return matrix


def main() -> None:
    from tests.planning.five_year import CASES, five_year  # noqa: PLC0415 - the tests' own readers
    from tests.planning.supply_use_periods import periods_of  # noqa: PLC0415

    shared = Path(sys.argv[1])
    print("| case | procedure | seconds | recorded of the origin |")
    print("| --- " * 4 + "|")
    for country, (horizon, revise, count, recorded) in WINDOWS.items():
        periods = periods_of(shared, country)
        took = least(partial(receding, periods, horizon, revise, count))
        print(f"| {country} | receding | {took:.2f} | {recorded} |", flush=True)
    for name in CASES:
        with tempfile.TemporaryDirectory() as folder:
            returns, aims = five_year(shared, name, Path(folder))
        for method in (harmony_published, harmony):
            print(f"| {name} | {method.__name__} | {least(partial(method, returns, aims)):.2f} | |")
    goods = 100_000
    inputs = economy(goods)
    rest = csr_array(eye_array(goods, format="csr") - inputs)
    output = bicgstab(rest, np.ones(goods), rtol=1e-12)[0]
    known = Balance(inputs.tocsc(), output)
    print("\n| goods changed | entries read, of all | seconds | anew, seconds |")
    print("| --- " * 4 + "|")
    for changed in (1, 10, 100):
        change = np.zeros(goods)
        change[np.random.default_rng(2).choice(goods, changed, replace=False)] = 0.1
        found = known.changed(change, close=1e-6)
        took = least(partial(known.changed, change, 1e-6))
        anew = least(partial(bicgstab, rest, 1.0 + change, rtol=1e-10))
        share = found.touched / inputs.nnz
        print(f"| {changed} | {100 * share:.2f} % | {took:.4f} | {anew:.3f} |")


if __name__ == "__main__":
    main()
