"""The tables of persons of the country: persons, cells, classes, branches, rates, the nation.

Money stands in kopecks of 1926/27. A person belongs to a class by household (`home`), which it
shares with those who keep it or whom it keeps, and has a state of its own (`stratum`): the same, or
soldier, student, prisoner.
"""

from dataclasses import replace
from typing import Final

from sovplan.foundation.engine.tables import Births, Column, Count, Pack, Reference, Table
from sovplan.society.classes import HOMES
from sovplan.society.people_rules.numbers import START, values
from sovplan.society.people_rules.tables import AGES, RATES

BRANCHES: Final = ("farming", "heavy", "machines", "building", "light", "services", "none")
"""Branches of work: farms, the five sectors of the nation that have hands, and none."""
HIRING: Final = BRANCHES[1:6]
FARMING: Final = 0
NONE: Final = len(BRANCHES) - 1

VILLAGE, TOWN = 0, 1
PLACES: Final = ("village", "town")
NEVER: Final = 1e30
"""Rank of who is not asked at all."""

_COLUMNS: Final = (
    Column("age", "whole", "u1", unit="years", text="age; 255 is an empty place"),
    Column("sex", "whole", "u1", text="1 woman, 0 man"),
    Column("place", "whole", "u1", text="0 village, 1 town"),
    Column("home", "whole", "u1", text="class of the household"),
    Column("origin", "whole", "u1", text="class of the household of birth"),
    Column("stratum", "whole", "u1", text="class, or soldier, student, prisoner"),
    Column("branch", "whole", "u1", text="branch of work"),
    Column("works", "whole", "u1", text="1 who is employed in town"),
    Column("schooling", "whole", "u1", unit="years", text="years at school"),
    Column("literate", "whole", "u1", text="1 who reads and writes"),
    Column("party", "whole", "u1", unit="years", text="years in the party, 0 not a member"),
    Column("talent", "share", "u1", text="what pay and posts see and no school gives"),
    Column("skill", "share", "u2", text="skill, over that of an old hand"),
    Column("standing", "share", "u2", text="place on the scale of pay"),
    Column("morale", "share", "u2", text="content with life under the plan"),
    Column("belief", "share", "u2", text="belief in a socialist alternative"),
    Column("savings", "whole", "i4", unit="kopecks", text="money kept"),
    Column("goods", "whole", "i4", unit="kopecks", text="what was had, at prices of 1926/27"),
    Column("dies", "whole", "u1", text="1 who is drawn to die"),
    Column("bears", "whole", "u1", text="1 who is drawn to bear a child"),
    Column("hired", "whole", "u1", text="1 who is new in the branch"),
    Column("effort", "real", "f4", "flow", text="output of an hour over the norm"),
    Column("hours", "whole", "u2", "flow", "hours", "hours worked in the year"),
    Column("queued", "whole", "u2", "flow", "hours", "hours in queues"),
    Column("own_hours", "whole", "u2", "flow", "hours", "the other hours of the year"),
    Column("head", "whole", "u1", "flow", text="1 who lives on a household of a town"),
    Column("card", "whole", "u2", "flow", text="cards, worker of a first branch = 100"),
    Column("points", "whole", "i4", "flow", text="work as the scale of pay counts it"),
    Column("income", "whole", "i4", "flow", "kopecks", "pay of the year"),
    Column("bonds", "whole", "i4", "flow", "kopecks", "pay lent to the state"),
    Column("shared", "whole", "i4", "flow", "kopecks", "pay given to the households"),
    Column("family", "whole", "i4", "flow", "kopecks", "had from the households of the class"),
    Column("perk", "whole", "i4", "flow", "kopecks", "had from the state beyond pay"),
    Column("given", "whole", "i4", "flow", "kopecks", "goods on cards, paid for"),
    Column("wanted", "whole", "i4", "flow", "kopecks", "money brought to shops"),
    Column("spending", "whole", "i4", "flow", "kopecks", "money spent"),
    Column("leaves", "whole", "u1", "flow", text="times that a place of work was left"),
    Column("changes", "whole", "u1", "flow", text="1 who looks for another branch"),
    Column("penal", "whole", "u1", "flow", text="1 who is punished under the labour law"),
    Column("rank_die", "real", "f4", "flow", text="order in which persons die"),
    Column("rank_bear", "real", "f4", "flow", text="order in which children are born"),
    Column("rank_move", "real", "f4", "flow", text="order in which persons leave the village"),
    Column("rank_hire", "real", "f4", "flow", text="order in which hands are hired"),
    Column("rank_study", "real", "f4", "flow", text="order in which students are taken"),
    Column("rank_post", "real", "f4", "flow", text="order in which posts are filled"),
    Column("rank_jail", "real", "f4", "flow", text="order in which persons are imprisoned"),
    Column("rank_lot", "real", "f4", "flow", text="a lot that all draw alike"),
    Column("estate", "whole", "i4", "flow", "kopecks", "what the dead leave"),
    Column("born", "whole", "u1", "flow", text="1 who bears a child"),
    Column("weight", "whole", "u4", text="persons it stands for"),
)
GIRLS: Final = values(START)["girls"]
"""Girls among the newborn, where nothing else is said."""
_INHERITED: Final = ("place", "home", "origin", "weight", "belief", "morale")
_BLANK: Final = tuple(
    each.name
    for each in _COLUMNS
    if each.role != "passing" and each.name not in {*_INHERITED, "sex", "branch"}
)

PEOPLE: Final = Table(
    "people",
    _COLUMNS,
    references=(
        Reference("cell", "cell", (("home", len(HOMES)), ("branch", len(BRANCHES)))),
        Reference("class", "class", (("home", len(HOMES)),)),
        Reference("past", "class", (("origin", len(HOMES)),)),
        Reference("trade", "trade", (("branch", len(BRANCHES)),)),
        Reference("local", "local", (("place", len(PLACES)),)),
        Reference("rates", "rates", (("sex", 2), ("age", AGES))),
        Reference("nation", "nation", ()),
    ),
    key="key",
    empty="age",
    weight="weight",
    births=Births(
        "born",
        "keys of the newborn of the country",
        inherited=_INHERITED,
        lots={"sex": GIRLS},
        constants=dict.fromkeys(_BLANK, 0) | {"branch": NONE},
    ),
)  # fmt: skip
"""Persons; each row stands for as many as its weight says."""


def people_table(girls: float) -> Table:
    """Return the table of persons with a share of girls among the newborn."""
    births = replace(PEOPLE.births, lots={"sex": girls}) if PEOPLE.births else None
    return replace(PEOPLE, births=births)


CELL: Final = Table(
    "cell",
    (
        Column("home", "whole", "u1", text="class of households"),
        Column("branch", "whole", "u1", text="branch"),
        Column("incentive", "real", "f8", "flow", text="effort by food, pay and law"),
    ),
    references=(
        Reference("class", "class", (("home", len(HOMES)),)),
        Reference("nation", "nation", ()),
    ),
)
CLASS: Final = Table(
    "class",
    (
        Column("post", "real", "f8", text="its posts as the scale of pay sees them, 0 to 1"),
        Column("office", "whole", "u1", text="1 for officials"),
        Column("ration", "real", "f8", text="its cards at work over those of a first branch"),
        Column("entry", "real", "f8", text="admission to the party over that of a worker"),
        Column("rise", "real", "f8", text="origin as examiners see it, -1 to 1"),
        Column("quota", "real", "f8", text="origin as the class quota sees it, 0 to 1"),
        Column("living", "real", "f8", text="goods a head of the year before, town of 1928 = 1"),
        Column("heads", "whole", "i8", "flow", text="persons of the households"),
        Column("closed", "real", "f8", "flow", "kopecks", "goods of closed shops a head"),
        Column("extra", "real", "f8", "flow", "kopecks", "money beyond pay a head"),
        Column("pool", "whole", "i8", "flow", "kopecks", "pay that households share"),
        Column("keep", "whole", "i4", "flow", "kopecks", "what each of them has of it"),
    ),
    references=(Reference("nation", "nation", ()),),
)
TRADE: Final = Table(
    "trade",
    (
        Column("first", "real", "f8", text="1 for a branch that is served first"),
        Column("premium", "real", "f8", "flow", text="log pay of the branch over the lowest"),
    ),
)
LOCAL: Final = Table(
    "local",
    (
        Column("excess", "real", "f8", text="deaths of hunger over common ones"),
        Column("income", "real", "f8", unit="kopecks", text="village living a head, 0 in towns"),
        Column("fair", "real", "f8", unit="kopecks", text="goods a head of 1928"),
    ),
)
NATION: Final = Table(
    "nation",
    (
        Column("privilege", "real", "f8", text="goods of officials beyond pay, of all"),
        Column("best", "real", "f8", "flow", text="highest premium of a branch"),
        Column("queue", "real", "f8", "flow", "hours", "hours of an adult in queues"),
        Column("reported", "real", "f8", "flow", text="offences that managers report, of all"),
        Column("unsettled", "real", "f8", "flow", text="leavers a year by norms that change"),
        Column("keep", "real", "f8", "flow", text="part of money that is kept"),
        Column("points", "whole", "i8", "flow", text="work as the scale of pay counts it"),
        Column("cards", "whole", "i8", "flow", text="cards, worker of a first branch = 100"),
        Column("rate", "real", "f8", "flow", "kopecks", "pay of a point"),
        Column("supply", "real", "f8", "flow", "kopecks", "goods of shops in towns"),
        Column("card_value", "real", "f8", "flow", "kopecks", "goods on a hundredth of a card"),
        Column("given", "whole", "i8", "flow", "kopecks", "goods on cards"),
        Column("wanted", "whole", "i8", "flow", "kopecks", "money brought to shops"),
        Column("served", "real", "f8", "flow", text="goods over money, beyond cards"),
        Column("estates", "whole", "i8", "flow", "kopecks", "what the dead leave"),
    ),
)

COUNTS: Final = (
    Count("class.heads", "head", "people", "make"),
    Count("nation.points", "points", "people", "make"),
    Count("nation.cards", "card", "people", "make"),
    Count("class.pool", "shared", "people", "share"),
    Count("nation.given", "given", "people", "inspect"),
    Count("nation.wanted", "wanted", "people", "inspect"),
)
LEFT: Final = (Count("nation.estates", "estate", "people", "renew"),)
"""Sums of the second half of a year."""
PACKS: Final = (  # draws of the first half of the year
    Pack("luck of lives", ("dying", "bearing", "moving", "lot")),
    Pack("luck of work", ("hiring", "leaving", "changing", "absent")),
    Pack("luck of places", ("studying", "posting", "jailing")),
)


def tables(girls: float = GIRLS) -> tuple[Table, ...]:
    """Return all tables, with a share of girls among the newborn."""
    return (people_table(girls), CELL, CLASS, TRADE, LOCAL, RATES, NATION)
