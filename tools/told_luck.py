"""What luck and debate do, as pages of tools/told tell it: runs of their own, with other seeds."""

from collections.abc import Mapping
from functools import cache
from statistics import pstdev
from typing import Final

from sovplan.history.regions import REGIONS
from sovplan.lab.country import country_run, prepared_country
from sovplan.lab.works_switches import DEBATES, TAUT, works_effects
from sovplan.records.run import CountryRun
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.report.country_strata import STRATA
from sovplan.society.layers import Setting
from sovplan.society.nation.year import run_nation
from sovplan.society.workplaces.layer import Workplaces

_SEEDS: Final = range(1, 9)
_WORKS_SEEDS: Final = range(1, 7)
_HUNGRY: Final = 1932
_UNREST: Final = 1930


@cache
def drawn() -> tuple[CountryRun, ...]:
    """Return the run of history to 1932, once for each of some seeds."""
    return tuple(
        country_run(prepared_country("ussr-1921", [HISTORY], years=12, seed=seed, persons=2000))
        for seed in _SEEDS
    )


def told() -> Mapping[str, str]:
    """Return the numbers by name."""
    return {**_hungry(), **_steady(), **_works(), **_debate()}


def _hungry() -> dict[str, str]:
    """Return the least and greatest share of each stratum below 150 kg in 1932, over seeds."""
    found = {}
    for name in STRATA:
        shares = [_real(run, f"hungry/{name}", _HUNGRY) for run in drawn()]
        found[f"hungry_{name}"] = f"{min(shares):.0f} to {max(shares):.0f}"
    return found


def _steady() -> dict[str, str]:
    """Return by how much shares that hang on the country's sums move, and where unrest was most."""
    of = {f"held/{name}": range(1927, 1928) for name in STRATA}
    of |= {f"killed/{name}": range(1929, 1933) for name in STRATA}
    of |= {f"moved/{one}/{other}": range(1928, 1929) for one in STRATA for other in STRATA}
    moved = 0.0
    for series, years in of.items():
        means = [sum(_real(run, series, year) for year in years) / len(years) for run in drawn()]
        moved = max(moved, max(means) - min(means))
    worst = {
        max(REGIONS, key=lambda name: _real(run, f"region_riots/{name}", _UNREST))
        for run in drawn()
    }
    said = "did not change" if len(worst) == 1 else "changed"
    return {"luck_shares": f"{moved:.1f}", "luck_region": said}


def _real(run: CountryRun, series: str, year: int) -> float:
    return run.values(HISTORY, series, "real")[year]


def _works() -> dict[str, str]:
    """Return how many rows workplaces have, and how far luck moves their totals."""
    inputs, parameters = country_inputs(HISTORY), model_parameters()
    books = run_nation(inputs, parameters)
    heavy, spread = [], []
    for seed in _WORKS_SEEDS:
        layer = Workplaces(Setting(inputs, parameters, seed))
        for year in range(books[0].year, TAUT + 1):
            figures = layer.live(year, [each for each in books if each.year == year])
            real = {each.series: each.value for each in figures if each.kind == "real"}
        heavy.append(real["works/fulfilment/heavy"])
        spread.append(real["works/spread"])
    return {
        "works_rows": f"{round(layer.rows['workplace'].size, -2):,}",
        "luck_heavy": f"{pstdev(heavy):.1f}",
        "luck_spread": f"{pstdev(spread):.3f}",
    }


def _debate() -> dict[str, str]:
    """Return by how much debate lowers the spread of errors of drafts of 1931, %."""
    base = works_effects().errors

    def fall(place: int) -> float:
        return 100.0 * (1.0 - works_effects(DEBATES[place].name).errors / base)

    return {
        "debate": f"{fall(0):.0f}",
        "debate_least": f"{min(fall(3), fall(4)):.0f}",
        "debate_most": f"{max(fall(3), fall(4)):.0f}",
        "debate_clear": f"{100.0 - fall(len(DEBATES) - 2):.0f}",
    }
