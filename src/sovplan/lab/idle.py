"""Parameters that are set and reach nothing in a run: no rule that reads them makes use of them.

A rule makes nothing of a parameter where its switch is turned off, or where what institutions and
other numbers are in all years of the run leaves nothing of it in what the rule writes. Both are
read off declarations and texts of rules; no run is made twice. Where they do not tell, nothing is
claimed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.forced import forced_states
from sovplan.history.nation import QUARTERS, NationInputs
from sovplan.lab.causes import Idle, Known, idle_rule
from sovplan.lab.layers import layer_rules
from sovplan.lab.markets import MONEY
from sovplan.lab.readers import read_outside
from sovplan.records.scenario import Country
from sovplan.regimes.countries import HISTORY, CountryRegime, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.report.run_series import in_words
from sovplan.society.nation.order import rules


def remarks(scenario: Country, regimes: Sequence[CountryRegime]) -> Iterator[str]:
    """Yield a sentence for each parameter of a run that is set and changes or reaches nothing.

    Regimes may differ in why; then each reason has a sentence, with the regimes it holds under.

    Parameters
    ----------
    scenario
        The scenario with its switches and parameters.
    regimes
        The regimes of the run.
    """
    usual = model_parameters()
    for name, value in scenario.parameters.items():
        if value == usual[name]:
            yield say("country.idle.same", name=name, value=figure(value))
            continue
        found: dict[str, list[str]] = {}
        for regime in regimes:
            readers = idle(name, scenario, regime)
            if readers:
                said = "; ".join(dict.fromkeys(map(_read, readers)))
                found.setdefault(said, []).append(regime.name)
        for said, silent in found.items():
            where = _where(silent, len(regimes))
            yield say("country.idle.said", name=name, where=where, readers=said)


def moving(scenario: Country, regime: CountryRegime) -> Known:
    """Return the parameters of a run that are not those of the package and may move a number.

    Parameters that reach nothing are put back to the package one after the other, each beside all
    that are left: two may each reach nothing beside the other, and yet something without it.

    Parameters
    ----------
    scenario, regime
        What is run.
    """
    usual = model_parameters()
    left = {name: v for name, v in scenario.parameters.items() if v != usual.get(name)}
    while True:
        now = replace(scenario, parameters=left)
        silent = next((name for name in left if idle(name, now, regime)), None)
        if silent is None:
            return left
        del left[silent]


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
    known = constants(country_inputs(regime, scenario.first_year), scenario)
    if regime.name == HISTORY:
        # Beside history stands what its towns would pay with money: a cause must hold in both.
        beside = constants(country_inputs(MONEY, scenario.first_year), scenario)
        known = {each: value for each, value in known.items() if beside.get(each) == value}
    found: list[Idle] = []
    for piece in (*rules(), *layer_rules()):
        if name in piece.parameters:
            one = idle_rule(name, piece, known, scenario)
            if one is None:
                return ()
            found.append(one)
    return tuple(found)


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


def _where(silent: Sequence[str], many: int) -> str:
    """Return where a parameter reaches nothing."""
    if len(silent) == many:
        return say("country.idle.run")
    return say("country.idle.under", regimes=in_words([f"`{each}`" for each in silent]))


def _read(each: Idle) -> str:
    """Return how a rule reads a parameter and makes nothing of it, with all causes."""
    spoken = {"number": each.rule.number, "name": each.rule.name.replace("_", " ")}
    causes = [
        *(say("country.idle.given", name=name, value=figure(v)) for name, v in each.given.items()),
        *(say("country.idle.number", name=name, value=figure(v))
          for name, v in each.numbers.items()),
    ]  # fmt: skip
    if not causes:
        key = "off" if each.switch else "text"
        return say(f"country.idle.{key}", **spoken, switch=each.switch)
    how = "alone" if each.alone else "together"
    of_many = how if len(causes) > 1 else "since"
    key = f"off_{how}" if each.switch else of_many
    return say(f"country.idle.{key}", **spoken, switch=each.switch, causes=in_words(causes))
