"""Workload W of `bench_society.py` as rules of the engine."""

import numpy as np

from sovplan.foundation.engine.composer import compose
from sovplan.foundation.engine.engine import Engine
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import rule
from sovplan.foundation.engine.tables import Column, Count, Pack, Reference, Table

REGIONS, BRANCHES = 16, 8
CELLS = REGIONS * BRANCHES

PEOPLE = Table(
    "people",
    (
        Column("region", "whole", "u1"),
        Column("branch", "whole", "u1"),
        Column("skill", "real", "f4"),
        Column("morale", "real", "f4"),
        Column("savings", "real", "f4"),
        Column("output", "whole", "i4", "passing"),
        Column("wanted", "whole", "u1", "passing"),
    ),
    references=(
        Reference("cell", "cell", (("region", REGIONS), ("branch", BRANCHES))),
        Reference("there", "cell", (("region", REGIONS), ("wanted", BRANCHES))),
    ),
)
CELL = Table(
    "cell",
    (
        Column("wage", "real", "f8"),
        Column("level", "real", "f8"),
        Column("output", "whole", "i8", "flow"),
        Column("labour", "whole", "i8", "flow"),
    ),
    references=(Reference("nation", "nation", ()),),
)
NATION = Table("nation", (Column("labour", "whole", "i8", "flow"),))


@rule("W1", step="make", table="people", reads=("skill", "morale", "cell.wage"),
      writes=("output",), source="workload W")  # fmt: skip
def produce(skill: float, morale: float, cell_wage: float) -> int:
    """Output in 1/65536: skill times effort."""
    return int(skill * min(max(0.4 + 0.3 * cell_wage + 0.3 * morale, 0.0), 1.0) * 65536.0)


@rule("W2", step="share", table="cell", reads=("output", "labour", "nation.labour", "level"),
      writes=("wage",), source="workload W")  # fmt: skip
def wages(output: int, labour: int, nation_labour: int, level: float) -> float:
    """Marginal product: 0.6 A (Y / L) (L / mean L)^-0.4."""
    many = max(labour, 1)
    return (
        0.6 * level * (output / 65536.0 / many) * (many / max(nation_labour / 128.0, 1.0)) ** -0.4
    )


@rule("W3", step="renew", table="people", reads=("morale", "savings", "cell.wage"),
      writes=("savings",), source="workload W")  # fmt: skip
def save(morale: float, savings: float, cell_wage: float) -> float:
    """A tenth of wage times effort."""
    effort = min(max(0.4 + 0.3 * cell_wage + 0.3 * morale, 0.0), 1.0)
    return savings + 0.1 * cell_wage * effort


@rule("W4", step="renew", table="people", reads=("morale", "cell.wage"), writes=("morale",),
      source="workload W")  # fmt: skip
def mood(morale: float, cell_wage: float) -> float:
    """A fifth of the way to the wage."""
    return morale + 0.2 * ((cell_wage - 0.5) - (morale - 0.5))


@rule("W5", step="renew", table="people", reads=("branch",), draws=("which",), writes=("wanted",),
      source="workload W")  # fmt: skip
def want(branch: int, which: float) -> int:
    """A branch at random."""
    return int(which * 8.0) + 0 * branch


@rule("W6", step="renew", table="people", reads=("branch", "wanted", "cell.wage", "there.wage"),
      draws=("moving",), writes=("branch",), source="workload W")  # fmt: skip
def move(branch: int, wanted: int, cell_wage: float, there_wage: float, moving: float) -> int:
    """Logistic of 2 ln(w' / w) - 3, that is w'^2 / (w'^2 + e^3 w^2)."""
    there = there_wage * there_wage
    return wanted if moving * (there + 20.085537 * cell_wage * cell_wage) < there else branch


RULES = (produce, wages, save, mood, want, move)
COUNTS = (
    Count("cell.output", "output", "people", "make"),
    Count("cell.labour", "", "people", "make"),
    Count("nation.labour", "labour", "cell", "make"),
)


def workers(people: int) -> dict[str, Rows]:
    """Return the tables of workload W."""
    luck = np.random.default_rng(1)
    columns = {
        "region": luck.integers(0, REGIONS, people).astype(np.uint8),
        "branch": luck.integers(0, BRANCHES, people).astype(np.uint8),
        "skill": luck.random(people, dtype=np.float32) * np.float32(1.5) + np.float32(0.5),
        "morale": luck.random(people, dtype=np.float32),
        "savings": np.zeros(people, np.float32),
    }
    cells = {
        "wage": np.full(CELLS, 0.5),
        "level": 1.0 + 0.5 * np.arange(CELLS) / CELLS,
        "output": np.zeros(CELLS, np.int64),
        "labour": np.zeros(CELLS, np.int64),
    }
    return {
        "people": Rows(PEOPLE, people, columns),
        "cell": Rows(CELL, CELLS, cells),
        "nation": Rows(NATION, 1, {"labour": np.zeros(1, np.int64)}),
    }


def engine(threads: int) -> Engine:
    """Return the compiled engine of workload W."""
    composition = compose(
        RULES, (PEOPLE, CELL, NATION), COUNTS, (Pack("luck", ("which", "moving")),)
    )
    return Engine(composition, "compiled", threads=threads)
