"""Parameters that are set and reach nothing in a run: the rules that read them are off there.

A rule is off where its switch is turned off, or where what institutions are in all years of the run
leaves nothing of the parameter in what the rule writes. Both are read off declarations and texts of
rules; no run is made twice. Where they do not tell, nothing is claimed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from sovplan.foundation.engine.block import Piece
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.forced import forced_states
from sovplan.history.nation import QUARTERS, NationInputs
from sovplan.lab.folding import reaching
from sovplan.lab.layers import layer_rules
from sovplan.lab.markets import MONEY
from sovplan.lab.readers import read_outside
from sovplan.records.scenario import Country
from sovplan.regimes.countries import HISTORY, CountryRegime, country_inputs
from sovplan.regimes.model import changed_parameters
from sovplan.report.run_series import in_words
from sovplan.society.nation.order import rules

Known: TypeAlias = Mapping[str, float]
"""Values of institutions and of what is given, where they are the same in all quarters."""

_OF_NATION: Final = ("nation", "sectors")
"""Tables whose rules read what is given under its own name."""


@final
@dataclass(frozen=True, slots=True)
class Idle:
    """A rule that reads a parameter and makes nothing of it.

    Parameters
    ----------
    rule
        The rule.
    switch
        Its switch if that is turned off, else "".
    given
        What is given and the same in all quarters, each of which alone leaves nothing of the
        parameter.
    """

    rule: Piece
    switch: str
    given: Known


def remarks(scenario: Country, regimes: Sequence[CountryRegime]) -> Iterator[str]:
    """Yield a sentence for each parameter of a run that is set and reaches nothing.

    Parameters
    ----------
    scenario
        The scenario with its switches and parameters.
    regimes
        The regimes of the run.
    """
    for name in scenario.parameters:
        found = {each.name: idle(name, scenario, each) for each in regimes}
        silent = [each for each, which in found.items() if which]
        if silent:
            where = _where(silent, len(regimes))
            # Regimes may differ in what is off: the rules are those of the first.
            said = "; ".join(_read(each) for each in found[silent[0]])
            yield say("country.idle", name=name, where=where, readers=said)


def idle(name: str, scenario: Country, regime: CountryRegime) -> tuple[Idle, ...]:
    """Return the rules that read a parameter, if it reaches nothing under a regime.

    Parameters
    ----------
    name
        The parameter.
    scenario, regime
        What is run.

    Returns
    -------
    tuple of Idle
        All rules that read it; none where something may be made of it.
    """
    if name in read_outside():
        return ()
    inputs = [country_inputs(regime, scenario.first_year)]
    if regime.name == HISTORY:
        # Beside history stands what its towns would pay with money.
        inputs.append(country_inputs(MONEY, scenario.first_year))
    found: list[Idle] = []
    for each in inputs:
        known = constants(each, scenario)
        for piece in (*rules(), *layer_rules()):
            if name in piece.parameters:
                one = _idle(name, piece, known, scenario)
                if one is None:
                    return ()
                found.append(one)
    return tuple({each.rule.name: each for each in reversed(found)}.values())[::-1]


def constants(inputs: NationInputs, scenario: Country) -> Known:
    """Return what is given and the same in all quarters that are shown and in those after them."""
    years = range(scenario.first_year, scenario.first_year + scenario.years + 1)
    times = [(year, q) for year in years if year in inputs.years for q in QUARTERS]
    first = inputs.at(*times[0])
    moved = {
        name for time in times for name, v in inputs.at(*time).items() if v != first[name]
    }  # fmt: skip
    # What history forces is put in the place of what is given.
    return {name: v for name, v in first.items() if name not in moved | forced_states().keys()}


def _idle(name: str, piece: Piece, known: Known, scenario: Country) -> Idle | None:
    """Return how a rule makes nothing of a parameter; None where it makes something of it."""
    turned = piece.switch if piece.switch in scenario.off else ""
    if turned and not piece.off:
        return Idle(piece, turned, {})
    parameters = changed_parameters(scenario.parameters, beyond=True)
    fixed = {each: parameters[each] for each in piece.parameters if each != name}
    fixed |= piece.off if turned else {}
    if name in fixed:
        return Idle(piece, turned, {})
    names = [*piece.institutions, *(piece.reads if piece.table in _OF_NATION else ())]
    given = {each: known[each] for each in names if each in known and each not in fixed}
    if _reaches(name, piece, fixed | given):
        return None
    alone = {
        each: value
        for each, value in given.items()
        if not _reaches(name, piece, {**fixed, each: value})
    }
    turned_alone = not _reaches(name, piece, fixed)
    return Idle(piece, turned if turned_alone else "", {} if turned_alone else alone)


def _reaches(name: str, piece: Piece, known: Known) -> bool:
    """Return whether a parameter reaches what a rule writes, or may do."""
    found = reaching(piece.law, {each.replace(".", "_"): value for each, value in known.items()})
    return found is None or name in found


def _where(silent: Sequence[str], many: int) -> str:
    """Return where a parameter reaches nothing."""
    if len(silent) == many:
        return say("country.idle_run")
    return say("country.idle_under", regimes=in_words([f"`{each}`" for each in silent]))


def _read(each: Idle) -> str:
    """Return how a rule reads a parameter and makes nothing of it."""
    spoken = {"number": each.rule.number, "name": each.rule.name.replace("_", " ")}
    if each.switch:
        return say("country.idle_off", **spoken, switch=each.switch)
    if each.given:
        said = [f"`{name}` is {figure(value)}" for name, value in each.given.items()]
        return say("country.idle_given", **spoken, given=in_words(said))
    return say("country.idle_text", **spoken)
