import pytest
from tests.foundation.keys import keys_in
from tests.records.planted import Plant, assert_found, in_table, named
from tests.records.small import Spoiled

from sovplan.records.checks import findings


def _ore(case: Spoiled) -> None:
    for row in case.tables["flows.csv"]:
        if row["technique"] == "mill" and row["role"] == "output":
            row["role"] = "input"


def _late(case: Spoiled) -> None:
    case.tables["supply.csv"][2]["year"] = 2002


PLANTED = [
    Plant(
        "records.table.low_above_high",
        lambda case: case.put("flows.csv", 3, low=0.3, high=0.2),
        "flows.csv", 3, "low", "low 0.3 is above high 0.2",
    ),
    Plant(
        "records.table.outside_low",
        lambda case: case.put("flows.csv", 3, low=0.3, high=0.4),
        "flows.csv", 3, "low", "amount 0.2 is below its own low, 0.3",
    ),
    Plant(
        "records.table.outside_low",
        lambda case: case.put("goods.csv", 4, low=1),
        "goods.csv", 4, "low", "stock 0 is below its own low, 1",
    ),
    Plant(
        "records.table.outside_high",
        lambda case: case.put("plants.csv", 2, high=11),
        "plants.csv", 2, "high", "capacity 12 is above its own high, 11",
    ),
    Plant(
        "records.table.outside_high",
        lambda case: case.put("before.csv", 2, low=0, high=11),
        "before.csv", 2, "high", "activity 12 is above its own high, 11",
    ),
    in_table("goods.price", ("goods.csv", 2, "export_price"), 2, "not below the import price 2"),
    Plant(
        "records.techniques.no_output", _ore,
        "techniques.csv", 3, "technique", "mill makes nothing",
    ),
    Plant(
        "records.techniques.no_output",
        lambda case: case.put("flows.csv", 5, amount=0),
        "techniques.csv", 3, "technique", "give it a row with role output",
    ),
    in_table("techniques.loaded", ("techniques.csv", 4, "capacity"), 5, "drill is named"),
    in_table("techniques.loaded", ("techniques.csv", 4, "wear"), 0, "leave this cell blank"),
    in_table("techniques.loaded", ("techniques.csv", 4, "gestation"), 2, "plants.csv"),
    Plant(
        "records.flows.capital_loaded",
        lambda case: case.add(
            "flows.csv", technique="drill", good="steel", role="capital", amount=1
        ),
        "flows.csv", 8, "role", "building.csv",
    ),
    in_table("supply.no_labour", ("labour.csv", 2, "skill"), "fields", 'Did you mean "field"?'),
    in_table("supply.no_resource", ("resources.csv", 2, "resource"), "sea", "Known: land, meadow."),
    Plant(
        "records.supply.late", _late, "supply.csv", 4, "year", "land begins after the first year",
    ),
    in_table("supply.negative", ("supply.csv", 3, "amount"), -1, "hours of shop"),
    in_table("resources.negative", ("resources.csv", 2, "amount"), -1, 'gives_back = ["land"]'),
    in_table("construction.early", ("under_construction.csv", 2, "year"), 2001, "(2001)"),
    in_table("loads.not_positive", ("loads.csv", 2, "load"), 0, "leave the row out"),
    in_table("needs.not_of_output", ("needs.csv", 4, "floor"), 1, "has no floor"),
    in_table("needs.not_of_output", ("needs.csv", 4, "public"), 1, "has no public"),
    in_table("needs.base_of_consumption", ("needs.csv", 2, "base"), 1, "leave it blank"),
    in_table("needs.base_above", ("needs.csv", 4, "base"), 9, "base 9 is above the target 8"),
    Plant(
        "records.plants.twice",
        lambda case: case.add("plants.csv", plant="farm", capacity=1),
        "plants.csv", 3, "plant", "farm",
    ),
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=named)
def test_a_planted_error_is_found_where_it_stands_and_nothing_else(plant: Plant) -> None:
    assert_found(plant)


def test_every_message_has_been_planted() -> None:
    assert keys_in("records/rules.py") - {plant.key for plant in PLANTED} == set()


def test_a_blank_capacity_is_no_number_that_a_range_could_hold() -> None:
    economy = Spoiled()
    economy.put("techniques.csv", 3, low=1, high=2)

    assert findings(economy.folder()) == []


def test_all_broken_rules_across_tables_are_listed_at_once() -> None:
    economy = Spoiled()
    economy.put("goods.csv", 2, export_price=9)
    economy.put("loads.csv", 2, load=0)
    economy.put("needs.csv", 2, base=1)

    found = findings(economy.folder())

    assert [(finding.file, finding.column) for finding in found] == [
        ("goods.csv", "export_price"),
        ("loads.csv", "load"),
        ("needs.csv", "base"),
    ]
