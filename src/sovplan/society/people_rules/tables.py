"""The tables of the society: persons, cells of persons, classes, rates by age and sex, the nation.

A person takes 30 bytes: a key for life, eight codes of a byte, three shares of one in two bytes,
savings in kopecks, and labour, which is paid only when the labour of all is known. A cell is region
x branch x class; persons are summed by cells.
"""

from dataclasses import replace
from typing import Final

from sovplan.foundation.engine.tables import Births, Column, Count, Pack, Reference, Table
from sovplan.society.people_rules.numbers import START, values

REGIONS: Final = 16
BRANCHES: Final = (
    "farming", "heavy", "light", "building", "transport", "trade", "services", "government",
)  # fmt: skip
CLASSES: Final = ("peasant", "worker", "employee", "official", "soldier", "other")
PEASANT, WORKER, OFFICIAL = (CLASSES.index(name) for name in ("peasant", "worker", "official"))
FARMING: Final = 0
CELLS: Final = REGIONS * len(BRANCHES) * len(CLASSES)
AGES: Final = 256

_AT_BIRTH: Final = values(START)
_SHARE: Final = 65535
"""A share of one as two bytes hold it."""
_CELL: Final = (("region", REGIONS), ("branch", len(BRANCHES)), ("stratum", len(CLASSES)))
_THERE: Final = (("region", REGIONS), ("wanted", len(BRANCHES)), ("stratum", len(CLASSES)))

WHOLE_PEOPLE: Final = Table(
    "people",
    (
        Column("age", "whole", "u1", unit="years", text="age; 255 is an empty place"),
        Column("sex", "whole", "u1", text="1 woman, 0 man"),
        Column("region", "whole", "u1", text="region"),
        Column("branch", "whole", "u1", text="branch of work, or of the household"),
        Column("stratum", "whole", "u1", text="class"),
        Column("office", "whole", "u1", text="rank of an office, 0 none"),
        Column("party", "whole", "u1", unit="years", text="years in the party, 0 not a member"),
        Column("schooling", "whole", "u1", unit="years", text="years at school"),
        Column("skill", "share", "u2", text="skill, over that of an old hand"),
        Column("morale", "share", "u2", text="content with life under the plan"),
        Column("belief", "share", "u2", text="belief in a socialist alternative"),
        Column("income", "whole", "i4", "passing", "kopecks", "pay of the year"),
        Column("savings", "whole", "i4", unit="kopecks", text="money kept"),
        Column("effort", "real", "f8", "passing", text="output of an hour over the norm"),
        Column("hours", "whole", "u2", "passing", "hours", "hours worked in the year", high=8760),
        Column("own_hours", "whole", "u2", "passing", "hours", "hours not worked", high=8760),
        Column(
            "labour", "whole", "i4", "flow", "1/1024 hour", "hours times skill times effort",
            low=0, high=8760 * 2048,
        ),
        Column("wanted_goods", "whole", "i4", "passing", "kopecks", "money brought to shops"),
        Column("spending", "whole", "i4", "passing", "kopecks", "money spent"),
        Column("dies", "whole", "u1", "passing", text="1 who dies this year", high=1),
        Column("bears", "whole", "u1", "passing", text="1 who bears a child", high=1),
        Column("estate", "whole", "i4", "passing", "kopecks", "what the dead leave"),
        Column("looks", "whole", "u1", "passing", text="1 who thinks of another branch", high=1),
        Column("wanted", "whole", "u1", "passing", text="the branch that is thought of"),
        Column("moves", "whole", "u1", "passing", text="1 who moves to it", high=1),
        Column("rises", "whole", "u1", "passing", text="1 who leaves the peasantry", high=1),
        Column("appointed", "whole", "u1", "passing", text="1 who is given a first office", high=1),
        Column("enters", "whole", "u1", "passing", text="1 who enters the party", high=1),
        Column("support", "share", "u2", "passing", text="support of the regime"),
    ),
    references=(
        Reference("cell", "cell", _CELL),
        Reference("there", "cell", _THERE),
        Reference("rates", "rates", (("sex", 2), ("age", AGES))),
    ),
    key="key",
    empty="age",
    births=Births(
        "bears",
        "keys of the newborn",
        inherited=("region", "branch", "stratum"),
        lots={"sex": _AT_BIRTH["girls"]},
        constants={
            "age": 0, "office": 0, "party": 0, "schooling": 0, "skill": 0, "savings": 0,
            "labour": 0,
            "morale": round(_AT_BIRTH["morale_born"] * _SHARE),
            "belief": round(_AT_BIRTH["belief_born"] * _SHARE),
        },
    ),
)  # fmt: skip
"""Persons one to one: each row stands for itself."""

_BORN = WHOLE_PEOPLE.births
WEIGHTED_PEOPLE: Final = replace(
    WHOLE_PEOPLE,
    columns=(*WHOLE_PEOPLE.columns, Column("weight", "whole", "u4", text="persons it stands for")),
    weight="weight",
    births=replace(_BORN, inherited=(*_BORN.inherited, "weight")) if _BORN else None,
)
"""A sample: each row stands for as many persons as its weight says."""

CELL: Final = Table(
    "cell",
    (
        Column("region", "whole", "u1", text="region"),
        Column("branch", "whole", "u1", text="branch"),
        Column("stratum", "whole", "u1", text="class"),
        Column("incentive", "real", "f8", "flow", text="effort by food, pay and law"),
        Column("hunger", "real", "f8", "flow", text="food that is lacking, of the norm"),
        Column("ration", "real", "f8", "flow", "kopecks", "goods on cards a person"),
        Column("served", "real", "f8", "flow", text="share of what is wanted that is there"),
        Column("entry", "real", "f8", "flow", "1/year", "chance of an adult to enter the party"),
        Column("wage", "real", "f8", "flow", "kopecks", "pay of 1/1024 effective hour"),
        Column("log_wage", "real", "f8", "flow", text="natural log of the wage"),
        Column("people", "whole", "i8", text="persons on 1 January"),
        Column("members", "whole", "i8", "flow", text="years in the party, summed"),
        Column("morale", "whole", "i8", "flow", "1/65535", "morale, summed"),
        Column("belief", "whole", "i8", "flow", "1/65535", "belief, summed"),
        Column("savings", "whole", "i8", "flow", "kopecks", "savings on 1 January"),
        Column("hours", "whole", "i8", "flow", "hours", "hours worked"),
        Column("own_hours", "whole", "i8", "flow", "hours", "hours not worked"),
        Column("labour", "whole", "i8", "flow", "1/1024 hour", "hours times skill times effort"),
        Column("income", "whole", "i8", "flow", "kopecks", "pay"),
        Column("wanted_goods", "whole", "i8", unit="kopecks", text="money brought to shops"),
        Column("spending", "whole", "i8", unit="kopecks", text="money spent in shops"),
        Column("deaths", "whole", "i8", "flow", text="deaths"),
        Column("births", "whole", "i8", "flow", text="births"),
        Column("estates", "whole", "i8", "flow", "kopecks", "left by the dead"),
        Column("moves", "whole", "i8", "flow", text="moves to another branch"),
        Column("rises", "whole", "i8", "flow", text="peasants who became workers"),
        Column("enters", "whole", "i8", "flow", text="who entered the party"),
        Column("appointed", "whole", "i8", "flow", text="who were given a first office"),
        Column("support", "whole", "i8", "flow", "1/65535", "support of the regime, summed"),
    ),
    references=(
        Reference("class", "class", (("stratum", len(CLASSES)),)),
        Reference("nation", "nation", ()),
    ),
)
CLASS: Final = Table(
    "class",
    (
        Column("grade", "real", "f8", text="pay of an hour over that of a worker"),
        Column("norm", "real", "f8", text="goods on cards over those of a worker"),
        Column("entry", "real", "f8", text="chance to enter the party over that of a worker"),
    ),
)
RATES: Final = Table(
    "rates",
    (
        Column("age", "whole", "u1", unit="years", text="age"),
        Column("sex", "whole", "u1", text="1 woman, 0 man"),
        Column("death", "real", "f8", "flow", "1/year", "chance to die in a year of enough food"),
        Column("birth", "real", "f8", "flow", "1/year", "chance to bear a child"),
    ),
)
NATION: Final = Table(
    "nation",
    (
        Column("labour", "whole", "i8", unit="1/1024 hour", text="labour of the year"),
        Column(
            "wanted_goods", "whole", "i8", "flow", "kopecks", "money brought to shops last year"
        ),
        Column("served", "real", "f8", "flow", text="share of what is wanted that is there"),
    ),
)

_STOCKS: Final = ("people", "members", "morale", "belief", "savings")
_OF: Final = {
    "people": "", "members": "party", "deaths": "dies", "births": "bears", "estates": "estate",
}  # fmt: skip


_RARE: Final = frozenset(
    {"members", "deaths", "births", "estates", "moves", "rises", "enters", "appointed"}
)


def _counted(step: str, *names: str) -> tuple[Count, ...]:
    return tuple(
        Count(f"cell.{name}", _OF.get(name, name), "people", step, rare=name in _RARE)
        for name in names
    )


COUNTS: Final = (
    *_counted("make", *_STOCKS, "hours", "own_hours", "labour"),
    *_counted("share", "income", "wanted_goods", "spending"),
    *_counted("renew", "deaths", "births", "estates", "moves", "rises", "enters", "appointed"),
    *_counted("renew", "support"),
    Count("nation.labour", "labour", "cell", "make"),
    Count("nation.wanted_goods", "wanted_goods", "cell", "survey"),
)
PACKS: Final = (
    Pack("luck of life", ("dying", "bearing", "looking", "learning")),
    Pack("luck of careers", ("entering", "rising")),
)


def tables(*, weighted: bool) -> tuple[Table, ...]:
    """Return all tables; persons with weights or one to one."""
    return (WEIGHTED_PEOPLE if weighted else WHOLE_PEOPLE, CELL, CLASS, RATES, NATION)
