"""A small society that uses everything the engine has; every number in it is made up."""

import math

import numpy as np

from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.functions import exp, log
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import Rule, rule
from sovplan.foundation.engine.tables import Births, Column, Count, Pack, Reference, Table

CELL = Reference("cell", "cell", (("region", 3), ("branch", 4)))
THERE = Reference("there", "cell", (("region", 3), ("wanted", 4)))
NATION = Reference("nation", "nation", ())
LIFE = Reference("life", "life", (("age", 256),))

PEOPLE = Table(
    "people",
    (
        Column("age", "whole", "u1"),
        Column("sex", "whole", "u1"),
        Column("region", "whole", "u1"),
        Column("branch", "whole", "u1"),
        Column("morale", "share", "u2"),
        Column("trust", "share", "u1"),
        Column("skill", "real", "f4"),
        Column("savings", "whole", "i4"),
        Column("weight", "whole", "u4"),
        Column("income", "whole", "i4", "flow"),
        Column("hours", "whole", "i4", "flow"),
        Column("effort", "real", "f8", "passing"),
        Column("dies", "whole", "u1", "passing"),
        Column("bears", "whole", "u1", "passing"),
        Column("looks", "whole", "u1", "passing"),
        Column("wanted", "whole", "u1", "passing"),
        Column("moves", "whole", "u1", "passing"),
        Column("estate", "whole", "i4", "passing"),
    ),
    references=(CELL, THERE, LIFE),
    key="key",
    empty="age",
    weight="weight",
    births=Births(
        "bears",
        "newborn",
        inherited=("region", "branch", "weight"),
        lots={"sex": 0.5},
        constants={
            "age": 0, "morale": 30000, "trust": 128, "skill": 0, "savings": 0, "income": 0,
            "hours": 0,
        },
    ),
)  # fmt: skip
CELLS = Table(
    "cell",
    (
        Column("wage", "real", "f8", "flow"),
        Column("hours", "whole", "i8", "flow"),
        Column("here", "whole", "i8", "flow"),
        Column("income", "whole", "i8", "flow"),
        Column("dead", "whole", "i8", "flow"),
        Column("moved", "whole", "i8", "flow"),
        Column("estate", "whole", "i8", "flow"),
        Column("trust", "whole", "i8", "flow"),
    ),
    references=(NATION,),
)
NATIONS = Table("nation", (Column("hours", "whole", "i8", "flow"),))
LIVES = Table("life", (Column("death", "real", "f4"),))


def squashed(x: float) -> float:
    """Logistic curve: a helper that a rule calls."""
    return 1.0 / (1.0 + exp(-x))


@rule("T1", step="make", table="people", reads=("morale", "skill", "trust"), parameters=("zeal",),
      writes=("effort",), source="own", switch="effort", off={"zeal": 0.0})  # fmt: skip
def effort(morale: float, skill: float, trust: float, zeal: float) -> float:
    """A bit of everything."""
    base = 0.5 + zeal * math.log(1.0 + morale) + 0.01 * trust**2
    base += math.sqrt(abs(skill - 0.3)) / 7
    return min(max(base, 0.5), 1.2, 1.1)


@rule("T2", step="make", table="people", reads=("age", "effort"), writes=("hours",), source="own")
def hours(age: int, effort: float) -> int:
    """Hours in 1/16."""
    return int(effort * 2000 * 16) if 15 <= age < 65 and not age % 40 == 0 else 0  # noqa: SIM201


@rule("T3", step="share", table="cell", reads=("hours", "nation.hours"), writes=("wage",),
      source="own")  # fmt: skip
def wage(hours: int, nation_hours: int) -> float:
    """Scarce hours are paid better."""
    return 3.0 * math.pow(nation_hours / (12.0 * max(hours, 1)), 0.3)


@rule("T4", step="share", table="people", reads=("hours", "cell.wage"), writes=("income",),
      source="own")  # fmt: skip
def pay(hours: int, cell_wage: float) -> int:
    """Income in kopecks."""
    return int(hours * cell_wage / 16.0)


@rule("T5", step="share", table="people", reads=("savings", "income"), writes=("savings",),
      source="own", switch="saving")  # fmt: skip
def save(savings: int, income: int) -> int:
    """A tenth is kept."""
    return savings + income // 10


@rule("T6", step="renew", table="people", reads=("age", "life.death"), draws=("dying",),
      writes=("dies",), source="own")  # fmt: skip
def death(age: int, life_death: float, dying: float) -> int:
    """Death."""
    return 1 if dying < life_death or age > 109 else 0


@rule("T7", step="renew", table="people", reads=("age", "dies"), writes=("age",), source="own")
def older(age: int, dies: int) -> int:
    """A year more, or an empty place."""
    return 255 if dies else age + 1


@rule("T8", step="renew", table="people", reads=("savings", "dies"), writes=("savings", "estate"),
      source="own")  # fmt: skip
def estate(savings: int, dies: int) -> tuple[int, int]:
    """What the dead leave."""
    return (0 if dies else savings, savings if dies else 0)


@rule("T9", step="renew", table="people", reads=("age", "sex"), draws=("birth",), writes=("bears",),
      source="own")  # fmt: skip
def birth(age: int, sex: int, birth: float) -> int:
    """Birth."""
    return int(sex == 1 and 18 <= age <= 40 and birth < 0.15)


@rule("T10", step="renew", table="people", reads=("hours",), draws=("looking",), writes=("looks",),
      source="own")  # fmt: skip
def look(hours: int, looking: float) -> int:
    """One in ten looks around."""
    return 1 if hours > 0 and looking < 0.1 else 0


@rule("T11", step="renew", table="people", reads=("looks",), draws=("which",), writes=("wanted",),
      source="own", when="looks")  # fmt: skip
def want(looks: int, which: float) -> int:
    """A branch at random."""
    return int(which * 4) * looks


@rule("T12", step="renew", table="people",
      reads=("wanted", "branch", "cell.wage", "there.wage"), draws=("moving",),
      writes=("branch", "moves"), source="own", when="looks")  # fmt: skip
def move(
    wanted: int, branch: int, cell_wage: float, there_wage: float, moving: float
) -> tuple[int, int]:
    """Taken with a logistic probability of the log wage gap."""
    goes = moving < squashed(2.0 * log(there_wage / cell_wage) - 1.0) and wanted != branch
    return (wanted if goes else branch, 1 if goes else 0)


@rule("T13", step="renew", table="people", reads=("morale", "cell.wage"), draws=("mood",),
      writes=("morale", "trust"), source="own")  # fmt: skip
def mood(morale: float, cell_wage: float, mood: float) -> tuple[float, float]:
    """Morale goes to the wage, with noise; trust is morale of the year before."""
    new = morale + 0.2 * (cell_wage / (1.0 + cell_wage) - morale) + 0.02 * (mood - 0.5)
    return min(max(new, 0.0), 1.0), morale


@rule("T14", step="renew", table="people", reads=("skill", "hours", "trust"), writes=("skill",),
      source="own")  # fmt: skip
def learn(skill: float, hours: int, trust: float) -> float:
    """By doing; trust is read as the step found it."""
    return skill + (1.0 - skill) * 0.05 * (1 if hours > 0 else 0) + 0.001 * trust


RULES: tuple[Rule, ...] = (
    learn, mood, move, want, look, birth, estate, older, death, save, pay, wage, hours, effort,
)  # fmt: skip
COUNTS = (
    Count("cell.hours", "hours", "people", "make"),
    Count("cell.here", "", "people", "make"),
    Count("nation.hours", "hours", "cell", "make"),
    Count("cell.income", "income", "people", "share"),
    Count("cell.dead", "dies", "people", "renew"),
    Count("cell.moved", "moves", "people", "renew"),
    Count("cell.estate", "estate", "people", "renew"),
    Count("cell.trust", "trust", "people", "renew"),
)
PACKS = (Pack("luck of life", ("dying", "birth", "looking")),)
TABLES = (PEOPLE, CELLS, NATIONS, LIVES)


def composition(off: tuple[str, ...] = ()) -> Composition:
    return compose(RULES, TABLES, COUNTS, PACKS, off)


def society(people: int, seed: int = 1, weight: int = 3) -> dict[str, Rows]:
    """Return tables with some people, a few places empty."""
    luck = np.random.default_rng(seed)

    def codes(below: int) -> np.ndarray:
        return luck.integers(0, below, people).astype(np.uint8)

    ages = codes(80)
    ages[::41] = 255
    columns = {
        "key": np.arange(people, dtype=np.uint64),
        "age": ages,
        "sex": codes(2),
        "region": codes(3),
        "branch": codes(4),
        "morale": luck.integers(0, 65536, people).astype(np.uint16),
        "trust": codes(255),
        "skill": luck.random(people, dtype=np.float32),
        "savings": luck.integers(0, 10000, people).astype(np.int32),
        "weight": np.full(people, weight, dtype=np.uint32),
        "income": np.zeros(people, dtype=np.int32),
        "hours": np.zeros(people, dtype=np.int32),
    }
    cells = {
        c.name: np.ones(12, dtype=c.dtype) if c.name == "wage" else np.zeros(12, dtype=c.dtype)
        for c in CELLS.columns
    }
    deaths = (0.004 + 0.00006 * np.exp(0.085 * np.arange(256))).astype(np.float32)
    return {
        "people": Rows(PEOPLE, people, columns),
        "cell": Rows(CELLS, 12, cells),
        "nation": Rows(NATIONS, 1, {"hours": np.zeros(1, dtype=np.int64)}),
        "life": Rows(LIVES, 256, {"death": deaths}),
    }


VALUES = {"zeal": 0.7}
