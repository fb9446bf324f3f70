"""The rules of decision by name; a new one is one file and one line here."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from sovplan.councils import median as median_rule
from sovplan.councils import schulze as schulze_rule
from sovplan.councils import stv as stv_rule
from sovplan.councils.approval import approval
from sovplan.councils.median import median
from sovplan.councils.plurality import plurality
from sovplan.councils.runoff import runoff
from sovplan.councils.sainte_lague import sainte_lague
from sovplan.councils.schulze import schulze
from sovplan.councils.stv import stv
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballots, Decision
from sovplan.records.findings import nearest

Rule: TypeAlias = Callable[..., Decision]
"""``rule(ballots, *, seats=1, filed_by, lot=None)``."""

RULES: Final[Mapping[str, Rule]] = {
    "schulze": schulze,
    "approval": approval,
    "plurality": plurality,
    "runoff": runoff,
    "median": median,
    "stv": stv,
    "sainte_lague": sainte_lague,
}
"""Each takes ballots, the number of seats and the body's name, and gives a decision."""

_DETAILS: Final[Mapping[str, Callable[[Ballots, int], dict[str, Any]]]] = {
    "schulze": lambda ballots, _seats: schulze_rule.details(ballots),
    "median": lambda ballots, _seats: median_rule.details(ballots),
    "stv": stv_rule.details,
}


_ALSO: Final[Mapping[str, str]] = {
    "beatpath": "schulze",
    "instant_runoff": "runoff",
    "irv": "runoff",
    "scottish_stv": "stv",
    "webster": "sainte_lague",
}
"""Other names that the literature has for the same rules."""


def rule_name(text: str) -> str:
    """Return the name of a rule however it is written: with - or _, in capitals, or as ``irv``.

    Raises
    ------
    DataError
        There is no such rule.
    """
    name = text.strip().lower().replace("-", "_")
    name = _ALSO.get(name, name)
    if name not in RULES:
        near = nearest(name, list(RULES))
        raise DataError(say("councils.unknown", found=text, nearest=near))
    return name


def details(rule: str, ballots: Ballots, seats: int) -> dict[str, Any]:
    """Return what else a rule can show for a check by hand; nothing for most rules."""
    found = _DETAILS.get(rule)
    return {} if found is None else found(ballots, seats)
