"""Holds the model of the country against the patterns of history.

A pattern is met if the model's figure lies between low and high at four fifths of its points or
more, by weight. Patterns that are held out are listed and not reckoned.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias, final

import numpy as np

from sovplan.history.nation import NationInputs
from sovplan.lab.figures import FIGURES, Seen
from sovplan.lab.patterns import LOOKED_AT, Pattern, Point, log_error, patterns
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.year import run_nation

PASSING: Final = 0.8
"""Share of the weight of points that must lie within (specification of the model, section 6.1)."""

Status: TypeAlias = Literal["met", "missed", "held_out", "not_built"]


@final
@dataclass(frozen=True, slots=True)
class Scored:
    """A point and the model's figure for it; None where it is not looked at."""

    point: Point
    model: float | None

    @property
    def within(self) -> bool | None:
        """Whether the figure lies between low and high."""
        low, high = self.point.low, self.point.high
        if self.model is None or low is None or high is None:
            return None
        return low <= self.model <= high


@final
@dataclass(frozen=True, slots=True)
class Result:
    """A pattern with its points."""

    pattern: Pattern
    points: tuple[Scored, ...]

    @property
    def share(self) -> float:
        """Share of the weight of the points looked at that lies within."""
        judged = [(each.point.weight, each.within) for each in self.points]
        weights = [weight for weight, within in judged if within is not None]
        hits = [weight for weight, within in judged if within]
        return sum(hits) / sum(weights) if weights else float("nan")

    @property
    def status(self) -> Status:
        """What came of it."""
        if not self.pattern.looked_at:
            return "not_built" if self.pattern.use == LOOKED_AT else "held_out"
        return "met" if self.share >= PASSING else "missed"

    @property
    def error(self) -> float:
        """Root mean square of the errors in logs at points with a target; nan without any."""
        errors = [
            log_error(each.point.target, each.model)
            for each in self.points
            if each.model is not None and each.point.target is not None
        ]
        known = [error for error in errors if np.isfinite(error)]
        return float(np.sqrt(np.mean(np.square(known)))) if known else float("nan")


def validate(
    inputs: NationInputs | None = None,
    parameters: Mapping[str, float] | None = None,
    only: Container[str] | None = None,
    *,
    phases: bool = False,
) -> tuple[Result, ...]:
    """Run the model of the country once and hold it against the patterns.

    Parameters
    ----------
    inputs, parameters
        What the model is given; None for those of the package.
    only
        Patterns that are looked at, by id; None for all. V29 costs more than all others together:
        households live for it.
    phases
        Whether accounts are closed after every phase of a quarter too; five times as long a run.
    """
    given = inputs or country_inputs()
    values = parameters or model_parameters()
    seen = Seen(run_nation(given, values, phases=phases), given, values)
    return tuple(_result(each, seen) for each in patterns() if only is None or each.id in only)


@cache
def as_shipped() -> tuple[Result, ...]:
    """Hold the model of the package against all patterns; reckoned once."""
    return validate(phases=True)


def scores(results: Sequence[Result]) -> dict[str, float | int]:
    """Return counts over the patterns that were looked at."""
    judged = [each for each in results if each.pattern.looked_at]
    points = [each for result in judged for each in result.points if each.within is not None]
    weight = sum(each.point.weight for each in points)
    return {
        "patterns": len(results),
        "looked_at": len(judged),
        "met": sum(each.status == "met" for each in judged),
        "points": len(points),
        "points_within": sum(bool(each.within) for each in points),
        "weight_within": sum(each.point.weight for each in points if each.within) / weight,
    }


def _result(pattern: Pattern, seen: Seen) -> Result:
    if not pattern.looked_at:
        return Result(pattern, ())
    figures = FIGURES[pattern.id](seen)
    found = (Scored(point, figures.get(point.label)) for point in pattern.points)
    return Result(pattern, tuple(found))
