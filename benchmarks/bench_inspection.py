"""What inspecting a year of reports costs, by the number of plants and months.

    python -m benchmarks.bench_inspection

Draws a network with its truth, files honest papers with 1 % of the plants padding deliveries by
5 %, and inspects them. Prints seconds on the clock and of the processor, the greatest memory of the
process (with the papers), and what was found.
"""

import resource
import time

import numpy as np
from tests.inspection.network import network, reports

from sovplan.inspection.inspect import inspect

SIZES = ((300, 1), (1_000, 12), (10_000, 1), (10_000, 12))


def main() -> None:
    heads = ("plants x months", "rows stated", "clock, s", "processor, s", "memory, MB", "found")
    print(f"| {' | '.join(heads)} | others flagged |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for plants, months in SIZES:
        rng = np.random.default_rng(plants + months)
        truth = network(rng, plants, months)
        liars = rng.choice(plants, plants // 100, replace=False).tolist()
        papers = reports(truth, rng, lie="deliv", size=0.05, liars=liars)
        start, busy = time.perf_counter(), time.process_time()
        found = inspect(papers, economy=truth.economy)
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        named = {flag.workplace for flag in found.flags}
        caught = named & {truth.names[liar] for liar in liars}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        stated = sum(len(report.entries) for report in papers)
        times = f"{seconds:.2f} | {busy:.2f} | {memory:.0f}"
        shown = f"{stated} | {times} | {len(caught)} of {len(liars)}"
        print(f"| {plants} x {months} | {shown} | {len(named - caught)} |", flush=True)


if __name__ == "__main__":
    main()
