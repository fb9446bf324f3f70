"""How long a plan of many goods takes from the inside, beside the engines of HiGHS.

    python benchmarks/bench_engines.py [SECONDS] [GOODS ...]

Plans of the class of the program 5yearplan (`five_years`), one after the other in one run, each
engine at most SECONDS (600). `gap` is certified by `planning.certificate` from the prices of each
engine, `breaks` is the greatest residual of a limit; `whole draft` has prices in hours and
sentences.
`cpu` is what counts on a machine that is shared.
"""

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from five_years import AIMS, drawn, problem

from sovplan.foundation.interior import CLOSE
from sovplan.foundation.programme import Programme, levelled, levels, scaled, scales
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.solver import loaded
from sovplan.planning.certificate import gap_between, proven_bound
from sovplan.planning.inside import solve_inside
from sovplan.planning.optimum import optimum
from sovplan.planning.problem import Problem

SECONDS, GOODS = 600.0, (50, 400)
ENOUGH = 1e-5
"""Where ours ends when a certified gap of 1e-4 is asked for."""
OPTIONS = {
    "HiGHS simplex": ("simplex", {}),
    "HiGHS interior point, no crossover": ("ipm", {"run_crossover": "off"}),
    "HiGHS interior point, crossover": ("ipm", {}),
    "HiGHS PDLP, 1e-6": ("pdlp", {"pdlp_optimality_tolerance": 1e-6}),
}


def highs(programme: Programme, engine: str, seconds: float) -> tuple[np.ndarray, np.ndarray, str]:
    solver, options = OPTIONS[engine]
    rows, columns = scales(programme)
    easier = scaled(programme, rows, columns)
    of_prices, of_quantities = levels(easier)
    asked = loaded(levelled(easier, of_prices, of_quantities), None, solver, seconds)
    for name, value in options.items():
        asked.setOptionValue(name, value)
    asked.run()
    found = asked.getSolution()
    status = asked.modelStatusToString(asked.getModelStatus())
    x = np.array(found.col_value) * columns * of_quantities
    return x, np.array(found.row_dual) * rows * of_prices, status


def timed(
    engine: Callable[[], tuple[np.ndarray, np.ndarray, str]],
) -> tuple[float, float, tuple[np.ndarray, np.ndarray, str]]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = engine()
    return time.perf_counter() - wall, time.process_time() - cpu, found


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    print("| goods x years | engine | cpu, s | clock, s | ends | objective | gap | breaks |")
    print("| --- " * 8 + "|")
    for goods in map(int, sys.argv[2:] or GOODS):
        returns = drawn(goods)
        asked = problem(returns)
        programme = asked.programme

        def inside(close: float, asked: Problem = asked) -> tuple[np.ndarray, np.ndarray, str]:
            found = solve_inside(asked, close=close)
            return found.columns, found.duals, "settled"

        engines = {
            "ours, as drafts take it": partial(inside, CLOSE),
            "ours, to a gap below 1e-4": partial(inside, ENOUGH),
        } | {name: partial(highs, programme, name, seconds) for name in OPTIONS}
        for name, engine in engines.items():
            wall, cpu, (x, y, status) = timed(engine)
            reached = float(programme.cost @ x)
            gap = gap_between(reached, proven_bound(programme, y))
            print(
                f"| {goods} x 5 | {name} | {cpu:.2f} | {wall:.2f} | {status} | {reached:.7g} "
                f"| {gap:.1e} | {primal_residual(programme, x):.0e} |",
                flush=True,
            )
        for kind in ("choose", "inside") if goods <= 100 else ():
            wall, cpu = time.perf_counter(), time.process_time()
            draft = optimum(returns, AIMS, engine=kind, thorough=False)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            proof = draft.certificate
            assert proof is not None
            print(
                f"| {goods} x 5 | whole draft, {kind} | {cpu:.2f} | {wall:.2f} | {draft.status} "
                f"| {draft.objective:.7g} | {proof.gap:.1e} | {proof.primal:.0e} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
