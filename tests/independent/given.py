"""What a case gives, as plain arrays: section "Given" of the page on the planning problem."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tests.independent.case import Case, Row

Array = NDArray[np.float64]
Wrong = str | None

HORIZON = 5


@final
@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The arrays of the page; goods g, techniques j, plants p, skills k, resources r, years t.

    Year t of the page is column t - 1. Only plants of limited capacity are here.
    """

    goods: list[str]
    skills: list[str]
    plants: list[str]
    years: list[int]
    inputs: Array  # A[g, j]
    outputs: Array  # B[g, j]
    labour: Array  # L[k, j]
    resources: Array  # R[r, j]
    load: Array  # load[p, j]
    capacity: Array  # K0[p]
    wear: Array  # wear[p]
    gestation: list[int]  # gest[p]
    building: Array  # C[g, p]
    stock: Array  # S0[g]
    spoilage: Array  # spoil[g]
    import_price: Array  # pm[g], nan: not imported
    export_price: Array  # pe[g], nan: not exported
    import_cap: Array  # capm[g], inf: none
    export_cap: Array  # cape[g], inf: none
    hours: Array  # H[k, t]
    available: Array  # Q[r, t]
    credit: Array  # F[t]
    target: Array  # N[g, t] of kind consumption
    floor: Array  # f[g, t]
    public: Array  # P[g, t]
    output_target: Array  # N[g, t] of kind output
    output_base: Array  # base[g, t]


def given_of(case: Case, wrong: Wrong = None) -> Given:
    """Read the arrays out of the rows.

    Parameters
    ----------
    case
        The rows.
    wrong
        A misreading of the page (see `misreadings`), or None.
    """
    goods = _names(case, "goods.csv", "good")
    techniques = _names(case, "techniques.csv", "technique")
    supply = _rows(case, "supply.csv")
    skills = _distinct(row["name"] for row in supply if row["kind"] == "labour")
    kept = _distinct(row["name"] for row in supply if row["kind"] == "resource")
    first = int(case.settings.get("first_year", case.settings["year"]))
    if wrong == "first_year_ignored":
        first = int(case.settings["year"])
    years = [first + t for t in range(int(case.aims.get("years", HORIZON)))]
    inputs = _table(_roles(case, "input"), ("good", goods), ("technique", techniques), "amount")
    outputs = _table(_roles(case, "output"), ("good", goods), ("technique", techniques), "amount")
    if wrong == "main_output_only":
        outputs = _greatest_of_each_column(outputs)
    return Given(
        goods=goods,
        skills=skills,
        years=years,
        inputs=inputs,
        outputs=outputs,
        labour=_table(
            _rows(case, "labour.csv"), ("skill", skills), ("technique", techniques), "hours"
        ),
        resources=_table(
            _rows(case, "resources.csv"), ("resource", kept), ("technique", techniques), "amount"
        ),
        **_plants(case, goods, techniques, wrong),
        **_goods(case, wrong),
        hours=_supply(supply, "labour", skills, years, wrong),
        available=_supply(supply, "resource", kept, years, wrong),
        credit=_credit(case, years, wrong),
        **_needs(case, goods, years, wrong),
    )


def number(row: Row, column: str, blank: float = 0.0) -> float:
    """Return a cell as a number, and `blank` for an empty one."""
    cell = row.get(column)
    return blank if cell in (None, "") else float(str(cell))


def _rows(case: Case, name: str) -> list[Row]:
    return case.tables.get(name, [])


def _names(case: Case, name: str, column: str) -> list[str]:
    return [str(row[column]) for row in _rows(case, name)]


def _distinct(names: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(str(name) for name in names))


def _roles(case: Case, role: str) -> list[Row]:
    return [row for row in _rows(case, "flows.csv") if row["role"] == role]


def _table(
    rows: list[Row], down: tuple[str, list[str]], across: tuple[str, list[str]], amount: str
) -> Array:
    table = np.zeros((len(down[1]), len(across[1])))
    for row in rows:
        i, j = down[1].index(str(row[down[0]])), across[1].index(str(row[across[0]]))
        table[i, j] = number(row, amount)
    return table


def _greatest_of_each_column(outputs: Array) -> Array:
    kept = np.zeros_like(outputs)
    for j in range(outputs.shape[1]):
        main = int(np.argmax(outputs[:, j]))
        kept[main, j] = outputs[main, j]
    return kept


def _plants(case: Case, goods: list[str], techniques: list[str], wrong: Wrong) -> dict[str, Any]:
    """Put the plants of plants.csv and each technique's own plant side by side."""
    shared = _rows(case, "plants.csv")
    own = _own_plants(case, wrong)
    names = _names(case, "plants.csv", "plant")
    own_names = [str(row["technique"]) for row in own]

    load = np.zeros((len(names) + len(own), len(techniques)))
    load[: len(names)] = _loads(case, names, techniques, wrong)
    for p, row in enumerate(own):
        unlimited = row.get("capacity") in (None, "") and wrong != "blank_capacity_is_none"
        load[len(names) + p, techniques.index(own_names[p])] = 0.0 if unlimited else 1.0

    into_shared = _table(_rows(case, "building.csv"), ("good", goods), ("plant", names), "amount")
    into_own = _table(
        [row for row in _roles(case, "capital") if row["technique"] in own_names],
        ("good", goods),
        ("technique", own_names),
        "amount",
    )
    rows = shared + own
    return {
        "plants": names + own_names,
        "load": load,
        "capacity": np.array([number(row, "capacity") for row in rows]),
        "wear": np.array([number(row, "wear") for row in rows]),
        "gestation": [int(number(row, "gestation", 1)) for row in rows],
        "building": np.hstack([into_shared, into_own]),
    }


def _own_plants(case: Case, wrong: Wrong) -> list[Row]:
    """Return the techniques that loads.csv does not name, each its own single plant.

    Blank capacity is unlimited, and an unlimited plant is none here: it limits nothing, ties up
    no capital and orders none.
    """
    in_loads = {row["technique"] for row in _rows(case, "loads.csv")}
    own = [row for row in _rows(case, "techniques.csv") if row["technique"] not in in_loads]
    if wrong in {"blank_capacity_is_none", "unlimited_plants_can_be_built"}:
        return own
    return [row for row in own if row.get("capacity") not in (None, "")]


def _loads(case: Case, plants: list[str], techniques: list[str], wrong: Wrong) -> Array:
    load = _table(_rows(case, "loads.csv"), ("plant", plants), ("technique", techniques), "load")
    if wrong == "load_is_one":
        load[load > 0] = 1.0
    if wrong == "load_divides":
        load[load > 0] = 1.0 / load[load > 0]
    if wrong == "only_first_plant_limits":
        for j in range(len(techniques)):
            load[np.flatnonzero(load[:, j])[1:], j] = 0.0
    return load


def _goods(case: Case, wrong: Wrong) -> dict[str, Any]:
    rows = _rows(case, "goods.csv")
    no_price = 0.0 if wrong == "blank_price_is_free" else math.nan
    no_cap = 0.0 if wrong == "blank_cap_is_zero" else math.inf
    return {
        "stock": np.array([number(row, "stock") for row in rows]),
        "spoilage": np.array([number(row, "spoilage") for row in rows]),
        "import_price": np.array([number(row, "import_price", no_price) for row in rows]),
        "export_price": np.array([number(row, "export_price", no_price) for row in rows]),
        "import_cap": np.array([number(row, "import_cap", no_cap) for row in rows]),
        "export_cap": np.array([number(row, "export_cap", no_cap) for row in rows]),
    }


def _in_force(rows: list[Row], year: int) -> Row:
    """Return the last row of a series up to `year`, {} before its first."""
    latest: Row = {}
    for row in rows:
        if int(number(row, "year")) > year:
            continue
        if not latest or int(number(row, "year")) > int(number(latest, "year")):
            latest = row
    return latest


def _supply(
    supply: list[Row], kind: str, names: list[str], years: list[int], wrong: Wrong
) -> Array:
    amounts = np.zeros((len(names), len(years)))
    for i, name in enumerate(names):
        rows = [row for row in supply if row["kind"] == kind and row["name"] == name]
        if wrong == "rows_before_first_year_ignored":
            rows = [row for row in rows if number(row, "year") >= years[0]]
        if wrong is None and kind != "credit" and not _in_force(rows, years[0]):
            message = f"{kind} {name} begins after the first year {years[0]}"
            raise ValueError(message)
        for t, year in enumerate(years):
            amounts[i, t] = number(_in_force(rows, year), "amount")
            if wrong == "last_supply_row_not_carried" and year not in _years_of(rows):
                amounts[i, t] = 0.0
    return amounts


def _years_of(rows: list[Row]) -> set[int]:
    return {int(number(row, "year")) for row in rows}


def _credit(case: Case, years: list[int], wrong: Wrong) -> Array:
    # The series of the extension [credit] is a choice of the plan, not given (unless misread).
    drawn = case.settings.get("credit", {}).get("series")
    if wrong in {"credit_series_counts_twice", "credit_cannot_be_timed"}:
        drawn = None
    rows = [
        row
        for row in _rows(case, "supply.csv")
        if row["kind"] == "credit" and (drawn is None or row["name"] != drawn)
    ]
    amounts = _supply(rows, "credit", _distinct(row["name"] for row in rows), years, wrong)
    if wrong == "one_credit_row_only":
        amounts = amounts[-1:]
    credit: Array = amounts.sum(axis=0)
    return np.maximum(credit, 0.0) if wrong == "repayment_ignored" else credit


def _needs(case: Case, goods: list[str], years: list[int], wrong: Wrong) -> dict[str, Any]:
    rows = _merged_needs(case, wrong)
    multiple = case.aims.get("floors", {}).get("multiple", [1.0] * len(years))
    if wrong == "floor_multiple_ignored":
        multiple = [1.0] * len(years)

    def read(column: str, kind: str) -> Array:
        """Return one column of one kind, by good and year."""
        table = np.zeros((len(goods), len(years)))
        for g, good in enumerate(goods):
            series = [row for row in rows if row["good"] == good and _kind(row) == kind]
            for t, year in enumerate(years):
                table[g, t] = _need(series, year, column, years[0], wrong)
        return table

    if read("floor", "output").any() or read("public", "output").any():
        message = "the page gives no meaning to floor or public in a row of kind output"
        raise ValueError(message)
    target, base = read("target", "consumption"), read("base", "output")
    if wrong == "floor_multiple_on_targets":
        target = target * multiple
    return {
        "target": target,
        "floor": read("floor", "consumption") * multiple,
        "public": read("public", "consumption"),
        "output_target": read("target", "output"),
        "output_base": base,
    }


def _kind(row: Row) -> str:
    return str(row.get("kind") or "consumption")


def _need(rows: list[Row], year: int, column: str, first: int, wrong: Wrong) -> float:
    if wrong == "rows_before_first_year_ignored":
        rows = [row for row in rows if number(row, "year") >= first]
    if wrong == "blank_cell_repeats_earlier_cell":
        rows = [row for row in rows if row.get(column) not in (None, "")]
    if wrong == "needs_row_not_carried" and year not in _years_of(rows):
        return 0.0
    latest = _in_force(rows, year)
    later = sorted((row for row in rows if number(row, "year") > year), key=_year)
    if wrong == "first_row_carried_back" and not latest and later:
        return number(later[0], column)
    if wrong == "gaps_interpolated" and latest and later:
        share = (year - _year(latest)) / (_year(later[0]) - _year(latest))
        return (1 - share) * number(latest, column) + share * number(later[0], column)
    return number(latest, column)


def _year(row: Row) -> float:
    return number(row, "year")


def _merged_needs(case: Case, wrong: Wrong) -> list[Row]:
    """Let the aims' rows replace the economy's of the same year, good and kind."""
    economy = _rows(case, "needs.csv")
    if case.aims_needs is None:
        return economy
    replaced: Callable[[Row], object] = _place
    if wrong == "aims_replace_whole_series":
        replaced = _series
    if wrong == "aims_replace_both_kinds":
        replaced = _year_and_good
    if wrong == "aims_replace_all_needs":
        replaced = bool
    gone = {replaced(row) for row in case.aims_needs}
    rows = case.aims_needs
    if wrong == "blank_cell_of_aims_keeps_the_economys":
        old = {_place(row): row for row in economy}
        rows = [{**old.get(_place(row), {}), **_filled(row)} for row in rows]
    return [row for row in economy if replaced(row) not in gone] + rows


def _filled(row: Row) -> Row:
    return {column: cell for column, cell in row.items() if cell not in (None, "")}


def _place(row: Row) -> object:
    return int(_year(row)), row["good"], _kind(row)


def _series(row: Row) -> object:
    return row["good"], _kind(row)


def _year_and_good(row: Row) -> object:
    return int(_year(row)), row["good"]
