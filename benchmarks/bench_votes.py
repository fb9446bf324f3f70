"""How long counts of many ballots take: merging them, and each rule.

    python benchmarks/bench_votes.py [BALLOTS ...]

Rankings of ten options are drawn by the Plackett-Luce model with three blocs (strict, complete,
nearly all different). Prints seconds for building the paper and for each rule, the best of three,
as a whole: the ballots are merged anew in each.
"""

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from sovplan.councils.catalogue import RULES
from sovplan.councils.pairwise import profile_of
from sovplan.records.documents import Ballot, Ballots

OPTIONS = tuple(f"option {place}" for place in range(10))
SEATS = {"stv": 5, "sainte_lague": 101, "approval": 5}
RUNS = 3


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def drawn(count: int) -> list[tuple[tuple[str], ...]]:
    """Draw rankings: utility of the voter's bloc and a Gumbel error, sorted."""
    chance = np.random.default_rng(7)
    liking = chance.normal(0.0, 1.5, (3, len(OPTIONS)))
    bloc = chance.choice(3, count, p=[0.5, 0.3, 0.2])
    order = np.argsort(-(liking[bloc] + chance.gumbel(size=(count, len(OPTIONS)))), axis=1)
    return [tuple((OPTIONS[place],) for place in row) for row in order.tolist()]


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    rules = [name for name in RULES if name != "median"]
    print(f"| ballots (different) | paper | merge | {' | '.join(rules)} |")
    print("| --- " * (len(rules) + 3) + "|")
    for count in counts:
        rankings = drawn(count)
        start = time.perf_counter()
        ballots = Ballots("which?", OPTIONS, tuple(map(Ballot, rankings)), "bench")
        paper = time.perf_counter() - start
        different = len(profile_of(ballots).voters)
        times = [paper, seconds(partial(profile_of, ballots))]
        for name in rules:
            rule = partial(RULES[name], ballots, seats=SEATS.get(name, 1), filed_by="bench")
            times.append(seconds(rule))
        cells = " | ".join(f"{part:.2f} s" for part in times)
        print(f"| {count} ({different}) | {cells} |")


if __name__ == "__main__":
    main()
