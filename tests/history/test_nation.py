import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.forced import FORCED_YEARS, STATES, forced_states, read_forced_states
from sovplan.history.nation import FOLDER, SECTORS, read_nation
from sovplan.regimes.countries import country_inputs

TRIAL = {
    "credit": "trust_credit", "control": "price_control", "tax": "tax_rate", "emerg": "emergency",
    "quota": "quota_share", "prio": "priority", "taut": "tautness", "defence": "defence",
    "purge": "staff_removed", "gp": "grain_price", "exp": "grain_exports",
    "inv": "investment_share", "mimp": "machine_imports", "pset": "state_price",
    "aid": "food_aid", "force": "migration_force",
}  # fmt: skip
"""Names of institutions in the specification's table of inputs and in the package."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "nation")
    return tmp_path / "nation"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def specified(shared: Path) -> Iterator[dict[str, str]]:
    with (shared / "design" / "model_miniature_inputs.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


# ---- the transcription ---------------------------------------------------------------------------


def test_every_path_of_the_specification_is_transcribed(shared: Path) -> None:
    values = country_inputs().values
    rows = [row for row in specified(shared) if row["block"] == "institution_path"]

    assert len(rows) == 320
    for row in rows:
        found = values[TRIAL[row["subkey"]]]
        for quarter in (1, 2, 3, 4):
            assert found[int(row["key"]), quarter] == float(row["value"]), row


def test_weather_season_and_pressure_are_transcribed(shared: Path) -> None:
    values = country_inputs().values
    for row in specified(shared):
        if row["block"] == "weather":
            assert values["weather"][int(row["key"]), 3] == float(row["value"])
        if row["block"] == "marketing_season":
            assert values["season"][1930, int(row["key"][1])] == float(row["value"])
        if row["block"] == "collectivisation_pressure":
            quarters = (1, 2, 3, 4) if row["subkey"] == "each" else (int(row["subkey"][1]),)
            for quarter in quarters:
                time = int(row["key"]), quarter
                leaving = 0.6 * values["exit_allowed"][time]
                assert values["coll_pressure"][time] - leaving == pytest.approx(float(row["value"]))


def test_sectors_coefficients_and_start_are_transcribed(shared: Path) -> None:
    inputs = country_inputs()
    names = {
        "output_1928": "output_1928", "capital_1928": "capital_1928",
        "labour_1928": "labour_1928", "price_1937_on_1926/27": "price_1937",
        "capital_1921_share_of_1928": "capital_1921", "investment_share_market": "share_market",
        "investment_share_drive": "share_drive",
    }  # fmt: skip
    starts = {
        "price": "charged_price", "sown_area": "sown", "horses": "horses", "herd": "herd",
        "rural_people": "village", "town_people": "town", "grain_store": "grain_store",
        "last_harvest": "harvest", "consumption_town_and_village": "town_living",
        "expected_harvest": "expected_harvest", "skill": "skill",
    }  # fmt: skip
    seen = 0
    for row in specified(shared):
        value = row["value"]
        if row["block"] == "input_coefficient":
            place = SECTORS.index(row["key"]), SECTORS.index(row["subkey"])
            assert inputs.coefficients[place[0]][place[1]] == float(value)
        elif row["block"] in names:
            column = inputs.sectors[names[row["block"]]]
            assert column[SECTORS.index(row["key"])] == float(value)
        elif row["block"] == "start_1921" and row["key"] in starts:
            assert inputs.start[starts[row["key"]]].value == float(value)
        else:
            continue
        seen += 1

    assert seen == 49 + 49 + 11


def test_every_path_and_number_of_the_start_has_provenance_and_source() -> None:
    inputs = country_inputs()

    said = [(each.provenance, each.source) for each in inputs.about.values()]
    said += [(each.provenance, each.source) for each in inputs.start.values()]
    for provenance, source in said:
        assert provenance in {"measured", "calibrated", "assumed"}
        assert source


def test_paths_lie_in_their_ranges() -> None:
    inputs = country_inputs()

    for name, about in inputs.about.items():
        for (year, quarter), value in inputs.values[name].items():
            assert about.low <= value <= about.high, (name, year, quarter)


# ---- how paths are read --------------------------------------------------------------------------


def test_a_harvest_year_begins_in_july() -> None:
    inputs = country_inputs()

    assert inputs.at(1929, 2)["quota_share"] == 0.0
    assert inputs.at(1929, 3)["quota_share"] == 0.19
    assert inputs.at(1929, 1)["tautness"] == 1.15


def test_pressure_is_announced_a_quarter_ahead() -> None:
    inputs = country_inputs()

    assert inputs.at(1929, 4)["coll_pressure_announced"] == 0.47
    assert inputs.at(1940, 4)["coll_pressure_announced"] == 0.02


def test_a_changed_path_changes_nothing_else() -> None:
    inputs = country_inputs()
    changed = inputs.changed(
        "quota_share", lambda year, value: value / 2 if year == 1931 else value
    )

    assert changed.at(1931, 3)["quota_share"] == 0.155
    before, after = inputs.at(1931, 3), changed.at(1931, 3)
    assert {name for name in before if before[name] != after[name]} == {"quota_share"}
    assert changed.at(1930, 3) == inputs.at(1930, 3)


def test_an_unknown_path_is_refused() -> None:
    with pytest.raises(DataError, match="quota_share"):
        country_inputs().changed("quota_shares", lambda _, value: value)


# ---- what can be wrong ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("paths.csv", "weather,1921", "whether,1921", "whether"),
        ("paths.csv", "food_ok,1921", "food_ok,1922", "food_ok"),
        ("sectors.csv", "\nheavy,5.2", "\nheavy,much", "output_1928"),
        ("sectors.csv", "\nheavy,", "\nsteel,", "heavy"),
        ("coefficients.csv", "\nlight,", "\nheavy,", "light"),
        ("paths_1917.csv", "war_deaths,1917", "war_death,1917", "war_deaths"),
        ("paths_1917.csv", "food_ok,1917", "food_ok,1918", "food_ok has no value for 1917"),
    ],
)
def test_a_wrong_table_is_refused_by_name(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    change(folder / file, old, new)

    with pytest.raises(DataError, match=told):
        read_nation(folder, 1917 if "1917" in file else 1921)


# ---- forced states -------------------------------------------------------------------------------


def test_forced_states_are_complete_and_interpolated_years_say_so() -> None:
    states = forced_states()

    assert set(states) == set(STATES)
    for name, years in states.items():
        assert list(years) == list(FORCED_YEARS)
        assert all(each.source for each in years.values()), name
    assert states["participation"][1921].value == 0.23
    assert states["appointed_share"][1925].value == 0.85
    assert states["repression"][1940].value == 0.88
    assert states["entrenchment"][1928].value == 0.23
    assert "interpolated" in states["repression"][1924].source
    assert states["repression"][1924].value == pytest.approx(0.25 + 3 / 7 * 0.28, abs=5e-4)


def test_coordination_is_that_of_the_model_of_the_country() -> None:
    assert forced_states()["coordination"][1940].value > 0.95
    assert forced_states()["coordination"][1921].value == pytest.approx(0.2540, abs=0.02)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1917,participation,0.650", "1917,participation,0.950", "line 2"),
        ("1917,participation", "1917,participating", "line 2"),
        ("1918,participation", "1917,participation", "line 3"),
    ],
)
def test_a_wrong_row_of_forced_states_is_refused(
    folder: Path, old: str, new: str, told: str
) -> None:
    change(folder / "forced_states.csv", old, new)

    with pytest.raises(DataError, match=told):
        read_forced_states(folder / "forced_states.csv")


def test_a_missing_year_of_forced_states_is_refused(folder: Path) -> None:
    path = folder / "forced_states.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")

    with pytest.raises(DataError, match="1917 to 1941"):
        read_forced_states(path)
