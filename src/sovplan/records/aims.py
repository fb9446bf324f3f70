"""What a plan is for: horizon, objective, terminal rule, and needs that replace the economy's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, final

from sovplan.records.folder import Table

Objective = Literal["ray", "common", "weighted", "labour"]
OBJECTIVES: Final[tuple[Objective, ...]] = ("ray", "common", "weighted", "labour")
DEFAULT_YEARS: Final = 5


@final
@dataclass(frozen=True, slots=True, eq=False)
class Aims:
    """The aims of a plan.

    Parameters
    ----------
    name
        What the aims are called; 'needs of the economy' when there is no file.
    objective
        `ray` greatest even fulfilment, `common` weighted sum of the years' fulfilments,
        `weighted` value of consumption, `labour` least hours.
    years
        Number of years, or None for the default of five.
    terminal
        rho, yearly growth of the goods in plants: a number, a table by good (0 where a good is
        not named), or None for no terminal rule.
    cap
        Greatest fulfilment of a year, or None.
    tie_break
        Whether the least labour decides between plans of equal objective.
    year_weights
        w of `common` and `weighted`, one a year; None for equal weights, which add up to 1 for
        `common` and are 1 for `weighted`.
    no_waste
        Goods of which nothing may be left over.
    weights, labour_weights
        v by good of `weighted`; u by skill of least labour (1 where a skill is not named).
    floor_multiples
        Factor on all floors by year; the last one repeats.
    needs
        Rows in the columns of needs.csv that replace the economy's, or None.
    """

    name: str = "needs of the economy"
    objective: Objective = "ray"
    years: int | None = None
    terminal: float | Mapping[str, float] | None = 0.0
    cap: float | None = None
    tie_break: bool = True
    year_weights: tuple[float, ...] | None = None
    no_waste: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    labour_weights: Mapping[str, float] = field(default_factory=dict)
    floor_multiples: tuple[float, ...] = ()
    needs: Table | None = None

    @property
    def horizon(self) -> int:
        """Number of years of the plan."""
        return DEFAULT_YEARS if self.years is None else self.years

    @property
    def weighs_labour(self) -> bool:
        """Whether hours of some kind of labour count for more or less than one."""
        return any(weight != 1.0 for weight in self.labour_weights.values())

    def over(self, years: int | None) -> "Aims":
        """Return the aims for another number of years; None changes nothing."""
        return self if years is None else replace(self, years=years)
