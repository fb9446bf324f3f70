"""Series of an economy and of aims laid out over the years of a plan."""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.shapes import (
    GoodsYears,
    ResourcesYears,
    SkillsYears,
    YearsVector,
)
from sovplan.records.aims import Aims
from sovplan.records.assembly import needs_series
from sovplan.records.economy import Economy, Series


@final
@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """What is given for each year of a plan.

    Parameters
    ----------
    years
        Calendar years.
    target, floor, public
        N, f (with the multiples of the aims) and P, units.
    output_target, output_base
        Target and base of kind output, units of gross output; 0 where there is none.
    labour, resources
        H and Q, in the units of the economy.
    credit
        F, foreign money, without the series that [credit] lets be drawn in other years.
    """

    years: tuple[int, ...]
    target: GoodsYears
    floor: GoodsYears
    public: GoodsYears
    output_target: GoodsYears
    output_base: GoodsYears
    labour: SkillsYears
    resources: ResourcesYears
    credit: YearsVector

    def wanted(self) -> np.ndarray:
        """Return for each year whether there is a positive target of either kind."""
        return np.asarray(((self.target > 0) | (self.output_target > 0)).any(axis=0))


def calendar_of(economy: Economy, aims: Aims) -> Calendar:
    """Lay out an economy's series over the years of a plan.

    The rows of the aims' needs take the place of the economy's rows of the same year, good and
    kind. A series repeats its last earlier row; before its first row a target, floor, public use
    or credit is 0.
    """
    years = economy.years(aims.horizon)
    needs = _with_aims(economy.needs, aims, economy, "consumption").over(years)
    wanted = _with_aims(economy.outputs_wanted, aims, economy, "output").over(years)
    credit = economy.credit.over(years)[:, :, 0]
    drawn = economy.extensions.credit
    if drawn is not None:
        credit = credit[[name != drawn.series for name in economy.credit.names]]
    return Calendar(
        years,
        needs[:, :, 0],
        needs[:, :, 1] * _multiples(aims, len(years)),
        needs[:, :, 2],
        wanted[:, :, 0],
        wanted[:, :, 1],
        economy.labour.over(years)[:, :, 0],
        economy.resources.over(years)[:, :, 0],
        credit.sum(axis=0),
    )


def _multiples(aims: Aims, years: int) -> YearsVector:
    if not aims.floor_multiples:
        return np.ones(years)
    given = np.array(aims.floor_multiples, dtype=np.float64)
    return given[np.minimum(np.arange(years), len(given) - 1)]


def _with_aims(series: Series, aims: Aims, economy: Economy, kind: str) -> Series:
    if aims.needs is None:
        return series
    own = needs_series(aims.needs, economy.goods.names, kind)
    taken = set(zip(own.rows.tolist(), own.years.tolist(), strict=True))
    kept = np.array(
        [key not in taken for key in zip(series.rows.tolist(), series.years.tolist(), strict=True)],
        dtype=bool,
    )
    return Series(
        series.names,
        np.concatenate([series.rows[kept], own.rows]),
        np.concatenate([series.years[kept], own.years]),
        np.concatenate([series.amounts[kept], own.amounts]),
    )
