"""What each switch of the country moves most among the columns that its own rules write.

Main figures of a run do not feel every rule: some act before 1921 only, some under other
institutions than history's, some write what no other rule reads. So each switch is looked at in the
run from 1917, and those that history's institutions keep idle in the regime that uses them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, final

import numpy as np

from sovplan.lab.markets import MONEY
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.order import rules, switches
from sovplan.society.nation.year import Quarter, run_nation

FIRST_YEAR: Final = 1917
WHOLE: Final = "as_it_was_whole"
"""The regime in which all acts that the trial of the specification had not."""
ABOLISHED: Final = "plan_abolished_1935"
"""The regime without a plan from 1935."""
ACTING: Final = (
    "rules.quota_report", "rules.quota_ahead", "rules.quota_area", "rules.sowing_trust",
    "rules.joining",
    "rules.theft_missed", "rules.trade_balance", "rules.debts", "rules.displacing",
    "rules.leaving", "rules.later_flight",
)  # fmt: skip
"""Switches of rules of village, trade and shops that act under that regime only."""
CARRYING: Final = (
    "rules.camp_work", "rules.frontier", "rules.embody", "rules.display", "rules.defects",
    "rules.arms_bound", "rules.materials_bound",
)  # fmt: skip
"""Switches of rules of production that do."""
DRIVING: Final = (
    "rules.hours", "rules.incentives", "rules.bonus_effort", "rules.recovery",
    "rules.base_change", "rules.link_tenure", "rules.ages", "rules.births_later",
    "rules.turnover", "rules.norm_changes",
)  # fmt: skip
"""Switches of rules of effort, hours, trust and ages that do."""
USED_BY: Final = {
    "rules.town_money": MONEY,
    "rules.village_money": MONEY,
    **dict.fromkeys((*ACTING, *CARRYING, *DRIVING), WHOLE),
    **dict.fromkeys(("rules.dissolution", "rules.chains"), ABOLISHED),
}
"""Regime in which a switch is looked at, if not in that of history."""


@final
@dataclass(frozen=True, slots=True)
class Moved:
    """A column where it differs most between a run with a rule and one without it.

    Parameters
    ----------
    switch
        What was turned off.
    regime
        Institutions in force.
    column
        Name of the column of the country; "" if none at all differs.
    year, quarter
        When it differs most.
    on, off
        What it is with the rule and without it.
    """

    switch: str
    regime: str
    column: str = ""
    year: int = FIRST_YEAR
    quarter: int = 1
    on: float = 0.0
    off: float = 0.0


def written(switch: str) -> tuple[str, ...]:
    """Return the columns that the rules of a switch write, each once."""
    pieces = (piece for piece in rules() if piece.switch == switch)
    return tuple(dict.fromkeys(column for piece in pieces for column in piece.writes))


@cache
def moved(switch: str) -> Moved:
    """Return the column of a switch's own rules that differs most; if none does, any that does.

    Rules of sectors write columns of sectors; what they move in the country is then shown.
    Differences are measured against the greatest size that the column has in either run, so that a
    share and a count can be held against each other.
    """
    regime = USED_BY.get(switch, HISTORY)
    on, off = _books(regime), _books(regime, switch)
    own = [column for column in written(switch) if column in on[-1].nation]
    for columns in (own, list(on[-1].nation)):
        apart = {column: _apart(_course(on, column), _course(off, column)) for column in columns}
        most = max(apart, key=lambda column: float(apart[column].max()), default="")
        if most and apart[most].any():
            at = int(apart[most].argmax())
            one, other = on[at].nation[most], off[at].nation.get(most, 0.0)
            return Moved(switch, regime, most, on[at].year, on[at].quarter, one, other)
    return Moved(switch, regime)


def _apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    size = max(float(np.abs(one).max()), float(np.abs(other).max()))
    return np.abs(one - other) / size if size else np.zeros(len(one))


def all_moved() -> Iterator[Moved]:
    """Yield what each switch of the country moves most, in the order of the rules."""
    yield from map(moved, switches())


def _course(books: Sequence[Quarter], column: str) -> np.ndarray:
    return np.array([each.nation.get(column, 0.0) for each in books])


@cache
def _books(regime: str, off: str = "") -> tuple[Quarter, ...]:
    inputs = country_inputs(regime, FIRST_YEAR)
    return run_nation(inputs, model_parameters(), (off,) if off else ())
