"""The run of the package gives the printed tables of the specification of the model."""

import csv
import json
import sys
from pathlib import Path

import pytest
from tests.society.nation.cases import books, figures

from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.measures import BASE, by_quarter, measures
from sovplan.society.nation.year import run_nation

TABLE = Path(__file__).parent / "table_8_1.csv"
INDICES = {"product", "industry", "consumption"}
FINE = {"taken", "deaths", "towns", "investment"}
"""Columns that are printed with one decimal."""


def printed() -> list[tuple[int, str, float]]:
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        (int(row["year"]), name, float(cell))
        for row in rows
        for name, cell in row.items()
        if name != "year" and cell
    ]


@pytest.mark.parametrize(("year", "name", "figure"), printed())
def test_a_figure_of_table_8_1_is_reproduced(year: int, name: str, figure: float) -> None:
    found = figures()[name][year]
    if name in INDICES:
        found *= 100.0 / figures()[name][BASE]
    if name == "investment":
        found *= 100.0

    assert found == pytest.approx(figure, rel=0.02, abs=0.05 if name in FINE else 0.5)


def test_the_table_is_that_of_the_specification(shared: Path) -> None:
    text = (shared / "design" / "model.md").read_text("utf-8")
    lines = {line.split("|")[1].strip(): line.split("|")[2:] for line in text.splitlines()
             if line.startswith(("| 19",)) and line.count("|") == 12}  # fmt: skip
    names = ("product", "industry", "harvest", "taken", "herd", "horses", "deaths", "towns",
             "consumption", "investment")  # fmt: skip

    for year, name, figure in printed():
        cell = lines[str(year)][names.index(name)].split("/")[0].strip()
        assert float(cell) == figure, (year, name)


def excess_by_heads_after(year: int) -> float:
    """Return excess deaths as the trial counts them: rates times heads after the deaths."""
    last = next(each for each in books() if (each.year, each.quarter) == (year, 4)).nation
    return last["village"] * last["hunger"] + last["town"] * last["hunger_town"]


def test_the_stylised_facts_are_reproduced() -> None:
    price, taken = (by_quarter(books(), name) for name in ("charged_price", "taken"))

    assert price[1923, 1] == pytest.approx(1.96, rel=0.02)
    assert price[1923, 4] == pytest.approx(2.95, rel=0.02)
    assert price[1924, 2] == pytest.approx(1.52, rel=0.02)
    assert price[1922, 2] == pytest.approx(0.8, rel=0.02)
    assert taken[1927, 4] / taken[1926, 4] == pytest.approx(0.53, rel=0.02)
    assert excess_by_heads_after(1921) + excess_by_heads_after(1922) == pytest.approx(4.7, rel=0.02)
    assert excess_by_heads_after(1932) == pytest.approx(6.1, rel=0.02)


def test_deaths_themselves_are_more_than_the_trial_counts() -> None:
    assert figures()["excess_deaths"][1932] == pytest.approx(6.42, rel=0.01)


def test_every_year_of_the_trial_is_reproduced(shared: Path) -> None:
    """The trial itself, at the same parameters, to 1e-8 in every year: no figure is left out."""
    trial = shared / "reference" / "prototypes" / "society-model"
    if not (trial / "mini2.py").is_file():
        pytest.skip("needs ../shared/reference/prototypes/society-model; it is not there")
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(trial))
    try:
        import mini2  # type: ignore[import-not-found]  # noqa: PLC0415 - a scratch program
    finally:
        sys.path.remove(str(trial))
        sys.dont_write_bytecode = bytecode
    values = model_parameters()
    given = {short: values[name] for short, name in NAMES.items()}
    rows = {row["y"]: row for row in mini2.run({**mini2.P0, **given, "ysc": 1.0})}

    last = {each.year: each.nation for each in books() if each.quarter == 4}
    for year in country_inputs().years:
        for short, column in COLUMNS.items():
            assert last[year][column] == pytest.approx(float(rows[year][short]), rel=1e-8), (
                year,
                short,
            )
    price, taken = (by_quarter(books(), name) for name in ("charged_price", "taken"))
    for year in country_inputs().years:
        for quarter in (1, 2, 3, 4):
            assert price[year, quarter] == pytest.approx(rows[year]["p"][quarter - 1], rel=1e-8)
            assert taken[year, quarter] == pytest.approx(rows[year]["pq"][quarter - 1], rel=1e-8)


def test_the_full_digits_of_the_fit_change_nothing_that_is_printed(shared: Path) -> None:
    best = shared / "reference" / "prototypes" / "society-model" / "best.json"
    if not best.is_file():
        pytest.skip("needs ../shared/reference/prototypes/society-model; it is not there")
    full = json.loads(best.read_text("utf-8"))
    exact = {**model_parameters(), **{NAMES[short]: float(value) for short, value in full.items()
                                      if short in NAMES}}  # fmt: skip
    found = measures(run_nation(country_inputs(), exact), country_inputs())

    for name in ("product", "harvest", "herd", "towns", "deaths"):
        for year in country_inputs().years:
            assert found[name][year] == pytest.approx(figures()[name][year], rel=0.005)


COLUMNS = {
    "grain": "harvest", "LS": "herd", "HO": "horses", "U": "town", "R": "village",
    "sown": "sown", "C": "collectivised", "c": "food_head", "cU": "town_living",
    "cR": "village_living", "sk": "skill", "mg": "managers", "W": "workers", "O": "coordination",
    "phif": "feed_ratio", "eA": "farm_effort", "proc": "taken_year", "cph": "consumption",
}  # fmt: skip
"""Columns of the trial and of the nation at the end of a year."""

NAMES = {
    "kO": "k_O", "O0": "O_1921", "a": "a_ret", "sig": "sigma", "sg": "s_g", "eta": "eta",
    "z0": "z0", "hold": "hold", "omega": "omega", "mu0": "mu_dump", "mu1": "mu_cartel",
    "kmu": "k_mu", "kp": "k_p", "phi": "phi", "tr": "tractor_eq", "kS": "k_S", "eAf": "eff_coll",
    "eAr": "eff_rec", "s1": "s_fear", "s2": "s_neglect", "fd": "f_death", "gl": "g_cattle",
    "gh": "g_horse", "gl2": "g_cattle_k", "gh2": "g_horse_k", "fn": "food_norm", "cs": "c_star",
    "m": "m_f", "gam": "gam_f", "sd0": "sd0", "sdw": "sd_w", "sdq": "sd_q", "migA": "mig_a",
    "migB": "mig_b", "nep": "mig_nep", "forced": "mig_forced", "alpha": "alpha", "snew": "s_new",
    "lrn": "learn", "gest": "gest", "gest0": "gest0", "ta": "t_a", "tb": "t_b",
    "purge": "purge_out", "prec": "purge_rec", "eW": "e_food", "embody": "embody",
    "tfp": "tfp_dis", "delta": "delta", "mv": "mig_vac", "psi": "psi", "hs": "horse_rel",
    "stk": "stock_max", "pk": "p_scale", "vU": "alpha_srv_town", "vI": "alpha_srv_ind",
}  # fmt: skip
"""Names of the parameters in the trial and in the package."""
