from collections import defaultdict
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.federation import BOOKS, PLACES, draft, plan, sheets
from tests.records.papers import draft as small_draft

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.planning.allotment import allotted, transport
from sovplan.records.workplaces import OUTSIDE, PEOPLE, PUBLIC, STORE, UNUSED, Link
from sovplan.records.worksheet import WorkSheet, links_of_sheets, sheet_table

Flows = dict[tuple[str, str, str], float]
CLOSE = 1e-9


def flows(found: tuple[WorkSheet, ...]) -> Flows:
    """Return who delivers what to whom, what nothing uses included."""
    listed: Flows = {}
    for sheet in found:
        for line in sheet.lines:
            if line.entry in {"keep", "deliver"}:
                listed[line.name, sheet.workplace, line.partner or sheet.workplace] = line.amount
    return listed


def summed(found: Flows, good: str, *, supplier: str = "", user: str = "") -> float:
    return sum(
        amount
        for (of, one, other), amount in found.items()
        if of == good and supplier in {"", one} and user in {"", other}
    )


# ---- the plan of the federation ------------------------------------------------------------------


def test_supplies_and_needs_are_met_exactly() -> None:
    found, plan_ = flows(sheets()), plan()

    for at, good in enumerate(BOOKS.goods.names):
        size = max(plan_.output[at, 0], plan_.imports[at, 0], 1.0)
        sides = {
            PEOPLE: plan_.consumption[at, 0],
            PUBLIC: plan_.public[at, 0],
            OUTSIDE: plan_.exports[at, 0],
            STORE: plan_.stock[at, 0],
            UNUSED: plan_.waste[at, 0],
        }
        for user, amount in sides.items():
            assert summed(found, good, user=user) == pytest.approx(amount, abs=CLOSE * size), good
        made = sum(summed(found, good, supplier=name) for name in PLACES.names)
        assert made == pytest.approx(plan_.output[at, 0], abs=CLOSE * size), good
        used = sum(summed(found, good, user=name) for name in PLACES.names)
        whole = plan_.used[at, 0] + plan_.investment[at, 0]
        assert used == pytest.approx(whole, abs=CLOSE * size), good


def test_each_workplace_gets_what_its_activities_and_plants_take() -> None:
    for sheet in sheets()[:12]:
        norms: dict[str, float] = defaultdict(float)
        for line in sheet.of("run"):
            column = BOOKS.techniques.names.index(line.technique)
            inputs = BOOKS.techniques.inputs[:, [column]].toarray()[:, 0]
            for good, norm in zip(BOOKS.goods.names, inputs, strict=True):
                norms[good] += norm * line.amount
        for line in sheet.of("build"):
            norms[line.name] += line.amount
        given_: dict[str, float] = defaultdict(float)
        for line in (*sheet.of("keep"), *sheet.of("receive")):
            given_[line.name] += line.amount
        for good in {*norms, *given_}:
            assert given_[good] == pytest.approx(norms[good], rel=CLOSE, abs=CLOSE), good


def test_what_one_delivers_the_other_receives() -> None:
    for sheet in sheets():
        for line in sheet.of("deliver"):
            other = next((s for s in sheets() if s.workplace == line.partner), None)
            if other is not None:
                back = {(one.name, one.partner): one.amount for one in other.of("receive")}
                assert back[line.name, sheet.workplace] == line.amount


def test_hours_and_activity_add_up_to_the_plan() -> None:
    hours: dict[str, float] = defaultdict(float)
    run: dict[str, float] = defaultdict(float)
    for sheet in sheets():
        for line in sheet.of("hours"):
            hours[line.name] += line.amount
        for line in sheet.of("run"):
            run[line.technique] += line.amount

    for at, skill in enumerate(BOOKS.techniques.skills):
        assert hours[skill] == pytest.approx(plan().labour_used[at, 0], rel=CLOSE)
    for at, name in enumerate(BOOKS.techniques.names):
        assert run[name] == pytest.approx(plan().activity[at, 0], rel=CLOSE)


def test_every_workplace_has_a_sheet_and_so_have_the_store_and_trade() -> None:
    assert [sheet.workplace for sheet in sheets()] == [*PLACES.names, STORE, OUTSIDE]
    assert {sheet.due.isoformat() for sheet in sheets()} == {"2027-12-31"}
    assert {sheet.return_due.isoformat() for sheet in sheets()} == {"2028-01-31"}


def test_goods_for_plants_go_to_those_who_use_the_plant() -> None:
    building = {line.plant for sheet in sheets() for line in sheet.of("build")}
    ordered = {
        name for name, amount in zip(BOOKS.plants.names, plan().ordered[:, 0], strict=True)
        if amount > 1e-6
    }  # fmt: skip
    assert building == ordered
    byre = [s.workplace for s in sheets() for line in s.of("build") if line.plant == "byre"]
    assert set(byre) == {"dairy"}


def test_a_later_year_opens_with_the_stock_of_the_year_before() -> None:
    found = flows(allotted(draft(), 2029, PLACES))

    for at, good in enumerate(BOOKS.goods.names):
        kept = plan().stock[at, 1] * (1 - BOOKS.goods.spoilage[at])
        size = max(plan().output[at, 2], plan().imports[at, 2], 1.0)
        assert summed(found, good, supplier=STORE) == pytest.approx(kept, abs=CLOSE * size), good


def crossing(found: Flows) -> tuple[str, tuple[str, str], tuple[str, str]]:
    """Return two flows of one good that could change their users."""
    for (good, *one), (of, *other) in product(found, found):
        if (
            good == of
            and one[0] != other[0]
            and one[1] != other[1]
            and UNUSED not in {*one, *other}
        ):
            return good, (one[0], one[1]), (other[0], other[1])
    pytest.fail("no good has two suppliers and two users")


def test_links_of_last_year_are_kept_when_amounts_are_the_same() -> None:
    """Any plan that meets both sides is a link of last year; here one that nobody would choose."""
    moved = flows(sheets())
    good, one, other = crossing(moved)
    step = min(moved[good, *one], moved[good, *other]) / 2
    for supplier, user in (one, other):
        moved[good, supplier, user] -= step
    for supplier, user in ((one[0], other[1]), (other[0], one[1])):
        moved[good, supplier, user] = moved.get((good, supplier, user), 0.0) + step
    links = [Link(*key, amount) for key, amount in moved.items()]

    again = flows(allotted(draft(), 2027, PLACES, links))

    assert step > 0.1
    assert {key for key, amount in moved.items() if amount > 0} == again.keys()
    for key, amount in again.items():
        assert amount == pytest.approx(moved[key], rel=CLOSE), key


def test_the_sheets_say_the_links_of_next_year() -> None:
    links = links_of_sheets(sheets())

    assert {(link.good, link.supplier, link.user): link.amount for link in links} == {
        key: amount for key, amount in flows(sheets()).items() if key[2] != UNUSED
    }


def test_a_table_of_the_sheets_has_all_that_every_line_asks_for() -> None:
    table = sheet_table(sheets())

    assert table.numbers("amount").sum() == pytest.approx(
        sum(line.amount for sheet in sheets() for line in sheet.lines), rel=CLOSE
    )
    assert set(table.text("workplace")) == {*PLACES.names, STORE, OUTSIDE}


def test_a_draft_without_a_plan_has_no_sheets() -> None:
    places = replace(PLACES, share=PLACES.share[:, :3])

    with pytest.raises(PlanningError, match="infeasible"):
        allotted(small_draft("infeasible"), 2001, places)


def test_a_year_beyond_the_plan_is_refused() -> None:
    with pytest.raises(DataError, match="2027 to 2031"):
        allotted(draft(), 2032, PLACES)


# ---- the transport problem -----------------------------------------------------------------------


LAST = {("s0", "u0"): 5.0, ("s1", "u1"): 5.0}


def carried(supply: list[float], need: list[float]) -> list[list[float]]:
    """Return who delivers to whom where both suppliers had one user each last year."""
    found = transport(np.array(supply), np.array(need), ["s0", "s1"], ["u0", "u1"], LAST)
    return [[round(amount, 9) for amount in row] for row in found.tolist()]


def test_more_goes_first_over_links_that_exist() -> None:
    assert carried([6.0, 4.0], [6.0, 4.0]) == [[6, 0], [0, 4]]


def test_what_must_change_changes_as_little_as_it_can() -> None:
    assert carried([7.0, 3.0], [5.0, 5.0]) == [[5, 2], [0, 3]]


def test_own_product_is_used_first_where_there_are_no_links() -> None:
    found = transport(np.array([5.0, 5.0]), np.array([4.0, 6.0]), ["a", "b"], ["b", "c"], {})

    assert found.tolist() == [[0.0, 5.0], [4.0, 1.0]]


def test_nothing_passes_through_the_store_or_abroad_for_nothing() -> None:
    found = transport(
        np.array([5.0, 5.0]), np.array([5.0, 5.0]), ["a", OUTSIDE], [OUTSIDE, "people"], {}
    )

    assert found.tolist() == [[5.0, 0.0], [0.0, 5.0]]


amounts = st.lists(st.integers(1, 50), min_size=1, max_size=5)


@given(data=st.data(), supply=amounts, need=amounts)
def test_both_sides_are_met_and_kept_links_are_kept(
    data: st.DataObject, supply: list[int], need: list[int]
) -> None:
    given_ = np.array(supply, dtype=np.float64) * sum(need)
    asked = np.array(need, dtype=np.float64) * sum(supply)
    suppliers, users = [f"s{i}" for i in range(len(supply))], [f"u{j}" for j in range(len(need))]
    pairs = list(product(suppliers, users))
    last = {
        pair: float(data.draw(st.integers(0, 900)))
        for pair in data.draw(st.lists(st.sampled_from(pairs), unique=True))
    }

    found = transport(given_, asked, suppliers, users, last)

    assert np.allclose(found.sum(axis=1), given_, rtol=CLOSE)
    assert np.allclose(found.sum(axis=0), asked, rtol=CLOSE)
    assert (found >= 0).all()
    known = {(s, u): float(found[i, j]) for i, s in enumerate(suppliers)
             for j, u in enumerate(users) if found[i, j] > 0}  # fmt: skip
    again = transport(given_, asked, suppliers, users, known)
    assert np.allclose(again, found, rtol=CLOSE, atol=CLOSE * given_.sum())


@given(
    supply=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    first=st.integers(1, 9),
    last=st.tuples(*(st.integers(0, 9) for _ in range(4))),
)
def test_no_other_way_changes_less(
    supply: tuple[int, int], first: int, last: tuple[int, int, int, int]
) -> None:
    """Two by two: the first flow decides all others, so each whole one is tried."""
    need = (min(first, sum(supply) - 1), max(sum(supply) - first, 1))
    pairs = [(f"s{i}", f"u{j}") for i in range(2) for j in range(2)]
    known = {pair: float(amount) for pair, amount in zip(pairs, last, strict=True)}

    def change(flow: np.ndarray) -> float:
        return float(np.maximum(flow.ravel() - np.array(last, dtype=np.float64), 0.0).sum())

    found = transport(
        np.array(supply, dtype=np.float64),
        np.array(need, dtype=np.float64),
        ["s0", "s1"],
        ["u0", "u1"],
        known,
    )

    least = min(
        change(np.array([[a, supply[0] - a], [need[0] - a, supply[1] - need[0] + a]], dtype=float))
        for a in range(max(0, need[0] - supply[1]), min(supply[0], need[0]) + 1)
    )
    assert change(found) == pytest.approx(least, abs=1e-9)
