"""The question as all limits see it: what is given, the aims, and the rows so far."""

from dataclasses import dataclass, field
from typing import Any, final

import numpy as np

from tests.independent.case import Case
from tests.independent.given import Array, Given, Wrong, given_of, number
from tests.independent.programme import Programme, Sum, total


@final
@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One case under the page's reading, or under one misreading of it.

    Unknowns, with years from 0: x[j,t] activity; n[p,t] orders; K[p,t] capacity on the first
    day of year t; s[g,t], m[g,t], e[g,t], c[g,t]; phi[t]; v[t] migrants and d[t] credit drawn.
    """

    case: Case
    given: Given
    wrong: Wrong
    programme: Programme = field(default_factory=Programme)

    @property
    def years(self) -> range:
        """Plan years, the first being 0."""
        return range(len(self.given.years))

    @property
    def last(self) -> int:
        """T, the number of years: K[p, T] is capacity on the day after the plan."""
        return len(self.given.years)

    @property
    def goods(self) -> range:
        """Goods g."""
        return range(len(self.given.goods))

    @property
    def techniques(self) -> range:
        """Techniques j."""
        return range(self.given.inputs.shape[1])

    @property
    def plants(self) -> range:
        """Plants p of limited capacity."""
        return range(len(self.given.plants))

    @property
    def objective(self) -> str:
        """The aims' objective."""
        return str(self.case.aims.get("objective", "ray"))

    def extension(self, name: str) -> dict[str, Any]:
        """Return one extension table of economy.toml, empty if absent."""
        table: dict[str, Any] = self.case.settings.get(name, {})
        return table

    def has_target(self, t: int) -> bool:
        """Tell whether any good has a positive target in year t."""
        given = self.given
        return bool((given.target[:, t] > 0).any() or (given.output_target[:, t] > 0).any())

    def phi(self, t: int) -> int:
        """Return the year whose fulfilment year t shares: one for all years under `ray`."""
        return 0 if self.objective == "ray" else t

    def losses(self) -> Array:
        """Return the share of each good lost when made (extension [losses])."""
        table = {} if self.wrong == "losses_ignored" else self.extension("losses")
        return np.array([float(table.get(good, 0.0)) for good in self.given.goods])

    def made(self, g: int, t: int) -> Sum:
        """Return gross output (B x_t)_g as a sum over activities."""
        row = total()
        for j in self.techniques:
            row["x", j, t] += self.given.outputs[g, j]
        return row

    def invested(self, g: int, t: int) -> Sum:
        """Return I[g,t]: orders are built, and paid in goods, evenly over the gestation."""
        given, row = self.given, total()
        for p in self.plants:
            gestation = given.gestation[p]
            for u in self.years:
                share = 1.0 / gestation if t - gestation < u <= t else 0.0
                if self.wrong == "orders_paid_at_once":
                    share = float(u == t)
                if self.wrong == "orders_paid_when_ready":
                    share = float(u == t + 1 - gestation)
                if share:
                    row["n", p, u] += given.building[g, p] * share
        return row

    def greatest_stock(self, g: int) -> float:
        """Return the most that may be stored under [stock_limits], without it the opening stock."""
        times = float(self.extension("stock_limits").get("most_times_opening", 1.0))
        if self.wrong == "no_waste_stock_at_most_opening":
            times = 1.0
        return times * float(self.given.stock[g])

    def ready(self, p: int, t: int) -> float:
        """Return U[p,t]: works begun before the plan and ready on the first day of year t."""
        if self.wrong == "works_under_construction_ignored":
            return 0.0
        if self.wrong == "works_ready_a_year_late":
            t -= 1
        ready = 0.0
        for row in self.case.tables.get("under_construction.csv", []):
            if row["plant"] == self.given.plants[p] and number(row, "year") == self.calendar(t):
                ready += number(row, "capacity")
        return ready

    def calendar(self, t: int) -> int:
        """Return the calendar year of year t, also for t before or after the plan."""
        return self.given.years[0] + t


def asked_of(case: Case, wrong: Wrong) -> Asked:
    """Read the case and open an empty programme for it."""
    return Asked(case, given_of(case, wrong), wrong)
