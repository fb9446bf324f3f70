from dataclasses import replace

import numpy as np
import pytest
from tests.records.federation import BOOKS, PLACES, draft, plan, sheets
from tests.records.papers import draft as small_draft

from sovplan.foundation.errors import DataError
from sovplan.records.checks import findings
from sovplan.records.disassembly import folder_of
from sovplan.records.documents import Entry, Report
from sovplan.records.economy import Economy
from sovplan.records.renewal import renewed
from sovplan.records.renewal_files import Settled, _from_sheet, nearest_activity, settled
from sovplan.records.workplaces import STORE, Link


def carried_out(part: float = 1.0, period: str = "2027") -> dict[str, Report]:
    """Return reports by which all sheets, or a part of them, are carried out to the letter."""
    found = {
        name: Report(period, f"council of {name}", tuple(_from_sheet(sheet, part)))
        for name, sheet in zip(PLACES.names, sheets(), strict=False)
    }
    stocks = tuple(
        Entry(STORE, "closing", float(amount), good)
        for good, amount in zip(BOOKS.goods.names, plan().stock[:, 0], strict=True)
    )
    return {**found, STORE: Report(period, "storekeepers", stocks)}


def settle(reports: dict[str, Report]) -> Settled:
    return settled(draft(), PLACES, sheets(), tuple(reports.values()))


def changed(report: Report, entry: str, good: str, factor: float) -> Report:
    """Return a report with one amount changed."""
    rows = tuple(
        replace(row, amount=row.amount * factor) if (row.entry, row.good) == (entry, good) else row
        for row in report.entries
    )
    assert rows != report.entries
    return replace(report, entries=rows)


def at(name: str) -> int:
    return BOOKS.plants.names.index(name)


def test_a_plan_carried_out_to_the_letter_leaves_what_it_said() -> None:
    found = settle(carried_out())

    assert found.imputed == ()
    assert found.reports == ()
    assert found.closing.activity == pytest.approx(plan().activity[:, 0], rel=1e-9)
    assert found.closing.stock == pytest.approx(plan().stock[:, 0], rel=1e-12)
    assert found.closing.capacity == pytest.approx(plan().capacity[:, 1], rel=1e-9, abs=1e-9)
    assert found.closing.works is None


def test_the_year_after_is_an_economy_in_order() -> None:
    following = renewed(BOOKS, settle(carried_out()).closing)

    assert (following.year, following.first_year) == (2027, 2028)
    assert findings(folder_of(following)) == []
    assert following.extensions.under_construction is None


def test_what_was_made_says_what_was_done() -> None:
    reports = carried_out()
    reports["bakery"] = changed(reports["bakery"], "made", "bread", 0.9)

    found = settle(reports).closing.activity

    bakery = BOOKS.techniques.names.index("bakery")
    assert found[bakery] == pytest.approx(0.9 * plan().activity[bakery, 0], rel=1e-6)
    others = np.delete(np.arange(len(found)), bakery)
    assert found[others] == pytest.approx(plan().activity[others, 0], rel=1e-6)


def test_two_ways_to_make_one_good_are_told_apart_by_the_plan() -> None:
    """Water and sun both make electricity; 10 % less of it is 10 % less of each."""
    reports = carried_out()
    reports["power_and_repair"] = changed(reports["power_and_repair"], "made", "electricity", 0.9)

    found = settle(reports).closing.activity

    water, sun = (BOOKS.techniques.names.index(f"power_and_repair_{x}") for x in ("water", "solar"))
    before = plan().activity[[water, sun], 0]
    assert found[[water, sun]].sum() == pytest.approx(0.9 * before.sum(), rel=1e-6)
    assert (found[[water, sun]] < before).all()


def test_activities_are_read_off_joint_products() -> None:
    outputs = np.array([[2.0, 0.0], [1.0, 3.0]])

    assert nearest_activity(outputs, np.array([4.0, 8.0]), np.array([1.0, 1.0])) == pytest.approx(
        [2.0, 2.0], rel=1e-6
    )


def test_an_unplanned_technique_is_believed_when_only_it_makes_the_good() -> None:
    found = nearest_activity(np.eye(2), np.array([4.0, 6.0]), np.array([4.0, 0.0]))

    assert found == pytest.approx([4.0, 6.0], rel=1e-3)


# ---- stocks --------------------------------------------------------------------------------------


def test_a_count_goes_before_the_book() -> None:
    reports = carried_out()
    counted = Entry(STORE, "counted", 0.5, "furniture")
    reports["count"] = Report("2027", "consumers", (counted,))

    found = settle(reports)

    assert found.closing.stock[BOOKS.goods.names.index("furniture")] == 0.5


def test_stocks_of_all_holders_add_up() -> None:
    reports = carried_out()
    entries = (*reports["farm"].entries, Entry("farm", "closing", 3.0, "grain"))
    reports["farm"] = replace(reports["farm"], entries=entries)
    grain = BOOKS.goods.names.index("grain")

    assert settle(reports).closing.stock[grain] == pytest.approx(plan().stock[grain, 0] + 3.0)


def test_a_stock_that_nobody_states_is_that_of_the_plan_and_marked() -> None:
    reports = carried_out()
    del reports[STORE]

    found = settle(reports)

    held = {good for good, amount in zip(BOOKS.goods.names, plan().stock[:, 0], strict=True)
            if amount > 0}  # fmt: skip
    assert {mark.good for mark in found.imputed} == held
    assert {(mark.workplace, mark.basis) for mark in found.imputed} == {(STORE, "plan")}
    assert found.closing.stock == pytest.approx(plan().stock[:, 0])


# ---- plants --------------------------------------------------------------------------------------


def test_plants_grow_by_what_was_built_and_no_more() -> None:
    reports = carried_out()
    reports["building_crew"] = changed(reports["building_crew"], "made", "buildings", 0.5)
    for name, report in reports.items():
        if any((row.entry, row.good) == ("used", "buildings") for row in report.entries):
            reports[name] = changed(report, "used", "buildings", 0.5)

    found = settle(reports).closing.capacity

    ordered = plan().ordered[:, 0]
    worn = (1 - BOOKS.plants.wear) * BOOKS.plants.capacity
    for name in ("byre", "hall"):
        expected = worn[at(name)] + 0.5 * ordered[at(name)]
        assert ordered[at(name)] > 0.1
        assert found[at(name)] == pytest.approx(expected, rel=1e-6)
    assert found[at("sewing_machines")] == pytest.approx(plan().capacity[at("sewing_machines"), 1])


def test_works_that_are_ready_are_added() -> None:
    found = settle(carried_out()).closing.capacity

    worn = (1 - BOOKS.plants.wear) * BOOKS.plants.capacity
    assert found[at("dwellings")] == pytest.approx(worn[at("dwellings")] + 170.0)


def slow() -> Economy:
    """Return the federation where panels take three years to build, and some are half built."""
    plants, works = BOOKS.plants, BOOKS.extensions.under_construction
    assert works is not None
    gestation = plants.gestation.copy()
    gestation[at("panels")] = 3
    later = replace(works, years=works.years + 1, left=np.array([0, 2]))
    extensions = replace(BOOKS.extensions, under_construction=later)
    return replace(BOOKS, plants=replace(plants, gestation=gestation), extensions=extensions)


def test_longer_works_go_on_with_the_years_they_still_take_goods() -> None:
    ordered = np.zeros_like(plan().ordered)
    ordered[at("panels"), 0] = 30.0
    slowly = replace(draft(), economy=slow(), plan=replace(plan(), ordered=ordered))

    found = settled(slowly, PLACES, sheets(), tuple(carried_out().values()))

    works = found.closing.works
    assert works is not None
    rows = zip(works.plants.tolist(), works.years.tolist(), works.capacity.tolist(),
               works.left.tolist(), strict=True)  # fmt: skip
    assert set(rows) == {
        (at("panels"), 2030, 30.0, 2),
        (at("dwellings"), 2029, 170.0, 0),
        (at("panels"), 2029, 24.0, 1),
    }
    worn = (1 - BOOKS.plants.wear) * BOOKS.plants.capacity
    assert found.closing.capacity[at("panels")] == pytest.approx(worn[at("panels")])


# ---- late returns --------------------------------------------------------------------------------


def test_a_late_return_is_imputed_from_the_plan_and_marked() -> None:
    reports = carried_out()
    del reports["forestry"]

    found = settle(reports)

    (mark,) = found.imputed
    assert (mark.workplace, mark.period, mark.good, mark.basis) == ("forestry", "2027", "", "plan")
    (report,) = found.reports
    assert report.filed_by == "imputed for forestry from the plan"
    assert found.closing.activity == pytest.approx(plan().activity[:, 0], rel=1e-9)


def test_each_late_return_is_a_paper_of_its_own() -> None:
    reports = carried_out()
    for name in ("forestry", "bakery"):
        del reports[name]

    found = settle(reports)

    assert len({report.filed_by for report in found.reports}) == len(found.reports) == 2
    assert found.closing.activity == pytest.approx(plan().activity[:, 0], rel=1e-9)


def test_the_last_report_says_how_much_of_the_plan_is_imputed() -> None:
    first, second = carried_out(0.5, "2027-1"), carried_out(0.5, "2027-2")
    del second["forestry"]
    first["forestry"] = changed(first["forestry"], "made", "round_wood", 0.8)
    first["forestry"] = changed(first["forestry"], "made", "firewood", 0.8)
    reports = {f"{name} 1": report for name, report in first.items()}
    reports |= {f"{name} 2": report for name, report in second.items()}

    found = settle(reports)

    (mark,) = found.imputed
    assert (mark.workplace, mark.period, mark.basis) == ("forestry", "2027-2", "last report")
    forestry = BOOKS.techniques.names.index("forestry")
    expected = 0.8 * plan().activity[forestry, 0]
    assert found.closing.activity[forestry] == pytest.approx(expected, rel=1e-6)


def test_a_corrected_row_holds() -> None:
    reports = carried_out()
    bakery = reports["bakery"]
    reports["again"] = changed(bakery, "made", "bread", 0.5)

    found = settle(reports).closing.activity

    place = BOOKS.techniques.names.index("bakery")
    assert found[place] == pytest.approx(0.5 * plan().activity[place, 0], rel=1e-6)


def test_links_are_those_of_the_deliveries_by_the_word_of_the_supplier() -> None:
    reports = carried_out()
    reports["farm"] = changed(reports["farm"], "delivered", "grain", 0.5)

    links = {(link.good, link.supplier, link.user): link for link in settle(reports).links}

    line = next(x for s in sheets() if s.workplace == "farm" for x in s.of("deliver")
                if (x.name, x.partner) == ("grain", "grain_mill"))  # fmt: skip
    key = ("grain", "farm", "grain_mill")
    assert links[key] == Link(*key, line.amount * 0.5)
    assert ("machines", "outside", "bakery") in links


# ---- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (Report("2026", "farm", ()), "farm reports on 2026"),
        (Report("2027", "x", (Entry("farm", "made", 1.0, "grian"),)), 'Did you mean "grain"'),
        (Report("2027", "x", (Entry("fram", "made", 1.0, "grain"),)), '"fram" is no workplace'),
        (Report("2027", "x", (Entry("farm", "delivered", 1.0, "grain", "mil"),)), '"mil" is no'),
    ],
)
def test_reports_of_another_year_or_of_nothing_known_are_refused(
    report: Report, words: str
) -> None:
    with pytest.raises(DataError, match=words):
        settle({"x": report})


def test_no_returns_and_no_plan_are_refused() -> None:
    with pytest.raises(DataError, match="no returns of 2027"):
        settle({})
    with pytest.raises(DataError, match="infeasible"):
        settled(small_draft("infeasible"), PLACES, (), tuple(carried_out().values()))
