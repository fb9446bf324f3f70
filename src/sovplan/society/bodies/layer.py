"""Bodies and officials of one run: every official is a person, every post is held by one.

How many officials there are comes from persons, how many of them are named from above is a forced
state of the country; who sits where is decided here. It acts back on nothing.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.engine import Engine, Kind
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import rules_in, switches_of
from sovplan.foundation.errors import IdentityBroken
from sovplan.society.bodies import promotion
from sovplan.society.bodies.figures import figures
from sovplan.society.bodies.seating import Column, Officials, agreed, appointed, seated
from sovplan.society.bodies.tables import BODY, COUNTS, OFFICIAL, TABLES, TIERS
from sovplan.society.bodies.tiers import tiers
from sovplan.society.layers import Figure, Setting
from sovplan.society.people_rules.people import apportioned

RULES: Final = rules_in(promotion)
"""All rules of officials."""
SWITCHES: Final = switches_of(RULES)
_MILLION: Final = 1e6
_STORED: Final = {each.name: each.dtype for each in OFFICIAL.columns}
_READ: Final = ("key", "weight", "party", "skill", "talent", "schooling", "sex", "origin")


@cache
def composed(off: frozenset[str] = frozenset()) -> Composition:
    """Return the rules of officials put together."""
    return compose(RULES, TABLES, COUNTS, off=off)


@final
class Bodies:
    """Bodies and their officials on their way through a run.

    Parameters
    ----------
    setting
        What is given to the country.
    kind
        Which engine runs the rules.
    """

    def __init__(self, setting: Setting, kind: Kind = "arrays") -> None:
        self.seed: Final = setting.seed
        self.engine: Final = Engine(composed(setting.off & set(SWITCHES)), kind)
        self.officials: Officials = {
            "key": np.zeros(0, np.uint64),
            **{name: np.zeros(0, dtype) for name, dtype in _STORED.items()},
        }
        body = {each.name: np.zeros(TIERS + 1, each.dtype) for each in BODY.kept}
        parts = np.array([tier.bodies * tier.staff for tier in tiers()])
        for name, values in (
            ("kind", [tier.kind for tier in tiers()]),
            ("level", [tier.level for tier in tiers()]),
            ("bodies", [tier.bodies for tier in tiers()]),
            ("part", parts / parts.sum()),
        ):
            body[name][:TIERS] = values
        self.body: Final = Rows(BODY, TIERS + 1, body)

    def live(
        self, year: int, people: Rows, officials: NDArray[np.int64], values: Mapping[str, float]
    ) -> Iterator[Figure]:
        """Do a year; yield its figures.

        Parameters
        ----------
        year
            The year.
        people
            Persons after what befell them in the year.
        officials
            Rows of those who are officials.
        values
            Forced states and parameters by name.

        Raises
        ------
        IdentityBroken
            An official is no person, or a post is not held: a mistake of the program.
        """
        persons = {name: self._of(people, name)[officials] for name in _READ}
        before = self.officials
        now = agreed(before, persons)
        total = int(now["persons"].sum())
        seats = apportioned(self.body["part"][:TIERS], total)
        self.body["seats"][:TIERS] = seats
        each = _MILLION * values["officials_cut"] / max(total, 1)
        now = self._by_rules(now, year, {**values, "cut_each": each})
        gone = int(before["persons"].sum()) - int(now["persons"][now["tier"] < TIERS].sum())
        now = seated(now, tiers(), seats)
        wanted = round(values["appointed_share"] * total)
        now = appointed(now, tiers(), wanted)
        self.officials = now
        check(now, persons, seats, wanted, year)
        yield from figures(now, gone, int(before["persons"].sum()))

    def _of(self, people: Rows, name: str) -> Column:
        return people.columns[name][: people.size]

    def _by_rules(self, now: Officials, year: int, values: Mapping[str, float]) -> Officials:
        """Let the rules act on officials; return their columns."""
        size = len(now["key"])
        columns: Officials = {
            name: np.asarray(now[name] if name in now else np.zeros(size), dtype)
            for name, dtype in _STORED.items()
        }
        rows = Rows(OFFICIAL, size, {**columns, "key": np.asarray(now["key"], np.uint64)})
        given = Given(self.seed, year, {n: values[n] for n in self.engine.composition.values()})
        self.engine.year({"official": rows, "body": self.body}, given)
        return {name: column[:size] for name, column in rows.columns.items()}


def check(
    officials: Officials,
    persons: Mapping[str, Column],
    seats: NDArray[np.int64],
    wanted: int,
    year: int,
) -> None:
    """Check that officials are persons, person by person, and that every post is held.

    Raises
    ------
    IdentityBroken
        They are not: a mistake of the program.
    """
    keys, at = np.unique(officials["key"], return_inverse=True)
    order = np.argsort(persons["key"], kind="stable")
    same = len(keys) == len(order) and bool((persons["key"][order] == keys).all())
    many = np.bincount(at, officials["persons"], len(keys)).astype(np.int64)
    sides = {
        "officials who are persons": int(same and bool((many == persons["weight"][order]).all())),
        "posts that are held": int(bool((np.bincount(
            officials["tier"].astype(np.int64), officials["persons"], len(seats)
        ) == seats).all())),
        "posts named from above": int(
            int(officials["persons"][officials["appointed"] > 0].sum()) == wanted
        ),
    }  # fmt: skip
    for name, closes in sides.items():
        if not closes:
            text = f"{year}: the account of {name} is open"
            raise IdentityBroken(text)
