"""Write docs/understand/directions.md: what the simulated year does when one value is moved.

    python -m tools.directions_page [SEEDS]

Each row runs the village `two-goods` under one regime with one institution value moved, for four
years and so many seeds (8 if not given), and prints means over seeds and years.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, final

import numpy as np

from sovplan.history.economies import folder_path
from sovplan.inspection.inspect import LEVEL
from sovplan.lab.runs import opening_prices
from sovplan.records.assembly import economy_of
from sovplan.records.institutions import Institutions
from sovplan.records.tables import read_folder
from sovplan.regimes.parameters import read_parameters
from sovplan.regimes.regime import read_regime
from sovplan.regimes.scenarios import read_scenario
from sovplan.simulation import Given, Year, first_day, simulate_years
from sovplan.society.opening import given_economy, opened
from sovplan.society.people import hours_by_stratum

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "understand" / "directions.md"
YEARS: Final = 4
SEEDS: Final = 4


def institutions_of(name: str, **changed: Any) -> Institutions:  # noqa: ANN401 - values of any kind
    """Return what is in force in the first year of a regime, with some values changed."""
    regime = read_regime(name)
    return replace(regime.in_force(regime.first_year), **changed)


@cache
def _village() -> tuple[Any, ...]:
    scenario = read_scenario("two-goods")
    economy = given_economy(economy_of(read_folder(folder_path(scenario.economy))), scenario)
    return scenario, economy, opening_prices(economy)


def years_of(institutions: Institutions, seed: int, years: int = YEARS) -> list[Year]:
    """Return some years of the village under these institutions."""
    scenario, economy, prices = _village()
    given = Given(institutions, read_parameters(), scenario, seed, voters=50)
    begun = first_day(*opened(economy, scenario, institutions, prices, seed))
    return list(simulate_years(begun, [given] * years))


def padded(year: Year) -> float:
    """Return what was reported and not made, over what was made, at the prices of the year."""
    prices, made = year.begun.society.prices, year.outcome.made
    return float(prices @ (year.filed.said - made) / (prices @ made))


def hidden(year: Year) -> float:
    """Return the share of the capacity that was not declared."""
    there = year.begun.world.economy.plants.capacity
    said = year.returns.declared.plants.capacity
    has = there > 0
    return float(1.0 - np.mean(said[has] / there[has]))


def accused(year: Year) -> float:
    """Return the share of honest workplaces that inspectors asked about."""
    names = np.array(year.books.names)
    liars = set(names[year.filed.liars].tolist())
    honest = set(names.tolist()) - liars
    flagged = {flag.workplace for flag in year.findings.flags}
    return len(flagged & honest) / len(honest)


def unequal(year: Year) -> float:
    """Return the greatest of the strata's consumption for an hour of work over the least."""
    worth = year.shared.consumption @ year.begun.society.weights
    hours = hours_by_stratum(year.begun.society.strata, year.outcome.hours)
    works = hours > 0
    each = worth[works] / hours[works]
    return float(each.max() / each.min())


@final
@dataclass(frozen=True, slots=True)
class Direction:
    """One value moved, what is looked at, and which way it must go.

    Parameters
    ----------
    title, looked_at
        In words.
    regime, institution, values
        What is moved.
    measure
        Of a year.
    way
        1 rises, -1 falls, 0 stays at `stays`.
    others
        Values of other institutions that are held.
    stays
        What it must be everywhere, where `way` is 0, give or take `within`.
    """

    title: str
    looked_at: str
    regime: str
    institution: str
    values: tuple[float, ...]
    measure: Callable[[Year], float]
    way: int
    others: tuple[tuple[str, Any], ...] = ()
    stays: float = 0.0
    within: float = 1e-6


_EQUAL: Final = (
    ("closed_supply", 0.0),
    ("ration", 0.0),
    ("pay_cap", 1.0),
)
DIRECTIONS: Final = (
    Direction(
        "Padding grows with the reward for fulfilment", "reported but not made",
        "command_1929", "bonus", (0.0, 1.0, 2.0, 4.0), padded, 1,
    ),
    Direction(
        "Padding falls with the chance of being found", "reported but not made",
        "command_1929", "audit", (0.0, 0.3, 0.6, 0.9), padded, -1,
    ),
    Direction(
        "Padding falls as books are opened", "reported but not made",
        "command_1929", "open_books", (0.0, 0.3, 0.6, 1.0), padded, -1,
    ),
    Direction(
        "Padding falls with the penalty for a lie", "reported but not made",
        "command_1929", "penalty_lie", (0.0, 0.3, 0.6, 0.9), padded, -1,
    ),
    Direction(
        "Hidden reserves grow with the ratchet", "capacity that is not declared",
        "command_1929", "ratchet", (0.0, 0.25, 0.5, 0.9), hidden, 1,
    ),
    Direction(
        "Hidden reserves fall with trust", "capacity that is not declared",
        "command_1929", "trust", (0.0, 0.3, 0.6, 0.9), hidden, -1,
    ),
    Direction(
        "An honest society is hardly ever accused", "honest workplaces asked about, of all",
        "renewed_councils", "audit", (0.0, 0.5, 1.0), accused, 0,
        (("bonus", 0.0), ("penalty_shortfall", 0.0)), 0.0, LEVEL,
    ),
    Direction(
        "Equal pay and no closed shops give equal consumption at equal hours",
        "most over least consumption for an hour of work",
        "renewed_councils", "wage_spread", (0.0,), unequal, 0, _EQUAL, 1.0,
    ),
)  # fmt: skip


def measured(one: Direction, seeds: Sequence[int], years: int = YEARS) -> list[float]:
    """Return the mean of what is looked at for each value."""
    found = []
    for value in one.values:
        values = institutions_of(one.regime, **{one.institution: value}, **dict(one.others))
        each = [one.measure(year) for seed in seeds for year in years_of(values, seed, years)]
        found.append(float(np.mean(each)))
    return found


def holds(one: Direction, found: Sequence[float]) -> bool:
    """Tell whether what was found goes the way it must."""
    if one.way == 0:
        return all(abs(value - one.stays) <= one.within for value in found)
    steps = one.way * np.diff(found)
    return bool((steps >= -_ROUNDING).all() and steps.sum() > _MOVED)


_ROUNDING: Final = 1e-12
_MOVED: Final = 1e-9

_HEAD: Final = """# Directions

What the simulated year does when one value is moved and all others stay. Each row is the village
`two-goods` over {years} years and {seeds} seeds; the numbers are means. Nothing is tuned to make
them come out: they follow from the rules, and a test repeats the directions at each change. How
far a number moves depends on values that are [assumed](../look-up/regimes.md).

| what must hold | regime | moved | to | found | holds |
| --- | --- | --- | --- | --- | --- |
"""
_FOOT: Final = """
What to read from it:

- Padding does not vanish without a bonus: a shortfall is punished too (`penalty_shortfall`), and a
  report above what was made avoids that.
- `audit` moves padding little under `command_1929`: inspectors whom those above appoint count only
  in part (`audit` times 1 less `appointment` in rule R11). Open books move it more.
- A penalty for lies stops those whose scruple is above 1 - p penalty / gain, with p the chance of
  being found: under `command_1929` the last tenth. A village has few of them, so the row moves in
  steps.
- An honest society is one in which neither bonus nor penalty depends on fulfilment. The rate that
  is stated is 0.001 for each workplace and year.

Written by `python -m tools.directions_page`.
"""


def page(seeds: int) -> str:
    """Return the page."""
    rows = []
    for one in DIRECTIONS:
        found = measured(one, range(seeds))
        cells = (
            f"{one.title} ({one.looked_at})",
            f"`{one.regime}`",
            f"`{one.institution}`",
            ", ".join(f"{value:g}" for value in one.values),
            ", ".join(f"{value:.4g}" for value in found),
            "yes" if holds(one, found) else "no",
        )
        rows.append(f"| {' | '.join(cells)} |\n")
    return _HEAD.format(years=YEARS, seeds=seeds) + "".join(rows) + _FOOT


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    PAGE.write_text(page(seeds), "utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
