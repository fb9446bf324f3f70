"""The engine of rules against others on the same work, and a whole society.

Workload W: people in 16 regions x 8 branches; effort from wage and morale, output and wage by cell,
savings, morale, a branch drawn at random and taken with a logistic chance of the log wage gap. All
do it for the same people in this one run, each peer in a process of its own; Polars, on which
mesa-frames rests, once with all cores and once with one. Peers are those of `benchmarks/peers.txt`,
in an environment of their own whose Python `SOVPLAN_PEERS` names; who is not there is said to be
absent.

    python benchmarks/bench_society.py            W at 1e6, the society at 1e6, a sample 1:100
    python benchmarks/bench_society.py 1e7 1.47e8 sizes of the society, one to one
    python benchmarks/bench_society.py history    1917-1941 one to one, 140 million at the start
    python benchmarks/bench_society.py start      the first run after installation, and later ones
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.engine import digest
from sovplan.foundation.engine.rows import Rows
from sovplan.regimes.parameters import read_parameters
from sovplan.society.people_rules.numbers import trial_values
from sovplan.society.people_rules.people import society
from sovplan.society.people_rules.society import Society

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.workers import engine, workers

Found = TypeVar("Found")
YEARS = range(1917, 1942)
WORKERS = 1_000_000
PEERS = (("mesa", 0), ("mesa-frames", 0), ("mesa-frames", 1), ("starsim", 0), ("numpy", 0))
"""Peers, and with how many threads; 0 for what they take themselves."""


def own_steps(people: int, steps: int, threads: int) -> float:
    """Return seconds of the best step of workload W on the engine."""
    tables, run = workers(people), engine(threads)
    times = []
    for step in range(steps):
        begun = time.perf_counter()
        run.year(tables, Given(1, step, {}))
        times.append(time.perf_counter() - begun)
    return min(times[1:])


def peer_steps(name: str, people: int, threads: int) -> dict[str, float | str] | None:
    """Return what a peer took, in a process of its own; None where it is absent."""
    python = os.environ.get("SOVPLAN_PEERS", sys.executable)
    program = Path(__file__).with_name("peers.py")
    own = {**os.environ, **({"POLARS_MAX_THREADS": str(threads)} if threads else {})}
    done = subprocess.run(
        [python, str(program), name, str(people)],
        capture_output=True, text=True, check=False, env=own,
    )  # fmt: skip
    if done.returncode:
        print(f"{name}: absent ({done.stderr.strip().splitlines()[-1:]})")
        return None
    found: dict[str, float | str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def compare(people: int) -> None:
    rows = [(f"sovplan, threads: {k}", people / own_steps(people, 24, k) / 1e6) for k in (1, 2)]
    for name, threads in PEERS:
        found = peer_steps(name, people, threads)
        if found is not None:
            title = f"{name} {found['version']}" + (", one thread" if threads else "")
            rows.append((title, people / float(found["seconds"]) / 1e6))
    print(f"\n| workload W, {people:,} people | million steps a second | sovplan on one thread |")
    print("| --- | --- | --- |")
    for title, speed in rows:
        print(f"| {title} | {speed:.2f} | {rows[0][1] / speed:.1f} |")


def timed(work: Callable[[], Found]) -> tuple[Found, float, float]:
    """Return what work gives, its seconds, and the seconds of processor that it took."""
    begun, worked = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - begun, time.process_time() - worked


def memory() -> float:
    """Return the greatest memory of this process so far, GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def begun(rows: dict[str, Rows], threads: int) -> Society:
    return Society(rows, trial_values(read_parameters()), kind="compiled", threads=threads)


def lived(people: int, threads: int) -> tuple[str, str]:
    """Return a row of the table and the digest of a society after some years."""
    large = people >= 10**8
    rows, founding, _ = timed(partial(society, people, threads=threads))
    whole = begun(rows, threads)
    years = [timed(partial(whole.live, year)) for year in range(1926, 1930 if large else 1938)]
    best, busy = (min(year[i] for year in years[1:]) for i in (1, 2))
    speeds = f"{people / best / 1e6:.1f} | {people / busy / 1e6:.1f} | {memory():.1f}"
    told = f"| {people:,} | {threads} | {founding:.2f} | {best:.3f} | {speeds} |"
    return told, "" if large else digest(whole.rows)


def societies(sizes: list[int]) -> None:
    print("\nmillion person-years a second: of the clock, and of one core's own time\n")
    print("| people, one to one | threads | founders, s | best year, s | clock | core | GB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for people in sizes:
        seen = set()
        for threads in (2,) if people >= 10**8 else (1, 2, 4):
            told, found = lived(people, threads)
            seen.add(found)
            print(told, flush=True)
        print(f"digests of {people:,} people: {len(seen)} different ({', '.join(seen)})")


def sample() -> None:
    """Run 1917-1941 at 1:100, with weights; compiled code is on the disk before it begins."""
    rows = society(147_000_000, 1_470_000)
    begun(rows, 1).live(1917)
    rows, founding, _ = timed(partial(society, 147_000_000, 1_470_000))
    whole = begun(rows, 1)
    _, clock, core = timed(lambda: [whole.live(year) for year in YEARS])
    print(f"\n1:100, 1917-1941: founders {founding:.1f} s")
    print(f"years {clock:.1f} s, of a core {core:.1f} s")


def history() -> None:
    """Run 1917-1941 one to one; every year is told, so that a long run can be watched."""
    rows, founding, _ = timed(partial(society, 140_000_000, threads=2))
    print(f"founders {founding:.1f} s, {memory():.1f} GB")
    whole = begun(rows, 2)
    for year in YEARS:
        people = whole.rows["people"].size
        _, clock, core = timed(partial(whole.live, year))
        print(
            f"{year}: {people:,}: {clock:.1f} s, {core:.1f} s of cores, {memory():.1f} GB",
            flush=True,
        )


_START = """
import time
begun = time.perf_counter(); worked = time.process_time()
from sovplan.regimes.parameters import read_parameters
from sovplan.society.people_rules.numbers import trial_values
from sovplan.society.people_rules.people import society
from sovplan.society.people_rules.society import Society
told = [("imports", time.perf_counter() - begun, time.process_time() - worked)]
def lap(name, work):
    begun = time.perf_counter(); worked = time.process_time()
    found = work()
    told.append((name, time.perf_counter() - begun, time.process_time() - worked))
    return found
rows = lap("200,000 founders", lambda: society(200_000))
whole = lap("rules put together", lambda: Society(rows, trial_values(read_parameters())))
lap("first year", lambda: whole.live(1926))
lap("until compiled", whole.engine.wait)
lap("next year", lambda: whole.live(1927))
print("; ".join(f"{name} {clock:.2f} ({core:.2f})" for name, clock, core in told))
"""


def start() -> None:
    """Tell what the first run after installation takes, and the two after it."""
    print("seconds of the clock (and of a core)")
    with tempfile.TemporaryDirectory() as folder:
        for title in ("first", "second", "third"):
            own = {**os.environ, "SOVPLAN_CACHE": folder}
            done = subprocess.run(
                [sys.executable, "-c", _START], env=own, capture_output=True, text=True, check=True
            )
            print(f"{title} run: {done.stdout.strip()}")


def triad() -> float:
    """Return gigabytes a second of a = b + s c on one thread."""
    a, b, c = (np.ones(1 << 25) for _ in range(3))
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)
        times.append(time.perf_counter() - begun)
    return 5 * a.nbytes / min(times) / 1e9


def main() -> None:
    asked = sys.argv[1:]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"NumPy moves {triad():.0f} GB/s on one thread; {os.cpu_count()} cores; load {load}")
    if asked == ["history"]:
        history()
    elif asked == ["start"]:
        start()
    elif asked:
        societies([int(float(text)) for text in asked])
    else:
        compare(WORKERS)
        societies([WORKERS])
        sample()


if __name__ == "__main__":
    main()
