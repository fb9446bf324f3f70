from pathlib import Path

import pytest
from tests.records.federation import BOOKS, PLACES, surveys, tables
from tests.records.formats import FORMATS

from sovplan.foundation.errors import DataError
from sovplan.records.folder import Table
from sovplan.records.surveyfile import SURVEY, survey_findings, survey_table, surveys_of
from sovplan.records.tables import read_table

GOOD = {
    "period": "2027",
    "workplace": "bakery",
    "kind": "norm_input",
    "technique": "bakery",
    "name": "flour",
    "amount": 0.7,
    "filed_by": "bakers",
}


def texts(*rows: dict[str, object]) -> list[str]:
    table = Table.of("survey.csv", rows)
    return [str(finding) for finding in survey_findings([table], BOOKS, PLACES)]


def test_the_example_is_in_order_and_one_paper_a_workplace() -> None:
    assert survey_findings(tables(), BOOKS, PLACES) == []
    assert {paper.workplace for paper in surveys()} == {*PLACES.names, "consumers"}
    assert sum(len(paper.rows) for paper in surveys()) == sum(map(len, tables())) == 64


def test_one_file_for_all_says_the_same_as_one_for_each() -> None:
    assert surveys_of([survey_table(surveys())], BOOKS, PLACES) == surveys()


@pytest.mark.parametrize("ending", FORMATS)
def test_surveys_come_in_every_format(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"survey-all{ending}"
    table = survey_table(surveys())
    columns = [list(table.columns[head]) for head in table.columns]
    rows: list[list[object]] = [list(table.columns), *map(list, zip(*columns, strict=True))]
    path.write_bytes(FORMATS[ending](rows))

    assert surveys_of([read_table(path, SURVEY.name)], BOOKS, PLACES) == surveys()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "norms_input"}, '"kind": "norms_input"'),
        ({"technique": "bakry"}, '"technique": "bakry"'),
        ({"name": "flower"}, '"name": the books do not know "flower"'),
        ({"name": "crafts"}, 'the books do not know "crafts"'),
        ({"amount": -1}, '"amount": -1'),
        ({"amount": None}, '"amount": blank'),
        ({"filed_by": None}, '"filed_by": blank'),
        ({"period": "2026"}, "the books plan 2027 next"),
        ({"workplace": "bakers"}, '"bakers" is no workplace'),
        ({"workplace": "farm"}, "farm does not work with bakery"),
        ({"technique": None}, "needs the technique"),
        (
            {"workplace": "carpentry", "kind": "capacity", "name": None, "technique": "carpentry"},
            "not its own plant",
        ),
        ({"kind": "capacity", "name": "oven", "technique": None}, '"oven"'),
        ({"size": 3}, "unknown column"),
    ],
)
def test_what_is_wrong_in_a_row_is_found_where_it_stands(
    change: dict[str, object], words: str
) -> None:
    found = texts({**GOOD, **change})

    assert len(found) == 1
    assert words in found[0]
    assert found[0].startswith("survey.csv")
    assert texts(GOOD) == []


def test_all_that_is_wrong_is_found_at_once() -> None:
    wrong = ({"name": "flower"}, {"workplace": "farm"}, {"name": "slat"})

    found = texts(*({**GOOD, **change} for change in wrong))

    assert len(found) == 3
    assert [text.split(",")[1] for text in found] == [" row 2", " row 3", " row 4"]


def test_a_row_twice_is_found_across_files() -> None:
    first = Table.of("survey.csv", [GOOD])
    second = Table("survey.csv", first.columns, first.lines, "survey-again.csv")

    (found,) = survey_findings([first, second], BOOKS, PLACES)

    assert found.file == "survey-again.csv"
    assert "first in survey.csv, row 2" in found.text


def test_anybody_may_want_and_hold() -> None:
    blank = {**GOOD, "technique": None, "workplace": "village shop"}

    assert texts({**blank, "kind": "want"}, {**blank, "kind": "stock"}) == []


def test_wrong_surveys_are_refused() -> None:
    with pytest.raises(DataError, match="flower"):
        surveys_of([Table.of("survey.csv", [{**GOOD, "name": "flower"}])], BOOKS, PLACES)
