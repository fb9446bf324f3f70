"""The institutions in force in one year: who decides, who checks, who is served first.

Rules read these values and nothing else about a society's order; no rule reads its name.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, TypeGuard, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest

USES: Final = ("floors", "heavy", "light", "building", "public", "exports", "people")
"""Classes of use between which a short good is divided: the least that people must have, inputs of
producer and of consumer branches, building, public uses, exports, people beyond the least."""

CLASSES: Final = ("peasant", "worker", "specialist", "official")
"""Classes of people that rations tell apart."""

DRAFTERS: Final = ("consumption", "even", "building", "command")
"""Profiles of drafts: consumption first, all needs evenly, building first, targets by command."""

IMPOSED: Final = "imposed"
"""The decision rule of a leadership: the first draft holds, and nobody votes."""

InstitutionValue: TypeAlias = float | int | str | tuple[str, ...] | Mapping[str, float]
"""What an institution can be set to."""


@final
@dataclass(frozen=True, slots=True)
class Kind:
    """What an institution can be set to, and which rules read it.

    Parameters
    ----------
    form
        `number`, `whole` number, `name`, `names` without repetition, `order` of all uses, or
        `norms`: a number for each class of people.
    rules
        Numbers of the rules that read it.
    least, most
        Range of a number.
    """

    form: Literal["number", "whole", "name", "names", "order", "norms"]
    rules: tuple[str, ...]
    least: float = 0.0
    most: float = 1.0


@final
@dataclass(frozen=True, slots=True)
class Institutions:
    """Values of all institutions in one year.

    Parameters
    ----------
    drafters
        Profiles of the drafts that planners put forward: some of `DRAFTERS`. Names. Read by R06,
        R09.
    decision_rule
        How a draft is adopted: a voting rule of the councils, or "imposed". Name. Read by R06.
    rural_vote
        Weight of a rural voter's ballot against an urban one's. Number, 0 to 5. Read by R32.
    plan_years
        Years that each yearly draft looks ahead. Whole number, 1 to 15. Read by R09.
    ratchet
        Share of over-fulfilment that is added to the next target (lambda). Number, 0 to 1. Read
        by R06.
    feasibility_check
        How far targets are held against stated capacity before they bind. Number, 0 to 1.
        Read by R06.
    ambition_heavy
        Yearly growth that a leadership asks of producer goods (0.2 is 20 % a year). Number, -0.5
        to 2. Read by R06.
    ambition_light
        The same for consumer goods. Number, -0.5 to 2. Read by R06.
    bonus
        Reward of over-fulfilment: share of pay per unit of it (2: one per cent over the plan
        brings two per cent of pay). Number, 0 to 10. Read by R06, R10.
    penalty_shortfall
        Weight of the penalty for missing a target. Number, 0 to 1. Read by R10.
    penalty_lie
        Weight of the penalty for a false report that is found. Number, 0 to 1. Read by R10.
    open_books
        How far workers may read the books of their workplace. Number, 0 to 1. Read by R06,
        R10, R11.
    audit
        Independence of state inspectors from those they inspect. Number, 0 to 1. Read by
        R11.
    consumer_control
        Chance of a check by users and consumers. Number, 0 to 1. Read by R11.
    committee_power
        Say of workplace committees over production. Number, 0 to 1. Read by R04.
    appointment
        Share of posts filled from above. Number, 0 to 1. Read by R11, R12.
    priority
        How a shortage is divided: 0 in equal shares, 1 strictly by `supply_order`. Number, 0 to 1.
        Read by R01.
    supply_order
        All classes of use, the first to be served first: `USES` in any order. Order. Read by R01.
    wage_spread
        Spread of pay: 0 for the decile ratio under a cap, 1 for the greatest one. Number, 0 to 1.
        Read by R13.
    pay_cap
        How far a ceiling on officials' pay binds. Number, 0 to 1. Read by R13.
    closed_supply
        How far officials are supplied apart, in closed shops, before all others. Number, 0 to 1.
        Read by R13, R15.
    officials_share
        Officials among earners outside farming. Number, 0 to 1. Read by R33.
    ration
        Share of consumer supply that goes out on ration cards. Number, 0 to 1. Read by R15.
    ration_norms
        Ration by class of people (`CLASSES`), 1 for a worker of a favoured branch. Norms, 0 to 5.
        Read by R15.
    price_rule
        Correction of shop prices by stocks: 0 fixed, 1 in full. Number, 0 to 1. Read by
        R15.
    hours
        Legal working day over that of the economy's first year. Number, 0.25 to 2. Read by R03,
        R04.
    labour_law
        Strictness of penal labour law. Number, 0 to 1. Read by R04.
    police_power
        Power of the political police. Number, 0 to 1. Read by R12.
    union_power
        Power of unions over pay. Number, 0 to 1. Read by no rule yet.
    trust
        Trust of workplaces that what they say will not be turned against them. Number, 0 to 1.
        Read by R06, R10.

    Raises
    ------
    DataError
        A value is out of its range, or a name is not known; all of them are named.
    """

    drafters: tuple[str, ...]
    decision_rule: str
    rural_vote: float
    plan_years: int
    ratchet: float
    feasibility_check: float
    ambition_heavy: float
    ambition_light: float
    bonus: float
    penalty_shortfall: float
    penalty_lie: float
    open_books: float
    audit: float
    consumer_control: float
    committee_power: float
    appointment: float
    priority: float
    supply_order: tuple[str, ...]
    wage_spread: float
    pay_cap: float
    closed_supply: float
    officials_share: float
    ration: float
    ration_norms: Mapping[str, float]
    price_rule: float
    hours: float
    labour_law: float
    police_power: float
    union_power: float
    trust: float

    def __post_init__(self) -> None:
        """Check every value."""
        wrong = [
            say("regimes.institution.wrong", name=name, text=text)
            for name in KINDS
            if (text := unfit(name, getattr(self, name)))
        ]
        if wrong:
            raise DataError("; ".join(wrong))


KINDS: Final[Mapping[str, Kind]] = {
    "drafters": Kind("names", ("R06", "R09")),
    "decision_rule": Kind("name", ("R06",)),
    "rural_vote": Kind("number", ("R32",), most=5.0),
    "plan_years": Kind("whole", ("R09",), 1.0, 15.0),
    "ratchet": Kind("number", ("R06",)),
    "feasibility_check": Kind("number", ("R06",)),
    "ambition_heavy": Kind("number", ("R06",), -0.5, 2.0),
    "ambition_light": Kind("number", ("R06",), -0.5, 2.0),
    "bonus": Kind("number", ("R06", "R10"), most=10.0),
    "penalty_shortfall": Kind("number", ("R10",)),
    "penalty_lie": Kind("number", ("R10",)),
    "open_books": Kind("number", ("R06", "R10", "R11")),
    "audit": Kind("number", ("R11",)),
    "consumer_control": Kind("number", ("R11",)),
    "committee_power": Kind("number", ("R04",)),
    "appointment": Kind("number", ("R11", "R12")),
    "priority": Kind("number", ("R01",)),
    "supply_order": Kind("order", ("R01",)),
    "wage_spread": Kind("number", ("R13",)),
    "pay_cap": Kind("number", ("R13",)),
    "closed_supply": Kind("number", ("R13", "R15")),
    "officials_share": Kind("number", ("R33",)),
    "ration": Kind("number", ("R15",)),
    "ration_norms": Kind("norms", ("R15",), most=5.0),
    "price_rule": Kind("number", ("R15",)),
    "hours": Kind("number", ("R03", "R04"), 0.25, 2.0),
    "labour_law": Kind("number", ("R04",)),
    "police_power": Kind("number", ("R12",)),
    "union_power": Kind("number", ()),
    "trust": Kind("number", ("R06", "R10")),
}
"""Every institution, in the order of the fields of `Institutions`."""


def unfit(institution: str, value: object) -> str:
    """Say what is wrong with the value of an institution; '' when it fits.

    Parameters
    ----------
    institution
        A name of `KINDS`.
    value
        What it is to be set to.

    Returns
    -------
    str
        What was found and what was needed, without the name of the institution.
    """
    kind = KINDS[institution]
    return _CHECKS[kind.form](kind, value)


def _number(kind: Kind, value: object) -> str:
    spoken = {"found": value, "least": f"{kind.least:g}", "most": f"{kind.most:g}"}
    if not _is_number(value):
        return say("regimes.institution.number", **spoken)
    inside = kind.least <= value <= kind.most
    return "" if inside else say("regimes.institution.outside", **spoken)


def _whole(kind: Kind, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(kind, value)
    ends = {"least": f"{kind.least:g}", "most": f"{kind.most:g}"}
    return say("regimes.institution.whole", found=value, **ends)


def _name(_: Kind, value: object) -> str:
    fits = isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]*", value)
    return "" if fits else say("regimes.institution.name", found=value)


def _names(_: Kind, value: object) -> str:
    if not _are_names(value) or not value:
        return say("regimes.institution.names", found=value, known=", ".join(DRAFTERS))
    return _unknown_or_twice(value, DRAFTERS)


def _order(_: Kind, value: object) -> str:
    if not _are_names(value):
        return say("regimes.institution.names", found=value, known=", ".join(USES))
    missing = [use for use in USES if use not in value]
    wrong = _unknown_or_twice(value, USES)
    if missing and not wrong:
        return say("regimes.institution.order", missing=", ".join(missing))
    return wrong


def _norms(kind: Kind, value: object) -> str:
    if not isinstance(value, Mapping):
        return say("regimes.institution.norms", found=value, known=", ".join(CLASSES))
    for name in value:
        if name not in CLASSES:
            near = nearest(str(name), CLASSES)
            return say("regimes.institution.unknown", found=name, nearest=near)
    missing = [name for name in CLASSES if name not in value]
    if missing:
        return say("regimes.institution.no_norm", missing=", ".join(missing))
    wrong = [f"{name}: {text}" for name in CLASSES if (text := _number(kind, value[name]))]
    return "; ".join(wrong)


def _unknown_or_twice(names: Sequence[str], known: Sequence[str]) -> str:
    for place, name in enumerate(names):
        if name not in known:
            return say("regimes.institution.unknown", found=name, nearest=nearest(name, known))
        if name in names[:place]:
            return say("regimes.institution.twice", name=name)
    return ""


def _is_number(value: object) -> TypeGuard[float | int]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def _are_names(value: object) -> TypeGuard[Sequence[str]]:
    return isinstance(value, tuple | list) and all(isinstance(name, str) for name in value)


_CHECKS: Final[Mapping[str, Callable[[Kind, object], str]]] = {
    "number": _number,
    "whole": _whole,
    "name": _name,
    "names": _names,
    "order": _order,
    "norms": _norms,
}
