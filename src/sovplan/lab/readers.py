"""Which rules of the country read which parameter of the model."""

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import INSTITUTION, nation_inputs
from sovplan.lab.layers import layer_rules, layer_switches
from sovplan.records.findings import nearest
from sovplan.regimes.model import changed_parameters, model_parameters
from sovplan.society.collectives.layer import OUTSIDE as FARMS
from sovplan.society.farms.village import OUTSIDE as VILLAGE
from sovplan.society.nation.order import rules, switches
from sovplan.society.persons.year import OUTSIDE
from sovplan.society.workplaces.planning import distortion

START: Final = "start"
"""What reads a parameter that no rule declares: the start of rows and what is handed to them."""
_AT_START: Final = (
    "O_1921", "works_number", "works_spread", "household", "farm_spread", "farm_soil",
    "common_plot", "war_births_from", "war_births_to", *VILLAGE, *OUTSIDE,
)  # fmt: skip
"""Parameters that are read outside rules, and by no rule or besides."""
_BESIDE_RULES: Final = (
    "mu_dump", "hands_scale", "b_min", "women_hire", "scale_skill", "scale_school",
    "scale_talent", "keep_soldier", "keep_student", "keep_prisoner", "die_child", "die_young",
    "die_base", "die_old", "die_rise", "die_young_to", "die_women", "die_all_from", "war_from",
    "war_to", "party_from", "party_to", "work_from", "work_to", "jail_from", "jail_to",
    "move_young_from", "move_young_to", *FARMS,
)  # fmt: skip
"""Parameters of rules that the start of a run and its figures read too."""


@cache
def readers() -> Mapping[str, str]:
    """Return the numbers of the rules that read each parameter, by its name."""
    found: dict[str, dict[str, None]] = {}
    for piece in (*rules(), *layer_rules()):
        for name in piece.parameters:
            found.setdefault(name, {})[piece.number] = None
    for name in _AT_START:
        found.setdefault(name, {})[START] = None
    return MappingProxyType({name: ", ".join(numbers) for name, numbers in found.items()})


@cache
def read_outside() -> frozenset[str]:
    """Return the parameters that something reads which is no rule, besides rules that may do."""
    return frozenset((*_AT_START, *_BESIDE_RULES, *distortion.parameters))


def check_read(names: Collection[str]) -> None:
    """Do nothing if every parameter is read.

    Raises
    ------
    DataError
        No rule that is built reads a parameter: changing it would change nothing.
    """
    for name in names:
        if name not in readers():
            text = say("regimes.parameter.unread")
            raise DataError(say("regimes.parameter.wrong", name=name, text=text))


def check_switches(names: Collection[str]) -> None:
    """Do nothing if every name is that of a switch.

    Raises
    ------
    DataError
        No rule of the country has a switch of a name.
    """
    known = (*switches(), *layer_switches())
    for name in names:
        if name in model_parameters():
            raise DataError(say("country.switch_number", name=name))
        if name not in known:
            near = nearest(name, known)
            raise DataError(say("country.switch", name=name, nearest=near))


def check_numbers(values: Mapping[str, float], *, beyond: bool) -> None:
    """Do nothing if every value is that of a parameter which is read, and within its range.

    Parameters
    ----------
    values
        Values by name of the parameter.
    beyond
        Whether they may lie outside their ranges.

    Raises
    ------
    DataError
        A name is that of no parameter, but of a switch, of what a regime sets or of nothing; a
        value lies outside its range; no rule that is built reads a parameter.
    """
    about = nation_inputs().about
    for name in values:
        kind = ""
        if name in (*switches(), *layer_switches()):
            kind = "switch"
        elif name in about:
            kind = "institution" if about[name].kind == INSTITUTION else "path"
        if kind:
            text = say(f"regimes.parameter.is_{kind}", name=name)
            raise DataError(say("regimes.parameter.wrong", name=name, text=text))
    changed_parameters(values, beyond=beyond)
    check_read(values)
