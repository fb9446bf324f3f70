"""What changes among workplaces when one of their mechanisms is taken out, or debate is let in.

Rows do not act back on the quarters, so the switches of workplaces move none of the figures of
`switches`; they have figures of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Final, final

from sovplan.foundation.numbers import figure
from sovplan.history.nation import NationInputs
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.workplaces.layer import KIND, RULES, SWITCHES

TAUT, LATER, _DRIVE = 1931, 1937, 1929


@final
@dataclass(frozen=True, slots=True)
class WorksCase:
    """One thing taken out or let in, history else.

    Parameters
    ----------
    name
        What is done, in the words of the page.
    off
        A switch, or ''.
    institutions
        Values that hold from 1929 on in place of those of history.
    parameters
        Values in place of those of the package.
    """

    name: str
    off: str = ""
    institutions: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)


@final
@dataclass(frozen=True, slots=True)
class WorksEffects:
    """Figures of one run.

    Parameters
    ----------
    taut, fulfilled, quality, late
        Heavy goods of 1931: target over capacity, per cent of the target made, use of a rouble of
        output, per cent of the year that falls to the last quarter.
    errors, spread, spread_1937
        Spread of the log errors of drafts in 1931; of what was made over its target, 1931 and 1937.
    slack, padded, withheld, untrue, found
        Of 1931, per cent: capacity not stated, output added to and kept back from reports, reports
        off by more than 1 %, and those of them that were found.
    padded_1937
        As `padded`.
    distortion
        At the end of 1937.
    norms, piece_pay, bonus
        Of 1937: norms of piecework, start of the run = 100; pay of an hour, that at the norm = 100;
        bonus of a manager, per cent of salary.
    """

    taut: float
    fulfilled: float
    quality: float
    late: float
    errors: float
    spread: float
    spread_1937: float
    slack: float
    padded: float
    padded_1937: float
    withheld: float
    untrue: float
    found: float
    distortion: float
    norms: float
    piece_pay: float
    bonus: float


DEBATE: Final = {"factions": 1.0, "press": 0.9, "recall": 0.5}
"""Institutions of run C6 (section 6.2 of the specification), as `command_with_debate` has them."""
_SPOKEN: Final = {name: DEBATE[name] for name in ("factions", "press")}
ALL_WORKS: Final = WorksCase("nothing")
DEBATES: Final = (
    WorksCase("factions and press", institutions=_SPOKEN),
    WorksCase("recall", institutions={"recall": DEBATE["recall"]}),
    WorksCase("factions, press and recall (C6)", institutions=DEBATE),
    WorksCase("C6, the least correction (crit = 0.3)", institutions=DEBATE,
              parameters={"crit": 0.3}),
    WorksCase("C6, the most correction (crit = 0.9)", institutions=DEBATE,
              parameters={"crit": 0.9}),
    WorksCase("C6, and nothing distorted", institutions=DEBATE, parameters={"dist_base": -20.0}),
    WorksCase("nothing distorted, no debate", parameters={"dist_base": -20.0}),
)  # fmt: skip
"""Run C6 taken apart, and what it rests on."""


RANGED: Final = (
    "slack_max", "rho_disc", "err0", "err_d", "err_keep", "crit", "dist_a", "R_info", "over_press",
    "over_max", "p_user", "q_taut", "storm", "works_luck", "works_spread",
)  # fmt: skip
"""Assumed numbers that are tried at both ends of their range."""


def works_ends() -> tuple[WorksCase, ...]:
    """Return two cases for each of `RANGED`: the low and the high end of its range."""
    about = {each.name: each for each in model_parameter_table()}
    return tuple(
        WorksCase(f"{name} = {figure(end)}", parameters={name: end})
        for name in RANGED
        for end in (about[name].low, about[name].high)
    )


def works_flipped() -> tuple[WorksCase, ...]:
    """Return one case for each switch of workplaces."""
    return tuple(WorksCase(name, off=name) for name in SWITCHES)


def works_numbers_of(switch: str) -> str:
    """Return the numbers of the rules that a switch of workplaces turns off."""
    return ", ".join(dict.fromkeys(rule.number for rule in RULES if rule.switch == switch))


@cache
def works_effects(name: str = ALL_WORKS.name) -> WorksEffects:
    """Run a case of `works_flipped`, `DEBATES` or `works_ends` under history."""
    case = {each.name: each for each in (ALL_WORKS, *works_flipped(), *DEBATES, *works_ends())}[
        name
    ]
    found = _figures(case)

    def at(series: str, year: int = TAUT) -> float:
        return found[year, f"works/{series}"]

    return WorksEffects(
        taut=at("taut/heavy"),
        fulfilled=at("fulfilment/heavy"),
        quality=at("quality/heavy"),
        late=at("late/heavy"),
        errors=at("errors"),
        spread=at("spread"),
        spread_1937=at("spread", LATER),
        slack=at("slack"),
        padded=at("padded"),
        padded_1937=at("padded", LATER),
        withheld=at("withheld"),
        untrue=at("untrue"),
        found=at("found"),
        distortion=at("distortion", LATER),
        norms=at("norms", LATER),
        piece_pay=at("piece_pay", LATER),
        bonus=at("bonus", LATER),
    )


def _from_drive(value: float, year: int, before: float) -> float:
    return value if year >= _DRIVE else before


def _figures(case: WorksCase) -> Mapping[tuple[int, str], float]:
    """Return the real figures of both years, by year and series."""
    inputs, years = _country(tuple(case.institutions.items()))
    parameters = {**model_parameters(), **case.parameters}
    off = frozenset({case.off} if case.off else ())
    layer = KIND.make(Setting(inputs, parameters, 1, off))
    found = {}
    for year, books in years.items():
        for each in layer.live(year, books):
            if year in (TAUT, LATER) and each.kind == "real":
                found[year, each.series] = each.value
    return found


@cache
def _country(
    institutions: tuple[tuple[str, float], ...],
) -> tuple[NationInputs, Mapping[int, Sequence[Quarter]]]:
    """Return history with some institutions moved from 1929 on: inputs, and quarters by year.

    Parameters that cases move act on workplaces alone under history, so the quarters stay as they
    are: what else reads them is reckoned in as_it_was_whole only.
    """
    inputs = country_inputs(HISTORY)
    for name, value in institutions:
        inputs = inputs.changed(name, partial(_from_drive, value))
    books = run_nation(inputs, model_parameters())
    years = range(books[0].year, LATER + 1)
    return inputs, {year: [each for each in books if each.year == year] for year in years}
