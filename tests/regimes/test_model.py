import csv
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.lab.layers import layer_rules
from sovplan.regimes.catalogue import FOLDER
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.regimes.parameters import parameter_table
from sovplan.society.collectives.layer import OUTSIDE as FARMS
from sovplan.society.farms.village import OUTSIDE as VILLAGE
from sovplan.society.nation.order import rules
from sovplan.society.people_rules.numbers import START, values
from sovplan.society.persons.year import OUTSIDE

WRITTEN = (FOLDER / "model.toml").read_text("utf-8")
TABLE = model_parameter_table()
LISTED = [each for each in TABLE if each.listed]
PIECES = (*rules(), *layer_rules())
STARTS = {
    "O_1921", "works_number", "works_spread", "household", "war_births_from", "war_births_to",
    *FARMS, *VILLAGE, *OUTSIDE,
}  # fmt: skip
READ = {name for piece in PIECES for name in piece.parameters} | STARTS
"""Parameters that rules read, with those that the start is made with."""


def test_every_parameter_of_the_specification_is_there(shared: Path) -> None:
    with (shared / "design" / "model_parameters.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {(each.rule, each.name): each for each in LISTED}

    assert len(rows) == len(LISTED) == 169
    for row in rows:
        name = "s_fear_of_repression" if (row["rule"], row["name"]) == ("R31", "s_fear") else None
        each = found[row["rule"], name or row["name"]]
        default = each.value if each.specified is None else each.specified
        numbers = (float(row["default"]), float(row["low"]), float(row["high"]))
        assert (default, each.low, each.high) == numbers
        assert each.provenance == row["status"]
        assert each.unit == row["unit"]


def test_values_are_those_of_the_fit(shared: Path) -> None:
    with (shared / "design" / "model_miniature_inputs.csv").open(encoding="utf-8") as file:
        fit = {
            row["key"]: row["value"] for row in csv.DictReader(file) if row["block"] == "best_fit"
        }
    values = model_parameters()

    assert len(fit) == 57
    for name, value in fit.items():
        if name == "multiplier of y0":
            assert float(value) == 1.0
        elif name in {"mig_a", "mig_b"}:  # printed with four digits, measured with five
            assert values[name] == pytest.approx(float(value), rel=0.003)
        else:
            assert values[name] == float(value), name


def test_a_value_differs_from_its_default_by_rounding_only() -> None:
    for each in LISTED:
        if each.specified is not None:
            assert each.value == pytest.approx(each.specified, rel=0.02), each.name


def test_rules_read_only_what_is_there_and_every_constant_of_the_trial_is_read() -> None:
    assert {*model_parameters()} >= READ
    assert {each.name for each in TABLE if not each.listed} <= READ


def test_what_stands_in_both_lists_agrees() -> None:
    own = {each.name: each for each in TABLE}
    both = [each for each in parameter_table() if each.name in own]

    assert len(both) > 20
    for each in both:
        other = own[each.name]
        default = other.value if other.specified is None else other.specified
        assert (each.value, each.low, each.high) == (default, other.low, other.high), each.name


def test_what_persons_share_with_the_society_of_persons_agrees() -> None:
    own, others = model_parameters(), {**values(), **values(START)}
    both = {*own} & {*others} - {"learn"}  # that of the country is calibrated

    assert {"hunger_child", "effort_most", "school_most", "die_child", "girls"} <= both
    assert {name: own[name] for name in both} == {name: others[name] for name in both}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('rule = "R01"', 'rule = ""', "alpha"),
        ("value = 0.4\n", "value = 0.6\n", "alpha"),
        ("value = 0.4\n", "value = 1\n", "alpha"),
        ('provenance = "calibrated"', 'provenance = "guessed"', "alpha"),
        ("meaning = ", "meening = ", "meaning"),
        ("low = 0.4\n", "", "low"),
        ('meaning = "capital', 'meaning = "" # "capital', "alpha.*meaning: blank"),
        ("specified = 0.71\n", 'specified = "0.71"\n', "specified: '0.71' is no float"),
        ("value = 0.4\n", "value = nan\n", "alpha.*value: nan is not a finite number"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in WRITTEN
    path = tmp_path / "model.toml"
    path.write_text(WRITTEN.replace(old, new, 1), "utf-8")

    with pytest.raises(DataError, match=told):
        model_parameter_table(path)
