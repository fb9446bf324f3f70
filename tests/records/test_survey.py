import numpy as np
import pytest
from tests.records.federation import BOOKS, FOLDER, PLACES, said, surveys
from tests.records.small import differences, small

from sovplan.foundation.errors import DataError
from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.folder import Table
from sovplan.records.survey import Survey, SurveyRow, merged
from sovplan.records.workplaces import workplaces_of


def declared(*papers: Survey) -> Economy:
    return merged(BOOKS, PLACES, papers)[0]


def holds(name: str, amount: float) -> SurveyRow:
    return SurveyRow("stock", amount, name=name)


def has(plant: str, amount: float) -> SurveyRow:
    return SurveyRow("capacity", amount, name=plant)


def wants(name: str, amount: float) -> SurveyRow:
    return SurveyRow("want", amount, name=name)


def good(name: str) -> int:
    return BOOKS.goods.names.index(name)


def technique(name: str) -> int:
    return BOOKS.techniques.names.index(name)


def test_nobody_asked_nothing_changed() -> None:
    found, contradictions = merged(BOOKS, PLACES, ())

    assert differences(found, BOOKS) == []
    assert contradictions == ()


def test_stocks_and_capacities_add_up_over_workplaces() -> None:
    found = declared(
        said("farm", holds("grain", 5.0), has("tractors", 500.0)),
        said("dairy", holds("grain", 2.5), has("tractors", 250.0)),
        said("bakery", SurveyRow("capacity", 20.0, technique="bakery")),
    )

    assert found.goods.stock[good("grain")] == 7.5
    plants = dict(zip(found.plants.names, found.plants.capacity.tolist(), strict=True))
    assert (plants["tractors"], plants["bakery"], plants["hall"]) == (750.0, 20.0, 14.0)


def test_a_norm_takes_the_place_of_the_one_in_the_books() -> None:
    found = declared(
        said(
            "bakery",
            SurveyRow("norm_input", 0.7, "bakery", "flour"),
            SurveyRow("norm_output", 1.1, "bakery", "bread"),
            SurveyRow("norm_hours", 50.0, "bakery", "crafts"),
            SurveyRow("norm_input", 0.01, "bakery", "fuel"),
        )
    )

    column = technique("bakery")
    assert found.techniques.inputs[good("flour"), column] == pytest.approx(0.7)
    assert found.techniques.inputs[good("fuel"), column] == pytest.approx(0.01)
    assert found.techniques.inputs[good("salt"), column] == 0.013
    assert found.techniques.outputs[good("bread"), column] == pytest.approx(1.1)
    assert found.techniques.labour[found.techniques.skills.index("crafts"), column] == 50.0


def test_a_norm_of_a_shared_technique_counts_by_the_share() -> None:
    folder = small().with_table(
        Table.of(
            "workplaces.csv",
            [
                {"workplace": "north", "technique": "farm", "share": 0.25},
                {"workplace": "south", "technique": "farm", "share": 0.75},
            ],
        )
    )
    economy = economy_of(folder)
    paper = said("north", SurveyRow("norm_input", 0.6, "farm", "bread"))

    found, _ = merged(economy, workplaces_of(folder), [paper])

    assert found.techniques.inputs[0, 0] == pytest.approx(0.25 * 0.6 + 0.75 * 0.2)


def test_wants_and_floors_add_up_in_the_first_year_and_leave_the_rest() -> None:
    found = declared(
        said("consumers", wants("bread", 10.0), SurveyRow("floor", 7.0, name="bread")),
        said("village shop", wants("bread", 5.0), wants("furniture", 80.0)),
    )

    needs = found.needs.over((2027, 2028, 2031))
    assert needs[good("bread")].tolist() == [[15.0, 7.0, 0.6]] * 3
    assert needs[good("furniture")].tolist() == [[80, 30, 8], [76.5, 30, 8], [81.18, 30, 8]]
    books = BOOKS.needs.over((2027, 2028, 2031))
    assert (needs[good("care")] == books[good("care")]).all()


def test_works_come_to_the_amount_declared_in_the_years_of_the_books() -> None:
    found = declared(
        said(
            "building_crew",
            SurveyRow("under_construction", 85.0, name="dwellings"),
            SurveyRow("under_construction", 3.0, name="hall"),
        )
    )

    works = found.extensions.under_construction
    assert works is not None
    rows = {
        (BOOKS.plants.names[plant], year): amount
        for plant, year, amount in zip(
            works.plants.tolist(), works.years.tolist(), works.capacity.tolist(), strict=True
        )
    }
    assert rows == {("dwellings", 2028): 85.0, ("panels", 2028): 24.0, ("hall", 2028): 3.0}


def test_the_example_merges_into_an_economy_that_says_what_was_declared() -> None:
    found, contradictions = merged(BOOKS, PLACES, surveys())

    assert found.goods.stock[good("leather")] == 60.0
    assert found.plants.capacity[found.plants.names.index("hall")] == 28.0
    assert {one.name for one in contradictions} == {"hall", "leather", "housing"}
    assert found.techniques.inputs[good("grain"), technique("grain_mill")] == 1.26
    assert np.isfinite(found.goods.stock).all()


@pytest.mark.parametrize(
    ("workplace", "row", "words"),
    [
        ("farm", SurveyRow("stock", 1.0, name="grian"), 'Did you mean "grain"?'),
        ("farm", SurveyRow("capacity", 1.0, technique="farm_grain"), "farm_grain"),
        ("farm", SurveyRow("norm_input", 1.0, "bakery", "flour"), "farm does not work with bakery"),
        ("bakery", SurveyRow("norm_output", 0.0, "bakery", "bread"), "bakery makes nothing"),
    ],
)
def test_what_the_books_do_not_know_is_refused(workplace: str, row: SurveyRow, words: str) -> None:
    with pytest.raises(DataError, match=words.replace("?", r"\?")):
        declared(said(workplace, row))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"kind": "stocks", "amount": 1.0, "name": "a"}, 'Did you mean "stock"'),
        ({"kind": "stock", "amount": 1.0}, "needs a name"),
        ({"kind": "stock", "amount": 1.0, "name": "a", "technique": "b"}, "leaves the column"),
        ({"kind": "norm_input", "amount": 1.0, "name": "a"}, "needs the technique"),
        ({"kind": "capacity", "amount": 1.0}, "names either the plant"),
        ({"kind": "capacity", "amount": 1.0, "name": "a", "technique": "b"}, "either the plant"),
        ({"kind": "stock", "amount": -1.0, "name": "a"}, "0 or more"),
        ({"kind": "stock", "amount": float("nan"), "name": "a"}, "0 or more"),
    ],
)
def test_a_row_against_its_own_form_is_refused(cells: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words):
        SurveyRow(**cells)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["period", "workplace", "filed_by"])
def test_a_survey_says_of_when_whose_and_by_whom(field: str) -> None:
    cells = {"period": "2027", "workplace": "farm", "filed_by": "council", field: " "}

    with pytest.raises(DataError, match=field):
        Survey(rows=(), **cells)


def test_the_books_stay_as_they_were() -> None:
    before = BOOKS.goods.stock.copy(), BOOKS.techniques.inputs.toarray()

    merged(BOOKS, PLACES, surveys())

    assert (before[0] == BOOKS.goods.stock).all()
    assert (before[1] == BOOKS.techniques.inputs.toarray()).all()
    assert differences(BOOKS, economy_of(FOLDER)) == []
