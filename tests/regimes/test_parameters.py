import csv
from dataclasses import asdict
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.records.parameters import NAMES, Parameters
from sovplan.regimes.catalogue import FOLDER
from sovplan.regimes.parameters import drawn_parameters, parameter_table, read_parameters

WRITTEN = (FOLDER / "parameters.toml").read_text("utf-8")
TABLE = parameter_table()
OWN = {"d_base", "d_appointed", "d_part"}
"""Constants that stand in the formula of rule 12, and in no row of the table of parameters."""


def test_the_file_has_every_parameter_once_and_in_order() -> None:
    assert tuple(each.name for each in TABLE) == NAMES
    assert asdict(read_parameters()) == {each.name: each.value for each in TABLE}


def test_the_rule_of_a_parameter_is_the_one_its_description_names() -> None:
    text = Parameters.__doc__ or ""

    for each in TABLE:
        assert f"{each.name}\n        {each.rule}. " in text


def test_every_parameter_is_that_of_the_specification(shared: Path) -> None:
    with (shared / "design" / "model_parameters.csv").open(encoding="utf-8") as file:
        rows = {row["name"].lower(): row for row in csv.DictReader(file)}

    for each in TABLE:
        if each.name not in OWN:
            row = rows[each.name]
            numbers = (float(row["default"]), float(row["low"]), float(row["high"]))
            assert (each.value, each.low, each.high) == numbers, each.name
            assert each.provenance == row["status"], each.name


def test_drawn_parameters_are_inside_their_ranges_and_follow_their_seed() -> None:
    for seed in range(10):
        drawn = drawn_parameters(seed)
        for each in TABLE:
            assert each.low <= getattr(drawn, each.name) <= each.high

    assert drawn_parameters(1) == drawn_parameters(1)
    assert drawn_parameters(1) != drawn_parameters(2)


def test_parameters_draw_independently_of_each_other() -> None:
    drawn = [drawn_parameters(seed) for seed in range(60)]
    spans = {each.name: (each.low, each.high) for each in TABLE}

    def places(name: str) -> list[float]:
        low, high = spans[name]
        return [(getattr(each, name) - low) / (high - low) - 0.5 for each in drawn]

    pairs = zip(places("p_user"), places("p_workers"), strict=True)
    assert abs(sum(a * b for a, b in pairs) / 60 * 12) < 4 / 60**0.5


CASES = {
    "unknown parameter": ("[leak]", "[leek]", '[leek], name: no such parameter. Did you mean "le'),
    "missing parameter": (
        WRITTEN[WRITTEN.index("[leak]") : WRITTEN.index("[shadow_ret]")],
        "",
        "[leak], name: the parameter is missing; add a table [leak] with value, low",
    ),
    "unknown field": ("high = 0.3\n", "hihg = 0.3\n", '[slack_max], hihg: no such field. Did you'),
    "missing field": ('unit = "hours"\n', "", "[queue], unit: missing; write  unit = ...  here"),
    "text for a number": ("value = 7.0", 'value = "7"', "[queue], value: '7' is not a finite num"),
    "number for a text": ('unit = "hours"', "unit = 1", "[queue], unit: 1 is not a text; put it"),
    "blank text": ('unit = "hours"', 'unit = ""', "[queue], unit: blank; a text was needed"),
    "unknown provenance": (
        'provenance = "calibrated"',
        'provenance = "fitted"',
        "[e_food], provenance: 'fitted' is not known here; write measured if a source",
    ),
    "share above one": ("high = 0.95", "high = 1.5", "[p_balance], high: 1.5 is outside 0 to 1"),
    "below zero": (
        "low = 0.05\nhigh = 0.5\n",
        "low = -0.01\nhigh = 0.5\n",
        "[over_max], low: -0.01 is outside 0 to 1",
    ),
    "outside its own range": (
        "value = 7.0",
        "value = 17",
        "[queue], value: 17 is outside its own range 2 to 15; widen the range",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_file_parameter_and_field(case: str, tmp_path: Path) -> None:
    old, new, said = CASES[case]
    assert old in WRITTEN
    file = tmp_path / "mine.toml"
    file.write_text(WRITTEN.replace(old, new, 1), "utf-8")

    for read in (parameter_table, read_parameters):
        with pytest.raises(DataError) as refused:
            read(file)
        assert str(refused.value).startswith("mine.toml, [")
        assert said in str(refused.value)


def test_a_file_of_one_s_own_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(WRITTEN.replace("value = 7.0", "value = 9", 1), "utf-8")

    assert read_parameters(file).queue == 9.0
    assert drawn_parameters(3, file) == drawn_parameters(3)
