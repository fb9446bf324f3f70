"""Every planning method on every embedded economy: what it reaches, how far from the best.

    python benchmarks/bench_methods.py [ECONOMY:AIMS ...]

Prints one line for each economy, aims and method: status, objective, distance from the optimum,
seconds, and why there is no plan. Seconds include the optimum beside which each method is held.
"""

import sys
import time

from sovplan.foundation.errors import SovplanError
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.catalogue import METHODS
from sovplan.records.returns import Returns

CASES = (
    "two-goods:even",
    "federation-12:homes-first",
    "brazil-2021:steady-growth",
    "ussr-1928:basic-variant",
)


def main() -> None:
    print("| economy, aims | method | status | objective | from the best | seconds | why not |")
    print("| --- " * 7 + "|")
    for case in sys.argv[1:] or CASES:
        name, aims = case.split(":")
        economy = read_economy(name)
        wanted = read_aims(aims, economy, folder_path(name))
        for method, draw in METHODS.items():
            start = time.perf_counter()
            try:
                draft = draw(Returns(economy), wanted)
            except SovplanError as refused:
                print(f"| {name}, {aims} | {method} | refused | | | | {refused} |")
                continue
            took = time.perf_counter() - start
            distance = (draft.facts or {}).get("distance")
            away = "" if distance is None else f"{100 * max(0.0, distance):.2f} %"
            broken = "" if draft.conflict is None else f"{len(draft.conflict.limits)} limits"
            print(
                f"| {name}, {aims} | {method} | {draft.status} | {draft.objective:.5g} "
                f"| {away} | {took:.2f} | {broken} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
