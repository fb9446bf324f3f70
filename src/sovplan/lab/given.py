"""How far a pattern that is met is only history given back.

A run is given paths: what was decided, and choices of the trial. Two trials say what of a pattern
they carry. One path at a time stands still, all its years at its values of the first: is the
pattern still met? One rule at a time is off: does any point move? A pattern that no rule moves but
one is set by the paths that this rule reads. Weather and other nature are left as they were: no
model of society makes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, final

from sovplan.history.nation import NationInputs
from sovplan.lab.figures import FIGURES, Seen
from sovplan.lab.validate import Result, as_shipped, validate
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.forced import FORCED_AFTER
from sovplan.society.nation.order import rules, switches
from sovplan.society.nation.year import run_nation

Hold: TypeAlias = Literal["set", "leans", "free"]

_NATURE: Final = "nature"
_STILL: Final = 1e-9
"""Change of a figure, as a part of it, below which it has not moved."""


@final
@dataclass(frozen=True, slots=True)
class Given:
    """What of a pattern that is met is given.

    Parameters
    ----------
    paths
        Paths each of which alone, standing still, makes the pattern missed.
    movers
        Switches of the rules that move any of its points when they are off.
    tried
        Switches that were tried.
    """

    paths: tuple[str, ...]
    movers: tuple[str, ...]
    tried: int

    @property
    def hold(self) -> Hold:
        """Return `set` if one rule alone moves it, `leans` if a path is needed, or `free`."""
        if len(self.movers) == 1 and self.paths:
            return "set"
        return "leans" if self.paths else "free"


@cache
def given_of_met() -> Mapping[str, Given]:
    """Return what is given of each pattern that is met as shipped, by id; about five seconds."""
    met = tuple(each.pattern.id for each in as_shipped() if each.status == "met")
    inputs, leans = country_inputs(), {id_: list[str]() for id_ in met}
    for name in moving(inputs):
        for each in validate(standing_still(inputs, name), only=met):
            if each.pattern.id in leans and each.status != "met":
                leans[each.pattern.id].append(name)
    movers, tried = _movers(met), len(switches())
    found = {id_: Given(tuple(leans[id_]), movers[id_], tried) for id_ in met}
    return MappingProxyType(found)


def moving(inputs: NationInputs) -> tuple[str, ...]:
    """Return the paths that quarters read and that differ between years, nature's left out."""
    read = {name for each in rules() for name in (*each.reads, *each.institutions)}
    read |= {path for _, path in FORCED_AFTER.values()}
    return tuple(
        name
        for name, note in inputs.about.items()
        if name in read
        and note.kind != _NATURE
        and standing_still(inputs, name).values[name] != inputs.values[name]
    )


def standing_still(inputs: NationInputs, name: str) -> NationInputs:
    """Return the inputs with one path at its values of the first year ever after.

    Quarters keep their own values, so a custom that only knows seasons does not change.
    """
    first, path = inputs.years.start, inputs.values[name]
    held = {(year, quarter): path[min(year, first), quarter] for year, quarter in path}
    return replace(inputs, values=MappingProxyType({**inputs.values, name: held}))


def by_hold(met: Mapping[str, Given]) -> dict[Hold, tuple[str, ...]]:
    """Return the ids of the patterns by how far they are given."""
    kinds: tuple[Hold, ...] = ("set", "leans", "free")
    return {kind: tuple(id_ for id_, each in met.items() if each.hold == kind) for kind in kinds}


def numbers_of(movers: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers of the rules of some switches, each once and in order."""
    return tuple(sorted({each.number for each in rules() if each.switch in movers}))


def _movers(met: Sequence[str]) -> dict[str, tuple[str, ...]]:
    base = {each.pattern.id: _figures(each) for each in as_shipped() if each.pattern.id in met}
    found: dict[str, list[str]] = {id_: [] for id_ in met}
    inputs, parameters = country_inputs(), model_parameters()
    for switch in switches():
        seen = Seen(run_nation(inputs, parameters, {switch}), inputs, parameters)
        for id_ in met:
            now = FIGURES[id_](seen)
            if any(abs(now[at] - value) > _STILL * abs(value) for at, value in base[id_].items()):
                found[id_].append(switch)
    return {id_: tuple(each) for id_, each in found.items()}


def _figures(result: Result) -> dict[str, float]:
    return {each.point.label: each.model for each in result.points if each.model is not None}
