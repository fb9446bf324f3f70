"""The random cases reach the corners of the page, and are written as the page's files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.independent.case import Case, Row, read_case, write_case
from tests.independent.cases import random_case
from tests.independent.conftest import Answered
from tests.independent.extended_cases import EXTENSIONS, random_extended_case
from tests.independent.given import given_of, number
from tests.independent.problem import solve


def rows(case: Case, name: str) -> list[Row]:
    return case.tables.get(name, [])


def first_year(case: Case) -> int:
    return int(case.settings.get("first_year", case.settings["year"]))


def flows(case: Case, role: str) -> list[tuple[object, object]]:
    return [
        (row["technique"], row["good"]) for row in rows(case, "flows.csv") if row["role"] == role
    ]


def repeated(names: list[object]) -> bool:
    return len(set(names)) < len(names)


def series(case: Case) -> Iterator[list[int]]:
    """Give the years with a row, of each series of needs and supply."""
    found: dict[object, list[int]] = {}
    for row in rows(case, "needs.csv"):
        kind = str(row.get("kind") or "consumption")
        found.setdefault((row["good"], kind), []).append(int(number(row, "year")))
    for row in rows(case, "supply.csv"):
        found.setdefault((row["kind"], row["name"]), []).append(int(number(row, "year")))
    yield from found.values()


def plan_years(case: Case) -> range:
    return range(first_year(case), first_year(case) + int(case.aims.get("years", 5)))


def has_gap(case: Case) -> bool:
    """Tell whether a series has no row in a year of the plan between two rows."""
    return any(
        year not in years and min(years) < year < max(years)
        for years in series(case)
        for year in plan_years(case)
    )


def has_year_without_target(case: Case) -> bool:
    given = given_of(case)
    return bool(((given.target + given.output_target).sum(axis=0) == 0).any())


def gestations(case: Case) -> set[float]:
    plants = rows(case, "plants.csv") + rows(case, "techniques.csv")
    return {number(row, "gestation") for row in plants}


def unlimited(case: Case) -> bool:
    loaded = {row["technique"] for row in rows(case, "loads.csv")}
    free = [row for row in rows(case, "techniques.csv") if row["technique"] not in loaded]
    return any("capacity" not in row for row in free)


def short_form(case: Case) -> bool:
    return any("capacity" in row for row in rows(case, "techniques.csv"))


def any_cell(name: str, column: str) -> Callable[[Case], bool]:
    return lambda case: any(number(row, column) > 0 for row in rows(case, name))


def any_aim(key: str) -> Callable[[Case], bool]:
    return lambda case: key in case.aims


def aims_for(objective: str) -> Callable[[Case], bool]:
    return lambda case: case.aims.get("objective", "ray") == objective


def terminal_is(kind: type) -> Callable[[Case], bool]:
    return lambda case: isinstance(case.aims.get("terminal"), kind)


FEATURES: dict[str, Callable[[Case], bool]] = {
    "joint products": lambda case: repeated([way for way, _ in flows(case, "output")]),
    "own product used": lambda case: bool(set(flows(case, "output")) & set(flows(case, "input"))),
    "plant shared by techniques": lambda case: repeated(
        [row["plant"] for row in rows(case, "loads.csv")]
    ),
    "several plants of one technique": lambda case: repeated(
        [row["technique"] for row in rows(case, "loads.csv")]
    ),
    "both forms of plants": lambda case: bool(rows(case, "loads.csv")) and short_form(case),
    "unlimited capacity": unlimited,
    "gestation of 1 year": lambda case: 1 in gestations(case),
    "gestation of 2 years": lambda case: 2 in gestations(case),
    "gestation of 3 years": lambda case: 3 in gestations(case),
    "resources": lambda case: bool(rows(case, "resources.csv")),
    "imports": any_cell("goods.csv", "import_price"),
    "exports": any_cell("goods.csv", "export_price"),
    "import cap": any_cell("goods.csv", "import_cap"),
    "export cap": any_cell("goods.csv", "export_cap"),
    "credit": lambda case: any(row["kind"] == "credit" for row in rows(case, "supply.csv")),
    "repayment": lambda case: any(number(row, "amount") < 0 for row in rows(case, "supply.csv")),
    "opening stocks": any_cell("goods.csv", "stock"),
    "spoilage of a part": lambda case: any(
        0 < number(row, "spoilage") < 1 for row in rows(case, "goods.csv")
    ),
    "spoilage of all": lambda case: any(
        number(row, "spoilage") == 1 for row in rows(case, "goods.csv")
    ),
    "first year after the year": lambda case: first_year(case) != case.settings["year"],
    "first year left out": lambda case: "first_year" not in case.settings,
    "rows before the first year": lambda case: any(
        min(years) < first_year(case) for years in series(case)
    ),
    "gaps between rows": has_gap,
    "year without target": has_year_without_target,
    "five years by default": lambda case: "years" not in case.aims,
    "objective ray": aims_for("ray"),
    "objective common": aims_for("common"),
    "objective weighted": aims_for("weighted"),
    "objective labour": aims_for("labour"),
    "cap on phi": any_aim("cap"),
    "year weights": any_aim("year_weights"),
    "labour weights": any_aim("labour_weights"),
    "no waste": any_aim("no_waste"),
    "multiple of the floors": any_aim("floors"),
    "output target": any_cell("needs.csv", "base"),
    "public use": any_cell("needs.csv", "public"),
    "needs of the aims": lambda case: case.aims_needs is not None,
    "terminal rule, one number": lambda case: isinstance(case.aims.get("terminal"), int | float),
    "terminal rule, by good": terminal_is(dict),
    "terminal rule, none": terminal_is(str),
    "terminal rule, default": lambda case: "terminal" not in case.aims,
}


@pytest.mark.parametrize("feature", FEATURES)
def test_at_least_twenty_cases_have(feature: str, plain: Answered) -> None:
    with_it = sum(FEATURES[feature](case) for case, _ in plain)

    assert 20 <= with_it < len(plain), f"{feature}: {with_it} of {len(plain)} cases"


def test_a_tenth_of_the_cases_is_infeasible_and_some_are_unbounded(plain: Answered) -> None:
    statuses = [answer.status for _, answer in plain]

    assert statuses.count("infeasible") >= len(plain) / 10
    assert statuses.count("unbounded") >= 5
    assert statuses.count("optimal") >= len(plain) / 2


def test_most_optima_are_above_zero(plain: Answered) -> None:
    optima = [answer.objective for _, answer in plain if answer.objective is not None]

    assert sum(optimum > 1e-3 for optimum in optima) >= 0.9 * len(optima)


def test_sizes_are_small(plain: Answered) -> None:
    for case, _ in plain:
        given = given_of(case)

        assert 2 <= len(given.goods) <= 6
        assert 2 <= given.inputs.shape[1] <= 8
        assert len(rows(case, "plants.csv")) <= 4
        assert 1 <= len(given.skills) <= 3
        assert given.resources.shape[0] <= 2
        assert 1 <= len(given.years) <= 5


@pytest.mark.parametrize("name", EXTENSIONS)
def test_each_extension_is_in_a_quarter_of_the_extended_cases(
    name: str, extended: Answered
) -> None:
    with_it = sum(name in case.settings or f"{name}.csv" in case.tables for case, _ in extended)

    assert with_it >= len(extended) / 4


def test_most_extended_cases_are_optimal(extended: Answered) -> None:
    assert sum(answer.status == "optimal" for _, answer in extended) >= len(extended) / 2


def test_a_seed_gives_the_same_case_again() -> None:
    assert random_case(7) == random_case(7)
    assert random_extended_case(7) == random_extended_case(7)
    assert random_case(7) != random_case(8)


@pytest.mark.parametrize("draw", [random_case, random_extended_case])
@pytest.mark.parametrize("seed", range(20))
def test_a_case_survives_being_written(
    draw: Callable[[int], Case], seed: int, tmp_path: Path
) -> None:
    case = draw(seed)

    again = read_case(tmp_path / "economy", write_case(case, tmp_path / "economy"))

    assert again.settings == case.settings
    assert again.aims == case.aims
    before, after = given_of(case), given_of(again)
    for name in before.__slots__:
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    assert solve(again) == solve(case)
