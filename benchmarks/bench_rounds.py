"""How long a round of participatory planning takes, beside the package demplan.

    python benchmarks/bench_rounds.py [--peer PYTHON] [EACH:MAKERS ...]

Councils are drawn as those of the published experiments were (EACH goods of each of five kinds,
MAKERS worker councils a product, as many consumer councils), written once as a file of the
published format, and read by each program in a process of its own, by turns, three times; the
least times are told. PYTHON is an interpreter that has demplan (MIT) installed; without it only
ours runs.
Both hold the rounds of a cold start until every imbalance is below 3 %; both must find the same
number of rounds and the same worst imbalance. `load` is from the file to councils that can answer,
`CPU` what of it the processor worked (sovplan unpacks on one core while it reads on another), `one
round` the rest over the number of rounds, `whole run` load and all rounds, `memory` the greatest
of the process (Linux only).
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

TURNS = 3

MEMORY = """
def memory():
    # The kernel's own mark of this program; what getrusage tells begins with that of the parent.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
"""
"""The greatest memory of a process so far, MB (Linux)."""

OURS = """
import json, sys, time
from pathlib import Path
from sovplan.history.readers.councils import read_councils
from sovplan.planning.rounds.answers import answers_of
from sovplan.planning.rounds.procedure import rounds
start, work = time.perf_counter(), time.process_time()
answers = answers_of(read_councils(Path(sys.argv[1])))
load, work = time.perf_counter() - start, time.process_time() - work
start = time.perf_counter()
course = rounds(answers, until=0.03)
took = time.perf_counter() - start
print(json.dumps({"load": load, "work": work, "rounds": len(course),
    "a_round": took / len(course), "whole": load + took, "worst": 100 * float(course.worst[-1]),
    "memory": memory()}))
"""

PEER = """
import json, sys, time
import numpy as np
from demplan import load_dep1ex, run
from demplan.prefabs import HahnelBook2021
start, work = time.perf_counter(), time.process_time()
economy = load_dep1ex(sys.argv[1])
load, work = time.perf_counter() - start, time.process_time() - work
result = run(HahnelBook2021(threshold_pct=3.0), economy, seed=0, differences=False)
plan, count = result.plan, result.summary.rounds
supply = plan.total_output(economy) + economy.endowment
demand = plan.total_input_use(economy) + plan.extra["consumer_demand"]
worst = float((200 * np.abs(supply - demand) / (supply + demand)).max())
took = result.summary.wall_seconds
print(json.dumps({"load": load, "work": work, "rounds": count,
    "a_round": took / count, "whole": load + took, "worst": worst,
    "memory": memory()}))
"""


def write(each: int, makers: int, path: Path) -> None:
    """Write drawn councils in the published format."""
    import numpy as np  # noqa: PLC0415 - only the parent draws

    from sovplan.planning.rounds.drawn import drawn  # noqa: PLC0415

    councils = drawn(1, each=each, makers=makers)
    workers, consumers = councils.workers, councils.consumers
    kinds = np.array(councils.kinds)
    place = np.concatenate([np.arange(1, each + 1)] * 5)
    number = {"private": 0, "intermediate": 1, "public": 2}

    def listed(values: np.ndarray) -> str:
        return "[" + " ".join(repr(value) for value in values.tolist()) + "]"

    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write("(ns pequod-cljs.drawn)\n(def ccs\n[")
        for wants, income in zip(consumers.exponents, consumers.income, strict=True):
            file.write(
                "{:effort 1, :num-workers 10, :utility-exponents "
                f"{listed(wants[:each])}, :final-demands [0 0 0 0 0], :cy 1, "
                f":public-good-exponents {listed(wants[each:])}, :public-good-demands [0], "
                f":income {income:.0f}}}\n"
            )
        file.write("])\n(def wcs\n[")
        for i in range(len(workers)):
            entries = slice(workers.exponents.indptr[i], workers.exponents.indptr[i + 1])
            goods, b = workers.exponents.indices[entries], workers.exponents.data[entries]
            parts = [kinds[goods] == kind for kind in ("intermediate", "nature", "labour")]
            used = " ".join(listed(place[goods[part]]) for part in parts)
            product = workers.product[i]
            file.write(
                f"{{:effort 0.5, :labor-exponents {listed(b[parts[2]])}, "
                f":industry {number[str(kinds[product])]}, :output 0, :s 1, "
                f":du {workers.power[i]!r}, :c {workers.effort[i]!r}, "
                f":product {place[product]}, :labor-quantities [0], "
                f":production-inputs [{used}], :input-exponents {listed(b[parts[0]])}, "
                f":toothache false, :nature-exponents {listed(b[parts[1]])}, "
                f":a {workers.scale[i]!r}}}\n".replace("np.float64(", "").replace(")", "")
            )
        file.write("])\n")


def measured(python: str, program: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [python, "-c", MEMORY + program, str(path)], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def least(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: min(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="an interpreter that has demplan")
    parser.add_argument("sizes", nargs="*", default=["10:100", "100:100"])
    asked = parser.parse_args()
    programs = {"sovplan": (sys.executable, OURS)}
    if asked.peer:
        programs["demplan"] = (asked.peer, PEER)
    heads = ["councils x goods", "program", "rounds", "worst, %", "one round", "load", "CPU"]
    print(f"| {' | '.join([*heads, 'whole run', 'memory'])} |")
    print("| --- " * 9 + "|")
    for size in asked.sizes:
        each, makers = map(int, size.split(":"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "drawn.clj.gz"
            write(each, makers, path)
            runs: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
            for _ in range(TURNS):
                for name, (python, program) in programs.items():
                    runs[name].append(measured(python, program, path))
        for name, found in ((name, least(several)) for name, several in runs.items()):
            print(
                f"| 2 x {3 * each * makers} x {5 * each} | {name} | {found['rounds']:.0f} "
                f"| {found['worst']:.9f} | {1000 * found['a_round']:.2f} ms "
                f"| {found['load']:.2f} s | {found['work']:.2f} s "
                f"| {found['whole']:.2f} s | {found['memory']:.0f} MB |"
            )


if __name__ == "__main__":
    main()
