"""By when: days of work sheets follow from what things are for."""

from collections import defaultdict
from datetime import date

import pytest
from tests.records.federation import PLACES, draft, plan, sheets

from sovplan.planning.allotment import allotted
from sovplan.planning.duedates import dated
from sovplan.records.workplaces import OUTSIDE, PEOPLE, PUBLIC, STORE, UNUSED
from sovplan.records.worksheet import Line, Part, WorkSheet, sheet_table

CLOSE = 1e-9
USED = [date(2027, 2, 28), date(2027, 5, 31), date(2027, 8, 31), date(2027, 11, 30)]
QUARTERS = [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31)]


def lines(entry: str) -> list[tuple[str, Line]]:
    return [(sheet.workplace, line) for sheet in sheets() for line in sheet.lines
            if line.entry == entry]  # fmt: skip


def days(line: Line) -> list[date]:
    return [part.day for part in line.parts]


def test_parts_of_a_line_add_up_to_it_in_the_order_of_their_days() -> None:
    for sheet in sheets():
        for line in sheet.lines:
            assert sum(part.amount for part in line.parts) == pytest.approx(line.amount, rel=1e-12)
            assert all(part.amount > 0 for part in line.parts)
            assert days(line) == sorted(set(days(line)))
            assert {day.year for day in days(line)} == {2027}


def test_who_gives_and_who_takes_have_the_same_days_and_amounts() -> None:
    given = {(place, line.partner, line.name): line.parts for place, line in lines("deliver")}
    taken = {(line.partner, place, line.name): line.parts for place, line in lines("receive")}

    assert len(taken) > 50
    assert {key: given[key] for key in taken} == taken


def test_what_is_used_is_there_before_the_quarter_ends_and_stock_at_once() -> None:
    seen = set()
    for place, line in lines("receive"):
        if place in {STORE, OUTSIDE}:
            continue
        if line.partner == STORE:
            assert days(line) == [date(2027, 1, 31)]
        else:
            assert set(days(line)) <= set(USED)
            assert date(2027, 2, 28) in days(line)
        seen.add(line.partner)
    assert {STORE, OUTSIDE, "farm"} <= seen


def test_people_and_trade_are_served_by_quarters_and_stocks_counted_at_the_end() -> None:
    for place, line in lines("deliver"):
        if line.partner in {STORE, UNUSED}:
            assert days(line) == [date(2027, 12, 31)]
        elif place != STORE and line.partner in {PEOPLE, PUBLIC, OUTSIDE}:
            assert days(line) == QUARTERS
    for entry in ("run", "hours"):
        assert all(days(line) == QUARTERS for _, line in lines(entry))


def test_a_good_is_made_by_the_days_on_which_it_is_passed_on() -> None:
    for sheet in sheets():
        made: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
        passed: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
        for line in sheet.lines:
            into = {"make": made, "keep": passed, "deliver": passed}.get(line.entry)
            for part in line.parts if into is not None else ():
                assert into is not None
                into[line.name][part.day] += part.amount
        for good, by_day in made.items():
            assert passed[good], good
            assert by_day == pytest.approx(dict(passed[good]), rel=1e-6), (sheet.workplace, good)


def test_goods_for_plants_come_early_enough_to_be_put_in() -> None:
    """The dairy takes buildings for its byre, and for nothing else."""
    found = {line.name: line for place, line in lines("receive")
             if place == "dairy" and line.partner != STORE}  # fmt: skip

    assert plan().investment[:, 0].sum() > 0
    assert days(found["buildings"]) == USED[:3]
    amounts = [part.amount for part in found["buildings"].parts]
    assert amounts == pytest.approx([found["buildings"].amount / 3] * 3, rel=CLOSE)
    assert all(days(line) == [date(2027, 12, 31)] for _, line in lines("build"))


def test_what_is_partly_for_plants_is_partly_early() -> None:
    bought = Line("receive", 120.0, "t", "steel", partner="mill")
    (sheet,) = dated([WorkSheet("works", "Works", 2027, (bought,))], {("steel", "works"): 0.5})

    assert [part.amount for part in sheet.lines[0].parts] == pytest.approx([35.0, 35.0, 35.0, 15.0])


def test_what_nobody_takes_is_made_by_the_end_of_the_year() -> None:
    made = Line("make", 3.0, "t", "steel", technique="mill")
    (sheet,) = dated([WorkSheet("mill", "Mill", 2027, (made,))], {})

    assert sheet.lines[0].parts == (Part(date(2027, 12, 31), 3.0),)


def test_february_of_a_leap_year_has_29_days() -> None:
    later = allotted(draft(), 2028, PLACES)

    assert {part.day.day for sheet in later for line in sheet.lines for part in line.parts
            if part.day.month == 2} == {29}  # fmt: skip


def test_a_table_has_a_row_for_each_part_and_a_line_without_parts_is_due_at_the_end() -> None:
    table = sheet_table(sheets())
    plain = WorkSheet("mill", "Mill", 2027, (Line("hours", 8.0, "hours", "crafts"),))

    assert len(table) == sum(len(line.parts) for sheet in sheets() for line in sheet.lines)
    assert sheet_table([plain]).text("due") == ("2027-12-31",)
    assert sheet_table([plain]).numbers("amount").tolist() == [8.0]
