"""Supply-use tables: worked by hand, and balances of random tables with cells below zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sovplan.foundation.errors import DataError
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.base_year import violations
from sovplan.history.readers.capital import Park
from sovplan.history.readers.labels import Label, labels
from sovplan.history.readers.notes import Moved
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.terms import Terms, assumed
from sovplan.records.assembly import economy_of
from sovplan.records.folder import Folder

TERMS = Terms(name="small", title="Small", year=2000, unit="pounds")

# Farms make 100 of grain and 10 of cloth; mills make 50 of cloth. Milling a pound's worth of
# cloth leaves bran, booked as grain used below zero. Tea is imported, nobody makes it.
FARMS_AND_MILLS = SupplyUse(
    products=labels(("Grain", "Cloth", "Tea")),
    industries=labels(("Farms", "Mills")),
    use=np.array([[20.0, -4.0], [5.0, 10.0], [0.0, 1.0]]),
    make=np.array([[100.0, 10.0, 0.0], [0.0, 50.0, 0.0]]),
    final={
        "households": np.array([60.0, 40.0, 7.0]),
        "gfcf": np.array([0.0, 6.0, 0.0]),
        "inventories": np.array([-6.0, 3.0, 0.0]),
        "exports": np.array([30.0, 0.0, 0.0]),
    },
    imports=np.array([0.0, 4.0, 8.0]),
    hours={"labour": np.array([55.0, 25.0])},
)


def flows(folder: Folder) -> dict[tuple[str, str, str], float]:
    table = folder.table("flows.csv")
    keys = zip(table.text("technique"), table.text("good"), table.text("role"), strict=True)
    return dict(zip(keys, table.numbers("amount").tolist(), strict=True))


def column(folder: Folder, name: str, key: str, value: str) -> dict[str, float]:
    table = folder.table(name)
    return dict(zip(table.text(key), table.numbers(value).tolist(), strict=True))


def test_coefficients_are_amounts_of_the_year_over_the_output_of_the_branch() -> None:
    folder, _ = from_supply_use(FARMS_AND_MILLS, TERMS)

    assert flows(folder) == pytest.approx(
        {
            ("farms", "grain", "output"): 100 / 110,
            ("farms", "cloth", "output"): 10 / 110,
            ("mills", "cloth", "output"): 1.0,
            ("mills", "grain", "output"): 4 / 50,
            ("farms", "grain", "input"): 20 / 110,
            ("farms", "cloth", "input"): 5 / 110,
            ("mills", "cloth", "input"): 10 / 50,
            ("mills", "tea", "input"): 1 / 50,
        }
    )
    assert column(folder, "labour.csv", "technique", "hours") == {"farms": 0.5, "mills": 0.5}


def test_the_year_keeps_every_limit_of_its_own_economy() -> None:
    folder, notes = from_supply_use(FARMS_AND_MILLS, TERMS)

    assert violations(folder, notes.year) == pytest.approx(dict.fromkeys(KINDS, 0.0), abs=1e-12)
    np.testing.assert_allclose(notes.year.residual, 0.0, atol=1e-12)
    assert not notes.residuals


def test_cells_below_zero_are_moved_and_listed_one_by_one() -> None:
    folder, notes = from_supply_use(FARMS_AND_MILLS, TERMS)

    assert notes.moved == (
        Moved("input", "grain", "mills", 4.0),
        Moved("stocks", "grain", "inventories", 6.0),
    )
    assert column(folder, "goods.csv", "good", "stock") == pytest.approx(
        {"grain": 6.0, "cloth": np.nan, "tea": np.nan}, nan_ok=True
    )
    assert sum("4" in sentence and "mills" in sentence for sentence in notes.sentences()) == 1


@pytest.mark.parametrize(
    ("use", "amounts", "moved"),
    [
        ("exports", [30.0, -2.0, 0.0], Moved("exports", "cloth", "exports", 2.0)),
        ("households", [60.0, -2.0, 7.0], Moved("use", "cloth", "households", 2.0)),
        ("gfcf", [0.0, -2.0, 0.0], Moved("use", "cloth", "gfcf", 2.0)),
    ],
)
def test_a_final_use_below_zero_becomes_a_supply(
    use: str, amounts: list[float], moved: Moved
) -> None:
    table = changed(final={**FARMS_AND_MILLS.final, use: np.array(amounts)})

    folder, notes = from_supply_use(table, TERMS)

    assert moved in notes.moved
    kept = violations(folder, notes.year)
    assert max(kept.values()) == pytest.approx(0.0, abs=1e-12)
    assert notes.year.residual[1] == pytest.approx(table.residual()[1])
    economy_of(folder)


def test_a_supply_by_final_users_is_no_more_each_year_than_it_was() -> None:
    table = changed(final={**FARMS_AND_MILLS.final, "gfcf": np.array([0.0, -2.0, 0.0])})

    folder, _ = from_supply_use(table, TERMS)

    assert flows(folder)["gfcf.cloth", "cloth", "output"] == 1.0
    supply = folder.table("supply.csv")
    rows = list(
        zip(supply.text("kind"), supply.text("name"), supply.numbers("amount"), strict=True)
    )
    assert ("resource", "gfcf.cloth", 2.0) in rows


def test_an_output_below_zero_is_an_input_and_a_negative_import_a_fixed_use() -> None:
    make = FARMS_AND_MILLS.make.copy()
    make[0, 1] = -10.0
    table = changed(make=make, imports=np.array([-3.0, 24.0, 8.0]))

    folder, notes = from_supply_use(table, TERMS)

    assert flows(folder)["farms", "cloth", "input"] == pytest.approx((5 + 10) / 90)
    assert ("farms", "cloth", "output") not in flows(folder)
    assert Moved("imports", "grain", "imports", 3.0) in notes.moved
    needs = folder.table("needs.csv")
    fixed = [
        (year, amount)
        for year, good, amount in zip(
            needs.numbers("year"), needs.text("good"), needs.numbers("public"), strict=True
        )
        if good == "grain"
    ]
    assert fixed == [(2000, 3.0), (2001, 3.0)]


def test_world_prices_caps_and_credit_are_those_stated() -> None:
    folder, notes = from_supply_use(FARMS_AND_MILLS, TERMS)

    goods = folder.table("goods.csv")
    np.testing.assert_array_equal(goods.numbers("import_price"), [np.nan, 1.0, 1.0])
    np.testing.assert_array_equal(goods.numbers("export_price"), [0.95, np.nan, np.nan])
    np.testing.assert_allclose(goods.numbers("import_cap"), [np.nan, 4.8, 9.6])
    np.testing.assert_allclose(goods.numbers("export_cap"), [36.0, np.nan, np.nan])
    supply = folder.table("supply.csv")
    credit = supply.numbers("amount")[supply.text("kind").index("credit")]
    assert credit == pytest.approx(4 + 8 - 0.95 * 30)
    assert folder.settings["assumptions"]["export_price"]["value"] == 0.95
    assert any("0.95" in sentence and "1.2" in sentence for sentence in notes.sentences())


def test_a_product_that_nobody_makes_is_imported_as_much_as_it_is_used() -> None:
    table = changed(imports=np.array([0.0, 4.0, 5.0]))

    folder, notes = from_supply_use(table, TERMS)

    assert notes.import_only == ("tea",)
    assert notes.residuals == {"tea": -3.0}
    assert column(folder, "goods.csv", "good", "import_cap")["tea"] == pytest.approx(1.2 * 8)


def test_only_goods_whose_stocks_changed_can_be_stored() -> None:
    folder, _ = from_supply_use(FARMS_AND_MILLS, TERMS)

    spoilage = column(folder, "goods.csv", "good", "spoilage")
    assert spoilage == {"grain": 0.0, "cloth": 0.0, "tea": 1.0}


def test_without_capital_investment_recurs_and_additions_to_stock_do_not() -> None:
    folder, _ = from_supply_use(FARMS_AND_MILLS, TERMS)

    needs = folder.table("needs.csv")
    public = {
        (year, good): amount
        for year, good, amount in zip(
            needs.numbers("year"), needs.text("good"), needs.numbers("public"), strict=True
        )
    }
    assert public[2000.0, "cloth"] == 6 + 3
    assert public[2001.0, "cloth"] == 6


def test_with_capital_investment_is_left_to_the_plan_and_capacity_is_limited() -> None:
    park = Park(
        code="looms",
        title="looms",
        goods=("cloth",),
        branches=("farms", "mills"),
        built=np.array([[0.0, 30.0]]),
        wear=np.array([0.1, 0.1]),
    )

    folder, notes = from_supply_use(FARMS_AND_MILLS, TERMS, [park])

    needs = folder.table("needs.csv")
    later = np.flatnonzero(needs.numbers("year") == 2001)
    assert needs.numbers("public")[later].sum() == 0
    plants = folder.table("plants.csv")
    assert plants.text("plant") == ("mills.looms",)
    assert plants.numbers("capacity")[0] == pytest.approx(50 / 0.85)
    built = folder.table("building.csv").numbers("amount")[0] * plants.numbers("capacity")[0]
    assert built == pytest.approx(30.0)
    assert max(violations(folder, notes.year).values()) == pytest.approx(0.0, abs=1e-12)
    economy_of(folder)


def test_needs_and_labour_grow_as_assumed_with_their_ranges() -> None:
    terms = Terms(
        name="small",
        title="Small",
        year=2000,
        unit="pounds",
        years=2,
        growth=assumed(0.02, 0.01, 0.03, "a year", "growth"),
        labour_growth=assumed(0.01, 0.0, 0.02, "a year", "labour_growth"),
    )

    folder, _ = from_supply_use(FARMS_AND_MILLS, terms)

    needs = folder.table("needs.csv")
    last = [
        row
        for row, (year, good) in enumerate(
            zip(needs.numbers("year"), needs.text("good"), strict=True)
        )
        if (year, good) == (2002, "grain")
    ]
    found = [float(needs.numbers(head)[last[0]]) for head in ("target", "low", "high")]
    assert found == pytest.approx([60 * 1.02**2, 60 * 1.01**2, 60 * 1.03**2])
    supply = folder.table("supply.csv")
    assert supply.numbers("amount")[:3] == pytest.approx([80.0, 80.8, 80 * 1.01**2])


def test_a_branch_that_makes_nothing_and_uses_nothing_is_left_out() -> None:
    table = SupplyUse(
        products=(*FARMS_AND_MILLS.products, Label("ghosts", "Ghosts")),
        industries=(*FARMS_AND_MILLS.industries, Label("seance", "Seance")),
        use=np.pad(FARMS_AND_MILLS.use, ((0, 1), (0, 1))),
        make=np.pad(FARMS_AND_MILLS.make, ((0, 1), (0, 1))),
        final={use: np.pad(each, (0, 1)) for use, each in FARMS_AND_MILLS.final.items()},
        imports=np.pad(FARMS_AND_MILLS.imports, (0, 1)),
        hours={"labour": np.array([55.0, 25.0, 0.0])},
    )

    folder, notes = from_supply_use(table, TERMS)

    assert notes.dropped == ("seance", "ghosts")
    assert folder.table("goods.csv").text("good") == ("grain", "cloth", "tea")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"use": np.zeros((3, 3))}, r"use has the shape \(3, 3\), \(3, 2\) is needed"),
        ({"imports": np.array([np.nan, 0.0, 0.0])}, "imports holds a number that is not finite"),
        ({"final": {"gifts": np.zeros(3)}}, '"gifts"'),
        ({"make": np.zeros((2, 3))}, "farms makes nothing"),
        (
            {"products": tuple(Label(code, "") for code in ("grain", "cloth", "cloth"))},
            'the code "cloth"',
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(parts: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words):
        from_supply_use(changed(**parts), TERMS)


N, J = 4, 3
amounts = st.just(0.0) | st.floats(0.01, 100.0)
signed = st.floats(-20.0, 20.0).map(lambda value: 0.0 if abs(value) < 0.01 else value)


@given(
    arrays(float, (N, J), elements=signed),
    arrays(float, (J, N), elements=amounts),
    arrays(float, (3, N), elements=signed),
    arrays(float, N, elements=signed),
)
def test_every_year_that_balances_is_a_feasible_plan_of_its_economy(
    use: np.ndarray, make: np.ndarray, final: np.ndarray, imports: np.ndarray
) -> None:
    make = make + np.eye(J, N)
    households = make.sum(axis=0) + imports - use.sum(axis=1) - final.sum(axis=0)
    table = SupplyUse(
        products=labels([f"p{place}" for place in range(N)]),
        industries=labels([f"a{place}" for place in range(J)]),
        use=use,
        make=make,
        final={
            "households": households,
            "inventories": final[0],
            "exports": final[1],
            "gfcf": final[2],
        },
        imports=imports,
        hours={"labour": make.sum(axis=1)},
    )

    folder, notes = from_supply_use(table, TERMS)

    assert max(violations(folder, notes.year).values()) < 1e-9
    np.testing.assert_allclose(notes.year.residual, 0.0, atol=1e-9)
    economy_of(folder)


KINDS = ("goods", "needs", "capacity", "labour", "resources", "trade", "stocks", "caps")


def changed(**parts: object) -> SupplyUse:
    names = ("products", "industries", "use", "make", "final", "imports", "hours")
    given = {name: getattr(FARMS_AND_MILLS, name) for name in names} | parts
    return SupplyUse(**given)
