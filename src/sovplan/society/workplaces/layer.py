"""Workplaces as a layer of the country: rows that live a year after its four quarters."""

from collections.abc import Iterable, Mapping, Sequence
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
from sovplan.history.forced import FORCED_YEARS, forced_states
from sovplan.history.nation import SECTORS
from sovplan.society.layers import Figure, LayerKind, Setting
from sovplan.society.nation.year import Quarter
from sovplan.society.workplaces import bonus, making, planning, reporting
from sovplan.society.workplaces.figures import UNITS, figures
from sovplan.society.workplaces.start import workplaces
from sovplan.society.workplaces.tables import BRANCHES, COUNTS, TABLES

RULES: Final = rules_in(planning, making, reporting, bonus)
"""All rules of workplaces, their branches and the centre."""
SWITCHES: Final = switches_of(RULES)

_MILLIARD: Final = 1e9
_FORCED: Final = ("participation", "appointed_share", "repression")
_PLACES: Final = [SECTORS.index(name) for name in BRANCHES]
_SERVICES: Final = BRANCHES.index("services")
_LIGHT: Final = BRANCHES.index("light")
_LATE: Final = 3
_EXACT: Final = 1e-9


@cache
def composed(off: frozenset[str] = frozenset()) -> Composition:
    """Return the rules put together."""
    return compose(RULES, TABLES, COUNTS, off=off)


@cache
def _engine(off: frozenset[str], kind: Kind) -> Engine:
    """Return the engine of workplaces: rules that are written down serve all runs."""
    return Engine(composed(off), kind)


@final
class Workplaces:
    """Workplaces on their way through the years.

    Parameters
    ----------
    setting
        What they are made with.
    kind
        Which engine runs them.
    """

    def __init__(self, setting: Setting, kind: Kind = "arrays") -> None:
        self.parameters: Final = setting.parameters
        self.seed: Final = setting.seed
        sectors = {name: np.array(row) for name, row in setting.inputs.sectors.items()}
        self.by_drive: Final[NDArray[np.float64]] = sectors["by_drive"][_PLACES]
        in_1928 = [quarter.output[_PLACES] * _MILLIARD for quarter in setting.in_1928]
        self.base: Final = np.mean(in_1928, axis=0) if in_1928 else None
        self.rows: Final = workplaces(
            sectors["labour_1928"][_PLACES], self.parameters, self.seed
        )  # fmt: skip
        self.engine: Final = _engine(setting.off & frozenset(SWITCHES), kind)
        self.begun = False

    def live(self, year: int, books: Sequence[Quarter]) -> Iterable[Figure]:
        """Do a year; return its figures.

        Raises
        ------
        IdentityBroken
            What workplaces made is not what the country made.
        """
        self._hand_down(year, books)
        if not self.begun:
            self._open(year)
        self.engine.year(self.rows, self._given(year, books))
        check(self.rows)
        return figures(self.rows, self.base)

    def _given(self, year: int, books: Sequence[Quarter]) -> Given:
        there = {**self.parameters, **books[0].nation}
        names = self.engine.composition.values()
        return Given(self.seed, year, {name: there[name] for name in names})

    def _hand_down(self, year: int, books: Sequence[Quarter]) -> None:
        """Hand the year of the country down to branches, and forced states to the centre."""
        output = np.array([quarter.output[_PLACES] for quarter in books]) * _MILLIARD
        possible = np.array([quarter.possible[_PLACES] for quarter in books]) * _MILLIARD
        possible[:, _SERVICES] = [q.nation["services_possible"] * _MILLIARD for q in books]
        gain = np.array([[q.nation["taut_gain"]] for q in books]) ** self.by_drive
        branch = self.rows["branch"]
        branch["output"][:] = output.mean(axis=0)
        branch["capacity"][:] = (possible / gain).mean(axis=0)
        branch["supply"][:] = np.minimum(output.mean(axis=0) / possible.mean(axis=0), 1.0)
        branch["theft"][_LIGHT] = np.mean([quarter.nation["theft_share"] for quarter in books])
        branch["last_quarter"][:] = output[_LATE] / output.sum(axis=0)
        for name in _FORCED:
            self.rows["centre"][name][:] = forced_states()[name][year].value

    def _open(self, year: int) -> None:
        """Set the papers that stand before the first year, and the distortion it begins with.

        No book tells what was made before: the output of the first year itself stands for it,
        honestly reported.
        """
        rows, branch = self.rows["workplace"], self.rows["branch"]
        start = rows["size"] * branch["output"][rows["branch"]]
        for name in ("record", "target"):
            rows[name][:] = start
        self.rows["centre"]["distortion"][:] = opening_distortion(year, self.parameters)
        self.begun = True


def opening_distortion(year: int, parameters: Mapping[str, float]) -> float:
    """Return distortion at the start of a year: rule R12 from 1917 on, where it was at rest."""
    rule = planning.distortion
    names = {name: parameters[name] for name in rule.parameters}

    def after(distortion: float, at: int, **changed: float) -> float:
        forced = {name: forced_states()[name][at].value for name in _FORCED}
        found = rule(distortion=distortion, **forced, **{**names, **changed})
        assert isinstance(found, float)
        return found

    level = after(0.0, FORCED_YEARS.start, dist_speed=1.0)
    for past in range(FORCED_YEARS.start, year):
        level = after(level, past)
    return level


def check(rows: Mapping[str, Rows]) -> None:
    """Check that the workplaces of each branch made together what the country made.

    Raises
    ------
    IdentityBroken
        They did not: a mistake of the program.
    """
    mine, branch = rows["workplace"], rows["branch"]
    made = np.bincount(mine["branch"], mine["made"], len(BRANCHES))
    for name, found, given in zip(BRANCHES, made, branch["output"], strict=True):
        if abs(found - given) > _EXACT * given:
            text = f"workplaces of {name} made {found:.0f}, the country {given:.0f}"
            raise IdentityBroken(text)


KIND: Final = LayerKind(
    "workplaces", SWITCHES, UNITS, Workplaces, RULES, compositions=lambda: (composed(),)
)
"""Workplaces as a layer."""
