"""Runs of the whole country with all rows: the whole command, and one regime by part.

    python benchmarks/bench_country.py            as often as it takes to see the best of three
    python benchmarks/bench_country.py 5          best of five
    python benchmarks/bench_country.py 3 compile  and how long compiling all loops takes
    python benchmarks/bench_country.py parts ussr-1921 1470000 255000
                                                  one regime by part, so many persons and households

Whole commands run in processes of their own, with loops from the disk and, with an empty folder for
caches, without. Processor seconds are those of all processes; the clock is the best of several.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

SCENARIOS = ("ussr-1921", "russia-1917")


def whole(scenario: str, cache: Path | None) -> tuple[float, float]:
    """Return clock and processor seconds of `sovplan run` with its book."""
    own = {**os.environ, **({} if cache is None else {"SOVPLAN_CACHE": str(cache)})}
    with tempfile.TemporaryDirectory() as folder:
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sovplan", "run", scenario, "--out", f"{folder}/run"],
            check=True, capture_output=True, env=own,
        )  # fmt: skip
        clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def parts(scenario: str, *rows: str) -> None:
    """Print processor seconds of the parts of one regime, in a process of its own."""
    begun = time.process_time()

    def told(name: str) -> None:
        nonlocal begun
        now = time.process_time()
        print(f"  {name:28}{now - begun:6.2f} s", flush=True)
        begun = time.process_time()

    from sovplan.lab.country import country_run, prepared_country  # noqa: PLC0415
    from sovplan.lab.layers import LAYERS  # noqa: PLC0415
    from sovplan.regimes.model import model_parameters  # noqa: PLC0415
    from sovplan.society.layers import Setting  # noqa: PLC0415
    from sovplan.society.nation.year import run_nation  # noqa: PLC0415

    told("start: Python and the model")
    sizes = dict(zip(("persons", "households"), map(int, rows), strict=False))
    task = prepared_country(scenario, **sizes)[0]
    told("scenario and regimes")
    books = run_nation(task.inputs, model_parameters())
    told("quarters")
    asked = task.scenario
    numbers = {"persons": asked.people, "households": asked.households}
    setting = Setting(task.inputs, model_parameters(), asked.seed, **numbers)
    for kind in LAYERS:
        layer = kind.make(setting)
        for year, quarters in groupby(books, key=lambda each: each.year):
            list(layer.live(year, tuple(quarters)))
        told(kind.name)
    found = country_run(prepared_country(scenario, [task.regime.name], years=1, persons=1000))
    begun = time.process_time()
    from sovplan.cli.country_out import write  # noqa: PLC0415

    told("start: the book")
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "run", found, [task])
    told("book and files of one year")


def main() -> None:
    if sys.argv[1:2] == ["parts"]:
        parts(*sys.argv[2:])
        return
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if "compile" in sys.argv:
        from sovplan.lab.loops import compile_loops  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as folder:
            os.environ["SOVPLAN_CACHE"] = folder
            begun = time.process_time()
            made = compile_loops()
            print(f"compiling {made} loops: {time.process_time() - begun:.1f} processor s")
            del os.environ["SOVPLAN_CACHE"]
    for scenario in SCENARIOS:
        for name in ("with loops of the disk", "NumPy alone"):
            with tempfile.TemporaryDirectory() as empty:
                cache = None if name.startswith("with") else Path(empty) / "none"
                found = [whole(scenario, cache) for _ in range(times)]
            clock, used = (min(each) for each in zip(*found, strict=True))
            print(f"{scenario}, {name}: {clock:.1f} s, {used:.1f} processor s", flush=True)
        print(f"{scenario}, one regime by part, processor seconds:", flush=True)
        subprocess.run([sys.executable, __file__, "parts", scenario], check=True)


if __name__ == "__main__":
    main()
