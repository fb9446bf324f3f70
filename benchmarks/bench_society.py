"""The engine of rules against others on the same work, and a whole society.

Workload W: people in 16 regions x 8 branches; effort from wage and morale, output and wage by cell,
savings, morale, a branch drawn at random and taken with a logistic chance of the log wage gap. All
do it for the same people in this one run, each peer in a process of its own. Peers are those of
`benchmarks/peers.txt`, in an environment of their own whose Python `SOVPLAN_PEERS` names; who is
not there is said to be absent.

    python benchmarks/bench_society.py            W at 1e6, the society at 1e6
    python benchmarks/bench_society.py 1e7 1.47e8 sizes of the society, one to one
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from benchmarks.workers import engine, workers

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.engine import digest
from sovplan.regimes.parameters import read_parameters
from sovplan.society.people_rules.numbers import trial_values
from sovplan.society.people_rules.people import society
from sovplan.society.people_rules.society import Society

WORKERS = 1_000_000
PEERS = ("mesa", "mesa-frames", "starsim", "numpy")


def own_steps(people: int, steps: int, threads: int) -> float:
    """Return seconds of the best step of workload W on the engine."""
    tables, run = workers(people), engine(threads)
    times = []
    for step in range(steps):
        begun = time.perf_counter()
        run.year(tables, Given(1, step, {}))
        times.append(time.perf_counter() - begun)
    return min(times[1:])


def peer_steps(name: str, people: int) -> dict[str, float | str] | None:
    """Return what a peer took, in a process of its own; None where it is absent."""
    python = os.environ.get("SOVPLAN_PEERS", sys.executable)
    program = Path(__file__).with_name("peers.py")
    done = subprocess.run(
        [python, str(program), name, str(people)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{name}: absent ({done.stderr.strip().splitlines()[-1:]})")
        return None
    found: dict[str, float | str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def compare(people: int) -> None:
    own = own_steps(people, 12, 1)
    rows = [("sovplan, one thread", people / own / 1e6, "")]
    for name in PEERS:
        found = peer_steps(name, people)
        if found is not None:
            speed = people / float(found["seconds"]) / 1e6
            rows.append((f"{name} {found['version']}", speed, f"{rows[0][1] / speed:.1f}"))
    print(f"\n| workload W, {people:,} people | million steps a second | ratio |")
    print("| --- | --- | --- |")
    for title, speed, ratio in rows:
        print(f"| {title} | {speed:.2f} | {ratio} |")


def live(people: int, years: int, threads: int) -> tuple[list[float], list[float], str]:
    """Return seconds and seconds of processor of each year of a society, and its digest."""
    values = trial_values(read_parameters())
    whole = Society(society(people), values, kind="compiled", threads=threads)
    times, busy = [], []
    for year in range(1926, 1926 + years):
        begun, worked = time.perf_counter(), time.process_time()
        whole.live(year)
        times.append(time.perf_counter() - begun)
        busy.append(time.process_time() - worked)
    return times, busy, digest(whole.rows) if people < 10**8 else ""


def societies(sizes: list[int]) -> None:
    print("\nmillion person-years a second: of the clock, and of one core's own time\n")
    print("| society, one to one | threads | best year, s | clock | core | GB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for people in sizes:
        seen = set()
        for threads in (1, 2, 4) if people < 10**8 else (2,):
            times, busy, found = live(people, 6 if people < 10**8 else 3, threads)
            seen.add(found)
            best = min(times[1:])
            room = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            speeds = f"{people / best / 1e6:.1f} | {people / min(busy[1:]) / 1e6:.1f}"
            print(f"| {people:,} | {threads} | {best:.3f} | {speeds} | {room:.1f} |", flush=True)
        print(f"digests of {people:,} people: {len(seen)} different ({', '.join(map(str, seen))})")


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
    sizes = [int(float(text)) for text in sys.argv[1:]]
    print(f"NumPy moves {triad():.0f} GB/s on one thread; {os.cpu_count()} cores")
    if not sizes:
        compare(WORKERS)
    societies(sizes or [WORKERS])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
