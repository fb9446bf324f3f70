"""The rows of the books: what stands in them, and how sure they are."""

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.economies import read_economy
from sovplan.inspection.books import Books, Kind
from sovplan.inspection.expected import DEFAULTS, FLOOR, honest_error_of
from sovplan.inspection.norms import norms_of
from sovplan.inspection.rows import books_of
from sovplan.inspection.sheet import in_order, sheet_of
from sovplan.records.documents import Entry, Report
from sovplan.records.economy import Economy


def paper(*rows: tuple[object, ...], period: str = "2027-10", by: str = "") -> Report:
    """Return the report of one workplace: rows of entry, good, amount and partner."""
    workplace = by or "mill"
    entries = tuple(
        Entry(workplace, str(row[0]), float(str(row[2])), str(row[1]), *map(str, row[3:]))
        for row in rows
    )
    return Report(period, workplace, entries)


def books(
    *reports: Report, previous: tuple[Report, ...] = (), economy: Economy | None = None
) -> Books:
    sheet = sheet_of(reports, previous)
    return books_of(sheet, norms_of(sheet, economy), honest_error_of(), economy)


def gaps(found: Books, kind: Kind) -> list[float]:
    """Return the residuals of the rows of a kind, in units."""
    rows = found.rows.kind == int(kind)
    return [float(gap) for gap in found.residual[rows] * found.scale[rows]]


MILL = paper(
    ("opening", "flour", 10),
    ("made", "flour", 100),
    ("delivered", "flour", 60, "bakery"),
    ("delivered", "flour", 20, "dairy"),
    ("sold", "flour", 5),
    ("used", "flour", 1),
    ("closing", "flour", 22),
)


def test_a_balance_is_what_came_in_less_what_went_out_or_is_left() -> None:
    found = books(MILL)

    assert gaps(found, Kind.BALANCE) == pytest.approx([10 + 100 - 60 - 20 - 5 - 1 - 22])


def test_a_balance_is_as_sure_as_all_of_its_statements() -> None:
    found = books(MILL)

    parts = ((10, "opening"), (100, "made"), (60, "delivered"), (20, "delivered"), (5, "sold"),
             (1, "used"), (22, "closing"))  # fmt: skip
    variance = sum((amount * DEFAULTS[entry]) ** 2 for amount, entry in parts)
    assert found.scale.tolist() == pytest.approx([np.sqrt(variance + (FLOOR * 100) ** 2)])


def test_nothing_is_balanced_where_only_one_side_is_stated() -> None:
    found = books(paper(("made", "flour", 100), ("opening", "flour", 3)))

    assert len(found.rows) == 0


def test_a_link_is_what_one_delivered_less_what_the_other_received() -> None:
    found = books(MILL, paper(("received", "flour", 57, "mill"), by="bakery"))

    assert gaps(found, Kind.LINK) == pytest.approx([3])


def test_a_partner_that_files_nothing_leaves_no_link() -> None:
    assert gaps(books(MILL), Kind.LINK) == []


def test_a_partner_that_keeps_such_a_book_and_is_silent_says_nothing_came() -> None:
    bakery = paper(("received", "salt", 1, "store"), by="bakery")
    dairy = paper(("made", "cheese", 1), by="dairy")

    assert gaps(books(MILL, bakery, dairy), Kind.LINK) == pytest.approx([60])


def test_a_delivery_nobody_states_is_missing_too() -> None:
    bakery = paper(("received", "flour", 60, "mill"), ("received", "flour", 9, "shop"), by="bakery")
    mill = paper(("made", "flour", 100), ("sold", "flour", 99))

    found = books(mill, bakery)
    assert gaps(found, Kind.LINK) == pytest.approx([-60])


def test_what_a_workplace_passes_to_itself_counts_for_nothing() -> None:
    own = Entry("mill", "delivered", 40.0, "flour", "mill")
    with_own = Report(MILL.period, "mill", (*MILL.entries, own))

    assert books(with_own).residual.tolist() == books(MILL).residual.tolist()


def test_nothing_but_own_deliveries_is_nothing_at_all() -> None:
    own = Report("2027", "mill", (Entry("mill", "delivered", 40.0, "flour", "mill"),))

    assert len(sheet_of([own])) == 0
    assert len(books(own).rows) == 0


def test_a_count_is_held_against_the_close() -> None:
    count = Report("2027-10", "inspectors", (Entry("mill", "counted", 15.0, "flour"),))

    assert gaps(books(MILL, count), Kind.COUNT) == pytest.approx([15 - 22])


def test_two_counts_are_two_rows_and_do_not_add_up() -> None:
    counts = [
        Report("2027-10", who, (Entry("mill", "counted", 15.0, "flour"),)) for who in ("a", "b")
    ]

    assert gaps(books(MILL, *counts), Kind.COUNT) == pytest.approx([-7, -7])


def test_an_opening_is_held_against_the_close_before() -> None:
    before = paper(("closing", "flour", 14), ("made", "flour", 3), period="2027-9")

    assert gaps(books(MILL, previous=(before,)), Kind.CARRY) == pytest.approx([10 - 14])


def test_an_opening_that_repeats_the_close_before_is_one_measurement() -> None:
    before = paper(("closing", "flour", 10), period="2027-9")
    found = books(MILL, previous=(before,))

    assert gaps(found, Kind.CARRY) == []
    assert found.scale.tolist() == pytest.approx(books(MILL).scale.tolist())


def test_a_month_that_is_missing_is_not_carried_over() -> None:
    before = paper(("closing", "flour", 14), period="2027-08")

    assert gaps(books(MILL, previous=(before,)), Kind.CARRY) == []


def test_rows_where_all_is_zero_say_nothing() -> None:
    empty = paper(("opening", "flour", 0), ("made", "flour", 0), ("sold", "flour", 0))

    assert len(books(empty).rows) == 0


def test_a_zero_has_the_error_of_its_row() -> None:
    zeros = honest_error_of(given=dict.fromkeys(DEFAULTS, 0.0))
    sheet = sheet_of([paper(("made", "flour", 100), ("sold", "flour", 0))])
    found = books_of(sheet, norms_of(sheet, None), zeros)

    assert found.scale.tolist() == pytest.approx([0.1])
    assert found.residual.tolist() == pytest.approx([1000])


# ---- norms ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def federation() -> Economy:
    return read_economy("federation-12")


def test_use_is_held_against_the_norm_of_what_was_made(federation: Economy) -> None:
    mill = paper(("made", "flour", 20), ("used", "grain", 22), by="grain_mill")

    assert gaps(books(mill, economy=federation), Kind.USE) == pytest.approx([22 - 20 * 1.25])


def test_a_number_after_the_name_does_not_matter(federation: Economy) -> None:
    mill = paper(("made", "flour", 20), ("used", "grain", 22), by="grain_mill-7")

    assert gaps(books(mill, economy=federation), Kind.USE) == pytest.approx([-3])


def test_a_workplace_of_another_name_runs_what_makes_its_goods(federation: Economy) -> None:
    mill = paper(("made", "flour", 20), ("used", "grain", 22), by="old mill on the river")

    assert gaps(books(mill, economy=federation), Kind.USE) == pytest.approx([-3])


def test_a_workplace_with_two_techniques_uses_for_both(federation: Economy) -> None:
    dairy = paper(
        ("made", "milk", 53), ("made", "meat", 1.2), ("made", "cheese", 2), ("used", "salt", 0.3),
        by="dairy",
    )  # fmt: skip

    assert gaps(books(dairy, economy=federation), Kind.USE) == pytest.approx(
        [0.3 - 53 / 5.3 * 0.02 - 2 * 0.025]
    )


def test_a_norm_of_two_techniques_is_unsure_by_their_difference(federation: Economy) -> None:
    power = paper(("made", "electricity", 80), ("used", "repairs", 30), by="power_and_repair")
    found = books(power, economy=federation)

    assert gaps(found, Kind.USE) == pytest.approx([30 - 80 * 0.35])
    own = (30 * 0.02) ** 2 + (80 * 0.35 * 0.02) ** 2 + (30 * 0.03) ** 2 + 0.03**2
    assert found.scale.tolist() == pytest.approx([np.sqrt(own + (80 * 0.3) ** 2 / 12)], rel=1e-6)


def test_hours_are_held_against_their_norm(federation: Economy) -> None:
    bakery = Entry("bakery", "hours", 1000.0), Entry("bakery", "made", 20.0, "bread")
    found = books(Report("2027", "bakery", bakery), economy=federation)

    assert gaps(found, Kind.HOURS) == pytest.approx([1000 - 20 * 55])


def test_a_meter_stands_for_use_that_is_not_stated(federation: Economy) -> None:
    bakery = paper(("made", "bread", 20), ("metered", "electricity", 7), by="bakery")

    assert gaps(books(bakery, economy=federation), Kind.USE) == pytest.approx([7 - 20 * 0.3])


def test_a_meter_is_held_against_use_that_is_stated() -> None:
    bakery = paper(("used", "electricity", 6), ("metered", "electricity", 7), by="bakery")

    assert gaps(books(bakery), Kind.METER) == pytest.approx([1])


def test_a_meter_of_what_is_made_is_held_against_output() -> None:
    station = paper(("made", "electricity", 90), ("metered", "electricity", 80), by="station")

    assert gaps(books(station), Kind.METER) == pytest.approx([-10])


def test_a_lasting_error_ties_the_periods_together(federation: Economy) -> None:
    months = [
        paper(("made", "flour", 20), ("used", "grain", 25), by="grain_mill", period=f"2027-{month}")
        for month in (10, 11)
    ]
    covariance = books(*months, economy=federation).covariance().toarray()

    shared = 0.03**2 / (0.03**2 + 0.02**2 + 0.02**2 + FLOOR**2)
    assert covariance[0, 1] == pytest.approx(shared, rel=1e-3)


def test_what_spoils_may_be_booked_or_not(federation: Economy) -> None:
    farm = paper(("opening", "manure", 80), ("closing", "manure", 68), by="farm", period="2027")
    found = books(farm, economy=federation)

    lost = 80 * 0.3
    assert gaps(found, Kind.BALANCE) == pytest.approx([80 - 68 - lost / 2])
    assert found.scale[0] >= lost


# ---- the sheet -----------------------------------------------------------------------------------


def test_rows_of_one_report_that_state_the_same_add_up() -> None:
    twice = paper(("made", "flour", 60), ("made", "flour", 40), ("sold", "flour", 100))
    sheet = sheet_of([twice])

    assert sorted(sheet.amount.tolist()) == [100, 100]
    assert sorted(sheet.spread.tolist()) == pytest.approx([np.hypot(60, 40), 100])


def test_two_reports_that_state_the_same_are_refused() -> None:
    other = Report("2027-10", "office", (Entry("mill", "made", 120.0, "flour"),))

    with pytest.raises(
        DataError, match=r"mill: made of \"flour\" in 2027-10 .* mill and of office"
    ):
        sheet_of([MILL, other])


def test_periods_stand_in_the_order_of_time() -> None:
    assert in_order(["week 10", "week ²", "week 9"]) == ("week 9", "week 10", "week ²")
    assert in_order(["2027-10", "2027-9", "2027-9", "2026-12"]) == ("2026-12", "2027-9", "2027-10")


def test_errors_come_from_the_call_then_the_economy_then_the_defaults(federation: Economy) -> None:
    found = honest_error_of(federation, {"made": 0.5})

    assert found.entries.tolist()[:3] == [0.01, 0.5, 0.04]
    assert found.norm == DEFAULTS["norm"]


@pytest.mark.parametrize(("key", "value"), [("maed", 0.1), ("made", -0.1), ("made", 1.0)])
def test_an_error_that_cannot_be_is_refused(key: str, value: float) -> None:
    with pytest.raises(DataError, match=f'honest_error, "{key}"'):
        honest_error_of(given={key: value})
