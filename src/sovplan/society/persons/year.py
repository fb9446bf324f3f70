"""Persons live the years of the country: two halves of rules, and between them what befalls whom.

    survey to ranks   work, pay, goods, and the order in which persons are drawn  (`LIVING`)
    choices           as many as the nation says move, die, bear, are hired ...   (`choices`)
    renewal           age, school, skill, party, views, births                    (`GROWING`)

Persons do not act back on the nation: its quarters were fitted with those effects inside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, final

import numpy as np

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.engine import Engine, Kind
from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.engine.rule import rules_in, switches_of
from sovplan.society.bodies import layer as bodies
from sovplan.society.bodies.figures import UNITS as OFFICE_UNITS
from sovplan.society.classes import CLASSES, HOMES, OFFICIAL, PRISONER, SOLDIER, STUDENT, WORKER
from sovplan.society.layers import Figure, LayerKind, Setting
from sovplan.society.nation.year import Quarter
from sovplan.society.people_rules import life
from sovplan.society.persons import growing, living, ranks
from sovplan.society.persons.accounts import Ledger, close
from sovplan.society.persons.choices import choose
from sovplan.society.persons.crowd import Crowd
from sovplan.society.persons.drawing import Drawing
from sovplan.society.persons.figures import UNITS, figures, quantiles
from sovplan.society.persons.handed import Handed, before_first, handed
from sovplan.society.persons.hiring import at_work, fill_posts, follow, place
from sovplan.society.persons.start import society
from sovplan.society.persons.tables import (
    COUNTS,
    GIRLS,
    HIRING,
    LEFT,
    PACKS,
    TOWN,
    VILLAGE,
    tables,
)  # fmt: skip
from sovplan.society.persons.tally import Census, tallied

LIVING: Final = (life.death_rate, life.birth_rate, *rules_in(living, ranks))
"""Rules of the first half of a year."""
GROWING: Final = rules_in(growing)
"""Rules of the second half."""
RULES: Final = (*LIVING, *GROWING)
OUTSIDE: Final = (
    "basket", "town_head", "ineq0", "ineq_max", "union_rate", "g_mort", "camp_inflow",
    "camp_release", "camp_lack", "retire_age", "salaried", "official_part", "women_office",
    "cdr0", "town_death", "start_women", "start_growth", "start_war_births", "start_other",
    "start_literate_town", "start_literate_village", "start_skill", "start_party",
    "start_savings", "start_living", "start_party_town", "start_party_village",
    "start_party_years", "start_reader_young", "start_reader_span", "start_reader_least",
    "start_school_least", "start_school_more", "start_school_power", "start_morale",
    "start_belief", "start_views", "school_most", "call_from", "call_to", "serve_to",
    "study_years", "study_to", "girls", "start_war_to", "start_women_else", "start_school_from",
    "start_reader_from",
    *(f"women_{branch}" for branch in HIRING),
    *(f"{name}_{home}" for name in ("post", "ration", "entry", "rise", "quota") for home in HOMES),
)  # fmt: skip
"""Parameters that the start, the choices and what is handed down read, and no rule."""
PREFIX: Final = "persons/"
"""Before the name of each series."""
SWITCHES: Final = switches_of(RULES)


def halves(off: Iterable[str] = (), girls: float = GIRLS) -> tuple[Composition, Composition]:
    """Return the rules of both halves put together, with a share of girls among the newborn."""
    silent = set(off)
    unborn = tuple(replace(each, births=None) for each in tables())
    first = compose(LIVING, unborn, COUNTS, PACKS, silent & set(switches_of(LIVING)))
    return first, compose(GROWING, tables(girls), LEFT, off=silent & set(switches_of(GROWING)))


@cache
def _engines(
    off: frozenset[str], kind: Kind, small: int, threads: int, girls: float
) -> tuple[Engine, Engine]:
    """Return the engines of both halves: loops that are compiled serve all regimes of a run."""
    one, two = halves(off, girls)
    made = (Engine(each, kind, threads=threads, small=small) for each in (one, two))
    return next(made), next(made)


@final
class Persons:
    """Persons on their way through the years of the country.

    Parameters
    ----------
    setting
        What they are made with.
    kind, small
        As in `Engine`.
    """

    def __init__(self, setting: Setting, kind: Kind = "kept", small: int = 65536) -> None:
        self.setting: Final = setting
        self.parameters: Final = setting.parameters
        self.engines: Final = _engines(
            setting.off & frozenset(SWITCHES),
            kind,
            small,
            setting.threads,
            self.parameters["girls"],
        )
        self.rows: dict[str, Rows] = {}
        self.before: Quarter | None = None
        self.drift = 0.0
        self.ledger: Ledger | None = None
        self.census: Census
        self.bodies: Final = bodies.Bodies(setting, "plain" if kind == "plain" else "arrays")

    def live(self, year: int, books: Sequence[Quarter]) -> Iterator[Figure]:
        """Do a year; return its figures.

        Raises
        ------
        IdentityBroken
            An account does not close: a mistake of the program.
        """
        given = handed(books, self.before, self.setting.inputs, self.parameters)
        first = not self.rows
        if first:
            self._begin(before_first(books), given)
        values = self._hand_down(given)
        # The loops of the second half see rows as the first has left them.
        self.engines[0].year(self.rows, Given(self.setting.seed, year, values))
        people = self.rows["people"]
        lived = Ledger.of(year, self.rows, values["all_goods"])
        draw = Drawing(people, year)
        done = choose(draw, given, self.parameters, self.setting.off)
        tally = tallied(people)
        values["skill_nation"] = given.skill
        missing = sum(draw.missing.values())
        found = list(figures(tally, self.rows["nation"], values, done, missing))
        works = at_work(draw)
        officials = works.at[works["home"] == OFFICIAL]
        offices = list(self.bodies.live(year, people, officials, values))
        values["turnover_now"] = tally.mean("leaves", "points")
        self.engines[1].year(self.rows, Given(self.setting.seed, year, values))
        newborn = people["age"] == 0
        people["stratum"][newborn] = people["home"][newborn]
        left = int(self.rows["nation"]["estates"][0])
        self.census = Census.of(people)
        self.ledger = close(lived, self.ledger, self.census, given, left)
        self._remember()
        self.before = books[-1]
        for each in found:
            yield replace(each, series=f"{PREFIX}{each.series}")
        yield from offices

    def _begin(self, people: tuple[int, int], given: Handed) -> None:
        """Make the persons of the first 1 January, at work as in the first year."""
        self.rows = society(people, self.setting.persons, self.parameters, self.setting.seed)
        rows = self.rows["people"]
        rows["rank_lot"][:] = np.arange(rows.size) % 9973 / 9973.0
        draw = Drawing(rows, given.year - 1)
        town = (
            (rows["place"] == TOWN)
            & (rows["home"] == WORKER)
            & (rows["age"] >= self.parameters["work_from"])
        )
        able = draw.who(town & (rows["age"] < int(self.parameters["retire_age"])))
        hands = draw.first("first hands", able, sum(given.hands.values()), self._first_hands)
        place(draw, Crowd(draw.rows, np.sort(hands)), given.hands, self.parameters)
        draw.rows["hired"][:] = 0
        draw.rows["rank_post"][:] = draw.rows["rank_jail"][:] = draw.rows["rank_lot"]
        fill_posts(draw, given, self.parameters, {}, blind="rules.position" in self.setting.off)
        follow(draw, self.parameters)
        made = self.rows["people"]
        made["origin"][:] = made["home"]
        self.census = Census.of(made)

    def _first_hands(self, crowd: Crowd) -> Stored:
        """Return the ranks by which the first workers are hired."""
        women = self.parameters["women_hire"]
        return crowd["rank_lot"] / np.where(crowd["sex"] > 0, women, 1.0)

    def _hand_down(self, given: Handed) -> dict[str, float]:
        """Write what the nation says to the tables above persons; return all values."""
        values = {**self.parameters, **given.values}
        self.drift += values["union_rate"] * values["union_power"] * values["output_rise"]
        heads = self.census.heads.sum(axis=1)
        kept = np.zeros(len(CLASSES))
        for state, name in ((SOLDIER, "soldier"), (STUDENT, "student"), (PRISONER, "prisoner")):
            kept[state] = values[f"keep_{name}"]
        each = np.array(
            [
                values["basket"] * values["village_living"],
                values["basket"] * values["town_head"] * values["town_living"],
            ]
        )
        whole = float(each @ heads)
        mean = whole / float(heads.sum())
        # Who is kept by the state lives on a part of the mean; the rest of a place is for the rest.
        left = each * heads - self.census.heads @ kept * mean
        free = float(self.census.heads[VILLAGE, kept == 0.0].sum())
        local = self.rows["local"]
        local["income"][:] = (left[VILLAGE] / max(free, 1.0), 0.0)
        local["excess"][:] = (values["excess_village"], values["excess_town"])
        local["fair"][:] = (values["basket"], values["basket"] * values["town_head"])
        values |= {
            "all_goods": whole,
            "mean_goods": mean,
            "town_goods": float(left[TOWN]),
            "union_drift": self.drift,
            "wage_scale": self._scale(values),
        }
        return values

    def _scale(self, values: Mapping[str, float]) -> float:
        """Return x of rule R13: log pay from the bottom to the top of the scale.

        The decile ratio is ineq0 + (ineq_max - ineq0) wage_spread; pay is e^(x standing), so
        x = ln(ratio) / (standing at 90 % - standing at 10 %) of who is at work on 1 January.
        """
        people = self.rows["people"]
        works = np.flatnonzero(people["works"] > 0)
        ratio = values["ineq0"] + (values["ineq_max"] - values["ineq0"]) * values["wage_spread"]
        low, high = quantiles(people["standing"].take(works), people["weight"].take(works))
        low, high = (each / people.table.column("standing").scale for each in (low, high))
        return float(np.log(ratio)) / max(high - low, 1e-6)

    def _remember(self) -> None:
        """Keep what a head of each class had, for the effort of the next year."""
        living_ = self.rows["class"]["living"]
        fair = self.parameters["basket"] * self.parameters["town_head"]
        heads, had = self.census.grown, self.census.had
        for home in np.flatnonzero(heads[: len(HOMES)]):
            living_[home] = had[home] / heads[home] / fair


PERSONS_KIND: Final = LayerKind(
    "persons",
    (*SWITCHES, *bodies.SWITCHES),
    {**{f"{PREFIX}{name}": unit for name, unit in UNITS.items()}, **OFFICE_UNITS},
    Persons,
    (*RULES, *bodies.RULES),
    (f"{PREFIX}prisoners_dead", f"{PREFIX}prisoners_mortality"),
    lambda: (*halves(), bodies.composed()),
)
"""Persons as rows that live in every run of the country."""
