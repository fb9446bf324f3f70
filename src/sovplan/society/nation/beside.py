"""The village beside another production side: the country lives on with goods that others made.

The rules of village, prices, migration and hunger act as they do in the country of seven sectors;
what industry makes, how many animals and tractors there are, and the harvest come from outside. So
one truth holds: that of the physical economy for what is made, that of the rules for what happens
to those who make it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, final

from sovplan.foundation.engine.rule import Rule
from sovplan.history.nation import QUARTERS, SECTORS, NationInputs
from sovplan.society.nation.village import draught, harvest
from sovplan.society.nation.year import Act, Quarter, State, Walk, opening, plan_of

FROM_OUTSIDE: Final = ("heavy", "machines", "building", "light", "services")
"""Sectors whose output is given from outside; crops and animals stay those of the village."""
KEPT: Final = ("herd",)
"""Animals whose losses are told. Horses are not among them: what the fields lose by them is in the
yield."""
PLANTS: Final = (*KEPT, "tractors")
SOWN: Final = "sown"
STOCKS: Final = (*PLANTS, SOWN)
"""Columns of the nation that are given from outside: animals, tractors, hectares of grain."""

_PLACES: Final = {name: SECTORS.index(name) for name in FROM_OUTSIDE}
_SUMMER, _AUTUMN = (1, 2), (3, 4)


@final
@dataclass(frozen=True, slots=True)
class Made:
    """What the other side made in a year.

    Parameters
    ----------
    output
        Output of each sector of `FROM_OUTSIDE`, 1928 = 1.
    harvest
        Grain, 1928 = 1.
    """

    output: Mapping[str, float]
    harvest: float


@final
class VillageBeside:
    """Village and towns from 1921 on; from one year on beside another production side.

    Parameters
    ----------
    inputs
        What is given to the country, institutions in force.
    parameters
        Values of the model by name.
    first
        First year of the other side; until then the country makes its own goods.
    off
        Switches that are turned off from then on.
    """

    def __init__(
        self,
        inputs: NationInputs,
        parameters: Mapping[str, float],
        first: int,
        off: Iterable[str] = (),
    ) -> None:
        self._parameters = parameters
        self._walk = Walk(inputs, opening(inputs, parameters), plan_of(parameters))
        before = [
            self._walk.quarter(y, q) for y in range(inputs.years.start, first) for q in QUARTERS
        ]
        last = before[-1].nation
        self._output = {name: float(before[-1].output[at]) for name, at in _PLACES.items()}
        self._harvest = last["harvest"]
        summer = before[-2].nation  # area is that of the harvest, not that sown for the next
        self._stocks = {**{name: last[name] for name in STOCKS}, SOWN: summer[SOWN]}
        self._per_hectare = last["harvest"] / summer["sown"]
        self._walk = Walk(inputs, self._walk.state, plan_of(parameters, off))
        self._made = Made(dict.fromkeys(FROM_OUTSIDE, 1.0), 1.0)
        self._done: list[Quarter] = []

    @property
    def people(self) -> tuple[float, float]:
        """People of village and town now, million."""
        nation = self._walk.state.nation
        return nation["village"], nation["town"]

    def summer(self, year: int, stocks: Mapping[str, float]) -> float:
        """Do the first half of a year; return the yield of grain over that of 1928.

        It is what weather, effort and trend make of a hectare in this year: rule R19 on the state
        of 1 July. Goods are those of the year before until the harvest.

        Parameters
        ----------
        year
            The year; years come in order.
        stocks
            Animals and tractors on its first day, and hectares last sown, by column of `STOCKS`,
            over those of the first day of the first year.
        """
        state = self._walk.state
        for name in STOCKS:
            state.nation[name] = self._stocks[name] * stocks[name]
        self._done = [self._walk.quarter(year, q, self._after(self._made)) for q in _SUMMER]
        return self._yield(year)

    def autumn(self, year: int, made: Made) -> tuple[Quarter, ...]:
        """Do the second half with what was made; return the four quarters.

        Raises
        ------
        Broken
            People, grain, animals or goods do not add up.
        """
        self._made = made
        after = self._after(made) | {"harvest": self._harvested}
        self._done += [self._walk.quarter(year, q, after) for q in _AUTUMN]
        return tuple(self._done)

    def survived(self) -> Mapping[str, float]:
        """Return the share of animals that slaughter and hunger left alive in the year, by kind."""
        found = {}
        for kind in KEPT:
            alive = 1.0
            for quarter in self._done:
                now = quarter.nation
                lost, born = now[f"{kind}_killed"] + now[f"{kind}_died"], now[f"{kind}_born"]
                alive *= 1.0 - lost / (now[kind] + lost - born)
            found[kind] = alive
        return found

    def _after(self, made: Made) -> dict[str, Act]:
        def replaced(state: State) -> None:
            output = state.sectors["output"].copy()
            for name, place in _PLACES.items():
                output[place] = self._output[name] * made.output[name]
            state.sectors["output"] = output

        return {"bottlenecks": replaced}

    def _harvested(self, state: State) -> None:
        state.nation["harvest"] = self._harvest * self._made.harvest

    def _yield(self, year: int) -> float:
        """Return what weather, effort, draught power and trend make of a hectare, 1928 = 1."""
        nation = {**self._walk.state.nation, **self._walk.inputs.at(year, _AUTUMN[0])}
        seen = {**self._parameters, **nation, "year": float(year)}
        seen["draught"] = _done(draught, seen)
        return _done(harvest, seen) / nation["sown"] / self._per_hectare


def _done(rule: Rule, seen: Mapping[str, float]) -> float:
    names = (*rule.reads, *rule.institutions, *rule.parameters)
    found = rule.law(**{name: seen[name] for name in names})
    return float(found[0] if isinstance(found, tuple) else found)
