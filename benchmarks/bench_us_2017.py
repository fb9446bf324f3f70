"""How long a five-year plan of the United States takes: 402 branches, 402 commodities.

    python benchmarks/bench_us_2017.py [FOLDER]

FOLDER holds us_bea_2017_detail and us_bea_capital_2017; by default ../shared/data/tables beside
the repository. Prints the lines of the table in docs/benchmarks.md: seconds to read the published
tables and make an economy of them, to check it and lay it out as arrays, to build the linear
programme, and to draft (solve, break ties, value in hours, certify); and the greatest memory.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sovplan.history.readers.us_2017 import from_us_2017
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.returns import Returns

T = TypeVar("T")
YEARS = 5


def timed(what: str, work: Callable[[], T]) -> tuple[T, float]:
    """Do some work, print how long it took, and return what it gave and the seconds."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"| {what} | {seconds:.2f} s |", flush=True)
    return result, seconds


def main(tables: Path) -> None:
    flows, capital = tables / "us_bea_2017_detail", tables / "us_bea_capital_2017"
    aims = Aims(years=YEARS)
    print("| step | measured |\n| --- | --- |")
    (folder, _), _ = timed("read the tables", lambda: from_us_2017(flows, capital))
    economy, _ = timed("check, lay out as arrays", lambda: economy_of(folder))
    calendar = calendar_of(economy, aims)
    problem, building = timed("build the programme", lambda: problem_of(economy, aims, calendar))
    rows, columns = problem.programme.matrix.shape
    entries = problem.programme.matrix.nnz
    print(f"| rows, columns, entries | {rows:,}, {columns:,}, {entries:,} |")
    draft, drafting = timed("draft", lambda: optimum(Returns(economy), aims))
    print(f"| share of building in a draft | {building / drafting:.2%} |")
    print(f"| status, objective | {draft.status}, {draft.objective:.6f} |")
    print(f"| certificate | {draft.certificate} |")
    # kilobytes on Linux, bytes on macOS
    unit = 1024**2 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"| greatest memory | {memory:,.0f} MB |")


if __name__ == "__main__":
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "tables"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else beside)
