import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.keys import keys_in
from tests.records.planted import Plant, assert_found, in_table, named, outcome
from tests.records.small import TABLES, Spoiled, small

from sovplan.foundation.errors import DataError
from sovplan.records.checks import findings, needs_findings
from sovplan.records.findings import Finding, nearest, refuse
from sovplan.records.folder import Table


def _without(case: Spoiled, table: str) -> None:
    del case.tables[table]


PLANTED = [
    Plant(
        "records.table.missing",
        lambda case: _without(case, "flows.csv"),
        "flows.csv", 0, "", "sovplan new FOLDER",
    ),
    Plant(
        "records.table.unknown_column",
        lambda case: case.put("goods.csv", 2, spoilagge=0.1),
        "goods.csv", 0, "spoilagge", 'Did you mean "spoilage"?',
    ),
    Plant(
        "records.table.unknown_column",
        lambda case: case.put("labour.csv", 3, wages=0.1),
        "labour.csv", 0, "wages", "Known: technique, skill, hours.",
    ),
    Plant(
        "records.table.no_column",
        lambda case: case.drop("flows.csv", "amount"),
        "flows.csv", 0, "amount", "technique, good, role, amount",
    ),
    Plant(
        "records.table.row_twice",
        lambda case: case.add("flows.csv", technique="farm", good="bread", role="input", amount=1),
        "flows.csv", 8, "role", "farm, bread, input stands twice (first in row 3)",
    ),
    Plant(
        "records.table.row_twice",
        lambda case: case.add("needs.csv", year=2001, good="bread", kind="consumption", target=1),
        "needs.csv", 5, "kind", "2001, bread, consumption stands twice (first in row 2)",
    ),
    Plant(
        "records.table.row_twice",
        lambda case: case.add("before.csv", technique="mill", activity=2),
        "before.csv", 3, "technique", "mill stands twice (first in row 2)",
    ),
    in_table("cell.blank_number", ("flows.csv", 3, "amount"), "", "0 if there is none"),
    in_table("cell.blank_number", ("supply.csv", 2, "year"), None, "a number was needed"),
    in_table("cell.blank_number", ("plants.csv", 2, "capacity"), None, "a number was needed"),
    in_table("cell.blank_name", ("supply.csv", 4, "name"), "", "a name was needed"),
    in_table("cell.blank_name", ("flows.csv", 4, "role"), "", "a name was needed"),
    in_table("cell.not_number", ("flows.csv", 3, "amount"), "a fifth", '"a fifth" is not a number'),
    in_table("cell.not_number", ("goods.csv", 2, "stock"), "10 t", "no unit"),
    in_table("cell.not_number", ("goods.csv", 2, "stock"), "nan", '"nan" is not a number'),
    in_table("cell.not_number", ("supply.csv", 2, "amount"), "inf", '"inf" is not a number'),
    in_table("cell.not_number", ("supply.csv", 2, "amount"), "1_000", "between the digits"),
    in_table("cell.not_number", ("supply.csv", 2, "amount"), "٤٠٠", "digits 0 to 9"),
    in_table("cell.not_number", ("supply.csv", 2, "amount"), "0x10", "digits 0 to 9"),
    in_table("cell.not_number", ("flows.csv", 3, "low"), "few", '"few" is not a number'),
    in_table("cell.decimal_comma", ("flows.csv", 3, "amount"), "0,2", "a decimal point in place"),
    in_table("cell.too_low", ("labour.csv", 2, "hours"), -3, "-3 is below 0"),
    in_table("cell.too_low", ("techniques.csv", 2, "gestation"), 0, "0 is below 1"),
    in_table("cell.too_high", ("goods.csv", 2, "spoilage"), 1.5, "1.5 is above 1"),
    in_table("cell.too_large", ("needs.csv", 3, "target"), 1.1e15, "1.1e+15 is larger than"),
    in_table("cell.too_large", ("flows.csv", 3, "amount"), "1e300", "the most is 1e+15 in size"),
    in_table("cell.too_large", ("supply.csv", 2, "amount"), float("inf"), "inf is larger"),
    in_table("cell.too_small", ("flows.csv", 3, "amount"), 9e-13, "9e-13 is too near to 0"),
    in_table("cell.too_small", ("labour.csv", 2, "hours"), 1e-300, "0 or 1e-12 in size"),
    in_table("cell.too_small", ("goods.csv", 2, "stock"), 9e-31, "0 or 1e-30 in size"),
    in_table("cell.not_whole", ("plants.csv", 2, "gestation"), 1.5, "1.5 is not a whole number"),
    in_table("cell.not_whole", ("needs.csv", 3, "year"), 2001.5, "2001.5 is not a whole number"),
    in_table("cell.choice", ("flows.csv", 3, "role"), "inputs", 'Did you mean "input"?'),
    in_table("cell.choice", ("supply.csv", 8, "kind"), "gold", "Known: labour, resource, credit."),
    in_table("cell.choice", ("needs.csv", 3, "kind"), "Output", 'Did you mean "output"?'),
    in_table("cell.unknown_good", ("flows.csv", 3, "good"), "braed", 'Did you mean "bread"?'),
    in_table("cell.unknown_good", ("building.csv", 2, "good"), "x", "Known: bread, steel, oil."),
    in_table("cell.unknown_technique", ("labour.csv", 4, "technique"), "dril", '"drill"?'),
    in_table("cell.unknown_plant", ("loads.csv", 2, "plant"), "wharf", "Known: rig."),
]  # fmt: skip


def test_the_small_economy_has_no_fault() -> None:
    assert findings(small()) == []


@pytest.mark.parametrize("plant", PLANTED, ids=named)
def test_a_planted_error_is_found_where_it_stands_and_nothing_else(plant: Plant) -> None:
    assert_found(plant)


def test_every_message_has_been_planted() -> None:
    assert keys_in("records/checks.py") - {plant.key for plant in PLANTED} == set()


def test_all_errors_are_listed_at_once() -> None:
    economy = Spoiled()
    economy.settings["titel"] = "x"
    economy.put("goods.csv", 2, spoilage=2)
    economy.put("flows.csv", 3, amount="0,2", good="braed")
    economy.put("labour.csv", 4, hours=-1)

    found = findings(economy.folder())

    assert [(finding.file, finding.line, finding.column) for finding in found] == [
        ("economy.toml", 0, "titel"),
        ("goods.csv", 2, "spoilage"),
        ("flows.csv", 3, "good"),
        ("flows.csv", 3, "amount"),
        ("labour.csv", 4, "hours"),
    ]


@pytest.mark.parametrize(
    ("table", "column"),
    [("goods.csv", "good"), ("techniques.csv", "technique"), ("flows.csv", "technique")],
)
def test_a_list_that_is_missing_is_one_finding_and_not_one_more_for_each_name(
    table: str, column: str
) -> None:
    without, headless = Spoiled(), Spoiled()
    del without.tables[table]
    headless.drop(table, column)

    assert [(found.file, found.column) for found in findings(without.folder())] == [(table, "")]
    places = [(found.file, found.column) for found in findings(headless.folder())]
    assert places == [(table, column)]


def test_a_name_of_a_list_that_may_be_left_out_is_still_looked_up() -> None:
    economy = Spoiled()
    del economy.tables["plants.csv"]

    assert {found.text.split(".")[0] for found in findings(economy.folder())} == {
        '"rig" is not a plant of plants'
    }


def test_the_range_of_a_row_of_needs_of_aims_holds_its_target() -> None:
    wrong = Table.of("needs.csv", [{"year": 2001, "good": "bread", "target": 5, "high": 4}])

    (found,) = needs_findings(wrong, ["bread"])

    assert (found.line, found.column) == (2, "high")
    assert "target 5 is above its own high, 4" in found.text


def test_the_refusal_says_how_many_more_errors_there_are() -> None:
    faults = [Finding("error", "goods.csv", line, "good", f"fault {line}") for line in (2, 3, 4)]
    doubt = Finding("warning", "goods.csv", 9, "good", "doubt")

    with pytest.raises(DataError) as refused:
        refuse([doubt, *faults], checked=True)

    assert str(refused.value) == (
        'goods.csv, row 2, "good": fault 2 (2 more: sovplan check lists all)'
    )


def test_the_refusal_says_where_the_others_stand_if_no_command_lists_them() -> None:
    rows = [("returns.csv", line) for line in (2, 5, 5, 7, 9, 10, 11, 12)]
    faults = [Finding("error", file, line, "good", "fault") for file, line in rows]

    with pytest.raises(DataError) as three:
        refuse(faults[:4])
    with pytest.raises(DataError) as eight:
        refuse(faults)

    assert str(three.value) == (
        'returns.csv, row 2, "good": fault (3 more: returns.csv, row 5; returns.csv, row 7)'
    )
    assert str(eight.value).endswith("returns.csv, row 11 and so on)")


def test_one_error_stands_alone_and_warnings_are_no_reason_to_refuse() -> None:
    refuse([Finding("warning", "goods.csv", 0, "", "doubt")])

    with pytest.raises(DataError, match=r"^goods\.csv: fault$"):
        refuse([Finding("error", "goods.csv", 0, "", "fault")])


def test_a_name_far_from_all_known_ones_is_met_with_the_list_or_its_length() -> None:
    assert nearest("zzz", ["coal", "oil"]) == "Known: coal, oil."
    assert nearest("zzz", [f"good {n}" for n in range(13)]) == "There are 13 to choose from."
    assert nearest("coall", ["coal", "oil"]) == 'Did you mean "coal"?'
    assert "none" in nearest("coal", [])


def test_the_row_of_a_finding_is_the_row_of_the_file() -> None:
    wrong = Table("needs.csv", {"year": ("2001", "soon"), "good": ("bread", "bread")}, [4, 9])

    (found,) = needs_findings(wrong, ["bread"])

    assert (found.line, found.column) == (9, "year")


def test_the_edges_of_size_can_stand_in_a_table() -> None:
    economy = Spoiled()
    economy.put("goods.csv", 2, stock=1e-30)
    economy.put("needs.csv", 3, target=1e15)
    economy.put("flows.csv", 3, amount=1e-12)

    assert findings(economy.folder()) == []


def test_remarks_are_allowed_in_every_table() -> None:
    economy = Spoiled()
    for rows in economy.tables.values():
        rows[0] |= {"note": "n", "source": "s", "provenance": "p", "low": 0, "high": 1e6}

    assert findings(economy.folder()) == []


NASTY: list[object] = [
    None, "", " ", "x", "farm", "bread", "rig", "1,5", "1_000", "nan", "-inf", "é", "labour",
    "output", "consumption", 0, -1, 0.5, 1, 2, 2000, 2001, 2005, 1e300, 1e-300, -0.0,
]  # fmt: skip
CELLS = [
    (name, place, head)
    for name, rows in TABLES.items()
    for place in range(len(rows))
    for head in sorted({head for row in rows for head in row})
]


@given(st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(NASTY)), min_size=1, max_size=3))
def test_wild_cells_are_refused_or_planned_with(
    wild: list[tuple[tuple[str, int, str], object]],
) -> None:
    economy = Spoiled()
    for (name, place, head), value in wild:
        economy.tables[name][place][head] = value

    assert outcome(economy.folder()) in {"refused", "built"}
