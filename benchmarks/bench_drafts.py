"""What a draft costs beside the bare solver: building, solving, proof, words.

    python benchmarks/bench_drafts.py

For each embedded economy, in one run and by turns: a whole draft (three programmes solved, prices,
certificate, sentences), and one call of SciPy's linprog (also HiGHS) on the first programme alone,
built beforehand. Prints medians and their ratio.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import vstack

from sovplan.foundation.programme import Programme
from sovplan.history.economies import embedded, folder_path, read_aims, read_economy
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.returns import Returns

RUNS = 7


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(programme: Programme) -> object:
    """Solve by SciPy: equalities and inequalities apart, as it wants them."""
    sign = -1.0 if programme.maximise else 1.0
    rows = programme.matrix.tocsr()
    low, high = np.isfinite(programme.row_low), np.isfinite(programme.row_high)
    equal = low & high & (programme.row_low == programme.row_high)
    below, above = high & ~equal, low & ~equal
    return linprog(
        sign * programme.cost,
        A_ub=vstack([rows[below], -rows[above]]),
        b_ub=np.concatenate([programme.row_high[below], -programme.row_low[above]]),
        A_eq=rows[equal] if equal.any() else None,
        b_eq=programme.row_low[equal] if equal.any() else None,
        bounds=np.column_stack([programme.low, programme.high]),
        method="highs",
    )


def main() -> None:
    print("| economy, aims | rows x columns | build | whole draft | linprog alone | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for found in embedded():
        aims_name = found.aims[0] if found.aims else None
        economy = read_economy(found.name)
        aims = Aims()
        if aims_name is not None:
            aims = read_aims(aims_name, economy, folder_path(found.name))
        calendar = calendar_of(economy, aims)
        programme = problem_of(economy, aims, calendar).programme
        build, whole, alone = [], [], []
        for _ in range(RUNS):
            build.append(seconds(partial(problem_of, economy, aims, calendar)))
            whole.append(seconds(partial(optimum, Returns(economy), aims)))
            alone.append(seconds(partial(bare, programme)))
        shape = f"{programme.matrix.shape[0]} x {programme.matrix.shape[1]}"
        times = [statistics.median(part) for part in (build, whole, alone)]
        cells = " | ".join(f"{1000 * part:.0f} ms" for part in times)
        print(f"| {found.name}, {aims_name} | {shape} | {cells} | {times[1] / times[2]:.1f} |")


if __name__ == "__main__":
    main()
